package filter

import (
	"encoding/binary"
	"net/netip"
	"strings"
)

// prim lowers a qualified identifier.
func (l *lowerer) prim(n *Prim) (cond, error) {
	switch n.Kind {
	case tID:
		return l.name(n)
	case tHID, tNum:
		return l.numeric(n)
	case tHID6:
		return l.address6(n)
	case tEID:
		return l.ethernet(n)
	case tAID:
		return nil, l.errorf("aid supported only on ARCnet")
	case tFile:
		return l.setFile(n)
	}
	return nil, l.errorf("syntax error")
}

// numeric lowers a number or dotted address (gen_ncode, gen_mcode).
func (l *lowerer) numeric(n *Prim) (cond, error) {
	if n.Mask != "" || n.Bits >= 0 {
		return l.masked4(n)
	}
	v, bits := n.Num, 32
	if n.Kind == tHID {
		switch n.Qual.Type {
		case "port", "portrange", "proto", "protochain":
			return nil, l.errorf("'%s' modifier applied to ip host", n.Qual.Type)
		}
		var ok bool
		if v, bits, ok = partialNet(n.Text); !ok {
			return nil, l.errorf("invalid IPv4 address '%s'", n.Text)
		}
	}
	switch n.Qual.Type {
	case "", "host", "net":
		if n.Qual.Proto == "link" {
			return nil, l.errorf("illegal link layer address")
		}
		mask := ^uint32(0)
		if n.Kind == tNum && n.Qual.Type == "net" {
			for v != 0 && v&0xff000000 == 0 {
				v, mask = v<<8, mask<<8
			}
		} else {
			v, mask = v<<(32-bits), mask<<(32-bits)
		}
		return l.host(v, mask, n.Qual)
	case "port":
		return l.ports(v, v, n.Qual)
	case "portrange":
		return l.ports(v, v, n.Qual)
	case "gateway":
		return nil, l.errorf("'gateway' requires a name")
	case "proto":
		return l.protoNumber(v, n.Qual)
	case "protochain":
		return l.protochain(v, n.Qual.Proto)
	}
	return nil, l.errorf("syntax error in filter expression")
}

// masked4 lowers 10.0.0.0/8 and net 10.0.0.0 mask 255.0.0.0.
func (l *lowerer) masked4(n *Prim) (cond, error) {
	v, bits, ok := partialNet(n.Text)
	if !ok {
		return nil, l.errorf("invalid IPv4 address '%s'", n.Text)
	}
	v <<= 32 - bits
	var mask uint32
	if n.Mask != "" {
		m, mbits, ok := partialNet(n.Mask)
		if !ok {
			return nil, l.errorf("invalid IPv4 address '%s'", n.Mask)
		}
		mask = m << (32 - mbits)
		if v&^mask != 0 {
			return nil, l.errorf("non-network bits set in \"%s mask %s\"", n.Text, n.Mask)
		}
	} else {
		if n.Bits > 0 {
			mask = ^uint32(0) << (32 - n.Bits)
		}
		if v&^mask != 0 {
			return nil, l.errorf("non-network bits set in \"%s/%d\"", n.Text, n.Bits)
		}
	}
	if n.Qual.Type != "net" {
		return nil, l.errorf("Mask syntax for networks only")
	}
	return l.host(v, mask, n.Qual)
}

// address6 lowers an IPv6 address or net (gen_mcode6).
func (l *lowerer) address6(n *Prim) (cond, error) {
	a, err := netip.ParseAddr(n.Text)
	if err != nil {
		return nil, l.errorf("invalid IPv6 address '%s'", n.Text)
	}
	bits := 128
	if n.Bits >= 0 {
		bits = n.Bits
	}
	p, _ := a.WithZone("").Prefix(bits)
	if p.Addr() != a {
		return nil, l.errorf("non-network bits set in \"%s/%d\"", n.Text, n.Bits)
	}
	switch n.Qual.Type {
	case "", "host":
		if bits != 128 {
			return nil, l.errorf("Mask syntax for networks only")
		}
	case "net":
	default:
		return nil, l.errorf("invalid qualifier against IPv6 address")
	}
	return l.host6(a.As16(), bits, n.Qual)
}

