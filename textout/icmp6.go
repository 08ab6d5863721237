package textout

// ICMPv6 types.
const (
	icmp6Unreach     = 1
	icmp6TooBig      = 2
	icmp6Exceeded    = 3
	icmp6Param       = 4
	icmp6Echo        = 128
	icmp6EchoReply   = 129
	mldQuery         = 130
	mldReport        = 131
	mldDone          = 132
	ndRouterSolicit  = 133
	ndRouterAdvert   = 134
	ndSolicit        = 135
	ndAdvert         = 136
	ndRedirect       = 137
	icmp6Renumbering = 138
	icmp6NodeQuery   = 139
	icmp6NodeReply   = 140
	indSolicit       = 141
	indAdvert        = 142
	mldReport2       = 143
	haRequest        = 144
	haReply          = 145
	prefixSolicit    = 146
	prefixAdvert     = 147
	icmp6RPL         = 155
)

var icmp6Names = []name{
	{icmp6Unreach, "destination unreachable"}, {icmp6TooBig, "packet too big"},
	{icmp6Exceeded, "time exceeded in-transit"}, {icmp6Param, "parameter problem"},
	{icmp6Echo, "echo request"}, {icmp6EchoReply, "echo reply"}, {mldQuery, "multicast listener query"},
	{mldReport, "multicast listener report"}, {mldDone, "multicast listener done"},
	{ndRouterSolicit, "router solicitation"}, {ndRouterAdvert, "router advertisement"},
	{ndSolicit, "neighbor solicitation"}, {ndAdvert, "neighbor advertisement"}, {ndRedirect, "redirect"},
	{icmp6Renumbering, "router renumbering"}, {indSolicit, "inverse neighbor solicitation"},
	{indAdvert, "inverse neighbor advertisement"}, {mldReport2, "multicast listener report v2"},
	{haRequest, "ha discovery request"}, {haReply, "ha discovery reply"},
	{prefixSolicit, "mobile router solicitation"}, {prefixAdvert, "mobile router advertisement"},
	{icmp6NodeQuery, "who-are-you request"}, {icmp6NodeReply, "who-are-you reply"},
	{201, "mtrace message"}, {200, "mtrace response"}, {icmp6RPL, "RPL"},
}

var icmp6UnreachNames = []name{
	{0, "unreachable route"}, {1, " unreachable prohibited"}, {2, "beyond scope"}, {3, "unreachable address"},
	{4, "unreachable port"},
}

// icmp6 prints ICMPv6 (icmp6_print).
func (d *dissector) icmp6(b []byte, length int) {
	d.proto = "icmp6"
	if length == 0 {
		d.put("ICMP6, length 0")
		d.invalid()
		return
	}
	if d.opt.Verbose > 0 && !d.ip.fragmented && length <= len(b) {
		d.icmp6Checksum(b, length)
	}
	typ := d.u8(b, 0)
	d.put("ICMP6, ")
	d.putTok(icmp6Names, uint32(typ), "unknown icmp6 type (%u)")
	if d.opt.Verbose > 0 && icmp6LengthFirst(typ) {
		d.icmp6Length(length)
	}
	switch d.icmp6Body(b, length, typ, d.u8(b, 1)) {
	case icmp6Cut:
		d.truncMark()
	case icmp6Done:
		if d.opt.Verbose == 0 {
			d.icmp6Length(length)
		}
	}
}

func (d *dissector) icmp6Length(n int) {
	d.put(", length ")
	d.putInt(int64(n))
}

// icmp6LengthFirst says that with -v the length stands before the fields.
func icmp6LengthFirst(typ uint8) bool {
	switch typ {
	case ndRouterSolicit, ndRouterAdvert, ndSolicit, ndAdvert, ndRedirect, haReply, prefixAdvert:
		return true
	}
	return false
}

func (d *dissector) icmp6Checksum(b []byte, length int) {
	have := d.u16(b, 2)
	if sum := d.transportSum(b[:length], length, protoICMP6); sum != 0 {
		d.put("[bad icmp6 cksum 0x")
		d.putHex4(have)
		d.put(" -> 0x")
		d.putHex4(shouldBe(have, sum))
		d.put("!] ")
		return
	}
	d.put("[icmp6 sum ok] ")
}

// icmp6End is how a message ended: with its length, without, or cut.
type icmp6End uint8

const (
	icmp6Done icmp6End = iota
	icmp6NoLength
	icmp6Cut
)

// cutUnless is icmp6Done if ok.
func cutUnless(ok bool) icmp6End {
	if ok {
		return icmp6Done
	}
	return icmp6Cut
}

