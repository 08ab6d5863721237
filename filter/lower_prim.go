package filter

import (
	"encoding/binary"
	"fmt"
	"net/netip"
)

// prim lowers a qualified identifier.
func (l *lowerer) prim(n *Prim) (cond, error) {
	if n.Qual.bad {
		return nil, l.unqualified(n)
	}
	switch n.Kind {
	case tID:
		return l.name(n)
	case tHID, tNum:
		return l.numeric(n)
	case tHID6:
		return l.address6(n)
	case tEID:
		return l.ethernet(n)
	case tFile:
		return l.setFile(n)
	}
	return nil, l.errorf("aid supported only on ARCnet")
}

// unqualified is the error for an identifier that has nothing to inherit.
func (l *lowerer) unqualified(n *Prim) error {
	switch {
	case n.Mask != "" || n.Kind == tHID && n.Bits >= 0:
		return l.errorf("Mask syntax for networks only")
	case n.Kind == tHID6:
		return l.errorf("invalid qualifier against IPv6 address")
	case n.Kind == tEID:
		return l.errorf("ethernet address used in non-ether expression")
	case n.Kind == tAID:
		return l.errorf("aid supported only on ARCnet")
	}
	err := l.errorf("syntax error in filter expression").(*SyntaxError)
	return withHint(err, `%s stands alone; write what it is, as in "host %s" or "port %s"`, n.Text, n.Text, n.Text)
}

// numeric lowers a number or dotted address (gen_ncode).
func (l *lowerer) numeric(n *Prim) (cond, error) {
	q := n.Qual
	if n.Kind == tHID {
		switch q.Type {
		case "port", "portrange", "proto", "protochain":
			if n.Mask == "" && n.Bits < 0 {
				return nil, l.errorf("'%s' modifier applied to ip host", q.Type)
			}
		}
	}
	if n.Mask != "" || n.Bits >= 0 {
		return l.masked4(n)
	}
	v, bits, err := l.number(n)
	if err != nil {
		return nil, err
	}
	switch q.Type {
	case "", "host", "net":
		mask := none
		switch {
		case q.Proto == "decnet":
			return l.host(v, mask, q)
		case q.Proto == "link":
			return nil, l.errorf("illegal link layer address")
		case n.Kind == tNum && q.Type == "net":
			v, mask = byOctets(v)
		default:
			v, mask = v<<(32-bits), mask<<(32-bits)
		}
		return l.host(v, mask, q)
	case "port", "portrange":
		return l.ports(v, v, q)
	case "gateway":
		return nil, l.errorf("'gateway' requires a name")
	case "proto":
		return l.proto(v, q.Proto)
	}
	return l.protochain(v, q.Proto)
}

// number is the value of a number or a dotted address, and its bits.
func (l *lowerer) number(n *Prim) (v uint32, bits int, err error) {
	switch {
	case n.Kind == tNum:
		return n.Num, 32, nil
	case n.Qual.Proto == "decnet":
		var area, node uint32
		if k, _ := fmt.Sscanf(n.Text, "%d.%d", &area, &node); k != 2 {
			return 0, 0, l.errorf("malformed decnet address '%s'", n.Text)
		}
		return area<<10&0xfc00 | node&0x3ff, 32, nil
	}
	v, bits, ok := partialNet(n.Text)
	if !ok {
		return 0, 0, l.errorf("invalid IPv4 address '%s'", n.Text)
	}
	return v, bits, nil
}

// byOctets moves a net number like 10 or 192.168 up to the front, and gives the
// mask that goes with it.
func byOctets(v uint32) (uint32, uint32) {
	mask := none
	for v != 0 && v&0xff000000 == 0 {
		v, mask = v<<8, mask<<8
	}
	return v, mask
}

