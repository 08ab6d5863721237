package textout

// BOOTP and DHCP (RFC 951, RFC 2131, RFC 2132).

const (
	bootpRequest = 1
	bootpReply   = 2
	bootpHdrLen  = 236
	bootpMagic   = 0x63825363
)

var bootpFlags = []name{{0x8000, "Broadcast"}}

var bootpOps = []name{{bootpRequest, "Request"}, {bootpReply, "Reply"}}

func (d *dissector) bootp(b []byte, length int) {
	d.proto = "bootp"
	op := d.u8(b, 0)
	d.put("BOOTP/DHCP, ")
	d.putTok(bootpOps, uint32(op), "unknown (0x%02x)")
	htype, hlen := d.u8(b, 1), d.u8(b, 2)
	if htype == 1 && hlen == 6 && op == bootpRequest {
		d.need(b, 34)
		d.put(" from ")
		d.putMAC(b[28:])
	}
	d.put(", length ")
	d.putInt(int64(length))
	if d.opt.Verbose == 0 {
		return
	}
	d.need(b, 10)
	if htype != 1 {
		d.put(", htype ")
		d.putUint(uint64(htype))
	}
	if htype == 1 && hlen != 6 || htype != 1 {
		d.put(", hlen ")
		d.putUint(uint64(hlen))
	}
	if b[3] != 0 {
		d.put(", hops ")
		d.putUint(uint64(b[3]))
	}
	if xid := d.u32(b, 4); xid != 0 {
		d.put(", xid 0x")
		d.putHex(uint64(xid))
	}
	if secs := d.u16(b, 8); secs != 0 {
		d.put(", secs ")
		d.putUint(uint64(secs))
	}
	flags := d.u16(b, 10)
	d.put(", Flags [")
	d.putBits(bootpFlags, uint32(flags), "none", ", ")
	d.putByte(']')
	if d.opt.Verbose > 1 {
		d.put(" (0x")
		d.putHex4(flags)
		d.putByte(')')
	}
	d.bootpAddrs(b, htype, hlen)
	d.bootpVendor(from(b, bootpHdrLen), length-bootpHdrLen)
}

// bootpAddrs prints the fixed addresses and names that are set.
func (d *dissector) bootpAddrs(b []byte, htype, hlen uint8) {
	for _, a := range []struct {
		off  int
		what string
	}{{12, "Client-IP"}, {16, "Your-IP"}, {20, "Server-IP"}, {24, "Gateway-IP"}} {
		if d.u32(b, a.off) != 0 {
			d.put("\n\t  ")
			d.put(a.what)
			d.putByte(' ')
			d.putIP4(b[a.off:])
		}
	}
	if htype == 1 && hlen == 6 {
		d.need(b, 34)
		d.put("\n\t  Client-Ethernet-Address ")
		d.putMAC(b[28:])
	}
	d.need(b, 45)
	if b[44] != 0 {
		d.bootpText(b, "sname", 44, 64)
	}
	d.need(b, 109)
	if b[108] != 0 {
		d.bootpText(b, "file", 108, 128)
	}
}

// bootpText prints a name of at most n bytes, which a NUL has to end.
func (d *dissector) bootpText(b []byte, what string, off, n int) {
	d.put("\n\t  ")
	d.put(what)
	d.put(" \"")
	if !d.putSafeZ(within(b[off:], n)) {
		d.putByte('"')
		d.trunc()
	}
	d.putByte('"')
}

// bootpVendor prints the vendor area: DHCP options if it begins with the cookie.
func (d *dissector) bootpVendor(b []byte, length int) {
	if len(b) < 4 || length < 4 {
		d.trunc()
	}
	switch magic := d.u32(b, 0); magic {
	case bootpMagic:
		d.dhcp(b, length)
	case 0x434d5500: // "CMU", of 1990
		d.put("\n\t  vend cmu")
	default:
		if magic != 0 {
			d.put("\n\t  Vendor-#0x")
			d.putHex(uint64(magic))
		}
	}
}

// dhcp prints the options behind the cookie.
func (d *dissector) dhcp(b []byte, length int) {
	d.put("\n\t  Vendor-rfc1048 Extensions\n\t    Magic Cookie 0x")
	d.putHex8(d.u32(b, 0))
	b = b[4:]
	for len(b) > 0 {
		tag := b[0]
		b = b[1:]
		if tag == 0 && d.opt.Verbose < 3 {
			continue
		}
		if tag == 255 && d.opt.Verbose < 3 {
			return
		}
		n := 0
		if tag != 0 && tag != 255 {
			n = int(d.u8(b, 0))
			b = b[1:]
		}
		o := dhcpOptions[tag]
		if o.name == "" {
			o.name = "Unknown"
		}
		d.put("\n\t    ")
		d.put(o.name)
		d.put(" (")
		d.putUint(uint64(tag))
		d.put("), length ")
		d.putInt(int64(n))
		if tag == 0 {
			run := 1
			for len(b) > 0 && b[0] == 0 {
				b = b[1:]
				run++
			}
			if run > 1 {
				d.put(", occurs ")
				d.putInt(int64(run))
			}
		}
		if n > 0 {
			d.put(": ")
		}
		if n > len(b) {
			d.trunc()
		}
		d.dhcpOption(tag, o.form, b[:n])
		b = b[n:]
	}
}

