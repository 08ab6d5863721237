package filter

import (
	"math"

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
		g.ifImm64(asm.JGT, asm.R2, math.MaxInt32, fail)
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
		asm.Mov.Reg(asm.R3, asm.RFP), asm.Add.Imm(asm.R3, -8),
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
	g.ifImm64(asm.JGT, asm.R2, math.MaxInt32, fail)
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
	g.begin(symLoad, asm.Mov.Reg(asm.R0, asm.R2))
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
	g.begin(symLoad, asm.Mov.Reg(asm.R0, asm.R2))
	g.ifImm64(asm.JGT, asm.R2, math.MaxInt32, fail)
	g.emit(asm.Add.Reg(asm.R0, asm.R3))
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