func (d *dissector) icmp6Body(b []byte, length int, typ, code uint8) icmp6End {
	switch typ {
	case icmp6Unreach:
		return d.icmp6Unreachable(b, length, code)
	case icmp6TooBig:
		mtu := d.u32(b, 4)
		d.put(", mtu ")
		d.putUint(uint64(mtu))
	case icmp6Exceeded:
		d.icmp6TimeExceeded(b, code)
	case icmp6Param:
		return cutUnless(d.icmp6Parameter(b, code))
	case icmp6Echo, icmp6EchoReply:
		d.need(b, 8)
		d.put(", id ")
		d.putUint(uint64(d.u16(b, 4)))
		d.put(", seq ")
		d.putUint(uint64(d.u16(b, 6)))
	case mldQuery:
		switch {
		case length == 24:
			d.mld(b)
		case length >= 28:
			d.put(" v2")
			d.mldQuery2(b, length)
		default:
			d.put(" unknown-version (len ")
			d.putInt(int64(length))
			d.put(") ")
		}
	case mldReport, mldDone:
		d.mld(b)
	case mldReport2:
		d.mldReport2(b, length)
	case ndRouterSolicit, ndRouterAdvert, ndSolicit, ndAdvert, ndRedirect:
		return cutUnless(d.neighbor(b, length, typ))
	case icmp6Renumbering:
		return d.renumbering(b)
	case icmp6NodeQuery, icmp6NodeReply:
		d.nodeInfo(b, length, typ)
	case indSolicit, indAdvert:
	case prefixSolicit, haRequest:
		d.icmp6ID(b)
	case haReply:
		if d.opt.Verbose > 0 {
			d.icmp6ID(b)
			for at := 8; at < length; at += 16 {
				d.need(b, at+16)
				d.put(", ")
				d.putIP6(b[at:])
			}
		}
	case prefixAdvert:
		return cutUnless(d.mobilePrefix(b, length))
	case icmp6RPL:
		d.rpl(from(b, 4), length-4, code)
	default:
		d.icmp6Length(length)
		if d.opt.Verbose <= 1 {
			d.hexBytes(within(b, length), "\n\t")
		}
		return icmp6NoLength
	}
	return icmp6Done
}

func (d *dissector) icmp6ID(b []byte) {
	id := d.u16(b, 4)
	d.put(", id 0x")
	d.putHex4(id)
}

func (d *dissector) icmp6Unreachable(b []byte, length int, code uint8) icmp6End {
	d.put(", ")
	d.putTok(icmp6UnreachNames, uint32(code), "unknown unreach code (%u)")
	const src, dst = 16, 32
	switch code {
	case 0, 1, 3:
		d.need(b, dst+16)
		d.putByte(' ')
		d.putIP6(b[dst:])
	case 2:
		d.need(b, dst+16)
		d.putByte(' ')
		d.putIP6(b[dst:])
		d.put(", source address ")
		d.putIP6(b[src:])
	case 4:
		proto, port, ok := d.icmp6QuotedPort(from(b, 8))
		if !ok {
			return icmp6Cut
		}
		d.need(b, dst+16)
		d.put(", ")
		d.putIP6(b[dst:])
		if proto == protoTCP {
			d.put(" tcp port ")
			d.putTCPPort(port)
		} else {
			d.put(" udp port ")
			d.putUDPPort(port)
		}
	default:
		if d.opt.Verbose <= 1 {
			d.hexBytes(within(b, length), "\n\t")
			return icmp6NoLength
		}
	}
	return icmp6Done
}

// icmp6QuotedPort finds the destination port in a quoted packet, whatever
// extension headers it has (get_upperlayer).
func (d *dissector) icmp6QuotedPort(b []byte) (proto uint8, port uint16, ok bool) {
	if len(b) < 7 {
		return 0, 0, false
	}
	nh, n := b[6], ip6HdrLen
	for len(b) > 0 {
		b = from(b, n)
		switch nh {
		case protoUDP, protoTCP:
			if len(b) < 4 {
				return 0, 0, false
			}
			return nh, d.u16(b, 2), true
		case protoHopOpts, protoDstOpts, protoRouting:
			if len(b) < 2 {
				return 0, 0, false
			}
			n = (int(b[1]) + 1) * 8
		case protoFragment:
			if len(b) < 4 || d.u16(b, 2)&0xfff8 != 0 {
				return 0, 0, false
			}
			n = 8
		case protoAH:
			if len(b) < 2 {
				return 0, 0, false
			}
			n = (int(b[1]) + 2) * 4
		default:
			return 0, 0, false
		}
		nh = b[0]
	}
	return 0, 0, false
}

