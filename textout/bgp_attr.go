package textout

import "math"

// Path attributes, by IANA's numbers.
const (
	bgpASPath         = 2
	bgpAS4Path        = 17
	bgpMaxNesting     = 10
	bgpNLRIMinLen     = 3
	bgpWellKnownFirst = 0xffffff01
)

var bgpWellKnown = []string{" NO_EXPORT", " NO_ADVERTISE", " NO_EXPORT_SUBCONFED"}

// bgpAttribute prints an attribute's n bytes and, at -vv, dumps them; false if
// they were cut.
func (d *dissector) bgpAttribute(typ byte, b []byte, n, level int) bool {
	dump := n
	ok := true
	badLen := func(bad bool) bool {
		d.putIf(bad, "invalid len")
		return bad
	}
	switch typ {
	case 1:
		if !badLen(n != 1) {
			d.put(d.tok(bgpOrigins, uint32(d.u8(b, 0)), "Unknown Origin Typecode"))
		}
	case bgpASPath, bgpAS4Path:
		ok = d.bgpPath(typ, b, n)
	case 3, 9:
		if !badLen(n != 4) {
			d.put(d.ip4Text(b, 0))
		}
	case 4, 5:
		if !badLen(n != 4) {
			d.putUint(uint64(d.u32(b, 0)))
		}
	case 6:
		badLen(n != 0)
	case 7:
		if badLen(n != 6 && n != 8) {
			break
		}
		if len(b) < n {
			return false
		}
		as := uint32(d.u16(b, 0))
		if n == 8 {
			as = d.u32(b, 0)
		}
		d.printf(" AS #%s, origin %s", d.asNumber(as), d.ip4Text(b, n-4))
	case 18:
		if !badLen(n != 8) {
			d.printf(" AS #%s, origin %s", d.asNumber(d.u32(b, 0)), d.ip4Text(b, 4))
		}
	case 8:
		if !badLen(n%4 != 0) {
			ok = d.bgpCommunities(b, n)
		}
	case 10:
		if badLen(n%4 != 0) {
			break
		}
		for off := 0; off < n; off += 4 {
			d.put(d.ip4Text(b, off))
			d.putIf(n-off > 4, ", ")
		}
	case 14:
		ok = d.bgpReach(b, n)
	case 15:
		ok = d.bgpUnreach(b, n)
	case 16:
		if !badLen(n%8 != 0) {
			ok = d.bgpExtended(b, n)
		}
	case 22:
		ok = d.bgpPMSI(b, n)
	case 26:
		ok = d.bgpAIGP(b, n)
	case 128:
		ok, dump = d.bgpAttrSet(b, n, level)
	case 32:
		if badLen(n == 0 || n%12 != 0) {
			break
		}
		d.put("\n\t    ")
		for off := 0; off < n; off += 12 {
			d.printf("%d:%d:%d%s", d.u32(b, off), d.u32(b, off+4), d.u32(b, off+8), either(n-off > 12, ", ", ""))
		}
		dump = 0
	default:
		if len(b) < n {
			return false
		}
		d.printf("\n\t    no Attribute %d decoder", typ)
		if d.opt.Verbose <= 1 {
			d.unknownData(b, "\n\t    ", n)
		}
	}
	if !ok {
		return false
	}
	if d.opt.Verbose > 1 && dump != 0 {
		if len(b) < dump {
			return false
		}
		d.unknownData(b, "\n\t    ", dump)
	}
	return true
}

// bgpASSize guesses whether AS numbers have two bytes or four.
func (d *dissector) bgpASSize(typ byte, b []byte, n int) int {
	if typ == bgpAS4Path {
		return 4
	}
	off := 0
	for off < n {
		if t := d.u8(b, off); t < 1 || t > 4 {
			return 4
		}
		off += 2 + int(d.u8(b, off+1))*2
	}
	if off == n {
		return 2
	}
	return 4
}

func (d *dissector) bgpPath(typ byte, b []byte, n int) bool {
	if n%2 != 0 {
		d.put("invalid len")
		return true
	}
	if n == 0 {
		d.put("empty")
		return true
	}
	size := d.bgpASSize(typ, b, n)
	for off := 0; off < n; {
		segment := uint32(d.u8(b, off))
		d.putTok(bgpSegmentOpen, segment, "?")
		count := int(d.u8(b, off+1))
		for i := range count {
			at := off + 2 + i*size
			if !have(b, at, size) {
				return false
			}
			as := uint32(d.u16(b, at))
			if size == 4 {
				as = d.u32(b, at)
			}
			d.put(d.asNumber(as))
			d.put(" ")
		}
		d.putTok(bgpSegmentClose, segment, "?")
		off += 2 + count*size
	}
	return true
}

func (d *dissector) bgpCommunities(b []byte, n int) bool {
	for off := 0; off < n; off += 4 {
		if !have(b, off, 4) {
			return false
		}
		c := d.u32(b, off)
		if s := ikeAt(bgpWellKnown, c-bgpWellKnownFirst); s != "" {
			d.put(s)
			continue
		}
		d.printf("%d:%d%s", c>>16, c&0xffff, either(n-off > 4, ", ", ""))
	}
	return true
}

func (d *dissector) bgpExtended(b []byte, n int) bool {
	for off := 0; off < n; off += 8 {
		if !have(b, off, 2) {
			return false
		}
		typ := uint32(d.u16(b, off))
		d.printf("\n\t    %s (0x%04x), Flags [%s]", d.tok(bgpExtendedTypes, typ, "unknown extd community typecode"), typ,
			d.flags(bgpExtendedFlags, typ, "none"))
		if !have(b, off, 8) {
			return false
		}
		d.put(": ")
		d.bgpExtendedValue(typ, b[off:])
	}
	return true
}

