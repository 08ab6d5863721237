package filter

import (
	"tengu/capture"
)

// vlan tests for a tag and moves everything behind it (gen_vlan).
func (l *lowerer) vlan(n *Special) (cond, error) {
	if l.labels > 0 {
		return nil, l.errorf("no VLAN match after MPLS")
	}
	if l.link != capture.LinkEthernet {
		return nil, l.errorf("no VLAN support for %s", l.linkName())
	}
	if n.Num > 0xfff {
		return nil, l.errorf("VLAN tag %d greater than maximum %d", n.Num, 0xfff)
	}
	c := anyOf(l.eq(l.linkType, 2, etherVLAN), l.eq(l.linkType, 2, etherQinQ), l.eq(l.linkType, 2, etherOldQ))
	if n.HasNum {
		c = and(c, l.test(l.payload.plus(l.nl), 2, 0x0fff, cmpEQ, n.Num))
	}
	l.payload.off += 4
	l.linkType.off += 4
	return c, nil
}

// mpls tests for a label and moves the network layer (gen_mpls).
func (l *lowerer) mpls(n *Special) (c cond, err error) {
	switch {
	case l.labels > 0:
		c = l.test(l.net(^uint32(1)), 1, 0x01, cmpEQ, 0)
	case l.link == capture.LinkEthernet:
		c, err = l.linktype(etherMPLS)
	case l.link == linkPPP:
		c, err = l.linktype(0x281)
	default:
		err = l.errorf("no MPLS support for %s", l.linkName())
	}
	if err != nil {
		return nil, err
	}
	if n.Num > 0xfffff {
		return nil, l.errorf("MPLS label %d greater than maximum %d", n.Num, 0xfffff)
	}
	if n.HasNum {
		c = and(c, l.test(l.net(0), 4, 0xfffff000, cmpEQ, n.Num<<12))
	}
	l.nl += 4
	l.nlNoSnap += 4
	l.labels++
	return c, nil
}

// pppoes tests for a PPPoE session; what follows is in PPP (gen_pppoes).
func (l *lowerer) pppoes(n *Special) (cond, error) {
	c, err := l.linktype(etherPPPoES)
	if err != nil {
		return nil, err
	}
	if n.Num > 0xffff {
		return nil, l.errorf("PPPoE session number %d greater than maximum %d", n.Num, 0xffff)
	}
	if n.HasNum {
		c = and(c, l.test(l.net(0), 4, 0x0000ffff, cmpEQ, n.Num))
	}
	l.link, l.tunnel = linkPPP, false
	l.hdr = l.net(6)
	l.linkType = l.hdr
	l.payload = l.hdr.plus(2)
	l.nl, l.nlNoSnap = 0, 0
	return c, nil
}

// udpTo tests for datagrams to a port over IPv4 or IPv6 that carry the given
// header (gen_geneve_check, gen_vxlan_check): its flags, and its network if one
// is asked for. It leaves where the header begins in offset register at.
func (l *lowerer) udpTo(port uint32, flags func(test func(mask, k uint32) cond) cond, n *Special, at uint8) (cond, error) {
	four := func(off uint32, size uint8, mask, k uint32) cond {
		return l.transport(off, size, mask, cmpEQ, k)
	}
	six := func(off uint32, size uint8, mask, k uint32) cond {
		return l.test(l.net(40+off), size, mask, cmpEQ, k)
	}
	header := func(test func(off uint32, size uint8, mask, k uint32) cond) cond {
		c := and(test(2, 2, none, port), flags(func(mask, k uint32) cond { return test(8, 1, mask, k) }))
		if n.HasNum {
			c = and(c, test(12, 4, 0xffffff00, n.Num<<8))
		}
		return c
	}
	ip4, err := l.linktype(etherIP)
	if err != nil {
		return nil, err
	}
	ip6, err := l.linktype(etherIPv6)
	if err != nil {
		return nil, err
	}
	start := eConst(l.net(8).off)
	over4 := allOf(ip4, l.eq(l.net(9), 1, protoUDP), l.notFragment(), header(four),
		cLet{at, eBin{"+", l.headerLength(), start}})
	over6 := allOf(ip6, l.eq(l.net(6), 1, protoUDP), header(six),
		cLet{at, eBin{"+", l.fixedLength(40), start}})
	return or(over4, over6), nil
}