func (d *dissector) icmp6TimeExceeded(b []byte, code uint8) {
	switch code {
	case 0:
		d.need(b, 48)
		d.put(" for ")
		d.putIP6(b[32:])
	case 1:
		d.put(" (reassembly)")
	default:
		d.put(", unknown code (")
		d.putUint(uint64(code))
		d.putByte(')')
	}
}

func (d *dissector) icmp6Parameter(b []byte, code uint8) bool {
	if len(b) < 48 {
		return false
	}
	what := [...]string{
		", erroneous - octet ", ", next header - octet ", ", option - octet ", ", incomplete header chain - octet ",
	}
	if int(code) < len(what) {
		d.put(what[code])
		d.putUint(uint64(d.u32(b, 4)))
	} else {
		d.put(", code-#")
		d.putUint(uint64(code))
	}
	return true
}

// mld prints a version 1 message, unless it was cut.
func (d *dissector) mld(b []byte) {
	if len(b) < 24 {
		return
	}
	d.put("max resp delay: ")
	d.putUint(uint64(d.u16(b, 4)))
	d.put(" addr: ")
	d.putIP6(b[8:])
}

var mldRecords = []name{{1, "is_in"}, {2, "is_ex"}, {3, "to_in"}, {4, "to_ex"}, {5, "allow"}, {6, "block"}}

// mldReport2 prints the group records of a version 2 report.
func (d *dissector) mldReport2(b []byte, length int) {
	if length < 8 {
		d.badMLDLength(length)
		return
	}
	groups := int(d.u16(b, 6))
	d.put(", ")
	d.putInt(int64(groups))
	d.put(" group record(s)")
	if d.opt.Verbose == 0 {
		return
	}
	at := 8
	for range groups {
		if length < at+20 {
			d.put(" [invalid number of groups]")
			return
		}
		d.need(b, at+20)
		d.put(" [gaddr ")
		d.putIP6(b[at+4:])
		d.putByte(' ')
		d.putTok(mldRecords, uint32(b[at]), " [v2-report-#%u]")
		sources := int(d.u16(b, at+2))
		if length < at+20+16*sources {
			d.put(" [invalid number of sources ")
			d.putInt(int64(sources))
			d.putByte(']')
			return
		}
		if d.opt.Verbose == 1 {
			d.put(", ")
			d.putInt(int64(sources))
			d.put(" source(s)")
		} else {
			d.mldSources(b, at+20, sources)
		}
		at += 20 + 16*sources
		d.putByte(']')
	}
}

func (d *dissector) badMLDLength(n int) {
	d.put(" [invalid len ")
	d.putInt(int64(n))
	d.putByte(']')
}

func (d *dissector) mldSources(b []byte, at, n int) {
	d.put(" {")
	for i := range n {
		d.need(b, at+16*(i+1))
		d.putByte(' ')
		d.putIP6(b[at+16*i:])
	}
	d.put(" }")
}

// mldQuery2 prints a version 2 query.
func (d *dissector) mldQuery2(b []byte, length int) {
	delay := int(d.u16(b, 4))
	if delay >= 32768 {
		delay = (delay&0xfff | 0x1000) << (delay&0x7000>>12 + 3)
	}
	if d.opt.Verbose > 0 {
		d.put(" [max resp delay=")
		d.putInt(int64(delay))
		d.putByte(']')
	}
	d.need(b, 24)
	d.put(" [gaddr ")
	d.putIP6(b[8:])
	if d.opt.Verbose > 0 {
		flags := d.u8(b, 24)
		if flags&8 != 0 {
			d.put(" sflag")
		}
		if flags&7 != 0 {
			d.put(" robustness=")
			d.putUint(uint64(flags & 7))
		}
		interval := int(d.u8(b, 25))
		if interval >= 128 {
			interval = (interval&0xf | 0x10) << (interval&0x70>>4 + 3)
		}
		d.put(" qqi=")
		d.putInt(int64(interval))
	}
	if n := int(d.u16(b, 26)); n > 0 {
		switch {
		case length < 28+16*n:
			d.put(" [invalid number of sources]")
		case d.opt.Verbose > 1:
			d.mldSources(b, 28, n)
		default:
			d.put(", ")
			d.putInt(int64(n))
			d.put(" source(s)")
		}
	}
	d.putByte(']')
}
