package textout

import "time"

var (
	aristaSubtypes = []name{{1, "Timestamp"}}
	aristaScales   = []name{{0, "TAI"}, {1, "UTC"}}
	aristaFormats  = []name{{1, "64-bit"}, {2, "48-bit"}}
	aristaHardware = []name{{0, "R/R2"}, {1, "R3"}}
)

// aristaEther prints Arista's vendor tag and what follows it.
func (d *dissector) aristaEther(b []byte, length, total int) int {
	if len(b) < 2 || length < 2 {
		d.put("[|arista]")
		return min(len(b), length)
	}
	d.etherType(etherArista, total, false)
	if n := d.arista(b); n > 0 {
		return n + d.etherRest(from(b, n), length-n, total)
	}
	if !d.opt.LinkHeader {
		d.etherAddresses(d.addr.src, d.addr.dst)
		d.etherType(etherArista, total, false)
	}
	d.unknown(b)
	return 0
}

// arista prints the tag and returns its length, or 0 if it is unknown.
func (d *dissector) arista(b []byte) int {
	d.proto = "arista"
	subtype := d.u16(b, 0)
	d.put("SubType ")
	d.putTok(aristaSubtypes, uint32(subtype), "Unknown")
	d.put(" (0x")
	d.putHex4(subtype)
	d.put("), ")
	if subtype != 1 {
		return 0
	}
	d.put("Timescale ")
	d.numbered(aristaScales, d.u8(b, 2))
	format := d.u8(b, 3) >> 4
	d.put("), Format ")
	d.numbered(aristaFormats, format)
	d.put("), HwInfo ")
	d.numbered(aristaHardware, b[3]&15)
	d.put("), Timestamp ")
	n := 0
	switch format {
	case 1:
		nsec := d.u32(b, 8)
		at := time.Unix(int64(d.u32(b, 4))+int64(nsec/1e9), 0).UTC()
		d.out = at.AppendFormat(d.out, "2006-01-02 15:04:05.")
		d.putUintW(uint64(nsec%1e9), 9)
		n = 12
	case 2:
		nsec := d.u32(b, 6)
		d.putUint(uint64(d.u16(b, 4)) + uint64(nsec/1e9))
		d.putByte('.')
		d.putUintW(uint64(nsec%1e9), 9)
		n = 10
	default:
		return 0
	}
	d.put(": ")
	return n
}

// numbered prints a value's name and "(value", without the closing bracket.
func (d *dissector) numbered(tab []name, v uint8) {
	d.putTok(tab, uint32(v), "Unknown")
	d.put(" (")
	d.putUint(uint64(v))
}
