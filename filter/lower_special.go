package filter

import (
	"tengu/capture"
)

// special lowers the keywords that stand for themselves.
func (l *lowerer) special(n *Special) (cond, error) {
	switch n.Name {
	case "less":
		return not(cMeta{metaLen, cmpGT, n.Num}), nil
	case "greater":
		return cMeta{metaLen, cmpGE, n.Num}, nil
	case "inbound":
		c, err := l.outbound()
		return not(c), err
	case "outbound":
		return l.outbound()
	case "ifindex":
		return l.ifindex(n.Num)
	case "broadcast":
		return l.broadcast(n.Proto)
	case "multicast":
		return l.multicast(n.Proto)
	case "byte":
		return l.byteTest(n)
	case "llc":
		return l.llc(n.Text)
	case "vlan":
		return l.vlan(n)
	case "mpls":
		return l.mpls(n)
	case "pppoed":
		return l.linktype(etherPPPoED)
	case "pppoes":
		return l.pppoes(n)
	case "geneve":
		return l.geneve(n)
	}
	return l.vxlan(n)
}

// outbound tests for packets that the host sent.
func (l *lowerer) outbound() (cond, error) {
	switch {
	case l.link == capture.LinkLinuxSLL:
		return l.eq(l.hdr, 2, 4), nil
	case l.link == capture.LinkLinuxSLL2:
		return l.eq(l.hdr.plus(10), 1, 4), nil
	case l.opt.Live:
		return cMeta{metaOutbound, cmpEQ, 1}, nil
	}
	return nil, l.errorf("inbound/outbound not supported on %s when reading savefiles", l.linkName())
}

func (l *lowerer) ifindex(n uint32) (cond, error) {
	switch {
	case l.link == capture.LinkLinuxSLL2:
		return l.eq(l.hdr.plus(4), 4, n), nil
	case l.opt.Live:
		return cMeta{metaIfIndex, cmpEQ, n}, nil
	}
	return nil, l.errorf("ifindex not supported on %s when reading savefiles", l.linkName())
}

func (l *lowerer) linkName() string {
	if l.link == linkPPP {
		return "PPP"
	}
	return l.link.Description()
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
		zeros := l.test(l.net(16), 4, host, cmpEQ, 0)
		return and(ip, or(zeros, l.test(l.net(16), 4, host, cmpEQ, host))), err
	}
	return nil, l.errorf("only link-layer/IP broadcast filters supported")
}

func (l *lowerer) multicast(proto string) (cond, error) {
	switch proto {
	case "", "link":
		if l.link == capture.LinkEthernet {
			return and(l.present(), l.test(l.hdr, 1, none, cmpSet, 1)), nil
		}
	case "ip":
		ip, err := l.linktype(etherIP)
		return and(ip, l.test(l.net(16), 1, none, cmpGE, 224)), err
	case "ip6":
		ip6, err := l.linktype(etherIPv6)
		return and(ip6, l.eq(l.net(24), 1, 255)), err
	}
	return nil, l.errorf("link-layer multicast filters supported only on ethernet/FDDI/token ring/ARCNET/802.11/ATM LANE/Fibre Channel")
}

// byteTest lowers byte IDX OP NUM (gen_byteop). For & and | libpcap forgets to
// load the byte; we do not.
func (l *lowerer) byteTest(n *Special) (cond, error) {
	at := l.hdr.plus(n.Num)
	switch n.Op {
	case "=":
		return l.eq(at, 1, n.Num2), nil
	case "<":
		return not(l.test(at, 1, none, cmpGE, n.Num2)), nil
	case ">":
		return l.test(at, 1, none, cmpGT, n.Num2), nil
	case "&":
		return not(l.test(at, 1, n.Num2, cmpEQ, 0)), nil
	}
	var index expr
	if at.reg != 0 {
		index = eVar(at.reg - 1)
	}
	v := eLoad{load{Size: 1, Off: at.off}, index}
	return not(cRel{cmpEQ, eBin{"|", v, eConst(n.Num2)}, eConst(0)}), nil
}

// llc tests for a frame with an LLC header, of a type if one is given.
func (l *lowerer) llc(typ string) (cond, error) {
	if l.link != capture.LinkEthernet {
		return nil, l.errorf("'llc' not supported for %s", l.linkName())
	}
	c := and(l.hasLength(), not(l.eq(l.payload, 2, 0xffff)))
	switch t := llcTypes[typ]; typ {
	case "":
		return c, nil
	case "i":
		return and(c, not(l.test(l.payload.plus(2), 1, none, cmpSet, t.mask))), nil
	default:
		return and(c, l.test(l.payload.plus(2), 1, t.mask, cmpEQ, t.value)), nil
	}
}
