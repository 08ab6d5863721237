package textout

// pppControl prints the control protocols, which share LCP's packet format.
func (d *dissector) pppControl(proto uint16, b []byte, length int) {
	kind := d.tok(pppTypes, uint32(proto), "unknown ctrl-proto (0x%04x)")
	d.printf("%s, ", kind)
	if length < 4 || len(b) < 2 {
		d.printf("[|%s]", kind)
		return
	}
	code := b[0]
	d.printf("%s (0x%02x), id %d, length %d", d.tok(pppCodes, uint32(code), "Unknown Opcode"), code, b[1], length+2)
	if d.opt.Verbose == 0 {
		return
	}
	n := int(d.u16(b, 2))
	if n < 4 {
		d.printf("\n\tencoded length %d (< 4))", n)
		return
	}
	if n > length {
		d.printf("\n\tencoded length %d (> packet length %d))", n, length)
		return
	}
	d.printf("\n\tencoded length %d (=Option(s) length %d)", n, n-4)
	if n == 4 {
		return
	}
	if d.opt.Verbose > 1 {
		d.pppProtoDump(proto, b, "\n\t", 6)
	}
	if code > 15 || code == 14 || code == 15 {
		if d.opt.Verbose <= 1 {
			d.pppProtoDump(proto, b, "\n\t  ", n+2)
		}
		return
	}
	d.pppControlBody(proto, code, b[4:], n, kind)
}

// pppProtoDump dumps n bytes beginning with the protocol number in front of b.
func (d *dissector) pppProtoDump(proto uint16, b []byte, indent string, n int) {
	f := append([]byte{byte(proto >> 8), byte(proto)}, b...)
	d.unknownData(f, indent, n)
}

func (d *dissector) pppControlBody(proto uint16, code uint8, b []byte, n int, kind string) {
	magic := func() { d.printf("\n\t  Magic-Num 0x%08x", d.u32(b, 0)) }
	switch code {
	case 0:
		if n >= 11 {
			magic()
			oui := d.u24(b, 4)
			d.printf(" Vendor: %s (%d)", d.tok(ouiNames, oui, "Unknown"), oui)
		}
	case 1, 2, 3, 4:
		d.pppOptions(proto, b, n)
	case 8:
		if n >= 6 {
			p := d.u16(b, 0)
			d.printf("\n\t  Rejected %s Protocol (0x%04x)", d.tok(pppTypes, uint32(p), "unknown"), p)
			if n > 6 {
				d.put("\n\t  Rejected Packet")
				d.unknownData(b[2:], "\n\t    ", n-2)
			}
		}
	case 9, 10, 11:
		if n >= 8 {
			magic()
			if n > 8 {
				d.put("\n\t  -----trailing data-----")
				if len(b) < 4+n-8 {
					d.printf("[|%s]", kind)
					return
				}
				d.unknownData(b[4:], "\n\t  ", n-8)
			}
		}
	case 12:
		if n >= 8 {
			magic()
			if n > 8 {
				d.put("\n\t  Message\n\t    ")
				d.putSafe(within(b[4:], n-4))
				if len(b)-4 < n-4 {
					d.printf("[|%s]", kind)
				}
			}
		}
	case 13:
		if n >= 12 {
			magic()
			d.printf(", Seconds-Remaining %ds", d.u32(b, 4))
		}
	}
}

// pppOptions prints configuration options; every protocol's printer returns the
// length of the option, or 0 to stop.
func (d *dissector) pppOptions(proto uint16, b []byte, n int) {
	var option func(b []byte, opt, size int) int
	var label string
	var names []name
	switch proto {
	case pppLCP:
		option, label = d.lcpOption, "lcp"
	case pppIPCP:
		option, label, names = d.ipcpOption, "ipcp", ipcpOptions
	case pppIP6CP:
		option, label, names = d.ip6cpOption, "ip6cp", ip6cpOptions
	case pppCCP:
		option, label, names = d.ccpOption, "ccp", ccpOptions
	case pppBACP:
		option, label, names = d.bacpOption, "bacp", bacpOptions
	default:
		return
	}
	for left := n - 4; ; {
		if len(b) < 2 {
			d.printf("[|%s]", label)
			return
		}
		opt, size := int(b[0]), int(b[1])
		if n < size || !d.pppOptionHead(proto, names, opt, size) {
			return
		}
		if !(proto == pppLCP && opt >= len(lcpOptions)) {
			switch option(b, opt, size) {
			case 0:
				return
			case 1:
				if d.opt.Verbose > 1 {
					d.unknownData(b[2:], "\n\t    ", size-2)
				}
			}
		}
		if left < size {
			d.printf(" [remaining options length %d < %d]", left, size)
			d.invalid()
			return
		}
		left -= size
		b = from(b, size)
		if left == 0 {
			return
		}
	}
}

