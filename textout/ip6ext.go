package textout

import "math"

// Options of hop-by-hop and destination headers.
const (
	ip6Pad1    = 0
	ip6PadN    = 1
	ip6Alert   = 0x05
	ip6Jumbo   = 0xc2
	ip6HomeAdr = 0xc9
)

// hopByHop prints a hop-by-hop options header and returns its length, -1 if it is
// malformed. A jumbo payload length replaces *payload, and sets *jumbo.
func (d *dissector) hopByHop(b []byte, jumbo *bool, payload *int) int {
	d.proto = "hbhopt"
	n := (int(d.u8(b, 1)) + 1) * 8
	if n > len(b) {
		d.truncMark()
		return -1
	}
	d.put("HBH ")
	if !d.ip6Options(b[2:n], jumbo, payload) {
		d.truncMark()
		return -1
	}
	return n
}

// dstOptions prints a destination options header and returns its length, -1 if it
// is malformed.
func (d *dissector) dstOptions(b []byte) int {
	d.proto = "dstopt"
	n := (int(d.u8(b, 1)) + 1) * 8
	if n > len(b) {
		d.truncMark()
		return -1
	}
	d.put("DSTOPT ")
	if d.opt.Verbose > 0 && !d.ip6Options(b[2:n], nil, nil) {
		d.truncMark()
		return -1
	}
	return n
}

// ip6Options walks the options of a header; false if they are malformed. jumbo and
// payload are nil outside a hop-by-hop header (ip6_opt_process).
func (d *dissector) ip6Options(b []byte, jumbo *bool, payload *int) bool {
	seenJumbo := false
	for len(b) > 0 {
		n := 1
		if b[0] != ip6Pad1 {
			if len(b) < 2 {
				return false
			}
			n = int(b[1]) + 2
		}
		if n > len(b) {
			return false
		}
		if b[0] == ip6Jumbo {
			if !d.ip6JumboOption(b, &seenJumbo, jumbo, payload) {
				return false
			}
		} else if !d.ip6Option(b, n) {
			return false
		}
		b = b[n:]
	}
	if d.opt.Verbose > 0 {
		d.putByte(' ')
	}
	return true
}

// ip6Option prints one option of n bytes at b; false if it is malformed.
func (d *dissector) ip6Option(b []byte, n int) bool {
	show := d.opt.Verbose > 0
	switch b[0] {
	case ip6Pad1:
		if show {
			d.put("(pad1)")
		}
	case ip6PadN:
		if show {
			d.put("(padn)")
		}
	case ip6Alert:
		switch {
		case len(b) < 4:
			d.put("(rtalert: trunc)")
			return false
		case b[1] != 2:
			d.ip6BadOption("rtalert", b[1])
			return false
		case show:
			d.put("(rtalert: 0x")
			d.putHex4(d.u16(b, 2))
			d.put(") ")
		}
	case ip6HomeAdr:
		return d.ip6HomeAddress(b, n)
	default:
		if show {
			d.put("(opt_type 0x")
			d.putHex2(b[0])
			d.put(": len=")
			d.putUint(uint64(b[1]))
			d.putByte(')')
		}
	}
	return true
}

func (d *dissector) ip6BadOption(what string, n uint8) {
	d.putByte('(')
	d.put(what)
	d.put(": invalid len ")
	d.putUint(uint64(n))
	d.putByte(')')
}

func (d *dissector) ip6HomeAddress(b []byte, n int) bool {
	const least = 18
	if len(b) < least {
		d.put("(homeaddr: trunc)")
		return false
	}
	if n < least {
		d.ip6BadOption("homeaddr", b[1])
		return false
	}
	if d.opt.Verbose == 0 {
		return true
	}
	d.put("(homeaddr: ")
	d.putIP6(b[2:])
	if n > least && !d.ip6SubOptions(b[least:n]) {
		return false
	}
	d.putByte(')')
	return true
}

// ip6JumboOption prints a jumbo payload option, which is good only in a
// hop-by-hop header, once, and if the IPv6 header says 0.
func (d *dissector) ip6JumboOption(b []byte, seen, jumbo *bool, payload *int) bool {
	if len(b) < 6 {
		d.put("(jumbo: trunc)")
		return false
	}
	if b[1] != 4 {
		d.ip6BadOption("jumbo", b[1])
		return false
	}
	size := d.u32(b, 2)
	remark := ""
	switch {
	case *seen:
		remark = " - already seen"
	case payload == nil:
		remark = " - not a hop-by-hop option"
	case *payload != 0:
		remark = " - payload len != 0"
	case size < 65536:
		remark = " - < 65536"
	default:
		*jumbo, *payload = true, int(size)
	}
	*seen = true
	if d.opt.Verbose > 0 {
		d.put("(jumbo: ")
		d.putUint(uint64(size))
		d.put(remark)
		d.put(") ")
	}
	return true
}

