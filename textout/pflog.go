package textout

// pflog prints what OpenBSD's pf logged and returns its header's length.
func (d *dissector) pflog(b []byte, length int) int {
	d.proto = "pflog"
	if d.u8(b, 0) < 45 {
		d.put("[pflog: invalid header length!]")
		return int(b[0])
	}
	header := (int(b[0]) + 3) &^ 3
	d.llHdr = header
	if len(b) < header || len(b) < 64 {
		d.trunc()
	}
	if d.opt.LinkHeader {
		d.pflogHeader(b)
	}
	body := b[header:]
	switch b[1] {
	case 2:
		d.ip4(body, length-header)
	case 24, 28, 30:
		d.ip6(body, length-header)
	default:
		if !d.opt.LinkHeader {
			d.pflogHeader(b)
		}
		d.unknown(body)
	}
	return header
}

func (d *dissector) pflogHeader(b []byte) {
	rule, sub := d.u32(b, 36), d.u32(b, 40)
	if sub == 1<<32-1 {
		d.printf("rule %d/", rule)
	} else {
		d.printf("rule %d.", rule)
		d.putSafeJZ(b[20:36], 16)
		d.printf(".%d/", sub)
	}
	d.printf("%s: %s %s on ", d.tok(pflogReasons, uint32(b[3]), "unkn(%u)"),
		d.tok(pflogActions, uint32(b[2]), "unkn(%u)"), d.tok(pflogDirections, uint32(b[60]), "unkn(%u)"))
	d.putSafeJZ(b[4:20], 16)
	d.put(": ")
}
