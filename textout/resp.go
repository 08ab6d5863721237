package textout

import "math"

// resp prints Redis commands and answers (RESP).
func (d *dissector) resp(b []byte, length int) {
	d.proto = "resp"
	d.put(": RESP")
	for off := 0; off < length; {
		off = d.respValue(b, off, length)
	}
}

// respValue prints the value at off and returns where it ends. All RESP printers
// end the packet where b or length does.
func (d *dissector) respValue(b []byte, off, length int) int {
	if off >= length {
		d.trunc()
	}
	switch d.u8(b, off) {
	case '+', '-', ':':
		end := d.respFind(b, off+1, length)
		d.respText(b, off+1, end)
		return end + 2
	case '$':
		return d.respBulk(b, off+1, length)
	case '*':
		return d.respArray(b, off+1, length)
	}
	return d.respInline(b, off, length)
}

// respFind returns the place of the next CR LF.
func (d *dissector) respFind(b []byte, off, length int) int {
	for ; ; off++ {
		if length-off < 2 {
			d.trunc()
		}
		if d.u16(b, off) == '\r'<<8|'\n' {
			return off
		}
	}
}

func (d *dissector) respText(b []byte, off, end int) {
	d.put(" \"")
	d.putSafe(b[off:end])
	d.put("\"")
}

// What respLength returns for lengths that are none.
const (
	respNull     = -1
	respTooLarge = -3
	respNegative = -4
	respInvalid  = -5
)

func (d *dissector) respNoLength(n int) {
	switch n {
	case respNull:
		d.put(" null")
	case respTooLarge:
		d.put(" length too large")
	case respNegative:
		d.put(" length negative and not -1")
	default:
		d.put(" invalid")
	}
}

func (d *dissector) respBulk(b []byte, off, length int) int {
	n, off := d.respLength(b, off, length)
	if n < 0 {
		d.respNoLength(n)
		return off
	}
	if n == 0 {
		d.put(" empty")
	} else {
		if length-off < n {
			d.trunc()
		}
		d.need(b, off+n)
		d.respText(b, off, off+n)
	}
	return d.respFind(b, off+n, length) + 2
}

func (d *dissector) respArray(b []byte, off, length int) int {
	n, off := d.respLength(b, off, length)
	switch {
	case n == 0:
		d.put(" empty")
	case n < 0:
		d.respNoLength(n)
	}
	if n > 0 {
		// The recursion is bounded by the packet: each level takes four bytes.
		for range n {
			off = d.respValue(b, off, length)
		}
	}
	return off
}

// respInline prints a line as people type it.
func (d *dissector) respInline(b []byte, off, length int) int {
	off = d.respSkipEOL(b, off, length)
	end := off
	for ; ; end++ {
		if end >= length {
			d.trunc()
		}
		if c := d.u8(b, end); c == '\r' || c == '\n' {
			break
		}
	}
	d.respText(b, off, end)
	return d.respSkipEOL(b, end, length)
}

// respSkipEOL steps over CR and LF; running out of bytes is only wrong if there
// was none.
func (d *dissector) respSkipEOL(b []byte, off, length int) int {
	start := off
	for ; ; off++ {
		if off >= length || off >= len(b) {
			if off > start {
				return off
			}
			d.trunc()
		}
		if b[off] != '\r' && b[off] != '\n' {
			return off
		}
	}
}

// respLength reads a decimal length and its CR LF.
func (d *dissector) respLength(b []byte, off, length int) (n, end int) {
	get := func() byte {
		if off >= length {
			d.trunc()
		}
		return d.u8(b, off)
	}
	negative := get() == '-'
	if negative {
		off++
	}
	digits, large := 0, false
	for ; ; off++ {
		c := get()
		if c < '0' || c > '9' {
			break
		}
		digits++
		switch v := int(c - '0'); {
		case n > math.MaxInt32/10:
			large = true
		case n*10+v > math.MaxInt32:
			n, large = n*10, true
		default:
			n = n*10 + v
		}
	}
	if digits == 0 || d.u8(b, off) != '\r' {
		return respInvalid, off + 1
	}
	off++
	if get() != '\n' {
		return respInvalid, off + 1
	}
	off++
	switch {
	case negative && (large || n != 1):
		return respNegative, off
	case negative:
		return respNull, off
	case large:
		return respTooLarge, off
	}
	return n, off
}
