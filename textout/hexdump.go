package textout

// hexBytes appends a hex dump of b below the line, each row led by indent
// (tcpdump's hex_print, print_unknown_data: indent "\n\t").
func (d *dissector) hexBytes(b []byte, indent string) { d.hexRows(b, indent, 0) }

// hexRows is hex_print_with_offset.
func (d *dissector) hexRows(b []byte, indent string, offset int) {
	for i := 0; i < len(b); i += 16 {
		d.put(indent)
		d.putOffset(offset + i)
		d.hexRow(b[i:min(i+16, len(b))])
	}
}

// hexRow appends up to 16 bytes in pairs, each with a blank before it.
func (d *dissector) hexRow(row []byte) {
	var line [hexColumns]byte
	d.out = append(d.out, line[:hexPairs(&line, row)]...)
}

// hexColumns is the width of 16 bytes in pairs.
const hexColumns = 8 * len(" ffff")

// hexPairs fills line and returns how far.
func hexPairs(line *[hexColumns]byte, row []byte) int {
	at := 0
	for i, c := range row {
		if i&1 == 0 {
			line[at] = ' '
			at++
		}
		line[at], line[at+1] = hexDigits[c>>4], hexDigits[c&15]
		at += 2
	}
	return at
}

// hexASCII appends rows of hex with the characters beside them
// (hex_and_ascii_print_with_offset).
func (d *dissector) hexASCII(b []byte, indent string) {
	for i := 0; i < len(b); i += 16 {
		d.put(indent)
		d.putOffset(i)
		d.hexASCIIRow(b[i:min(i+16, len(b))])
	}
}

func (d *dissector) hexASCIIRow(row []byte) {
	var line [hexColumns]byte
	for i := hexPairs(&line, row); i < hexColumns; i++ {
		line[i] = ' '
	}
	var text [2 + 16]byte
	text[0], text[1] = ' ', ' '
	for i, c := range row {
		text[2+i] = graphic[c]
	}
	d.out = append(d.out, line[:]...)
	d.out = append(d.out, text[:2+len(row)]...)
}

// putOffset appends an offset, a colon and a blank.
func (d *dissector) putOffset(off int) {
	d.put("0x")
	d.putHexW(uint64(off), 4)
	d.put(": ")
}

// graphic is what stands for each byte: itself if ND_ASCII_ISGRAPH, else a dot.
var graphic = func() (t [256]byte) {
	for c := range t {
		t[c] = '.'
		if c > 0x20 && c < 0x7f {
			t[c] = byte(c)
		}
	}
	return t
}()

// ascii appends b as characters, with line breaks (ascii_print).
func (d *dissector) ascii(b []byte) {
	d.putByte('\n')
	for i, c := range b {
		switch {
		case c == '\r':
			// Shown inside a line only; tcpdump looks at what follows only
			// if more than one byte does.
			if i+2 < len(b) && b[i+1] != '\n' {
				d.putByte('.')
			}
		case c == '\n' || c == '\t' || c == ' ':
			d.putByte(c)
		default:
			d.putByte(graphic[c])
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
