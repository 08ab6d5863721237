package loader

import (
	"errors"
	"fmt"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"

	"tengu/capture"
)

// addPort numbers an interface and loads its programs; attaching comes later.
func (c *Capture) addPort(l netlink.Link) error {
	if c.Any() && len(c.ports) == maxIfaces {
		return fmt.Errorf("%s: more than %d interfaces in one capture", l.Attrs().Name, maxIfaces)
	}
	iface, err := describe(l, len(c.ports), &c.cfg)
	if err != nil {
		return err
	}
	p := &port{iface: iface, link: l}
	if c.Any() {
		if err := c.maps["iface_ids"].Put(uint32(iface.Index), uint32(iface.ID)); err != nil {
			return fmt.Errorf("%s: number interface: %w", iface.Name, err)
		}
	}
	for _, k := range c.kinds(p) {
		if k == KindTrace {
			continue // loaded against the program that is attached then
		}
		if _, err := c.program(c.variantFor(p, k)); err != nil {
			return fmt.Errorf("%s: %w", iface.Name, err)
		}
	}
	c.ports = append(c.ports, p)
	return nil
}

func (c *Capture) variantFor(p *port, k ProgramKind) variant {
	v := variant{kind: k, linkType: p.iface.LinkType, iface: uint32(p.iface.ID), ifindex: p.iface.Index}
	if c.Any() {
		v.iface, v.ifindex = noIface, 0
	}
	return v
}

// kinds lists the programs an interface needs. On loopback every packet passes
// twice; as with tcpdump, the incoming copy counts and the other does not.
func (c *Capture) kinds(p *port) []ProgramKind {
	loopback := deviceOf(p.link.Attrs()).Loopback
	var out []ProgramKind
	if c.cfg.Direction != Out {
		switch {
		case c.cfg.Hook.traced():
			out = append(out, KindTrace)
		case c.cfg.Hook.xdp() && p.iface.LinkType == capture.LinkEthernet:
			out = append(out, KindXDP)
		default:
			out = append(out, KindIngress)
		}
	}
	if c.cfg.Direction != In && !loopback && !c.cfg.Hook.traced() {
		out = append(out, KindEgress)
	}
	return out
}

// Attach makes the packets flow: from here on the ledger counts. With "any" it
// also follows interfaces that appear and vanish.
func (c *Capture) Attach() error {
	if c.Any() {
		if err := c.watch(); err != nil {
			return err
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.ports {
		if err := c.attachPort(p); err != nil {
			if c.Any() && errors.Is(err, unix.ENODEV) {
				continue // it went between listing and attaching
			}
			return err
		}
	}
	return nil
}

// attachPort attaches all of a port's programs, or none.
func (c *Capture) attachPort(p *port) error {
	if c.cfg.Promisc && !c.Any() {
		pr, err := promiscuous(p.iface.Index)
		if err != nil {
			c.cfg.Log.Warn("not in promiscuous mode", "interface", p.iface.Name, "error", err)
		} else {
			p.hooks = append(p.hooks, hook{Closer: pr})
		}
	}
	for _, k := range c.kinds(p) {
		h, rung, err := c.attachKind(p, k)
		if err != nil {
			return errors.Join(err, p.detach())
		}
		p.hooks = append(p.hooks, h)
		p.note(rung)
		c.cfg.Log.Debug("attached", "interface", p.iface.Name, "hook", rung)
	}
	return nil
}

// note adds a rung of the ladder to what the interface says of its hooks.
func (p *port) note(rung string) {
	if p.iface.Hook != "" && p.iface.Hook != rung {
		rung = p.iface.Hook + ", " + rung
	}
	p.iface.Hook = rung
}

func (c *Capture) attachKind(p *port, k ProgramKind) (hook, string, error) {
	switch k {
	case KindXDP:
		return c.attachXDP(p)
	case KindTrace:
		return c.attachTrace(p)
	}
	return c.attachTC(p, k)
}

func (p *port) detach() error {
	var err error
	for i := len(p.hooks) - 1; i >= 0; i-- {
		err = errors.Join(err, p.hooks[i].Close())
	}
	p.hooks = nil
	return err
}

// Detach takes all programs out. When it returns no program writes to the rings
// any more, and what is in them is all there will be.
func (c *Capture) Detach() error {
	for _, stop := range c.takeStops() {
		stop()
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	var err error
	for _, p := range c.ports {
		derr := p.detach()
		if !errors.Is(derr, unix.ENODEV) {
			err = errors.Join(err, derr)
		}
	}
	return err
}

func (c *Capture) takeStops() []func() {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.stop
	c.stop = nil
	return s
}
