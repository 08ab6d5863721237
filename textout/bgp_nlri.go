package textout

// Why a prefix could not be read.
const (
	bgpIllegal = -1 // its length is impossible
	bgpCut     = -2
	bgpShort   = -3 // the attribute ends in it
	bgpNone    = -4
)

// Forms of reachability information.
const (
	bgpNoForm = iota
	bgpUnicast4
	bgpLabeled4
	bgpVPN4
	bgpRouteTarget
	bgpMulticastVPN
	bgpMDT
	bgpUnicast6
	bgpLabeled6
	bgpVPN6
	bgpL2VPN
	bgpCLNP
	bgpVPNCLNP
)

// bgpForm is the form of an address family.
func bgpForm(afi uint16, safi byte) int {
	unicast, vpn := safi >= 1 && safi <= 3, safi >= 128 && safi <= 130
	switch {
	case afi == 1 && unicast:
		return bgpUnicast4
	case afi == 1 && safi == 4:
		return bgpLabeled4
	case afi == 1 && safi == 5:
		return bgpMulticastVPN
	case afi == 1 && safi == 66:
		return bgpMDT
	case afi == 1 && safi == 132:
		return bgpRouteTarget
	case afi == 1 && vpn:
		return bgpVPN4
	case afi == 2 && unicast:
		return bgpUnicast6
	case afi == 2 && safi == 4:
		return bgpLabeled6
	case afi == 2 && vpn:
		return bgpVPN6
	case afi == 3 && unicast:
		return bgpCLNP
	case afi == 3 && vpn:
		return bgpVPNCLNP
	case afi == 196 && vpn, afi == 25 && safi == 65:
		return bgpL2VPN
	}
	return bgpNoForm
}

// bgpMPFamily prints the family of an attribute of n bytes and returns its form,
// bgpNoForm if there is no printer; false if it was cut.
func (d *dissector) bgpMPFamily(b []byte, n int) (form int, ok bool) {
	afi, safi := d.u16(b, 0), b[2]
	d.printf("\n\t    AFI: %s (%d), %sSAFI: %s (%d)", d.tok(addressFamilies, uint32(afi), "Unknown AFI"), afi,
		either(safi > 128, "vendor specific ", ""), d.tok(bgpSAFIs, uint32(safi), "Unknown SAFI"), safi)
	if form = bgpForm(afi, safi); form != bgpNoForm {
		return form, true
	}
	if len(b) < n {
		return bgpNoForm, false
	}
	d.printf("\n\t    no AFI %d / SAFI %d decoder", afi, safi)
	if d.opt.Verbose <= 1 {
		d.unknownData(b, "\n\t    ", n)
	}
	return bgpNoForm, true
}

func (d *dissector) bgpUnreach(b []byte, n int) bool {
	if len(b) < bgpNLRIMinLen {
		return false
	}
	form, ok := d.bgpMPFamily(b, n)
	if form == bgpNoForm {
		return ok
	}
	d.putIf(n == bgpNLRIMinLen, "\n\t      End-of-Rib Marker (empty NLRI)")
	return d.bgpNLRI(form, b, 3, n)
}

func (d *dissector) bgpReach(b []byte, n int) bool {
	if len(b) < 3 || n < 3 {
		return false
	}
	form, ok := d.bgpMPFamily(b, n)
	if form == bgpNoForm {
		return ok
	}
	if len(b) < 4 || n < 4 {
		return false
	}
	size := int(b[3])
	off := 4
	if size != 0 {
		if n-off < size {
			return false
		}
		d.put("\n\t    nexthop: ")
		for i := 0; i < size; {
			d.putIf(i > 0, ", ")
			used, ok := d.bgpNextHop(form, from(b, off+i), size-i)
			if !ok {
				return false
			}
			i += used
		}
		off += size
	}
	d.printf(", nh-length: %d", size)
	if n-off < 1 {
		return false
	}
	if off, ok = d.bgpSNPA(b, off, n); !ok {
		return false
	}
	return d.bgpNLRI(form, b, off, n)
}

