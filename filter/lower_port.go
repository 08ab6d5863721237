package filter

import (
	"fmt"
	"strings"
)

// transports are the protocols that a port may belong to, in the order of the
// tests.
func transports(proto string) []uint32 {
	switch proto {
	case "tcp":
		return []uint32{protoTCP}
	case "udp":
		return []uint32{protoUDP}
	case "sctp":
		return []uint32{protoSCTP}
	}
	return []uint32{protoSCTP, protoTCP, protoUDP}
}

// hasPorts says that a qualifier can go with port and portrange.
func hasPorts(proto string) bool {
	return proto == "" || proto == "tcp" || proto == "udp" || proto == "sctp"
}

// ports lowers port and portrange.
func (l *lowerer) ports(lo, hi uint32, q Qual) (cond, error) {
	if !hasPorts(q.Proto) {
		return nil, l.errorf("illegal qualifier of '%s'", q.Type)
	}
	for _, v := range []uint32{lo, hi} {
		if v > 65535 {
			return nil, l.errorf("illegal port number %d > 65535", v)
		}
	}
	of := "ports"
	if q.Type == "portrange" {
		of = "port ranges"
	}
	if err := l.wlanDir(q.Dir, of); err != nil {
		return nil, err
	}
	if lo > hi {
		lo, hi = hi, lo
	}
	within := func(f field) cond {
		if q.Type == "port" {
			return f.test(none, cmpEQ, lo)
		}
		return and(f.test(none, cmpGE, lo), not(f.test(none, cmpGT, hi)))
	}
	return l.portsOf(q, func(src, dst field) cond { return bothOf(q.Dir, within(src), within(dst)) })
}

// portsOf asks for the ports of IPv6 and of IPv4, in this order (gen_port6,
// gen_port).
func (l *lowerer) portsOf(q Qual, a ask) (cond, error) {
	ip6, err := l.linktype(etherIPv6)
	if err != nil {
		return nil, err
	}
	ip4, err := l.linktype(etherIP)
	if err != nil {
		return nil, err
	}
	at6 := a(l.fieldAt(l.net(40), 2), l.fieldAt(l.net(42), 2))
	at4 := a(l.behindIPv4(0, 2), l.behindIPv4(2, 2))
	var any6, any4 []cond
	for _, p := range transports(q.Proto) {
		any6 = append(any6, and(l.eq(l.net(6), 1, p), at6))
		any4 = append(any4, allOf(l.eq(l.net(9), 1, p), l.notFragment(), at4))
	}
	return or(and(ip6, anyOf(any6...)), and(ip4, anyOf(any4...))), nil
}

// portName lowers a service by name.
func (l *lowerer) portName(n *Prim) (cond, error) {
	if !hasPorts(n.Qual.Proto) {
		return nil, l.errorf("illegal qualifier of 'port'")
	}
	port, proto, ok := l.opt.names().port(n.Text)
	if !ok {
		return nil, l.errorf("unknown port '%s'", n.Text)
	}
	q, err := l.settle(n.Qual, proto, "port '%s' is %s", n.Text)
	if err != nil {
		return nil, err
	}
	return l.ports(port, port, q)
}

// settle joins the protocol that was asked for with that of a service.
func (l *lowerer) settle(q Qual, proto, text, name string) (Qual, error) {
	switch {
	case proto == "":
	case q.Proto == "":
		q.Proto = proto
	case q.Proto != proto:
		return q, l.errorf(text, name, proto)
	}
	return q, nil
}

// portRange lowers A-B, numbers or names (pcap_nametoportrange).
func (l *lowerer) portRange(n *Prim) (cond, error) {
	if !hasPorts(n.Qual.Proto) {
		return nil, l.errorf("illegal qualifier of 'portrange'")
	}
	var lo, hi int32
	proto := ""
	if k, _ := fmt.Sscanf(n.Text, "%d-%d", &lo, &hi); k != 2 {
		a, z, dash := strings.Cut(n.Text, "-")
		plo, first, ok1 := l.opt.names().port(a)
		phi, second, ok2 := l.opt.names().port(z)
		if !dash || !ok1 || !ok2 {
			return nil, l.errorf("unknown port in range '%s'", n.Text)
		}
		if lo, hi = int32(plo), int32(phi); first == second {
			proto = first
		}
	}
	q, err := l.settle(n.Qual, proto, "port in range '%s' is %s", n.Text)
	if err != nil {
		return nil, err
	}
	for _, v := range []int32{lo, hi} {
		if v < 0 {
			return nil, l.errorf("illegal port number %d < 0", v)
		}
	}
	return l.ports(uint32(lo), uint32(hi), q)
}
