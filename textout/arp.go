package textout

var arpHardware = []name{
	{1, "Ethernet"}, {6, "TokenRing"}, {7, "ArcNet"}, {15, "FrameRelay"}, {23, "Strip"}, {24, "IEEE 1394"},
	{19, "ATM"}, {32, "InfiniBand"},
}

var arpOps = []name{
	{1, "Request"}, {2, "Reply"}, {3, "Reverse Request"}, {4, "Reverse Reply"}, {8, "Inverse Request"},
	{9, "Inverse Reply"}, {10, "NACK Reply"},
}

// arp prints ARP and RARP (arp_print).
func (d *dissector) arp(b []byte, length int) {
	d.proto = "arp"
	d.need(b, 8)
	htype, proto, op := d.u16(b, 0), d.u16(b, 2), d.u16(b, 6)
	if htype == 19 {
		d.atmArp(b, length)
		return
	}
	hln, pln := int(b[4]), int(b[5])
	n := 8 + 2*hln + 2*pln
	d.need(b, n)
	if !d.opt.LinkHeader {
		d.put("ARP, ")
	}
	if proto != etherIP4 && proto != 0x1000 || pln != 4 || hln == 0 || d.opt.Verbose > 0 {
		d.putTok(arpHardware, uint32(htype), "Unknown Hardware (%u)")
		d.put(" (len ")
		d.putInt(int64(hln))
		d.put("), ")
		d.putTok(ethertypeNames, uint32(proto), "Unknown Protocol (0x%04x)")
		d.put(" (len ")
		d.putInt(int64(pln))
		d.putByte(')')
		if d.opt.Verbose == 0 {
			d.arpEnd(length)
			return
		}
		d.put(", ")
	}
	d.putTok(arpOps, uint32(op), "Unknown (%u)")
	d.putByte(' ')
	a := arpAddrs{
		sha: b[8 : 8+hln], spa: b[8+hln : 8+hln+pln],
		tha: b[8+hln+pln : 8+2*hln+pln], tpa: b[8+2*hln+pln : n],
		proto: proto, relay: htype == 15,
	}
	if !d.arpOp(op, &a) {
		d.unknownAlways(b)
		return
	}
	d.arpEnd(length)
}

func (d *dissector) arpEnd(length int) {
	d.put(", length ")
	d.putInt(int64(length))
}

// arpAddrs are sender and target, hardware and protocol.
type arpAddrs struct {
	sha, spa, tha, tpa []byte
	proto              uint16
	relay              bool
}

func (d *dissector) arpOp(op uint16, a *arpAddrs) bool {
	switch op {
	case 1:
		d.put("who-has ")
		d.arpProto(a.tpa, a)
		if !zero(a.tha) {
			d.put(" (")
			d.linkAddr(a.tha, a.relay)
			d.putByte(')')
		}
		d.put(" tell ")
		d.arpProto(a.spa, a)
	case 2:
		d.arpProto(a.spa, a)
		d.put(" is-at ")
		d.linkAddr(a.sha, a.relay)
	case 3, 8:
		d.put("who-is ")
		d.linkAddr(a.tha, a.relay)
		d.put(" tell ")
		d.linkAddr(a.sha, a.relay)
	case 4:
		d.linkAddr(a.tha, a.relay)
		d.put(" at ")
		d.arpProto(a.tpa, a)
	case 9:
		d.linkAddr(a.sha, a.relay)
		d.put(" at ")
		d.arpProto(a.spa, a)
	default:
		return false
	}
	return true
}

func (d *dissector) arpProto(addr []byte, a *arpAddrs) {
	switch {
	case a.proto != etherIP4 && a.proto != 0x1000:
		d.put("<wrong proto type>")
	case len(addr) != 4:
		d.put("<wrong len>")
	default:
		d.putIP4(addr)
	}
}

func zero(b []byte) bool {
	for _, c := range b {
		if c != 0 {
			return false
		}
	}
	return true
}

// linkAddr prints a hardware address of any length (linkaddr_string).
func (d *dissector) linkAddr(b []byte, relay bool) {
	switch {
	case len(b) == 0:
		d.put("<empty>")
	case len(b) == 6 && !relay:
		d.putMAC(b)
	case relay:
		d.q922(b)
	default:
		d.putColonHex(b)
	}
}

// q922 prints a frame relay address (ITU-T Q.922): two to four bytes, the last of
// which has its lowest bit set.
func (d *dissector) q922(b []byte) {
	if len(b) < 2 {
		d.put("<Truncated>")
		return
	}
	dlci := uint64(b[0]>>2)<<4 | uint64(b[1]>>4)
	bits := uint(0)
	switch {
	case b[0]&1 != 0:
		d.put("<Invalid DLCI>")
		return
	case b[1]&1 != 0:
		bits = 0
	case len(b) < 3:
		d.put("<Truncated>")
		return
	case b[2]&1 != 0:
		bits = 1
	case len(b) < 4:
		d.put("<Truncated>")
		return
	case b[3]&1 != 0:
		bits = 2
	default:
		d.put("<Invalid DLCI>")
		return
	}
	switch bits {
	case 1:
		dlci = dlci<<6 | uint64(b[2]>>2)
	case 2:
		dlci = dlci<<13 | uint64(b[2]>>1)<<6 | uint64(b[3]>>2)
	}
	d.put("DLCI ")
	d.putUint(dlci)
}