// masked4 lowers 10.0.0.0/8 and net 10.0.0.0 mask 255.0.0.0 (gen_mcode).
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
	} else if n.Bits > 0 {
		mask = none << (32 - n.Bits)
	}
	if v&^mask != 0 {
		text := fmt.Sprintf("%s/%d", n.Text, n.Bits)
		if n.Mask != "" {
			text = n.Text + " mask " + n.Mask
		}
		return nil, l.errorf("non-network bits set in \"%s\"", text)
	}
	if n.Qual.Type != "net" {
		return nil, l.errorf("Mask syntax for networks only")
	}
	if n.Qual.Proto == "decnet" {
		v &= 0xffff // gen_dnhostop takes what fits
	}
	return l.host(v, mask, n.Qual)
}

// address6 lowers an IPv6 address or net (gen_mcode6).
func (l *lowerer) address6(n *Prim) (cond, error) {
	a, err := netip.ParseAddr(n.Text)
	if err != nil {
		return nil, l.errorf("bogus IPv6 address %s", n.Text)
	}
	bits := 128
	if n.Bits >= 0 {
		bits = n.Bits
	}
	a16 := a.As16()
	for i := range a16 {
		if a16[i]&^byteMask(bits, i) != 0 {
			return nil, l.errorf("non-network bits set in \"%s/%d\"", n.Text, n.Bits)
		}
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
	return l.host6(a16, bits, n.Qual)
}

// byteMask is the i'th byte of a mask of the given length.
func byteMask(bits, i int) byte {
	return ^byte(0xff >> min(max(bits-8*i, 0), 8))
}

// bothWays applies the direction qualifier to a test of one end.
func bothWays(dir string, src, dst func() (cond, error)) (cond, error) {
	switch dir {
	case "src":
		return src()
	case "dst":
		return dst()
	}
	s, err := src()
	if err != nil {
		return nil, err
	}
	d, err := dst()
	if dir == "src and dst" {
		return and(s, d), err
	}
	return or(s, d), err
}

// wlanDir refuses the directions that only 802.11 has.
func (l *lowerer) wlanDir(dir, of string) error {
	switch {
	case !wlanDirs[dir]:
		return nil
	case len(dir) == 5:
		return l.errorf("'%s' and 'address%s' %s", dir, dir[4:], wlanText(of, true))
	}
	return l.errorf("'%s' %s", dir, wlanText(of, false))
}

func wlanText(of string, plural bool) string {
	if of == "" {
		if plural {
			return "are only supported on 802.11 with 802.11 headers"
		}
		return "is only supported on 802.11 with 802.11 headers"
	}
	if plural {
		return "are not valid qualifiers for " + of
	}
	return "is not a valid qualifier for " + of
}

const macsOnly = "addresses other than 802.11 MAC addresses"

// hostIn tests the addresses of one protocol (gen_hostop).
func (l *lowerer) hostIn(typ, v, mask uint32, dir string, src, dst uint32) (cond, error) {
	if err := l.wlanDir(dir, macsOnly); err != nil {
		return nil, err
	}
	at := func(off uint32) func() (cond, error) {
		return func() (cond, error) {
			t, err := l.linktype(typ)
			return and(t, l.test(l.net(off), 4, mask, cmpEQ, v)), err
		}
	}
	return bothWays(dir, at(src), at(dst))
}

// host tests for an IPv4 address or net (gen_host).
func (l *lowerer) host(v, mask uint32, q Qual) (cond, error) {
	what := "host"
	if q.Type == "net" {
		what = "net"
	}
	switch q.Proto {
	case "":
		ip, err := l.hostIn(etherIP, v, mask, q.Dir, 12, 16)
		if err != nil || l.labels > 0 {
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
	case "decnet":
		return l.decnetHost(v, q.Dir)
	case "link":
		return nil, l.errorf("link-layer modifier applied to %s", what)
	case "ip6":
		return nil, l.errorf("'ip6' modifier applied to ip host")
	}
	if name, ok := noHosts[q.Proto]; ok {
		return nil, l.errorf("%s host filtering not implemented", name)
	}
	return nil, l.errorf("'%s' modifier applied to %s", q.Proto, what)
}

var noHosts = map[string]string{
	"atalk": "AppleTalk", "lat": "LAT", "sca": "SCA", "moprc": "MOPRC", "mopdl": "MOPDL",
	"aarp": "AARP", "iso": "ISO", "ipx": "IPX",
}

// host6 tests for an IPv6 address or net (gen_host6).
func (l *lowerer) host6(a [16]byte, bits int, q Qual) (cond, error) {
	what := "host"
	if q.Type == "net" {
		what = "net"
	}
	switch q.Proto {
	case "", "ip6":
	case "link":
		return nil, l.errorf("link-layer modifier applied to ip6 %s", what)
	case "atalk":
		return nil, l.errorf("AppleTalk modifier applied to ip6 %s", what)
	default:
		return nil, l.errorf("'%s' modifier applied to ip6 %s", q.Proto, what)
	}
	if err := l.wlanDir(q.Dir, macsOnly); err != nil {
		return nil, err
	}
	at := func(off uint32) func() (cond, error) {
		return func() (cond, error) {
			t, err := l.linktype(etherIPv6)
			return and(t, l.words(off, a[:], bits)), err
		}
	}
	return bothWays(q.Dir, at(8), at(24))
}

// words compares an address in 32-bit words.
func (l *lowerer) words(off uint32, a []byte, bits int) cond {
	var out cond = cTrue{}
	for i := 0; i < len(a); i += 4 {
		mask := none << (32 - min(max(bits-8*i, 0), 32))
		out = and(out, l.test(l.net(off+uint32(i)), 4, mask, cmpEQ, binary.BigEndian.Uint32(a[i:])))
	}
	return out
}

// decnetHost tests for a DECnet address behind short and long headers, each
// with and without a byte of padding (gen_dnhostop).
func (l *lowerer) decnetHost(v uint32, dir string) (cond, error) {
	if err := l.wlanDir(dir, macsOnly); err != nil {
		return nil, err
	}
	addr := v&0xff<<8 | v>>8&0xff // as it is on the wire
	at := func(short, long uint32) func() (cond, error) {
		return func() (cond, error) {
			decnet, err := l.linktype(etherDECnet)
			long1 := and(l.test(l.net(2), 2, 0xff07, cmpEQ, 0x8106), l.eq(l.net(3+long), 2, addr))
			long0 := and(l.test(l.net(2), 1, 0x07, cmpEQ, 0x06), l.eq(l.net(2+long), 2, addr))
			short1 := and(l.test(l.net(2), 2, 0xff07, cmpEQ, 0x8102), l.eq(l.net(3+short), 2, addr))
			short0 := and(l.test(l.net(2), 1, 0x07, cmpEQ, 0x02), l.eq(l.net(2+short), 2, addr))
			return and(decnet, anyOf(short0, short1, long0, long1)), err
		}
	}
	return bothWays(dir, at(3, 15), at(1, 7))
}

// ethernet lowers a MAC address (gen_ecode).
func (l *lowerer) ethernet(n *Prim) (cond, error) {
	if t := n.Qual.Type; (t != "" && t != "host") || n.Qual.Proto != "link" {
		return nil, l.errorf("ethernet address used in non-ether expression")
	}
	if l.link != 1 {
		return nil, l.errorf("ethernet addresses supported only on ethernet/FDDI/token ring/802.11/ATM LANE/Fibre Channel")
	}
	mac, _ := parseMAC(n.Text)
	return l.etherHost(mac, n.Qual.Dir)
}

// etherHost tests for a MAC address, where there is a link-layer header.
func (l *lowerer) etherHost(mac [6]byte, dir string) (cond, error) {
	if err := l.wlanDir(dir, ""); err != nil {
		return nil, err
	}
	at := func(off uint32) func() (cond, error) {
		return func() (cond, error) { return l.bytes(l.hdr.plus(off), mac[:]), nil }
	}
	c, err := bothWays(dir, at(6), at(0))
	return and(l.present(), c), err
}
