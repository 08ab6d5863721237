package textout

import "time"

const radiusHeaderLen = 20

// radiusAttribute says how an attribute is called and its value printed.
type radiusAttribute struct {
	name   string
	kind   int
	values []string // names of numbers; "" where there is none
}

// Kinds of attribute values.
const (
	radiusHidden = iota
	radiusString
	radiusNumber
	radiusVendor
	radiusAddress
	radiusAddress6
	radiusPrefix6
	radiusHomeLink
	radiusOperator
	radiusLocationInfo
	radiusLocationData
	radiusLocationRules
	radiusTime
	radiusFeatures
	radiusStrange
)

// radiusMobileFeatures are flags of 64 bits.
var radiusMobileFeatures = []struct {
	v uint64
	s string
}{
	{1, "MIP6_INTEGRATED"}, {2, "LOCAL_HOME_AGENT_ASSIGNMENT"}, {1 << 40, "PMIP6_SUPPORTED"},
	{1 << 41, "IP4_HOA_SUPPORTED"}, {1 << 42, "LOCAL_MAG_ROUTING_SUPPORTED"}, {1 << 43, "ASSIGN_LOCAL_IP"},
	{1 << 44, "MIP4_SUPPORTED"}, {1 << 45, "OPTIMIZED_IDLE_MODE_MOBILITY"}, {1 << 46, "GTPv2_SUPPORTED"},
	{1 << 47, "IP4_TRANSPORT_SUPPORTED"}, {1 << 48, "IP4_HOA_ONLY_SUPPORTED"}, {1 << 49, "INTER_MAG_ROUTING_SUPPORTED"},
}

// radius prints a RADIUS packet, RFC 2865.
func (d *dissector) radius(b []byte, length int) {
	d.proto = "radius"
	d.need(b, radiusHeaderLen)
	n := int(d.u16(b, 2))
	if n < radiusHeaderLen {
		d.trunc()
	}
	n = min(n, length)
	code := d.tok(radiusCodes, uint32(b[0]), "Unknown Command")
	if d.opt.Verbose == 0 {
		d.printf("RADIUS, %s (%d), id: 0x%02x length: %d", code, b[0], b[1], n)
		return
	}
	d.printf("RADIUS, length: %d\n\t%s (%d), id: 0x%02x, Authenticator: %x", n, code, b[0], b[1], b[4:20])
	d.radiusAttributeList(from(b, radiusHeaderLen), n-radiusHeaderLen)
}

func (d *dissector) radiusAttributeList(b []byte, length int) {
	for length > 0 {
		if length < 2 {
			d.trunc()
		}
		d.need(b, 2)
		typ, n := b[0], int(b[1])
		var a radiusAttribute
		if int(typ) < len(radiusAttributes) {
			a = radiusAttributes[typ]
		}
		name := a.name
		if name == "" {
			name = "Unknown"
		}
		d.printf("\n\t  %s Attribute (%d), length: %d", name, typ, n)
		if n < 2 {
			d.put(" (bogus, must be >= 2)")
			return
		}
		if n > length {
			d.put(" (bogus, goes past end of packet)")
			return
		}
		d.put(", Value: ")
		if n > 2 {
			d.radiusValue(a, typ, b[2:], n-2)
		}
		if d.opt.Verbose > 1 {
			d.unknownData(b[2:], "\n\t    ", n-2)
			d.need(b, n)
		}
		b, length = from(b, n), length-n
	}
}

// radiusValue prints the n bytes of a value.
func (d *dissector) radiusValue(a radiusAttribute, typ byte, b []byte, n int) {
	switch a.kind {
	case radiusString:
		d.radiusText(typ, b, n)
	case radiusNumber:
		if d.radiusLength(n, 4) {
			d.radiusNumeric(a, typ, b)
		}
	case radiusVendor:
		d.radiusVendorValue(b, n)
	case radiusAddress:
		if d.radiusLength(n, 4) {
			d.radiusIP4(typ, b)
		}
	case radiusAddress6:
		if d.radiusLength(n, 16) {
			d.put(d.ip6Text(b, 0))
		}
	case radiusPrefix6:
		d.radiusPrefix(b, n)
	case radiusHomeLink:
		if !d.radiusLength(n, 17) {
			return
		}
		d.need(b, n)
		if b[0] > 128 {
			d.printf("ERROR: netmask %d not in range (0..128)", b[0])
			return
		}
		d.printf("%s/%d", d.ip6Text(b, 1), b[0])
	case radiusTime:
		if d.radiusLength(n, 4) {
			d.put(time.Unix(int64(d.u32(b, 0)), 0).Format("Mon Jan _2 15:04:05 2006"))
		}
	case radiusFeatures:
		if d.radiusLength(n, 8) {
			d.radiusVector(d.u64(b, 0))
		}
	case radiusStrange:
		d.radiusOdd(typ, b, n)
	default:
		d.radiusLocation(a.kind, b, n)
	}
}

