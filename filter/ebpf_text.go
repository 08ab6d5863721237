package filter

import (
	"fmt"
	"strings"

	"github.com/cilium/ebpf/asm"
)

// String lists the code in the verifier's notation, one instruction a line, with
// its place in units of eight bytes.
func (c *Code) String() string {
	var b strings.Builder
	for i, at := range c.places() {
		ins := &c.Insns[i]
		if sym := ins.Symbol(); sym != "" {
			fmt.Fprintf(&b, "%s:\n", sym)
		}
		fmt.Fprintf(&b, "%5d: %s\n", at, c.text(ins, at))
	}
	return b.String()
}

// Words lists the code as numbers: how many slots of eight bytes there are, then
// for each the operation, both registers, offset and constant. Maps are 0.
func (c *Code) Words() string {
	var b strings.Builder
	at := c.places()
	n := 0
	for i := range c.Insns {
		n += int(c.Insns[i].Size() / asm.InstructionSize)
	}
	fmt.Fprintln(&b, n)
	for i := range c.Insns {
		ins := &c.Insns[i]
		imm := ins.Constant
		if ins.IsFunctionCall() {
			imm = int64(c.target(ins) - at[i] - 1)
		}
		fmt.Fprintln(&b, uint8(ins.OpCode), uint8(ins.Dst), uint8(ins.Src), ins.Offset, int32(imm))
		if ins.OpCode.IsDWordLoad() {
			fmt.Fprintln(&b, 0, 0, 0, 0, int32(imm>>32))
		}
	}
	return b.String()
}

// places returns where each instruction is, in slots.
func (c *Code) places() []int {
	out := make([]int, len(c.Insns))
	at := 0
	for i := range c.Insns {
		out[i] = at
		at += int(c.Insns[i].Size() / asm.InstructionSize)
	}
	return out
}

// target is where the subprogram begins that a call names.
func (c *Code) target(call *asm.Instruction) int {
	at := c.places()
	for i := range c.Insns {
		if c.Insns[i].Symbol() == call.Reference() {
			return at[i]
		}
	}
	return -1
}

func (c *Code) text(ins *asm.Instruction, at int) string {
	op := ins.OpCode
	switch cls := op.Class(); {
	case ins.IsFunctionCall():
		return "call " + ins.Reference()
	case cls.IsJump():
		return jumpText(ins, at)
	case op.IsDWordLoad() && ins.Reference() != "":
		return fmt.Sprintf("%s = map[%s]", regName(ins.Dst), ins.Reference())
	case op.IsDWordLoad():
		return fmt.Sprintf("%s = %#x ll", regName(ins.Dst), uint64(ins.Constant))
	case cls == asm.LdXClass:
		return fmt.Sprintf("%s = *(u%d *)(%s %+d)", regName(ins.Dst), 8*op.Size().Sizeof(), regName(ins.Src), ins.Offset)
	case cls == asm.StXClass:
		return fmt.Sprintf("*(u%d *)(%s %+d) = %s", 8*op.Size().Sizeof(), regName(ins.Dst), ins.Offset, regName(ins.Src))
	case cls.IsALU():
		return aluText(ins)
	}
	return fmt.Sprint(*ins)
}

var jumpSigns = map[asm.JumpOp]string{
	asm.JEq: "==", asm.JNE: "!=", asm.JGT: ">", asm.JGE: ">=", asm.JLT: "<", asm.JLE: "<=",
	asm.JSet: "&", asm.JSLT: "s<",
}

func jumpText(ins *asm.Instruction, at int) string {
	to := at + 1 + int(ins.Offset)
	switch op := ins.OpCode.JumpOp(); op {
	case asm.Exit:
		return "exit"
	case asm.Call:
		return fmt.Sprintf("call %v", asm.BuiltinFunc(ins.Constant))
	case asm.Ja:
		return fmt.Sprintf("goto %d", to)
	default:
		return fmt.Sprintf("if %s %s %s goto %d", regText(ins, ins.Dst), jumpSigns[op], operandText(ins), to)
	}
}

var aluSigns = map[asm.ALUOp]string{
	asm.Add: "+=", asm.Sub: "-=", asm.Mul: "*=", asm.Div: "/=", asm.Mod: "%=", asm.And: "&=", asm.Or: "|=",
	asm.Xor: "^=", asm.LSh: "<<=", asm.RSh: ">>=", asm.Mov: "=",
}

func aluText(ins *asm.Instruction) string {
	op := ins.OpCode.ALUOp()
	if op == asm.Swap {
		return fmt.Sprintf("%s = be%d %s", regName(ins.Dst), ins.Constant, regName(ins.Dst))
	}
	return fmt.Sprintf("%s %s %s", regText(ins, ins.Dst), aluSigns[op], operandText(ins))
}

// regText names a register: w for its lower half.
func regText(ins *asm.Instruction, r asm.Register) string {
	switch ins.OpCode.Class() {
	case asm.ALUClass, asm.Jump32Class:
		return fmt.Sprintf("w%d", uint8(r))
	}
	return regName(r)
}

func regName(r asm.Register) string { return fmt.Sprintf("r%d", uint8(r)) }

func operandText(ins *asm.Instruction) string {
	switch {
	case ins.OpCode.Source() == asm.RegSource:
		return regText(ins, ins.Src)
	case ins.OpCode.Class() == asm.ALUClass, ins.OpCode.Class() == asm.Jump32Class:
		return fmt.Sprintf("%#x", uint32(ins.Constant))
	}
	return fmt.Sprint(ins.Constant)
}
