package filter

import (
	"errors"
	"fmt"
	"math"

	"github.com/cilium/ebpf/asm"
)

// errJumpTooFar says that a jump does not fit the 16 bits that eBPF has for it.
var errJumpTooFar = errors.New("jump too far")

// label is a place in the code, known once it is bound.
type label int32

// assembler collects instructions whose jumps go to labels. Symbols would do as
// well, but they cost a map per instruction.
type assembler struct {
	insns asm.Instructions
	slots int32   // what insns take, in units of eight bytes
	bound []int32 // by label: the slot, -1 while unknown
	led   []bool  // by label: a jump leads there
	jumps []jump
	isle  int32 // where the last island is
}

type jump struct {
	insn int
	slot int32 // of the instruction behind the jump
	to   label
}

func (a *assembler) label() label {
	a.bound, a.led = append(a.bound, -1), append(a.led, false)
	return label(len(a.bound) - 1)
}

func (a *assembler) bind(l label) { a.bound[l] = a.slots }

func (a *assembler) emit(insns ...asm.Instruction) {
	for i := range insns {
		a.slots++
		if insns[i].OpCode.IsDWordLoad() {
			a.slots++
		}
	}
	a.insns = append(a.insns, insns...)
}

func (a *assembler) jump(class asm.Class, op asm.JumpOp, src asm.Source, dst, reg asm.Register, k uint32, to label) {
	a.emit(asm.Instruction{
		OpCode: asm.OpCode(class).SetJumpOp(op).SetSource(src), Dst: dst, Src: reg, Constant: int64(int32(k)),
	})
	a.led[to] = true
	a.jumps = append(a.jumps, jump{len(a.insns) - 1, a.slots, to})
}

// ifImm compares the lower 32 bits of dst with k.
func (a *assembler) ifImm(op asm.JumpOp, dst asm.Register, k uint32, to label) {
	a.jump(asm.Jump32Class, op, asm.ImmSource, dst, 0, k, to)
}

// ifReg compares the lower 32 bits of two registers.
func (a *assembler) ifReg(op asm.JumpOp, dst, src asm.Register, to label) {
	a.jump(asm.Jump32Class, op, asm.RegSource, dst, src, 0, to)
}

// ifImm64 and ifReg64 compare whole registers.
func (a *assembler) ifImm64(op asm.JumpOp, dst asm.Register, k int32, to label) {
	a.jump(asm.JumpClass, op, asm.ImmSource, dst, 0, uint32(k), to)
}

func (a *assembler) ifReg64(op asm.JumpOp, dst, src asm.Register, to label) {
	a.jump(asm.JumpClass, op, asm.RegSource, dst, src, 0, to)
}

func (a *assembler) ja(to label) {
	a.jump(asm.JumpClass, asm.Ja, asm.ImmSource, 0, 0, 0, to)
}

// islandEvery is how much code, in slots, may lie between two islands.
const islandEvery = 12000

// island lets the jumps to the given labels take a break if it is time for one:
// they go on from here to new labels of the same meaning, which replace them.
func (a *assembler) island(labels ...*label) {
	if a.slots-a.isle < islandEvery {
		return
	}
	a.isle = a.slots
	over := a.label()
	if !a.ended() {
		a.ja(over)
	}
	for _, l := range labels {
		if a.wanted(*l) {
			a.bind(*l)
			*l = a.label()
			a.ja(*l)
		}
	}
	a.bind(over)
}

// ended says that nothing falls through to what comes next.
func (a *assembler) ended() bool {
	switch a.insns[len(a.insns)-1].OpCode {
	case asm.Ja.Op(asm.ImmSource), asm.Return().OpCode:
		return true
	}
	return false
}

// wanted says that a jump leads to a label that is not bound yet.
func (a *assembler) wanted(l label) bool { return a.bound[l] < 0 && a.led[l] }

// call calls another subprogram of this code.
func (a *assembler) call(name string) { a.emit(asm.Call.Label(name)) }

// begin names the instruction that is emitted next: a subprogram starts there.
func (a *assembler) begin(name string, first asm.Instruction) {
	a.emit(first.WithSymbol(name).WithSource(asm.Comment(name)))
}

func (a *assembler) ret(v int32) {
	a.emit(asm.Mov.Imm32(asm.R0, v), asm.Return())
}

// finish puts the distances into the jumps.
func (a *assembler) finish() (asm.Instructions, error) {
	for _, j := range a.jumps {
		to := a.bound[j.to]
		if to < 0 {
			return nil, fmt.Errorf("assemble filter: label %d is nowhere", j.to)
		}
		d := to - j.slot
		if d > math.MaxInt16 || d < math.MinInt16 {
			return nil, errJumpTooFar
		}
		a.insns[j.insn].Offset = int16(d)
	}
	return a.insns, nil
}
