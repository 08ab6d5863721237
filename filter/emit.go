package filter

import "fmt"

// firstVar is the first of the offset registers, which follow r0 to r15. They
// are 0 until they are set.
const firstVar = 16

// emit lays the graph out as a program.
func emit(root *node) (Prog, error) {
	root = follow(root)
	nodes := order(root)
	var p Prog
	ends := make([]int, len(nodes))
	for i, n := range nodes {
		n.index = int32(len(p))
		if n.leaf == nil {
			in := Inst{Op: OpReturn}
			if n.accept {
				in.K = 1
			}
			p = append(p, in)
			continue
		}
		var err error
		if p, err = appendLeaf(p, n.leaf); err != nil {
			return nil, err
		}
		ends[i] = len(p) - 1
	}
	for i, n := range nodes {
		if n.leaf != nil {
			p[ends[i]].Jt, p[ends[i]].Jf = follow(n.jt).index, follow(n.jf).index
		}
	}
	return p, nil
}

// appendLeaf appends the instructions of a leaf; the last of them branches.
func appendLeaf(p Prog, leaf cond) (Prog, error) {
	switch c := leaf.(type) {
	case cTest:
		return append(p, Inst{Op: OpTest, Size: c.Size, Base: c.Base, NL: c.NL, Off: c.Off,
			Mask: c.Mask & sizeMask(c.Size), Cmp: c.Cmp, K: c.K}), nil
	case cMeta:
		return append(p, Inst{Op: OpMeta, Meta: c.What, Cmp: c.Cmp, K: c.K}), nil
	case cChain:
		size := uint8(4)
		if c.V6 {
			size = 6
		}
		return append(p, Inst{Op: OpChain, Size: size, NL: c.NL, K: c.Proto}), nil
	case cSet:
		in := Inst{Op: OpSet, Size: c.Size, Base: c.Base, NL: c.NL, Off: c.Off, K: uint32(c.Set)}
		if c.Index == nil {
			return append(p, in), nil
		}
		src, p, err := operandIn(p, c.Index, 0)
		in.Indexed, in.Src = true, src
		return append(p, in), err
	case cLet:
		v := firstVar + c.Var
		p, err := appendExpr(p, c.Value, v, 0)
		return append(p, Inst{Op: OpCmp, Cmp: cmpEQ, Dst: v, Src: v}), err
	case cRel:
		l, p, err := operandIn(p, c.L, 0)
		if err != nil {
			return nil, err
		}
		r, p, err := operandIn(p, c.R, 1)
		return append(p, Inst{Op: OpCmp, Cmp: c.Cmp, Dst: l, Src: r}), err
	}
	panic(fmt.Sprintf("filter: unknown condition %T", leaf))
}

// operandIn computes e into register free, unless it stands in one already; it
// says where.
func operandIn(p Prog, e expr, free uint8) (uint8, Prog, error) {
	if v, ok := e.(eVar); ok {
		return firstVar + uint8(v), p, nil
	}
	p, err := appendExpr(p, e, free, free+1)
	return free, p, err
}

// appendExpr computes e into register dst, using those from free on.
func appendExpr(p Prog, e expr, dst, free uint8) (Prog, error) {
	if free > maxRegs {
		return nil, errTooComplex
	}
	switch e := e.(type) {
	case eConst:
		return append(p, Inst{Op: OpImm, Dst: dst, K: uint32(e)}), nil
	case eLen:
		return append(p, Inst{Op: OpLen, Dst: dst}), nil
	case eVar:
		if firstVar+uint8(e) == dst {
			return p, nil // as in x += 2
		}
		return append(p, Inst{Op: OpImm, Dst: dst},
			Inst{Op: OpALU, ALU: "+", Dst: dst, Src: firstVar + uint8(e)}), nil
	case eLoad:
		in := Inst{Op: OpLoad, Dst: dst, Size: e.Size, Base: e.Base, NL: e.NL, Off: e.Off}
		if e.Index == nil {
			return append(p, in), nil
		}
		src, p, err := operandAt(p, e.Index, dst, free)
		in.Indexed, in.Src = true, src
		return append(p, in), err
	case eBin:
		p, err := appendExpr(p, e.L, dst, free)
		if err != nil {
			return nil, err
		}
		src, p, err := operandIn(p, e.R, free)
		return append(p, Inst{Op: OpALU, ALU: e.Op, Dst: dst, Src: src}), err
	}
	panic(fmt.Sprintf("filter: unknown value %T", e))
}

// operandAt is operandIn with the registers from free on to work in.
func operandAt(p Prog, e expr, at, free uint8) (uint8, Prog, error) {
	if v, ok := e.(eVar); ok {
		return firstVar + uint8(v), p, nil
	}
	p, err := appendExpr(p, e, at, free)
	return at, p, err
}