func (d *dissector) bgpExtendedValue(typ uint32, b []byte) {
	switch typ {
	case 0x0002, 0x0003, 0x000a:
		d.printf("%d:%d (= %s)", d.u16(b, 2), d.u32(b, 4), d.ip4Text(b, 4))
	case 0x0102, 0x0103, 0xf10a, 0x010b:
		d.printf("%s:%d", d.ip4Text(b, 2), d.u16(b, 6))
	case 0x0202, 0x0203:
		d.printf("%s:%d", d.asNumber(d.u32(b, 2)), d.u16(b, 6))
	case 0x4004:
		d.printf("bandwidth: %.3f Mbps", float64(math.Float32frombits(d.u32(b, 4))*8/1000000))
	case 0x0005, 0x0105, 0x0205, 0x8005, 0x0107, 0x8001:
		d.put(d.ip4Text(b, 2))
	case 0x0306, 0x8000:
		route := b[6]
		d.printf("area:%s, router-type:%s, metric-type:%s%s", d.ip4Text(b, 2), d.tok(bgpOSPFRoutes, uint32(route), "unknown (0x%02x)"),
			either(b[7]&1 != 0, "E2", ""), either(route == 5 || route == 7, "E1", ""))
	case 0x800a:
		d.printf("%s Control Flags [0x%02x]:MTU %d", d.tok(l2vpnEncapsulations, uint32(b[2]), "unknown encaps"), b[3], d.u16(b, 4))
	case 0x0009:
		d.printf("AS %d", d.u16(b, 2))
	case 0x030c:
		d.printf("Tunnel type: %s", d.tok(bgpTunnels, uint32(d.u16(b, 6)), "unknown encaps"))
	default:
		d.printf("%x", b[2:8])
	}
}

func (d *dissector) bgpPMSI(b []byte, n int) bool {
	if len(b) < 5 || n < 5 {
		return false
	}
	kind := b[1]
	d.printf("\n\t    Tunnel-type %s (%d), Flags [%s], MPLS Label %d", d.tok(bgpPMSITunnels, uint32(kind), "Unknown"), kind,
		d.flags(bgpPMSIFlags, uint32(b[0]), "none"), d.u24(b, 2)>>4)
	b, n = b[5:], n-5
	switch kind {
	case 4, 5:
		d.printf("\n\t      Sender %s, P-Group %s", d.ip4Text(b, 0), d.ip4Text(b, 4))
	case 3:
		d.printf("\n\t      Root-Node %s, P-Group %s", d.ip4Text(b, 0), d.ip4Text(b, 4))
	case 6:
		d.printf("\n\t      Tunnel-Endpoint %s", d.ip4Text(b, 0))
	case 2, 7:
		d.printf("\n\t      Root-Node %s, LSP-ID 0x%08x", d.ip4Text(b, 0), d.u32(b, 4))
	case 1:
		d.printf("\n\t      Extended-Tunnel-ID %s, P2MP-ID 0x%08x", d.ip4Text(b, 0), d.u32(b, 4))
	default:
		if d.opt.Verbose <= 1 {
			d.unknownData(b, "\n\t      ", n)
		}
	}
	return true
}

func (d *dissector) bgpAIGP(b []byte, n int) bool {
	for n >= 3 {
		typ, size := d.u8(b, 0), int(d.u16(b, 1))
		b, n = b[3:], n-3
		d.printf("\n\t    %s TLV (%d), length %d", d.tok(bgpAIGPs, uint32(typ), "Unknown"), typ, size)
		size -= 3
		if size < 0 || n < size {
			return false
		}
		if typ == 1 {
			if size < 8 {
				return false
			}
			d.printf(", metric %d", d.u64(b, 0))
		} else if d.opt.Verbose <= 1 {
			d.unknownData(b, "\n\t      ", size)
		}
		b, n = from(b, size), n-size
	}
	return true
}

// bgpAttrSet prints attributes inside an attribute, RFC 6368, and returns how
// many bytes of it are left.
func (d *dissector) bgpAttrSet(b []byte, n, level int) (ok bool, left int) {
	if len(b) < 4 || n < 4 {
		return false, 0
	}
	d.printf("\n\t    Origin AS: %s", d.asNumber(d.u32(b, 0)))
	b, n = b[4:], n-4
	for n != 0 {
		if len(b) < 2 {
			return false, 0
		}
		if n < 2 {
			d.put(" [path attr too short]")
			break
		}
		flags, typ := b[0], b[1]
		b, n = b[2:], n-2
		lenlen := 1
		if flags&0x10 != 0 {
			lenlen = 2
		}
		if len(b) < lenlen {
			return false, 0
		}
		if n < lenlen {
			d.put(" [path attr too short]")
			break
		}
		size := int(b[0])
		if lenlen == 2 {
			size = int(d.u16(b, 0))
		}
		b, n = b[lenlen:], n-lenlen
		d.printf("\n\t      %s (%d), length: %d", d.tok(bgpAttributes, uint32(typ), "Unknown Attribute"), typ, size)
		d.bgpAttrFlags(flags, "")
		d.put(": ")
		if n < size {
			d.put(" [path attr too short]")
			break
		}
		if level == bgpMaxNesting {
			d.put("(too many nested levels, not recursing)")
		} else if !d.bgpAttribute(typ, b, size, level+1) {
			return false, 0
		}
		b, n = from(b, size), n-size
	}
	return true, n
}
