package filter

import (
	"fmt"
	"strings"
)

// Op is an operation of the IR.
//
// A program is a list of instructions that only jump forward. It has registers
// r0 to r15 for arithmetic and r16 to r31 for offsets inside tunnels, all 0 at
// the start; most programs need none. A load beyond the captured bytes, and a
// division by zero, reject the packet. A load is at Off, plus rSrc if Indexed and
// the length of the IPv4 header at NL if Base says so: those two are added in 32
// bits, Off without wrapping.
type Op uint8

const (
	OpTest   Op = iota // (load & Mask) Cmp K
	OpMeta             // meta Cmp K
	OpChain            // protocol K in the header chain at NL; Size is 4 or 6
	OpSet              // load of Size bytes, at Off + rSrc if Indexed, in set K
	OpLoad             // Dst = load, at Off + rSrc if Indexed
	OpImm              // Dst = K
	OpLen              // Dst = wire length
	OpALU              // Dst = Dst ALU rSrc
	OpCmp              // rDst Cmp rSrc
	OpReturn           // K: 1 captures, 0 does not
)

// Inst is one instruction. Jt and Jf are indexes of instructions.
type Inst struct {
	Op       Op
	Cmp      cmp
	Size     uint8
	Base     base
	Meta     meta
	Dst, Src uint8
	Indexed  bool
	ALU      string
	NL       uint32
	Off      uint32
	Mask     uint32
	K        uint32
	Jt, Jf   int32
}

// Prog is a compiled filter.
type Prog []Inst

// String lists the program, one instruction a line.
func (p Prog) String() string {
	var b strings.Builder
	for i := range p {
		fmt.Fprintf(&b, "(%03d) %s\n", i, p[i].String())
	}
	return b.String()
}

func (in *Inst) String() string {
	jump := fmt.Sprintf("  jt %d  jf %d", in.Jt, in.Jf)
	switch in.Op {
	case OpTest:
		s := in.place()
		if in.Mask != sizeMask(in.Size) {
			s += fmt.Sprintf(" & 0x%x", in.Mask)
		}
		return fmt.Sprintf("test %s %s 0x%x%s", s, in.Cmp, in.K, jump)
	case OpMeta:
		return fmt.Sprintf("meta %s %s %d%s", in.Meta, in.Cmp, in.K, jump)
	case OpChain:
		return fmt.Sprintf("chain ip%d@%d %d%s", in.Size, in.NL, in.K, jump)
	case OpSet:
		return fmt.Sprintf("set %s in #%d%s", in.place(), in.K, jump)
	case OpLoad:
		return fmt.Sprintf("load r%d = %s", in.Dst, in.place())
	case OpImm:
		return fmt.Sprintf("imm  r%d = 0x%x", in.Dst, in.K)
	case OpLen:
		return fmt.Sprintf("len  r%d", in.Dst)
	case OpALU:
		return fmt.Sprintf("alu  r%d %s= r%d", in.Dst, in.ALU, in.Src)
	case OpCmp:
		return fmt.Sprintf("cmp  r%d %s r%d%s", in.Dst, in.Cmp, in.Src, jump)
	}
	return fmt.Sprintf("ret  %d", in.K)
}

func (in *Inst) place() string {
	s := fmt.Sprint(in.Off)
	if in.Base == baseIPv4 {
		s = fmt.Sprintf("%d + hl(%d)", in.Off, in.NL)
	}
	if in.Indexed {
		s += fmt.Sprintf(" + r%d", in.Src)
	}
	return fmt.Sprintf("[%s:%d]", s, in.Size)
}

func (c cmp) String() string { return [...]string{"==", ">", ">=", "&"}[c] }

func (m meta) String() string { return [...]string{"len", "outbound", "ifindex"}[m] }
