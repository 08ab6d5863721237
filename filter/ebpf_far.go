package filter

import (
	"github.com/cilium/ebpf/asm"
)

// The far program translates the IR once more, one load at a time through
// filter_load. It is slow and sees the whole frame, tag included. In it
//
//	R6  context
//	R7  wire length
//	R8  the VLAN tag, protocol and TCI, or 0 (TC); the buffer (HookBuffer)
//	R9  the valid length of the buffer (HookBuffer)
//
// The IR's registers are on the stack.
func (g *generator) far() {
	g.begin(symFar, asm.Mov.Reg(asm.R6, asm.R1))
	g.emit(asm.Mov.Reg(asm.R7, asm.R2))
	switch {
	case g.tc():
		g.farTag()
	case g.target.Hook == HookBuffer:
		g.emit(asm.Mov.Reg(asm.R8, asm.R3), asm.Mov.Reg(asm.R9, asm.R4))
	}
	w := &farWriter{generator: g, labels: make([]label, len(g.prog)), reached: make([]bool, len(g.prog)), accept: g.label(), reject: g.label(), slots: map[uint8]int16{}}
	for i := range w.labels {
		w.labels[i] = g.label()
	}
	w.reach()
	w.clear()
	for i := range g.prog {
		if w.reached[i] && (i == 0 || g.prog[i].Op != OpReturn) {
			g.bind(w.labels[i])
			w.inst(&g.prog[i], i)
			g.island(&w.accept, &w.reject)
		}
	}
	w.verdict(w.accept, 1)
	w.verdict(w.reject, 0)
	if w.loads {
		g.loader()
	}
	if w.chains {
		g.chain()
	}
}

// farTag leaves the tag in R8.
func (g *generator) farTag() {
	none := g.label()
	g.emit(asm.Mov.Imm32(asm.R8, 0), asm.LoadMem(asm.R0, asm.R6, skbVLANPresent, asm.Word))
	g.ifImm(asm.JEq, asm.R0, 0, none)
	g.emit(asm.LoadMem(asm.R8, asm.R6, skbVLANProto, asm.Word), asm.HostTo(asm.BE, asm.R8, asm.Half),
		asm.LSh.Imm(asm.R8, 16), asm.LoadMem(asm.R0, asm.R6, skbVLANTCI, asm.Word),
		asm.And.Imm32(asm.R0, 0xffff), asm.Or.Reg(asm.R8, asm.R0))
	g.bind(none)
}

// farWriter writes the far program.
type farWriter struct {
	*generator
	labels  []label
	reached []bool
	accept  label
	reject  label
	slots   map[uint8]int16 // of the IR's registers
	loads   bool
	chains  bool
}

func (w *farWriter) verdict(l label, v int32) {
	if w.wanted(l) {
		w.bind(l)
		w.ret(v)
	}
}

// way returns the label of an instruction.
func (w *farWriter) way(i int32) label {
	switch in := &w.prog[i]; {
	case in.Op != OpReturn:
		return w.labels[i]
	case in.K != 0:
		return w.accept
	}
	return w.reject
}

func (w *farWriter) reach() {
	w.reached[0] = true
	for i := range w.prog {
		in := &w.prog[i]
		switch {
		case !w.reached[i]:
		case in.computes():
			w.reached[i+1] = true
		case in.branches():
			w.reached[in.Jt], w.reached[in.Jf] = true, true
		}
	}
}

// slot is where a register of the IR is on the stack. The first 24 bytes are for
// keys of sets.
func (w *farWriter) slot(v uint8) int16 {
	n, ok := w.slots[v]
	if !ok {
		n = int16(len(w.slots))
		w.slots[v] = n
	}
	return -24 - 8*(n+1)
}

func (w *farWriter) get(dst asm.Register, v uint8) {
	w.emit(asm.LoadMem(dst, asm.RFP, w.slot(v), asm.DWord))
}

func (w *farWriter) put(v uint8, src asm.Register) {
	w.emit(asm.StoreMem(asm.RFP, w.slot(v), src, asm.DWord))
}

// clear sets the offset registers to 0, which they are until they are set.
func (w *farWriter) clear() {
	zero := false
	for i := range w.prog {
		v := w.prog[i].Dst
		if _, done := w.slots[v]; done || !w.prog[i].computes() || v < firstVar {
			continue
		}
		if !zero {
			w.emit(asm.Mov.Imm(asm.R0, 0))
			zero = true
		}
		w.put(v, asm.R0)
	}
}

