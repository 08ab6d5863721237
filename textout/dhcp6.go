package textout

// DHCPv6 (RFC 8415).

var dhcp6Messages = []name{
	{1, "solicit"}, {2, "advertise"}, {3, "request"}, {4, "confirm"}, {5, "renew"}, {6, "rebind"}, {7, "reply"},
	{8, "release"}, {9, "decline"}, {10, "reconfigure"}, {11, "inf-req"}, {12, "relay-fwd"}, {13, "relay-reply"},
	{14, "leasequery"}, {15, "leasequery-reply"},
}

var dhcp6OptionNames = []name{
	{1, "client-ID"},
	{2, "server-ID"},
	{3, "IA_NA"},
	{4, "IA_TA"},
	{5, "IA_ADDR"},
	{6, "option-request"},
	{7, "preference"},
	{8, "elapsed-time"},
	{9, "relay-message"},
	{11, "authentication"},
	{12, "server-unicast"},
	{13, "status-code"},
	{14, "rapid-commit"},
	{15, "user-class"},
	{16, "vendor-class"},
	{17, "vendor-specific-info"},
	{18, "interface-ID"},
	{19, "reconfigure-message"},
	{20, "reconfigure-accept"},
	{21, "SIP-servers-domain"},
	{22, "SIP-servers-address"},
	{23, "DNS-server"},
	{24, "DNS-search-list"},
	{25, "IA_PD"},
	{26, "IA_PD-prefix"},
	{27, "NIS-server"},
	{28, "NIS+-server"},
	{29, "NIS-domain-name"},
	{30, "NIS+-domain-name"},
	{31, "SNTP-servers"},
	{32, "lifetime"},
	{33, "BCMCS-domain-name"},
	{34, "BCMCS-server"},
	{36, "Geoconf-Civic"},
	{37, "Remote-ID"},
	{38, "Subscriber-ID"},
	{39, "Client-FQDN"},
	{40, "PANA-agent"},
	{41, "POSIX-timezone"},
	{42, "POSIX-tz-database"},
	{43, "Echo-request-option"},
	{44, "Lease-query"},
	{45, "LQ-client-data"},
	{46, "Clt-time"},
	{47, "LQ-relay-data"},
	{48, "LQ-client-link"},
	{56, "NTP-server"},
	{64, "AFTR-Name"},
	{112, "MUD-URL"}}

var dhcp6Statuses = []name{
	{0, "Success"}, {1, "UnspecFail"}, {2, "NoAddrsAvail"}, {3, "NoBinding"}, {4, "NotOnLink"}, {5, "UseMulticast"},
	{6, "NoPrefixAvail"}, {7, "UnknownQueryType"}, {8, "MalformedQuery"}, {9, "NotConfigured"}, {10, "NotAllowed"},
}

var dhcp6Queries = []name{{1, "by-address"}, {2, "by-clientID"}}

func (d *dissector) dhcp6(b []byte, length int) {
	d.proto = "dhcp6"
	d.put("dhcp6")
	b = within(b, length)
	typ := d.u8(b, 0)
	relay := typ == 12 || typ == 13
	if !relay && len(b) < 4 {
		d.truncMark()
		return
	}
	d.putByte(' ')
	d.putTok(dhcp6Messages, uint32(typ), "msgtype-%u")
	if d.opt.Verbose == 0 {
		return
	}
	d.put(" (")
	if relay {
		d.need(b, 18)
		d.put("linkaddr=")
		d.putIP6(b[2:])
		d.need(b, 34)
		d.put(" peeraddr=")
		d.putIP6(b[18:])
		d.dhcp6Options(from(b, 34))
	} else {
		d.put("xid=")
		d.putHex(uint64(d.u24(b, 1)))
		d.dhcp6Options(from(b, 4))
	}
	d.putByte(')')
}

// dhcp6Options prints options to the end of b; where an option goes past it, the
// list ends with the truncation mark.
func (d *dissector) dhcp6Options(b []byte) {
	d.try(func() { d.dhcp6OptionList(b) })
}

func (d *dissector) dhcp6OptionList(b []byte) {
	for len(b) > 0 {
		if len(b) < 4 {
			d.truncMark()
			return
		}
		typ, n := d.u16(b, 0), int(d.u16(b, 2))
		if len(b) < 4+n {
			d.truncMark()
			return
		}
		d.put(" (")
		d.putTok(dhcp6OptionNames, uint32(typ), "opt_%u")
		d.dhcp6Option(typ, b[4:4+n], b[4:])
		d.putByte(')')
		b = b[4+n:]
	}
}

