package textout

import "time"

// NTP (RFC 5905).

var ntpModes = []name{
	{0, "unspecified"}, {1, "symmetric active"}, {2, "symmetric passive"}, {3, "Client"}, {4, "Server"},
	{5, "Broadcast"}, {6, "Control Message"}, {7, "Reserved"},
}

var ntpLeap = []name{{0, ""}, {0x40, "+1s"}, {0x80, "-1s"}, {0xc0, "clock unsynchronized"}}

var ntpStrata = []name{{0, "unspecified"}, {1, "primary reference"}, {16, "unsynchronized"}}

const (
	ntpTimeLen    = 48
	ntpControlLen = 12
	ntpControl    = 6
	ntpEpoch      = 2208988800 // 1970-01-01 in seconds since 1900
)

func (d *dissector) ntp(b []byte, length int) {
	d.proto = "ntp"
	status := d.u8(b, 0)
	version, mode := status>>3&7, status&7
	d.put("NTPv")
	d.putUint(uint64(version))
	d.put(", ")
	d.putTok(ntpModes, uint32(mode), "Unknown mode")
	d.put(", length ")
	d.putInt(int64(length))
	if d.opt.Verbose == 0 {
		return
	}
	d.put("\n\tLeap indicator: ")
	d.putTok(ntpLeap, uint32(status&0xc0), "Unknown")
	d.put(" (")
	d.putUint(uint64(status & 0xc0))
	d.putByte(')')
	ok := false
	if mode == 7 {
		return // not dissected
	}
	if mode == ntpControl {
		ok = d.ntpControlMessage(b, length)
	} else {
		ok = d.ntpTime(b, length)
	}
	if !ok {
		d.invalid()
		d.need(b, length)
	}
}

func (d *dissector) ntpTime(b []byte, length int) bool {
	if length < ntpTimeLen {
		return false
	}
	stratum := d.u8(b, 1)
	d.put(", Stratum ")
	d.putUint(uint64(stratum))
	d.put(" (")
	other := "reserved"
	if stratum >= 2 && stratum <= 15 {
		other = "secondary reference"
	}
	d.putTok(ntpStrata, uint32(stratum), other)
	d.put("), poll ")
	poll := int8(d.u8(b, 2))
	d.putInt(int64(poll))
	if poll >= 0 {
		d.put(" (")
		d.putUint(uint64(uint32(1) << (uint(poll) & 31)))
	} else {
		d.put(" (1/")
		d.putUint(uint64(uint32(1) << (uint(-int(poll)) & 31)))
	}
	d.put("s), precision ")
	d.putInt(int64(int8(d.u8(b, 3))))
	d.need(b, 8)
	d.put("\n\tRoot Delay: ")
	d.ntpShort(b, 4)
	d.need(b, 12)
	d.put(", Root dispersion: ")
	d.ntpShort(b, 8)
	d.need(b, 16)
	d.put(", Reference-ID: ")
	switch {
	case stratum == 0:
		d.put("(unspec)")
	case stratum == 1:
		d.putSafeN(from(b, 12), 4)
	case stratum == 62: // a query of an implementation's own: nothing follows
		d.putIP4(from(b, 12))
		d.put(" INFO_QUERY")
		return true
	case stratum == 63:
		d.putIP4(from(b, 12))
		d.put(" INFO_REPLY")
		return true
	default:
		d.put("0x")
		d.putHex8(d.u32(b, 12))
	}
	for _, t := range []struct {
		what string
		off  int
	}{{"\n\t  Reference Timestamp:  ", 16}, {"\n\t  Originator Timestamp: ", 24}, {"\n\t  Receive Timestamp:    ", 32}, {"\n\t  Transmit Timestamp:   ", 40}} {
		d.need(b, t.off+8)
		d.put(t.what)
		d.ntpStamp(d.u32(b, t.off), d.u32(b, t.off+4))
	}
	d.put("\n\t    Originator - Receive Timestamp:  ")
	d.ntpDelta(b, 24, 32)
	d.put("\n\t    Originator - Transmit Timestamp: ")
	d.ntpDelta(b, 24, 40)
	d.ntpTail(b, length)
	return true
}

