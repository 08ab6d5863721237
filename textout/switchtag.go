package textout

// What switches put into Ethernet frames for their management CPU.

const (
	dsaLen  = 4
	edsaLen = 8
	brcmLen = 4
)

// dsa prints a frame with a Marvell DSA tag.
func (d *dissector) dsa(b []byte, length int) int {
	d.proto = "dsa"
	return d.etherTagged(b, length, dsaLen, func(tag []byte) {
		if d.opt.LinkHeader {
			d.put("Marvell ")
		}
		d.put("DSA ")
		d.dsaTag(tag)
	})
}

// edsa prints a frame with a Marvell DSA tag behind an EtherType.
func (d *dissector) edsa(b []byte, length int) int {
	d.proto = "edsa"
	return d.etherTagged(b, length, edsaLen, func(tag []byte) {
		typ := d.u16(tag, 0)
		if d.opt.LinkHeader {
			d.printf("Marvell EDSA ethertype 0x%04x (%s), ", typ, d.tok(ethertypeNames, uint32(typ), "Unknown"))
			d.printf("rsvd %d %d, ", tag[2], tag[3])
		} else {
			d.printf("EDSA 0x%04x, ", typ)
		}
		d.dsaTag(tag[4:])
	})
}

// etherTagged prints a frame with a tag of n bytes between addresses and type.
func (d *dissector) etherTagged(b []byte, length, n int, print func(tag []byte)) int {
	tag := within(from(b, 12), n)
	return d.etherWith(b, length, tag, func() { print(tag) })
}

func (d *dissector) dsaTag(t []byte) {
	mode, dev, port := t[0]>>6, t[0]&0x1f, t[1]>>3
	vid := d.u16(t, 2) & 0xfff
	third := t[1]&4 != 0 // trunk, or what a sniffer sees is ingress
	if !d.opt.LinkHeader {
		switch mode {
		case 0:
			d.printf("port %d.%d > CPU, ", dev, port)
		case 1:
			d.printf("CPU > port %d.%d, ", dev, port)
		case 2:
			d.printf("port %d.%d > %s Sniffer, ", dev, port, either(third, "Rx", "Tx"))
		case 3:
			d.printf("Forward %s %d.%d, ", either(third, "trunk", "port"), dev, port)
		}
		d.printf("VLAN %d%s, ", vid, either(t[0]&0x20 != 0, "t", "u"))
		return
	}
	d.printf("mode %s, ", d.tok(dsaModes, uint32(mode), "unknown"))
	switch mode {
	case 0:
		code := t[1]>>1&3<<1 | t[2]>>4&1
		d.printf("source dev %d, port %d, code %s, ", dev, port, d.tok(dsaCodes, uint32(code), "reserved"))
	case 1:
		d.printf("target dev %d, port %d, ", dev, port)
	case 2:
		d.printf("source dev %d, port %d, %s sniff, ", dev, port, either(third, "ingress", "egress"))
	case 3:
		d.printf("dev %d, %s %d, ", dev, either(third, "trunk", "port"), port)
	}
	d.put(either(t[0]&0x20 != 0, "tagged, ", "untagged, "))
	d.putIf(t[1]&1 != 0, "CFI, ")
	d.printf("VID %d, FPri %d, ", vid, t[2]>>5)
}

// either returns yes if c holds, else no.
func either(c bool, yes, no string) string {
	if c {
		return yes
	}
	return no
}

// brcm prints a frame with a Broadcom tag behind the addresses.
func (d *dissector) brcm(b []byte, length int) int {
	d.proto = "brcm-tag"
	return d.etherTagged(b, length, brcmLen, d.brcmTag)
}

// brcmPrepend prints a frame with a Broadcom tag before it.
func (d *dissector) brcmPrepend(b []byte, length int) int {
	d.proto = "brcm-tag-prepend"
	d.need(b, brcmLen)
	d.llHdr = brcmLen
	if d.opt.LinkHeader {
		d.brcmTag(b[:brcmLen])
	}
	return brcmLen + d.ether(b[brcmLen:], length-brcmLen)
}

func (d *dissector) brcmTag(t []byte) {
	d.printf("BRCM tag OP: %s", either(t[0] != 0, "IG", "EG"))
	if t[0]&(1<<5) != 0 {
		d.printf(", TC: %d, TE: %s, TS: %d, DST map: 0x%04x", t[1]>>2&7,
			d.tok(brcmTE, uint32(t[1]&3), "unknown"), t[1]>>7, d.u16(t, 2)&0x1ff)
	} else {
		d.printf(", CID: %d, RC: %s, TC: %d, port: %d", t[1],
			d.tok(brcmReasons, uint32(t[2]), "reserved"), t[3]>>5, t[3]&0x1f)
	}
	d.put(", ")
}

// bcmLI prints Broadcom's lawful-intercept shim and what follows it.
func (d *dissector) bcmLI(b []byte, length int) {
	d.proto = "bcm_li"
	if length < 4 {
		d.printf(" (length %d < 4)", length)
		d.invalid()
		return
	}
	shim := d.u32(b, 0)
	verbose := d.opt.Verbose > 0
	kind := shim >> 25 & 0xf
	edge := either(verbose, "\n    ", "")
	d.printf("%sBCM-LI-SHIM: direction %s, pkt-type %s, pkt-subtype %s, li-id %d%s", edge,
		d.tok(bcmDirections, shim>>29, "unknown"), d.tok(bcmTypes, kind, "unknown"),
		d.tok(bcmSubtypes, shim>>22&7, "unknown"), shim&0x3fffff, edge)
	b, length = b[4:], length-4
	if !verbose {
		d.need(b, length)
		return
	}
	if kind == 4 {
		if v := uint32(d.u8(b, 0) >> 4); v == 4 {
			kind = 5
		} else if v == 6 {
			kind = 6
		} else {
			d.put("unknown payload")
			return
		}
	}
	switch kind {
	case 5:
		d.ip4(b, length)
	case 6:
		d.ip6(b, length)
	case 7:
		d.ether(b, length)
	default:
		d.invalid()
	}
}