// bgpSNPA prints subnetwork points of attachment, which nobody uses.
func (d *dissector) bgpSNPA(b []byte, off, n int) (int, bool) {
	count := d.u8(b, off)
	off++
	if count == 0 {
		d.put(", no SNPA")
		return off, true
	}
	d.printf("\n\t    %d SNPA", count)
	for range count {
		if n-off < 1 {
			return off, false
		}
		size := int(d.u8(b, off))
		d.printf("\n\t      %d bytes", size)
		off++
		if n-off < size || !have(b, off, size) {
			return off, false
		}
		off += size
	}
	return off, true
}

// bgpNextHop prints the next hop at the start of n bytes and returns its length.
func (d *dissector) bgpNextHop(form int, b []byte, n int) (used int, ok bool) {
	size := map[int]int{bgpVPN4: 12, bgpUnicast6: 16, bgpLabeled6: 16, bgpVPN6: 24, bgpCLNP: 1, bgpVPNCLNP: 9}[form]
	if size == 0 {
		size = 4
	}
	if n < size {
		d.put("invalid len")
		return n, true
	}
	switch form {
	case bgpVPN4:
		d.printf("RD: %s, %s", d.bgpRD(b, 0), d.ip4Text(b, 8))
	case bgpUnicast6, bgpLabeled6:
		d.put(d.ip6Text(b, 0))
	case bgpVPN6:
		d.printf("RD: %s, %s", d.bgpRD(b, 0), d.ip6Text(b, 8))
	case bgpCLNP:
		d.put(nsapText(d.bytes(b, 0, n)))
		return n, true
	case bgpVPNCLNP:
		if len(b) < n {
			return 0, false
		}
		d.printf("RD: %s, %s", d.bgpRD(b, 0), nsapText(b[8:n]))
		if d.u32(b, 8) == 0x47000601 {
			d.printf(" = %s", d.ip4Text(b, 12))
		} else if d.u24(b, 8) == 0x350000 {
			d.printf(" = %s", d.ip6Text(b, 11))
		}
		return n, true
	default:
		d.put(d.ip4Text(b, 0))
	}
	return size, true
}

// nsapText is an OSI address, dots after the first byte and every other two.
func nsapText(b []byte) string {
	if len(b) < 1 || len(b) > 20 {
		return "isonsap_string: illegal length"
	}
	out := make([]byte, 0, 64)
	for i, c := range b {
		out = append(out, hexDigits[c>>4], hexDigits[c&15])
		if i&1 == 0 && i+1 < len(b) {
			out = append(out, '.')
		}
	}
	return string(out)
}

// bgpNLRI prints what is reachable, from off to the attribute's end at n.
func (d *dissector) bgpNLRI(form int, b []byte, off, n int) bool {
	rest := from(b, off)
	path4, path6 := bgpAddPath(rest, n-off, 32), bgpAddPath(rest, n-off, 128)
	for off < n {
		used := d.bgpRoute(form, from(b, off), n, path4, path6)
		if used == bgpCut {
			return false
		}
		if used < 0 {
			return true
		}
		off += used
	}
	return true
}

// bgpRoute prints one route and returns its length, less than 0 for why not.
func (d *dissector) bgpRoute(form int, b []byte, n int, path4, path6 bool) int {
	addPath := form == bgpUnicast4 && path4 || form == bgpUnicast6 && path6
	id := uint32(0)
	if addPath {
		id = d.u32(b, 0)
		b = b[4:]
	}
	s, used := d.bgpRouteText(form, b, n)
	switch {
	case used == bgpIllegal && form == bgpRouteTarget, used == bgpCut, used == bgpShort:
		return used
	case used == bgpIllegal:
		d.put("\n\t    (illegal prefix length)")
	default:
		if len(s) > 163 {
			s = s[:163] // tcpdump's buffer
		}
		d.printf("\n\t      %s", s)
	}
	if addPath {
		d.printf("   Path Id: %d", id)
		used += 4
	}
	return used
}

