package textout

// Service access points (llc.h).
const (
	sapNull    = 0x00
	sapGlobal  = 0xff
	sapBridge  = 0x42
	sapIP      = 0x06
	sapIPX     = 0xe0
	sapNetBEUI = 0xf0
	sapISO     = 0xfe
	sapSNAP    = 0xaa
)

var sapNames = []name{
	{sapNull, "Null"}, {0x01, "Global"}, {0x02, "8021B_I"}, {0x03, "8021B_G"}, {sapIP, "IP"}, {0x0e, "ProWay NM"},
	{sapBridge, "STP"}, {0x4e, "EIA RS-511"}, {0x8e, "ProWay-ASLM"}, {0xaa, "SNAP"}, {0xbc, "VINES"}, {sapNetBEUI, "NetBeui"},
	{sapIPX, "IPX"}, {sapISO, "ISO"}, {0xff, "Global"}, {0x04, "SNA"},
}

var llcCommands = []name{
	{0x03, "ui"}, {0xaf, "xid"}, {0xe3, "test"}, {0x6f, "sabme"}, {0x0f, "dm"}, {0x43, "disc"}, {0x63, "ua"}, {0x87, "frmr"}, {0x0f, "dm"},
}

var llcSupervisory = []name{{0, "Receiver Ready"}, {1, "Receiver not Ready"}, {2, "Reject"}}

var llcFlags = []name{{0, "Command"}, {1, "Response"}, {2, "Poll"}, {3, "Final"}}

// llc prints IEEE 802.2 and returns the length of its header, and whether it knew
// what it carries (llc_print).
func (d *dissector) llc(b []byte, length int) (hdr int, known bool) {
	d.proto = "llc"
	if len(b) < 3 || length < 3 {
		d.truncMark()
		return len(b), true
	}
	dsap, ssap := b[0], b[1]
	control, n, u := uint16(b[2]), 3, true
	if b[2]&3 != 3 {
		if len(b) < 4 || length < 4 {
			d.truncMark()
			return len(b), true
		}
		control, n, u = uint16(b[2])|uint16(b[3])<<8, 4, false
	}
	_ = n
	if ssap == sapGlobal && dsap == sapGlobal {
		// Novell's raw 802.3: no LLC, IPX begins here.
		if d.opt.LinkHeader {
			d.put("IPX 802.3: ")
		}
		d.ipx(b, length)
		return 0, true
	}
	d2 := dsap &^ 1
	if d.opt.LinkHeader {
		d.llcHeader(dsap, ssap, control, u)
	}
	switch {
	case ssap&^1 == sapSNAP && d2 == sapSNAP && u && control == 3:
		return d.snap(b, length)
	case ssap == sapBridge && d2 == sapBridge && u && control == 3:
		d.stp(b[3:], length-3)
		return 3, true
	case ssap == sapIP && d2 == sapIP && u && control == 3:
		d.ip4(b[4:], length-4)
		return 4, true
	case ssap == sapIPX && d2 == sapIPX && u && control == 3:
		if d.opt.LinkHeader {
			d.put("IPX 802.2: ")
		}
		d.ipx(b[3:], length-3)
		return 3, true
	case ssap&^1 == sapNetBEUI && d2 == sapNetBEUI && d.netbeui(control, b, length, n, u):
		return n, true
	case ssap&^1 == sapISO && d2 == sapISO && u && control == 3:
		d.isoclns(b[3:], length-3)
		return 3, true
	}
	return d.llcRest(b, length, dsap, ssap, control, n, u)
}

func (d *dissector) llcHeader(dsap, ssap uint8, control uint16, u bool) {
	d.put("LLC, dsap ")
	d.sap(dsap&^1, dsap&1, "Individual", "Group")
	d.put(", ssap ")
	d.sap(ssap&^1, ssap&1, "Command", "Response")
	d.put(", ctrl 0x")
	if u {
		d.putHex2(uint8(control))
	} else {
		d.putHex4(control)
	}
	d.put(": ")
}

