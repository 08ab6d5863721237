package textout

// ah prints an authentication header (RFC 4302) and returns its length, and the
// protocol behind it.
func (d *dissector) ah(b []byte, length int) (next uint8, n int, ok bool) {
	d.proto = "ah"
	if len(b) == 0 {
		d.truncMark()
		return 0, 0, false
	}
	next = b[0]
	d.put("AH")
	words := d.u8(b, 1)
	n = (int(words) + 2) * 4
	d.putByte('(')
	if d.opt.Verbose > 0 {
		d.put("length=")
		d.putUint(uint64(words))
		d.putByte('(')
		d.putInt(int64(n))
		d.put("-bytes),")
	}
	if rsv := d.u16(b, 2); rsv != 0 {
		d.put("reserved=0x")
		d.putHex(uint64(rsv))
		d.put("[MustBeZero],")
	}
	spi := d.u32(b, 4)
	d.put("spi=0x")
	d.putHex8(spi)
	d.putByte(',')
	seq := d.u32(b, 8)
	d.put("seq=0x")
	d.putHex(uint64(seq))
	d.put(",icv=0x")
	for i := 12; i < n; i++ {
		d.putHex2(d.u8(b, i))
	}
	d.put("): ")
	return next, n, true
}