func (d *dissector) bgpRouteText(form int, b []byte, n int) (string, int) {
	switch form {
	case bgpUnicast4:
		return d.bgpPrefix(b, n, 4)
	case bgpUnicast6:
		return d.bgpPrefix(b, n, 16)
	case bgpLabeled4:
		return d.bgpLabeledPrefix(b, n, 4)
	case bgpLabeled6:
		return d.bgpLabeledPrefix(b, n, 16)
	case bgpVPN4:
		return d.bgpVPNPrefix(b, 4)
	case bgpVPN6:
		return d.bgpVPNPrefix(b, 16)
	case bgpCLNP:
		return d.bgpCLNPPrefix(b)
	case bgpVPNCLNP:
		return d.bgpVPNPrefix(b, 19)
	case bgpRouteTarget:
		return d.bgpTargetRoute(b)
	case bgpMulticastVPN:
		return d.bgpMulticastRoute(b)
	case bgpMDT:
		return d.bgpMDTRoute(b)
	}
	return d.bgpL2Route(b)
}

// prefixBytes reads a prefix of bits bits at off into size bytes.
func (d *dissector) prefixBytes(b []byte, off, bits, size int) []byte {
	out := make([]byte, size)
	n := (bits + 7) / 8
	copy(out, d.bytes(b, off, n))
	if r := bits % 8; r != 0 {
		out[n-1] &= byte(uint16(0xff00) >> r)
	}
	return out
}

// addrText is an address of 4 or 16 bytes, or of OSI.
func (d *dissector) addrText(a []byte, bits int) string {
	switch len(a) {
	case 4:
		return d.ip4Text(a, 0)
	case 16:
		return d.ip6Text(a, 0)
	}
	return nsapText(a[:(bits+7)/8])
}

// bgpPrefix reads a prefix of an address of size bytes out of room bytes.
func (d *dissector) bgpPrefix(b []byte, room, size int) (string, int) {
	if room < 1 {
		return "", bgpCut
	}
	bits := int(d.u8(b, 0))
	if bits > size*8 {
		return "", bgpIllegal
	}
	n := (bits + 7) / 8
	if room-1 < n {
		return "", bgpCut
	}
	return d.addrText(d.prefixBytes(b, 1, bits, size), bits) + "/" + utoa(uint32(bits)), 1 + n
}

// bgpLabel is the label before a prefix.
func (d *dissector) bgpLabel(b []byte) string {
	s := "label:" + utoa(d.u24(b, 1)>>4)
	if b[3]&1 == 0 {
		return s + " (BOGUS: Bottom of Stack NOT set!)"
	}
	return s + " (bottom)"
}

func (d *dissector) bgpLabeledPrefix(b []byte, room, size int) (string, int) {
	if len(b) < 4 {
		return "", bgpCut
	}
	if room < 4 {
		return "", bgpShort
	}
	bits := int(b[0]) - 24
	if bits < 0 || bits > size*8 {
		return "", bgpIllegal
	}
	n := (bits + 7) / 8
	if size == 4 && room-4 < n {
		return "", bgpShort
	}
	a := d.prefixBytes(b, 4, bits, size)
	return d.addrText(a, bits) + "/" + utoa(uint32(bits)) + ", " + d.bgpLabel(b), 4 + n
}

func (d *dissector) bgpVPNPrefix(b []byte, size int) (string, int) {
	bits := int(d.u8(b, 0)) - 24 - 64
	if bits < 0 || bits > size*8 {
		return "", bgpIllegal
	}
	a := d.prefixBytes(b, 12, bits, size)
	return "RD: " + d.bgpRD(b, 4) + ", " + d.addrText(a, bits) + "/" + utoa(uint32(bits)) + ", " + d.bgpLabel(b),
		12 + (bits+7)/8
}

