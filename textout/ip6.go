package textout

const ip6HdrLen = 40

// ip6 prints an IPv6 packet (ip6_print).
func (d *dissector) ip6(b []byte, length int) {
	d.proto = "ip6"
	d.need(b, ip6HdrLen)
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
	n := length
	if payload != 0 {
		n = payload + ip6HdrLen
		if n > length {
			d.put("[header+payload length ")
			d.putInt(int64(n))
			d.put(" > length ")
			d.putInt(int64(length))
			d.putByte(']')
			d.invalid()
			d.putByte(' ')
		}
	}
	if d.opt.Verbose > 0 {
		d.ip6Verbose(b, payload)
	}
	b = within(b, n)
	outer := d.ip
	d.ip6Headers(b, n, payload)
	d.ip = outer
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

// ip6Headers follows the extension headers. n is the packet's length with the
// header, payload what the header says.
func (d *dissector) ip6Headers(pkt []byte, n, payload int) {
	b, advance, nh := pkt, ip6HdrLen, pkt[6]
	d.ip = ipHeader{v6: true, hdr: pkt, src: pkt[8:24], dst: pkt[24:40], proto: nh, ttl: pkt[7]}
	jumbo := false
	for first := true; len(b) > 0 && advance > 0; first = false {
		if n < advance {
			d.truncMark()
			return
		}
		b, n = from(b, advance), n-advance
		if first && !hasPorts(nh) {
			d.putIP6(pkt[8:])
			d.put(" > ")
			d.putIP6(pkt[24:])
			d.put(": ")
		}
		switch nh {
		case protoHopOpts:
			size := 0
			advance, size = d.hopByHop(b)
			if size > 0 {
				jumbo = true
				if n+0 >= 0 && payload == 0 {
					payload = size
				}
			}
			if payload == 0 && !jumbo {
				d.put("[No valid Jumbo Payload Hop-by-Hop option found]")
				d.invalid()
				return
			}
			nh = d.u8(b, 0)
		case protoDstOpts:
			advance = d.dstOptions(b)
			nh = d.u8(b, 0)
		case protoFragment:
			advance = d.frag6(b)
			if advance < 0 {
				return
			}
			d.ip.fragmented = true
			nh = d.u8(b, 0)
		case protoMobility, protoMobOld:
			d.mobility(b, n)
			return
		case protoRouting:
			d.need(b, 1)
			advance = d.routing6(b)
			if advance < 0 {
				return
			}
			nh = d.u8(b, 0)
		default:
			d.ipDemux(b, n, nh)
			return
		}
		d.proto = "ip6"
	}
}
