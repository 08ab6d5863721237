package textout

// ICMP types.
const (
	icmpEchoReply   = 0
	icmpUnreach     = 3
	icmpQuench      = 4
	icmpRedirect    = 5
	icmpEcho        = 8
	icmpAdvert      = 9
	icmpSolicit     = 10
	icmpExceeded    = 11
	icmpParam       = 12
	icmpTime        = 13
	icmpTimeReply   = 14
	icmpInfo        = 15
	icmpInfoReply   = 16
	icmpMask        = 17
	icmpMaskReply   = 18
	icmpExtHeaderAt = 136
)

var icmpNames = []name{
	{icmpEchoReply, "echo reply"}, {icmpQuench, "source quench"}, {icmpEcho, "echo request"},
	{icmpSolicit, "router solicitation"}, {icmpTime, "time stamp request"}, {icmpTimeReply, "time stamp reply"},
	{icmpInfo, "information request"}, {icmpInfoReply, "information reply"}, {icmpMask, "address mask request"},
}

var icmpUnreachNames = []name{
	{0, "net %s unreachable"}, {1, "host %s unreachable"}, {5, "%s unreachable - source route failed"},
	{6, "net %s unreachable - unknown"}, {7, "host %s unreachable - unknown"}, {8, "%s unreachable - source host isolated"},
	{9, "net %s unreachable - admin prohibited"}, {10, "host %s unreachable - admin prohibited"},
	{11, "net %s unreachable - tos prohibited"}, {12, "host %s unreachable - tos prohibited"},
	{13, "host %s unreachable - admin prohibited filter"}, {14, "host %s unreachable - host precedence violation"},
	{15, "host %s unreachable - precedence cutoff"},
}

var icmpRedirectNames = []name{
	{0, "redirect %s to net "}, {1, "redirect %s to host "}, {2, "redirect-tos %s to net "}, {3, "redirect-tos %s to host "},
}

// icmp prints ICMP for IPv4 (icmp_print).
func (d *dissector) icmp(b []byte, length int) {
	d.proto = "icmp"
	typ, code := d.u8(b, 0), d.u8(b, 1)
	// tcpdump puts the text together before it prints any of it.
	start := len(d.out)
	d.undo = start
	d.put("ICMP ")
	if !d.icmpText(b, typ, code) {
		d.undo = 0
		d.out = d.out[:start]
		d.truncMark()
		return
	}
	d.undo = 0
	d.put(", length ")
	d.putInt(int64(length))
	if d.opt.Verbose > 0 && !d.ip.fragmented && length <= len(b) {
		if sum := cksumIn(b[:length]); sum != 0 {
			have := d.u16(b, 2)
			d.put(" (wrong icmp cksum ")
			d.putHex(uint64(have))
			d.put(" (->")
			d.putHex(uint64(shouldBe(have, sum)))
			d.put(")!)")
		}
	}
	if d.opt.Verbose > 0 && icmpError(typ) {
		d.icmpQuoted(b, length, typ)
	}
}

func icmpError(typ uint8) bool {
	switch typ {
	case icmpUnreach, icmpQuench, icmpRedirect, icmpExceeded, icmpParam:
		return true
	}
	return false
}