// dhcp6Option prints an option's value; rest is everything captured from it on,
// which names may run into.
func (d *dissector) dhcp6Option(typ uint16, v, rest []byte) {
	atLeast := func(n int) bool {
		if len(v) < n {
			d.put(" ?")
			return false
		}
		return true
	}
	exactly := func(n int) bool {
		if len(v) != n {
			d.put(" ?")
			return false
		}
		return true
	}
	switch typ {
	case 1, 2:
		d.dhcp6DUID(v)
	case 3, 25:
		if atLeast(12) {
			d.dhcp6IA(v, 12)
		}
	case 4:
		if atLeast(4) {
			d.dhcp6IA(v, 4)
		}
	case 5:
		if atLeast(24) {
			d.putByte(' ')
			d.putIP6(v)
			d.dhcp6Lifetimes(v[16:])
			d.dhcp6Options(v[24:])
		}
	case 26:
		if atLeast(25) {
			d.putByte(' ')
			d.putIP6(v[9:])
			d.putByte('/')
			d.putUint(uint64(v[8]))
			d.dhcp6Lifetimes(v)
			d.dhcp6Options(v[25:])
		}
	case 6, 43:
		if len(v)%2 != 0 {
			d.put(" ?")
			return
		}
		for ; len(v) >= 2; v = v[2:] {
			d.putByte(' ')
			d.putTok(dhcp6OptionNames, uint32(d.u16(v, 0)), "opt_%u")
		}
	case 7:
		if exactly(1) {
			d.spaced(uint64(v[0]))
		}
	case 8:
		if exactly(2) {
			d.spaced(uint64(d.u16(v, 0)))
		}
	case 9:
		d.put(" (")
		proto := d.proto
		d.try(func() { d.dhcp6(v, len(v)) })
		d.proto = proto
	case 11:
		d.dhcp6Auth(v)
	case 13:
		if !atLeast(2) {
			return
		}
		d.putByte(' ')
		if code := d.u16(v, 0); code <= 255 {
			d.putTok(dhcp6Statuses, uint32(code), "code%u")
		} else {
			d.put("INVALID code")
		}
	case 18, 38:
		d.putByte(' ')
		d.dhcp6Bytes(v)
	case 37:
		if atLeast(4) {
			d.spaced(uint64(d.u32(v, 0)))
			d.putByte(' ')
			d.dhcp6Bytes(v[4:])
		}
	case 19:
		if exactly(1) {
			d.put(" for ")
			switch v[0] {
			case 5:
				d.put("renew")
			case 11:
				d.put("inf-req")
			default:
				d.put("???(")
				d.putHex2(v[0])
				d.putByte(')')
			}
		}
	case 21, 24:
		d.dhcp6Names(v, rest)
	case 22, 23, 27, 28, 31, 34, 40, 48:
		if len(v)%16 != 0 {
			d.put(" ?")
			return
		}
		for ; len(v) > 0; v = v[16:] {
			d.putByte(' ')
			d.putIP6(v)
		}
	case 32, 46:
		if exactly(4) {
			d.spaced(uint64(d.u32(v, 0)))
		}
	case 41, 42:
		if atLeast(5) {
			d.putByte(' ')
			d.putSafeJZ(v, len(v))
		}
	case 44:
		if atLeast(17) {
			d.putByte(' ')
			d.putTok(dhcp6Queries, uint32(v[0]), "type_%u")
			d.putByte(' ')
			d.putIP6(v[1:])
			d.dhcp6Options(v[17:])
		}
	case 45:
		d.dhcp6Options(v)
	case 47:
		if atLeast(16) {
			d.putByte(' ')
			d.putIP6(v)
			d.putByte(' ')
			d.dhcp6Bytes(v[16:])
		}
	case 56:
		d.dhcp6NTP(v, rest)
	case 64:
		d.dhcp6AFTR(v)
	case 112:
		d.putByte(' ')
		d.putSafe(v)
	}
}

func (d *dissector) dhcp6Lifetimes(v []byte) {
	d.put(" pltime:")
	d.putUint(uint64(d.u32(v, 0)))
	d.put(" vltime:")
	d.putUint(uint64(d.u32(v, 4)))
}

// dhcp6Bytes prints at most ten bytes in hex.
func (d *dissector) dhcp6Bytes(v []byte) {
	d.putHexString(within(v, 10))
	d.put("...")
}

func (d *dissector) dhcp6IA(v []byte, fixed int) {
	d.put(" IAID:")
	d.putUint(uint64(d.u32(v, 0)))
	if fixed == 12 {
		d.put(" T1:")
		d.putUint(uint64(d.u32(v, 4)))
		d.put(" T2:")
		d.putUint(uint64(d.u32(v, 8)))
	}
	d.dhcp6Options(v[fixed:])
}

