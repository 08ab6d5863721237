package filter

// arithOp says that t continues arithmetic.
func arithOp(t token) bool {
	return t.kind == tOp && (precedence[t.text] != 0 || relations[t.text])
}

var relations = map[string]bool{"=": true, "!=": true, "<": true, "<=": true, ">": true, ">=": true}

// shift is the precedence of "%" and "^": grammar.y gives them none, so that
// yacc shifts wherever it may, and they take everything to their right.
const shift = 9

var precedence = map[string]int{
	"|": 1, "&": 2, "<<": 3, ">>": 3, "+": 4, "-": 4, "*": 5, "/": 5, "%": shift, "^": shift,
}

// startsArith says that a comparison begins here.
func (p *parser) startsArith() bool {
	t := p.peek()
	if t.kind == tNum || p.is("len") || t.op("-") || t.op("(") {
		return true
	}
	return t.kind == tWord && protocols[t.text] && p.peekAt(1).op("[")
}

// relation parses VALUE OP VALUE.
func (p *parser) relation() (Node, error) {
	t := p.peek()
	l, err := p.value(0)
	if err != nil {
		return nil, err
	}
	op := p.next()
	if op.kind != tOp || !relations[op.text] {
		err := p.syntax(op)
		if e, ok := err.(*SyntaxError); ok && (op.kind == tEOF || op.op("and") || op.op("or") || op.op(")")) {
			e.Hint = "a value must be compared: VALUE != 0"
		}
		return nil, err
	}
	r, err := p.value(0)
	if err != nil {
		return nil, err
	}
	return &Rel{Op: op.text, L: l, R: r, Pos: t.pos}, nil
}

// value parses arithmetic whose operators bind tighter than min.
func (p *parser) value(min int) (Value, error) {
	t := p.peek()
	if err := p.enter(t); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	l, err := p.operand()
	for err == nil {
		op := p.peek()
		prec := precedence[op.text]
		if op.kind != tOp || prec <= min {
			break
		}
		p.next()
		if prec == shift {
			prec = 0
		}
		var r Value
		if r, err = p.value(prec); err == nil {
			l, err = p.arith(op, l, r)
		}
	}
	return l, err
}

// arith refuses what libpcap refuses: it looks at the first number on the right,
// even if that is the index of a load or the start of a sum.
func (p *parser) arith(op token, l, r Value) (Value, error) {
	if first, ok := firstNumber(r); ok {
		switch {
		case op.text == "/" && first == 0:
			return nil, p.errorf(op, "division by zero")
		case op.text == "%" && first == 0:
			return nil, p.errorf(op, "modulus by zero")
		case (op.text == "<<" || op.text == ">>") && first > 31:
			return nil, p.errorf(op, "shift by more than 31 bits")
		}
	}
	return &Arith{Op: op.text, L: l, R: r, Pos: l.at()}, nil
}

func firstNumber(v Value) (uint32, bool) {
	switch v := v.(type) {
	case *Num:
		return v.V, true
	case *Load:
		return firstNumber(v.Index)
	case *Arith:
		return firstNumber(v.L)
	case *Neg:
		return firstNumber(v.X)
	}
	return 0, false
}

func (p *parser) operand() (Value, error) {
	t := p.next()
	switch {
	case t.kind == tNum:
		return &Num{t.num, t.pos}, nil
	case t.kind == tWord && t.text == "len":
		return &Len{t.pos}, nil
	case t.op("-"):
		x, err := p.value(shift - 1) // binds tighter than all but % and ^
		return &Neg{x, t.pos}, err
	case t.op("("):
		v, err := p.value(0)
		if err == nil {
			err = p.expect(")")
		}
		return v, err
	case t.kind == tWord && protocols[t.text] && p.accept("["):
		return p.load(t)
	}
	return nil, p.syntax(t)
}

// load parses INDEX] or INDEX:SIZE].
func (p *parser) load(proto token) (Value, error) {
	idx, err := p.value(0)
	if err != nil {
		return nil, err
	}
	n := &Load{Proto: proto.text, Index: idx, Size: 1, Pos: proto.pos}
	if p.accept(":") {
		t := p.next()
		if t.kind != tNum {
			return nil, p.syntax(t)
		}
		n.Size = t.num
		if n.Size != 1 && n.Size != 2 && n.Size != 4 {
			return nil, p.errorf(t, "data size must be 1, 2, or 4")
		}
	}
	return n, p.expect("]")
}
