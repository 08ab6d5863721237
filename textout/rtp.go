package textout

// rtp prints a real-time transport header, of version 1 or 2 (-T rtp only).
func (d *dissector) rtp(b []byte, length int) {
	d.proto = "rtp"
	if length < 8 {
		d.rtpShort(length, 8)
		return
	}
	first, stamp := d.u32(b, 0), d.u32(b, 4)
	data, at, words := length-8, 8, length/4-2
	options, extension := false, false
	var kind uint32
	var marker bool
	if first>>30 == 1 {
		options, kind, marker = first&0x800000 != 0, first>>16&0x3f, first&0x400000 != 0
		d.put("udp/rtpv1 ")
	} else {
		if data < 4 {
			d.rtpShort(length, 12)
			return
		}
		extension, kind, marker = first&0x10000000 != 0, first>>16&0x7f, first&0x800000 != 0
		data, at, words = data-4, at+4, words-1
		d.put("udp/rtp ")
	}
	d.putInt(int64(data))
	d.put(" c")
	d.putUint(uint64(kind))
	d.putByte(' ')
	if options || extension {
		d.putByte('+')
	}
	if marker {
		d.putByte('*')
	}
	d.putByte(' ')
	d.putUint(uint64(first & 0xffff))
	d.putByte(' ')
	d.putUint(uint64(stamp))
	if d.opt.Verbose == 0 {
		return
	}
	d.putByte(' ')
	d.putUint(uint64(d.u32(b, 8)))
	for options {
		v := d.u32(b, at)
		n := int(v >> 16 & 0xff)
		if n == 0 || n > words {
			d.put(" !opt")
			return
		}
		at, words = at+4*n, words-n
		options = int32(v) >= 0
	}
	if extension {
		n := int(d.u32(b, at)&0xffff) + 1
		if n > words {
			d.put(" !ext")
			return
		}
		at += 4 * n
	}
	if kind == 0x1f {
		d.put(" 0x")
		d.putHex4(uint16(d.u32(b, at) >> 16))
	}
}

func (d *dissector) rtpShort(length, least int) {
	d.put("udp/rtp, length ")
	d.putInt(int64(length))
	d.put(" < ")
	d.putInt(int64(least))
}
