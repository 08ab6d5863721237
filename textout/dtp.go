package textout

var dtpFields = []name{{1, "Domain"}, {2, "Status"}, {3, "DTP type"}, {4, "Neighbor"}}

// dtp prints Cisco's dynamic trunking protocol.
func (d *dissector) dtp(b []byte, length int) {
	d.proto = "dtp"
	if length < 1 {
		d.put("[zero packet length]")
		d.invalid()
		return
	}
	d.printf("DTPv%d, length %d", d.u8(b, 0), length)
	if d.opt.Verbose == 0 {
		return
	}
	b, length = b[1:], length-1
	for length > 0 {
		n, ok := d.dtpField(b, length)
		if !ok {
			d.invalid()
			d.need(b, length)
		}
		if n == 0 {
			return
		}
		b, length = from(b, n), length-n
	}
}

func (d *dissector) dtpField(b []byte, length int) (n int, ok bool) {
	if length < 4 {
		d.printf("[%d bytes remaining]", length)
		return 0, false
	}
	typ := d.u16(b, 0)
	n = int(d.u16(b, 2))
	if typ == 0 {
		return 0, true
	}
	d.printf("\n\t%s (0x%04x) TLV, length %d", d.tok(dtpFields, uint32(typ), "Unknown"), typ, n)
	if n < 4 || n > length {
		d.printf("[invalid TLV length %d]", n)
		return 0, false
	}
	switch typ {
	case 1:
		d.put(", ")
		d.putSafeJZ(b[4:], n-4)
	case 2, 3:
		if n != 5 {
			return 0, false
		}
		d.printf(", 0x%x", d.u8(b, 4))
	case 4:
		if n != 10 {
			return 0, false
		}
		d.printf(", %s", d.macText(b, 4))
	default:
		d.need(b, n)
	}
	return n, true
}
