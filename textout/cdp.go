package textout

import "bytes"

var cdpCapabilities = []name{
	{1, "Router"}, {2, "Transparent Bridge"}, {4, "Source Route Bridge"}, {8, "L2 Switch"}, {16, "L3 capable"},
	{32, "IGMP snooping"}, {64, "L1 capable"},
}

// cdpField is how one type of field prints; 0 means no limit.
type cdpField struct {
	name     string
	print    func(d *dissector, b []byte, n int)
	min, max int
}

var cdpFields = [...]cdpField{
	0x01: {"Device-ID", (*dissector).cdpString, 0, 0},
	0x02: {"Address", (*dissector).cdpAddresses, 0, 0},
	0x03: {"Port-ID", (*dissector).cdpString, 0, 0},
	0x04: {"Capability", (*dissector).cdpCapability, 4, 4},
	0x05: {"Version String", (*dissector).cdpVersion, 0, 0},
	0x06: {"Platform", (*dissector).cdpString, 0, 0},
	0x07: {"Prefixes", (*dissector).cdpPrefixes, 0, 0},
	0x08: {"Protocol-Hello option", nil, 0, 0},
	0x09: {"VTP Management Domain", (*dissector).cdpString, 0, 0},
	0x0a: {"Native VLAN ID", func(d *dissector, b []byte, n int) { d.printf("%d", d.u16(b, 0)) }, 2, 2},
	0x0b: {"Duplex", (*dissector).cdpDuplex, 1, 1},
	0x0e: {"ATA-186 VoIP VLAN assignment", (*dissector).cdpVoice, 3, 3},
	0x0f: {"ATA-186 VoIP VLAN request", (*dissector).cdpVoice, 2, 3},
	0x10: {"power consumption", (*dissector).cdpPower, 1, 3},
	0x11: {"MTU", func(d *dissector, b []byte, n int) { d.printf("%d bytes", d.u32(b, 0)) }, 4, 4},
	0x12: {"AVVID trust bitmap", (*dissector).cdpByte, 1, 1},
	0x13: {"AVVID untrusted ports CoS", (*dissector).cdpByte, 1, 1},
	0x14: {"System Name", (*dissector).cdpString, 0, 0},
	0x15: {"System Object ID (not decoded)", nil, 0, 0},
	0x16: {"Management Addresses", (*dissector).cdpAddresses, 4, 0},
	0x17: {"Physical Location", (*dissector).cdpLocation, 1, 0},
}

// cdp prints Cisco's discovery protocol.
func (d *dissector) cdp(b []byte, length int) {
	d.proto = "cdp"
	if length < 4 {
		d.printf(" (packet length %d < 4)", length)
		d.invalid()
		d.need(b, length)
		return
	}
	d.need(b, 2)
	d.printf("CDPv%d, ttl: %ds", b[0], b[1])
	sum := d.u16(b, 2)
	if d.opt.Verbose > 0 {
		d.printf(", checksum: 0x%04x (unverified), length %d", sum, length)
	}
	rest, left := b[4:], length-4
	for left > 0 {
		n := d.cdpTLV(rest, left)
		if n == 0 {
			return
		}
		rest, left = from(rest, n), left-n
	}
	if d.opt.Verbose == 0 {
		d.printf(", length %d", length)
	}
}

// cdpTLV prints one field and returns its length, 0 if it is malformed.
func (d *dissector) cdpTLV(b []byte, left int) int {
	bad := func() int {
		d.invalid()
		d.need(b, left)
		return 0
	}
	if left < 4 {
		d.printf(" (remaining packet length %d < 4)", left)
		return bad()
	}
	typ, n := int(d.u16(b, 0)), int(d.u16(b, 2))
	var f *cdpField
	label := "unknown field type"
	if typ < len(cdpFields) {
		f = &cdpFields[typ]
		if f.name != "" {
			label = f.name
		}
	}
	if n < 4 {
		if d.opt.Verbose > 0 {
			d.printf("\n\t%s (0x%02x), TLV length: %d byte%s (too short)", label, typ, n, plural(n))
		} else {
			d.printf(", %s TLV length %d too short", label, n)
		}
		return bad()
	}
	if n > left {
		d.printf(" (TLV length %d > %d)", n, left)
		return bad()
	}
	v, size := b[4:], n-4
	if d.opt.Verbose > 0 {
		d.printf("\n\t%s (0x%02x), value length: %d byte%s: ", label, typ, size, plural(size))
	} else if typ == 1 {
		d.put(", Device-ID ")
	}
	if !d.cdpValue(f, typ, v, size) {
		d.need(v, size)
		d.unknownData(v, "\n\t  ", size)
	}
	return n
}

