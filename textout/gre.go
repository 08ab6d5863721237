package textout

import "net/netip"

var greFlags = []name{
	{0x8000, "checksum present"}, {0x4000, "routing present"}, {0x2000, "key present"}, {0x1000, "sequence# present"},
	{0x800, "source routing present"}, {128, "ack present"},
}

const (
	greChecksum = 0x8000
	greRouting  = 0x4000
	greKey      = 0x2000
	greSequence = 0x1000
	greAck      = 0x0080
)

// gre prints generic routing encapsulation, version 0 (RFC 2784, 2890) and the
// version 1 of PPTP (RFC 2637).
func (d *dissector) gre(b []byte, length int) {
	d.proto = "gre"
	flags := d.u16(b, 0)
	if length < 2 {
		d.trunc()
	}
	d.put("GREv")
	d.putUint(uint64(flags & 7))
	switch flags & 7 {
	case 0:
		d.gre0(b, length, flags)
	case 1:
		d.gre1(b, length, flags)
	default:
		d.put(" ERROR: unknown-version")
	}
}

// greField checks that the next field of n bytes at off is there.
func (d *dissector) greField(b []byte, length, off, n int) int {
	if length < off+n {
		d.trunc()
	}
	d.need(b, off+n)
	return off + n
}

func (d *dissector) greHeader(b []byte, length int, flags uint16) (proto uint16) {
	if d.opt.Verbose > 0 {
		d.put(", Flags [")
		d.putBits(greFlags, uint32(flags), "none", ", ")
		d.putByte(']')
	}
	d.greField(b, length, 2, 2)
	return d.u16(b, 2)
}

func (d *dissector) greEnd(proto uint16, length int, payload bool) {
	if d.opt.LinkHeader {
		d.put(", proto ")
		d.putTok(ethertypeNames, uint32(proto), "unknown")
		d.put(" (0x")
		d.putHex4(proto)
		d.putByte(')')
	}
	d.put(", length ")
	d.putInt(int64(length))
	switch {
	case !payload:
	case d.opt.Verbose > 0:
		d.put("\n\t")
	default:
		d.put(": ")
	}
}

func (d *dissector) gre0(b []byte, length int, flags uint16) {
	proto, n := d.greHeader(b, length, flags), 4
	if flags&(greChecksum|greRouting) != 0 {
		d.greField(b, length, n, 2)
		if d.opt.Verbose > 0 {
			d.put(", sum 0x")
			d.putHex(uint64(d.u16(b, n)))
		}
		n = d.greField(b, length, n+2, 2)
		d.put(", off 0x")
		d.putHex(uint64(d.u16(b, n-2)))
	}
	if flags&greKey != 0 {
		n = d.greField(b, length, n, 4)
		d.put(", key=0x")
		d.putHex(uint64(d.u32(b, n-4)))
	}
	if flags&greSequence != 0 {
		n = d.greField(b, length, n, 4)
		d.put(", seq ")
		d.putUint(uint64(d.u32(b, n-4)))
	}
	if flags&greRouting != 0 {
		n = d.greRoutes(b, length, n)
	}
	d.greEnd(proto, length, true)
	d.grePayload(proto, b[n:], length-n)
}

func (d *dissector) grePayload(proto uint16, b []byte, length int) {
	switch proto {
	case etherIP4:
		d.ip4(b, length)
	case etherIP6:
		d.ip6(b, length)
	case 0x8847:
		d.mpls(b, length)
	case 0x8137:
		d.ipx(b, length)
	case 0x809b:
		d.atalk(b, length)
	case 0x00fe:
		d.isoclns(b, length)
	case 0x6558:
		d.ether(b, length)
	default:
		d.put("gre-proto-0x")
		d.putHex(uint64(proto))
	}
}

func (d *dissector) gre1(b []byte, length int, flags uint16) {
	proto, n := d.greHeader(b, length, flags), 4
	if flags&greKey != 0 {
		n = d.greField(b, length, n, 4)
		d.put(", call ")
		d.putUint(uint64(d.u16(b, n-2)))
	}
	if flags&greSequence != 0 {
		n = d.greField(b, length, n, 4)
		d.put(", seq ")
		d.putUint(uint64(d.u32(b, n-4)))
	}
	if flags&greAck != 0 {
		n = d.greField(b, length, n, 4)
		d.put(", ack ")
		d.putUint(uint64(d.u32(b, n-4)))
	}
	if flags&greSequence == 0 {
		d.put(", no-payload")
		d.greEnd(proto, length, false)
		return
	}
	d.greEnd(proto, length, true)
	if proto == 0x880b {
		d.ppp(b[n:], length-n)
		return
	}
	d.put("gre-proto-0x")
	d.putHex(uint64(proto))
}

// greRoutes prints the source route entries (RFC 1701) and returns where they end.
func (d *dissector) greRoutes(b []byte, length, n int) int {
	for {
		n = d.greField(b, length, n, 4)
		family, off, size := d.u16(b, n-4), int(b[n-2]), int(b[n-1])
		if family == 0 && size == 0 {
			return n
		}
		d.greRoute(family, off, size, b[n:], length-n)
		if length < n+size {
			d.trunc()
		}
		d.need(b, n+size)
		n += size
	}
}

func (d *dissector) greRoute(family uint16, off, size int, b []byte, length int) {
	word, kind := 4, "ip"
	switch family {
	case 0x0800:
	case 0xfffe:
		word, kind = 2, "asn"
	default:
		d.printf(", (rtaf=0x%x)", family)
		return
	}
	d.printf(", (rtaf=%s", kind)
	switch {
	case off&(word-1) != 0:
		d.printf(", badoffset=%d", off)
	case size&(word-1) != 0:
		d.printf(", badlength=%d", size)
	case off >= size:
		d.printf(", badoff/len=%d/%d", off, size)
	default:
		if !d.greHops(b, length, off, size, word) {
			d.put(")")
			d.trunc()
		}
	}
	d.put(")")
}

func (d *dissector) greHops(b []byte, length, off, size, word int) bool {
	for i := 0; i < size; i += word {
		if len(b) < i+word || length < i+word {
			return false
		}
		d.putByte(' ')
		if i == off {
			d.putByte('*')
		}
		if word == 4 {
			d.put(netip.AddrFrom4([4]byte(b[i : i+4])).String())
		} else {
			d.putHex(uint64(d.u16(b, i)))
		}
	}
	return true
}
