package textout

import (
	"encoding/binary"

	"tengu/capture"
)

// linkLayer prints from the link-layer header on.
func (d *dissector) linkLayer(k *capture.Packet) {
	b, length := k.Data, int(k.WireLen)
	switch k.Iface.LinkType {
	case capture.LinkEthernet:
		d.proto = "ether"
		d.llHdr = d.ether(b, length)
	case capture.LinkRaw, capture.LinkIPv4, capture.LinkIPv6:
		d.raw(b, length)
	case capture.LinkLinuxSLL:
		d.llHdr = d.sll(b, length)
	case capture.LinkLinuxSLL2:
		d.llHdr = d.sll2(b, length)
	case capture.LinkNull, capture.LinkLoop:
		d.null(b, length)
	default:
		if !d.otherLink(k) {
			d.put("UNSUPPORTED")
			d.hexASCII(b, "\n\t")
		}
	}
}

// unknown dumps what has no printer (ND_DEFAULTPRINT).
func (d *dissector) unknown(b []byte) {
	if d.opt.suppressDefault() {
		return
	}
	d.hexASCII(b, "\n\t")
}

// suppressDefault says that -x or -X show the bytes anyway, or -q wants none.
func (o *Options) suppressDefault() bool { return o.Hex > 0 || o.HexASCII > 0 || o.Quiet }

// raw prints DLT_RAW and its relatives: an IP header comes first.
func (d *dissector) raw(b []byte, length int) {
	d.proto = "raw"
	if d.opt.LinkHeader {
		d.put("ip: ")
	}
	d.ipN(b, length)
}

// ipN prints IPv4 or IPv6, by the version in the header.
func (d *dissector) ipN(b []byte, length int) {
	d.proto = "ipn"
	if length < 1 {
		d.put("truncated-ip ")
		d.putInt(int64(length))
		return
	}
	switch v := d.u8(b, 0) >> 4; v {
	case 4:
		d.ip4(b, length)
	case 6:
		d.ip6(b, length)
	default:
		d.put("unknown ip ")
		d.putUint(uint64(v))
	}
}

var afNames = []name{
	{2, "IPv4"}, {6, "NS"}, {7, "ISO"}, {16, "Appletalk"}, {23, "IPX"}, {24, "IPv6"}, {28, "IPv6"}, {30, "IPv6"},
}

// null prints the BSD loopback header: an address family, in the byte order of
// whoever captured (DLT_NULL) or of the network (DLT_LOOP).
func (d *dissector) null(b []byte, length int) {
	d.proto = "null"
	const hdr = 4
	d.need(b, hdr)
	family := binary.LittleEndian.Uint32(b)
	// tcpdump swaps what cannot be a family in this order (print-null.c).
	if family&0xffff0000 != 0 {
		family = binary.BigEndian.Uint32(b)
	}
	if d.opt.LinkHeader {
		d.nullHeader(family, length)
	}
	d.llHdr = hdr
	b, length = b[hdr:], length-hdr
	switch family {
	case 2:
		d.ip4(b, length)
	case 24, 28, 30:
		d.ip6(b, length)
	case 7:
		d.isoclns(b, length)
	case 16:
		d.atalk(b, length)
	case 23:
		d.ipx(b, length)
	default:
		if !d.opt.LinkHeader {
			d.nullHeader(family, length+hdr)
		}
		d.unknown(b)
	}
}

func (d *dissector) nullHeader(family uint32, length int) {
	if !d.opt.Quiet {
		d.put("AF ")
		d.putTok(afNames, family, "Unknown")
		d.put(" (")
		d.putUint(uint64(family))
		d.putByte(')')
	} else {
		d.putTok(afNames, family, "Unknown AF %u")
	}
	d.put(", length ")
	d.putInt(int64(length))
	d.put(": ")
}