func (d *dissector) dhcpOption(tag uint8, form dhcpForm, v []byte) {
	n := len(v)
	if tag == 55 {
		d.dhcpRequested(v)
		return
	}
	if form == dhcpOwn || tag == 53 {
		v = d.dhcpSpecial(tag, v)
	} else {
		v = d.dhcpPlain(form, tag, v)
	}
	if len(v) > 0 && n > 0 {
		d.put("\n\t  trailing data length ")
		d.putInt(int64(len(v)))
	}
}

// dhcpPlain prints an option of a general form and returns what is left over.
func (d *dissector) dhcpPlain(form dhcpForm, tag uint8, v []byte) []byte {
	if form == dhcpAny && tag != 0 && tag != 255 {
		// A guess by the length, as tcpdump makes it.
		switch {
		case len(v)&1 != 0 || len(v) == 0:
			form = dhcpBytes
		case len(v)&2 != 0:
			form = dhcpShorts
		default:
			form = dhcpLongs
		}
	}
	each := func(size int, f func([]byte)) []byte {
		for first := true; len(v) >= size; v = v[size:] {
			if !first {
				d.putByte(',')
			}
			f(v)
			first = false
		}
		return v
	}
	switch form {
	case dhcpText:
		d.putByte('"')
		d.putSafe(v)
		d.putByte('"')
		return nil
	case dhcpAddrs:
		return each(4, d.putIP4)
	case dhcpPairs:
		return each(8, func(p []byte) {
			d.putByte('(')
			d.putIP4(p)
			d.putByte(':')
			d.putIP4(p[4:])
			d.putByte(')')
		})
	case dhcpLongs:
		return each(4, func(p []byte) { d.putUint(uint64(d.u32(p, 0))) })
	case dhcpShorts:
		return each(2, func(p []byte) { d.putUint(uint64(d.u16(p, 0))) })
	case dhcpBools:
		return each(1, func(p []byte) {
			switch p[0] {
			case 0:
				d.putByte('N')
			case 1:
				d.putByte('Y')
			default:
				d.putUint(uint64(p[0]))
				d.putByte('?')
			}
		})
	case dhcpBytes:
		d.dotted(v)
		return nil
	}
	return nil
}

func (d *dissector) dotted(v []byte) {
	for i, c := range v {
		if i > 0 {
			d.putByte('.')
		}
		d.putUint(uint64(c))
	}
}

// dhcpRequested prints the list of options that the client asks for, four a line.
func (d *dissector) dhcpRequested(v []byte) {
	for i, c := range v {
		if i%4 == 0 {
			d.put("\n\t      ")
		} else {
			d.put(", ")
		}
		if s := dhcpOptions[c].name; s != "" {
			d.put(s)
		} else {
			d.put("Unknown")
		}
		d.put(" (")
		d.putUint(uint64(c))
		d.putByte(')')
	}
}

var dhcpMessages = []name{
	{1, "Discover"}, {2, "Offer"}, {3, "Request"}, {4, "Decline"}, {5, "ACK"}, {6, "NACK"}, {7, "Release"}, {8, "Inform"},
	{10, "LeaseQuery"}, {11, "LeaseUnassigned"}, {12, "LeaseUnknown"}, {13, "LeaseActive"},
}

var dhcpOverload = []name{{1, "file"}, {2, "sname"}, {3, "file+sname"}}

var netbiosNodes = []name{{1, "b-node"}, {2, "p-node"}, {4, "m-node"}, {8, "h-node"}}

var agentSubOptions = []name{{1, "Circuit-ID"}, {2, "Remote-ID"}, {6, "Subscriber-ID"}}

func (d *dissector) dhcpSpecial(tag uint8, v []byte) []byte {
	switch tag {
	case 53:
		if len(v) != 1 {
			d.dotted(v)
			return nil
		}
		d.putTok(dhcpMessages, uint32(v[0]), "Unknown (%u)")
		return nil
	case 46:
		return d.dhcpCode(netbiosNodes, v)
	case 52:
		return d.dhcpCode(dhcpOverload, v)
	case 61:
		return d.dhcpClientID(v)
	case 77:
		d.dhcpUserClass(v)
		return nil
	case 81:
		d.dhcpFQDN(v)
		return nil
	case 82:
		return d.dhcpAgent(v)
	case 121, 249:
		d.dhcpRoutes(v)
		return nil
	}
	return v
}