// bgpCLNPPrefix: tcpdump takes the address from the fourth byte on.
func (d *dissector) bgpCLNPPrefix(b []byte) (string, int) {
	bits := int(d.u8(b, 0))
	if bits > 152 {
		return "", bgpIllegal
	}
	a := d.prefixBytes(b, 4, bits, 19)
	return d.addrText(a, bits) + "/" + utoa(uint32(bits)), 1 + (bits+7)/8
}

// bgpRD is a route distinguisher, RFC 4364 section 4.2.
func (d *dissector) bgpRD(b []byte, off int) string {
	r := d.bytes(b, off, 8)
	return d.text(func() {
		switch d.u16(r, 0) {
		case 0:
			d.printf("%d:%d (= %s)", d.u16(r, 2), d.u32(r, 4), ipNumber(r[4:8]))
		case 1:
			d.printf("%s:%d", ipNumber(r[2:6]), d.u16(r, 6))
		case 2:
			d.printf("%s:%d (%s:%d)", d.asNumber(d.u32(r, 2)), d.u16(r, 6), ipNumber(r[2:6]), d.u16(r, 6))
		default:
			d.put("unknown RD format")
		}
	})
}

func (d *dissector) bgpMDTRoute(b []byte) (string, int) {
	if d.u8(b, 0) != 128 {
		return "", bgpIllegal
	}
	if !have(b, 1, 8) {
		return "", bgpCut
	}
	return "RD: " + d.bgpRD(b, 1) + ", VPN IP Address: " + d.ip4Text(b, 9) + ", MC Group Address: " + d.ip4Text(b, 13), 17
}

// bgpTargetRoute reads route target membership, RFC 4684.
func (d *dissector) bgpTargetRoute(b []byte) (string, int) {
	bits := int(d.u8(b, 0))
	if bits == 0 {
		return "default route target", 1
	}
	if bits < 32 || bits > 96 {
		d.put("\n\t      (illegal prefix length)")
		return "", bgpIllegal
	}
	as := d.asNumber(d.u32(b, 1))
	bits -= 32
	n := (bits + 7) / 8
	return "origin AS: " + as + ", " + d.bgpTarget(d.prefixBytes(b, 5, bits, 8), bits), 5 + n
}

func (d *dissector) bgpTarget(t []byte, bits int) string {
	if bits == 0 {
		return "route-target: 0:0/0"
	}
	n := (bits + 7) / 8
	hex := d.text(func() {
		for i, c := range t[:n] {
			d.putHex2(c)
			d.putIf(i%2 == 1 && i < n-1, " ")
		}
	})
	s := d.text(func() {
		if bits < 16 {
			d.printf("route-target: partial-type: (%s/%d)", hex, bits)
			return
		}
		switch kind := d.u16(t, 0); kind {
		case 0x0002:
			d.printf("route-target: %d:%d/%d (%s)", d.u16(t, 2), d.u32(t, 4), bits, hex)
		case 0x0102:
			d.printf("route-target: %s:%d/%d (%s)", ipNumber(t[2:6]), d.u16(t, 6), bits, hex)
		case 0x0202:
			d.printf("route-target: %s:%d/%d (%s)", d.asNumber(d.u32(t, 2)), d.u16(t, 6), bits, hex)
		default:
			d.printf("route target: unknown-type(%04x) (%s/%d)", kind, hex, bits)
		}
	})
	return s[:min(len(s), 60)] // tcpdump's buffer
}

// bgpVPNAddr is an address whose length is given in bits.
func (d *dissector) bgpVPNAddr(b []byte, bits uint32) string {
	switch bits {
	case 32:
		return d.ip4Text(b, 0)
	case 128:
		return d.ip6Text(b, 0)
	}
	return "bogus address length " + utoa(bits)
}

