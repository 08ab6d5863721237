package textout

const chdlcHeaderLen = 4

// chdlc prints a Cisco HDLC frame and returns its header's length.
func (d *dissector) chdlc(b []byte, length int) int {
	d.proto = "chdlc"
	if length < chdlcHeaderLen {
		d.truncMark()
		return len(b)
	}
	proto := d.u16(b, 2)
	if d.opt.LinkHeader {
		cast := map[byte]string{0x0f: "unicast", 0x8f: "bcast"}[b[0]]
		if cast == "" {
			cast = d.tok(nil, uint32(b[0]), "0x%02x")
		}
		d.printf("%s, ethertype %s (0x%04x), length %d: ", cast, d.tok(ethertypeNames, uint32(proto), "Unknown"), proto, length)
	}
	b, length = b[chdlcHeaderLen:], length-chdlcHeaderLen
	d.llHdr = chdlcHeaderLen
	switch proto {
	case etherIP4:
		d.ip4(b, length)
	case etherIP6:
		d.ip6(b, length)
	case etherRARP:
		d.slarp(b, length)
	case 0x8847, 0x8848:
		d.mpls(b, length)
	case 0xfefe:
		if length < 2 {
			d.truncMark()
			return chdlcHeaderLen
		}
		// an OSI network layer may come one byte late
		if n := d.u8(b, 1); n == 0x81 || n == 0x82 || n == 0x83 {
			b, length = b[1:], length-1
		}
		d.isoclns(b, length)
	default:
		if !d.opt.LinkHeader {
			d.printf("unknown CHDLC protocol (0x%04x)", proto)
		}
	}
	return chdlcHeaderLen
}

// slarp prints Cisco's serial line address resolution.
func (d *dissector) slarp(b []byte, length int) {
	const least, most = 14, 18
	d.proto = "chdlc_slarp"
	d.printf("SLARP (length: %d), ", length)
	if length < least {
		d.trunc()
	}
	d.need(b, least)
	switch code := d.u32(b, 0); code {
	case 0:
		d.put("request")
	case 1:
		d.printf("reply %s/%s", d.ip4Text(b, 4), d.ip4Text(b, 8))
	case 2:
		d.printf("keepalive: mineseen=0x%08x, yourseen=0x%08x, reliability=0x%04x", d.u32(b, 4), d.u32(b, 8), d.u16(b, 12))
		if length >= most {
			s := d.u32(b, least) / 1000
			d.printf(", link uptime=%dd%dh%dm%ds", s/86400, s/3600%24, s/60%60, s%60)
		}
	default:
		d.printf("0x%02x unknown", code)
		if d.opt.Verbose <= 1 {
			d.unknownData(b[4:], "\n\t", length-4)
		}
	}
	if length > most && d.opt.Verbose > 0 {
		d.printf(", (trailing junk: %d bytes)", length-most)
	}
	if d.opt.Verbose > 1 {
		d.unknownData(b[4:], "\n\t", length-4)
	}
}

// pppLink prints a PPP frame as a link layer.
func (d *dissector) pppLink(b []byte, length int) int {
	const header = 4
	d.proto = "ppp"
	if len(b) < header {
		d.truncMark()
		return len(b)
	}
	d.llHdr = header
	d.ppp(b, length)
	return header
}

// pppSerial prints PPP in HDLC framing, or Cisco HDLC.
func (d *dissector) pppSerial(b []byte, length int) int {
	d.proto = "ppp_hdlc"
	if len(b) < 2 {
		d.truncMark()
		return len(b)
	}
	if b[0] == 0x0f || b[0] == 0x8f {
		return d.chdlc(b, length)
	}
	if len(b) < 4 {
		d.truncMark()
		return len(b)
	}
	if d.opt.LinkHeader {
		d.printf("%02x %02x %d ", b[0], b[1], length)
	}
	if b[0] != 0xff {
		d.printf("unknown addr %02x; ctrl %02x", b[2], b[3])
		return 2
	}
	proto := d.u16(b, 2)
	d.printf("%s: ", d.tok(pppTypes, uint32(proto), "unknown PPP protocol (0x%04x)"))
	d.pppBody(proto, b, 4, length-4)
	return 4
}

// pppBody prints what follows the protocol number at off. A number that begins
// with 0x7e is a flag of HDLC framing: the frame begins with its second byte.
func (d *dissector) pppBody(proto uint16, b []byte, off, length int) {
	if proto&0xff00 == 0x7e00 {
		d.pppHDLC(b[off-1:], length)
		return
	}
	d.pppPayload(proto, b[off:], length)
}
