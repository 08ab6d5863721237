package textout

// Bits of the MACsec tag control information (IEEE 802.1AE, 9.5).
const (
	macsecVersion = 0x80
	macsecSCI     = 0x20
	macsecSecret  = 0x0c
	macsecICV     = 16
)

var macsecFlags = []name{{0x08, "E"}, {0x04, "C"}, {0x40, "S"}, {0x10, "B"}, {macsecSCI, "I"}}

// macsec prints a security tag and returns what it protects, without the check
// value; ok is false if that is encrypted, or not all there.
func (d *dissector) macsec(b []byte, length int) (rest []byte, restLen int, ok bool) {
	outer := d.proto
	d.proto = "macsec"
	defer func() { d.proto = outer }()
	n := 6
	if len(b) < n || length < n {
		d.truncMark()
		return nil, 0, false
	}
	if b[0]&macsecSCI != 0 {
		n = 14
		if len(b) < n || length < n {
			d.truncMark()
			return nil, 0, false
		}
	}
	if b[1]&^0x3f != 0 || b[0]&macsecVersion != 0 {
		d.invalid()
		return nil, 0, false
	}
	short := int(b[1])
	if d.opt.LinkHeader {
		d.macsecTag(b, short)
	}
	rest, restLen = b[n:], length-n
	if b[0]&macsecSecret != 0 {
		if !d.opt.LinkHeader {
			d.putMAC(d.addr.src)
			d.put(" > ")
			d.putMAC(d.addr.dst)
			d.put(" 802.1AE MACsec, ")
			d.macsecTag(b, short)
		}
		d.unknown(rest)
		return rest, restLen, false
	}
	if restLen < macsecICV || len(rest) < macsecICV {
		d.truncMark()
		return nil, 0, false
	}
	rest, restLen = rest[:len(rest)-macsecICV], restLen-macsecICV
	if short != 0 {
		if short > restLen || short > len(rest) {
			d.truncMark()
			return nil, 0, false
		}
		rest, restLen = rest[:short], short
	}
	return rest, restLen, true
}

// macsecTagLen is how long the tag at b is.
func macsecTagLen(b []byte) int {
	if b[0]&macsecSCI != 0 {
		return 14
	}
	return 6
}

func (d *dissector) macsecTag(b []byte, short int) {
	d.put("an ")
	d.putUint(uint64(b[0] & 3))
	d.put(", pn ")
	d.putUint(uint64(d.u32(b, 2)))
	d.put(", flags ")
	d.putBits(macsecFlags, uint32(b[0]&0x7c), "none", "")
	if short != 0 {
		d.put(", sl ")
		d.putInt(int64(short))
	}
	if b[0]&macsecSCI != 0 {
		d.put(", sci ")
		d.putHexString(b[6:14])
	}
	d.put(", ")
}
