package filter

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/asm"
	"github.com/cilium/ebpf/rlimit"

	"golang.org/x/sys/unix"

	"tengu/internal/corpora"
)

// kernelFilter is a filter loaded into the kernel.
type kernelFilter struct {
	prog *ebpf.Program
	tc   bool
}

func (k *kernelFilter) Close() { k.prog.Close() }

// wrap makes a program of a filter: what bpf/capture.c does around it. At TC, a
// mark makes the wrapper put a VLAN tag beside the data first.
func wrap(code *Code, t Target) asm.Instructions {
	insns := asm.Instructions{asm.Mov.Reg(asm.R6, asm.R1).WithSource(asm.Comment("wrapper"))}
	if t.Hook == HookXDP {
		insns = append(insns,
			asm.LoadMem(asm.R7, asm.R6, xdpData, asm.Word), asm.LoadMem(asm.R8, asm.R6, xdpDataEnd, asm.Word))
		if t.XDPLoad {
			insns = append(insns, asm.FnXdpGetBuffLen.Call(), asm.Mov.Reg(asm.R4, asm.R0))
		} else {
			insns = append(insns, asm.Mov.Reg(asm.R4, asm.R8), asm.Sub.Reg(asm.R4, asm.R7))
		}
	} else {
		insns = append(insns,
			asm.LoadMem(asm.R3, asm.R6, 8, asm.Word), // mark
			asm.JEq.Imm(asm.R3, 0, "as_it_is"),
			asm.Mov.Reg32(asm.R2, asm.R3), asm.RSh.Imm32(asm.R2, 16), asm.HostTo(asm.BE, asm.R2, asm.Half),
			asm.And.Imm32(asm.R3, 0xffff),
			asm.FnSkbVlanPush.Call(),
			asm.LoadMem(asm.R7, asm.R6, 76, asm.Word).WithSymbol("as_it_is"), asm.LoadMem(asm.R8, asm.R6, 80, asm.Word),
			asm.LoadMem(asm.R4, asm.R6, 0, asm.Word), asm.LoadMem(asm.R5, asm.R6, skbVLANPresent, asm.Word),
			asm.JEq.Imm(asm.R5, 0, "call"), asm.Add.Imm(asm.R4, 4))
	}
	insns = append(insns,
		asm.Mov.Reg(asm.R1, asm.R6).WithSymbol("call"), asm.Mov.Reg(asm.R2, asm.R7), asm.Mov.Reg(asm.R3, asm.R8),
		asm.Call.Label(symFilter), asm.Return())
	return append(insns, code.Insns...)
}

func loadKernel(f *Filter, t Target) (*kernelFilter, error) {
	code, err := f.EBPF(t)
	if err != nil {
		return nil, err
	}
	return loadCode(code, t)
}

func loadCode(code *Code, t Target) (*kernelFilter, error) {
	spec := &ebpf.CollectionSpec{Maps: code.Maps, Programs: map[string]*ebpf.ProgramSpec{
		"filter": {Name: "filter", Type: ebpf.SchedCLS, License: "GPL", Instructions: wrap(code, t)},
	}}
	if t.Hook == HookXDP {
		spec.Programs["filter"].Type = ebpf.XDP
		if t.XDPLoad {
			spec.Programs["filter"].Flags = 1 << 5 // BPF_F_XDP_HAS_FRAGS
		}
	}
	filled := map[string]*ebpf.Map{}
	for name, ms := range code.Maps {
		m, err := ebpf.NewMap(ms)
		if err != nil {
			return nil, err
		}
		defer m.Close()
		if err := code.Fill(name, m); err != nil {
			return nil, err
		}
		filled[name] = m
	}
	coll, err := ebpf.NewCollectionWithOptions(spec, ebpf.CollectionOptions{MapReplacements: filled})
	if err != nil {
		return nil, err
	}
	p := coll.DetachProgram("filter")
	coll.Close()
	return &kernelFilter{p, t.Hook != HookXDP}, nil
}

type markContext struct{ Len, PktType, Mark uint32 }

// match runs the filter on a frame. With tagBeside, the frame's own tag is taken
// out of the data and put beside it.
func (k *kernelFilter) match(data []byte, tagBeside bool) (bool, error) {
	opts := ebpf.RunOptions{Data: data}
	if tagBeside {
		opts.Context = markContext{Mark: binary.BigEndian.Uint32(data[12:])}
		opts.Data = append(append([]byte(nil), data[:12]...), data[16:]...)
	}
	v, err := k.prog.Run(&opts)
	return v != 0, err
}

