package textout

var (
	nshFlags    = []name{{2, "O"}}
	nshMetadata = []name{{0, "reserved"}, {1, "1"}, {2, "2"}, {15, "experimental"}}
	nshNext     = []name{
		{1, "IPv4"}, {2, "IPv6"}, {3, "Ethernet"}, {4, "NSH"}, {5, "MPLS"}, {0xfe, "Experiment 1"}, {0xff, "Experiment 2"},
	}
)

// nsh prints a network service header (RFC 8300) and its payload.
func (d *dissector) nsh(b []byte, length int) {
	d.proto = "nsh"
	if length < 8 {
		d.printf(" (packet length %d < 8)", length)
		d.invalid()
		return
	}
	base := d.u32(b, 0)
	words, md, next := int(base>>16&0x3f), base>>8&15, base&0xff
	d.put("NSH, ")
	if d.opt.Verbose > 1 {
		d.printf("ver %d, ", base>>30)
	}
	if base>>30 != 0 {
		return
	}
	d.printf("flags [%s], ", d.flagsTight(nshFlags, base>>28&3, "none"))
	if d.opt.Verbose > 2 {
		d.printf("TTL %d, length %d, md type %s, ", base>>22&0x3f, words, d.tok(nshMetadata, md, "unknown (0x%02x)"))
	}
	if d.opt.Verbose > 1 {
		d.printf("next-protocol %s, ", d.tok(nshNext, next, "unknown (0x%02x)"))
	}
	if length < words*4 {
		d.printf(" (too many headers for packet length %d)", length)
		d.invalid()
		return
	}
	d.printf("service-path-id 0x%06x, ", d.u24(b, 4))
	d.printf("service-index 0x%x", d.u8(b, 7))
	if words < 2 {
		d.put(" (less than two headers)")
		d.invalid()
		return
	}
	if d.opt.Verbose > 2 && !d.nshContext(from(b, 8), words-2, md) {
		d.invalid()
		return
	}
	d.need(b, words*4)
	if d.opt.Verbose > 0 {
		d.put("\n    ")
	} else {
		d.put(": ")
	}
	b, length = b[words*4:], length-words*4
	switch next {
	case 1:
		d.ip4(b, length)
	case 2:
		d.ip6(b, length)
	case 3:
		d.ether(b, length)
	default:
		d.put("ERROR: unknown-next-protocol")
	}
}

// nshContext prints the context headers, words long.
func (d *dissector) nshContext(b []byte, words int, md uint32) bool {
	switch md {
	case 1:
		if words != 4 {
			d.put(" (invalid length for the MD type)")
			return false
		}
		for n := range words {
			d.printf("\n        Context[%02d]: 0x%08x", n, d.u32(b, 4*n))
		}
	case 2:
		for n := 0; n < words; {
			d.need(b, 4*n+4)
			h := b[4*n:]
			size := int(h[3] & 0x7f)
			d.printf("\n        TLV Class %d, Type %d, Len %d", d.u16(h, 0), h[2], size)
			n++
			padded := (size + 3) / 4
			if words < n+padded {
				d.put(" (length too big)")
				return false
			}
			if size > 0 {
				d.put("\n            Value: ")
				for i := range size {
					if i == 0 {
						d.put("0x")
					} else {
						d.putByte(':')
					}
					d.putHex2(d.u8(h, 4+i))
				}
				d.need(h, 4+4*padded)
				n += padded
			}
		}
	}
	return true
}
