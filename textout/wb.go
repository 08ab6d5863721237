package textout

// wb prints a packet of LBL's shared whiteboard.
func (d *dissector) wb(b []byte, length int) {
	d.proto = "wb"
	if length < 12 {
		d.invalid()
		return
	}
	d.need(b, 12)
	length -= 12
	d.putIf(b[11] != 0, "*")
	typ := b[10]
	b = b[12:]
	ok := true
	switch typ {
	case 0:
		d.put(" wb-dop:")
		ok = d.wbDrawing(b, length)
	case 1:
		d.put(" wb-id:")
		ok = d.wbID(b, length)
	case 2:
		d.put(" wb-rreq:")
		if ok = length >= 20; ok {
			d.printf(" please repair %s %s:%d<%d:%d>", d.ip4Text(b, 0), d.ip4Text(b, 4), d.u32(b, 8), d.u32(b, 12), d.u32(b, 16))
		}
	case 3:
		d.put(" wb-rrep:")
		if ok = length >= 20; ok {
			d.printf(" for %s %s:%d<%d:%d>", d.ip4Text(b, 0), d.ip4Text(b, 4), d.u32(b, 8), d.u32(b, 12), d.u32(b, 16))
			d.wbOperations(b[4:])
		}
	case 4:
		d.put(" wb-kill")
	case 5:
		d.put(" wb-preq:")
		if ok = length >= 16; ok {
			d.printf(" need %d/%s:%d", d.u32(b, 8), d.ip4Text(b, 0), d.u32(b, 4))
			d.need(b, 16)
		}
	case 7:
		d.put(" wb-prep:")
		if ok = length >= 4; ok {
			d.wbPages(b)
		}
	default:
		d.printf(" wb-%d!", typ)
		ok = false
	}
	if !ok {
		d.invalid()
	}
}

// wbDrawing prints a range of drawing operations.
func (d *dissector) wbDrawing(b []byte, length int) bool {
	if length < 16 {
		return false
	}
	d.printf(" %s:%d<%d:%d>", d.ip4Text(b, 0), d.u32(b, 4), d.u32(b, 8), d.u32(b, 12))
	d.wbOperations(b)
	return true
}

// wbOperations prints the operations after a range's header at -v.
func (d *dissector) wbOperations(b []byte) {
	if d.opt.Verbose == 0 {
		return
	}
	first, last := d.u32(b, 8), d.u32(b, 12)
	d.put(" <")
	for off := 16; first <= last; first++ {
		typ := d.u8(b, off+7)
		d.printf(" %s", d.tok(wbOps, uint32(typ), "dop-%u!"))
		if typ == 14 || typ == 15 { // a gap up to ts
			ts := d.u32(b, off)
			d.printf("%d", ts-first+1)
			if first > ts || ts > last {
				d.put("[|]")
				if ts < first {
					return
				}
			}
			first = ts
		}
		off += (int(d.u16(b, off+4)) + 8 + 3) &^ 3
		if first == 1<<32-1 {
			break
		}
	}
	d.put(" >")
}

func (d *dissector) wbID(b []byte, length int) bool {
	const size = 28
	if length < size {
		return false
	}
	d.printf(" %d/%s:%d (max %d/%s:%d) ", d.u32(b, 12), d.ip4Text(b, 16), d.u32(b, 20), d.u32(b, 0), d.ip4Text(b, 4), d.u32(b, 8))
	d.need(b, size)
	n := int(d.u16(b, 24))
	length -= size
	if length < 8*n {
		return false
	}
	lead := "<"
	off := size
	for range n {
		d.printf("%s%s:%d", lead, d.ip4Text(b, off), d.u32(b, off+4))
		lead = ","
		off += 8
	}
	d.put("> \"")
	d.putSafeJZ(from(b, off), length-8*n)
	d.put("\"")
	return true
}

func (d *dissector) wbPages(b []byte) {
	off := 4
	for n := d.u32(b, 0); n != 0; n-- {
		d.printf(" %d/%s:%d", d.u32(b, off), d.ip4Text(b, off+4), d.u32(b, off+8))
		d.need(b, off+16)
		ids := int(d.u8(b, off+12))
		off += 16
		lead := "<"
		for range ids {
			d.printf("%s%s:%d", lead, d.ip4Text(b, off), d.u32(b, off+4))
			lead = ","
			off += 8
		}
		d.put(">")
	}
}
