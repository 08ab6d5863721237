package filter

import (
	"errors"
	"fmt"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/asm"
)

// Hook is the kind of program that a filter becomes part of.
type Hook uint8

const (
	// HookXDP, HookIngress and HookEgress: R1 is the context, R2 and R3 the
	// begin and end of the linear data, R4 the length of the frame on the wire.
	HookXDP Hook = iota
	HookIngress
	HookEgress
	// HookBuffer: R1 is the context of a tracing program whose first argument
	// is a struct xdp_buff, R2 a buffer of Window bytes, R3 how many of them
	// are valid, R4 the length of the frame on the wire.
	HookBuffer
)

// Window is the size of the buffer that HookBuffer reads from.
const Window = 256

// Target says what a filter is compiled for in the kernel.
type Target struct {
	Hook Hook
	// XDPLoad says that the kernel has bpf_xdp_load_bytes (5.18), and with it
	// frames of several buffers.
	XDPLoad bool
	// IfIndex is the interface at HookBuffer, where the program cannot ask.
	IfIndex int
	// MaxInsts bounds the instructions of the IR that are compiled; 0 means no
	// bound. What lies beyond counts as a match: see Code.Superset.
	MaxInsts int

	// far has every packet evaluated by the far program, for tests.
	far bool
}

// Code is a filter for the kernel: a subprogram that returns 1 in R0 for packets
// to capture and 0 for the others, followed by those that it calls.
type Code struct {
	Insns asm.Instructions
	// Maps are the sets, by reference name: a name stands for contents. Fill
	// puts them in.
	Maps map[string]*ebpf.MapSpec
	// Superset says that the filter was cut: it selects packets that the whole
	// expression does not. Check them with Match.
	Superset bool

	sets map[string]*kernelSet
}

// The subprograms of a filter. Labels of the capture programs must differ.
const (
	symFilter = "filter"
	symFar    = "filter_far"
	symLoad   = "filter_load"
	symChain  = "filter_chain"
)

// ErrNoIfIndex says that the interface cannot be told where the filter runs.
var ErrNoIfIndex = errors.New("ifindex is not known to a program that watches another one on any interface")

// EBPF compiles the filter for the kernel. Packets whose bytes lie in the linear
// part of the frame take the fast way: direct reads, each range checked once.
// All others take the far way, a second translation of the same program that
// reads through helpers:
//
//	filter ---- data in reach ----> verdict
//	   |
//	   +-- beyond the linear part --> filter_far --> filter_load (helper)
//	                                            \--> filter_chain
//
// Both give the verdict of Match.
func (f *Filter) EBPF(t Target) (*Code, error) {
	prog, cut := f.prog.cut(t.MaxInsts)
	g := &generator{target: t, sets: f.sets, prog: prog}
	insns, err := g.generate()
	if errors.Is(err, errJumpTooFar) {
		t.MaxInsts = len(prog) / 2
		return f.EBPF(t)
	}
	if err != nil {
		return nil, fmt.Errorf("compile filter to eBPF: %w", err)
	}
	c := &Code{Insns: insns, Maps: map[string]*ebpf.MapSpec{}, Superset: cut, sets: map[string]*kernelSet{}}
	for _, k := range g.used {
		c.Maps[k.name], c.sets[k.name] = k.spec(), k
	}
	return c, nil
}

// cut returns the first n instructions; whatever would go on after them accepts.
// That is a superset because a program only jumps forward: every packet that the
// whole program accepts leaves the part by accepting or by going beyond it.
func (p Prog) cut(n int) (Prog, bool) {
	if n <= 0 || len(p) <= n {
		return p, false
	}
	for n > 0 && p[n-1].computes() { // do not end within a computation
		n--
	}
	out := append(Prog(nil), p[:n]...)
	accept, reject := int32(n), int32(n+1)
	to := func(i int32) int32 {
		switch {
		case int(i) < n:
			return i
		case p[i].Op == OpReturn && p[i].K == 0:
			return reject
		}
		return accept
	}
	for i := range out {
		if out[i].branches() {
			out[i].Jt, out[i].Jf = to(out[i].Jt), to(out[i].Jf)
		}
	}
	return append(out, Inst{Op: OpReturn, K: 1}, Inst{Op: OpReturn}), true
}

// computes says that the instruction sets a register and goes on to the next.
func (in *Inst) computes() bool {
	switch in.Op {
	case OpLoad, OpImm, OpLen, OpALU:
		return true
	}
	return false
}

// branches says that the instruction goes on to Jt or Jf.
func (in *Inst) branches() bool { return in.Op != OpReturn && !in.computes() }

// loads says that the instruction reads the packet at a place of its own.
func (in *Inst) loads() bool {
	return in.Op == OpTest || in.Op == OpLoad || in.Op == OpSet
}

// generator makes the code of one filter.
type generator struct {
	assembler
	target Target
	sets   []*Set
	prog   Prog

	regs    registers
	consts  [4]pending
	accept  label
	reject  label
	short   label                 // the linear part ends here: reject, or look further
	farther label                 // evaluate by the far program
	used    map[uint32]*kernelSet // sets referred to
}

// registers say where the arguments live.
type registers struct {
	ctx, data, end, wire asm.Register
	value                [4]asm.Register // of the IR's first four registers
	calls                bool            // arguments were moved out of the way of calls
	carried              bool            // the IR's registers live longer than one condition
}

func (g *generator) tc() bool { return g.target.Hook == HookIngress || g.target.Hook == HookEgress }

