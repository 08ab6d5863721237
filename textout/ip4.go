package textout

const (
	ip4HdrLen = 20
	fragMF    = 0x2000
	fragDF    = 0x4000
	fragRes   = 0x8000
	fragMask  = 0x1fff
)

var fragNames = []name{{fragMF, "+"}, {fragDF, "DF"}, {fragRes, "rsvd"}}

// ip4 prints an IPv4 packet (ip_print).
func (d *dissector) ip4(b []byte, length int) {
	d.proto = "ip"
	if v := d.u8(b, 0) >> 4; v != 4 {
		if v == 6 {
			d.put("IP6, wrong link-layer encapsulation")
		} else {
			d.put("IP")
			d.putUint(uint64(v))
		}
		d.invalid()
		return
	}
	if !d.opt.LinkHeader {
		d.put("IP ")
	}
	if len(b) < ip4HdrLen {
		d.truncMark()
		return
	}
	if length < ip4HdrLen {
		d.put("truncated-ip ")
		d.putInt(int64(length))
		return
	}
	hlen := int(b[0]&15) * 4
	if hlen < ip4HdrLen {
		d.put("bad-hlen ")
		d.putInt(int64(hlen))
		return
	}
	total := int(d.u16(b, 2))
	if length < total {
		d.put("truncated-ip - ")
		d.putInt(int64(total - length))
		d.put(" bytes missing! ")
	}
	if total < hlen {
		d.put("bad-len ")
		d.putInt(int64(total))
		return
	}
	b = within(b, total)
	off := d.u16(b, 6)
	if d.opt.Verbose > 0 && !d.ip4Verbose(b, hlen, off, total) {
		return
	}
	outer := d.ip
	d.ip4Payload(b, hlen, total-hlen, off)
	d.ip = outer
}

// ip4Payload prints addresses and what the packet carries; a later fragment
// carries nothing that can be told.
func (d *dissector) ip4Payload(b []byte, hlen, length int, off uint16) {
	nh := b[9]
	if off&fragMask != 0 {
		if d.opt.Quiet && d.opt.ultraQuiet() {
			return
		}
		d.putIP4(b[12:])
		d.put(" > ")
		d.putIP4(b[16:])
		d.putByte(':')
		d.putProtoName(nh)
		return
	}
	if !hasPorts(nh) {
		d.putIP4(b[12:])
		d.put(" > ")
		d.putIP4(b[16:])
		d.put(": ")
	}
	d.needHeader(b, hlen)
	d.ip = ipHeader{hdr: b, src: b[12:16], dst: d.finalDst(b, hlen), proto: nh, ttl: b[8], fragmented: off&fragMF != 0}
	d.ipDemux(b[hlen:], length, nh)
}

// ultraQuiet: tcpdump's -q given twice hides fragments.
func (o *Options) ultraQuiet() bool { return false }

// hasPorts says that the protocol prints the addresses itself, with ports.
func hasPorts(nh uint8) bool {
	return nh == protoTCP || nh == protoUDP || nh == protoSCTP || nh == protoDCCP
}

// finalDst is the destination in the pseudo-header: with source routing the last
// address of the route (ip_finddst).
func (d *dissector) finalDst(b []byte, hlen int) []byte {
	if hlen == ip4HdrLen {
		return b[16:20]
	}
	opts := b[ip4HdrLen:hlen]
	for len(opts) > 0 && opts[0] != 0 {
		n := 1
		if opts[0] != 1 {
			if len(opts) < 2 || opts[1] < 2 {
				break
			}
			n = int(opts[1])
		}
		if n > len(opts) {
			break
		}
		if (opts[0] == optSSRR || opts[0] == optLSRR) && n >= 7 {
			return opts[n-4 : n]
		}
		opts = opts[n:]
	}
	return b[16:20]
}

// ip4Verbose prints the header's fields in parentheses. It returns false if the
// packet ends there.
func (d *dissector) ip4Verbose(b []byte, hlen int, off uint16, total int) bool {
	d.put("(tos 0x")
	d.putHex(uint64(b[1]))
	switch b[1] & 3 {
	case 1:
		d.put(",ECT(1)")
	case 2:
		d.put(",ECT(0)")
	case 3:
		d.put(",CE")
	}
	if b[8] >= 1 {
		d.put(", ttl ")
		d.putUint(uint64(b[8]))
	}
	d.put(", id ")
	d.putUint(uint64(d.u16(b, 4)))
	d.put(", offset ")
	d.putUint(uint64(off&fragMask) * 8)
	d.put(", flags [")
	d.putBits(fragNames, uint32(off&(fragRes|fragDF|fragMF)), "none", ", ")
	d.put("], proto ")
	d.putTok(protoNames, uint32(b[9]), "unknown")
	d.put(" (")
	d.putUint(uint64(b[9]))
	d.put("), length ")
	d.putInt(int64(total))
	cut := false
	if hlen > ip4HdrLen {
		d.put(", options (")
		cut = !d.ip4Options(b[ip4HdrLen:], hlen-ip4HdrLen)
		if cut {
			d.put(" [truncated-option]")
		}
		d.putByte(')')
	}
	if !d.opt.NoChecksum && hlen <= len(b) {
		if sum := cksumIn(b[:hlen]); sum != 0 {
			have := d.u16(b, 10)
			d.put(", bad cksum ")
			d.putHex(uint64(have))
			d.put(" (->")
			d.putHex(uint64(shouldBe(have, sum)))
			d.put(")!")
		}
	}
	d.put(")\n    ")
	if cut {
		d.putIP4(b[12:])
		d.put(" > ")
		d.putIP4(b[16:])
		d.put(": ")
		d.truncMark()
	}
	return !cut
}

