package loader

import (
	"errors"
	"fmt"

	"github.com/cilium/ebpf"
	"golang.org/x/sys/unix"
)

// maxCut bounds how often a filter is halved; nothing much is left of it then.
const maxCut = 16

// loaded is a variant's program with what its filter refers to.
type loaded struct {
	*ebpf.Collection
	sets     []string // by reference name
	superset bool
}

// tooLarge says that the verifier gave up on a program, rather than found fault
// with it: too many instructions to walk, or too many branches open at once.
func tooLarge(err error) bool { return errors.Is(err, unix.E2BIG) }

// spliceFilter compiles the filter for the variant and puts it into prog. It
// returns the maps that stand for those of the spec.
func (c *Capture) spliceFilter(spec *ebpf.CollectionSpec, prog *ebpf.ProgramSpec, v variant, cut int, l *loaded) (map[string]*ebpf.Map, error) {
	replace := map[string]*ebpf.Map{}
	for name := range spec.Maps {
		if m := c.maps[name]; m != nil {
			s := spec.Maps[name]
			s.ValueSize, s.MaxEntries, s.Flags = m.ValueSize(), m.MaxEntries(), m.Flags()
			replace[name] = m
		}
	}
	if c.cfg.Compile == nil {
		return replace, nil
	}
	p, err := c.cfg.Compile(c.place(v, cut))
	if err != nil || len(p.Insns) == 0 {
		return replace, err
	}
	l.superset = p.Superset
	for name, s := range p.Maps {
		if replace[name], err = c.set(name, s, p.Fill); err != nil {
			return nil, err
		}
		spec.Maps[name] = s
		l.sets = append(l.sets, name)
	}
	stub := "tengu_filter"
	if v.kind == KindTrace {
		stub = "tengu_filter_buf"
	}
	prog.Instructions, err = splice(prog.Instructions, stub, p.Insns)
	return replace, err
}

func (c *Capture) place(v variant, cut int) Place {
	return Place{Kind: v.kind, LinkType: v.linkType, XDPLoad: c.kernel.XDPLoad, IfIndex: v.ifindex, Cut: cut}
}

// set returns the map for a set, creating it on first use.
func (c *Capture) set(name string, s *ebpf.MapSpec, fill func(string, *ebpf.Map) error) (*ebpf.Map, error) {
	if m := c.sets[name]; m != nil {
		return m, nil
	}
	m, err := ebpf.NewMap(s)
	if err != nil {
		return nil, fmt.Errorf("create set of %d: %w", s.MaxEntries, err)
	}
	if fill != nil {
		if err := fill(name, m); err != nil {
			return nil, errors.Join(fmt.Errorf("fill set of %d: %w", s.MaxEntries, err), m.Close())
		}
	}
	c.sets[name] = m
	return m, nil
}

// dropSets closes the sets that no loaded program refers to.
func (c *Capture) dropSets() {
	used := map[string]bool{}
	for _, l := range c.variants {
		for _, name := range l.sets {
			used[name] = true
		}
	}
	for name, m := range c.sets {
		if !used[name] {
			_ = m.Close()
			delete(c.sets, name)
		}
	}
}

// Superset says that some program passes more packets than the filter selects,
// because the filter was too large for the verifier (Program.Superset). The
// packets have to be matched again in user space.
func (c *Capture) Superset() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, l := range c.variants {
		if l.superset {
			return true
		}
	}
	return false
}