func (d *dissector) cdpValue(f *cdpField, typ int, b []byte, n int) bool {
	switch {
	case f == nil:
		return false
	case n < f.min || f.max > 0 && n > f.max:
		d.put(" (malformed TLV)")
		return false
	case d.opt.Verbose == 0 && typ != 1:
		return false
	case f.print != nil:
		f.print(d, b, n)
	default:
		d.need(b, n)
	}
	return true
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

func (d *dissector) cdpString(b []byte, n int) {
	d.putByte('\'')
	d.putSafeN(b, n)
	d.putByte('\'')
}

func (d *dissector) cdpCapability(b []byte, n int) {
	v := d.u32(b, 0)
	d.printf("(0x%08x): %s", v, d.flags(cdpCapabilities, v, "none"))
}

func (d *dissector) cdpVersion(b []byte, n int) {
	d.put("\n\t  ")
	for i := range n {
		if c := d.u8(b, i); c == '\n' {
			d.put("\n\t  ")
		} else {
			d.putChar(c)
		}
	}
}

func (d *dissector) cdpDuplex(b []byte, n int) {
	if d.u8(b, 0) != 0 {
		d.put("full")
	} else {
		d.put("half")
	}
}

func (d *dissector) cdpVoice(b []byte, n int) {
	if n == 2 {
		d.printf("unknown 0x%04x", d.u16(b, 0))
		return
	}
	d.need(b, 3)
	d.printf("app %d, vlan %d", b[0], d.u16(b, 1))
}

func (d *dissector) cdpPower(b []byte, n int) {
	v := uint32(0)
	for _, c := range d.bytes(b, 0, n) {
		v = v<<8 | uint32(c)
	}
	d.printf("%1.2fW", float64(v)/1000)
}

func (d *dissector) cdpByte(b []byte, n int) { d.printf("0x%02x", d.u8(b, 0)) }

func (d *dissector) cdpLocation(b []byte, n int) {
	d.printf("0x%02x", d.u8(b, 0))
	if n > 1 {
		d.putByte('/')
		d.putSafeN(b[1:], n-1)
	}
}

func (d *dissector) cdpPrefixes(b []byte, n int) {
	if n%5 != 0 {
		d.printf(" [length %d is not a multiple of 5]", n)
		d.need(b, n)
		return
	}
	d.printf(" IPv4 Prefixes (%d):", n/5)
	for off := 0; off < n; off += 5 {
		p := d.bytes(b, off, 5)
		d.printf(" %d.%d.%d.%d/%d", p[0], p[1], p[2], p[3], p[4])
	}
}

// cdpAddresses prints a counted list of protocol and address pairs.
func (d *dissector) cdpAddresses(b []byte, n int) {
	ip6 := []byte{0xaa, 0xaa, 3, 0, 0, 0, 0x86, 0xdd}
	short := func(what string) {
		d.printf(" (not enough space for %s)", what)
		d.need(b, n)
	}
	skip := func(k int) { b, n = from(b, k), n-k }
	if n < 4 {
		short("num")
		return
	}
	count := d.u32(b, 0)
	for skip(4); count > 0; {
		if n < 2 {
			short("PT+PL")
			return
		}
		pt, pl := d.u8(b, 0), int(d.u8(b, 1))
		if skip(2); n < pl+2 {
			short("P+AL")
			return
		}
		al := int(d.u16(b, pl))
		proto := d.bytes(b, 0, pl)
		v4 := pt == 1 && pl == 1 && proto[0] == 0xcc && al == 4
		v6 := pt == 2 && bytes.Equal(proto, ip6) && al == 16
		if !v4 && !v6 {
			d.printf("pt=0x%02x, pl=%d, pb=", pt, pl)
			for _, c := range proto {
				d.printf(" %02x", c)
			}
			d.printf(", al=%d, a=", al)
		}
		if skip(pl + 2); n < al {
			short("A")
			return
		}
		switch {
		case v4:
			d.printf("IPv4 (%d) %s", count, d.ip4Text(b, 0))
		case v6:
			d.printf("IPv6 (%d) %s", count, d.ip6Text(b, 0))
		default:
			for i := range al {
				d.printf(" %02x", d.u8(b, i))
			}
		}
		skip(al)
		if count--; count > 0 {
			d.putByte(' ')
		}
	}
	if n > 0 {
		d.printf(" (%d bytes of stray data)", n)
	}
}
