package filter

import (
	"github.com/cilium/ebpf/asm"
)

// loader emits filter_load: R1 context, R2 offset in the frame as on the wire,
// R3 size, R4 and R5 as farWriter.pass has them. It returns the number there, or
// -1 if the frame ends before.
func (g *generator) loader() {
	fail := g.label()
	switch {
	case g.tc():
		g.skbLoader(fail)
	case g.target.Hook == HookBuffer:
		g.bufferLoader(fail)
	case g.target.XDPLoad:
		g.begin(symLoad, asm.Mov.Reg(asm.R6, asm.R3))
		g.helperLoad(asm.FnXdpLoadBytes, fail)
	default:
		g.linearLoader(fail)
	}
	g.bind(fail)
	g.emit(asm.Mov.Imm(asm.R0, -1), asm.Return())
}

// helperLoad reads R6 bytes at R2 through a helper and returns them.
func (g *generator) helperLoad(helper asm.BuiltinFunc, fail label) {
	g.emit(asm.Mov.Imm(asm.R0, 0), asm.StoreMem(asm.RFP, -8, asm.R0, asm.DWord),
		asm.Mov.Reg32(asm.R2, asm.R2), asm.Mov.Reg(asm.R3, asm.RFP), asm.Add.Imm(asm.R3, -8),
		asm.Mov.Reg(asm.R4, asm.R6), helper.Call())
	g.ifImm(asm.JNE, asm.R0, 0, fail)
	g.returnBytes(-8)
}

// returnBytes returns the R6 bytes at an offset of the stack as a number.
func (g *generator) returnBytes(off int16) {
	g.emit(asm.LoadMem(asm.R0, asm.RFP, off, asm.DWord), asm.HostTo(asm.BE, asm.R0, asm.DWord),
		asm.LSh.Imm(asm.R6, 3), asm.Mov.Imm(asm.R1, 64), asm.Sub.Reg(asm.R1, asm.R6),
		asm.RSh.Reg(asm.R0, asm.R1), asm.Return())
}

// skbLoader puts the tag in R4 between bytes 11 and 12 of the data.
func (g *generator) skbLoader(fail label) {
	plain, behind := g.label(), g.label()
	g.begin(symLoad, asm.Mov.Reg(asm.R6, asm.R3))
	g.emit(asm.Mov.Reg32(asm.R2, asm.R2))
	g.ifImm64(asm.JEq, asm.R4, 0, plain)
	g.ifImm64(asm.JGE, asm.R2, tagEnd, behind)
	g.emit(asm.Mov.Reg(asm.R0, asm.R2), asm.Add.Reg(asm.R0, asm.R3))
	g.ifImm64(asm.JLE, asm.R0, tagBegin, plain)
	g.acrossTag(fail)
	g.bind(behind)
	g.emit(asm.Sub.Imm(asm.R2, tagEnd-tagBegin))
	g.bind(plain)
	g.helperLoad(asm.FnSkbLoadBytes, fail)
}

// acrossTag reads R6 bytes at R2, some of them in the tag R4. On the stack
//
//	-16 .. -13   bytes 8 to 11
//	-12 ..  -9   the tag
//	 -8 ..  -1   what is there of bytes 12 to 14 of the data
//
// make up bytes 8 to 23 of the frame.
func (g *generator) acrossTag(fail label) {
	bounded, joined := g.label(), g.label()
	g.emit(asm.Mov.Reg(asm.R9, asm.R1), asm.Mov.Reg(asm.R7, asm.R2), asm.Mov.Reg(asm.R8, asm.R4),
		asm.Mov.Imm(asm.R0, 0), asm.StoreMem(asm.RFP, -8, asm.R0, asm.DWord),
		asm.HostTo(asm.BE, asm.R8, asm.Word), asm.StoreMem(asm.RFP, -12, asm.R8, asm.Word),
		asm.Mov.Imm(asm.R2, 8), asm.Mov.Reg(asm.R3, asm.RFP), asm.Add.Imm(asm.R3, -16), asm.Mov.Imm(asm.R4, 4),
		asm.FnSkbLoadBytes.Call())
	g.ifImm(asm.JNE, asm.R0, 0, fail)
	// How many bytes behind the tag? At most three.
	g.emit(asm.Mov.Reg(asm.R4, asm.R7), asm.Add.Reg(asm.R4, asm.R6))
	g.ifImm64(asm.JLE, asm.R4, tagEnd, joined)
	g.emit(asm.Sub.Imm(asm.R4, tagEnd))
	g.ifImm64(asm.JGT, asm.R4, 3, fail)
	g.ifImm64(asm.JGT, asm.R4, 0, bounded)
	g.ja(fail)
	g.bind(bounded)
	g.emit(asm.Mov.Reg(asm.R1, asm.R9), asm.Mov.Imm(asm.R2, tagBegin), asm.Mov.Reg(asm.R3, asm.RFP), asm.Add.Imm(asm.R3, -8),
		asm.FnSkbLoadBytes.Call())
	g.ifImm(asm.JNE, asm.R0, 0, fail)
	g.bind(joined)
	// Shift the first byte wanted to the top of 64 bits.
	g.emit(asm.Sub.Imm(asm.R7, 8), asm.LSh.Imm(asm.R7, 3),
		asm.LoadMem(asm.R0, asm.RFP, -16, asm.DWord), asm.HostTo(asm.BE, asm.R0, asm.DWord), asm.LSh.Reg(asm.R0, asm.R7),
		asm.LoadMem(asm.R1, asm.RFP, -8, asm.DWord), asm.HostTo(asm.BE, asm.R1, asm.DWord),
		asm.Mov.Imm(asm.R2, 64), asm.Sub.Reg(asm.R2, asm.R7), asm.RSh.Reg(asm.R1, asm.R2),
		asm.Or.Reg(asm.R0, asm.R1), asm.StoreMem(asm.RFP, -16, asm.R0, asm.DWord),
		asm.LSh.Imm(asm.R6, 3), asm.Mov.Imm(asm.R1, 64), asm.Sub.Reg(asm.R1, asm.R6),
		asm.RSh.Reg(asm.R0, asm.R1), asm.Return())
}