// ip6SubOptions prints the sub-options of a home address option.
func (d *dissector) ip6SubOptions(b []byte) bool {
	for len(b) > 0 {
		n := 1
		if b[0] != ip6Pad1 {
			if len(b) < 2 {
				return false
			}
			n = int(b[1]) + 2
		}
		if n > len(b) {
			return false
		}
		switch b[0] {
		case ip6Pad1:
			d.put(", pad1")
		case ip6PadN:
			d.put(", padn")
		default:
			d.put(", sopt_type 0x")
			d.putHex2(b[0])
			d.put(": len=")
			d.putUint(uint64(b[1]))
		}
		b = b[n:]
	}
	return true
}

// frag6 prints a fragment header at offset at of the packet; it returns its
// length, or -1 for any fragment but the first.
func (d *dissector) frag6(b []byte, at int) int {
	d.proto = "frag6"
	const hdr = 8
	if d.opt.Verbose > 0 {
		d.need(b, hdr)
		d.put("frag (0x")
		d.putHex8(d.u32(b, 4))
		d.putByte(':')
	} else {
		d.need(b, 4)
		d.put("frag (")
	}
	offset := d.u16(b, 2) & 0xfff8
	d.putUint(uint64(offset))
	d.putByte('|')
	// An unsigned difference in tcpdump too: it wraps in a damaged packet.
	d.putUint(uint64(ip6HdrLen + int(d.u16(d.ip.hdr, 4)) - at - hdr))
	d.putByte(')')
	if offset != 0 {
		return -1
	}
	d.putByte(' ')
	return hdr
}

// routing6 prints a routing header and returns its length, -1 if it is unknown or
// malformed.
func (d *dissector) routing6(b []byte) int {
	d.proto = "rt6"
	d.put("RT6")
	n := int(d.u8(b, 1))
	d.put(" (len=")
	d.putInt(int64(n))
	typ := d.u8(b, 2)
	d.put(", type=")
	d.putUint(uint64(typ))
	if typ == 0 {
		d.put(" [Deprecated]")
	}
	left := d.u8(b, 3)
	d.put(", segleft=")
	d.putUint(uint64(left))
	switch typ {
	case 0, 2:
		if rsv := d.u32(b, 4); rsv != 0 || d.opt.Verbose > 0 {
			d.put(", rsv=0x")
			d.putHex(uint64(rsv))
		}
	case 4:
		last := d.u8(b, 4)
		d.put(", last-entry=")
		d.putUint(uint64(last))
		if flags := d.u8(b, 5); flags != 0 || d.opt.Verbose > 0 {
			d.put(", flags=0x")
			d.putHex(uint64(flags))
		}
		tag := d.u16(b, 6)
		d.put(", tag=")
		d.putHex(uint64(tag))
	default:
		d.put(" (unknown type)")
		d.invalid()
		return -1
	}
	if n%2 == 1 {
		d.put(" (invalid length ")
		d.putInt(int64(n))
		d.putByte(')')
		d.invalid()
		return -1
	}
	for i := range n / 2 {
		d.need(b, 8+16*(i+1))
		d.put(", [")
		d.putInt(int64(i))
		d.putByte(']')
		d.putIP6(b[8+16*i:])
	}
	d.put(") ")
	return (n + 1) * 8
}

var mobilityTypes = []name{
	{0, "BRR"}, {1, "HoTI"}, {2, "CoTI"}, {3, "HoT"}, {4, "CoT"}, {5, "BU"}, {6, "BA"}, {7, "BE"},
}

// mobilityHeader is how long each type must be.
var mobilityHeader = [...]int{8, 16, 16, 24, 24, 12, 12, 24}

var bindingFlags = []name{{8, "A"}, {4, "H"}, {2, "L"}, {1, "K"}}

// mobility prints a mobility header (mobility_print); nothing follows it.
func (d *dissector) mobility(b []byte) {
	d.proto = "mobility"
	if len(b) < 2 {
		d.truncMark()
		return
	}
	n, typ := (int(b[1])+1)*8, d.u8(b, 2)
	if int(typ) < len(mobilityHeader) && n < mobilityHeader[typ] {
		d.put("(header length ")
		d.putInt(int64(n))
		d.put(" is too small for type ")
		d.putUint(uint64(typ))
		d.putByte(')')
		d.truncMark()
		return
	}
	d.put("mobility: ")
	d.putTok(mobilityTypes, uint32(typ), "type-#%u")
	at := d.mobilityBody(b, typ)
	if at == math.MaxInt {
		return
	}
	if d.opt.Verbose > 0 && !d.mobilityOptions(b, at, n) {
		d.truncMark()
	}
}

