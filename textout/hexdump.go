package textout

// hexBytes appends a hex dump of b below the line, each row led by indent
// (tcpdump's hex_print, print_unknown_data: indent "\n\t").
func (d *dissector) hexBytes(b []byte, indent string) { d.hexRows(b, indent, 0) }

// hexRows is hex_print_with_offset.
func (d *dissector) hexRows(b []byte, indent string, offset int) {
	for i := 0; i < len(b); i += 2 {
		if i%16 == 0 {
			d.put(indent)
			d.put("0x")
			d.putHexW(uint64(offset+i), 4)
			d.put(": ")
		}
		d.putByte(' ')
		d.putHex2(b[i])
		if i+1 < len(b) {
			d.putHex2(b[i+1])
		}
	}
}

// hexASCII appends rows of hex with the characters beside them
// (hex_and_ascii_print_with_offset).
func (d *dissector) hexASCII(b []byte, indent string) {
	const rowHex = 5 * 8
	for i := 0; i < len(b); i += 16 {
		row := b[i:min(i+16, len(b))]
		d.put(indent)
		d.put("0x")
		d.putHexW(uint64(i), 4)
		d.put(": ")
		width := 0
		for j := 0; j < len(row); j += 2 {
			d.putByte(' ')
			d.putHex2(row[j])
			width += 3
			if j+1 < len(row) {
				d.putHex2(row[j+1])
				width += 2
			}
		}
		for ; width < rowHex; width++ {
			d.putByte(' ')
		}
		d.put("  ")
		for _, c := range row {
			d.putByte(graphic(c))
		}
	}
}

// graphic is ND_ASCII_ISGRAPH: everything else is a dot.
func graphic(c byte) byte {
	if c > 0x20 && c < 0x7f {
		return c
	}
	return '.'
}

// ascii appends b as characters, with line breaks (ascii_print).
func (d *dissector) ascii(b []byte) {
	d.putByte('\n')
	for i, c := range b {
		switch {
		case c == '\r' && i+1 < len(b) && b[i+1] == '\n':
			// printed as the line break that follows
		case c == '\r':
			d.putByte('.')
		case (c < 0x20 || c >= 0x7f) && c != '\t' && c != '\n':
			d.putByte('.')
		default:
			d.putByte(c)
		}
	}
}

// dump appends what -x, -X and -A ask for.
func (d *dissector) dump(frame []byte, header int) {
	o := d.opt
	body := from(frame, header)
	pick := func(level int) []byte {
		if level > 1 {
			return frame
		}
		return body
	}
	switch {
	case o.HexASCII > 0:
		d.hexASCII(pick(o.HexASCII), "\n\t")
	case o.Hex > 0:
		d.hexBytes(pick(o.Hex), "\n\t")
	case o.ASCII > 0:
		if b := pick(o.ASCII); len(b) > 0 {
			d.ascii(b)
		}
	}
}
