package filter

// relation lowers VALUE OP VALUE: first the protocols whose bytes are read, then
// the comparison (gen_relation).
func (l *lowerer) relation(n *Rel) (cond, error) {
	a, pa, err := l.value(n.L)
	if err != nil {
		return nil, err
	}
	b, pb, err := l.value(n.R)
	if err != nil {
		return nil, err
	}
	l.regs -= 2
	var c cond
	switch n.Op {
	case "=":
		c = cRel{cmpEQ, a, b}
	case "!=":
		c = not(cRel{cmpEQ, a, b})
	case ">":
		c = cRel{cmpGT, a, b}
	case ">=":
		c = cRel{cmpGE, a, b}
	case "<":
		c = not(cRel{cmpGE, a, b})
	default:
		c = not(cRel{cmpGT, a, b})
	}
	return allOf(pa, pb, c), nil
}

// hold counts a register as in use until the relation is done.
func (l *lowerer) hold() error {
	if l.regs++; l.regs > maxRegs {
		return l.errorf("too many registers needed to evaluate expression")
	}
	return nil
}

// value lowers arithmetic, and says which protocol tests it rests on. It leaves
// one register held.
func (l *lowerer) value(v Value) (expr, cond, error) {
	switch v := v.(type) {
	case *Num:
		return eConst(v.V), cTrue{}, l.hold()
	case *Len:
		return eLen{}, cTrue{}, l.hold()
	case *Neg:
		x, p, err := l.value(v.X)
		return eBin{"-", eConst(0), x}, p, err
	case *Arith:
		a, pa, err := l.value(v.L)
		if err != nil {
			return nil, nil, err
		}
		// the comparison rests on the protocols of the left operand alone
		// (gen_arth): "len - ip[2:2] = 14" also looks at what is not IP
		b, _, err := l.value(v.R)
		l.regs--
		return eBin{v.Op, a, b}, pa, err
	case *Load:
		return l.load(v)
	}
	panic("filter: unknown value")
}

// load lowers proto[index:size] (gen_load).
func (l *lowerer) load(n *Load) (expr, cond, error) {
	idx, p, err := l.value(n.Index)
	if err == nil {
		err = l.hold()
	}
	if err != nil {
		return nil, nil, err
	}
	l.regs--
	ld := load{Size: uint8(n.Size)}
	switch indexed[n.Proto] {
	case "link":
		return l.loadAt(ld, l.hdr, idx), p, nil
	case "net":
		proto, err := l.abbrev(n.Proto)
		return l.loadAt(ld, l.net(0), idx), and(p, proto), err
	case "transport":
		return l.loadTransport(n, ld, idx, p)
	case "icmp6":
		ip6, err := l.linktype(etherIPv6)
		return l.loadAt(ld, l.net(40), idx), allOf(p, ip6, l.eq(l.net(6), 1, protoICMP6)), err
	case "radio":
		return nil, nil, l.errorf("radio information not present in capture")
	}
	return nil, nil, l.errorf("unsupported index operation")
}

func (l *lowerer) loadTransport(n *Load, ld load, idx expr, p cond) (expr, cond, error) {
	proto, err := l.abbrev(n.Proto)
	if err != nil {
		return nil, nil, err
	}
	ip, err := l.linktype(etherIP)
	if err != nil {
		return nil, nil, err
	}
	rests := allOf(ip, p, proto, l.notFragment())
	nl := l.net(0)
	ld.Off = nl.off
	if nl.reg == 0 {
		ld.Base, ld.NL = baseIPv4, nl.off
		return eLoad{ld, idx}, rests, nil
	}
	return eLoad{ld, eBin{"+", l.ipLength(), idx}}, rests, nil
}

func (l *lowerer) loadAt(ld load, at place, idx expr) expr {
	ld.Off = at.off
	if at.reg != 0 {
		idx = eBin{"+", idx, eVar(at.reg - 1)}
	}
	return eLoad{ld, idx}
}
