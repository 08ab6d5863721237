package filter

import (
	"github.com/cilium/ebpf/asm"
)

// chainV6 marks the protocol handed to filter_chain as one of IPv6.
const chainV6 = 0x200

// chainNone is a protocol that no header has.
const chainNone = 0x100

// maxChain bounds the headers that filter_chain follows: as many of the smallest
// ones as a jumbo frame holds. The verifier walks every round of the loop.
const maxChain = 1200

// What filter_chain keeps on the stack.
const (
	chainProto = -8
	chainMask  = -16 // of the headers that have a next one
	chainBuf   = -24
	chainLen   = -32
	chainStart = -40
)

// chain emits filter_chain: R1 context, R2 offset of the IP header, R3 the
// protocol, R4 and R5 as farWriter.pass has them. It returns 1 if the protocol
// is in the chain, 0 if not, -1 if the frame ends before that is clear, or the
// chain does not end. See Inst.chain.
//
//	R6  context    R8  next header
//	R7  offset     R9  rounds
//
// A round has no ways that meet again: the verifier would walk all of them for
// every round that follows.
func (g *generator) chain() {
	c := &chainWriter{g, g.label(), g.label(), g.label()}
	v6, loop := g.label(), g.label()
	g.begin(symChain, asm.Mov.Reg(asm.R6, asm.R1))
	g.emit(asm.Mov.Reg(asm.R7, asm.R2))
	switch {
	case g.tc(): // the IP header lies behind the tag, where data is moved
		untagged := g.label()
		g.ifImm64(asm.JEq, asm.R4, 0, untagged)
		g.emit(asm.Sub.Imm(asm.R7, tagEnd-tagBegin))
		g.bind(untagged)
	case g.target.Hook == HookBuffer:
		g.emit(asm.StoreMem(asm.RFP, chainBuf, asm.R4, asm.DWord), asm.StoreMem(asm.RFP, chainLen, asm.R5, asm.DWord))
	}
	g.emit(asm.StoreMem(asm.RFP, chainStart, asm.R7, asm.DWord), asm.Mov.Reg(asm.R1, asm.R3),
		asm.And.Imm32(asm.R1, chainV6-1), asm.StoreMem(asm.RFP, chainProto, asm.R1, asm.DWord), asm.Mov.Imm(asm.R9, 0))
	g.ifImm64(asm.JGT, asm.R3, chainV6-1, v6)
	c.mask(1 << protoAH)
	c.read(9, 1)
	g.emit(asm.Mov.Reg(asm.R8, asm.R0))
	c.read(0, 1)
	g.emit(asm.And.Imm32(asm.R0, 0x0f), asm.LSh.Imm32(asm.R0, 2), asm.Add.Reg(asm.R7, asm.R0))
	g.ja(loop)
	g.bind(v6)
	c.mask(1<<0 | 1<<43 | 1<<protoFrag | 1<<protoAH | 1<<60)
	c.read(6, 1)
	g.emit(asm.Mov.Reg(asm.R8, asm.R0), asm.Add.Imm(asm.R7, 40))
	g.bind(loop)
	c.round()
	g.emit(asm.Add.Imm(asm.R9, 1))
	g.ifImm64(asm.JLT, asm.R9, maxChain, loop)
	g.bind(c.fail)
	g.emit(asm.Mov.Imm(asm.R0, -1), asm.Return())
	g.bind(c.none)
	g.ret(0)
	g.bind(c.found)
	g.ret(1)
}

type chainWriter struct {
	*generator
	fail, none, found label
}

func (c *chainWriter) mask(m int64) {
	c.emit(asm.LoadImm(asm.R1, m, asm.DWord), asm.StoreMem(asm.RFP, chainMask, asm.R1, asm.DWord))
}

// read reads at R7 and an offset.
func (c *chainWriter) read(off, size int32) {
	c.emit(asm.Mov.Reg(asm.R2, asm.R7), asm.Mov.Reg(asm.R1, asm.R6), asm.Mov.Imm32(asm.R3, size))
	if off != 0 {
		c.emit(asm.Add.Imm(asm.R2, off))
	}
	switch {
	case c.tc():
		c.emit(asm.Mov.Imm(asm.R4, 0))
	case c.target.Hook == HookBuffer:
		c.emit(asm.LoadMem(asm.R4, asm.RFP, chainBuf, asm.DWord), asm.LoadMem(asm.R5, asm.RFP, chainLen, asm.DWord))
	}
	c.call(symLoad)
	c.ifImm64(asm.JSLT, asm.R0, 0, c.fail)
}

// isZero leaves 1 in a register that was 0, and 0 if it was not.
func (c *chainWriter) isZero(r asm.Register) {
	c.emit(asm.Sub.Imm(r, 1), asm.RSh.Imm(r, 63))
}

// round goes from one header to the next:
//
//	extension header  offset += (length + 1) * 8
//	AH                offset = start + (length + 2) * 4
//
// The second counts from the start because libpcap does.
func (c *chainWriter) round() {
	c.emit(asm.LoadMem(asm.R1, asm.RFP, chainProto, asm.DWord))
	c.ifReg64(asm.JEq, asm.R8, asm.R1, c.found)
	c.emit(asm.LoadMem(asm.R1, asm.RFP, chainMask, asm.DWord), asm.Mov.Reg(asm.R2, asm.R8), asm.And.Imm32(asm.R2, 63),
		asm.RSh.Reg(asm.R1, asm.R2), asm.RSh.Imm(asm.R8, 6))
	c.isZero(asm.R8)
	c.emit(asm.And.Reg(asm.R1, asm.R8), asm.Mov.Reg(asm.R8, asm.R2)) // below 64 from here
	c.emit(asm.And.Imm(asm.R1, 1))
	c.ifImm64(asm.JEq, asm.R1, 0, c.none)
	c.read(0, 2)
	// R4 = 1 for AH; R7 += R4 * (start - R7)
	c.emit(asm.Mov.Reg(asm.R4, asm.R8), asm.Xor.Imm(asm.R4, protoAH))
	c.isZero(asm.R4)
	c.emit(asm.LoadMem(asm.R1, asm.RFP, chainStart, asm.DWord), asm.Sub.Reg(asm.R1, asm.R7), asm.Mul.Reg(asm.R1, asm.R4),
		asm.Add.Reg(asm.R7, asm.R1),
		asm.Mov.Reg(asm.R8, asm.R0), asm.RSh.Imm(asm.R8, 8), // next header
		asm.And.Imm(asm.R0, 0xff), asm.Add.Imm(asm.R0, 1), asm.Add.Reg(asm.R0, asm.R4),
		asm.Mov.Imm(asm.R1, 3), asm.Sub.Reg(asm.R1, asm.R4), asm.LSh.Reg(asm.R0, asm.R1),
		asm.Add.Reg(asm.R7, asm.R0), asm.Mov.Reg32(asm.R7, asm.R7))
}
