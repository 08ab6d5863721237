package textout

var dvmrpTypes = []name{
	{1, "Probe"}, {2, "Report"}, {3, "Ask-neighbors(old)"}, {4, "Neighbors(old)"}, {5, "Ask-neighbors2"},
	{6, "Neighbors2"}, {7, "Prune"}, {8, "Graft"}, {9, "Graft-ACK"},
}

// dvmrpFlags are the flags of a neighbour, in the order they are shown.
var dvmrpFlags = []name{{0x01, "/tunnel"}, {0x02, "/srcrt"}, {0x40, "/querier"}, {0x20, "/disabled"}, {0x10, "/down"}}

// dvmrp prints a distance vector multicast routing message, IGMP header included.
func (d *dissector) dvmrp(b []byte, length int) {
	d.proto = "dvmrp"
	if length < 8 {
		d.printf(" [length %d < 8]", length)
		d.invalid()
		return
	}
	typ := d.u8(b, 1)
	d.putByte(' ')
	head := b
	b, length = from(b, 8), length-8
	d.putTok(dvmrpTypes, uint32(typ), "[type %u]")
	ok := true
	switch typ {
	case 1:
		ok = d.opt.Verbose == 0 || d.dvmrpProbe(b, length)
	case 2:
		ok = d.opt.Verbose < 2 || d.dvmrpReport(b, length)
	case 4:
		ok = d.dvmrpNeighbors(b, length, false)
	case 6:
		d.need(head, 8)
		d.printf(" (v %d.%d):", head[7], head[6])
		ok = d.dvmrpNeighbors(b, length, true)
	case 7, 8, 9:
		d.need(b, 8)
		d.printf(" src %s grp %s", d.ip4Text(b, 0), d.ip4Text(b, 4))
		if typ == 7 {
			d.put(" timer ")
			d.putAge(d.u32(b, 8))
		}
	}
	if !ok {
		d.invalid()
	}
}

func (d *dissector) dvmrpProbe(b []byte, length int) bool {
	if length < 4 {
		d.printf(" [full length %d < 4]", length)
		return false
	}
	if d.opt.Verbose > 1 {
		d.put("\n\t")
	} else {
		d.putByte(' ')
	}
	d.printf("genid %d", d.u32(b, 0))
	if d.opt.Verbose < 2 {
		return true
	}
	for off := 4; off < length; off += 4 {
		if length-off < 4 {
			d.printf("[remaining length %d < 4]", length-off)
			return false
		}
		d.printf("\n\tneighbor %s", d.ip4Text(b, off))
	}
	return true
}

// dvmrpReport prints routes grouped by mask; of each origin only the bytes that
// the mask covers are sent.
func (d *dissector) dvmrpReport(b []byte, length int) bool {
	for off := 0; off < length; {
		if length-off < 3 {
			d.printf(" [length %d < 3]", length-off)
			return false
		}
		m := d.bytes(b, off, 3)
		width := 1
		for i, c := range m {
			if c != 0 {
				width = i + 2
			}
		}
		d.printf("\n\tMask 255.%d.%d.%d", m[0], m[1], m[2])
		for off += 3; ; {
			if length-off < width+1 {
				d.put("\n\t  [Truncated Report]")
				return false
			}
			route := d.bytes(b, off, width+1)
			var origin [4]byte
			copy(origin[:], route[:width])
			metric := route[width]
			d.printf("\n\t  %d.%d.%d.%d metric %d", origin[0], origin[1], origin[2], origin[3], metric&0x7f)
			off += width + 1
			if metric&0x80 != 0 {
				break
			}
		}
	}
	return true
}

// dvmrpNeighbors prints interfaces and their neighbours, as mrinfo asks for them.
func (d *dissector) dvmrpNeighbors(b []byte, length int, flagged bool) bool {
	head := 7
	if flagged {
		head = 8
	}
	for off := 0; off < length; {
		if length-off < head {
			d.printf(" [length %d < %d]", length-off, head)
			return false
		}
		h := d.bytes(b, off, head)
		off += head
		left := int(h[head-1])
		for ; left > 0 && (!flagged || off < length); left-- {
			if length-off < 4 {
				d.printf(" [length %d < 4]", length-off)
				return false
			}
			d.printf(" [%s ->", d.ip4Text(h, 0))
			if flagged {
				d.putByte(' ')
				d.printf("%s (%d/%d%s)]", d.ip4Text(b, off), h[4], h[5], d.flagsOr(dvmrpFlags, uint32(h[6])))
			} else {
				d.printf(" %s, (%d/%d)]", d.ip4Text(b, off), h[4], h[5])
			}
			off += 4
		}
		if left > 0 {
			d.put(" [invalid ncount]")
			return false
		}
	}
	return true
}

// flagsOr are the names of the bits of v, or nothing.
func (d *dissector) flagsOr(tab []name, v uint32) string {
	s := ""
	for _, t := range tab {
		if v&t.v != 0 {
			s += t.s
		}
	}
	return s
}
