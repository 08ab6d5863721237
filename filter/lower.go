package filter

import (
	"fmt"

	"tengu/capture"
)

// Protocol numbers.
const (
	etherIP     = 0x0800
	etherARP    = 0x0806
	etherRARP   = 0x8035
	etherIPv6   = 0x86dd
	etherVLAN   = 0x8100
	etherQinQ   = 0x88a8
	etherOldQ   = 0x9100
	etherMPLS   = 0x8847
	etherPPPoED = 0x8863
	etherPPPoES = 0x8864
	etherATalk  = 0x809b
	etherAARP   = 0x80f3
	etherMTU    = 1500

	protoICMP  = 1
	protoIGMP  = 2
	protoTCP   = 6
	protoIGRP  = 9
	protoUDP   = 17
	protoFrag  = 44
	protoESP   = 50
	protoAH    = 51
	protoICMP6 = 58
	protoPIM   = 103
	protoVRRP  = 112
	protoSCTP  = 132

	linkPPP = capture.LinkType(9) // inside PPPoE
)

// lowerer turns the tree into conditions, left to right: vlan, mpls and pppoes
// move the offsets for everything that is written after them, also across or
// (gencode.c).
type lowerer struct {
	expr string
	opt  *Options
	node Node // being lowered, for errors

	link     capture.LinkType
	linkType uint32 // offset of the protocol field
	linkPL   uint32 // offset of the payload
	nl       uint32 // offset of the network layer within the payload
	nlNoSnap uint32
	mpls     int // labels so far
	sets     []*Set
}

func (l *lowerer) errorf(format string, args ...any) error {
	pos, n := 0, 1
	if l.node != nil {
		pos = l.node.at()
		n = wordEnd(l.expr[pos:])
	}
	return errAt(l.expr, pos, n, format, args...)
}

func wordEnd(s string) int {
	for i := range len(s) {
		if s[i] == ' ' || s[i] == ')' {
			return max(i, 1)
		}
	}
	return max(len(s), 1)
}

// start sets the offsets for the link type.
func (l *lowerer) start() error {
	l.link = l.opt.LinkType
	switch l.link {
	case capture.LinkEthernet:
		l.linkType, l.linkPL, l.nlNoSnap = 12, 14, 3
	case capture.LinkLinuxSLL:
		l.linkType, l.linkPL = 14, 16
	case capture.LinkLinuxSLL2:
		l.linkType, l.linkPL = 0, 20
	case capture.LinkNull, capture.LinkLoop:
		l.linkType, l.linkPL = 0, 4
	case capture.LinkRaw, capture.LinkIPv4, capture.LinkIPv6:
	default:
		return fmt.Errorf("compile filter: link type %v not supported", l.link)
	}
	return nil
}

func (l *lowerer) lower(n Node) (cond, error) {
	switch n := n.(type) {
	case *And:
		return l.pair(n.L, n.R, and)
	case *Or:
		if c, ok, err := l.chain(n); ok || err != nil {
			return c, err
		}
		return l.pair(n.L, n.R, or)
	case *Not:
		c, err := l.lower(n.X)
		return not(c), err
	}
	l.node = n
	switch n := n.(type) {
	case *Prim:
		return l.prim(n)
	case *Proto:
		return l.abbrev(n.Name)
	case *Special:
		return l.special(n)
	case *Rel:
		return l.relation(n)
	}
	panic(fmt.Sprintf("filter: unknown node %T", n))
}

func (l *lowerer) pair(a, b Node, f func(a, b cond) cond) (cond, error) {
	x, err := l.lower(a)
	if err != nil {
		return nil, err
	}
	y, err := l.lower(b)
	return f(x, y), err
}

// at is a test of the network layer at the given offset.
func (l *lowerer) at(off uint32, size uint8, k uint32) cond {
	return l.masked(off, size, k, ^uint32(0))
}

func (l *lowerer) masked(off uint32, size uint8, k, mask uint32) cond {
	if mask == 0 {
		if k == 0 {
			return cTrue{}
		}
		return cFalse{}
	}
	if k&^mask != 0 {
		return cFalse{}
	}
	return cTest{load{Size: size, Off: l.linkPL + l.nl + off}, mask & sizeMask(size), cmpEQ, k}
}

func sizeMask(size uint8) uint32 {
	if size == 4 {
		return ^uint32(0)
	}
	return 1<<(8*size) - 1
}

// frame is a test at an offset from the start of the link-layer header.
func frame(off uint32, size uint8, k uint32) cond {
	return cTest{load{Size: size, Off: off}, sizeMask(size), cmpEQ, k}
}

