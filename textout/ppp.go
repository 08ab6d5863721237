package textout

// PPP protocol numbers.
const (
	pppIP     = 0x0021
	pppOSI    = 0x0023
	pppIPX    = 0x002b
	pppVJC    = 0x002d
	pppVJNC   = 0x002f
	pppML     = 0x003d
	pppIP6    = 0x0057
	pppComp   = 0x00fd
	pppMPLS   = 0x0281
	pppMPLSMC = 0x0283
	pppIPCP   = 0x8021
	pppOSICP  = 0x8023
	pppIP6CP  = 0x8057
	pppCCP    = 0x80fd
	pppMPLSCP = 0x8281
	pppLCP    = 0xc021
	pppPAP    = 0xc023
	pppLQM    = 0xc025
	pppSPAP   = 0xc027
	pppBACP   = 0xc02b
	pppBAP    = 0xc02d
	pppOldPAP = 0xc123
	pppCHAP   = 0xc223
	pppEAP    = 0xc227
)

// ppp prints a PPP frame that may begin with address and control, and returns
// how long its header was.
func (d *dissector) ppp(b []byte, length int) int {
	d.proto = "ppp"
	whole, hdr := length, 0
	if length < 2 {
		d.truncMark()
		return 0
	}
	switch d.u16(b, 0) {
	case 0x0003, 0x0103, 0xff03:
		if d.opt.LinkHeader {
			switch b[0] {
			case 0:
				d.put("In  ")
			case 1:
				d.put("Out ")
			}
		}
		hdr = 2
	}
	if length-hdr < 2 {
		d.truncMark()
		return 0
	}
	proto := uint16(d.u8(b, hdr))
	if proto&1 != 0 {
		hdr++
	} else {
		proto = d.u16(b, hdr)
		hdr += 2
	}
	if d.opt.LinkHeader {
		kind, known := lookup(pppTypes, uint32(proto))
		if !known {
			kind = "unknown"
		}
		d.printf("%s (0x%04x), length %d", kind, proto, whole)
		if !known {
			return hdr
		}
		d.put(": ")
	}
	d.pppBody(proto, b, hdr, length-hdr)
	return hdr
}

// pppPayload prints what a protocol number announces (handle_ppp).
func (d *dissector) pppPayload(proto uint16, b []byte, length int) {
	switch proto {
	case pppLCP, pppIPCP, pppOSICP, pppMPLSCP, pppIP6CP, pppCCP, pppBACP:
		d.pppControl(proto, b, length)
	case pppML:
		d.mlppp(b, length)
	case pppCHAP:
		d.chap(b, length)
	case pppPAP:
		d.pap(b, length)
	case pppBAP:
	case etherIP4, pppVJNC, pppIP:
		d.ip4(b, length)
	case etherIP6, pppIP6:
		d.ip6(b, length)
	case 0x8137, pppIPX:
		d.ipx(b, length)
	case pppOSI:
		d.isoclns(b, length)
	case pppMPLS, pppMPLSMC:
		d.mpls(b, length)
	case pppComp:
		d.put("compressed PPP data")
	default:
		d.putTok(pppTypes, uint32(proto), "unknown PPP protocol (0x%04x)")
		d.putByte(' ')
		d.unknownData(b, "\n\t", length)
	}
}

// pppHDLC prints a frame with HDLC's byte stuffing: 0x7e between frames, 0x7d
// before bytes with bit 5 turned.
func (d *dissector) pppHDLC(b []byte, length int) {
	if len(b) == 0 || length == 0 {
		return
	}
	var f []byte
	for i := 0; i < len(b); i++ {
		c := b[i]
		if c == 0x7d {
			if i+1 >= len(b) {
				break
			}
			i++
			c = b[i] ^ 0x20
		}
		f = append(f, c)
	}
	if len(f) < 1 {
		d.trunc()
	}
	switch f[0] {
	case pppIP:
		d.ip4(f[1:], len(f)-1)
		return
	case pppIP6:
		d.ip6(f[1:], len(f)-1)
		return
	}
	if len(f) < 2 {
		d.trunc()
	}
	proto, off := d.u16(f, 0), 2
	if proto == 0xff03 {
		if len(f) < 4 {
			d.trunc()
		}
		proto, off = d.u16(f, 2), 4
	}
	if proto&0xff00 == 0x7e00 {
		d.printf("(protocol 0x%04x invalid)", proto)
		return
	}
	d.pppPayload(proto, f[off:], len(f)-off)
}

func (d *dissector) mlppp(b []byte, length int) {
	if !d.opt.LinkHeader {
		d.put("MLPPP, ")
	}
	if length < 2 || len(b) < 2 {
		d.put("[|mlppp]")
		return
	}
	d.printf("seq 0x%03x, Flags [%s], length %d", d.u16(b, 0)&0xfff, d.flags(mlpppFlags, uint32(b[0]&0xc0), "none"), length)
}

// authHeader prints the header that CHAP and PAP share.
func (d *dissector) authHeader(b []byte, length int, upper, lower string, codes []name) (code uint8, n int, ok bool) {
	if length < 1 {
		d.printf("[|%s]", lower)
		return 0, 0, false
	}
	code = d.u8(b, 0)
	if length < 4 {
		d.printf("[|%s 0x%02x]", lower, code)
		return 0, 0, false
	}
	d.printf("%s, %s (0x%02x)", upper, d.tok(codes, uint32(code), "unknown"), code)
	d.printf(", id %d", d.u8(b, 1))
	return code, int(d.u16(b, 2)), true
}

func (d *dissector) chap(b []byte, length int) {
	code, n, ok := d.authHeader(b, length, "CHAP", "chap", chapCodes)
	if !ok {
		return
	}
	switch code {
	case 1, 2:
		if length < 5 {
			return
		}
		size := int(d.u8(b, 4))
		if length-5 < size {
			return
		}
		d.put(", Value ")
		for i := range size {
			d.putHex2(d.u8(b, 5+i))
		}
		d.put(", Name ")
		d.putCounted(from(b, 5+size), n-5-size)
	case 3, 4:
		d.put(", Msg ")
		d.putCounted(from(b, 4), n-4)
	}
}

// putCounted appends n bytes; a negative n is, as in tcpdump, more than there is.
func (d *dissector) putCounted(b []byte, n int) {
	if n < 0 {
		n = len(b) + 1
	}
	d.putSafeN(b, n)
}

func (d *dissector) pap(b []byte, length int) {
	code, n, ok := d.authHeader(b, length, "PAP", "pap", papCodes)
	if !ok {
		return
	}
	if n > length {
		d.printf(", length %d > packet size", n)
		return
	}
	if n < 4 {
		d.printf(", length %d < PAP header length", n)
		return
	}
	labels := []string{", Msg "}
	minimum := 5
	switch code {
	case 1:
		labels, minimum = []string{", Peer ", ", Name "}, 6
	case 2, 3:
	default:
		return
	}
	if n < minimum {
		d.put("[|pap]")
		return
	}
	off := 4
	for _, label := range labels {
		if n-off < 1 {
			return
		}
		size := int(d.u8(b, off))
		off++
		if n-off < size {
			return
		}
		d.put(label)
		d.putSafeN(from(b, off), size)
		off += size
	}
}
