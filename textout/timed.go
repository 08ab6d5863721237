package textout

// timed prints a message of the BSD time daemon.
func (d *dissector) timed(b []byte) {
	d.proto = "timed"
	typ := d.u8(b, 0)
	d.putTok(timedTypes, uint32(typ), "(tsp_type %#x)")
	d.printf(" vers %d", d.u8(b, 1))
	d.printf(" seq %d", d.u16(b, 2))
	switch typ {
	case 24: // loop
		d.printf(" hopcnt %d", d.u8(b, 4))
	case 1, 5, 22, 23:
		if !d.timedTime(b) {
			return
		}
	}
	d.put(" name ")
	d.putSafeJZ(from(b, 12), 256)
}

// timedTime prints a signed time as seconds and microseconds.
func (d *dissector) timedTime(b []byte) bool {
	sec, usec := int32(d.u32(b, 4)), int32(d.u32(b, 8))
	if usec < 0 {
		return false
	}
	d.put(" time ")
	if sec < 0 && usec != 0 {
		sec++
		d.putIf(sec == 0, "-")
		usec = 1000000 - usec
	}
	d.printf("%d.%06d", sec, usec)
	return true
}
