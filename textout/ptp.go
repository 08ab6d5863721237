package textout

// ptp prints a message of the precision time protocol, IEEE 1588.
func (d *dissector) ptp(b []byte, length int) {
	d.proto = "ptp"
	if length < 34 {
		d.printf(" [length %d < 34]", length)
		d.invalid()
		return
	}
	version := d.u16(b, 0) & 0xff
	d.printf("PTPv%d", version)
	switch version {
	case 1:
		d.put(" (not implemented)")
	case 2:
		d.ptp2(b)
	}
}

func (d *dissector) u48(b []byte, off int) uint64 {
	d.need(b, off+6)
	return uint64(d.u16(b, off))<<32 | uint64(d.u32(b, off+2))
}

func (d *dissector) ptp2(b []byte) {
	typ := b[0] & 0xf
	d.printf(", v1 compat : %s, msg type : %s", either(b[0]&0x10 != 0, "yes", "no"), d.tok(ptpTypes, uint32(typ), "Reserved"))
	d.printf(", length : %d", d.u16(b, 2))
	domain := d.u16(b, 4)
	d.printf(", domain : %d, reserved1 : %d", domain>>8, domain&0xff)
	d.printf(", Flags [%s]", d.flags(ptpFlags, uint32(d.u16(b, 6)), "none"))
	d.printf(", NS correction : %d", d.u48(b, 8))
	d.printf(", sub NS correction : %d", d.u16(b, 14))
	d.printf(", reserved2 : %d", d.u32(b, 16))
	d.printf(", clock identity : 0x%x", d.u64(b, 20))
	d.printf(", port id : %d", d.u16(b, 28))
	d.printf(", seq id : %d", d.u16(b, 30))
	control := d.u8(b, 32)
	d.printf(", control : %d (%s)", control, d.tok(ptpControls, uint32(control), "Reserved"))
	d.printf(", log message interval : %d", d.u16(b, 32)&0xff)
	b = b[34:]
	switch typ {
	case 0, 1:
		d.ptpStamp("originTimeStamp", ",", b)
	case 8:
		d.ptpStamp("preciseOriginTimeStamp", ",", b)
	case 2, 10:
		d.ptpStamp("preciseOriginTimeStamp", ",", b)
		d.ptpPort(b, 10)
	case 3, 9:
		d.ptpStamp("receiveTimeStamp", ",", b)
		d.ptpPort(b, 10)
	case 11:
		d.ptpAnnounce(b)
	case 12:
		d.ptpPort(b, 0)
	case 13:
		d.ptpPort(b, 0)
		// tcpdump shows the first byte four times
		first := d.u8(b, 0)
		d.printf(", , start boundary hops  %d, , boundary hops  %d, , flags  0x%x, , reserved  0x%x", first, first, first, first)
	}
}

func (d *dissector) ptpStamp(label, comma string, b []byte) {
	d.printf(", %s :", label)
	d.printf(" %d seconds%s", d.u48(b, 0), comma)
	d.printf(" %d nanoseconds", d.u32(b, 6))
}

func (d *dissector) ptpPort(b []byte, off int) {
	d.printf(", port identity : 0x%x", d.u64(b, off))
	d.printf(", port id : %d", d.u16(b, off+8))
}

func (d *dissector) ptpAnnounce(b []byte) {
	d.ptpStamp("originTimeStamp", "", b)
	d.printf(", origin cur utc :%d", d.u16(b, 10))
	d.printf(", rsvd : %d", d.u8(b, 12))
	d.printf(", gm priority_1 : %d", d.u8(b, 13))
	d.printf(", gm clock class : %d", d.u8(b, 14))
	d.printf(", gm clock accuracy : %d", d.u8(b, 15))
	d.printf(", gm clock variance : %d", d.u16(b, 16))
	d.printf(", gm priority_2 : %d", d.u8(b, 18))
	d.printf(", gm clock id : 0x%x", d.u64(b, 19))
	d.printf(", steps removed : %d", d.u16(b, 27))
	d.printf(", time source : 0x%x", d.u8(b, 29))
}
