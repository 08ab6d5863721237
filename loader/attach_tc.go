package loader

import (
	"errors"
	"fmt"
	"io"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/link"
)

// attachTC climbs the ladder tcx, clsact.
func (c *Capture) attachTC(p *port, k ProgramKind) (hook, string, error) {
	prog, err := c.program(c.variantFor(p, k))
	if err != nil {
		return hook{}, "", err
	}
	if c.cfg.Hook != HookClsact {
		l, err := attachTCX(p.iface.Index, prog, k)
		if err == nil {
			return hook{l, k, prog}, "tcx", nil
		}
		if !errors.Is(err, ebpf.ErrNotSupported) || c.cfg.Hook == HookTCX {
			return hook{}, "", fmt.Errorf("attach tcx %s: %w", p.iface.Name, err)
		}
		c.cfg.Log.Debug("tcx not supported (requires kernel >= 6.6): using clsact", "interface", p.iface.Name)
	}
	f, err := attachClsact(p.link, prog, k)
	if err != nil {
		return hook{}, "", fmt.Errorf("attach clsact %s: %w", p.iface.Name, err)
	}
	return hook{f, k, prog}, "clsact", nil
}

// attachTCX attaches in front of all programs on ingress, so that it sees what
// they may drop, and behind all on egress, so that it sees what they leave.
func attachTCX(ifindex int, prog *ebpf.Program, k ProgramKind) (io.Closer, error) {
	at, anchor := ebpf.AttachTCXIngress, link.Head()
	if k == KindEgress {
		at, anchor = ebpf.AttachTCXEgress, link.Tail()
	}
	return link.AttachTCX(link.TCXOptions{Interface: ifindex, Program: prog, Attach: at, Anchor: anchor})
}
