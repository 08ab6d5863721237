package textout

// mobileIP prints a minimal encapsulation header, RFC 2004.
func (d *dissector) mobileIP(b []byte, length int) {
	d.proto = "mobile"
	if length < 8 {
		d.trunc()
	}
	d.need(b, 12)
	d.put("mobile: ")
	proto, sum := d.u16(b, 0), d.u16(b, 2)
	size := 8
	if proto&0x80 != 0 {
		size = 12
		d.put("[S] ")
		if d.opt.Verbose > 0 {
			d.printf("%s ", d.ip4Text(b, 8))
		}
	} else {
		d.put("[] ")
	}
	if d.opt.Verbose > 0 {
		d.printf("> %s (oproto=%d)", d.ip4Text(b, 4), proto>>8)
	}
	if cksumIn(b[:size]) != 0 {
		d.printf(" (bad checksum %d)", sum)
	}
}