// transport is a test behind the IPv4 header.
func (l *lowerer) transport(off uint32, size uint8, c cmp, k uint32) cond {
	nl := l.linkPL + l.nl
	return cTest{load{Size: size, Base: baseIPv4, NL: nl, Off: nl + off}, sizeMask(size), c, k}
}

// linktype tests for a protocol above the link layer.
func (l *lowerer) linktype(proto uint32) (cond, error) {
	if l.mpls > 0 {
		return l.mplsType(proto)
	}
	switch l.link {
	case capture.LinkEthernet:
		return l.etherType(proto, l.linkType, false), nil
	case capture.LinkLinuxSLL, capture.LinkLinuxSLL2:
		return l.etherType(proto, l.linkType, true), nil
	case capture.LinkNull, capture.LinkLoop:
		return l.loopbackType(proto), nil
	case linkPPP:
		return frame(l.linkType, 2, pppType(proto)), nil
	}
	return l.rawType(proto), nil
}

// sapPresent says that an LLC header follows: a length instead of a type, or
// LINUX_SLL's code for it.
func (l *lowerer) sapPresent(off uint32, sll bool) cond {
	if sll {
		return frame(off, 2, 4) // LINUX_SLL_P_802_2
	}
	return cNot{cTest{load{Size: 2, Off: off}, 0xffff, cmpGT, etherMTU}}
}

func (l *lowerer) etherType(proto, off uint32, sll bool) cond {
	sap := func(size uint8, v uint32) cond {
		return and(l.sapPresent(off, sll), frame(l.linkPL, size, v))
	}
	snap := func(oui, typ uint32) cond {
		return and(l.sapPresent(off, sll), l.snap(oui, typ))
	}
	switch proto {
	case 0xfe, 0xf0, etherIP & 0xff & 0x06: // ISO, NETBEUI; and IP as a SAP
		return sap(2, proto<<8|proto)
	case 0xe0: // IPX
		raw := sap(2, 0xffff)
		llc := or(frame(l.linkPL, 1, 0xe0), frame(l.linkPL, 2, 0xffff))
		if sll {
			return anyOf(and(l.sapPresent(off, sll), frame(l.linkPL, 1, 0xe0)), snapOrNothing(snap(0, 0x8137)), frame(off, 2, 1), frame(off, 2, 0x8137))
		}
		_ = raw
		return or(and(l.sapPresent(off, sll), or(llc, l.snap(0, 0x8137))), frame(off, 2, 0x8137))
	case etherATalk:
		return or(snap(0x080007, proto), frame(off, 2, proto))
	case etherAARP:
		return or(snap(0, proto), frame(off, 2, proto))
	}
	if proto <= etherMTU {
		return sap(1, proto)
	}
	return frame(off, 2, proto)
}

func snapOrNothing(c cond) cond { return c }

// snap tests for an LLC/SNAP header with the given OUI and type.
func (l *lowerer) snap(oui, typ uint32) cond {
	// aa aa 03, the OUI, the type: gen_snap compares from the end.
	return and(frame(l.linkPL+4, 4, (oui&0xffff)<<16|typ), frame(l.linkPL, 4, 0xaaaa0300|oui>>16))
}

// loopbackType compares the address family, in host order for NULL, which is
// that of the writing machine, and network order for LOOP.
func (l *lowerer) loopbackType(proto uint32) cond {
	var family uint32
	switch proto {
	case etherIP:
		family = 2
	case etherIPv6:
		family = 10
	default:
		return cFalse{}
	}
	if l.link == capture.LinkNull {
		family = family << 24 // little-endian on the machines we run on
	}
	return frame(0, 4, family)
}

func (l *lowerer) rawType(proto uint32) cond {
	switch {
	case proto == etherIP && l.link == capture.LinkIPv4, proto == etherIPv6 && l.link == capture.LinkIPv6:
		return cTrue{}
	case proto == etherIP && l.link == capture.LinkRaw:
		return cTest{load{Size: 1}, 0xf0, cmpEQ, 0x40}
	case proto == etherIPv6 && l.link == capture.LinkRaw:
		return cTest{load{Size: 1}, 0xf0, cmpEQ, 0x60}
	}
	return cFalse{}
}

// pppType maps an Ethernet type to PPP's (ethertype_to_ppptype).
func pppType(proto uint32) uint32 {
	switch proto {
	case etherIP:
		return 0x21
	case etherIPv6:
		return 0x57
	case 0x6003:
		return 0x27
	case etherATalk:
		return 0x29
	case 0x0600:
		return 0x25
	case 0xfe:
		return 0x23
	case 0x42:
		return 0x31
	case 0xe0:
		return 0x2b
	}
	return proto
}

