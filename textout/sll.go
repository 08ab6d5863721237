package textout

// sllTypes are the packet types of the Linux cooked headers, as -e shows them.
var sllTypes = []name{{0, "In"}, {1, "B"}, {2, "M"}, {3, "P"}, {4, "Out"}}

// Special values of the protocol field (linux/if_ether.h).
const (
	sllNovell = 1
	sllLLC    = 4
)

// sll prints LINKTYPE_LINUX_SLL and returns the length of its header.
func (d *dissector) sll(b []byte, length int) int {
	d.proto = "sll"
	const hdr = 16
	d.need(b, hdr)
	proto := d.u16(b, 14)
	if d.opt.LinkHeader {
		d.sllHeader(b, proto, length)
	}
	return hdr + d.sllPayload(b[hdr:], length-hdr, proto, func(left int) { d.sllHeader(b, proto, left+hdr) })
}

func (d *dissector) sllHeader(b []byte, proto uint16, length int) {
	d.padName(sllTypes, uint32(d.u16(b, 0)), 3)
	d.putByte(' ')
	if d.u16(b, 4) == 6 {
		d.putMAC(b[6:])
		d.putByte(' ')
	}
	d.sllProto(proto, length)
}

func (d *dissector) sllProto(proto uint16, length int) {
	if d.opt.Quiet {
		return
	}
	switch {
	case proto == sllNovell:
		d.put("802.3")
	case proto == sllLLC:
		d.put("802.2")
	default:
		d.put("ethertype ")
		if proto > maxEtherLength {
			d.putTok(ethertypeNames, uint32(proto), "Unknown")
		} else {
			d.put("Unknown")
		}
		d.put(" (0x")
		d.putHex4(proto)
		d.putByte(')')
	}
	d.put(", length ")
	d.putInt(int64(length))
	d.put(": ")
}

// padName prints a name right-aligned.
func (d *dissector) padName(tab []name, v uint32, width int) {
	s, ok := lookup(tab, v)
	if !ok {
		s = "?"
	}
	for i := len(s); i < width; i++ {
		d.putByte(' ')
	}
	d.put(s)
}

// sllPayload prints what follows a cooked header and returns the length of the
// headers it took: VLAN tags, LLC. header prints the cooked header of a packet
// whose wire length is what is left after the tags.
func (d *dissector) sllPayload(b []byte, length int, proto uint16, header func(left int)) int {
	hdr := 0
	d.addr.src, d.addr.dst = nil, nil
	for proto == 0x8100 {
		if len(b) < 4 {
			d.proto = "vlan"
			d.truncMark()
			return hdr + len(b)
		}
		if d.opt.LinkHeader {
			d.tci(d.u16(b, 0))
			d.put(", ")
		}
		proto = d.u16(b, 2)
		if proto <= maxEtherLength {
			proto = sllLLC
		}
		if !d.opt.Quiet {
			d.put("ethertype ")
			d.putTok(ethertypeNames, uint32(proto), "Unknown")
			d.put(", ")
		}
		b, length, hdr = b[4:], length-4, hdr+4
	}
	switch {
	case proto == sllNovell:
		d.ipx(b, length)
	case proto == sllLLC:
		if n, ok := d.llc(b, length); ok {
			hdr += n
		} else {
			d.unknown(b)
		}
	case proto <= maxEtherLength:
		d.unknown(b)
	case !d.ethertype(proto, b, length):
		if !d.opt.LinkHeader {
			header(length)
		}
		d.unknown(b)
	}
	return hdr
}

// sll2 prints LINKTYPE_LINUX_SLL2 and returns the length of its header.
func (d *dissector) sll2(b []byte, length int) int {
	d.proto = "sll2"
	const hdr = 20
	d.need(b, hdr)
	proto := d.u16(b, 0)
	d.sll2Start(b)
	if d.opt.LinkHeader {
		d.sll2Header(b, proto, length)
	}
	return hdr + d.sllPayload(b[hdr:], length-hdr, proto, func(left int) { d.sll2Header(b, proto, left+hdr) })
}

// sll2Start prints interface name and packet type, which are always shown.
func (d *dissector) sll2Start(b []byte) {
	ifname := d.pr.ifname(d.u32(b, 4))
	d.put(ifname)
	for i := len(ifname); i < 5; i++ {
		d.putByte(' ')
	}
	d.putByte(' ')
	typ, ok := lookup(sllTypes, uint32(d.u8(b, 10)))
	if !ok {
		typ = "?"
	}
	d.put(typ)
	for i := len(typ); i < 3; i++ {
		d.putByte(' ')
	}
	d.putByte(' ')
}

func (d *dissector) sll2Header(b []byte, proto uint16, length int) {
	d.put("ifindex ")
	d.putUint(uint64(d.u32(b, 4)))
	d.putByte(' ')
	if d.u8(b, 11) == 6 {
		d.putMAC(b[12:])
		d.putByte(' ')
	}
	d.sllProto(proto, length)
}