// icmpText prints what the message says; false if part of it was not captured.
func (d *dissector) icmpText(b []byte, typ, code uint8) bool {
	switch typ {
	case icmpEcho, icmpEchoReply:
		if typ == icmpEcho {
			d.put("echo request, id ")
		} else {
			d.put("echo reply, id ")
		}
		d.putUint(uint64(d.u16(b, 4)))
		d.put(", seq ")
		d.putUint(uint64(d.u16(b, 6)))
	case icmpUnreach:
		return d.icmpUnreachable(b, code)
	case icmpRedirect:
		d.icmpRedirection(b, code)
	case icmpAdvert:
		return d.icmpAdvertisement(b)
	case icmpExceeded:
		if len(b) < 28 {
			return false
		}
		switch code {
		case 0:
			d.put("time exceeded in-transit")
		case 1:
			d.put("ip reassembly time exceeded")
		default:
			d.put("time exceeded-#")
			d.putUint(uint64(code))
		}
	case icmpParam:
		if code != 0 {
			d.put("parameter problem - code ")
			d.putUint(uint64(code))
		} else {
			d.put("parameter problem - octet ")
			d.putUint(uint64(d.u8(b, 4)))
		}
	case icmpMaskReply:
		d.put("address mask is 0x")
		d.putHex8(d.u32(b, 8))
	case icmpTime:
		d.put("time stamp query id ")
		d.icmpIDSeq(b)
	case icmpTimeReply:
		if len(b) < 20 {
			return false
		}
		d.put("time stamp reply id ")
		d.icmpIDSeq(b)
		d.put(": org ")
		d.icmpClock(d.u32(b, 8))
		d.put(", recv ")
		d.icmpClock(d.u32(b, 12))
		d.put(", xmit ")
		d.icmpClock(d.u32(b, 16))
	default:
		d.putTok(icmpNames, uint32(typ), "type-#%u")
	}
	return true
}

func (d *dissector) icmpIDSeq(b []byte) {
	d.putUint(uint64(d.u16(b, 4)))
	d.put(" seq ")
	d.putUint(uint64(d.u16(b, 6)))
}

func (d *dissector) icmpRedirection(b []byte, code uint8) {
	d.need(b, 28)
	if text, ok := lookup(icmpRedirectNames, uint32(code)); ok {
		d.withAddr(text, b[24:])
	} else {
		d.put("redirect-#")
		d.putUint(uint64(code))
		d.putByte(' ')
		d.putIP4(b[24:])
		d.put(" to ")
	}
	d.putIP4(b[4:])
}

// icmpClock prints milliseconds since midnight.
func (d *dissector) icmpClock(ms uint32) {
	sec := ms / 1000
	d.putDec2(uint64(sec / 3600))
	d.putByte(':')
	d.putDec2(uint64(sec / 60 % 60))
	d.putByte(':')
	d.putDec2(uint64(sec % 60))
	d.putByte('.')
	d.putUintW(uint64(ms%1000), 3)
}

// withAddr prints text with the address in the place of %s.
func (d *dissector) withAddr(text string, addr []byte) {
	for i := 0; i < len(text); i++ {
		if text[i] == '%' {
			d.putIP4(addr)
			i++
			continue
		}
		d.putByte(text[i])
	}
}

func (d *dissector) icmpUnreachable(b []byte, code uint8) bool {
	const dst = 24
	switch code {
	case 2:
		d.putIP4(from(b, dst))
		d.put(" protocol ")
		d.putUint(uint64(b[17]))
		d.put(" unreachable")
	case 3:
		if len(b) < 18 {
			return false
		}
		inner := b[8:]
		port := d.u16(inner, int(inner[0]&15)*4+2)
		d.putIP4(from(b, dst))
		switch inner[9] {
		case protoTCP:
			d.put(" tcp port ")
			d.putTCPPort(port)
		case protoUDP:
			d.put(" udp port ")
			d.putUDPPort(port)
		default:
			d.put(" protocol ")
			d.putUint(uint64(inner[9]))
			d.put(" port ")
			d.putUint(uint64(port))
		}
		d.put(" unreachable")
	case 4:
		d.putIP4(from(b, dst))
		d.put(" unreachable - need to frag")
		if mtu := d.u16(b, 6); mtu != 0 {
			d.put(" (mtu ")
			d.putUint(uint64(mtu))
			d.putByte(')')
		}
	default:
		if text, ok := lookup(icmpUnreachNames, uint32(code)); ok {
			d.withAddr(text, from(b, dst))
			break
		}
		d.putIP4(from(b, dst))
		d.put(" unreachable - #")
		d.putUint(uint64(code))
	}
	return true
}