// mplsType looks at the nibble behind the last label (gen_mpls_linktype).
func (l *lowerer) mplsType(proto uint32) (cond, error) {
	last := cTest{load{Size: 1, Off: l.linkPL + l.nl - 4 + 2}, 0x01, cmpEQ, 1}
	nibble := func(k uint32) cond {
		return and(last, l.masked(0, 1, k, 0xf0))
	}
	switch proto {
	case etherIP:
		return nibble(0x40), nil
	case etherIPv6:
		return nibble(0x60), nil
	}
	return nil, l.errorf("unsupported protocol over mpls")
}

// abbrev is a protocol by itself (gen_proto_abbrev).
func (l *lowerer) abbrev(name string) (cond, error) {
	if n, ok := ipProtos[name]; ok {
		return l.proto(n.num, n.over)
	}
	if n, ok := linkProtos[name]; ok {
		return l.linktype(n)
	}
	if n, ok := isoProtos[name]; ok {
		return l.proto(n, "iso")
	}
	switch name {
	case "link":
		return nil, l.errorf("link layer applied in wrong context")
	case "radio":
		return nil, l.errorf("'radio' is not a valid protocol type")
	case "l1", "l2", "iih", "lsp", "snp", "csnp", "psnp":
		var alts []cond
		for _, t := range isisTypes[name] {
			c, err := l.proto(t, "isis")
			if err != nil {
				return nil, err
			}
			alts = append(alts, c)
		}
		return anyOf(alts...), nil
	}
	return nil, l.errorf("syntax error in filter expression")
}

var ipProtos = map[string]struct {
	num  uint32
	over string
}{
	"tcp": {protoTCP, ""}, "udp": {protoUDP, ""}, "sctp": {protoSCTP, ""}, "pim": {protoPIM, ""},
	"ah": {protoAH, ""}, "esp": {protoESP, ""},
	"icmp": {protoICMP, "ip"}, "igmp": {protoIGMP, "ip"}, "igrp": {protoIGRP, "ip"},
	"vrrp": {protoVRRP, "ip"}, "carp": {protoVRRP, "ip"}, "icmp6": {protoICMP6, "ip6"},
}

var linkProtos = map[string]uint32{
	"ip": etherIP, "arp": etherARP, "rarp": etherRARP, "ip6": etherIPv6,
	"atalk": etherATalk, "aarp": etherAARP, "decnet": 0x6003, "sca": 0x6007, "lat": 0x6004,
	"mopdl": 0x6001, "moprc": 0x6002, "iso": 0xfe, "stp": 0x42, "ipx": 0xe0, "netbeui": 0xf0,
}

var isoProtos = map[string]uint32{"esis": 0x82, "isis": 0x83, "clnp": 0x81}

// isisTypes are the PDU types that gen_proto_abbrev joins, in its order.
var isisTypes = map[string][]uint32{
	"l1":   {26, 24, 18, 15, 27}, // filled in evaluation order by tests
	"l2":   {27, 25, 20, 16},
	"iih":  {17, 16, 15},
	"lsp":  {20, 18},
	"snp":  {27, 26, 25, 24},
	"csnp": {25, 24},
	"psnp": {27, 26},
}

// proto tests for protocol v over IPv4, IPv6, either (""), link, iso or isis.
func (l *lowerer) proto(v uint32, over string) (cond, error) {
	switch over {
	case "":
		ip4, err := l.proto(v, "ip")
		if err != nil {
			return nil, err
		}
		ip6, err := l.proto(v, "ip6")
		return or(ip4, ip6), err
	case "link":
		return l.linktype(v)
	case "ip":
		ip, err := l.linktype(etherIP)
		if v > 255 {
			return cFalse{}, err
		}
		return and(ip, l.at(9, 1, v)), err
	case "ip6":
		ip6, err := l.linktype(etherIPv6)
		if v > 255 {
			return cFalse{}, err
		}
		frag := and(l.at(6, 1, protoFrag), l.at(40, 1, v))
		return and(ip6, or(l.at(6, 1, v), frag)), err
	case "iso":
		return l.isoProto(v)
	case "isis":
		isis, err := l.proto(0x83, "iso")
		return and(isis, cTest{load{Size: 1, Off: l.linkPL + l.nlNoSnap + 4}, 0xff, cmpEQ, v}), err
	}
	return nil, l.errorf("'%s' does not encapsulate another protocol", over)
}

func (l *lowerer) isoProto(v uint32) (cond, error) {
	iso, err := l.linktype(0xfe)
	return and(iso, cTest{load{Size: 1, Off: l.linkPL + l.nlNoSnap}, 0xff, cmpEQ, v}), err
}

// notFragment is true for packets that begin a datagram.
func (l *lowerer) notFragment() cond {
	return cNot{cTest{load{Size: 2, Off: l.linkPL + l.nl + 6}, 0xffff, cmpSet, 0x1fff}}
}
