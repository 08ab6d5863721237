package textout

import (
	"strconv"
)

// The put methods append text to the packet's line. Dissectors use these:
//
//	put, putByte, putUint, putInt, putHex      plain text and numbers
//	putHex2, putHex4, putHex8, putDec2         %02x %04x %08x %02u
//	putTok, putBits                            value to name, flags to names
//	putIP4, putIP6, putIP, putMAC              addresses (names unless -n)
//	putTCPPort, putUDPPort                     ports (names unless -n)
//	putSafe, putSafeZ                          bytes from the packet, made harmless
//	hexBytes, textLine, putDuration            tcpdump's print_unknown_data,
//	                                           txtproto_print, relts_print

// name gives a value its word.
type name struct {
	v uint32
	s string
}

const hexDigits = "0123456789abcdef"

func (d *dissector) putHex2(n uint8) {
	d.out = append(d.out, hexDigits[n>>4], hexDigits[n&15])
}

func (d *dissector) putHex4(n uint16) {
	d.putHex2(uint8(n >> 8))
	d.putHex2(uint8(n))
}

func (d *dissector) putHex8(n uint32) {
	d.putHex4(uint16(n >> 16))
	d.putHex4(uint16(n))
}

// putHexW appends n in hex with at least width digits (%0*x).
func (d *dissector) putHexW(n uint64, width int) {
	for i := width - 1; i > 0 && n>>(4*i) == 0; i-- {
		d.putByte('0')
	}
	d.putHex(n)
}

func (d *dissector) putDec2(n uint64) {
	if n < 10 {
		d.putByte('0')
	}
	d.putUint(n)
}

// putUintW appends n in decimal with at least width digits (%0*u).
func (d *dissector) putUintW(n uint64, width int) {
	for w, lim := 1, uint64(10); w < width; w, lim = w+1, lim*10 {
		if n < lim {
			for ; w < width; w++ {
				d.putByte('0')
			}
			break
		}
	}
	d.putUint(n)
}

// lookup finds the name of v.
func lookup(tab []name, v uint32) (string, bool) {
	for i := range tab {
		if tab[i].v == v {
			return tab[i].s, true
		}
	}
	return "", false
}

// putTok appends the name of v; if it has none, def, in which the first %u, %d,
// %x, %#x, %02x, %04x or %08x stands for v (tcpdump's tok2str; an empty def is
// "#%d").
func (d *dissector) putTok(tab []name, v uint32, def string) {
	if s, ok := lookup(tab, v); ok {
		d.put(s)
		return
	}
	if def == "" {
		def = "#%d"
	}
	d.putDefault(def, v)
}

// putDefault expands the one verb that def may have.
func (d *dissector) putDefault(def string, v uint32) {
	for i := 0; i < len(def); i++ {
		if def[i] != '%' {
			d.putByte(def[i])
			continue
		}
		i++
		alt, width := false, 0
		if i < len(def) && def[i] == '#' {
			alt = true
			i++
		}
		for ; i < len(def) && def[i] >= '0' && def[i] <= '9'; i++ {
			width = 10*width + int(def[i]-'0')
		}
		if i >= len(def) {
			return
		}
		switch def[i] {
		case 'u':
			d.putUintW(uint64(v), width)
		case 'd':
			if int32(v) < 0 {
				d.putInt(int64(int32(v)))
			} else {
				d.putUintW(uint64(v), width)
			}
		case 'x':
			if alt && v != 0 {
				d.put("0x")
				width -= 2
			}
			d.putHexW(uint64(v), width)
		case '%':
			d.putByte('%')
		}
	}
}

// putBits appends the names of all flags of v that tab has, with sep between
// them; def if there is none (tcpdump's bittok2str, bittok2str_nosep: the
// separator there is ", " or nothing).
func (d *dissector) putBits(tab []name, v uint32, def, sep string) {
	found := false
	for i := range tab {
		if t := tab[i].v; t != 0 && v&t == t {
			if found {
				d.put(sep)
			}
			d.put(tab[i].s)
			found = true
		}
	}
	if !found {
		if def == "" {
			def = "#%08x"
		}
		d.putDefault(def, v)
	}
}

