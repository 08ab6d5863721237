package filter

import (
	"fmt"
	"slices"

	"tengu/capture"
)

// place is an offset in the frame: off, plus the value of an offset register if
// reg is not 0 (register reg-1).
type place struct {
	reg uint8
	off uint32
}

func (p place) plus(n uint32) place { return place{p.reg, p.off + n} }

// lowerer turns the tree into conditions, left to right: vlan, mpls, pppoes,
// geneve and vxlan move the offsets for everything that is written after them,
// also across or (gencode.c). It tests in the order in which libpcap tests,
// because a load past the end of a packet rejects it at once.
type lowerer struct {
	expr string
	opt  *Options
	node Node // being lowered, for errors

	link     capture.LinkType
	hdr      place  // the link-layer header
	linkType place  // the protocol field
	payload  place  // what follows the link-layer header
	nl       uint32 // offset of the network layer within the payload
	nlNoSnap uint32 // the same without a SNAP header
	labels   int    // of MPLS, so far
	tunnel   bool   // the link-layer header is inside geneve or vxlan, and may be missing

	regs  int   // arithmetic and offset registers in use, as libpcap counts them
	vars  uint8 // offset registers
	noOpt bool  // libpcap does not optimise this expression
	sets  []*Set
}

// maxRegs is how many registers libpcap has.
const maxRegs = 16

func (l *lowerer) errorf(format string, args ...any) error {
	pos := 0
	if l.node != nil {
		pos = min(l.node.at(), len(l.expr))
	}
	return errAt(l.expr, pos, wordEnd(l.expr[pos:]), format, args...)
}

// start sets the offsets for the link type.
func (l *lowerer) start() error {
	l.link = l.opt.LinkType
	switch l.link {
	case capture.LinkEthernet:
		l.linkType.off, l.payload.off, l.nlNoSnap = 12, 14, 3
	case capture.LinkLinuxSLL:
		l.linkType.off, l.payload.off = 14, 16
	case capture.LinkLinuxSLL2:
		l.linkType.off, l.payload.off = 0, 20
	case capture.LinkNull, capture.LinkLoop:
		l.linkType.off, l.payload.off = 0, 4
	case capture.LinkRaw, capture.LinkIPv4, capture.LinkIPv6:
	default:
		return fmt.Errorf("compile filter: link type %v not supported", l.link)
	}
	return nil
}

func (l *lowerer) lower(n Node) (cond, error) {
	switch n := n.(type) {
	case *And:
		return l.joined(n)
	case *Or:
		return l.joined(n)
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

// term is one operand of a chain of and and or, with the operator before it.
type term struct {
	op string
	n  Node
}

// joined lowers a chain of and and or, which leans to the left and may be long:
// by a loop, not by recursion. A run of like alternatives becomes a set.
func (l *lowerer) joined(n Node) (cond, error) {
	terms := termsOf(n)
	var c cond
	for i := 0; i < len(terms); {
		var x cond
		var err error
		op, n := terms[i].op, 1
		if op != "and" {
			n = run(terms[i:])
		}
		if n >= minChain && !l.opt.NoOptimize {
			x, err = l.chain(terms[i : i+n])
		} else {
			n = 1
			x, err = l.lower(terms[i].n)
		}
		if err != nil {
			return nil, err
		}
		switch op {
		case "":
			c = x
		case "and":
			c = and(c, x)
		default:
			c = or(c, x)
		}
		i += n
	}
	return c, nil
}

// termsOf lays a chain out from left to right.
func termsOf(n Node) []term {
	var terms []term
	for {
		switch x := n.(type) {
		case *And:
			terms, n = append(terms, term{"and", x.R}), x.L
			continue
		case *Or:
			terms, n = append(terms, term{"or", x.R}), x.L
			continue
		}
		break
	}
	terms = append(terms, term{"", n})
	slices.Reverse(terms)
	return terms
}

// none is a mask that lets everything through: there is no AND.
const none = ^uint32(0)

func sizeMask(size uint8) uint32 {
	if size == 4 {
		return ^uint32(0)
	}
	return 1<<(8*size) - 1
}

// test compares what stands at a place (gen_ncmp).
func (l *lowerer) test(at place, size uint8, mask uint32, c cmp, k uint32) cond {
	return l.fieldAt(at, size).test(mask, c, k)
}

func compared(v expr, mask uint32, c cmp, k uint32) cond {
	if mask != none {
		v = eBin{"&", v, eConst(mask)}
	}
	return cRel{c, v, eConst(k)}
}

// eq is a test for equality.
func (l *lowerer) eq(at place, size uint8, k uint32) cond {
	return l.test(at, size, none, cmpEQ, k)
}

// net is a place in the network-layer header.
func (l *lowerer) net(off uint32) place { return l.payload.plus(l.nl + off) }

// noSnap is a place in a network-layer header that has no SNAP before it.
func (l *lowerer) noSnap(off uint32) place { return l.payload.plus(l.nlNoSnap + off) }

// transport compares what stands behind the IPv4 header.
func (l *lowerer) transport(off uint32, size uint8, mask uint32, c cmp, k uint32) cond {
	return l.behindIPv4(off, size).test(mask, c, k)
}

// ipLength is the length of the IPv4 header plus the network layer's offset
// register (gen_loadx_iphdrlen).
func (l *lowerer) ipLength() expr {
	nl := l.net(0)
	reg := eVar(nl.reg - 1)
	first := eLoad{load{Size: 1, Off: nl.off}, reg}
	return eBin{"+", eBin{"<<", eBin{"&", first, eConst(0xf)}, eConst(2)}, reg}
}

// notFragment is true for packets that begin a datagram.
func (l *lowerer) notFragment() cond {
	return not(l.test(l.net(6), 2, none, cmpSet, 0x1fff))
}

// proto tests for protocol v over IPv4, IPv6, either (""), link, iso or isis
// (gen_proto).
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
		return and(ip, l.eq(l.net(9), 1, v)), err
	case "ip6":
		ip6, err := l.linktype(etherIPv6)
		frag := and(l.eq(l.net(6), 1, protoFrag), l.eq(l.net(40), 1, v))
		return and(ip6, or(l.eq(l.net(6), 1, v), frag)), err
	case "iso":
		iso, err := l.linktype(sapISO)
		return and(iso, l.eq(l.noSnap(0), 1, v)), err
	case "isis":
		isis, err := l.proto(isoProtos["isis"], "iso")
		return and(isis, l.eq(l.noSnap(4), 1, v)), err
	}
	if text, ok := noCarriers[over]; ok {
		return nil, l.errorf("%s", text)
	}
	return nil, l.errorf("'%s proto' is bogus", over)
}

var noCarriers = map[string]string{
	"arp": "arp does not encapsulate another protocol", "rarp": "rarp does not encapsulate another protocol",
	"atalk": "AppleTalk encapsulation is not specifiable", "decnet": "DECNET encapsulation is not specifiable",
	"lat": "LAT does not encapsulate another protocol", "sca": "SCA does not encapsulate another protocol",
	"moprc": "MOPRC does not encapsulate another protocol", "mopdl": "MOPDL does not encapsulate another protocol",
	"clnp": "'clnp proto' is not supported",
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
	}
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
