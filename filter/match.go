package filter

import (
	"encoding/binary"

	"tengu/capture"
)

// Meta is what a filter may ask of a packet besides its bytes.
type Meta struct {
	Dir     capture.Direction
	IfIndex int
}

// Match says whether the filter selects a packet: data are its captured bytes,
// wireLen its length on the wire. It does not allocate and may be called from
// several goroutines.
func (f *Filter) Match(data []byte, wireLen uint32, m Meta) bool {
	return f.prog.run(data, wireLen, m, f.sets)
}

func (p Prog) run(data []byte, wireLen uint32, m Meta, sets []*Set) bool {
	var regs [2 * maxRegs]uint32
	for pc := int32(0); ; {
		in := &p[pc]
		var ok bool
		switch in.Op {
		case OpTest:
			v, good := in.load(data, 0)
			if !good {
				return false
			}
			ok = holds(in.Cmp, v&in.Mask, in.K)
		case OpReturn:
			return in.K != 0
		case OpMeta:
			ok = holds(in.Cmp, in.meta(wireLen, m), in.K)
		case OpChain:
			found, good := in.chain(data)
			if !good {
				return false
			}
			ok = found
		case OpSet:
			index := uint32(0)
			if in.Indexed {
				index = regs[in.Src]
			}
			found, good := in.inSet(data, index, sets)
			if !good {
				return false
			}
			ok = found
		case OpCmp:
			ok = holds(in.Cmp, regs[in.Dst], regs[in.Src])
		default:
			if !in.compute(data, wireLen, &regs) {
				return false
			}
			pc++
			continue
		}
		if ok {
			pc = in.Jt
		} else {
			pc = in.Jf
		}
	}
}

// offset is where the instruction's bytes begin; false if not all of them were
// captured.
func (in *Inst) offset(data []byte, index uint32) (int, bool) {
	if in.Base == baseIPv4 {
		if uint64(in.NL) >= uint64(len(data)) {
			return 0, false
		}
		// X is 32 bits wide and wraps; the offset is added without wrapping
		index += uint32(data[in.NL]&0x0f) * 4
	}
	off := uint64(in.Off) + uint64(index)
	return int(off), off+uint64(in.Size) <= uint64(len(data))
}

// load reads the instruction's place; false if it was not captured.
func (in *Inst) load(data []byte, index uint32) (uint32, bool) {
	off, ok := in.offset(data, index)
	if !ok {
		return 0, false
	}
	switch b := data[off:]; in.Size {
	case 1:
		return uint32(b[0]), true
	case 2:
		return uint32(binary.BigEndian.Uint16(b)), true
	default:
		return binary.BigEndian.Uint32(b), true
	}
}

func (in *Inst) meta(wireLen uint32, m Meta) uint32 {
	switch in.Meta {
	case metaLen:
		return wireLen
	case metaIfIndex:
		return uint32(m.IfIndex)
	}
	if m.Dir == capture.DirOut {
		return 1
	}
	return 0
}

// compute runs an instruction that sets a register.
func (in *Inst) compute(data []byte, wireLen uint32, regs *[2 * maxRegs]uint32) bool {
	ok := true
	switch in.Op {
	case OpImm:
		regs[in.Dst] = in.K
	case OpLen:
		regs[in.Dst] = wireLen
	case OpLoad:
		index := uint32(0)
		if in.Indexed {
			index = regs[in.Src]
		}
		regs[in.Dst], ok = in.load(data, index)
	case OpALU:
		regs[in.Dst], ok = arith(in.ALU, regs[in.Dst], regs[in.Src])
	}
	return ok
}

// maxHeaders bounds the headers that protochain follows. A packet of 64 KiB
// holds at most so many; more are a circle of AH headers, in which libpcap would
// never end.
const maxHeaders = 8192

// chain follows IPv6 extension headers and AH (gen_protochain). After AH libpcap
// goes on at (length + 2) * 4 from the start of the network layer, wherever the
// header stood, and so do we.
func (in *Inst) chain(data []byte) (found, ok bool) {
	at := func(x uint64) uint32 {
		if x += uint64(in.NL); x < uint64(len(data)) {
			return uint32(data[x])
		}
		ok = false
		return 0
	}
	ok = true
	var next uint32
	var x uint64 // from the start of the network layer
	if in.Size == 4 {
		next, x = at(9), 4*uint64(at(0)&15)
	} else {
		next, x = at(6), 40
	}
	for range maxHeaders {
		switch {
		case !ok || next == in.K || next == protoNone:
			return ok && next == in.K, ok
		case next == protoAH:
			next, x = at(x), (uint64(at(x+1))+2)*4
		case in.Size == 6 && (next == 0 || next == 43 || next == protoFrag || next == 60):
			next, x = at(x), x+(uint64(at(x+1))+1)*8
		default:
			return false, ok
		}
	}
	return false, false
}

func (in *Inst) inSet(data []byte, index uint32, sets []*Set) (found, ok bool) {
	off, ok := in.offset(data, index)
	if !ok {
		return false, false
	}
	return sets[in.K].Data().Contains(data[off : off+int(in.Size)]), true
}