// putChar appends one byte as fn_print_char does: M-x for the upper half, ^x for
// control characters.
func (d *dissector) putChar(c byte) {
	if c >= 0x80 {
		c &= 0x7f
		d.put("M-")
	}
	if c < 0x20 || c == 0x7f {
		c ^= 0x40
		d.putByte('^')
	}
	d.putByte(c)
}

// putSafe appends bytes so that they cannot do harm on a terminal (nd_printn
// without the length check, fn_printn).
func (d *dissector) putSafe(b []byte) {
	for _, c := range b {
		d.putChar(c)
	}
}

// putSafeZ appends bytes up to a NUL, which must come (nd_printstr, fn_print):
// it returns false if b ends before.
func (d *dissector) putSafeZ(b []byte) bool {
	for _, c := range b {
		if c == 0 {
			return true
		}
		d.putChar(c)
	}
	return false
}

// putSafeN appends at most n bytes, ending the packet if fewer were captured
// (nd_printjn, nd_printn).
func (d *dissector) putSafeN(b []byte, n int) {
	if n > len(b) {
		d.putSafe(b)
		d.trunc()
	}
	d.putSafe(b[:n])
}

// putSafeJZ appends at most n bytes, less after a NUL (nd_printjnp,
// nd_printnp).
func (d *dissector) putSafeJZ(b []byte, n int) {
	for i := 0; i < n; i++ {
		if i >= len(b) {
			d.trunc()
		}
		if b[i] == 0 {
			return
		}
		d.putChar(b[i])
	}
}

// safeChar is what safeputchar prints: printable ASCII as it is, else \0x%02x.
func (d *dissector) safeChar(c byte) {
	if c >= 0x20 && c < 0x7f {
		d.putByte(c)
		return
	}
	d.put("\\0x")
	d.putHex2(c)
}

// safePuts appends at most n bytes up to a NUL as tcpdump's safeputs does.
func (d *dissector) safePuts(b []byte, n int) {
	for i := 0; i < n && i < len(b) && b[i] != 0; i++ {
		d.safeChar(b[i])
	}
}

// putDuration appends seconds as tcpdump's signed_relts_print: 1d2h3m4s
func (d *dissector) putDuration(secs int32) {
	if secs == 0 {
		d.put("0s")
		return
	}
	n := int64(secs)
	if n < 0 {
		d.putByte('-')
		n = -n
	}
	d.putUnsignedDuration(uint32(n))
}

// putUnsignedDuration is unsigned_relts_print.
func (d *dissector) putUnsignedDuration(n uint32) {
	if n == 0 {
		d.put("0s")
		return
	}
	for _, u := range []struct {
		c byte
		s uint32
	}{{'y', 31536000}, {'w', 604800}, {'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}} {
		if n > 0 {
			if q := n / u.s; q > 0 {
				d.putUint(uint64(q))
				d.putByte(u.c)
			}
			n %= u.s
		}
	}
}

// putHexString appends bytes as two digits each, without separators.
func (d *dissector) putHexString(b []byte) {
	for _, c := range b {
		d.putHex2(c)
	}
}

// putFloat3 appends f with three decimals.
func (d *dissector) putFloat(f float64, prec int) {
	d.out = strconv.AppendFloat(d.out, f, 'f', prec, 64)
}

// putDurationU is putDuration for an unsigned value (unsigned_relts_print).
func (d *dissector) putDurationU(secs uint32) {
	if secs == 0 {
		d.put("0s")
		return
	}
	n := uint64(secs)
	for _, u := range durationUnits {
		if q := n / u.s; q > 0 {
			d.putUint(q)
			d.putByte(u.c)
		}
		n %= u.s
	}
}

var durationUnits = []struct {
	c byte
	s uint64
}{{'y', 31536000}, {'w', 604800}, {'d', 86400}, {'h', 3600}, {'m', 60}, {'s', 1}}
