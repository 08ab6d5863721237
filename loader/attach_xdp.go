package loader

import (
	"errors"
	"fmt"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/link"
	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// BusyError says that an XDP program is already attached. It is never replaced.
type BusyError struct {
	Interface string
	Program   string // its name, or its id
}

func (e *BusyError) Error() string {
	return fmt.Sprintf("attach xdp %s: the XDP program %s is already there and stays; "+
		"use --hook xdp-entry to see what it gets, --hook xdp-exit to see what it passes, or --hook tc", e.Interface, e.Program)
}

// attachXDP climbs the ladder native, generic. Whether the program takes
// multi-buffer frames was settled at load: a kernel that knows them has it so,
// and a driver that does not is satisfied with frames of one buffer.
func (c *Capture) attachXDP(p *port) (hook, string, error) {
	prog, err := c.program(c.variantFor(p, KindXDP))
	if err != nil {
		return hook{}, "", err
	}
	native := "xdp native"
	if c.kernel.XDPLoad {
		native = "xdp.frags native"
	}
	if c.cfg.Hook != HookXDPGeneric {
		l, err := link.AttachXDP(link.XDPOptions{Program: prog, Interface: p.iface.Index, Flags: link.XDPDriverMode})
		if err == nil {
			return hook{l, KindXDP, prog}, native, nil
		}
		err = explainXDP(p, err)
		if busy := new(BusyError); errors.As(err, &busy) || c.cfg.Hook == HookXDPNative {
			return hook{}, "", err
		}
		c.cfg.Log.Warn("native XDP not available, using generic XDP", "interface", p.iface.Name, "reason", err)
	}
	l, err := link.AttachXDP(link.XDPOptions{Program: prog, Interface: p.iface.Index, Flags: link.XDPGenericMode})
	if err != nil {
		return hook{}, "", explainXDP(p, err)
	}
	return hook{l, KindXDP, prog}, "xdp generic", nil
}

// explainXDP names what stands in the way of native XDP.
func explainXDP(p *port, err error) error {
	if id := attachedXDP(p.iface.Index); id != 0 && (errors.Is(err, unix.EBUSY) || errors.Is(err, unix.EEXIST)) {
		return &BusyError{Interface: p.iface.Name, Program: programLabel(id)}
	}
	hint := ""
	switch {
	case errors.Is(err, unix.ERANGE) || errors.Is(err, unix.EINVAL) && p.link.Attrs().MTU > 1500:
		hint = fmt.Sprintf(" (MTU %d is too large for the driver's XDP; xdp.frags, kernel >= 5.18, or a smaller MTU helps)", p.link.Attrs().MTU)
	case errors.Is(err, unix.EOPNOTSUPP):
		hint = " (the driver has no native XDP)"
	}
	return fmt.Errorf("attach xdp %s: %w%s", p.iface.Name, err, hint)
}

// attachedXDP returns the id of the XDP program on an interface, 0 if none.
func attachedXDP(ifindex int) ebpf.ProgramID {
	l, err := netlink.LinkByIndex(ifindex)
	if err != nil || l.Attrs().Xdp == nil || !l.Attrs().Xdp.Attached {
		return 0
	}
	return ebpf.ProgramID(l.Attrs().Xdp.ProgId)
}

// programLabel names a program for people.
func programLabel(id ebpf.ProgramID) string {
	p, err := ebpf.NewProgramFromID(id)
	if err != nil {
		return fmt.Sprintf("with id %d", id)
	}
	defer p.Close()
	info, err := p.Info()
	if err != nil {
		return fmt.Sprintf("with id %d", id)
	}
	return fmt.Sprintf("%q (id %d)", info.Name, id)
}