// ntpTail prints the key and the digest, if the length fits.
func (d *dissector) ntpTail(b []byte, length int) {
	switch n := length - ntpTimeLen; n {
	case 0:
	case 4, 20, 24:
		d.put("\n\tKey id: ")
		d.putUint(uint64(d.u32(b, ntpTimeLen)))
		if n > 4 {
			d.need(b, length)
			d.put("\n\tAuthentication: ")
			d.putHexString(b[ntpTimeLen+4 : length])
		}
	default:
		if n > 24 || n > 0 {
			d.put("\n\t(")
			d.putInt(int64(n))
			d.put(" more bytes after the header)")
		}
	}
}

// ntpShort prints a signed 16.16 number.
func (d *dissector) ntpShort(b []byte, off int) {
	i, f := d.u16(b, off), d.u16(b, off+2)
	d.putInt(int64(i))
	d.putByte('.')
	d.putUintW(uint64(float64(f)/65536*1e6), 6)
}

func ntpNanos(frac uint32) uint64 { return uint64(float64(frac) / 4294967296 * 1e9) }

// ntpStamp prints a 32.32 time, and the date unless it is zero.
func (d *dissector) ntpStamp(sec, frac uint32) {
	d.putUint(uint64(sec))
	d.putByte('.')
	d.putUintW(ntpNanos(frac), 9)
	if sec != 0 {
		d.put(" (")
		d.out = time.Unix(int64(sec)-ntpEpoch, 0).UTC().AppendFormat(d.out, "2006-01-02T15:04:05Z")
		d.putByte(')')
	}
}

// ntpDelta prints how much later the second time is; if the first is not set,
// the second.
func (d *dissector) ntpDelta(b []byte, first, second int) {
	os, of := d.u32(b, first), d.u32(b, first+4)
	s, f := d.u32(b, second), d.u32(b, second+4)
	if os == 0 && of == 0 {
		d.ntpStamp(s, f)
		return
	}
	sign := byte('+')
	if os > s || os == s && of >= f {
		sign = '-'
		os, of, s, f = s, f, os, of
	}
	sec := s - os
	if f < of {
		sec--
	}
	d.putByte(sign)
	d.putUint(uint64(sec))
	d.putByte('.')
	d.putUintW(ntpNanos(f-of), 9)
}

func (d *dissector) ntpControlMessage(b []byte, length int) bool {
	if length < ntpControlLen {
		return false
	}
	pick := func(bit uint8, on, off string) {
		d.put(", ")
		if b[1]&bit != 0 {
			d.put(on)
		} else {
			d.put(off)
		}
	}
	d.need(b, 2)
	pick(0x80, "Response", "Request")
	pick(0x40, "Error", "OK")
	pick(0x20, "More", "Last")
	d.put(", OpCode=")
	d.putUint(uint64(b[1] & 0x1f))
	d.put("\n\tSequence=")
	d.putUint(uint64(d.u16(b, 2)))
	d.put(", Status=")
	if s := d.u16(b, 4); s != 0 {
		d.put("0x")
		d.putHex(uint64(s))
	} else {
		d.putByte('0')
	}
	d.put(", Assoc.=")
	d.putUint(uint64(d.u16(b, 6)))
	d.put(", Offset=")
	d.putUint(uint64(d.u16(b, 8)))
	count := int(d.u16(b, 10))
	d.put(", Count=")
	d.putInt(int64(count))
	if ntpControlLen+count > length {
		return false
	}
	if count != 0 {
		d.need(b, ntpControlLen+count)
		d.put("\n\tTO-BE-DONE: data not interpreted")
	}
	return true
}
