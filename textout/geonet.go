package textout

var geonetNext = []name{{0, "Any"}, {1, "BTP-A"}, {2, "BTP-B"}, {3, "IPv6"}}

// geonetTypes are header types, as type<<4 | subtype; types 0 to 2 have no subtypes.
var geonetTypes = []name{
	{0x00, "Any"}, {0x10, "Beacon"}, {0x20, "GeoUnicast"},
	{0x30, "GeoAnycastCircle"}, {0x31, "GeoAnycastRect"}, {0x32, "GeoAnycastElipse"},
	{0x40, "GeoBroadcastCircle"}, {0x41, "GeoBroadcastRect"}, {0x42, "GeoBroadcastElipse"},
	{0x50, "TopoScopeBcast-SH"}, {0x51, "TopoScopeBcast-MH"},
	{0x60, "LocService-Request"}, {0x61, "LocService-Reply"},
}

const geonetCommonLen = 36

// geonet prints a GeoNetworking packet, ETSI TS 102 636.
func (d *dissector) geonet(b []byte, length int) {
	d.proto = "geonet"
	d.put("GeoNet ")
	if src := d.addr.src; src != nil {
		d.put("src:")
		d.putMAC(src)
	}
	d.put("; ")
	if length < geonetCommonLen {
		d.printf(" (common header length %d < 36)", length)
		d.invalid()
		return
	}
	version, next := d.u8(b, 0)>>4, uint32(b[0]&0xf)
	typ, sub := d.u8(b, 1)>>4, b[1]&0xf
	size, hops := d.u16(b, 4), d.u8(b, 7)
	key := uint32(typ)<<4 | uint32(sub)
	if typ < 3 {
		key = uint32(typ) << 4
	}
	d.printf("v:%d NH:%d-%s HT:%d-%d-%s HopLim:%d Payload:%d ", version, next, d.tok(geonetNext, next, "Unknown"),
		typ, sub, d.tok(geonetTypes, key, "Unknown"), hops, size)
	d.put("GN_ADDR:")
	d.putColonHex(d.bytes(b, 8, 8))
	d.printf(" lat:%d ", d.u32(b, 20))
	d.printf("lon:%d", d.u32(b, 24))
	d.need(b, geonetCommonLen)
	d.geonetBody(key, next, b[geonetCommonLen:], length-geonetCommonLen)
}

// geonetBody prints what follows the common header. Only the headers of some
// types have a known size.
func (d *dissector) geonetBody(key, next uint32, b []byte, length int) {
	size := -1
	switch key {
	case 0x00, 0x10, 0x50:
		size = 0
	case 0x51:
		size = 32
	}
	if size >= 0 {
		if length < size {
			d.printf(" (header size %d > %d)", size, length)
			d.invalid()
			return
		}
		d.need(b, size)
		b, length = b[size:], length-size
		if next == 1 || next == 2 {
			if length < 4 {
				d.printf(" (BTP length %d < 4)", length)
				d.invalid()
				return
			}
			d.printf("; BTP Dst:%d", d.u16(b, 0))
			d.printf(" Src:%d", d.u16(b, 2))
			b, length = b[4:], length-4
			if length >= 2 {
				d.printf("; ItsPduHeader v:%d", d.u8(b, 0))
				d.printf(" t:%d-%s", d.u8(b, 1), d.tok(itsMessages, uint32(b[1]), "unknown (%u)"))
			}
		}
	}
	if d.opt.Verbose > 0 {
		d.dumpAll(b, length)
	}
}

// dumpAll dumps length bytes even if -x does so too; the packet ends where the
// capture does.
func (d *dissector) dumpAll(b []byte, length int) {
	if length <= len(b) {
		d.hexASCII(b[:length], "\n\t")
		return
	}
	d.hexASCII(b[:len(b)&^15], "\n\t")
	d.trunc()
}

// calmFast prints an ISO CALM FAST packet.
func (d *dissector) calmFast(b []byte, length int) {
	d.proto = "calm_fast"
	d.put("CALM FAST")
	if src := d.addr.src; src != nil {
		d.put(" src:")
		d.putMAC(src)
	}
	d.put("; ")
	if length < 2 {
		d.printf(" (length %d < 2)", length)
		d.aoeInvalid(b, length)
		return
	}
	d.printf("SrcNwref:%d; ", d.u8(b, 0))
	d.printf("DstNwref:%d; ", d.u8(b, 1))
	if d.opt.Verbose > 0 {
		d.dumpAll(b[2:], length-2)
	}
}

// msnlb prints a heartbeat of Microsoft's network load balancing.
func (d *dissector) msnlb(b []byte) {
	d.proto = "msnlb"
	d.put("MS NLB heartbeat")
	d.printf(", host priority: %d", d.le32(b, 8))
	d.printf(", cluster IP: %s", d.ip4Text(b, 12))
	d.printf(", host IP: %s", d.ip4Text(b, 16))
}