func (g *generator) generate() (asm.Instructions, error) {
	g.used = map[uint32]*kernelSet{}
	g.accept, g.reject, g.short, g.farther = g.label(), g.label(), g.label(), g.label()
	plain, err := newFlow(g, false)
	if err != nil {
		return nil, err
	}
	g.chooseRegisters(plain)
	if g.target.far || g.regs.calls && g.regs.carried {
		g.regs = registers{}
		g.ja(g.farther)
		return g.rest()
	}
	tagged, onAccept, err := g.taggedFlow()
	if err != nil {
		return nil, err
	}
	alt := g.label()
	if tagged != nil {
		g.emit(asm.LoadMem(asm.R0, g.regs.ctx, skbVLANPresent, asm.Word))
		g.ifImm(asm.JNE, asm.R0, 0, alt)
	}
	g.verdicts(g.flow(plain), onAccept)
	if tagged != nil {
		g.bind(alt)
		if g.flow(tagged) {
			g.ja(g.reject)
		}
	}
	return g.rest()
}

// taggedFlow returns the flow of packets with a tag; nil if it is the same as
// that of the others. Where it comes to nothing, it is enough to look for a tag
// when a packet would be accepted.
func (g *generator) taggedFlow() (f *flow, onAccept bool, err error) {
	if !g.tc() {
		return nil, false, nil
	}
	if f, err = newFlow(g, true); err != nil || !f.differs {
		return nil, false, err
	}
	if f.settled(0) {
		return nil, true, nil
	}
	return f, false, nil
}

// Offsets in struct __sk_buff and struct xdp_md (include/uapi/linux/bpf.h).
const (
	skbVLANPresent = 20
	skbVLANTCI     = 24
	skbVLANProto   = 28
	skbIfIndex     = 40
	xdpData        = 0
	xdpDataEnd     = 4
	xdpIfIndex     = 12
)

// chooseRegisters leaves the arguments where they come in, unless there are
// calls to be survived. Saved registers cost the prologue a push each, so they
// come last.
func (g *generator) chooseRegisters(f *flow) {
	r := &g.regs
	r.calls, r.carried = f.hasCalls(), f.carries()
	switch {
	case r.calls:
		r.ctx, r.data, r.end, r.wire = asm.R6, asm.R7, asm.R8, asm.R9
		r.value = [4]asm.Register{asm.R0, asm.R1, asm.R2, asm.R3}
		g.emit(asm.Mov.Reg(asm.R6, asm.R1), asm.Mov.Reg(asm.R7, asm.R2),
			asm.Mov.Reg(asm.R8, asm.R3), asm.Mov.Reg(asm.R9, asm.R4))
		return
	case r.carried:
		r.value = [4]asm.Register{asm.R6, asm.R7, asm.R8, asm.R9}
	default:
		r.value = [4]asm.Register{asm.R0, asm.R6, asm.R7, asm.R8}
	}
	r.ctx, r.data, r.end, r.wire = asm.R1, asm.R2, asm.R3, asm.R4
}

// verdicts is where the ways end. Rejecting comes first: most packets go there.
func (g *generator) verdicts(falls, onAccept bool) {
	if falls || g.wanted(g.reject) {
		g.bind(g.reject)
		g.ret(0)
	}
	if !g.wanted(g.accept) {
		return
	}
	g.bind(g.accept)
	if onAccept {
		g.emit(asm.LoadMem(asm.R0, g.regs.ctx, skbVLANPresent, asm.Word))
		g.ifImm(asm.JNE, asm.R0, 0, g.reject)
	}
	g.ret(1)
}

// rest appends what is off the fast way. The verifier refuses code that nothing
// leads to, so each part is left out unless it is wanted.
func (g *generator) rest() (asm.Instructions, error) {
	if g.wanted(g.short) {
		g.shortPacket()
	}
	if g.wanted(g.farther) {
		g.callFar()
	}
	g.verdicts(false, false)
	if g.wanted(g.farther) || g.bound[g.farther] >= 0 {
		g.far()
	}
	g.insns[0] = g.insns[0].WithSymbol(symFilter).WithSource(asm.Comment(symFilter))
	return g.finish()
}

// shortPacket is reached where the linear part ends before bytes that every
// accepted packet has. If that was the whole frame, it is rejected.
func (g *generator) shortPacket() {
	g.bind(g.short)
	if g.target.Hook == HookXDP && !g.target.XDPLoad {
		g.ja(g.reject) // frames are linear
		return
	}
	if g.target.Hook == HookBuffer {
		g.ifReg64(asm.JGE, g.regs.end, g.regs.wire, g.reject)
	} else {
		g.emit(asm.Mov.Reg(asm.R0, g.regs.end), asm.Sub.Reg(asm.R0, g.regs.data))
		g.ifReg64(asm.JGE, asm.R0, g.regs.wire, g.reject)
	}
	g.led[g.farther] = true // it comes next
}

// callFar evaluates the packet from the beginning.
func (g *generator) callFar() {
	g.bind(g.farther)
	r := g.regs
	if r.calls {
		g.emit(asm.Mov.Reg(asm.R1, r.ctx), asm.Mov.Reg(asm.R2, r.data), asm.Mov.Reg(asm.R3, r.end), asm.Mov.Reg(asm.R4, r.wire))
	}
	if g.target.Hook == HookBuffer {
		g.emit(asm.Mov.Reg(asm.R5, asm.R4), asm.Mov.Reg(asm.R4, asm.R3), asm.Mov.Reg(asm.R3, asm.R2), asm.Mov.Reg(asm.R2, asm.R5))
	} else {
		g.emit(asm.Mov.Reg(asm.R2, asm.R4))
	}
	g.call(symFar)
	g.emit(asm.Return())
}