func (d *dissector) pppOptionHead(proto uint16, names []name, opt, size int) bool {
	bogus := ""
	if size < 2 {
		bogus = " (length bogus, should be >= 2)"
	}
	if proto == pppLCP {
		names = lcpOptions
		if opt >= len(lcpOptions) {
			d.printf("\n\tunknown LCP option 0x%02x", opt)
			return size >= 2
		}
	}
	def := "unknown"
	if proto == pppCCP || proto == pppBACP {
		def = "Unknown"
	}
	d.printf("\n\t  %s Option (0x%02x), length %d%s", d.tok(names, uint32(opt), def), opt, size, bogus)
	return size >= 2
}

// What an option's printer returns: stop, go on and dump with -vv, go on.
const (
	optStop = 0
	optDump = 1
	optNext = 2
)

// optSize checks an option's length; bad is what a wrong one leads to.
func (d *dissector) optSize(ok bool, rel string, want, bad int) int {
	if ok {
		return -1
	}
	d.printf(" (length bogus, should be %s %d)", rel, want)
	return bad
}

func (d *dissector) optUnknown(b []byte, size int) int {
	if d.opt.Verbose < 2 {
		d.unknownData(b[2:], "\n\t    ", size-2)
	}
	return optDump
}

func (d *dissector) lcpOption(b []byte, opt, size int) int {
	r := -1
	switch opt {
	case 0:
		if r = d.optSize(size >= 6, ">=", 6, optNext); r < 0 {
			d.printf(": Vendor: %s (%d)", d.tok(ouiNames, d.u24(b, 2), "Unknown"), d.u24(b, 2))
		}
	case 1:
		if r = d.optSize(size == 4, "=", 4, optNext); r < 0 {
			d.printf(": %d", d.u16(b, 2))
		}
	case 2:
		if r = d.optSize(size == 6, "=", 6, optNext); r < 0 {
			d.printf(": 0x%08x", d.u32(b, 2))
		}
	case 3:
		if r = d.optSize(size >= 4, ">=", 4, optNext); r < 0 {
			d.lcpAuth(b, size)
		}
	case 4:
		if r = d.optSize(size >= 4, ">=", 4, optStop); r < 0 {
			if d.u16(b, 2) == pppLQM {
				d.put(": LQR")
			} else {
				d.put(": unknown")
			}
		}
	case 5:
		if r = d.optSize(size == 6, "=", 6, optStop); r < 0 {
			d.printf(": 0x%08x", d.u32(b, 2))
		}
	case 7, 8:
	case 13:
		if r = d.optSize(size >= 3, ">=", 3, optStop); r < 0 {
			d.put(": ")
			op := d.u8(b, 2)
			d.printf(": Callback Operation %s (%d)", d.tok(pppCallbacks, uint32(op), "Unknown"), op)
		}
	case 17:
		if r = d.optSize(size == 4, "=", 4, optStop); r < 0 {
			d.printf(": %d", d.u16(b, 2))
		}
	case 19:
		if r = d.optSize(size >= 3, ">=", 3, optStop); r < 0 {
			r = d.lcpEndpoint(b, size)
		}
	case 23:
		if r = d.optSize(size == 4, "=", 4, optStop); r < 0 {
			d.printf(": 0x%04x", d.u16(b, 2))
		}
	default:
		return d.optUnknown(b, size)
	}
	if r >= 0 {
		return r
	}
	return optDump
}

func (d *dissector) lcpAuth(b []byte, size int) {
	proto := d.u16(b, 2)
	d.printf(": %s", d.tok(pppTypes, uint32(proto), "Unknown Auth Proto (0x04x)"))
	switch proto {
	case pppCHAP:
		d.printf(", %s", d.tok(chapAlgorithms, uint32(d.u8(b, 4)), "Unknown Auth Alg %u"))
	case pppPAP, pppEAP, pppSPAP, pppOldPAP:
	default:
		d.unknownData(b, "\n\t", size)
	}
}

// lcpEndpoint prints an endpoint discriminator.
func (d *dissector) lcpEndpoint(b []byte, size int) int {
	switch class := d.u8(b, 2); class {
	case 0:
		d.put(": Null")
	case 1:
		d.put(": Local")
	case 2:
		if r := d.optSize(size == 7, "=", 7, optStop); r >= 0 {
			return r
		}
		d.printf(": IPv4 %s", d.ip4Text(b, 3))
	case 3:
		if r := d.optSize(size == 9, "=", 9, optStop); r >= 0 {
			return r
		}
		d.printf(": MAC %s", d.macText(b, 3))
	case 4:
		d.put(": Magic-Num-Block")
	case 5:
		d.put(": PSNDN")
	default:
		d.printf(": Unknown class %d", class)
	}
	return -1
}

