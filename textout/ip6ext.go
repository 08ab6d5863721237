package textout

// hopByHop prints a hop-by-hop options header and returns its length, and the
// jumbo payload length if it has one.
func (d *dissector) hopByHop(b []byte) (advance, jumbo int) {
	d.proto = "hbhopt"
	n := (int(d.u8(b, 1)) + 1) * 8
	d.need(b, n)
	d.put("HBH ")
	jumbo = d.ip6Options(b[2:n], d.opt.Verbose > 0)
	return n, jumbo
}

// dstOptions prints a destination options header and returns its length.
func (d *dissector) dstOptions(b []byte) int {
	d.proto = "dstopt"
	n := (int(d.u8(b, 1)) + 1) * 8
	d.need(b, n)
	d.put("DSTOPT ")
	d.ip6Options(b[2:n], d.opt.Verbose > 0)
	return n
}

// ip6Options walks the TLVs of an options header, printing them if asked
// (ip6_opt_process), and returns a jumbo payload length.
func (d *dissector) ip6Options(b []byte, print bool) (jumbo int) {
	for i := 0; i < len(b); {
		left := len(b) - i
		n := 1
		if b[i] != 0 {
			if left < 2 {
				d.trunc()
			}
			n = int(b[i+1]) + 2
		}
		if n > left {
			d.trunc()
		}
		o := b[i : i+n]
		size := d.ip6Option(o, print)
		if size > 0 {
			jumbo = size
		}
		i += n
	}
	if print {
		d.putByte(' ')
	}
	return jumbo
}

func (d *dissector) ip6Option(o []byte, print bool) (jumbo int) {
	say := func(f func()) {
		if print {
			f()
		}
	}
	tooShort := func(what string) {
		d.put(what)
		d.put(" too short")
	}
	switch o[0] {
	case 0:
		say(func() { d.put("(pad1)") })
	case 1:
		say(func() { d.put("(padn)") })
	case 5: // router alert
		if len(o) < 4 {
			say(func() {
				d.put("(rtalert: invalid len ")
				d.putUint(uint64(o[1]))
				d.put(")")
			})
			break
		}
		say(func() {
			d.put("(rtalert: 0x")
			d.putHex4(d.u16(o, 2))
			d.put(")")
		})
	case 0xc2: // jumbo payload
		if len(o) != 6 {
			say(func() {
				d.put("(jumbo: invalid len ")
				d.putUint(uint64(o[1]))
				d.put(")")
			})
			break
		}
		jumbo = int(d.u32(o, 2))
		say(func() {
			d.put("(jumbo: ")
			d.putUint(uint64(jumbo))
			d.put(") ")
			if jumbo < 65536 {
				d.put("(len < 65536)")
				d.invalid()
			}
		})
	case 0xc9: // home address
		if len(o) < 18 {
			say(func() {
				d.put("(homeaddr: invalid len ")
				d.putUint(uint64(o[1]))
				d.put(")")
			})
			break
		}
		say(func() {
			d.put("(homeaddr: ")
			d.putIP6(o[2:])
			d.ip6SubOptions(o[18:])
			d.put(")")
		})
	default:
		_ = tooShort
		say(func() {
			d.put("(opt_type 0x")
			d.putHex2(o[0])
			d.put(": len=")
			d.putUint(uint64(lenByte(o)))
			d.put(")")
		})
	}
	return jumbo
}

func lenByte(o []byte) uint8 {
	if len(o) < 2 {
		return 0
	}
	return o[1]
}

// ip6SubOptions prints the sub-options of a home address option.
func (d *dissector) ip6SubOptions(b []byte) {
	for len(b) > 0 {
		if b[0] == 0 {
			d.put(", pad1")
			b = b[1:]
			continue
		}
		if len(b) < 2 || int(b[1])+2 > len(b) {
			d.put(", trunc")
			return
		}
		if b[0] == 1 {
			d.put(", padn")
		} else {
			d.put(", ")
			d.put("(subopt ")
			d.putUint(uint64(b[0]))
			d.put(")")
		}
		b = b[int(b[1])+2:]
	}
}

// frag6 prints a fragment header; it returns its length, or -1 for any fragment
// but the first.
func (d *dissector) frag6(b []byte) int {
	d.proto = "frag6"
	d.need(b, 8)
	offlg := d.u16(b, 2)
	d.put("frag (")
	if d.opt.Verbose > 0 {
		d.put("0x")
		d.putHex8(d.u32(b, 4))
		d.putByte(':')
	}
	d.putUint(uint64(offlg & 0xfff8))
	d.putByte('|')
	d.putInt(int64(d.ip6PayloadAfter(b) - 8))
	d.put(") ")
	if offlg&0xfff8 != 0 {
		return -1
	}
	return 8
}

// ip6PayloadAfter is how much of the packet is left from b on, by the header's
// payload length.
func (d *dissector) ip6PayloadAfter(b []byte) int {
	off := len(d.ip.hdr) - len(b)
	return ip6HdrLen + int(d.u16(d.ip.hdr, 4)) - off
}

// routing6 prints a routing header and returns its length, -1 to stop.
func (d *dissector) routing6(b []byte) int {
	d.proto = "rt6"
	d.need(b, 4)
	n, typ, left := int(b[1]), b[2], b[3]
	d.put("srcrt (len=")
	d.putInt(int64(n))
	d.put(", type=")
	d.putUint(uint64(typ))
	d.put(", segleft=")
	d.putUint(uint64(left))
	switch typ {
	case 0, 2:
		d.put(", rsv=0x")
		d.putHex(uint64(d.u32(b, 4)))
		if n%2 == 1 {
			d.trunc()
		}
		for i := range n / 2 {
			d.put(", [")
			d.putInt(int64(i))
			d.putByte(']')
			d.putIP6(from(b, 8+16*i))
		}
		d.put(") ")
		return (n + 1) * 8
	case 4:
		return d.segmentRouting(b, n)
	}
	d.put(" (unknown type)")
	d.trunc()
	return -1
}

// segmentRouting prints an SRH (RFC 8754).
func (d *dissector) segmentRouting(b []byte, n int) int {
	last := int(d.u8(b, 4))
	d.put(", last-entry=")
	d.putInt(int64(last))
	if flags := d.u8(b, 5); flags != 0 {
		d.put(", flags=0x")
		d.putHex(uint64(flags))
	}
	d.put(", tag=")
	d.putHex(uint64(d.u16(b, 6)))
	if n%2 == 1 && last+1 > n/2 {
		d.trunc()
	}
	for i := range last + 1 {
		d.put(", [")
		d.putInt(int64(i))
		d.putByte(']')
		d.putIP6(from(b, 8+16*i))
	}
	d.put(") ")
	return (n + 1) * 8
}
