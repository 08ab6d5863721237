package textout

var raFlags = []name{{0x80, "managed"}, {0x40, "other stateful"}, {0x20, "home agent"}, {0x02, "ipv6 only"}}

var naFlags = []name{{0x80000000, "router"}, {0x40000000, "solicited"}, {0x20000000, "override"}}

var prefixFlags = []name{{0x80, "onlink"}, {0x40, "auto"}, {0x20, "router"}}

// Options of neighbor discovery.
const (
	ndSourceLink = 1
	ndTargetLink = 2
	ndPrefix     = 3
	ndRedirected = 4
	ndMTU        = 5
	ndInterval   = 7
	ndHomeAgent  = 8
	ndRoute      = 24
	ndRDNSS      = 25
	ndDNSSL      = 31
)

var ndOptions = []name{
	{ndSourceLink, "source link-address"}, {ndTargetLink, "destination link-address"}, {ndPrefix, "prefix info"},
	{ndRedirected, "redirected header"}, {ndMTU, "mtu"}, {ndRDNSS, "rdnss"}, {ndDNSSL, "dnssl"},
	{ndInterval, "advertisement interval"}, {ndHomeAgent, "homeagent information"}, {ndRoute, "route info"},
}

// routerPreference is RFC 4191's two bits.
func routerPreference(v uint8) string {
	return [...]string{"medium", "high", "rsv", "low"}[v>>3&3]
}

// neighbor prints a neighbor discovery message (RFC 4861); false if it was cut.
func (d *dissector) neighbor(b []byte, length int, typ uint8) bool {
	options := 8
	switch typ {
	case ndRouterAdvert:
		if d.opt.Verbose > 0 {
			d.routerAdvert(b)
		}
		options = 16
	case ndSolicit:
		d.need(b, 24)
		d.put(", who has ")
		d.putIP6(b[8:])
		options = 24
	case ndAdvert:
		d.need(b, 24)
		d.put(", tgt is ")
		d.putIP6(b[8:])
		if d.opt.Verbose > 0 {
			d.put(", Flags [")
			d.putBits(naFlags, d.u32(b, 4), "none", ", ")
			d.putByte(']')
		}
		options = 24
	case ndRedirect:
		d.need(b, 40)
		d.put(", ")
		d.putIP6(b[24:])
		d.put(" to ")
		d.putIP6(b[8:])
		options = 40
	}
	return d.opt.Verbose == 0 || d.ndOptions(from(b, options), length-options)
}

func (d *dissector) routerAdvert(b []byte) {
	d.need(b, 16)
	d.put("\n\thop limit ")
	d.putUint(uint64(b[4]))
	d.put(", Flags [")
	d.putBits(raFlags, uint32(b[5]), "none", ", ")
	d.put("], pref ")
	d.put(routerPreference(b[5]))
	d.put(", router lifetime ")
	d.putUint(uint64(d.u16(b, 6)))
	d.put("s, reachable time ")
	d.putUint(uint64(d.u32(b, 8)))
	d.put("ms, retrans timer ")
	d.putUint(uint64(d.u32(b, 12)))
	d.put("ms")
}

// mobilePrefix prints a mobile prefix advertisement.
func (d *dissector) mobilePrefix(b []byte, length int) bool {
	if d.opt.Verbose == 0 {
		return true
	}
	d.icmp6ID(b)
	flags := d.u16(b, 6)
	if flags&0xc000 != 0 {
		d.putByte(' ')
	}
	if flags&0x8000 != 0 {
		d.putByte('M')
	}
	if flags&0x4000 != 0 {
		d.putByte('O')
	}
	return d.ndOptions(from(b, 8), length-8)
}

