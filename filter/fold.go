package filter

// foldLeaf computes what is constant in a leaf, as the second pass of libpcap's
// optimiser does. A value that does not matter takes its loads along.
func foldLeaf(leaf cond) (cond, error) {
	switch c := leaf.(type) {
	case cTest:
		if c.Mask == 0 {
			return truth(holds(c.Cmp, 0, c.K)), nil
		}
	case cRel:
		var err error
		if c.L, err = fold(c.L); err != nil {
			return nil, err
		}
		if c.R, err = fold(c.R); err != nil {
			return nil, err
		}
		leaf, _ = constant(c)
		return leaf, nil
	}
	return leaf, nil
}

// fold computes what is constant in e (opt_stmt).
func fold(e expr) (expr, error) {
	switch e := e.(type) {
	case eLoad:
		if e.Index == nil {
			return e, nil
		}
		idx, err := fold(e.Index)
		if k, ok := idx.(eConst); ok {
			e.Off += uint32(k)
			e.Index = nil
			return e, err
		}
		e.Index = idx
		return e, err
	case eBin:
		l, err := fold(e.L)
		if err != nil {
			return nil, err
		}
		r, err := fold(e.R)
		if err != nil {
			return nil, err
		}
		return foldBin(eBin{e.Op, l, r})
	}
	return e, nil
}

func foldBin(e eBin) (expr, error) {
	a, okl := e.L.(eConst)
	k, okr := e.R.(eConst)
	switch {
	case okr && k == 0 && e.Op == "/":
		return nil, errDivision
	case okr && k == 0 && e.Op == "%":
		return nil, errModulus
	case okl && okr:
		v, _ := arith(e.Op, uint32(a), uint32(k))
		return eConst(v), nil
	case okr && k > 31 && (e.Op == "<<" || e.Op == ">>"):
		return nil, errShift
	case okr && k == 0:
		switch e.Op {
		case "+", "<<", ">>", "|", "^":
			return e.L, nil
		case "*", "&":
			return eConst(0), nil
		}
	case okl && a == 0:
		switch e.Op {
		case "+", "|", "^":
			return e.R, nil
		case "*", "/", "%", "&", "<<", ">>":
			return eConst(0), nil
		}
	}
	return e, nil
}

// arith is the arithmetic of BPF: unsigned, 32 bits; dividing by zero is not ok
// and rejects the packet.
func arith(op string, a, b uint32) (uint32, bool) {
	switch op {
	case "+":
		return a + b, true
	case "-":
		return a - b, true
	case "*":
		return a * b, true
	case "/":
		if b == 0 {
			return 0, false
		}
		return a / b, true
	case "%":
		if b == 0 {
			return 0, false
		}
		return a % b, true
	case "&":
		return a & b, true
	case "|":
		return a | b, true
	case "^":
		return a ^ b, true
	case "<<":
		return a << b, true // 0 from 32 on
	case ">>":
		return a >> b, true
	}
	panic("filter: unknown operator " + op)
}

// simplify turns a comparison of one load with a constant into a test. Where it
// may not leave out loads, it takes care that the test fails where the load did.
func simplify(leaf cond, folded bool) cond {
	r, ok := leaf.(cRel)
	if !ok {
		return leaf
	}
	k, ok := r.R.(eConst)
	if !ok {
		return leaf
	}
	mask := none
	v := r.L
	if b, ok := v.(eBin); ok && b.Op == "&" {
		if m, ok := b.R.(eConst); ok {
			mask, v = uint32(m), b.L
		}
	}
	switch e := v.(type) {
	case eLen:
		if mask == none {
			return cMeta{metaLen, r.Cmp, uint32(k)}
		}
	case eLoad:
		if idx, ok := e.Index.(eConst); ok && (folded || idx < 1<<31 && uint64(e.Off)+uint64(idx) < 1<<32) {
			e.Off += uint32(idx)
			e.Index = nil
		}
		if e.Index == nil {
			return cTest{e.load, mask, r.Cmp, uint32(k)}
		}
	}
	return leaf
}

func holds(c cmp, a, b uint32) bool {
	switch c {
	case cmpEQ:
		return a == b
	case cmpGT:
		return a > b
	case cmpGE:
		return a >= b
	}
	return a&b != 0
}