func (w *farWriter) inst(in *Inst, i int) {
	switch in.Op {
	case OpReturn:
		w.ret(int32(min(in.K, 1)))
	case OpImm:
		w.emit(asm.Mov.Imm32(asm.R0, int32(in.K)))
		w.put(in.Dst, asm.R0)
	case OpLen:
		w.emit(asm.Mov.Reg32(asm.R0, asm.R7))
		w.put(in.Dst, asm.R0)
	case OpLoad:
		w.load(in)
		w.put(in.Dst, asm.R0)
	case OpALU:
		w.get(asm.R0, in.Dst)
		w.get(asm.R1, in.Src)
		w.aluReg(in.ALU, asm.R0, asm.R1, w.reject)
		w.put(in.Dst, asm.R0)
	case OpTest:
		w.load(in)
		if mask := in.Mask & sizeMask(in.Size); mask != sizeMask(in.Size) {
			w.emit(asm.And.Imm32(asm.R0, int32(mask)))
		}
		w.fork(in, i, condition{op: jumpFor(in.Cmp), dst: asm.R0, imm: true, k: in.K})
	case OpCmp:
		w.get(asm.R0, in.Dst)
		w.get(asm.R1, in.Src)
		w.fork(in, i, condition{op: jumpFor(in.Cmp), dst: asm.R0, src: asm.R1})
	case OpMeta:
		w.meta(in, i)
	case OpChain:
		w.chains = true
		w.walk(in, i)
	case OpSet:
		w.inSet(in, i)
	}
}

func (w *farWriter) fork(in *Inst, i int, c condition) {
	c.emit(w.generator, w.way(in.Jt))
	if int(in.Jf) != i+1 || w.prog[in.Jf].Op == OpReturn {
		w.ja(w.way(in.Jf))
	}
}

// load leaves the number at the place in R0.
func (w *farWriter) load(in *Inst) {
	x := in.Base == baseIPv4
	if x {
		w.emit(asm.Mov.Imm32(asm.R2, int32(in.NL)))
		w.read(1)
		w.emit(asm.Mov.Reg32(asm.R2, asm.R0), asm.And.Imm32(asm.R2, 0x0f), asm.LSh.Imm32(asm.R2, 2))
	}
	switch {
	case x && in.Indexed: // wraps at 32 bits
		w.get(asm.R0, in.Src)
		w.emit(asm.Add.Reg32(asm.R2, asm.R0))
	case in.Indexed:
		w.get(asm.R2, in.Src)
	case !x:
		w.emit(asm.Mov.Imm32(asm.R2, int32(in.Off)))
		w.read(in.Size)
		return
	}
	if in.Off != 0 { // does not wrap
		w.emit(asm.Mov.Imm32(asm.R0, int32(in.Off)), asm.Add.Reg(asm.R2, asm.R0))
	}
	w.read(in.Size)
}

// read calls filter_load for the offset in R2, and rejects if it lies beyond.
func (w *farWriter) read(size uint8) {
	w.emit(asm.Mov.Imm32(asm.R3, int32(size)))
	w.pass()
	w.loads = true
	w.call(symLoad)
	w.ifImm64(asm.JSLT, asm.R0, 0, w.reject)
}

// pass hands the context and what belongs to it on to a subprogram.
func (w *farWriter) pass() {
	w.emit(asm.Mov.Reg(asm.R1, asm.R6))
	switch {
	case w.tc():
		w.emit(asm.Mov.Reg(asm.R4, asm.R8))
	case w.target.Hook == HookBuffer:
		w.emit(asm.Mov.Reg(asm.R4, asm.R8), asm.Mov.Reg(asm.R5, asm.R9))
	}
}

func (w *farWriter) meta(in *Inst, i int) {
	switch {
	case in.Meta == metaLen:
		w.emit(asm.Mov.Reg32(asm.R0, asm.R7))
	case in.Meta == metaOutbound && w.target.Hook == HookEgress:
		w.emit(asm.Mov.Imm32(asm.R0, 1))
	case in.Meta == metaOutbound:
		w.emit(asm.Mov.Imm32(asm.R0, 0))
	case w.target.Hook == HookBuffer:
		w.emit(asm.Mov.Imm32(asm.R0, int32(w.target.IfIndex)))
	case w.tc():
		w.emit(asm.LoadMem(asm.R0, asm.R6, skbIfIndex, asm.Word))
	default:
		w.emit(asm.LoadMem(asm.R0, asm.R6, xdpIfIndex, asm.Word))
	}
	w.fork(in, i, condition{op: jumpFor(in.Cmp), dst: asm.R0, imm: true, k: in.K})
}

// walk calls filter_chain.
func (w *farWriter) walk(in *Inst, i int) {
	k := min(in.K, chainNone)
	if in.Size == 6 {
		k |= chainV6
	}
	w.emit(asm.Mov.Imm32(asm.R2, int32(in.NL)), asm.Mov.Imm32(asm.R3, int32(k)))
	w.pass()
	w.loads = true
	w.call(symChain)
	w.ifImm64(asm.JSLT, asm.R0, 0, w.reject)
	w.fork(in, i, condition{op: asm.JNE, dst: asm.R0, imm: true})
}
