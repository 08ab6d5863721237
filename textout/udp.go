package textout

const udpHdrLen = 8

// udp prints a UDP datagram (udp_print).
func (d *dissector) udp(b []byte, length int) {
	d.proto = "udp"
	if len(b) < 4 {
		d.udpPair()
		d.truncMark()
		return
	}
	sport, dport := d.u16(b, 0), d.u16(b, 2)
	if length < udpHdrLen {
		d.udpAddrs(sport, dport)
		d.put("truncated-udp ")
		d.putInt(int64(length))
		return
	}
	if len(b) < 6 {
		d.udpAddrs(sport, dport)
		d.truncMark()
		return
	}
	ulen := int(d.u16(b, 4))
	if ulen == 0 && length > 65535 {
		ulen = length
	}
	if ulen < udpHdrLen {
		d.udpAddrs(sport, dport)
		d.put("truncated-udplength ")
		d.putInt(int64(ulen))
		return
	}
	ulen -= udpHdrLen
	length -= udpHdrLen
	if ulen < length {
		length = ulen
	}
	if len(b) < udpHdrLen {
		d.udpAddrs(sport, dport)
		d.truncMark()
		return
	}
	d.udpBody(b, length, ulen, sport, dport)
}

func (d *dissector) udpBody(b []byte, length, ulen int, sport, dport uint16) {
	// Not cut to length: a datagram may claim less than the packet holds, and
	// tcpdump's printers see all of it.
	body := b[udpHdrLen:]
	if d.opt.Type != "" {
		d.udpTyped(body, length, sport, dport)
		return
	}
	d.udpAddrs(sport, dport)
	if !d.opt.Quiet && d.udpNFS(body, length, sport, dport) {
		return
	}
	if d.opt.Verbose > 0 && !d.opt.NoChecksum && !d.ip.fragmented {
		d.udpChecksum(b, length)
	}
	if !d.opt.Quiet && d.udpApp(body, length, sport, dport) {
		return
	}
	if ulen > length && !d.ip.fragmented {
		d.put("UDP, bad length ")
		d.putInt(int64(ulen))
		d.put(" > ")
		d.putInt(int64(length))
		return
	}
	d.put("UDP, length ")
	d.putInt(int64(ulen))
}

func (d *dissector) udpChecksum(b []byte, length int) {
	have := d.u16(b, 6)
	n := length + udpHdrLen
	if !d.ip.v6 && d.opt.Verbose < 2 {
		return
	}
	switch {
	case have == 0 && !d.ip.v6:
		d.put("[no cksum] ")
	case n <= len(b):
		if sum := d.transportSum(b[:n], n, protoUDP); sum != 0 {
			d.put("[bad udp cksum 0x")
			d.putHex4(have)
			d.put(" -> 0x")
			d.putHex4(shouldBe(have, sum))
			d.put("!] ")
		} else {
			d.put("[udp sum ok] ")
		}
	}
}

func (d *dissector) udpAddrs(sport, dport uint16) {
	if d.ip.proto != protoUDP {
		d.putUDPPort(sport)
		d.put(" > ")
		d.putUDPPort(dport)
		d.put(": ")
		return
	}
	d.putIPFrom()
	d.putByte('.')
	d.putUDPPort(sport)
	d.put(" > ")
	d.putIPTo()
	d.putByte('.')
	d.putUDPPort(dport)
	d.put(": ")
}

// udpPair prints the addresses without ports.
func (d *dissector) udpPair() {
	if d.ip.proto == protoUDP {
		d.putIPPair()
	}
}
