package textout

var pppoeCodes = []name{{0x09, "PADI"}, {0x07, "PADO"}, {0x19, "PADR"}, {0x65, "PADS"}, {0xa7, "PADT"}, {0, ""}}

var pppoeTags = []name{
	{0, "EOL"}, {0x0101, "Service-Name"}, {0x0102, "AC-Name"}, {0x0103, "Host-Uniq"}, {0x0104, "AC-Cookie"},
	{0x0105, "Vendor-Specific"}, {0x0110, "Relay-Session-ID"}, {0x0120, "PPP-Max-Payload"},
	{0x0201, "Service-Name-Error"}, {0x0202, "AC-System-Error"}, {0x0203, "Generic-Error"},
}

// pppoe prints PPP over Ethernet (RFC 2516), discovery and session, and returns
// the length of its header.
func (d *dissector) pppoe(b []byte, length int) int {
	const hdr = 6
	d.proto = "pppoe"
	if length < hdr {
		d.printf(" (length %d < %d)", length, hdr)
		d.invalid()
		return 0
	}
	d.need(b, hdr)
	length -= hdr
	if v := b[0] >> 4; v != 1 {
		d.printf(" [ver %d]", v)
	}
	if t := b[0] & 15; t != 1 {
		d.printf(" [type %d]", t)
	}
	code, session, n := b[1], d.u16(b, 2), int(d.u16(b, 4))
	d.put("PPPoE ")
	d.putTok(pppoeCodes, uint32(code), "PAD-%x")
	if code == 0x09 && n > 1484-hdr {
		d.printf(" [len %d!]", n)
	}
	if n > length {
		d.printf(" [len %d > %d!]", n, length)
		n = length
	}
	if session != 0 {
		d.put(" [ses 0x")
		d.putHex(uint64(session))
		d.putByte(']')
	}
	if code == 0 {
		d.putByte(' ')
		return hdr + d.ppp(b[hdr:], n)
	}
	d.pppoeTags(b[hdr:], n)
	return hdr
}

func (d *dissector) pppoeTags(b []byte, length int) {
	for off := 0; off < length; {
		tag, n := d.u16(b, off), int(d.u16(b, off+2))
		off += 4
		label := d.tok(pppoeTags, uint32(tag), "TAG-0x%x")
		switch v := d.bytes(b, off, n); {
		case n == 0:
			d.printf(" [%s]", label)
		case mostlyText(v):
			d.printf(" [%s \"", label)
			for _, c := range v[:min(n, 79)] {
				if c < 0x20 || c >= 0x7f {
					c = '.'
				}
				d.putByte(c)
			}
			d.put(`"]`)
		default:
			d.printf(" [%s 0x%X]", label, v)
		}
		off += n
		if tag == 0 {
			return
		}
	}
}

// mostlyText says that more than half of the bytes shown are printable.
func mostlyText(b []byte) bool {
	text := 0
	b = b[:min(len(b), 79)]
	for _, c := range b {
		if c >= 0x20 && c < 0x7f {
			text++
		}
	}
	return text > len(b)-text
}