// bothWays applies the direction qualifier to a test of one end.
func bothWays(dir string, src, dst cond) cond {
	switch dir {
	case "src":
		return src
	case "dst":
		return dst
	case "src and dst":
		return and(src, dst)
	}
	return or(src, dst)
}

// hostIn tests the addresses of one protocol (gen_hostop).
func (l *lowerer) hostIn(typ, v, mask uint32, dir string, src, dst uint32) (cond, error) {
	t, err := l.linktype(typ)
	return and(t, bothWays(dir, l.masked(src, 4, v, mask), l.masked(dst, 4, v, mask))), err
}

func (l *lowerer) host(v, mask uint32, q Qual) (cond, error) {
	what := "host"
	if q.Type == "net" {
		what = "net"
	}
	switch q.Proto {
	case "":
		ip, err := l.hostIn(etherIP, v, mask, q.Dir, 12, 16)
		if err != nil || l.mpls > 0 {
			return ip, err
		}
		arp, err := l.hostIn(etherARP, v, mask, q.Dir, 14, 24)
		if err != nil {
			return nil, err
		}
		rarp, err := l.hostIn(etherRARP, v, mask, q.Dir, 14, 24)
		return anyOf(ip, arp, rarp), err
	case "ip":
		return l.hostIn(etherIP, v, mask, q.Dir, 12, 16)
	case "arp":
		return l.hostIn(etherARP, v, mask, q.Dir, 14, 24)
	case "rarp":
		return l.hostIn(etherRARP, v, mask, q.Dir, 14, 24)
	case "link":
		return nil, l.errorf("link-layer modifier applied to %s", what)
	}
	return nil, l.errorf("'%s' modifier applied to %s", q.Proto, what)
}

func (l *lowerer) host6(a [16]byte, bits int, q Qual) (cond, error) {
	what := "host"
	if q.Type == "net" {
		what = "net"
	}
	switch q.Proto {
	case "", "ip6":
	case "link":
		return nil, l.errorf("link-layer modifier applied to ip6 %s", what)
	default:
		return nil, l.errorf("'%s' modifier applied to ip6 %s", q.Proto, what)
	}
	t, err := l.linktype(etherIPv6)
	return and(t, bothWays(q.Dir, l.words(8, a[:], bits), l.words(24, a[:], bits))), err
}

// words compares an address in 32-bit words.
func (l *lowerer) words(off uint32, a []byte, bits int) cond {
	var out cond = cTrue{}
	for i := 0; i < len(a); i += 4 {
		n := min(max(bits-8*i, 0), 32)
		mask := uint32(0)
		if n > 0 {
			mask = ^uint32(0) << (32 - n)
		}
		out = and(out, l.masked(off+uint32(i), 4, binary.BigEndian.Uint32(a[i:])&mask, mask))
	}
	return out
}

// ethernet lowers a MAC address.
func (l *lowerer) ethernet(n *Prim) (cond, error) {
	if t := n.Qual.Type; (t != "" && t != "host") || n.Qual.Proto != "link" {
		return nil, l.errorf("ethernet address used in non-ether expression")
	}
	mac, _ := parseMAC(n.Text)
	return l.etherHost(mac, n.Qual.Dir)
}

func (l *lowerer) etherHost(mac [6]byte, dir string) (cond, error) {
	if l.link != 1 {
		return nil, l.errorf("ethernet addresses supported only on ethernet/FDDI/token ring/802.11/ATM LANE/Fibre Channel")
	}
	at := func(off uint32) cond {
		return and(frame(off+2, 4, binary.BigEndian.Uint32(mac[2:])), frame(off, 2, uint32(binary.BigEndian.Uint16(mac[:]))))
	}
	return bothWays(dir, at(6), at(0)), nil
}

