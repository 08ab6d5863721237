package textout

// Slow protocols, IEEE 802.3 annex 57B.
const (
	slowLACP   = 1
	slowMarker = 2
	slowOAM    = 3

	oamInfoLen  = 16
	oamEventLen = 40
)

// slow prints LACP, its marker protocol, or Ethernet OAM.
func (d *dissector) slow(b []byte, length int) {
	d.proto = "slow"
	short := func() { d.put(either(d.opt.Verbose > 0, "\n\t\t packet is too short", " (packet is too short)")) }
	if length < 1 {
		short()
		return
	}
	sub := d.u8(b, 0)
	name := d.tok(slowProtocols, uint32(sub), "unknown (%u)")
	switch sub {
	case slowLACP, slowMarker:
		if length < 2 {
			short()
			return
		}
		if v := d.u8(b, 1); v != 1 {
			d.printf("%s version %d packet not supported", either(sub == slowLACP, "LACP", "MARKER"), v)
			return
		}
		d.printf("%sv1, length %d", name, length)
		if d.opt.Verbose > 0 {
			d.lacp(b[2:], length-2, sub)
		}
	case slowOAM:
		d.printf("%s, length %d", name, length)
		if d.opt.Verbose > 0 {
			d.oam(b[1:], length-1)
		}
	default:
		d.printf("%s, length %d", name, length)
		d.unknownData(b, "\n\t", length)
	}
}

// tooShort ends a slow protocol's list.
func (d *dissector) tooShort() { d.put("\n\t\t packet is too short") }

// lacp prints the TLVs of LACP or of the marker protocol.
func (d *dissector) lacp(b []byte, length int, sub byte) {
	for length > 0 {
		if length < 2 {
			d.tooShort()
			return
		}
		typ, n := d.u8(b, 0), int(d.u8(b, 1))
		kind := uint32(sub)<<8 + uint32(typ)
		d.printf("\n\t%s TLV (0x%02x), length %d", d.tok(slowTLVs, kind, "Unknown"), typ, n)
		if typ == 0 {
			return
		}
		if n < 2 {
			d.put("\n\t    ERROR: illegal length - should be >= 2")
			return
		}
		if length < n {
			d.tooShort()
			return
		}
		d.need(b, n)
		d.lacpTLV(kind, b[2:n])
		if d.opt.Verbose > 1 {
			d.unknownData(b[2:], "\n\t  ", n-2)
		}
		b, length = b[n:], length-n
	}
}

func (d *dissector) lacpTLV(kind uint32, v []byte) {
	size := map[uint32]int{0x101: 18, 0x102: 18, 0x103: 14, 0x201: 14}[kind]
	if size == 0 {
		if d.opt.Verbose <= 1 {
			d.unknownData(v, "\n\t  ", len(v))
		}
		return
	}
	if len(v) != size {
		d.printf("\n\t    ERROR: illegal length - should be %d", size+2)
		return
	}
	switch kind {
	case 0x101, 0x102:
		d.printf("\n\t  System %s, System Priority %d, Key %d, Port %d, Port Priority %d\n\t  State Flags [%s]",
			d.macText(v, 2), d.u16(v, 0), d.u16(v, 8), d.u16(v, 12), d.u16(v, 10), d.flags(lacpStates, uint32(v[14]), "none"))
	case 0x103:
		d.printf("\n\t  Max Delay %d", d.u16(v, 0))
	case 0x201:
		d.printf("\n\t  Request System %s, Request Port %d, Request Transaction ID 0x%08x", d.macText(v, 2), d.u16(v, 0), d.u32(v, 8))
	}
}

// oam prints an Ethernet OAM packet, IEEE 802.3 clause 57.
func (d *dissector) oam(b []byte, length int) {
	if length < 3 {
		d.tooShort()
		return
	}
	d.need(b, 3)
	flags, code := d.u16(b, 0), b[2]
	d.printf("\n\tCode %s OAM PDU, Flags [%s]", d.tok(oamCodes, uint32(code), "Unknown (%u)"), d.flags(oamFlags, uint32(flags), "none"))
	b, length = b[3:], length-3
	switch code {
	case 0:
		d.oamTLVs(b, length, oamInfoTypes, "Information", d.oamInfo)
	case 1:
		if length < 2 {
			d.tooShort()
			return
		}
		d.printf("\n\t  Sequence Number %d", d.u16(b, 0))
		d.oamTLVs(b[2:], length-2, oamLinkEvents, "Link Event", d.oamEvent)
	case 4:
		if length < 1 {
			d.tooShort()
			return
		}
		d.printf("\n\t  Command %s (%d)", d.tok(oamLoopbacks, uint32(d.u8(b, 0)), "Unknown"), b[0])
	default:
		if d.opt.Verbose <= 1 {
			d.unknownData(b, "\n\t  ", length)
		}
	}
}

// oamTLVs prints a list of TLVs; print returns false for what is to be dumped.
func (d *dissector) oamTLVs(b []byte, length int, names []name, word string, print func(typ byte, b []byte) bool) {
	for length > 0 {
		if length < 2 {
			d.tooShort()
			return
		}
		typ, n := d.u8(b, 0), int(d.u8(b, 1))
		d.printf("\n\t  %s %s Type (%d), length %d", d.tok(names, uint32(typ), "Reserved"), word, typ, n)
		if typ == 0 {
			return
		}
		if n < 2 {
			d.put("\n\t    ERROR: illegal length - should be >= 2")
			return
		}
		if length < n {
			d.tooShort()
			return
		}
		d.need(b, n)
		if !print(typ, b[:n]) || d.opt.Verbose > 1 {
			d.unknownData(b, "\n\t  ", n)
		}
		b, length = b[n:], length-n
	}
}

func (d *dissector) oamInfo(typ byte, b []byte) bool {
	if typ != 1 && typ != 2 {
		return false
	}
	if len(b) != oamInfoLen {
		d.printf("\n\t    ERROR: illegal length - should be %d", oamInfoLen)
		return false
	}
	d.printf("\n\t    OAM-Version %d, Revision %d", b[2], d.u16(b, 3))
	d.printf("\n\t    State-Parser-Action %s, State-MUX-Action %s", d.tok(oamParserStates, uint32(b[5]&3), "Reserved"),
		d.tok(oamMuxStates, uint32(b[5]&4), "Reserved"))
	d.printf("\n\t    OAM-Config Flags [%s], OAM-PDU-Config max-PDU size %d", d.flags(oamConfigs, uint32(b[6]), "none"), d.u16(b, 7)&0x7ff)
	oui := d.u24(b, 9)
	d.printf("\n\t    OUI %s (0x%06x), Vendor-Private 0x%08x", d.tok(ouiNames, oui, "Unknown"), oui, d.u32(b, 12))
	return true
}

func (d *dissector) oamEvent(typ byte, b []byte) bool {
	if typ < 1 || typ > 4 {
		return false
	}
	if len(b) != oamEventLen {
		d.printf("\n\t    ERROR: illegal length - should be %d", oamEventLen)
		return false
	}
	d.printf("\n\t    Timestamp %d ms, Errored Window %d\n\t    Errored Threshold %d\n\t    Errors %d"+
		"\n\t    Error Running Total %d\n\t    Event Running Total %d", int(d.u16(b, 2))*100, d.u64(b, 4), d.u64(b, 12),
		d.u64(b, 20), d.u64(b, 28), d.u32(b, 36))
	return true
}
