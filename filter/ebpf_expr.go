package filter

import (
	"github.com/cilium/ebpf/asm"
)

// pending is the value of a register of the IR that has not been put into one
// of the machine yet: most constants end up within an instruction.
type pending struct {
	ok bool
	k  uint32
}

func (g *generator) reg(v uint8) asm.Register { return g.regs.value[v] }

// settle puts a constant into its register.
func (g *generator) settle(v uint8) asm.Register {
	if c := g.consts[v]; c.ok {
		g.emit(asm.Mov.Imm32(g.reg(v), int32(c.k)))
		g.consts[v] = pending{}
	}
	return g.reg(v)
}

// compute emits an instruction that sets a register of the IR.
func (g *generator) compute(s *step, k *proven) {
	if g.reg(s.Dst) == regValue {
		k.value.ok = false
	}
	switch s.Op {
	case OpImm:
		g.consts[s.Dst] = pending{true, s.K}
		if g.regs.carried {
			g.settle(s.Dst)
		}
	case OpLen:
		g.consts[s.Dst] = pending{}
		g.emit(asm.Mov.Reg32(g.reg(s.Dst), g.regs.wire))
	case OpLoad:
		g.load(s, k)
	case OpALU:
		g.alu(s)
	}
}

func (g *generator) load(s *step, k *proven) {
	if s.Indexed {
		g.loadIndexed(s, k)
		return
	}
	g.consts[s.Dst] = pending{}
	dst := g.reg(s.Dst)
	if !g.fetch(s, k, dst) {
		g.toHost(dst, s.Size)
	}
}

// loadIndexed loads from a computed offset. Offsets that the verifier would not
// have go the far way.
func (g *generator) loadIndexed(s *step, k *proven) {
	src, dst := g.settle(s.Src), g.reg(s.Dst)
	g.consts[s.Dst] = pending{}
	if src != dst {
		g.emit(asm.Mov.Reg32(dst, src))
	}
	g.ifImm64(asm.JGT, dst, maxIndex, g.farther)
	if s.kind == placeIndex4 {
		g.pointX(s, k)
		g.emit(asm.Add.Reg(regX, dst), asm.Mov.Reg(dst, regX), asm.Add.Imm(dst, int32(s.Off)+int32(s.Size)))
		g.ifReg64(asm.JGT, dst, g.regs.end, g.short)
		g.emit(asm.LoadMem(dst, regX, int16(s.Off), sizeOf(s.Size)))
	} else {
		if s.Off != 0 {
			g.emit(asm.Add.Imm(dst, int32(s.Off)))
		}
		if s.behind {
			g.ifImm64(asm.JLT, dst, tagEnd, g.farther)
			g.emit(asm.Sub.Imm(dst, tagEnd-tagBegin))
		}
		g.emit(asm.Add.Reg(dst, g.regs.data), asm.Mov.Reg(regX, dst), asm.Add.Imm(regX, int32(s.Size)))
		g.ifReg64(asm.JGT, regX, g.regs.end, g.short)
		g.emit(asm.LoadMem(dst, dst, 0, sizeOf(s.Size)))
	}
	k.x.ok = false
	g.toHost(dst, s.Size)
}

var aluOps = map[string]asm.ALUOp{
	"+": asm.Add, "-": asm.Sub, "*": asm.Mul, "/": asm.Div, "%": asm.Mod,
	"&": asm.And, "|": asm.Or, "^": asm.Xor, "<<": asm.LSh, ">>": asm.RSh,
}

func (g *generator) alu(s *step) {
	a, b := g.consts[s.Dst], g.consts[s.Src]
	if a.ok && b.ok {
		if v, ok := arith(s.ALU, a.k, b.k); ok {
			g.consts[s.Dst].k = v
			return
		}
	}
	dst := g.settle(s.Dst)
	if b.ok && !(b.k == 0 && divides(s.ALU)) {
		g.aluImm(s.ALU, dst, b.k)
		return
	}
	g.aluReg(s.ALU, dst, g.settle(s.Src), g.reject)
}

func divides(op string) bool { return op == "/" || op == "%" }

func shifts(op string) bool { return op == "<<" || op == ">>" }

func (g *generator) aluImm(op string, dst asm.Register, k uint32) {
	if shifts(op) && k > 31 {
		g.emit(asm.Mov.Imm32(dst, 0))
		return
	}
	g.emit(aluOps[op].Imm32(dst, int32(k)))
}

// aluReg calculates as BPF does: a division by zero rejects, shifting everything
// out leaves zero.
func (g *generator) aluReg(op string, dst, src asm.Register, reject label) {
	switch {
	case divides(op):
		g.ifImm(asm.JEq, src, 0, reject)
	case shifts(op):
		fits, done := g.label(), g.label()
		g.ifImm(asm.JLE, src, 31, fits)
		g.emit(asm.Mov.Imm32(dst, 0))
		g.ja(done)
		g.bind(fits)
		g.emit(aluOps[op].Reg32(dst, src))
		g.bind(done)
		return
	}
	g.emit(aluOps[op].Reg32(dst, src))
}

// compare ends a computation.
func (g *generator) compare(s *step, k *proven) condition {
	if g.regs.value[0] == regValue {
		k.value.ok = false
	}
	c := condition{op: jumpFor(s.Cmp), dst: g.settle(s.Dst)}
	if b := g.consts[s.Src]; b.ok {
		c.imm, c.k = true, b.k
	} else {
		c.src = g.reg(s.Src)
	}
	g.consts = [4]pending{}
	return c
}
