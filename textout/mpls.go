package textout

var mplsLabels = [...]string{0: "IPv4 explicit NULL", 1: "router alert", 2: "IPv6 explicit NULL", 3: "implicit NULL"}

// mpls prints a label stack (RFC 3032) and what can be told of its payload.
func (d *dissector) mpls(b []byte, length int) {
	d.proto = "mpls"
	d.put("MPLS")
	var label uint32
	for depth := 0; ; depth++ {
		if length < 4 {
			d.invalid()
			d.need(b, length)
			return
		}
		entry := d.u32(b, 0)
		label = entry >> 12
		if depth > 0 && d.opt.Verbose > 0 {
			d.put("\n\t")
		} else {
			d.putByte(' ')
		}
		d.mplsLabel(entry)
		b, length = b[4:], length-4
		if entry&0x100 != 0 {
			break
		}
	}
	d.mplsPayload(label, b, length)
}

func (d *dissector) mplsLabel(entry uint32) {
	label := entry >> 12
	d.put("(label ")
	d.putUint(uint64(label))
	if d.opt.Verbose > 0 && label < 16 {
		s := "rsvd"
		if int(label) < len(mplsLabels) {
			s = mplsLabels[label]
		}
		d.put(" (")
		d.put(s)
		d.putByte(')')
	}
	d.put(", tc ")
	d.putUint(uint64(entry >> 9 & 7))
	if entry&0x100 != 0 {
		d.put(", [S]")
	}
	d.put(", ttl ")
	d.putUint(uint64(entry & 0xff))
	d.putByte(')')
}

// mplsPayload guesses what follows from the last label or the first byte.
func (d *dissector) mplsPayload(label uint32, b []byte, length int) {
	version := byte(0)
	switch label {
	case 0, 3:
		version = 4
	case 2:
		version = 6
	default:
		if length < 1 {
			return
		}
		switch c := d.u8(b, 0); {
		case c >= 0x45 && c <= 0x4f:
			version = 4
		case c >= 0x60 && c <= 0x6f:
			version = 6
		case c >= 0x81 && c <= 0x83:
			version = 8
		}
	}
	if version == 0 {
		d.unknown(within(b, length))
		return
	}
	if d.opt.Verbose > 0 {
		d.put("\n\t")
	} else {
		d.putByte(' ')
	}
	switch version {
	case 4:
		d.ip4(b, length)
	case 6:
		d.ip6(b, length)
	default:
		d.isoclns(b, length)
	}
}