// minFrame is the shortest frame that BPF_PROG_TEST_RUN takes at TC.
const minFrame = 15

// tagged says that a frame has a tag that the kernel would take out.
func tagged(data []byte) bool {
	if len(data) < minFrame+4 {
		return false
	}
	t := binary.BigEndian.Uint16(data[12:])
	return t == etherVLAN || t == etherQinQ
}

// needKernel skips where programs cannot be loaded, but not in CI.
func needKernel(t testing.TB) {
	t.Helper()
	err := rlimit.RemoveMemlock()
	if err == nil {
		var k *kernelFilter
		if k, err = loadCode(&Code{Insns: asm.Instructions{asm.Mov.Imm(asm.R0, 1).WithSymbol(symFilter).WithSource(asm.Comment(symFilter)), asm.Return()}}, Target{}); err == nil {
			k.Close()
			return
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("load a program: %v", err)
	}
	t.Skipf("cannot load programs: %v", err)
}

// kernelTargets are what the corpus is run at.
var kernelTargets = []struct {
	name string
	Target
}{
	{"xdp", Target{Hook: HookXDP, XDPLoad: true}},
	{"xdp 5.10", Target{Hook: HookXDP}},
	{"tc", Target{Hook: HookIngress}},
	{"xdp far", Target{Hook: HookXDP, XDPLoad: true, far: true}},
	{"tc far", Target{Hook: HookEgress, far: true}},
}

// TestKernelCorpus runs every expression of the corpus in the kernel, on every
// packet of its file.
func TestKernelCorpus(t *testing.T) {
	needKernel(t)
	dir := corpora.Dir(t)
	files := map[string][]packet{}
	cases := loadCases(t, dir)
	full := os.Getenv("TENGU_FULL") != ""
	for _, target := range kernelTargets {
		t.Run(target.name, func(t *testing.T) {
			var insns, progs, runs int
			for i, c := range cases {
				if c.dns || c.verdict != "ok" {
					continue
				}
				f, err := Compile(c.expr, Options{LinkType: c.link})
				if err != nil {
					continue // TestCorpus complains
				}
				if files[c.file] == nil {
					files[c.file] = loadPackets(t, filepath.Join(dir, "mixed", c.file))
				}
				code, err := f.EBPF(target.Target)
				if err != nil {
					t.Errorf("%s %q: %v", c.id, c.expr, err)
					continue
				}
				k, err := loadCode(code, target.Target)
				if err != nil {
					t.Errorf("%s %q: %s\n%v", c.id, c.expr, verifierSays(err), f.prog)
					continue
				}
				insns, progs = insns+len(code.Insns), progs+1
				every := 32
				if target.far {
					every = 128
				}
				runs += k.compare(t, c.id+" "+c.expr, f, files[c.file], sample(full, i, every))
				k.Close()
			}
			t.Logf("%d programs, %d instructions on average, %d runs", progs, insns/max(progs, 1), runs)
		})
	}
}

// sample says which packets case i is run on: half of those that match, and of
// the others one in every, beginning with another one for each case.
func sample(full bool, i, every int) func(n int, match bool) bool {
	return func(n int, match bool) bool { return full || match && (n+i)%2 == 0 || (n+i)%every == 0 }
}

func (k *kernelFilter) compare(t *testing.T, what string, f *Filter, packets []packet, take func(n int, match bool) bool) (runs int) {
	for n, p := range packets {
		want := f.Match(p.data, uint32(len(p.data)), Meta{})
		if len(p.data) < minFrame || !take(n, want) {
			continue
		}
		got, err := k.match(p.data, false)
		if errors.Is(err, unix.EINVAL) && len(p.data) < 14+40 {
			continue // the kernel wants a whole IP header behind its type
		}
		runs++
		if err == nil && k.tc && tagged(p.data) {
			var beside bool
			if beside, err = k.match(p.data, true); err == nil && beside != want {
				t.Errorf("%s: packet %d, tag beside: %v, want %v\n%v", what, n+1, beside, want, f.prog)
				return runs
			}
		}
		if err != nil {
			t.Fatalf("%s: packet %d of %d bytes: %v %x", what, n+1, len(p.data), err, p.data[:15])
		}
		if got != want {
			t.Errorf("%s: packet %d: %v, want %v\n%v", what, n+1, got, want, f.prog)
			return runs
		}
	}
	return runs
}

func verifierSays(err error) string {
	var v *ebpf.VerifierError
	if !errors.As(err, &v) {
		return err.Error()
	}
	lines := strings.Split(fmt.Sprintf("%+v", v), "\n")
	return strings.Join(lines[max(0, len(lines)-25):], "\n")
}
