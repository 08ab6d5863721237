package textout

// Kinds of ASN.1 values as SNMP uses them.
const (
	asn1Any = iota
	asn1Null
	asn1Octets
	asn1OID
	asn1Int
	asn1Uns
	asn1Uns64
	asn1String
	asn1Seq
	asn1Inet
	asn1PDU
	asn1Exception
)

// asn1Value is one element; data is its content, which was captured whole.
type asn1Value struct {
	kind int
	id   int
	data []byte
	i    int32
	u    uint32
	u64  uint64
}

// asn1Classes are the names of the tags of each class.
var asn1Classes = []struct {
	name string
	ids  []string
}{
	{"Universal", []string{"U-0", "Boolean", "Integer", "Bitstring", "String", "Null", "ObjID", "ObjectDes", "U-8", "U-9",
		"U-10", "U-11", "U-12", "U-13", "U-14", "U-15", "Sequence", "Set"}},
	{"Application", []string{"IpAddress", "Counter", "Gauge", "TimeTicks", "Opaque", "C-5", "Counter64"}},
	{"Context", []string{"GetRequest", "GetNextRequest", "GetResponse", "SetRequest", "Trap", "GetBulk", "Inform", "V2Trap",
		"Report"}},
	{"Private", []string{"P-0"}},
}

var asn1Exceptions = []string{"noSuchObject", "noSuchInstance", "endOfMibView"}

const (
	asn1Universal   = 0
	asn1Application = 1
	asn1Context     = 2
)

// asn1Header is an element's tag and length.
type asn1Header struct {
	constructed bool
	class, id   int
	size, n     int // of the content, of the header
}

// asn1Head reads a header from the length bytes at b. What is wrong is printed.
func (d *dissector) asn1Head(b []byte, length int) (h asn1Header, ok bool) {
	if length < 1 {
		d.put("[nothing to parse]")
		return h, false
	}
	c := d.u8(b, 0)
	h.constructed, h.class, h.id, h.n = c&0x20 != 0, int(c>>6), int(c&0x1f), 1
	if h.id == 0x1f {
		h.id = 0
		for d.u8(b, h.n)&0x80 != 0 {
			if length-h.n < 1 {
				d.put("[Xtagfield?]")
				return h, false
			}
			h.id = (h.id<<7 | int(b[h.n]&0x7f)) & 0xff
			h.n++
		}
		if length-h.n < 1 {
			d.put("[Xtagfield?]")
			return h, false
		}
		h.id = (h.id<<7 | int(b[h.n])) & 0xff
		h.n++
	}
	if length-h.n < 1 {
		d.put("[no asnlen]")
		return h, false
	}
	size := uint32(d.u8(b, h.n))
	h.n++
	if size&0x80 != 0 {
		octets := int(size & 0x7f)
		if length-h.n < octets {
			d.printf("[asnlen? %d<%d]", length-h.n, octets)
			return h, false
		}
		if !have(b, h.n, octets) {
			d.truncMark()
			return h, false
		}
		size = 0
		for range octets {
			size = size<<8 | uint32(b[h.n])
			h.n++
		}
	}
	if uint64(length-h.n) < uint64(size) {
		d.printf("[len%d<asnlen%d]", length-h.n, size)
		return h, false
	}
	h.size = int(size)
	return h, true
}

// asn1 reads the element at the start of the length bytes b and returns how long
// it is, less than 0 if it is none. What is wrong with it is printed.
func (d *dissector) asn1(b []byte, length int, v *asn1Value) int {
	*v = asn1Value{}
	h, ok := d.asn1Head(b, length)
	if !ok {
		return -1
	}
	class := &asn1Classes[h.class]
	form := either(h.constructed, "C", "P")
	if h.id >= len(class.ids) {
		d.printf("[id?%s/%s/%d]", form, class.name, h.id)
		return -1
	}
	if !have(b, h.n, h.size) {
		d.truncMark()
		return -1
	}
	v.id, v.data = h.id, b[h.n:h.n+h.size]
	if h.constructed {
		d.asn1Constructed(h, v)
	} else if !d.asn1Primitive(h, v) {
		return -1
	}
	return h.n + h.size
}

func (d *dissector) asn1Constructed(h asn1Header, v *asn1Value) {
	switch {
	case h.class == asn1Universal && h.id == 16:
		v.kind = asn1Seq
	case h.class == asn1Universal:
		v.kind = asn1Octets
		d.printf("C/U/%s", asn1Classes[h.class].ids[h.id])
	case h.class == asn1Context:
		v.kind = asn1PDU
	default:
		v.kind = asn1Octets
		d.printf("C/%s/%s", asn1Classes[h.class].name, asn1Classes[h.class].ids[h.id])
	}
}

