package filter

import "encoding/binary"

// name lowers a name by the type it is qualified with (gen_scode).
func (l *lowerer) name(n *Prim) (cond, error) {
	switch n.Qual.Type {
	case "", "host":
		return l.hostName(n)
	case "net":
		v, ok := l.opt.names().network(n.Text)
		if !ok {
			return nil, l.errorf("unknown network '%s'", n.Text)
		}
		v, mask := byOctets(v)
		return l.host(v, mask, n.Qual)
	case "port":
		return l.portName(n)
	case "portrange":
		return l.portRange(n)
	case "gateway":
		return nil, l.errorf("'gateway' not supported in this configuration")
	}
	v, err := l.protocol(n)
	if err != nil {
		return nil, err
	}
	if n.Qual.Type == "protochain" {
		return l.protochain(v, n.Qual.Proto)
	}
	return l.proto(v, n.Qual.Proto)
}

// protocol is the number of a protocol by name (lookup_proto).
func (l *lowerer) protocol(n *Prim) (uint32, error) {
	kind := ""
	switch n.Qual.Proto {
	case "", "ip", "ip6":
		kind = "ip"
	case "link":
		kind = "ether"
	case "iso":
		kind = "osi"
	default:
		return 0, l.errorf("unknown protocol: %s", n.Text)
	}
	v, ok := l.opt.names().protocol(n.Text, n.Qual.Proto)
	if !ok {
		return 0, l.errorf("unknown %s proto '%s'", kind, n.Text)
	}
	return v, nil
}

func (l *lowerer) hostName(n *Prim) (cond, error) {
	switch n.Qual.Proto {
	case "link":
		return l.etherName(n)
	case "decnet":
		return nil, l.errorf("decnet name support not included, '%s' cannot be translated\n", n.Text)
	}
	q := n.Qual
	var alts []cond
	for _, a := range l.opt.names().host(n.Text) {
		var c cond
		var err error
		switch {
		case a.Is4() && q.Proto != "ip6":
			c, err = l.host(binary.BigEndian.Uint32(a.AsSlice()), none, q)
		case !a.Is4() && q.Proto != "ip":
			c, err = l.host6(a.As16(), 128, q)
		default:
			continue
		}
		if err != nil {
			return nil, err
		}
		alts = append(alts, c)
	}
	switch {
	case len(alts) > 0:
		return anyOf(alts...), nil
	case q.Proto != "":
		return nil, l.errorf("unknown host '%s' for specified address family", n.Text)
	}
	return nil, l.errorf("unknown host '%s'", n.Text)
}

func (l *lowerer) etherName(n *Prim) (cond, error) {
	if l.link != 1 {
		return nil, l.errorf("only ethernet/FDDI/token ring/802.11/ATM LANE/Fibre Channel supports link-level host name")
	}
	mac, ok := l.opt.names().ether(n.Text)
	if !ok {
		return nil, l.errorf("unknown ether host '%s'", n.Text)
	}
	return l.etherHost(mac, n.Qual.Dir)
}

// protochain follows the headers of IPv6, and AH (gen_protochain).
func (l *lowerer) protochain(v uint32, over string) (cond, error) {
	switch over {
	case "":
		ip4, err := l.protochain(v, "ip")
		if err != nil {
			return nil, err
		}
		ip6, err := l.protochain(v, "ip6")
		return or(ip4, ip6), err
	case "ip", "ip6":
	default:
		return nil, l.errorf("bad protocol applied for 'protochain'")
	}
	if l.payload.reg != 0 {
		return nil, l.errorf("'protochain' not supported with variable length headers")
	}
	l.noOpt = true
	typ := uint32(etherIP)
	if over == "ip6" {
		typ = etherIPv6
	}
	t, err := l.linktype(typ)
	return and(t, cChain{over == "ip6", l.net(0).off, v}), err
}
