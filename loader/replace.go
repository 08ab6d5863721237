package loader

import (
	"errors"
	"fmt"
	"io"

	"github.com/cilium/ebpf"
)

// hook is a program at its place. Promiscuous mode is one too, without a program.
type hook struct {
	io.Closer
	kind ProgramKind
	prog *ebpf.Program
}

// updater is a hook whose program can be exchanged at once: every packet sees
// either the old program or the new one.
type updater interface {
	Update(*ebpf.Program) error
}

// Replace exchanges the filter of a running capture without losing a packet:
// all programs are loaded with the new filter first, then they take the place of
// the old ones one by one. If one cannot be loaded or put in place, the old
// filter stays everywhere and the error says why.
//
// At the traced hooks, where links cannot be updated, the new program is attached
// before the old one is detached: a packet in between is captured twice.
func (c *Capture) Replace(compile func(Place) (Program, error), text string) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errors.New("replace filter: capture is closed")
	}
	oldVariants, oldCompile := c.variants, c.cfg.Compile
	c.variants, c.cfg.Compile = map[variant]*loaded{}, compile
	if err := c.exchange(); err != nil {
		c.release(c.variants)
		c.variants, c.cfg.Compile = oldVariants, oldCompile
		c.dropSets()
		return fmt.Errorf("replace filter: %w", err)
	}
	c.release(oldVariants)
	c.dropSets()
	c.cfg.FilterText = text
	return nil
}

func (c *Capture) release(variants map[variant]*loaded) {
	for _, l := range variants {
		l.Close()
	}
}

// exchange loads the programs anew and puts them in place, all or none.
func (c *Capture) exchange() error {
	for _, p := range c.ports {
		for _, k := range c.kinds(p) {
			if p.gone || k == KindTrace {
				continue
			}
			if _, err := c.program(c.variantFor(p, k)); err != nil {
				return fmt.Errorf("%s: %w", p.iface.Name, err)
			}
		}
	}
	var undo []func() error
	for _, p := range c.ports {
		for i := range p.hooks {
			back, err := c.exchangeHook(p, &p.hooks[i])
			if err != nil {
				for j := len(undo) - 1; j >= 0; j-- {
					err = errors.Join(err, undo[j]())
				}
				return fmt.Errorf("%s: %w", p.iface.Name, err)
			}
			undo = append(undo, back)
		}
	}
	return nil
}

// exchangeHook puts the new program at a hook, and returns what puts the old one
// back.
func (c *Capture) exchangeHook(p *port, h *hook) (back func() error, err error) {
	if h.prog == nil || p.gone {
		return func() error { return nil }, nil
	}
	if h.kind == KindTrace {
		return c.exchangeTrace(p, h)
	}
	u, ok := h.Closer.(updater)
	if !ok {
		return nil, fmt.Errorf("update program: %w", ebpf.ErrNotSupported)
	}
	next, err := c.program(c.variantFor(p, h.kind))
	if err != nil {
		return nil, err
	}
	if err := u.Update(next); err != nil {
		return nil, fmt.Errorf("update program: %w", err)
	}
	old := h.prog
	h.prog = next
	return func() error { h.prog = old; return u.Update(old) }, nil
}

// exchangeTrace attaches the new program beside the old one, which goes.
func (c *Capture) exchangeTrace(p *port, h *hook) (back func() error, err error) {
	next, _, err := c.attachTrace(p)
	if err != nil {
		return nil, err
	}
	if err := h.Closer.Close(); err != nil {
		return nil, errors.Join(err, next.Close())
	}
	*h = next
	return func() error { return errors.New("the traced hook keeps the new filter") }, nil
}
