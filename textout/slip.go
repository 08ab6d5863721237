package textout

const slipHeaderLen = 16

// slipState is what is kept between packets for compressed TCP (RFC 1144).
type slipState struct {
	conn int
	size [2][256]uint32
}

// slip prints a SLIP packet; d.opt.LinkHeader shows the direction and how the
// TCP header was compressed.
func (d *dissector) slip(b []byte, length int) int {
	d.proto = "slip"
	d.need(b, slipHeaderLen)
	d.llHdr = slipHeaderLen
	ip := b[slipHeaderLen:]
	length -= slipHeaderLen
	if d.opt.LinkHeader {
		d.slipLink(b[:slipHeaderLen], b, length)
	}
	switch v := d.u8(ip, 0) >> 4; v {
	case 4:
		d.ip4(ip, length)
	case 6:
		d.ip6(ip, length)
	default:
		d.printf("ip v%d", v)
	}
	return slipHeaderLen
}

func (d *dissector) slipLink(h, b []byte, length int) {
	dir := int(h[0])
	switch dir {
	case 0:
		d.put("I ")
	case 1:
		d.put("O ")
	default:
		d.printf("Invalid direction %d ", dir)
	}
	s := &d.pr.slip
	kind := h[1]
	switch {
	case kind&0xf0 == 0x40:
		d.printf("ip %d: ", length+slipHeaderLen)
	case kind&0xf0 == 0x70:
		s.conn = int(d.u8(b, 10))
		d.printf("utcp %d: ", s.conn)
		if dir > 1 {
			return
		}
		s.size[dir][s.conn] = uint32(length - d.slipHeaders(b[slipHeaderLen:]))
	case dir > 1:
	case kind&0x80 != 0:
		d.slipCompressed(b, length, dir)
		d.put(": ")
	default:
		d.printf("slip-%d!: ", kind)
	}
}

// slipHeaders is the length of the IP and TCP header together.
func (d *dissector) slipHeaders(ip []byte) int {
	d.need(ip, 20)
	n := int(ip[0]&0xf) * 4
	d.need(ip, n+20)
	return n + int(ip[n+12]>>4)*4
}

// slipCompressed prints what a compressed header changes.
func (d *dissector) slipCompressed(b []byte, length, dir int) {
	s := &d.pr.slip
	h := b[1:]
	flags, off := d.u8(h, 0), 1
	if flags&0x40 != 0 {
		s.conn = int(d.u8(h, off))
		off++
		d.printf("ctcp %d", s.conn)
	} else {
		d.put("ctcp *")
	}
	off += 2
	change := func(label string) {
		n := uint32(d.u8(h, off))
		off++
		if n == 0 {
			n = uint32(d.u16(h, off))
			off += 2
		}
		d.printf(" %s%d", label, n)
	}
	switch flags & 0xf {
	case 0xb:
		d.printf(" *SA+%d", s.size[dir][s.conn])
	case 0xf:
		d.printf(" *S+%d", s.size[dir][s.conn])
	default:
		if flags&1 != 0 {
			change("U=")
		}
		if flags&2 != 0 {
			n := int16(d.u8(h, off))
			off++
			if n == 0 {
				n = int16(d.u16(h, off))
				off += 2
			}
			d.printf(" W%+d", n)
		}
		if flags&4 != 0 {
			change("A+")
		}
		if flags&8 != 0 {
			change("S+")
		}
	}
	if flags&0x20 != 0 {
		change("I+")
	}
	s.size[dir][s.conn] = uint32(length - d.slipHeaders(b[slipHeaderLen:]))
	d.printf(" %d (%d)", s.size[dir][s.conn], off)
}
