package filter

import (
	"tengu/capture"
)

// special lowers the keywords that stand for themselves.
func (l *lowerer) special(n *Special) (cond, error) {
	switch n.Name {
	case "less":
		return cNot{cMeta{metaLen, cmpGT, n.Num}}, nil
	case "greater":
		return cMeta{metaLen, cmpGE, n.Num}, nil
	case "inbound":
		return l.outbound(false)
	case "outbound":
		return l.outbound(true)
	case "ifindex":
		return l.ifindex(n.Num)
	case "broadcast":
		return l.broadcast(n.Proto)
	case "multicast":
		return l.multicast(n.Proto)
	case "byte":
		return l.byteTest(n)
	case "vlan":
		return l.vlan(n)
	case "mpls":
		return l.mplsLabel(n)
	case "pppoed":
		return l.linktype(etherPPPoED)
	case "pppoes":
		return l.pppoes(n)
	}
	return nil, l.errorf("'%s' is not supported", n.Name)
}

func (l *lowerer) outbound(out bool) (cond, error) {
	var c cond
	switch {
	case l.link == capture.LinkLinuxSLL:
		c = frame(0, 2, 4)
	case l.link == capture.LinkLinuxSLL2:
		c = frame(10, 1, 4)
	case l.opt.Live:
		c = cMeta{metaOutbound, cmpEQ, 1}
	default:
		return nil, l.errorf("inbound/outbound not supported on %s when reading savefiles", l.link.Description())
	}
	if !out {
		return not(c), nil
	}
	return c, nil
}

func (l *lowerer) ifindex(n uint32) (cond, error) {
	switch {
	case l.link == capture.LinkLinuxSLL2:
		return frame(4, 4, n), nil
	case l.opt.Live:
		return cMeta{metaIfIndex, cmpEQ, n}, nil
	}
	return nil, l.errorf("ifindex not supported on %s when reading savefiles", l.link.Description())
}

func (l *lowerer) broadcast(proto string) (cond, error) {
	switch proto {
	case "", "link":
		if l.link != capture.LinkEthernet {
			return nil, l.errorf("not a broadcast link")
		}
		return l.etherHost([6]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, "dst")
	case "ip":
		if l.opt.NetmaskUnknown {
			return nil, l.errorf("netmask not known, so 'ip broadcast' not supported")
		}
		ip, err := l.linktype(etherIP)
		host := ^l.opt.Netmask
		return and(ip, or(l.masked(16, 4, 0, host), l.masked(16, 4, host, host))), err
	}
	return nil, l.errorf("only link-layer/IP broadcast filters supported")
}

func (l *lowerer) multicast(proto string) (cond, error) {
	switch proto {
	case "", "link":
		if l.link == capture.LinkEthernet {
			return cTest{load{Size: 1}, 0xff, cmpSet, 1}, nil
		}
	case "ip":
		ip, err := l.linktype(etherIP)
		return and(ip, cTest{load{Size: 1, Off: l.linkPL + l.nl + 16}, 0xff, cmpGE, 224}), err
	case "ip6":
		ip6, err := l.linktype(etherIPv6)
		return and(ip6, l.at(24, 1, 255)), err
	}
	return nil, l.errorf("link-layer multicast filters supported only on ethernet/FDDI/token ring/ARCNET/802.11/ATM LANE/Fibre Channel")
}

func (l *lowerer) byteTest(n *Special) (cond, error) {
	ld := load{Size: 1, Off: n.Num}
	switch n.Op {
	case "=":
		return cTest{ld, 0xff, cmpEQ, n.Num2}, nil
	case "<":
		return not(cTest{ld, 0xff, cmpGE, n.Num2}), nil
	case ">":
		return cTest{ld, 0xff, cmpGT, n.Num2}, nil
	case "&":
		return not(cTest{ld, n.Num2 & 0xff, cmpEQ, 0}), nil
	}
	return not(cRel{cmpEQ, eBin{"|", eLoad{load: ld}, eConst(n.Num2)}, eConst(0)}), nil
}