func (d *dissector) ipcpOption(b []byte, opt, size int) int {
	switch opt {
	case 1:
		if r := d.optSize(size == 10, "=", 10, optNext); r >= 0 {
			return r
		}
		d.printf(": src %s, dst %s", d.ip4Text(b, 2), d.ip4Text(b, 6))
	case 2:
		if r := d.optSize(size >= 4, ">=", 4, optStop); r >= 0 {
			return r
		}
		return d.ipcpCompression(b, size)
	case 3, 4, 129, 130, 131, 132:
		if r := d.optSize(size == 6, "=", 6, optStop); r >= 0 {
			return r
		}
		d.printf(": %s", d.ip4Text(b, 2))
	default:
		return d.optUnknown(b, size)
	}
	return optDump
}

func (d *dissector) ipcpCompression(b []byte, size int) int {
	const minimum = 14
	proto := d.u16(b, 2)
	d.printf(": %s (0x%02x):", d.tok(ipcpCompression, uint32(proto), "Unknown"), proto)
	if proto != 0x61 {
		return optDump
	}
	if r := d.optSize(size >= minimum, ">=", minimum, optStop); r >= 0 {
		return r
	}
	if len(b) < 2+minimum {
		d.put("[|ipcp]")
		return optStop
	}
	d.printf("\n\t    TCP Space %d, non-TCP Space %d, maxPeriod %d, maxTime %d, maxHdr %d",
		d.u16(b, 4), d.u16(b, 6), d.u16(b, 8), d.u16(b, 10), d.u16(b, 12))
	if size == minimum {
		return optDump
	}
	left := size - minimum
	d.printf("\n\t      Suboptions, length %d", left)
	for b = b[minimum:]; left >= 2; {
		if len(b) < 2 {
			d.put("[|ipcp]")
			return optStop
		}
		opt, n := b[0], int(b[1])
		if opt == 0 || n == 0 {
			break
		}
		d.printf("\n\t\t%s Suboption #%d, length %d", d.tok(ipcpSuboptions, uint32(opt), "Unknown"), opt, n)
		if left < n {
			d.printf(" [remaining suboptions length %d < %d]", left, n)
			d.invalid()
			break
		}
		left, b = left-n, from(b, n)
	}
	if d.opt.Verbose > 1 {
		d.unknownData(from(b, 2), "\n\t    ", size-2)
	}
	return optNext
}

func (d *dissector) ip6cpOption(b []byte, opt, size int) int {
	if opt != 1 {
		return d.optUnknown(b, size)
	}
	if r := d.optSize(size == 10, "=", 10, optNext); r >= 0 {
		return r
	}
	if len(b) < 10 {
		d.put("[|ip6cp]")
		return optStop
	}
	d.printf(": %04x:%04x:%04x:%04x", d.u16(b, 2), d.u16(b, 4), d.u16(b, 6), d.u16(b, 8))
	return optDump
}

func (d *dissector) ccpOption(b []byte, opt, size int) int {
	switch opt {
	case 21:
		if r := d.optSize(size >= 3, ">=", 3, optNext); r >= 0 {
			return r
		}
		v := d.u8(b, 2)
		d.printf(": Version: %d, Dictionary Bits: %d", v>>5, v&0x1f)
	case 24:
		if r := d.optSize(size >= 4, ">=", 4, optNext); r >= 0 {
			return r
		}
		v, pxp := d.u16(b, 2), "Disabled"
		if v&0x2000 != 0 {
			pxp = "Enabled"
		}
		d.printf(": Features: %d, PxP: %s, History: %d, #CTX-ID: %d", v>>14, pxp, v>>8&0x1f, v&0xff)
	case 26:
		if r := d.optSize(size >= 4, ">=", 4, optNext); r >= 0 {
			return r
		}
		d.need(b, 4)
		method := "unknown"
		if b[2]&15 == 8 {
			method = "zlib"
		}
		d.printf(": Window: %dK, Method: %s (0x%x), MBZ: %d, CHK: %d", b[2]>>4, method, b[2]&15, b[3]>>2, b[3]&3)
	default:
		return d.optUnknown(b, size)
	}
	return optDump
}

func (d *dissector) bacpOption(b []byte, opt, size int) int {
	if opt != 1 {
		return d.optUnknown(b, size)
	}
	if r := d.optSize(size == 6, "=", 6, optNext); r >= 0 {
		return r
	}
	d.printf(": Magic-Num 0x%08x", d.u32(b, 2))
	return optDump
}
