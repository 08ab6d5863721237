package textout

// zmtpShown is how many bytes of a frame -v shows.
const zmtpShown = 128

// zmtp1 prints a stream of ZeroMQ frames, ZMTP 1.0.
func (d *dissector) zmtp1(b []byte, length int) {
	d.proto = "zmtp1"
	d.put(": ZMTP/1.0")
	d.zmtpFrames(b, min(len(b), length))
}

// zmtp1Datagram prints frames carried in PGM: first what is left of a frame that
// began in an earlier datagram.
func (d *dissector) zmtp1Datagram(b []byte, length int) {
	d.proto = "zmtp1"
	offset := int(d.u16(b, 0))
	d.printf("\n\t frame offset 0x%04x", offset)
	rest := b[2:]
	if offset == 0xffff {
		offset = length - 2
	} else if 2+offset > length {
		d.put(" (exceeds datagram declared length)")
		d.trunc()
	}
	if offset != 0 {
		d.printf("\n\t frame intermediate part, %d bytes", uint32(offset))
		if offset > len(rest) {
			d.printf(" (%d captured)", len(rest))
		}
		shown := min(offset, len(rest))
		if d.opt.Verbose == 1 {
			shown = min(zmtpShown, shown)
		}
		if d.opt.Verbose > 0 && shown > 1 {
			d.printf(", first %d byte(s):", shown)
			d.hexASCII(rest[:shown], "\n\t ")
		}
	}
	end := min(len(b), length) - 2 - offset
	if end > 0 {
		d.zmtpFrames(rest[offset:], end)
	}
}

func (d *dissector) zmtpFrames(b []byte, end int) {
	for off := 0; off < end; {
		off += d.zmtpFrame(b[off:], end-off)
	}
}

// zmtpFrame prints the frame at b's first byte, of which end were captured, and
// returns its length.
func (d *dissector) zmtpFrame(b []byte, end int) int {
	d.put("\n\t")
	header, declared := 1, uint64(d.u8(b, 0))
	if declared != 0xff {
		d.printf(" frame flags+body  (8-bit) length %d", declared)
	} else {
		d.put(" frame flags+body (64-bit) length")
		header = 9
		declared = d.u64(b, 1)
		d.printf(" %d", declared)
	}
	if declared == 0 {
		return header
	}
	flags := d.u8(b, header)
	captured := uint64(end - header)
	if declared > captured {
		d.printf(" (%d captured)", captured)
	}
	d.printf(", flags 0x%02x", flags)
	if d.opt.Verbose > 0 {
		d.zmtpFlags(flags)
		shown := min(captured, declared)
		if d.opt.Verbose == 1 {
			shown = min(zmtpShown+1, shown)
		}
		if shown > 1 {
			d.printf(", first %d byte(s) of body:", shown-1)
			d.hexASCII(d.bytes(b, header+1, int(shown-1)), "\n\t ")
		}
	}
	if declared > uint64(len(b)-header) {
		d.trunc()
	}
	return header + int(declared)
}

func (d *dissector) zmtpFlags(flags byte) {
	d.put(" (")
	for i := 7; i > 0; i-- {
		if flags&(1<<i) != 0 {
			d.put("MBZ|")
		} else {
			d.put("-|")
		}
	}
	if flags&1 != 0 {
		d.put("MORE)")
	} else {
		d.put("-)")
	}
}
