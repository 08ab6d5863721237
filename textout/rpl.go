package textout

var rplModes = []name{{0, "nonstoring"}, {1, "storing"}, {2, "nonstoring-multicast"}, {3, "storing-multicast"}}

var rplOptionNames = []name{
	{0, "pad1"}, {1, "padN"}, {2, "metrics"}, {3, "routinginfo"}, {4, "config"}, {5, "rpltarget"},
	{6, "transitinfo"}, {8, "destprefix"}, {9, "rpltargetdesc"},
}

// rpl prints a routing message for lossy networks (RFC 6550) from behind the
// ICMPv6 header's first four bytes.
func (d *dissector) rpl(b []byte, length int, code uint8) {
	if code&0x80 != 0 {
		d.put(", (SEC) [worktodo]")
		return
	}
	d.put(", (CLR)")
	show := d.opt.Verbose > 0
	switch code {
	case 0:
		d.put("DODAG Information Solicitation")
	case 1:
		d.put("DODAG Information Object")
		if show {
			d.rplDIO(b, length)
		}
	case 2:
		d.put("Destination Advertisement Object")
		if show {
			d.rplDAO(b, length, false)
		}
	case 3:
		d.put("Destination Advertisement Object Ack")
		if show {
			d.rplDAO(b, length, true)
		}
	default:
		d.put("RPL message, unknown code ")
		d.putUint(uint64(code))
	}
}

func (d *dissector) rplDIO(b []byte, length int) {
	const fixed = 24
	if length < fixed {
		d.put(" [length ")
		d.putInt(int64(length))
		d.put(" < 24]")
		d.invalid()
		return
	}
	d.need(b, fixed)
	d.put(" [dagid:")
	d.putIP6(b[8:])
	d.put(",seq:")
	d.putUint(uint64(b[5]))
	d.put(",instance:")
	d.putUint(uint64(b[0]))
	d.put(",rank:")
	d.putUint(uint64(d.u16(b, 2)))
	d.putByte(',')
	if b[4]&0x80 != 0 {
		d.put("grounded,")
	}
	d.put("mop:")
	d.putTok(rplModes, uint32(b[4]>>3&7), "mop%u")
	d.put(",prf:")
	d.putUint(uint64(b[4] & 7))
	d.putByte(']')
	if d.opt.Verbose > 1 {
		d.rplOptions(b[fixed:], length-fixed)
	}
}

// rplDAO prints a destination advertisement, or its acknowledgement.
func (d *dissector) rplDAO(b []byte, length int, ack bool) {
	fixed, short, hasID := 4, " [|length too short]", uint8(0x40)
	if ack {
		short, hasID = " [|dao-length too short]", 0x80
	}
	least := 20
	if ack {
		least = fixed
	}
	if len(b) < least {
		d.truncMark()
		return
	}
	if length < fixed {
		d.put(short)
		return
	}
	flags := b[1]
	var id []byte
	if flags&hasID != 0 {
		if len(b) < fixed+16 {
			d.truncMark()
			return
		}
		if length < fixed+16 {
			d.put(short)
			return
		}
		id = b[fixed : fixed+16]
		fixed += 16
	}
	d.put(" [dagid:")
	if id != nil {
		d.putIP6(id)
	} else {
		d.put("<elided>")
	}
	d.put(",seq:")
	if ack {
		d.putUint(uint64(b[2]))
	} else {
		d.putUint(uint64(b[3]))
	}
	d.put(",instance:")
	d.putUint(uint64(b[0]))
	if ack {
		d.put(",status:")
		d.putUint(uint64(b[3]))
	} else {
		if flags&0x80 != 0 {
			d.put(",acK")
		}
		if id != nil {
			d.put(",Dagid")
		}
		d.putByte(',')
		d.putHex2(flags)
	}
	d.putByte(']')
	if d.opt.Verbose > 1 {
		d.rplOptions(b[fixed:], length-fixed)
	}
}

func (d *dissector) rplOptions(b []byte, length int) {
	for length > 0 {
		typ, n := d.u8(b, 0), 1
		if typ == 0 {
			d.put(" opt:pad1")
		} else {
			if length < 2 {
				d.truncMark()
				return
			}
			n = int(d.u8(b, 1)) + 2
			d.put(" opt:")
			d.putTok(rplOptionNames, uint32(typ), "subopt:%u")
			d.put(" len:")
			d.putInt(int64(n))
			d.putByte(' ')
			if n > len(b) || n > length {
				d.truncMark()
				return
			}
			if d.opt.Verbose > 2 {
				d.hexBytes(b[2:n], " ")
			}
		}
		b, length = b[n:], length-n
	}
}