// vlan tests for a tag and moves everything behind it (gen_vlan).
func (l *lowerer) vlan(n *Special) (cond, error) {
	if l.mpls > 0 {
		return nil, l.errorf("no VLAN match after MPLS")
	}
	if l.link != capture.LinkEthernet {
		return nil, l.errorf("no VLAN support for %s", l.linkName())
	}
	if n.HasNum && n.Num > 0xfff {
		return nil, l.errorf("VLAN tag %d greater than maximum %d", n.Num, 0xfff)
	}
	c := anyOf(frame(l.linkType, 2, etherVLAN), frame(l.linkType, 2, etherQinQ), frame(l.linkType, 2, etherOldQ))
	if n.HasNum {
		c = and(c, cTest{load{Size: 2, Off: l.linkPL}, 0x0fff, cmpEQ, n.Num})
	}
	l.linkPL += 4
	l.linkType += 4
	return c, nil
}

func (l *lowerer) linkName() string {
	if l.link == linkPPP {
		return "PPP"
	}
	return l.link.Description()
}

// mplsLabel tests for a label and moves the network layer (gen_mpls).
func (l *lowerer) mplsLabel(n *Special) (cond, error) {
	if n.HasNum && n.Num > 0xfffff {
		return nil, l.errorf("MPLS label %d greater than maximum %d", n.Num, 0xfffff)
	}
	var c cond
	switch {
	case l.mpls > 0:
		c = cTest{load{Size: 1, Off: l.linkPL + l.nl - 4 + 2}, 0x01, cmpEQ, 0}
	case l.link == capture.LinkEthernet:
		c = frame(l.linkType, 2, etherMPLS)
	case l.link == linkPPP:
		c = frame(l.linkType, 2, 0x281)
	default:
		return nil, l.errorf("no MPLS support for %s", l.linkName())
	}
	if n.HasNum {
		c = and(c, l.masked(0, 4, n.Num<<12, 0xfffff000))
	}
	l.nl += 4
	l.nlNoSnap += 4
	l.mpls++
	return c, nil
}

// pppoes tests for a PPPoE session; what follows is in PPP (gen_pppoes).
func (l *lowerer) pppoes(n *Special) (cond, error) {
	if n.HasNum && n.Num > 0xffff {
		return nil, l.errorf("PPPoE session number %d greater than maximum %d", n.Num, 0xffff)
	}
	c, err := l.linktype(etherPPPoES)
	if err != nil {
		return nil, err
	}
	if n.HasNum {
		c = and(c, l.masked(0, 4, n.Num, 0x0000ffff))
	}
	l.link = linkPPP
	l.linkType = l.linkPL + l.nl + 6
	l.linkPL = l.linkType + 2
	l.nl, l.nlNoSnap = 0, 0
	return c, nil
}

// relation lowers VALUE OP VALUE: first the protocols whose bytes are read, then
// the comparison.
func (l *lowerer) relation(n *Rel) (cond, error) {
	a, pa, err := l.value(n.L)
	if err != nil {
		return nil, err
	}
	b, pb, err := l.value(n.R)
	if err != nil {
		return nil, err
	}
	var c cond
	switch n.Op {
	case "=":
		c = cRel{cmpEQ, a, b}
	case "!=":
		c = cNot{cRel{cmpEQ, a, b}}
	case ">":
		c = cRel{cmpGT, a, b}
	case ">=":
		c = cRel{cmpGE, a, b}
	case "<":
		c = cNot{cRel{cmpGE, a, b}}
	default:
		c = cNot{cRel{cmpGT, a, b}}
	}
	return allOf(pa, pb, simplify(c)), nil
}

