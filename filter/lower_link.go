package filter

import (
	"encoding/binary"

	"tengu/capture"
)

// linktype tests for a protocol above the link layer (gen_linktype).
func (l *lowerer) linktype(proto uint32) (cond, error) {
	if l.labels > 0 {
		return l.mplsType(proto)
	}
	switch l.link {
	case capture.LinkEthernet:
		return l.etherType(proto), nil
	case capture.LinkLinuxSLL:
		return l.sllType(proto), nil
	case capture.LinkLinuxSLL2:
		return l.eq(l.linkType, 2, proto), nil
	case capture.LinkNull, capture.LinkLoop:
		return l.loopbackType(proto), nil
	case linkPPP:
		return l.eq(l.linkType, 2, pppType(proto)), nil
	}
	return l.rawType(proto), nil
}

// hasLength says that the type field is a length, so that LLC follows.
func (l *lowerer) hasLength() cond {
	return not(l.test(l.linkType, 2, none, cmpGT, etherMTU))
}

func (l *lowerer) etherType(proto uint32) cond {
	switch proto {
	case sapISO, sapIP, sapNetBEUI:
		return and(l.hasLength(), l.eq(l.payload, 2, proto<<8|proto))
	case sapIPX:
		llc := or(l.eq(l.payload, 1, sapIPX), l.eq(l.payload, 2, 0xffff))
		return or(l.eq(l.linkType, 2, etherIPX), and(l.hasLength(), or(l.snap(0, etherIPX), llc)))
	case etherATalk:
		return or(l.eq(l.linkType, 2, proto), and(l.hasLength(), l.snap(0x080007, proto)))
	case etherAARP:
		return or(l.eq(l.linkType, 2, proto), and(l.hasLength(), l.snap(0, proto)))
	}
	if proto <= etherMTU {
		return and(l.hasLength(), l.eq(l.linkType.plus(2), 1, proto))
	}
	return l.eq(l.linkType, 2, proto)
}

// The protocol field of LINUX_SLL where it is no Ethernet type.
const (
	sll8023 = 1 // Novell's frames without LLC
	sll8022 = 4 // frames with LLC
)

func (l *lowerer) sllType(proto uint32) cond {
	llc := l.eq(l.linkType, 2, sll8022)
	switch proto {
	case sapISO, sapIP, sapNetBEUI:
		return and(llc, l.eq(l.payload, 2, proto<<8|proto))
	case sapIPX:
		return anyOf(l.eq(l.linkType, 2, etherIPX), l.eq(l.linkType, 2, sll8023),
			and(llc, or(l.eq(l.payload, 1, sapIPX), l.snap(0, etherIPX))))
	case etherATalk:
		return or(l.eq(l.linkType, 2, proto), and(llc, l.snap(0x080007, proto)))
	case etherAARP:
		return or(l.eq(l.linkType, 2, proto), and(llc, l.snap(0, proto)))
	}
	if proto <= etherMTU {
		return and(llc, l.eq(l.hdr.plus(l.payload.off), 1, proto))
	}
	return l.eq(l.linkType, 2, proto)
}

// snap tests for an LLC/SNAP header with the given OUI and type.
func (l *lowerer) snap(oui, typ uint32) cond {
	return l.bytes(l.payload, []byte{0xaa, 0xaa, 3, byte(oui >> 16), byte(oui >> 8), byte(oui), byte(typ >> 8), byte(typ)})
}

// bytes compares from the end, in the largest units that fit (gen_bcmp).
func (l *lowerer) bytes(at place, b []byte) cond {
	var out cond = cTrue{}
	n := len(b)
	for ; n >= 4; n -= 4 {
		out = and(out, l.eq(at.plus(uint32(n-4)), 4, binary.BigEndian.Uint32(b[n-4:])))
	}
	for ; n >= 2; n -= 2 {
		out = and(out, l.eq(at.plus(uint32(n-2)), 2, uint32(binary.BigEndian.Uint16(b[n-2:]))))
	}
	return out
}

// Address families of NULL and LOOP. Files may come from any system, so that
// all numbers of IPv6 count; on a live Linux interface only Linux's does.
const (
	afINET       = 2
	afINET6Linux = 10
	afINET6BSD   = 24
	afINET6Free  = 28
	afINET6Mac   = 30
)

// loopbackType compares the address family: in the byte order of the capturing
// machine for NULL, which on the machines we run on is little-endian, and in
// network order for LOOP.
func (l *lowerer) loopbackType(proto uint32) cond {
	family := func(v uint32) cond {
		if l.link == capture.LinkNull {
			v = v << 24
		}
		return l.eq(l.hdr, 4, v)
	}
	switch {
	case proto == etherIP:
		return family(afINET)
	case proto == etherIPv6 && l.opt.Live:
		return family(afINET6Linux)
	case proto == etherIPv6:
		return anyOf(family(afINET6Mac), family(afINET6BSD), family(afINET6Free))
	}
	return cFalse{}
}

func (l *lowerer) rawType(proto uint32) cond {
	switch {
	case proto == etherIP && l.link == capture.LinkIPv4, proto == etherIPv6 && l.link == capture.LinkIPv6:
		return cTrue{}
	case proto == etherIP && l.link == capture.LinkRaw:
		return l.test(l.hdr, 1, 0xf0, cmpEQ, 0x40)
	case proto == etherIPv6 && l.link == capture.LinkRaw:
		return l.test(l.hdr, 1, 0xf0, cmpEQ, 0x60)
	}
	return cFalse{}
}

// mplsType looks at the nibble behind the last label (gen_mpls_linktype).
func (l *lowerer) mplsType(proto uint32) (cond, error) {
	nibble := map[uint32]uint32{etherIP: 0x40, etherIPv6: 0x60}[proto]
	if nibble == 0 {
		return nil, l.errorf("unsupported protocol over mpls")
	}
	last := l.test(l.net(^uint32(1)), 1, 0x01, cmpEQ, 0x01)
	return and(last, l.test(l.net(0), 1, 0xf0, cmpEQ, nibble)), nil
}

// present says that a link-layer header is there, where a tunnel may lack it:
// then header and payload are the same place (gen_prevlinkhdr_check).
func (l *lowerer) present() cond {
	if !l.tunnel {
		return cTrue{}
	}
	return not(cRel{cmpEQ, eVar(l.hdr.reg - 1), eVar(l.payload.reg - 1)})
}