const (
	optRR   = 7
	optTS   = 68
	optLSRR = 131
	optSSRR = 137
	optRA   = 148
)

var ip4OptionNames = []name{
	{0, "EOL"}, {1, "NOP"}, {optTS, "timestamp"}, {130, "security"}, {optRR, "RR"},
	{optSSRR, "SSRR"}, {optLSRR, "LSRR"}, {optRA, "RA"}, {82, "traceroute"},
}

// ip4Options prints the options; false if they were not captured whole.
func (d *dissector) ip4Options(b []byte, length int) bool {
	for sep := false; length > 0; sep = true {
		if sep {
			d.putByte(',')
		}
		code := d.u8(b, 0)
		d.putTok(ip4OptionNames, uint32(code), "unknown %u")
		n := 1
		if code > 1 {
			n = int(d.u8(b, 1))
			if n < 2 {
				d.badLength(" ", n)
				return true
			}
		}
		if n > length {
			d.badLength(" ", n)
			return true
		}
		if n > len(b) {
			return false
		}
		switch code {
		case 0:
			return true
		case optTS:
			if !d.ip4Timestamps(b, n) {
				return false
			}
		case optRR, optSSRR, optLSRR:
			if !d.ip4Route(b, n) {
				return false
			}
		case optRA:
			if n < 4 {
				d.badLength(" ", n)
			} else if v := d.u16(b, 2); v != 0 {
				d.put(" value ")
				d.putUint(uint64(v))
			}
		}
		b, length = b[n:], length-n
	}
	return true
}

func (d *dissector) badLength(lead string, n int) {
	d.put(lead)
	d.put("[bad length ")
	d.putInt(int64(n))
	d.putByte(']')
}

// ip4Route prints a record route or source route option of n bytes; false if an
// address was not captured.
func (d *dissector) ip4Route(b []byte, n int) bool {
	if n < 3 {
		d.badLength(" ", n)
		return true
	}
	if (n+1)&3 != 0 {
		d.badLength(" ", n)
	}
	ptr := uint32(b[2]) - 1
	if ptr < 3 || (ptr+1)&3 != 0 || ptr > uint32(n)+1 {
		d.badPtr(" ", b[2])
	}
	for i := 3; i < n; i += 4 {
		if i+4 > len(b) {
			return false
		}
		d.putByte(' ')
		d.putIP4(b[i:])
		if ptr > uint32(i) {
			d.putByte(',')
		}
	}
	return true
}

func (d *dissector) badPtr(lead string, ptr uint8) {
	d.put(lead)
	d.put("[bad ptr ")
	d.putUint(uint64(ptr))
	d.putByte(']')
}

// ip4Timestamps prints a timestamp option of n bytes; false if one of them was
// not captured (ip_printts).
func (d *dissector) ip4Timestamps(b []byte, n int) bool {
	if n < 4 {
		d.badLength("", n)
		return true
	}
	d.put(" TS{")
	kind, hop := b[3]&15, 8
	if kind == 0 {
		hop = 4
	}
	if (n-4)&(hop-1) != 0 {
		d.badLength("", n)
	}
	ptr := uint32(b[2]) - 1
	if ptr < 4 || (ptr-4)&uint32(hop-1) != 0 || ptr > uint32(n)+1 {
		d.badPtr("", b[2])
	}
	at := 0
	switch kind {
	case 0:
		d.put("TSONLY")
	case 1:
		d.put("TS+ADDR")
	case 3:
		d.put("PRESPEC")
	default:
		d.put("[bad ts type ")
		d.putUint(uint64(kind))
		d.putByte(']')
		d.ip4TimestampsEnd(b[3], ptr == 0)
		return true
	}
	for at = 4; at < n; at += hop {
		if at+hop > len(b) {
			return false
		}
		if ptr == uint32(at) {
			d.put(" ^ ")
		} else {
			d.putByte(' ')
		}
		d.putUint(uint64(d.u32(b, at+hop-4)))
		d.putByte('@')
		if hop == 8 {
			d.putIP4(b[at:])
		}
	}
	d.ip4TimestampsEnd(b[3], ptr == uint32(at))
	return true
}

func (d *dissector) ip4TimestampsEnd(flags uint8, here bool) {
	if here {
		d.put(" ^ ")
	}
	if over := flags >> 4; over != 0 {
		d.put(" [")
		d.putUint(uint64(over))
		d.put(" hops not recorded]} ")
		return
	}
	d.putByte('}')
}
