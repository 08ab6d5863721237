package textout

// bgpCursor is the rest of a message: the captured bytes, which may be more, and
// its length.
type bgpCursor struct {
	b      []byte
	length int
}

func (c *bgpCursor) skip(n int) { c.b, c.length = from(c.b, n), c.length-n }

// bgpUpdateMessage prints an update; false if it was cut.
func (d *dissector) bgpUpdateMessage(b []byte, length int) bool {
	c := &bgpCursor{b[bgpHeaderLen:], length - bgpHeaderLen}
	if len(c.b) < 2 || c.length < 2 {
		return false
	}
	withdrawn := int(d.u16(c.b, 0))
	c.skip(2)
	if !have(c.b, 0, withdrawn) || c.length < withdrawn {
		return false
	}
	left := withdrawn
	if withdrawn > 1 {
		d.put("\n\t  Withdrawn routes:")
		w := &bgpCursor{c.b, withdrawn}
		if !d.bgpPrefixes(w, true) {
			return false
		}
		left = w.length
		c.skip(withdrawn - left)
	} else {
		c.skip(withdrawn)
	}
	if len(c.b) < 2 || c.length < 2 {
		return false
	}
	attrs := int(d.u16(c.b, 0))
	c.skip(2)
	if left == 0 && attrs == 0 && c.length == 0 {
		d.put("\n\t  End-of-Rib Marker (empty NLRI)")
		return true
	}
	if attrs != 0 && !d.bgpAttributeList(c, attrs) {
		return false
	}
	if c.length != 0 {
		d.put("\n\t  Updated routes:")
		return d.bgpPrefixes(c, false)
	}
	return true
}

// bgpPrefixes prints IPv4 prefixes to the cursor's end; false if one was cut.
func (d *dissector) bgpPrefixes(c *bgpCursor, withdrawn bool) bool {
	addPath := bgpAddPath(c.b, c.length, 32)
	for c.length != 0 {
		id := uint32(0)
		if addPath {
			if c.length < 4 {
				if withdrawn {
					c.length = 0
					return true
				}
				return false
			}
			if !withdrawn && len(c.b) < 4 {
				return false
			}
			id = d.u32(c.b, 0)
			c.skip(4)
		}
		s, n := d.bgpPrefix(c.b, c.length, 4)
		switch n {
		case bgpIllegal:
			d.put("\n\t    (illegal prefix length)")
			return true
		case bgpCut:
			return false
		}
		d.printf("\n\t    %s", s)
		if addPath {
			d.printf("   Path Id: %d", id)
		}
		c.skip(n)
	}
	return true
}

// bgpAddPath guesses whether prefixes have path identifiers before them (RFC
// 7911), as that was settled when the session began: true if they read well with
// identifiers only.
func bgpAddPath(b []byte, length, max int) bool {
	if length < 5 {
		return false
	}
	off := 0
	for off < length {
		off += 4
		if off >= len(b) {
			break
		}
		n := int(b[off])
		if n > max {
			return false
		}
		off += 1 + (n+7)/8
	}
	if off > length {
		return false
	}
	for off = 0; off < length; {
		if off >= len(b) {
			break
		}
		n := int(b[off])
		if n < 1 || n > max {
			return true
		}
		off += 1 + (n+7)/8
	}
	return off > length
}

// bgpAttrFlags prints an attribute's flags.
func (d *dissector) bgpAttrFlags(flags byte, after string) {
	if flags == 0 {
		return
	}
	d.put(", Flags [")
	d.putIf(flags&0x80 != 0, "O")
	d.putIf(flags&0x40 != 0, "T")
	d.putIf(flags&0x20 != 0, "P")
	d.putIf(flags&0x10 != 0, "E")
	if flags&0xf != 0 {
		d.printf("+%x", flags&0xf)
	}
	d.put("]")
	d.put(after)
}

// bgpAttributeList prints left bytes of path attributes; false if they were cut.
func (d *dissector) bgpAttributeList(c *bgpCursor, left int) bool {
	if c.length < left {
		return false
	}
	short := func() bool {
		d.put("\n\t  [path attrs too short]")
		c.skip(left)
		return true
	}
	for left != 0 {
		if len(c.b) < 2 || c.length < 2 {
			return false
		}
		if left < 2 {
			return short()
		}
		flags, typ := c.b[0], c.b[1]
		c.skip(2)
		left -= 2
		lenlen := 1
		if flags&0x10 != 0 {
			lenlen = 2
		}
		if len(c.b) < lenlen || c.length < lenlen {
			return false
		}
		if left < lenlen {
			return short()
		}
		n := int(c.b[0])
		if lenlen == 2 {
			n = int(d.u16(c.b, 0))
		}
		c.skip(lenlen)
		left -= lenlen
		d.printf("\n\t  %s (%d), length: %d", d.tok(bgpAttributes, uint32(typ), "Unknown Attribute"), typ, n)
		d.bgpAttrFlags(flags, ": ")
		if left < n {
			d.put(" [path attrs too short]")
			c.skip(left)
			return true
		}
		if c.length < n || !d.bgpAttribute(typ, c.b, n, 0) {
			return false
		}
		c.skip(n)
		left -= n
	}
	return true
}