// ndOptions prints options, of which the message has left bytes; false if they are
// malformed or cut (icmp6_opt_print).
func (d *dissector) ndOptions(all []byte, left int) bool {
	for b := all; len(b) > 0; {
		if len(b) < 2 {
			return false
		}
		if left <= 0 {
			return true
		}
		typ, n := b[0], int(b[1])*8
		if n == 0 || n > len(b) {
			return false
		}
		d.put("\n\t  ")
		d.putTok(ndOptions, uint32(typ), "unknown")
		d.put(" option (")
		d.putUint(uint64(typ))
		d.put("), length ")
		d.putInt(int64(n))
		d.put(" (")
		d.putInt(int64(n / 8))
		d.put("): ")
		o := b[:n]
		if typ == ndRedirected {
			// tcpdump shows the first option here, whichever this is.
			d.hexBytes(within(all, n), "\n\t    ")
		} else if known, ok := d.ndOption(b, n, typ, all); !ok {
			return false
		} else if !known && d.opt.Verbose <= 1 {
			d.hexBytes(o[2:], "\n\t  ")
			return true
		}
		if d.opt.Verbose > 1 {
			d.hexBytes(o[2:], "\n\t    ")
		}
		b, left = b[n:], left-n
	}
	return true
}

// ndOption prints the n bytes of an option at b, whose fixed part may reach beyond
// them; all is where the options began.
func (d *dissector) ndOption(b []byte, n int, typ uint8, all []byte) (known, ok bool) {
	switch typ {
	case ndSourceLink, ndTargetLink:
		d.putColonHex(b[2:n])
	case ndPrefix:
		d.ndPrefixInfo(b, n)
	case ndMTU:
		d.put(" ")
		d.putUint(uint64(d.u32(b, 4)))
		if n != 8 {
			d.put("bad option length")
		}
	case ndRDNSS:
		d.put(" lifetime ")
		d.putUint(uint64(d.u32(b, 4)))
		d.put("s,")
		for i := range (n/8 - 1) / 2 {
			d.need(b, 8+16*(i+1))
			d.put(" addr: ")
			d.putIP6(b[8+16*i:])
		}
	case ndDNSSL:
		d.put(" lifetime ")
		d.putUint(uint64(d.u32(b, 4)))
		d.put("s, domain(s):")
		return true, d.ndDomains(all, len(all)-len(b), n)
	case ndInterval:
		d.put(" ")
		d.putUint(uint64(d.u32(b, 4)))
		d.put("ms")
	case ndHomeAgent:
		d.need(b, 8)
		d.put(" preference ")
		d.putUint(uint64(d.u16(b, 4)))
		d.put(", lifetime ")
		d.putUint(uint64(d.u16(b, 6)))
	case ndRoute:
		return true, d.ndRouteInfo(b, n)
	default:
		return false, true
	}
	return true, true
}

func (d *dissector) ndPrefixInfo(b []byte, n int) {
	d.need(b, 32)
	d.putIP6(b[16:])
	d.putByte('/')
	d.putUint(uint64(b[2]))
	if n != 32 {
		d.put("badlen")
	}
	d.put(", Flags [")
	d.putBits(prefixFlags, uint32(b[3]), "none", ", ")
	d.put("], valid time ")
	d.ndLifetime(d.u32(b, 4))
	d.put(", pref. time ")
	d.ndLifetime(d.u32(b, 8))
}

func (d *dissector) ndLifetime(v uint32) {
	if v == 0xffffffff {
		d.put("infinity")
		return
	}
	d.putUint(uint64(v))
	d.putByte('s')
}

// ndDomains prints the names in the n bytes of an option at all[at:].
func (d *dissector) ndDomains(all []byte, at, n int) bool {
	m := dnsMessage{d: d, b: all}
	for p := at + 8; p < at+n && d.u8(all, p) != 0; {
		d.putByte(' ')
		if p = m.fqdn(p); p < 0 {
			return false
		}
	}
	return true
}

func (d *dissector) ndRouteInfo(b []byte, n int) bool {
	var prefix [16]byte
	if n > 24 || len(b) < 8 {
		return false
	}
	copy(prefix[:], b[8:n])
	d.putByte(' ')
	d.putIP6(prefix[:])
	d.putByte('/')
	d.putUint(uint64(b[2]))
	d.put(", pref=")
	d.put(routerPreference(b[3]))
	d.put(", lifetime=")
	d.ndLifetime(d.u32(b, 4))
	return true
}