func (d *dissector) asn1Primitive(h asn1Header, v *asn1Value) bool {
	word := asn1Classes[h.class].ids[h.id]
	switch h.class {
	case asn1Universal:
		switch h.id {
		case 4:
			v.kind = asn1String
		case 2:
			v.kind = asn1Int
			if h.size == 0 {
				d.put("[asnlen=0]")
				return false
			}
			v.i = int32(int8(v.data[0]) >> 7)
			for _, c := range v.data {
				v.i = v.i<<8 | int32(c)
			}
		case 6:
			v.kind = asn1OID
		case 5:
			v.kind = asn1Null
		default:
			v.kind = asn1Octets
			d.printf("[P/U/%s]", word)
		}
	case asn1Application:
		for _, c := range v.data {
			v.u64 = v.u64<<8 + uint64(c)
		}
		v.u = uint32(v.u64)
		switch h.id {
		case 0:
			v.kind = asn1Inet
		case 1, 2, 3:
			v.kind = asn1Uns
		case 6:
			v.kind = asn1Uns64
		default:
			v.kind = asn1Octets
			d.printf("[P/A/%s]", word)
		}
	case asn1Context:
		if h.id <= 2 {
			v.kind = asn1Exception
		}
	default:
		d.printf("[P/%s/%s]", asn1Classes[h.class].name, word)
		v.kind = asn1Octets
	}
	return true
}

// asn1Print prints a value.
func (d *dissector) asn1Print(v *asn1Value) {
	switch v.kind {
	case asn1Octets:
		d.asn1PrintOctets(v.data)
	case asn1Null:
	case asn1OID:
		d.asn1PrintOID(v.data)
	case asn1Int:
		d.putInt(int64(v.i))
	case asn1Uns:
		d.putUint(uint64(v.u))
	case asn1Uns64:
		d.putUint(v.u64)
	case asn1String:
		d.asn1PrintString(v.data)
	case asn1Seq:
		d.printf("Seq(%d)", len(v.data))
	case asn1Inet:
		d.putIf(len(v.data) != 4, "[inetaddr len!=4]")
		for i, c := range v.data {
			d.putIf(i != 0, ".")
			d.putUint(uint64(c))
		}
	case asn1Exception:
		d.printf("[%s]", asn1Exceptions[v.id])
	case asn1PDU:
		d.printf("%s(%d)", asn1Classes[asn1Context].ids[v.id], len(v.data))
	default:
		d.put("[BE_ANY!?]")
	}
}

func (d *dissector) asn1PrintOctets(b []byte) {
	for _, c := range b {
		d.putByte('_')
		d.putHex2(c)
	}
}

// asn1PrintString prints text in quotes, anything else in hex.
func (d *dissector) asn1PrintString(b []byte) {
	for _, c := range b {
		if c < 0x20 || c > 0x7e {
			for i, c := range b {
				d.putIf(i != 0, "_")
				d.putHex2(c)
			}
			return
		}
	}
	d.putByte('"')
	d.put(string(b))
	d.putByte('"')
}

// oidPrefixes are beginnings of object identifiers that are written short.
var oidPrefixes = []struct {
	oid  string
	word string
	path []uint8
}{
	{"\x2b\x06\x01\x02\x01", "", []uint8{1, 3, 6, 1, 2, 1}},
	{"\x2b\x06\x01\x04\x01", "E:", []uint8{1, 3, 6, 1, 4, 1}},
	{"\x2b\x06\x01\x03", "X:", []uint8{1, 3, 6, 1, 3}},
	{"\x2b\x06\x01\x06\x03", "S:", []uint8{1, 3, 6, 1, 6, 3}},
}

// mibBelow returns what is below the object n of nodes, and its name, "" if unknown.
func mibBelow(nodes []mibNode, n uint32) (string, []mibNode) {
	for i := range nodes {
		if uint32(nodes[i].oid) == n {
			return nodes[i].name, nodes[i].children
		}
	}
	return "", nil
}

// asn1PrintOID prints an object identifier, by names where it has some.
func (d *dissector) asn1PrintOID(b []byte) {
	var nodes []mibNode
	begun, dot := false, true
	if !d.opt.NoNames && len(b) > 2 {
		for _, p := range oidPrefixes {
			if len(b) < len(p.oid) || string(b[:len(p.oid)]) != p.oid {
				continue
			}
			nodes = mibRoot
			for _, n := range p.path {
				_, nodes = mibBelow(nodes, uint32(n))
			}
			d.put(p.word)
			b, begun, dot = b[len(p.oid):], true, false
			break
		}
	}
	show := func(n uint32) {
		d.putIf(dot, ".")
		dot = true
		var s string
		if s, nodes = mibBelow(nodes, n); s != "" {
			d.put(s)
		} else {
			d.putUint(uint64(n))
		}
	}
	n := int32(0)
	for _, c := range b {
		n = n<<7 + int32(c&0x7f)
		if c&0x80 != 0 {
			continue
		}
		if !begun {
			begun = true
			if !d.opt.NoNames {
				nodes = mibRoot
			}
			first := min(n/40, 2)
			show(uint32(first))
			n -= first * 40
		}
		show(uint32(n))
		n = 0
	}
}