// bgpSourceGroup is a source and a group, and their length.
func (d *dissector) bgpSourceGroup(b []byte) (s string, n int) {
	for _, label := range []string{", Source ", ", Group "} {
		bits := d.u8(b, 0)
		size := int(bits >> 3)
		b = b[1:]
		if len(b) < size {
			return s, n
		}
		n += size + 1
		if bits != 0 {
			s += label + d.bgpVPNAddr(b, uint32(bits))
			b = b[size:]
		}
	}
	return s, n
}

// bgpMulticastRoute reads a multicast VPN route, RFC 6514.
func (d *dissector) bgpMulticastRoute(b []byte) (string, int) {
	typ, n := d.u8(b, 0), int(d.u8(b, 1))
	s := "Route-Type: " + d.tok(bgpMulticastRoutes, uint32(typ), "Unknown") + " (" + utoa(uint32(typ)) + "), length: " + utoa(uint32(n))
	b = b[2:]
	if typ < 1 || typ == 4 || typ > 7 {
		return s, n + 2
	}
	if len(b) < 8 {
		return "", bgpCut
	}
	switch typ {
	case 1:
		s += ", RD: " + d.bgpRD(b, 0) + ", Originator " + d.bgpVPNAddr(b[8:], uint32(n-8)<<3)
	case 2, 6, 7:
		if len(b) < 12 {
			return "", bgpCut
		}
		s += ", RD: " + d.bgpRD(b, 0) + ", Source-AS " + d.asNumber(d.u32(b, 8))
		if typ != 2 {
			sg, _ := d.bgpSourceGroup(b[12:])
			s += sg
		}
	case 3:
		s += ", RD: " + d.bgpRD(b, 0)
		sg, used := d.bgpSourceGroup(b[8:])
		s += sg
		if !have(b, 8, n-used) {
			return "", bgpCut
		}
		s += ", Originator " + d.bgpVPNAddr(b[8:], uint32(n-used)<<3)
	case 5:
		sg, _ := d.bgpSourceGroup(b[8:])
		s += ", RD: " + d.bgpRD(b, 0) + sg
	}
	return s, n + 2
}

// bgpL2Route reads a layer-2 VPN's label block (RFC 4761) or pseudowire.
func (d *dissector) bgpL2Route(b []byte) (string, int) {
	n := int(d.u16(b, 0))
	b = b[2:]
	switch {
	case n == 12:
		if len(b) < 12 {
			return "", bgpCut
		}
		return "RD: " + d.bgpRD(b, 0) + ", BGPNH: " + d.ip4Text(b, 8), n + 2
	case n <= 17 || len(b) < 15:
		return "", bgpCut
	}
	s := "RD: " + d.bgpRD(b, 0) + ", CE-ID: " + utoa(uint32(d.u16(b, 8))) + ", Label-Block Offset: " +
		utoa(uint32(d.u16(b, 10))) + ", Label Base " + utoa(d.u24(b, 12)>>4)
	return s + d.bgpL2TLVs(b[15:], n-15), n + 2
}

// bgpL2TLVs: tcpdump does not count the headers against left, and stays where it
// is behind a TLV that it does not know.
func (d *dissector) bgpL2TLVs(b []byte, left int) string {
	s := ""
	for left != 0 {
		if left < 3 {
			return s + "\n\t\tran past the end"
		}
		typ, bits := d.u8(b, 0), d.u16(b, 1)
		n := (int(bits) + 7) / 8
		b = b[3:]
		if typ != 1 {
			s += "\n\t\tunknown TLV #" + utoa(uint32(typ)) + ", length: " + utoa(uint32(bits))
			if left < n {
				return s + " (ran past the end)"
			}
			left -= n
			continue
		}
		s += "\n\t\tcircuit status vector (1) length: " + utoa(uint32(bits)) + ": 0x"
		for ; n != 0; n, left = n-1, left-1 {
			if left < 1 {
				return s + " (ran past the end)"
			}
			c := d.u8(b, 0)
			s += string([]byte{hexDigits[c>>4], hexDigits[c&15]})
			b = b[1:]
		}
	}
	return s
}