// radiusLength complains of a value that has not the length it should.
func (d *dissector) radiusLength(n, want int) bool {
	if n != want {
		d.printf("ERROR: length %d != %d", n, want)
		return false
	}
	return true
}

// radiusTag prints a tag of RFC 2868 and whether there is one.
func (d *dissector) radiusTag(tag byte) {
	if tag != 0 {
		d.printf("Tag[%d] ", tag)
	} else {
		d.put("Tag[Unused] ")
	}
}

func (d *dissector) radiusText(typ byte, b []byte, n int) {
	v := d.bytes(b, 0, n)
	switch typ {
	case 69: // Tunnel-Password
		if n < 3 {
			d.trunc()
		}
		if v[0] <= 0x1f {
			d.radiusTag(v[0])
		} else {
			d.radiusTag(0)
		}
		d.printf("Salt %d ", d.u16(v, 1))
		v = v[3:]
	case 66, 67, 81, 82, 90, 91: // attributes with a tag
		if v[0] <= 0x1f {
			d.radiusTag(v[0])
			v = v[1:]
		}
	case 58: // Egress-VLAN-Name
		d.printf("%s (0x%02x) ", d.tok(radiusTagged, uint32(v[0]), "Unknown tag"), v[0])
		v = v[1:]
	case 79: // EAP-Message
		d.eap(v, n)
		d.proto = "radius"
		return
	}
	for _, c := range v {
		if c == 0 {
			return
		}
		d.radiusChar(c)
	}
}

// radiusChar prints ASCII, and a dot for anything else.
func (d *dissector) radiusChar(c byte) {
	if c < 0x20 || c > 0x7e {
		c = '.'
	}
	d.putByte(c)
}

func (d *dissector) radiusNumeric(a radiusAttribute, typ byte, b []byte) {
	v := d.u32(b, 0)
	if a.values != nil {
		if typ == 64 || typ == 65 { // Tunnel-Type, Tunnel-Medium-Type
			d.radiusTag(b[0])
			v &= 0xffffff
		}
		if int64(v) < int64(len(a.values)) && a.values[v] != "" {
			d.put(a.values[v])
		} else {
			d.printf("#%d", v)
		}
		return
	}
	switch typ {
	case 23: // Framed-IPX-Network
		d.put(either(v == 0xfffffffe, "NAS Select", utoa(v)))
	case 27, 28, 41, 46, 85: // times
		d.radiusSeconds(v)
	case 37:
		d.put(either(v == 0, "Unnumbered", utoa(v)))
	case 38:
		d.put(either(v == 0, "NAS assigned", utoa(v)))
	case 83: // Tunnel-Preference
		d.radiusTag(b[0])
		d.putUint(uint64(v & 0xffffff))
	case 56: // Egress-VLANID
		d.printf("%s (0x%02x) %d", d.tok(radiusTagged, uint32(b[0]), "Unknown tag"), b[0], v&0xffffff)
	default:
		d.putUint(uint64(v))
	}
}

func (d *dissector) radiusSeconds(v uint32) {
	switch {
	case v < 60:
		d.printf("%02d secs", v)
	case v < 3600:
		d.printf("%02d:%02d min", v/60, v%60)
	default:
		d.printf("%02d:%02d:%02d hours", v/3600, v%3600/60, v%60)
	}
}

func (d *dissector) radiusIP4(typ byte, b []byte) {
	v := d.u32(b, 0)
	choice := typ == 8 || typ == 14 // Framed-IP-Address, Login-IP-Host
	switch {
	case choice && v == 0xffffffff:
		d.put("User Selected")
	case choice && v == 0xfffffffe:
		d.put("NAS Select")
	default:
		d.put(d.ip4Text(b, 0))
	}
}

func (d *dissector) radiusPrefix(b []byte, n int) {
	if n < 2 || n > 18 {
		d.printf("ERROR: length %d not in range (2..18)", n)
		return
	}
	d.need(b, n)
	bits := int(b[1])
	if bits > 128 {
		d.printf("ERROR: netmask %d not in range (0..128)", bits)
		return
	}
	var addr [16]byte
	copy(addr[:], b[2:n])
	d.putIP6(addr[:])
	d.printf("/%d", bits)
	d.putIf(bits > 8*(n-2), " (inconsistent prefix length)")
}