// linearLoader reads an XDP frame of one buffer, where there is no helper.
func (g *generator) linearLoader(fail label) {
	g.begin(symLoad, asm.Mov.Reg32(asm.R2, asm.R2))
	g.ifImm64(asm.JGT, asm.R2, maxIndex, fail)
	g.emit(asm.LoadMem(asm.R4, asm.R1, xdpData, asm.Word), asm.LoadMem(asm.R5, asm.R1, xdpDataEnd, asm.Word),
		asm.Add.Reg(asm.R4, asm.R2))
	g.directLoad(fail, func(size uint8) {
		g.emit(asm.Mov.Reg(asm.R0, asm.R4), asm.Add.Imm(asm.R0, int32(size)))
		g.ifReg64(asm.JGT, asm.R0, asm.R5, fail)
	})
}

// directLoad returns R3 bytes at R4.
func (g *generator) directLoad(fail label, check func(size uint8)) {
	for _, size := range []uint8{1, 2, 4} {
		other := fail
		if size < 4 {
			other = g.label()
			g.ifImm64(asm.JNE, asm.R3, int32(size), other)
		}
		check(size)
		g.emit(asm.LoadMem(asm.R0, asm.R4, 0, sizeOf(size)))
		g.toHost(asm.R0, size)
		g.emit(asm.Return())
		if size < 4 {
			g.bind(other)
		}
	}
}

// bufferLoader reads from the buffer R4 of R5 bytes, and behind it from the
// linear part of the frame, which the struct xdp_buff that is watched points to:
// data and data_end are its first fields.
func (g *generator) bufferLoader(fail label) {
	behind := g.label()
	g.begin(symLoad, asm.Mov.Reg32(asm.R2, asm.R2))
	g.emit(asm.Mov.Reg(asm.R0, asm.R2), asm.Add.Reg(asm.R0, asm.R3))
	g.ifReg64(asm.JGT, asm.R0, asm.R5, behind)
	g.ifImm64(asm.JGT, asm.R2, Window-4, behind)
	g.emit(asm.Add.Reg(asm.R4, asm.R2))
	g.directLoad(fail, func(uint8) {})
	g.bind(behind)
	g.emit(asm.Mov.Reg(asm.R6, asm.R3), asm.Mov.Imm(asm.R4, 0), asm.StoreMem(asm.RFP, -8, asm.R4, asm.DWord),
		asm.LoadMem(asm.R1, asm.R1, 0, asm.DWord),
		asm.LoadMem(asm.R3, asm.R1, 0, asm.DWord), asm.LoadMem(asm.R4, asm.R1, 8, asm.DWord),
		asm.Sub.Reg(asm.R4, asm.R3))
	g.ifReg64(asm.JGT, asm.R0, asm.R4, fail)
	g.emit(asm.Add.Reg(asm.R3, asm.R2), asm.Mov.Reg(asm.R1, asm.RFP), asm.Add.Imm(asm.R1, -8),
		asm.Mov.Reg(asm.R2, asm.R6), asm.FnProbeReadKernel.Call())
	g.ifImm(asm.JNE, asm.R0, 0, fail)
	g.returnBytes(-8)
}

// chainV6 marks the protocol handed to filter_chain as one of IPv6.
const chainV6 = 0x100

// maxChain bounds the headers that filter_chain follows: as many of the smallest
// ones as a jumbo frame holds. The verifier walks every round of the loop, and
// allows for 8192 open branches on a way.
const maxChain = 1200