// value lowers arithmetic, and says which protocol tests it rests on.
func (l *lowerer) value(v Value) (expr, cond, error) {
	switch v := v.(type) {
	case *Num:
		return eConst(v.V), cTrue{}, nil
	case *Len:
		return eLen{}, cTrue{}, nil
	case *Neg:
		x, p, err := l.value(v.X)
		return eBin{"-", eConst(0), x}, p, err
	case *Arith:
		a, pa, err := l.value(v.L)
		if err != nil {
			return nil, nil, err
		}
		b, pb, err := l.value(v.R)
		return eBin{v.Op, a, b}, and(pa, pb), err
	case *Load:
		l.node = nil
		return l.load(v)
	}
	panic("filter: unknown value")
}

// load lowers proto[index:size] (gen_load).
func (l *lowerer) load(n *Load) (expr, cond, error) {
	idx, p, err := l.value(n.Index)
	if err != nil {
		return nil, nil, err
	}
	ld := load{Size: uint8(n.Size)}
	nl := l.linkPL + l.nl
	switch n.Proto {
	case "link":
		return loadAt(ld, idx), p, nil
	case "radio":
		return nil, nil, l.errorf("radio information not present in capture")
	case "sctp", "tcp", "udp", "icmp", "igmp", "igrp", "pim", "vrrp", "carp":
		ld.Base, ld.NL, ld.Off = baseIPv4, nl, nl
		proto, err := l.abbrev(n.Proto)
		if err != nil {
			return nil, nil, err
		}
		ip, err := l.linktype(etherIP)
		return loadAt(ld, idx), allOf(ip, p, proto, l.notFragment()), err
	case "icmp6":
		ip6, err := l.linktype(etherIPv6)
		ld.Off = nl + 40
		return loadAt(ld, idx), allOf(ip6, p, l.at(6, 1, protoICMP6)), err
	}
	proto, err := l.abbrev(n.Proto)
	ld.Off = nl
	return loadAt(ld, idx), and(p, proto), err
}

func loadAt(ld load, idx expr) expr {
	if c, ok := fold(idx).(eConst); ok {
		ld.Off += uint32(c)
		return eLoad{load: ld}
	}
	return eLoad{load: ld, Index: idx}
}

// fold computes what is constant.
func fold(e expr) expr {
	b, ok := e.(eBin)
	if !ok {
		return e
	}
	b.L, b.R = fold(b.L), fold(b.R)
	x, okx := b.L.(eConst)
	y, oky := b.R.(eConst)
	if okx && oky {
		if v, ok := arith(b.Op, uint32(x), uint32(y)); ok {
			return eConst(v)
		}
	}
	return b
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
		if b > 31 {
			return 0, true
		}
		return a << b, true
	case ">>":
		if b > 31 {
			return 0, true
		}
		return a >> b, true
	}
	panic("filter: unknown operator " + op)
}

// simplify turns a comparison of one load with a constant into a test.
func simplify(c cond) cond {
	if n, ok := c.(cNot); ok {
		return not(simplify(n.X))
	}
	r, ok := c.(cRel)
	if !ok {
		return c
	}
	r.L, r.R = fold(r.L), fold(r.R)
	a, okl := r.L.(eConst)
	k, okr := r.R.(eConst)
	switch {
	case okl && okr:
		if holds(r.Cmp, uint32(a), uint32(k)) {
			return cTrue{}
		}
		return cFalse{}
	case !okr:
		return r
	}
	switch e := r.L.(type) {
	case eLen:
		return cMeta{metaLen, r.Cmp, uint32(k)}
	case eLoad:
		if e.Index == nil {
			return cTest{e.load, sizeMask(e.Size), r.Cmp, uint32(k)}
		}
	case eBin:
		ld, ok := e.L.(eLoad)
		mask, okm := e.R.(eConst)
		if ok && okm && e.Op == "&" && ld.Index == nil {
			return cTest{ld.load, uint32(mask) & sizeMask(ld.Size), r.Cmp, uint32(k)}
		}
	}
	return r
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
