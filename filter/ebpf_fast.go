package filter

import (
	"math/bits"

	"github.com/cilium/ebpf/asm"
)

// The fast way. R0 is for values, R5 points behind an IPv4 header or is free.
const (
	regValue = asm.R0
	regX     = asm.R5
)

// step emits a step, and says whether it falls through to a rejection at the
// end (after < 0).
func (g *generator) step(f *flow, s *step, i, after int32) bool {
	k := s.in
	if s.hard {
		g.ja(g.farther)
		return false
	}
	if s.computes() {
		g.compute(s, &k)
		to := f.follow(i + 1)
		g.enter(f, to, &k)
		return g.goOn(f, to, after)
	}
	var c condition
	switch s.Op {
	case OpTest:
		c = g.test(s, &k)
	case OpMeta:
		c = g.meta(s, &k)
	case OpSet:
		c = g.inSet(s, &k)
	case OpCmp:
		c = g.compare(s, &k)
	}
	g.enter(f, f.follow(s.Jt), &k)
	g.enter(f, f.follow(s.Jf), &k)
	return g.fork(f, s, after, c)
}

// need sees to it that the frame has end bytes in reach. It asks for all that an
// accepted packet must have at once: if that is not there, the verdict is clear.
// A little more than that is asked for as well when it will be read; a frame
// without it is evaluated the far way.
func (g *generator) need(s *step, k *proven, end uint32, tmp asm.Register) {
	if end <= k.frame {
		return
	}
	want, to := end, g.short
	if s.must > want && s.must <= farOffset {
		want = s.must
	}
	if over := min(s.may, end+spare); over > want {
		want, to = over, g.farther
	}
	k.frame = want
	if g.target.Hook == HookBuffer {
		g.ifImm64(asm.JLT, g.regs.end, int32(want), to)
		return
	}
	g.emit(asm.Mov.Reg(tmp, g.regs.data), asm.Add.Imm(tmp, int32(want)))
	g.ifReg64(asm.JGT, tmp, g.regs.end, to)
}

// spare is how far beyond what it must a check goes to save another: the second
// of two ports or addresses.
const spare = 4

// needX does the same behind the IPv4 header at s.NL, and leaves R5 there.
func (g *generator) needX(s *step, k *proven, tmp asm.Register) {
	g.pointX(s, k)
	end := s.Off + uint32(s.Size)
	if end <= k.x.len {
		return
	}
	want, to := end, g.short
	if s.mustX.nl == s.NL && s.mustX.ok && s.mustX.len > want && s.mustX.len <= farOffset {
		want = s.mustX.len
	}
	if s.mayX.nl == s.NL && s.mayX.ok {
		if over := min(s.mayX.len, end+spare); over > want {
			want, to = over, g.farther
		}
	}
	k.x.len = want
	g.emit(asm.Mov.Reg(tmp, regX), asm.Add.Imm(tmp, int32(want)))
	if g.target.Hook == HookBuffer {
		g.emit(asm.Sub.Reg(tmp, g.regs.data))
	}
	g.ifReg64(asm.JGT, tmp, g.regs.end, to)
}

// pointX leaves the data's address plus the header length in R5.
func (g *generator) pointX(s *step, k *proven) {
	if k.x.ok && k.x.nl == s.NL {
		return
	}
	g.need(s, k, s.NL+1, regX)
	g.emit(asm.LoadMem(regX, g.regs.data, int16(s.NL), asm.Byte),
		asm.And.Imm32(regX, 0x0f), asm.LSh.Imm32(regX, 2), asm.Add.Reg(regX, g.regs.data))
	k.x = span{true, s.NL, 0}
}

func sizeOf(n uint8) asm.Size {
	switch n {
	case 1:
		return asm.Byte
	case 2:
		return asm.Half
	}
	return asm.Word
}

// reach makes the bytes of a load accessible and says where they are.
func (g *generator) reach(s *step, k *proven, tmp asm.Register) (base asm.Register, off int16) {
	if s.kind == placeIPv4 {
		g.needX(s, k, tmp)
		return regX, int16(s.Off)
	}
	g.need(s, k, s.Off+uint32(s.Size), tmp)
	return g.regs.data, int16(s.Off)
}

// fetch loads the bytes of a load into dst as they lie in the frame, unless it
// says that they are in host order.
func (g *generator) fetch(s *step, k *proven, dst asm.Register) (numeric bool) {
	if s.kind == placeTag {
		g.tag(s, k, dst)
		return true
	}
	base, off := g.reach(s, k, dst)
	g.emit(asm.LoadMem(dst, base, off, sizeOf(s.Size)))
	return s.Size == 1
}