// headerLength is the length of the IPv4 header, plus the network layer's offset
// register if it has one.
func (l *lowerer) headerLength() expr {
	if nl := l.net(0); nl.reg == 0 {
		first := eLoad{load{Size: 1, Off: nl.off}, nil}
		return eBin{"<<", eBin{"&", first, eConst(0xf)}, eConst(2)}
	}
	return l.ipLength()
}

func (l *lowerer) fixedLength(n uint32) expr {
	if reg := l.payload.reg; reg != 0 {
		return eBin{"+", eConst(n), eVar(reg - 1)}
	}
	return eConst(n)
}

// newVars allocates n offset registers.
func (l *lowerer) newVars(n int) (uint8, error) {
	if l.regs += n; l.regs > maxRegs {
		return 0, l.errorf("too many registers needed to evaluate expression")
	}
	l.vars += uint8(n)
	return l.vars - uint8(n), nil
}

// enter moves all offsets into a tunnel whose offset registers are set.
func (l *lowerer) enterTunnel(typ, hdr, payload uint8) {
	l.noOpt = true
	l.link, l.tunnel = capture.LinkEthernet, true
	l.linkType, l.hdr, l.payload = place{reg: typ + 1}, place{reg: hdr + 1}, place{reg: payload + 1}
	l.nl = 0
}

// geneve tests for a tunnel and moves into it. It may hold Ethernet, or a network
// layer with no link layer before it (gen_geneve).
func (l *lowerer) geneve(n *Special) (cond, error) {
	if n.Num > 0xffffff {
		return nil, l.errorf("Geneve VNI %d greater than maximum %d", n.Num, 0xffffff)
	}
	typ, err := l.newVars(3)
	if err != nil {
		return nil, err
	}
	hdr, payload := typ+1, typ+2
	version0 := func(test func(mask, k uint32) cond) cond { return test(0xc0, 0) }
	c, err := l.udpTo(portGeneve, version0, n, typ)
	if err != nil {
		return nil, err
	}
	options := eBin{"*", eBin{"&", eLoad{load{Size: 1}, eVar(typ)}, eConst(0x3f)}, eConst(4)}
	ethernet := cRel{cmpEQ, eLoad{load{Size: 2, Off: 2}, eVar(typ)}, eConst(etherTEB)}
	l.enterTunnel(typ, hdr, payload)
	return allOf(c,
		cLet{hdr, eBin{"+", eBin{"+", options, eConst(8)}, eVar(typ)}},
		or(allOf(ethernet,
			cLet{typ, eBin{"+", eConst(12), eVar(hdr)}},
			cLet{payload, eBin{"+", eConst(14), eVar(hdr)}}),
			and(cLet{typ, eBin{"+", eVar(typ), eConst(2)}},
				cLet{payload, eBin{"+", eConst(0), eVar(hdr)}}))), nil
}

// vxlan tests for a tunnel and moves into the Ethernet frame that it holds.
func (l *lowerer) vxlan(n *Special) (cond, error) {
	if n.Num > 0xffffff {
		return nil, l.errorf("VXLAN VNI %d greater than maximum %d", n.Num, 0xffffff)
	}
	typ, err := l.newVars(3)
	if err != nil {
		return nil, err
	}
	hdr, payload := typ+1, typ+2
	hasVNI := func(test func(mask, k uint32) cond) cond { return test(0x08, 0x08) }
	c, err := l.udpTo(portVXLAN, hasVNI, n, typ)
	if err != nil {
		return nil, err
	}
	l.enterTunnel(typ, hdr, payload)
	return allOf(c,
		cLet{hdr, eBin{"+", eConst(8), eVar(typ)}},
		cLet{typ, eBin{"+", eConst(12), eVar(hdr)}},
		cLet{payload, eBin{"+", eConst(2), eVar(typ)}}), nil
}
