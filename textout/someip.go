package textout

// someip prints a SOME/IP message.
func (d *dissector) someip(b []byte, length int) {
	d.proto = "someip"
	d.caps()
	if length < 16 {
		d.invalid()
		return
	}
	id := d.u32(b, 0)
	kind := "method"
	if id&0x8000 != 0 {
		kind = "event"
	}
	d.printf(", service %d, %s %d", id>>16, kind, id&0x7fff)
	d.printf(", len %d", d.u32(b, 4))
	d.u32(b, 8)
	d.printf(", client %d, session %d", d.u16(b, 8), d.u16(b, 10))
	d.printf(", pver %d", d.u8(b, 12))
	d.printf(", iver %d", d.u8(b, 13))
	d.printf(", msgtype %s", d.tok(someipTypes, uint32(d.u8(b, 14)), "Unknown"))
	d.printf(", retcode %s\n", d.tok(someipReturns, uint32(d.u8(b, 15)), "Unknown"))
}