// transports are the protocols that a port may belong to, in libpcap's order of
// evaluation.
func (l *lowerer) transports(q Qual) ([]uint32, error) {
	switch q.Proto {
	case "":
		return []uint32{protoSCTP, protoTCP, protoUDP}, nil
	case "tcp":
		return []uint32{protoTCP}, nil
	case "udp":
		return []uint32{protoUDP}, nil
	case "sctp":
		return []uint32{protoSCTP}, nil
	}
	what := q.Type
	return nil, l.errorf("illegal qualifier of '%s'", what)
}

// ports lowers port and portrange.
func (l *lowerer) ports(lo, hi uint32, q Qual) (cond, error) {
	over, err := l.transports(q)
	if err != nil {
		return nil, err
	}
	if lo > 65535 || hi > 65535 {
		return nil, l.errorf("illegal port number %d > 65535", max(lo, hi))
	}
	return l.portsOf(over, func(ld load) cond { return inRange(ld, lo, hi) }, q.Dir)
}

// portsOf joins the tests for IPv6 and IPv4, in this order.
func (l *lowerer) portsOf(over []uint32, test func(load) cond, dir string) (cond, error) {
	ip6, err := l.linktype(etherIPv6)
	if err != nil {
		return nil, err
	}
	ip4, err := l.linktype(etherIP)
	if err != nil {
		return nil, err
	}
	nl := l.linkPL + l.nl
	src6, dst6 := load{Size: 2, Off: nl + 40}, load{Size: 2, Off: nl + 42}
	src4, dst4 := load{Size: 2, Base: baseIPv4, NL: nl, Off: nl}, load{Size: 2, Base: baseIPv4, NL: nl, Off: nl + 2}
	var six, four []cond
	for _, p := range over {
		six = append(six, and(l.at(6, 1, p), bothWays(dir, test(src6), test(dst6))))
		four = append(four, allOf(l.at(9, 1, p), l.notFragment(), bothWays(dir, test(src4), test(dst4))))
	}
	return or(and(ip6, anyOf(six...)), and(ip4, anyOf(four...))), nil
}

func inRange(ld load, lo, hi uint32) cond {
	if lo > hi {
		lo, hi = hi, lo
	}
	if lo == hi {
		return cTest{ld, 0xffff, cmpEQ, lo}
	}
	return and(cTest{ld, 0xffff, cmpGE, lo}, not(cTest{ld, 0xffff, cmpGT, hi}))
}

func (l *lowerer) protoNumber(v uint32, q Qual) (cond, error) {
	if q.Dir != "" {
		return nil, l.errorf("direction applied to 'proto'")
	}
	switch q.Proto {
	case "", "link", "ip", "ip6", "iso", "isis":
		return l.proto(v, q.Proto)
	}
	return nil, l.errorf("'%s proto' is bogus", q.Proto)
}

// protochain follows the headers of IPv6, and AH in IPv4 (gen_protochain).
func (l *lowerer) protochain(v uint32, over string) (cond, error) {
	if v > 255 {
		return cFalse{}, nil
	}
	switch over {
	case "":
		ip4, err := l.protochain(v, "ip")
		if err != nil {
			return nil, err
		}
		ip6, err := l.protochain(v, "ip6")
		return or(ip6, ip4), err
	case "ip":
		t, err := l.linktype(etherIP)
		return and(t, cChain{false, l.linkPL + l.nl, v}), err
	case "ip6":
		t, err := l.linktype(etherIPv6)
		return and(t, cChain{true, l.linkPL + l.nl, v}), err
	}
	return nil, l.errorf("bad protocol applied for 'protochain'")
}

// name lowers a name by the type it is qualified with (gen_scode).
func (l *lowerer) name(n *Prim) (cond, error) {
	if n.Qual.bad {
		return nil, l.errorf("syntax error in filter expression")
	}
	switch n.Qual.Type {
	case "", "host":
		return l.hostName(n)
	case "net":
		v, mask, ok := l.opt.names().network(n.Text)
		if !ok {
			return nil, l.errorf("unknown network '%s'", n.Text)
		}
		return l.host(v, mask, n.Qual)
	case "port":
		return l.portName(n)
	case "portrange":
		return l.portRange(n)
	case "gateway":
		return nil, l.errorf("'gateway' not supported in this configuration")
	case "proto":
		v, ok := l.opt.names().protocol(n.Text, n.Qual.Proto)
		if !ok {
			return nil, l.errorf("unknown protocol: %s", n.Text)
		}
		return l.protoNumber(v, n.Qual)
	case "protochain":
		v, ok := l.opt.names().protocol(n.Text, n.Qual.Proto)
		if !ok {
			return nil, l.errorf("unknown protocol: %s", n.Text)
		}
		return l.protochain(v, n.Qual.Proto)
	}
	return nil, l.errorf("syntax error in filter expression")
}