// tag reads part of the VLAN tag, protocol and TCI, as a number.
func (g *generator) tag(s *step, k *proven, dst asm.Register) {
	load := func(to asm.Register, off int16) { g.emit(asm.LoadMem(to, g.regs.ctx, off, asm.Word)) }
	if s.Off >= 2 {
		load(dst, skbVLANTCI)
	} else {
		load(dst, skbVLANProto)
		g.emit(asm.HostTo(asm.BE, dst, asm.Half))
	}
	end := s.Off + uint32(s.Size)
	if s.Off < 2 && end > 2 { // both
		load(regX, skbVLANTCI)
		k.x.ok = false
		g.emit(asm.LSh.Imm(dst, 16), asm.Or.Reg(dst, regX))
		g.narrow(dst, 8*(4-end), s.Size)
		return
	}
	g.narrow(dst, 8*((4-end)%2), s.Size)
}

// narrow keeps size bytes of dst from the given bit on.
func (g *generator) narrow(dst asm.Register, shift uint32, size uint8) {
	if shift > 0 {
		g.emit(asm.RSh.Imm32(dst, int32(shift)))
	}
	if size < 4 {
		g.emit(asm.And.Imm32(dst, int32(sizeMask(size))))
	}
}

// swap turns a number around for comparing it with bytes as they lie in memory.
// The programs are little-endian, as all machines are that we run on.
func swap(v uint32, size uint8) uint32 {
	switch size {
	case 1:
		return v
	case 2:
		return uint32(bits.ReverseBytes16(uint16(v)))
	}
	return bits.ReverseBytes32(v)
}

func (g *generator) toHost(r asm.Register, size uint8) {
	switch size {
	case 2:
		g.emit(asm.HostTo(asm.BE, r, asm.Half))
	case 4:
		g.emit(asm.HostTo(asm.BE, r, asm.Word))
	}
}

// value leaves the masked bytes of a test in R0, in host order if asked for, and
// remembers that they are there.
func (g *generator) value(s *step, k *proven, mask uint32, numeric bool) (isNumeric bool) {
	at := load{s.Size, s.Base, s.NL, s.Off}
	v := &k.value
	if v.ok && v.kind == s.kind && v.load == at && mask&^v.mask == 0 && (v.numeric == numeric || s.Size == 1 || !numeric && v.numeric) {
		if mask != v.mask {
			g.mask(v.numeric, mask, s.Size)
			v.mask = mask
		}
		return v.numeric
	}
	isNumeric = g.fetch(s, k, regValue)
	if numeric && !isNumeric {
		g.toHost(regValue, s.Size)
		isNumeric = true
	}
	if mask != sizeMask(s.Size) {
		g.mask(isNumeric, mask, s.Size)
	}
	v.ok, v.kind, v.load, v.mask, v.numeric = true, s.kind, at, mask, isNumeric
	return isNumeric
}

func (g *generator) mask(numeric bool, mask uint32, size uint8) {
	if !numeric {
		mask = swap(mask, size)
	}
	g.emit(asm.And.Imm32(regValue, int32(mask)))
}

// test compares bytes with a constant. For equality and bits the constant is
// turned around, not the bytes.
func (g *generator) test(s *step, k *proven) condition {
	mask := s.Mask & sizeMask(s.Size)
	ordered := s.Cmp == cmpGT || s.Cmp == cmpGE
	if s.Cmp == cmpSet { // one instruction tests for bits
		bits := mask & s.K
		numeric := g.value(s, k, sizeMask(s.Size), false)
		if !numeric {
			bits = swap(bits, s.Size)
		}
		return condition{op: asm.JSet, dst: regValue, imm: true, k: bits}
	}
	if s.Cmp == cmpEQ && s.K == 0 && mask != sizeMask(s.Size) {
		numeric := g.value(s, k, sizeMask(s.Size), false)
		if !numeric {
			mask = swap(mask, s.Size)
		}
		return condition{op: jNotSet, dst: regValue, imm: true, k: mask}
	}
	// What the bytes cannot equal is compared as a number.
	numeric := g.value(s, k, mask, ordered || s.K > sizeMask(s.Size))
	c := condition{op: asm.JEq, dst: regValue, imm: true, k: s.K}
	switch {
	case s.Cmp == cmpGT:
		c.op = asm.JGT
	case s.Cmp == cmpGE:
		c.op = asm.JGE
	case !numeric:
		c.k = swap(s.K, s.Size)
	}
	return c
}

func (g *generator) meta(s *step, k *proven) condition {
	c := condition{dst: regValue, imm: true, k: s.K}
	switch {
	case s.Meta == metaLen:
		c.dst = g.regs.wire
	case g.tc():
		g.emit(asm.LoadMem(regValue, g.regs.ctx, skbIfIndex, asm.Word))
		k.value.ok = false
	default:
		g.emit(asm.LoadMem(regValue, g.regs.ctx, xdpIfIndex, asm.Word))
		k.value.ok = false
	}
	c.op = jumpFor(s.Cmp)
	return c
}

func jumpFor(c cmp) asm.JumpOp {
	return [...]asm.JumpOp{cmpEQ: asm.JEq, cmpGT: asm.JGT, cmpGE: asm.JGE, cmpSet: asm.JSet}[c]
}