func (d *dissector) sap(v, bit uint8, off, on string) {
	d.putTok(sapNames, uint32(v), "Unknown")
	d.put(" (0x")
	d.putHex2(v)
	d.put(") ")
	if bit == 0 {
		d.put(off)
	} else {
		d.put(on)
	}
}

// llcRest prints frames whose payload is not decoded.
func (d *dissector) llcRest(b []byte, length int, dsap, ssap uint8, control uint16, n int, u bool) (int, bool) {
	if !d.opt.LinkHeader {
		if d.addr.src != nil && !d.opt.Quiet {
			d.putMAC(d.addr.src)
			d.put(" > ")
			d.putMAC(d.addr.dst)
			d.putByte(' ')
		}
		d.llcSummary(dsap, ssap, control, u)
	}
	_ = u
	d.llcControl(ssap, control, u)
	d.put(", length ")
	d.putInt(int64(length - n + 0))
	return n, false
}

func (d *dissector) llcSummary(dsap, ssap uint8, control uint16, u bool) {
	d.llcHeader(dsap, ssap, control, u)
}

func (d *dissector) llcControl(ssap uint8, control uint16, u bool) {
	pf := control >> 8 & 1
	if u {
		pf = control >> 4 & 1
	}
	flags := uint32(ssap&1) | uint32(pf)<<1
	if u {
		d.put("Unnumbered, ")
		d.putTok(llcCommands, uint32(control&0xef), "%02x")
		d.put(", Flags [")
	} else if control&1 == 0 {
		d.put("Information, send seq ")
		d.putUint(uint64(control >> 1 & 0x7f))
		d.put(", rcv seq ")
		d.putUint(uint64(control >> 9 & 0x7f))
		d.put(", Flags [")
	} else {
		d.put("Supervisory, ")
		d.putTok(llcSupervisory, uint32(control>>2&3), "?")
		d.put(", rcv seq ")
		d.putUint(uint64(control >> 9 & 0x7f))
		d.put(", Flags [")
	}
	d.putTok(llcFlags, flags, "?")
	d.putByte(']')
}

// snap prints the SNAP header and what it carries.
func (d *dissector) snap(b []byte, length int) (int, bool) {
	b, length = b[3:], length-3
	if len(b) < 5 || length < 5 {
		d.proto = "snap"
		d.truncMark()
		return 3 + len(b), true
	}
	oui := d.u24(b, 0)
	typ := d.u16(b, 3)
	if d.opt.LinkHeader {
		d.put("oui ")
		d.putTok(ouiNames, oui, "Unknown")
		d.put(" (0x")
		d.putHexW(uint64(oui), 6)
		d.put("), ")
		if oui == 0 {
			d.put("ethertype ")
			d.putTok(ethertypeNames, uint32(typ), "Unknown")
			d.put(" (0x")
			d.putHex4(typ)
			d.putByte(')')
		} else {
			d.put("pid ")
			d.put("Unknown (0x")
			d.putHex4(typ)
			d.putByte(')')
		}
		d.put(", length ")
		d.putInt(int64(length - 5))
		d.put(": ")
	}
	rest, n := b[5:], length-5
	const hdr = 8
	switch oui {
	case 0x000000, 0x0000f8:
		if d.ethertype(typ, rest, n) {
			return hdr, true
		}
	case 0x080007:
		if typ == 0x809b {
			d.ethertype(typ, rest, n)
			return hdr, true
		}
	case 0x00000c:
		if d.ciscoSNAP(typ, rest, n) {
			return hdr, true
		}
	case 0x0080c2:
		if d.bridgedSNAP(typ, rest, n) {
			return hdr, true
		}
	}
	if !d.opt.LinkHeader {
		d.put("oui ")
		d.putTok(ouiNames, oui, "Unknown")
		d.put(" (0x")
		d.putHexW(uint64(oui), 6)
		d.put("), ethertype ")
		d.putTok(ethertypeNames, uint32(typ), "Unknown")
		d.put(" (0x")
		d.putHex4(typ)
		d.put("), length ")
		d.putInt(int64(n))
	}
	return hdr, false
}