// mobilityBody prints a message's fields and returns where its options begin,
// MaxInt if it is unknown.
func (d *dissector) mobilityBody(b []byte, typ uint8) int {
	switch typ {
	case 0:
		return 8
	case 1, 2:
		d.mobilityCookie(b, 8, typ == 1, " Init Cookie=")
		return 16
	case 3, 4:
		nonce := d.u16(b, 6)
		d.put(" nonce id=0x")
		d.putHex(uint64(nonce))
		d.mobilityCookie(b, 8, typ == 3, " Init Cookie=")
		d.mobilityCookie(b, 16, typ == 3, " Keygen Token=")
		return 24
	case 5:
		seq := d.u16(b, 6)
		d.put(" seq#=")
		d.putUint(uint64(seq))
		if len(b) < 10 {
			d.truncMark()
			return math.MaxInt
		}
		if bits := b[8] >> 4; bits != 0 {
			d.putByte(' ')
			d.putBits(bindingFlags, uint32(bits), "bits-#0x%x", "")
		}
		d.lifetime4(b, 10)
		return 12
	case 6:
		status := d.u8(b, 6)
		d.put(" status=")
		d.putUint(uint64(status))
		if d.u8(b, 7)&0x80 != 0 {
			d.put(" K")
		}
		seq := d.u16(b, 8)
		d.put(" seq#=")
		d.putUint(uint64(seq))
		d.lifetime4(b, 10)
		return 12
	case 7:
		status := d.u8(b, 6)
		d.put(" status=")
		d.putUint(uint64(status))
		d.need(b, 24)
		d.put(" homeaddr ")
		d.putIP6(b[8:])
		return 24
	}
	d.put(" len=")
	d.putUint(uint64(b[1]))
	return math.MaxInt
}

// lifetime4 prints a lifetime in units of four seconds.
func (d *dissector) lifetime4(b []byte, at int) {
	v := d.u16(b, at)
	d.put(" lifetime=")
	d.putUint(uint64(v) << 2)
}

func (d *dissector) mobilityCookie(b []byte, at int, home bool, what string) {
	if d.opt.Verbose == 0 {
		return
	}
	d.need(b, at+8)
	if home {
		d.put(" Home")
	} else {
		d.put(" Care-of")
	}
	d.put(what)
	d.putHex8(d.u32(b, at))
	d.putByte(':')
	d.putHex8(d.u32(b, at+4))
}

// mobilityLeast is how long each known option must be at least.
var mobilityLeast = map[uint8]struct {
	n    int
	name string
}{1: {2, "padn"}, 2: {4, "refresh"}, 3: {18, "altcoa"}, 4: {6, "ni"}, 5: {12, "auth"}}

// mobilityOptions prints the options in b[at:end]; false if they are malformed.
func (d *dissector) mobilityOptions(b []byte, at, end int) bool {
	for at < end {
		typ, n := d.u8(b, at), 1
		if typ != 0 {
			if at+1 >= end {
				return false
			}
			n = int(d.u8(b, at+1)) + 2
		}
		// One byte more than the option has must be there: so it is in tcpdump.
		if at+n > end || at+n >= len(b) {
			return false
		}
		if least, ok := mobilityLeast[typ]; ok && end-at < least.n {
			d.putByte('(')
			d.put(least.name)
			d.put(": trunc)")
			return false
		}
		d.mobilityOption(b[at:], typ)
		at += n
	}
	return true
}

func (d *dissector) mobilityOption(o []byte, typ uint8) {
	switch typ {
	case 0:
		d.put("(pad1)")
	case 1:
		d.put("(padn)")
	case 2:
		v := d.u16(o, 2)
		d.put("(refresh: ")
		d.putUint(uint64(v) << 2)
		d.putByte(')')
	case 3:
		d.need(o, 18)
		d.put("(alt-CoA: ")
		d.putIP6(o[2:])
		d.putByte(')')
	case 4:
		d.need(o, 6)
		d.put("(ni: ho=0x")
		d.putHex4(d.u16(o, 2))
		d.put(" co=0x")
		d.putHex4(d.u16(o, 4))
		d.putByte(')')
	case 5:
		d.put("(auth)")
	default:
		d.put("(type-0x")
		d.putHex2(typ)
		d.put(": len=")
		d.putUint(uint64(d.u8(o, 1)))
		d.putByte(')')
	}
}