// icmpAdvertisement prints a router advertisement (RFC 1256).
func (d *dissector) icmpAdvertisement(b []byte) bool {
	if len(b) < 8 {
		return false
	}
	d.put("router advertisement lifetime ")
	life := uint64(d.u16(b, 6))
	switch {
	case life < 60:
		d.putUint(life)
	case life < 3600:
		d.putUint(life / 60)
		d.putByte(':')
		d.putDec2(life % 60)
	default:
		d.putUint(life / 3600)
		d.putByte(':')
		d.putDec2(life % 3600 / 60)
		d.putByte(':')
		d.putDec2(life % 60)
	}
	d.putByte(' ')
	n := int(b[4])
	d.putInt(int64(n))
	d.putByte(':')
	if b[5] != 2 {
		d.put(" [size ")
		d.putUint(uint64(b[5]))
		d.putByte(']')
		return true
	}
	for i := range n {
		p := from(b, 8+8*i)
		if len(p) < 8 {
			return false
		}
		d.put(" {")
		d.putIP4(p)
		d.putByte(' ')
		d.putUint(uint64(d.u32(p, 4)))
		d.putByte('}')
	}
	return true
}

// icmpQuoted prints the packet that an error quotes, and RFC 4884 extensions.
func (d *dissector) icmpQuoted(b []byte, length int, typ uint8) {
	quoted := from(b, 8)
	d.put("\n\t")
	n := int(d.u16(quoted, 2))
	d.ip4(within(quoted, n), n)
	d.proto = "icmp"
	if length > icmpExtHeaderAt && (typ == icmpUnreach || typ == icmpExceeded || typ == icmpParam) {
		d.icmpExtensions(b, length)
	}
}

var icmpExtClasses = []name{{1, "MPLS Stack Entry"}, {2, "Interface Identification"}}

// icmpExtensions prints extension objects (RFC 4884, RFC 4950).
func (d *dissector) icmpExtensions(b []byte, length int) {
	if len(b) < icmpExtHeaderAt+5 {
		d.truncMark()
		return
	}
	ext, n := b[icmpExtHeaderAt:], length-icmpExtHeaderAt
	whole := n <= len(ext)
	bad := whole && cksumIn(ext[:n]) != 0
	// Without a length in the header only a good checksum tells that there
	// are extensions.
	if b[5] == 0 && bad {
		return
	}
	version := ext[0] >> 4
	d.put("\n\tICMP Multi-Part extension v")
	d.putUint(uint64(version))
	if version != 2 {
		d.put(" packet not supported")
		return
	}
	if whole {
		d.put(", checksum 0x")
		d.putHex4(d.u16(ext, 2))
		if bad {
			d.put(" (incorrect), length ")
		} else {
			d.put(" (correct), length ")
		}
		d.putInt(int64(n))
	}
	d.icmpObjects(ext[4:], n-4)
}

// icmpObjects prints extension objects, of which the packet has n bytes.
func (d *dissector) icmpObjects(p []byte, n int) {
	for n > 4 {
		if len(p) < 4 {
			d.truncMark()
			return
		}
		size, class, kind := int(d.u16(p, 0)), p[2], p[3]
		d.put("\n\t  ")
		d.putTok(icmpExtClasses, uint32(class), "unknown")
		d.put(" Object (")
		d.putUint(uint64(class))
		d.put("), Class-Type: ")
		d.putUint(uint64(kind))
		d.put(", length ")
		d.putInt(int64(size))
		p, n = p[4:], n-4
		if class == 0 || size < 4 {
			return
		}
		size -= 4
		if class == 1 && kind == 1 {
			d.icmpLabel(p)
		} else {
			d.hexBytes(within(p, size), "\n\t    ")
		}
		if n < size {
			return
		}
		p, n = from(p, size), n-size
	}
}

func (d *dissector) icmpLabel(b []byte) {
	v := d.u32(b, 0)
	d.put("\n\t    label ")
	d.putUint(uint64(v >> 12))
	d.put(", tc ")
	d.putUint(uint64(v >> 9 & 7))
	if v&0x100 != 0 {
		d.put(", [S]")
	}
	d.put(", ttl ")
	d.putUint(uint64(v & 0xff))
}
