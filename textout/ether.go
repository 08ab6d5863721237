package textout

const (
	etherHdrLen    = 14
	maxEtherLength = 1500
)

// ether prints an Ethernet frame and returns the length of its header, tags
// included.
func (d *dissector) ether(b []byte, length int) int {
	d.proto = "ether"
	return d.etherWith(b, length, nil, nil)
}

// etherWith is ether with a switch tag between the addresses and the type, as
// long as tag, which printTag shows (ether_common_print).
func (d *dissector) etherWith(b []byte, length int, tag []byte, printTag func()) int {
	if length < len(b) {
		d.put("[length ")
		d.putInt(int64(length))
		d.put(" < caplen ")
		d.putInt(int64(len(b)))
		d.putByte(']')
		d.invalid()
		return length
	}
	if len(b) < etherHdrLen+len(tag) {
		d.truncMark()
		return len(b)
	}
	dst, src := b[:6], b[6:12]
	d.addr.src, d.addr.dst = src, dst
	if d.opt.LinkHeader {
		d.etherAddresses(src, dst)
	}
	if printTag != nil {
		printTag()
	}
	hdr := 12 + len(tag)
	return hdr + d.etherRest(b[hdr:], length-hdr, length)
}

// etherRest prints from the type on; total is the length of the whole frame. It
// returns how long the header was from here on.
func (d *dissector) etherRest(b []byte, length, total int) (hdr int) {
	typ := d.u16(b, 0)
	b, length, hdr = b[2:], length-2, 2
	printed := false
	if typ == etherMACsec {
		if d.opt.LinkHeader {
			d.etherType(typ, total, false)
			printed = true
		}
		rest, restLen, ok := d.macsec(b, length)
		if !ok {
			return hdr + len(b) - len(rest)
		}
		hdr += macsecTagLen(b)
		typ = d.u16(rest, 0)
		b, length, hdr = rest[2:], restLen-2, hdr+2
	}
	for isVLAN(typ) {
		if len(b) < 4 || length < 4 {
			d.proto = "vlan"
			d.truncMark()
			return hdr + min(len(b), length)
		}
		if d.opt.LinkHeader {
			d.etherType(typ, total, printed)
			printed = true
			d.tci(d.u16(b, 0))
			d.put(", ")
		}
		typ = d.u16(b, 2)
		b, length, hdr = b[4:], length-4, hdr+4
	}
	switch {
	case typ <= maxEtherLength:
		return hdr + d.etherLLC(b, length, int(typ), printed)
	case typ == etherJumbo:
		return hdr + d.llcOrDump(b, length)
	case typ == etherArista:
		return hdr + d.aristaEther(b, length, total)
	}
	if d.opt.LinkHeader {
		d.etherType(typ, total, printed)
	}
	if !d.ethertype(typ, b, length) {
		if !d.opt.LinkHeader {
			d.etherAddresses(d.addr.src, d.addr.dst)
			d.etherType(typ, total, false)
		}
		d.unknown(b)
	}
	return hdr
}

// etherLLC prints an 802.3 frame: what stands for the type is the length.
func (d *dissector) etherLLC(b []byte, length, claimed int, printed bool) int {
	length = min(length, claimed)
	b = within(b, length)
	if d.opt.LinkHeader {
		d.put("802.3")
		if !printed {
			d.put(", length ")
			d.putInt(int64(length))
			d.put(": ")
		}
	}
	return d.llcOrDump(b, length)
}

// llcOrDump prints LLC, dumping what it does not know, and returns the length of
// its header.
func (d *dissector) llcOrDump(b []byte, length int) int {
	hdr, ok := d.llc(b, length)
	if !ok {
		d.unknown(b)
	}
	return hdr
}

func (d *dissector) etherAddresses(src, dst []byte) {
	d.putMAC(src)
	d.put(" > ")
	d.putMAC(dst)
	d.put(", ")
}

// etherType prints the type and, once, the frame's length.
func (d *dissector) etherType(typ uint16, total int, printed bool) {
	if !d.opt.Quiet {
		d.put("ethertype ")
		d.putTok(ethertypeNames, uint32(typ), "Unknown")
		d.put(" (0x")
		d.putHex4(typ)
		d.putByte(')')
	} else {
		d.putTok(ethertypeNames, uint32(typ), "Unknown Ethertype (0x%04x)")
	}
	if printed {
		d.put(", ")
		return
	}
	d.put(", length ")
	d.putInt(int64(total))
	d.put(": ")
}

// tci prints an 802.1Q tag (ieee8021q_tci_string).
func (d *dissector) tci(tci uint16) {
	d.put("vlan ")
	d.putUint(uint64(tci & 0xfff))
	d.put(", p ")
	d.putUint(uint64(tci >> 13))
	if tci&0x1000 != 0 {
		d.put(", DEI")
	}
}

func isVLAN(typ uint16) bool {
	return typ == 0x8100 || typ == 0x88a8 || typ == 0x9100 || typ == 0x9200
}