func (l *lowerer) hostName(n *Prim) (cond, error) {
	if n.Qual.Proto == "link" {
		mac, ok := l.opt.names().ether(n.Text)
		if !ok {
			return nil, l.errorf("unknown ether host '%s'", n.Text)
		}
		return l.etherHost(mac, n.Qual.Dir)
	}
	addrs := l.opt.names().host(n.Text)
	var alts []cond
	for _, a := range addrs {
		var c cond
		var err error
		switch {
		case a.Is4() && n.Qual.Proto != "ip6":
			c, err = l.host(binary.BigEndian.Uint32(a.AsSlice()), ^uint32(0), n.Qual)
		case a.Is6() && (n.Qual.Proto == "" || n.Qual.Proto == "ip6"):
			c, err = l.host6(a.As16(), 128, n.Qual)
		default:
			continue
		}
		if err != nil {
			return nil, err
		}
		alts = append(alts, c)
	}
	if len(alts) == 0 {
		return nil, l.errorf("unknown host '%s'", n.Text)
	}
	return anyOf(alts...), nil
}

func (l *lowerer) portName(n *Prim) (cond, error) {
	if _, err := l.transports(n.Qual); err != nil {
		return nil, err
	}
	q, port, err := l.resolvePort(n.Text, n.Qual, "unknown port '%s'")
	if err != nil {
		return nil, err
	}
	return l.ports(port, port, q)
}

// resolvePort looks a name up, and checks that it belongs to the protocol asked
// for; without one, it may settle it.
func (l *lowerer) resolvePort(name string, q Qual, unknown string) (Qual, uint32, error) {
	tcp, udp, ok := l.opt.names().port(name)
	if !ok {
		return q, 0, l.errorf(unknown, name)
	}
	switch {
	case tcp != 0 && udp != 0:
	case tcp != 0 && (q.Proto == "udp" || q.Proto == "sctp"):
		return q, 0, l.errorf("port '%s' is tcp", name)
	case udp != 0 && (q.Proto == "tcp" || q.Proto == "sctp"):
		return q, 0, l.errorf("port '%s' is udp", name)
	case q.Proto == "" && udp == 0:
		q.Proto = "tcp"
	case q.Proto == "" && tcp == 0:
		q.Proto = "udp"
	}
	if tcp != 0 && q.Proto != "udp" {
		return q, tcp, nil
	}
	return q, max(udp, 0), nil
}

func (l *lowerer) portRange(n *Prim) (cond, error) {
	if _, err := l.transports(n.Qual); err != nil {
		return nil, err
	}
	lo, hi, ok := strings.Cut(n.Text, "-")
	if !ok {
		return l.portName(n)
	}
	q, a, err := l.portOrNumber(lo, n)
	if err != nil {
		return nil, err
	}
	_, z, err := l.portOrNumber(hi, n)
	if err != nil {
		return nil, err
	}
	return l.ports(a, z, q)
}

func (l *lowerer) portOrNumber(s string, n *Prim) (Qual, uint32, error) {
	if s == "" {
		return n.Qual, 0, l.errorf("unknown port in range '%s'", n.Text)
	}
	if strings.Trim(s, "0123456789") == "" {
		t, err := number(l.expr, token{text: s, pos: n.Pos})
		if err == nil && t.num > 65535 {
			err = l.errorf("illegal port number %d > 65535", t.num)
		}
		return n.Qual, t.num, err
	}
	return l.resolvePort(s, n.Qual, "unknown port in range '%s'")
}