// chain emits filter_chain: R1 context, R2 offset of the IP header, R3 the
// protocol, R4 and R5 as farWriter.pass has them. It returns 1 if the protocol
// is in the chain, 0 if not, -1 if the frame ends before that is clear.
//
//	R6  context    R8  next header
//	R7  offset     R9  rounds
func (g *generator) chain() {
	const proto, tag, length = -8, -16, -24
	fail, v6, loop, found, none := g.label(), g.label(), g.label(), g.label(), g.label()
	read := func(size int32) { // at R2
		g.emit(asm.Mov.Reg(asm.R1, asm.R6), asm.Mov.Imm32(asm.R3, size))
		if g.target.Hook != HookXDP {
			g.emit(asm.LoadMem(asm.R4, asm.RFP, tag, asm.DWord))
		}
		if g.target.Hook == HookBuffer {
			g.emit(asm.LoadMem(asm.R5, asm.RFP, length, asm.DWord))
		}
		g.call(symLoad)
		g.ifImm64(asm.JSLT, asm.R0, 0, fail)
	}
	g.begin(symChain, asm.Mov.Reg(asm.R6, asm.R1))
	g.emit(asm.Mov.Reg(asm.R7, asm.R2), asm.StoreMem(asm.RFP, proto, asm.R3, asm.DWord))
	if g.target.Hook != HookXDP {
		g.emit(asm.StoreMem(asm.RFP, tag, asm.R4, asm.DWord))
	}
	if g.target.Hook == HookBuffer {
		g.emit(asm.StoreMem(asm.RFP, length, asm.R5, asm.DWord))
	}
	g.emit(asm.Mov.Imm(asm.R9, 0))
	g.ifImm64(asm.JGT, asm.R3, chainV6-1, v6)
	g.emit(asm.Mov.Reg(asm.R2, asm.R7), asm.Add.Imm(asm.R2, 9))
	read(1)
	g.emit(asm.Mov.Reg(asm.R8, asm.R0), asm.Mov.Reg(asm.R2, asm.R7))
	read(1)
	g.emit(asm.And.Imm32(asm.R0, 0x0f), asm.LSh.Imm32(asm.R0, 2), asm.Add.Reg(asm.R7, asm.R0))
	g.ja(loop)
	g.bind(v6)
	g.emit(asm.Mov.Reg(asm.R2, asm.R7), asm.Add.Imm(asm.R2, 6))
	read(1)
	g.emit(asm.Mov.Reg(asm.R8, asm.R0), asm.Add.Imm(asm.R7, 40))
	g.bind(loop)
	g.chainRound(proto, found, none, read)
	g.emit(asm.Add.Imm(asm.R9, 1))
	g.ifImm64(asm.JLT, asm.R9, maxChain, loop)
	g.bind(none)
	g.ret(0)
	g.bind(found)
	g.ret(1)
	g.bind(fail)
	g.emit(asm.Mov.Imm(asm.R0, -1), asm.Return())
}

// chainRound goes from one header to the next: AH counts in words, the extension
// headers of IPv6 in eights of bytes.
func (g *generator) chainRound(proto int16, found, none label, read func(size int32)) {
	words, step, extension := g.label(), g.label(), g.label()
	g.emit(asm.LoadMem(asm.R3, asm.RFP, proto, asm.DWord), asm.Mov.Reg(asm.R1, asm.R3), asm.And.Imm32(asm.R1, 0xff))
	g.ifReg64(asm.JEq, asm.R8, asm.R1, found)
	g.ifImm64(asm.JEq, asm.R8, protoAH, words)
	g.ifImm64(asm.JLT, asm.R3, chainV6, none)
	// 0, 43, 44 and 60 are the extension headers.
	g.ifImm64(asm.JGT, asm.R8, 60, none)
	g.emit(asm.LoadImm(asm.R1, 1<<0|1<<43|1<<44|1<<60, asm.DWord), asm.RSh.Reg(asm.R1, asm.R8))
	g.ifImm(asm.JSet, asm.R1, 1, extension)
	g.ja(none)
	g.bind(words)
	g.emit(asm.Mov.Reg(asm.R2, asm.R7))
	read(2)
	g.emit(asm.Mov.Reg32(asm.R8, asm.R0), asm.RSh.Imm32(asm.R8, 8), asm.And.Imm32(asm.R0, 0xff), asm.LSh.Imm32(asm.R0, 2))
	g.ja(step)
	g.bind(extension)
	g.emit(asm.Mov.Reg(asm.R2, asm.R7))
	read(2)
	g.emit(asm.Mov.Reg32(asm.R8, asm.R0), asm.RSh.Imm32(asm.R8, 8), asm.And.Imm32(asm.R0, 0xff), asm.LSh.Imm32(asm.R0, 3))
	g.bind(step)
	g.emit(asm.Add.Imm32(asm.R7, 8), asm.Add.Reg32(asm.R7, asm.R0))
}