func (d *dissector) radiusVector(v uint64) {
	d.put("[")
	sep := ""
	for _, f := range radiusMobileFeatures {
		if v&f.v != 0 {
			d.put(sep)
			d.put(f.s)
			sep = ", "
		}
	}
	d.put("]")
}

func (d *dissector) radiusVendorValue(b []byte, n int) {
	if n < 4 {
		d.trunc()
	}
	id := d.u32(b, 0)
	d.printf("Vendor: %s (%d)", d.tok(enterpriseNames, id, "Unknown"), id)
	b, n = b[4:], n-4
	for n >= 2 {
		typ, size := d.u8(b, 0), int(d.u8(b, 1))
		if size < 2 {
			d.printf("\n\t    Vendor Attribute: %d, Length: %d (bogus, must be >= 2)", typ, size)
			return
		}
		if size > n {
			d.printf("\n\t    Vendor Attribute: %d, Length: %d (bogus, goes past end of vendor-specific attribute)", typ, size)
			return
		}
		v := d.bytes(b, 2, size-2)
		d.printf("\n\t    Vendor Attribute: %d, Length: %d, Value: ", typ, size-2)
		for _, c := range v {
			d.radiusChar(c)
		}
		b, n = b[size:], n-size
	}
}

// radiusUpper prints bytes in capital hex.
func (d *dissector) radiusUpper(b []byte, off, n int) {
	for i := range n {
		d.printf("%02X", d.u8(b, off+i))
	}
}

// radiusOdd prints AppleTalk's attributes and the error cause.
func (d *dissector) radiusOdd(typ byte, b []byte, n int) {
	switch typ {
	case 70: // ARAP-Password
		if !d.radiusLength(n, 16) {
			return
		}
		d.put("User_challenge (")
		d.radiusUpper(b, 0, 8)
		d.put(") User_resp(")
		d.radiusUpper(b, 8, 8)
		d.put(")")
	case 71: // ARAP-Features
		if !d.radiusLength(n, 14) {
			return
		}
		d.put(either(d.u8(b, 0) != 0, "User can change password", "User cannot change password"))
		d.printf(", Min password length: %d", d.u8(b, 1))
		d.put(", created at: ")
		d.radiusUpper(b, 2, 4)
		d.put(", expires in: ")
		d.radiusUpper(b, 6, 4)
		d.put(", Current Time: ")
		d.radiusUpper(b, 10, 4)
	case 84: // ARAP-Challenge-Response
		if n < 8 {
			d.printf("ERROR: length %d != 8", n)
			return
		}
		d.radiusUpper(b, 0, 8)
	case 101: // Error-Cause
		if n != 4 {
			d.printf("Error: length %d != 4", n)
			return
		}
		cause := d.u32(b, 0)
		d.printf("Error cause %d: %s", cause, d.tok(radiusErrorCauses, cause, "Error-Cause %u not known"))
	}
}

// radiusLocation prints the attributes of RFC 5580.
func (d *dissector) radiusLocation(kind int, b []byte, n int) {
	low := map[int]int{radiusOperator: 2, radiusLocationInfo: 21, radiusLocationData: 3, radiusLocationRules: 10}[kind]
	if low == 0 {
		return
	}
	d.need(b, n)
	if n < low {
		d.printf("ERROR: length %d < %d", n, low)
		return
	}
	switch kind {
	case radiusOperator:
		d.printf("[%s] ", d.tok(radiusOperators, uint32(b[0]), "unknown namespace %u"))
		d.putSafe(b[1:n])
	case radiusLocationInfo:
		d.printf("index %d, code %s, entity %s, sighting time ", d.u16(b, 0), d.tok(radiusLocationCodes, uint32(b[2]), "Unknown (%u)"),
			d.tok(radiusLocationEntities, uint32(b[3]), "Unknown (%u)"))
		d.ntpStamp(d.u32(b, 4), d.u32(b, 8))
		d.put(", time to live ")
		d.ntpStamp(d.u32(b, 12), d.u32(b, 16))
		d.put(", method \"")
		d.putSafe(b[20:n])
		d.put("\"")
	case radiusLocationData:
		d.printf("index %d, location", d.u16(b, 0))
		d.hexASCII(b[2:n], "\n\t    ")
	case radiusLocationRules:
		d.printf("flags [%s], retention expires ", d.flags(radiusPolicyFlags, uint32(d.u16(b, 0)), "none"))
		d.ntpStamp(d.u32(b, 2), d.u32(b, 6))
		if n > 10 {
			d.put(", note well \"")
			d.putSafe(b[10:n])
			d.put("\"")
		}
	}
}
