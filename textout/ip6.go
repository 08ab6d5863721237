package textout

const ip6HdrLen = 40

// ip6 prints an IPv6 packet (ip6_print).
func (d *dissector) ip6(b []byte, length int) {
	d.proto = "ip6"
	if len(b) < ip6HdrLen {
		d.truncMark()
		return
	}
	if length < ip6HdrLen {
		d.put("truncated-ip6 ")
		d.putInt(int64(length))
		return
	}
	if !d.opt.LinkHeader {
		d.put("IP6 ")
	}
	if v := b[0] >> 4; v != 6 {
		d.put("version error: ")
		d.putUint(uint64(v))
		d.put(" != 6")
		return
	}
	payload := int(d.u16(b, 4))
	n := length + ip6HdrLen
	if payload != 0 {
		n = payload + ip6HdrLen
		if length < n {
			d.ip6Missing(n - length)
		}
	}
	if d.opt.Verbose > 0 {
		d.ip6Verbose(b, payload)
	}
	outer := d.ip
	d.ip6Headers(b, n, length, payload)
	d.ip = outer
}

func (d *dissector) ip6Missing(n int) {
	d.put("truncated-ip6 - ")
	d.putInt(int64(n))
	d.put(" bytes missing!")
}

func (d *dissector) ip6Verbose(b []byte, payload int) {
	flow := d.u32(b, 0)
	d.putByte('(')
	if class := flow & 0x0ff00000; class != 0 {
		d.put("class 0x")
		d.putHex2(uint8(class >> 20))
		d.put(", ")
	}
	if label := flow & 0xfffff; label != 0 {
		d.put("flowlabel 0x")
		d.putHexW(uint64(label), 5)
		d.put(", ")
	}
	d.put("hlim ")
	d.putUint(uint64(b[7]))
	d.put(", next-header ")
	d.putTok(protoNames, uint32(b[6]), "unknown")
	d.put(" (")
	d.putUint(uint64(b[6]))
	d.put(") payload length: ")
	d.putInt(int64(payload))
	d.put(") ")
}

// ip6Headers follows the extension headers of a packet. n is its length with the
// header as the header says, length as the layer below says, payload the header's
// field, 0 in a jumbogram.
func (d *dissector) ip6Headers(frame []byte, n, length, payload int) {
	pkt := within(frame, n)
	nh := pkt[6]
	d.ip = ipHeader{v6: true, hdr: pkt, src: pkt[8:24], dst: pkt[24:40], proto: nh, ttl: pkt[7]}
	b, advance, total := pkt, ip6HdrLen, 0
	var seen ip6Seen
	for len(b) > 0 && advance > 0 {
		if n < advance {
			d.truncMark()
			return
		}
		b, n, total = from(b, advance), n-advance, total+advance
		if total == ip6HdrLen && !hasPorts(nh) {
			d.putIP6(pkt[8:])
			d.put(" > ")
			d.putIP6(pkt[24:])
			d.put(": ")
		}
		switch nh {
		case protoHopOpts:
			if !d.ip6HopByHop(b, &seen, &payload, &advance) {
				return
			}
		case protoDstOpts:
			advance = d.dstOptions(b)
		case protoFragment:
			advance = d.frag6(b, total)
			if advance < 0 || len(b) <= advance {
				return
			}
			d.ip.fragmented = true
		case protoMobility, protoMobOld:
			d.mobility(b)
			return
		case protoRouting:
			if len(b) == 0 {
				d.truncMark()
				return
			}
			advance = d.routing6(b)
		default:
			d.ip6Payload(frame, seen, nh, n, total, length, payload)
			return
		}
		if advance < 0 {
			return
		}
		seen.any = true
		nh = d.u8(b, 0)
		d.proto = "ip6"
	}
}

// ip6Seen is what was met on the way through the extension headers.
type ip6Seen struct {
	any, hopByHop, jumbo bool
}

// ip6HopByHop prints a hop-by-hop header, which must come first and once; false
// if the packet ends there.
func (d *dissector) ip6HopByHop(b []byte, seen *ip6Seen, payload, advance *int) bool {
	switch {
	case seen.hopByHop:
		d.put("[The Hop-by-Hop Options header was already found]")
		d.invalid()
		return false
	case seen.any:
		d.put("[The Hop-by-Hop Options header don't follow the IPv6 header]")
		d.invalid()
		return false
	}
	*advance = d.hopByHop(b, &seen.jumbo, payload)
	if *payload == 0 && !seen.jumbo {
		d.put("[No valid Jumbo Payload Hop-by-Hop option found]")
		d.invalid()
		return false
	}
	seen.hopByHop = true
	return true
}

// ip6Payload hands over to the protocol above, with the length that a jumbo
// option or its absence leaves it.
func (d *dissector) ip6Payload(frame []byte, seen ip6Seen, nh uint8, n, total, length, payload int) {
	whole := n + total
	switch {
	case seen.jumbo:
		whole = payload + ip6HdrLen
		if whole < total {
			d.truncMark()
			return
		}
		if length < whole {
			d.ip6Missing(whole - length)
		}
	case payload == 0:
		if seen.any {
			d.truncMark()
			return
		}
		whole = ip6HdrLen
	}
	pkt := within(frame, whole)
	d.ip.hdr = pkt
	if nh == protoTCP || nh == protoUDP || nh == protoICMP6 || nh == protoDCCP || nh == protoSCTP {
		d.ip.dst = d.ip6FinalDst(pkt)
	}
	d.ipDemux(from(pkt, total), whole-total, nh)
}

// ip6FinalDst is the destination in the pseudo-header: the last address of a
// routing header if there is one (ip6_finddst).
func (d *dissector) ip6FinalDst(pkt []byte) []byte {
	dst, nh, at := pkt[24:40], pkt[6], ip6HdrLen
	for at < len(pkt) {
		b := pkt[at:]
		switch nh {
		case protoHopOpts, protoDstOpts, protoMobility, protoMobOld:
			if len(b) < 2 {
				return dst
			}
			at += (int(b[1]) + 1) * 8
		case protoFragment:
			at += 8
		case protoRouting:
			return routedDst(b, dst)
		default:
			return dst
		}
		nh = b[0]
	}
	return dst
}

// routedDst finds the last hop of a routing header at b.
func routedDst(b, dst []byte) []byte {
	if len(b) < 4 || b[1]%2 == 1 {
		return dst
	}
	switch b[2] {
	case 0, 2:
		for i := 8; i < 8+16*int(b[1]/2) && i+16 <= len(b); i += 16 {
			dst = b[i : i+16]
		}
	case 4:
		// Segments are listed in reverse.
		if len(b) >= 24 {
			dst = b[8:24]
		}
	}
	return dst
}