func (d *dissector) dhcpCode(tab []name, v []byte) []byte {
	if len(v) < 1 {
		return nil
	}
	d.putTok(tab, uint32(v[0]), "#%u")
	return v[1:]
}

func (d *dissector) dhcpError(what string) { d.put("[ERROR: " + what + "]") }

func (d *dissector) dhcpClientID(v []byte) []byte {
	if len(v) < 1 {
		d.dhcpError("length < 1 bytes")
		return nil
	}
	kind := v[0]
	v = v[1:]
	if kind == 0 {
		d.putByte('"')
		d.putSafe(v)
		d.putByte('"')
		return nil
	}
	if s, ok := lookup(dhcpHardware, uint32(kind)); ok {
		d.put(s)
		d.putByte(' ')
	} else {
		d.put("hardware-type ")
		d.putUint(uint64(kind))
		d.put(", ")
	}
	d.putColonHex(v)
	return nil
}

var dhcpHardware = []name{{1, "ether"}, {6, "ieee802"}}

func (d *dissector) dhcpUserClass(v []byte) {
	if len(v) < 2 {
		d.dhcpError("length < 2 bytes")
		return
	}
	for i := 1; len(v) > 0; i++ {
		n := int(v[0])
		v = v[1:]
		d.put("\n\t      instance#")
		d.putInt(int64(i))
		d.put(": ")
		if n == 0 {
			d.dhcpError("suboption length must be non-zero")
			return
		}
		if n > len(v) {
			d.dhcpError("invalid option")
			return
		}
		d.putByte('"')
		d.putSafe(v[:n])
		d.put("\", length ")
		d.putInt(int64(n))
		v = v[n:]
	}
}

// dhcpFQDN prints the client's name (RFC 4702).
func (d *dissector) dhcpFQDN(v []byte) {
	if len(v) < 3 {
		d.dhcpError("length < 3 bytes")
		return
	}
	if mbz := v[0] >> 4; mbz != 0 {
		d.put("[ERROR: MBZ nibble 0x")
		d.putHex(uint64(mbz))
		d.put(" != 0] ")
	}
	if f := v[0] & 15; f != 0 {
		d.putByte('[')
		for i, c := range []byte("SOEN") {
			// In the order S, O, E, N; the bits are S, O, E, N from bit 0.
			if f>>i&1 == 1 {
				d.putByte(c)
			}
		}
		d.put("] ")
	}
	if v[1] != 0 || v[2] != 0 {
		d.putUint(uint64(v[1]))
		d.putByte('/')
		d.putUint(uint64(v[2]))
		d.putByte(' ')
	}
	d.putByte('"')
	d.putSafe(v[3:])
	d.putByte('"')
}

// dhcpAgent prints relay agent information (RFC 3046).
func (d *dissector) dhcpAgent(v []byte) []byte {
	for len(v) >= 2 {
		sub, n := v[0], int(v[1])
		v = v[2:]
		d.put("\n\t      ")
		d.putTok(agentSubOptions, uint32(sub), "Unknown")
		d.put(" SubOption ")
		d.putUint(uint64(sub))
		d.put(", length ")
		d.putInt(int64(n))
		d.put(": ")
		if n > len(v) {
			d.put("length goes past end of option")
			return nil
		}
		switch sub {
		case 1, 2, 6:
			d.putSafe(v[:n])
		default:
			d.hexBytes(v[:n], "\n\t\t")
		}
		v = v[n:]
	}
	return v
}

// dhcpRoutes prints classless static routes (RFC 3442).
func (d *dissector) dhcpRoutes(v []byte) {
	if len(v) < 5 {
		d.dhcpError("length < 5 bytes")
		return
	}
	for first := true; len(v) > 0; first = false {
		if !first {
			d.putByte(',')
		}
		width := int(v[0])
		v = v[1:]
		if width > 32 {
			d.put("[ERROR: Mask width (")
			d.putInt(int64(width))
			d.put(") > 32]")
			return
		}
		n := (width + 7) / 8
		if len(v) < n+4 {
			d.put("[ERROR: Remaining length (")
			d.putInt(int64(len(v)))
			d.put(") < ")
			d.putInt(int64(n + 4))
			d.put(" bytes]")
			return
		}
		d.putByte('(')
		if width == 0 {
			d.put("default")
		} else {
			var net [4]byte
			copy(net[:], v[:n])
			d.dotted(net[:])
			d.putByte('/')
			d.putInt(int64(width))
		}
		d.putByte(':')
		d.putIP4(v[n:])
		d.putByte(')')
		v = v[n+4:]
	}
}