// dhcp6DUID prints a client's or server's identifier.
func (d *dissector) dhcp6DUID(v []byte) {
	if len(v) < 2 {
		d.put(" ?")
		return
	}
	switch typ := d.u16(v, 0); {
	case typ == 1 && len(v) >= 8:
		d.put(" hwaddr/time type ")
		d.putUint(uint64(d.u16(v, 2)))
		d.put(" time ")
		d.putUint(uint64(d.u32(v, 4)))
		d.putByte(' ')
		d.putHexString(v[8:])
	case typ == 2 && len(v) >= 8:
		d.put(" vid ")
		d.putHexString(v[2:10])
	case typ == 3 && len(v) >= 4:
		d.put(" hwaddr type ")
		d.putUint(uint64(d.u16(v, 2)))
		d.putByte(' ')
		d.putHexString(v[4:])
	case typ >= 1 && typ <= 3:
		d.put(" ?")
	default:
		d.put(" type ")
		d.putUint(uint64(typ))
	}
}

// dhcp6Auth prints an authentication option.
func (d *dissector) dhcp6Auth(v []byte) {
	if len(v) < 11 {
		d.put(" ?")
		return
	}
	d.put(" proto: ")
	d.putTok(dhcp6AuthProtos, uint32(v[0]), "%u")
	d.put(", alg: ")
	d.putTok(dhcp6AuthAlgs, uint32(v[1]), "%u")
	d.put(", RDM: ")
	d.putTok(dhcp6AuthRDMs, uint32(v[2]), "%u")
	d.put(", RD:")
	for i := 3; i < 11; i += 2 {
		d.putByte(' ')
		d.putHex4(d.u16(v, i))
	}
	info := v[11:]
	switch v[0] {
	case 2:
		if len(info) > 0 && len(info) < 20 {
			d.put(" ??")
			return
		}
		if len(info) >= 20 {
			d.put(", realm: ")
			realm := len(info) - 20
			d.putHexString(info[:realm])
			d.put(", key ID: ")
			d.putHexString(info[realm : realm+4])
			d.put(", HMAC-MD5:")
			d.dhcp6Words(info[realm+4:])
		}
	case 3:
		if len(info) < 17 {
			d.put(" ??")
			return
		}
		switch info[0] {
		case 1:
			d.put(" reconfig-key value:")
		case 2:
			d.put(" type: HMAC-MD5 value:")
		default:
			d.put(" type: ")
			d.putUint(uint64(info[0]))
			d.put(" value:")
		}
		d.dhcp6Words(info[1:17])
	default:
		d.put(" ??")
	}
}

var dhcp6AuthProtos = []name{{2, "delayed"}, {3, "reconfigure"}}
var dhcp6AuthAlgs = []name{{1, "HMAC-MD5"}}
var dhcp6AuthRDMs = []name{{0, "mono"}}

func (d *dissector) dhcp6Words(v []byte) {
	for ; len(v) >= 4; v = v[4:] {
		d.putByte(' ')
		d.putHex8(d.u32(v, 0))
	}
}

// dhcp6Names prints a list of domain names.
func (d *dissector) dhcp6Names(v, rest []byte) {
	m := dnsMessage{d: d, b: rest}
	for p := 0; p < len(v); {
		d.putByte(' ')
		if p = m.fqdn(p); p < 0 {
			d.trunc()
		}
	}
}

func (d *dissector) dhcp6NTP(v, rest []byte) {
	if len(v) < 4 {
		d.put(" ?")
		return
	}
	for len(v) >= 4 {
		sub, n := d.u16(v, 0), int(d.u16(v, 2))
		if len(v) < 4+n {
			d.truncMark()
			return
		}
		v, rest = v[4:], from(rest, 4)
		d.put(" subopt:")
		d.putUint(uint64(sub))
		switch {
		case (sub == 1 || sub == 2) && n == 16:
			d.putByte(' ')
			d.putIP6(v)
		case sub == 3:
			d.putByte(' ')
			if (&dnsMessage{d: d, b: rest}).fqdn(0) < 0 {
				d.trunc()
			}
		default:
			d.put(" ?")
		}
		v, rest = v[n:], from(rest, n)
	}
	if len(v) > 0 {
		d.truncMark()
	}
}

// dhcp6AFTR prints the name of a tunnel end (RFC 6334).
func (d *dissector) dhcp6AFTR(v []byte) {
	if len(v) < 3 {
		d.put(" ?")
		return
	}
	d.putByte(' ')
	for left, p := len(v), 0; left > 0 && p < len(v) && v[p] != 0; {
		n := int(v[p])
		p++
		if n >= left-1 {
			d.put(" ?")
			return
		}
		d.putSafe(v[p : p+n])
		p += n
		left -= n + 1
		if v[p] != 0 {
			d.putByte('.')
		}
	}
}
