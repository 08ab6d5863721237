package loader

import (
	"errors"
	"fmt"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/link"
)

// attachTrace watches the XDP program that is attached to the interface.
func (c *Capture) attachTrace(p *port) (hook, string, error) {
	id := attachedXDP(p.iface.Index)
	if id == 0 {
		return hook{}, "", fmt.Errorf("attach %s %s: no XDP program is attached there", c.cfg.Hook, p.iface.Name)
	}
	v := c.variantFor(p, KindTrace)
	v.exit, v.target = c.cfg.Hook == HookXDPExit, id
	prog, err := c.program(v)
	if err != nil {
		return hook{}, "", fmt.Errorf("attach %s %s: %w", c.cfg.Hook, p.iface.Name, err)
	}
	l, err := link.AttachTracing(link.TracingOptions{Program: prog})
	if err != nil {
		return hook{}, "", fmt.Errorf("attach %s %s: %w", c.cfg.Hook, p.iface.Name, err)
	}
	return hook{l, KindTrace, prog}, string(c.cfg.Hook), nil
}

// aimAt makes a fentry or fexit program watch the program with the given id.
// The program keeps a reference to it while loaded.
func aimAt(prog *ebpf.ProgramSpec, id ebpf.ProgramID) error {
	target, err := ebpf.NewProgramFromID(id)
	if err != nil {
		return fmt.Errorf("open XDP program %d: %w", id, err)
	}
	info, err := target.Info()
	if err != nil {
		return errors.Join(fmt.Errorf("ask XDP program %d: %w", id, err), target.Close())
	}
	name, err := entryFunction(target, info)
	if err != nil {
		return errors.Join(err, target.Close())
	}
	prog.AttachTarget, prog.AttachTo = target, name
	return nil
}

// entryFunction returns the BTF name of a program's entry: its object name may
// be cut to 15 characters, the BTF name is whole.
func entryFunction(p *ebpf.Program, info *ebpf.ProgramInfo) (string, error) {
	funcs, err := info.FuncInfos()
	if err != nil || len(funcs) == 0 {
		return "", fmt.Errorf("watch XDP program %q: it has no BTF function records", info.Name)
	}
	return funcs[0].Func.Name, nil
}
