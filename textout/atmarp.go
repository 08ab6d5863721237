package textout

// atmArp prints ATM ARP (RFC 2225), which has lengths for each of its addresses.
func (d *dissector) atmArp(b []byte, length int) {
	d.need(b, 12)
	a := arpAddrs{proto: d.u16(b, 2)}
	at := 12
	take := func(n int) (s []byte) {
		d.need(b, at+n)
		s, at = b[at:at+n], at+n
		return s
	}
	op, spln, tpln := d.u16(b, 6), int(b[8]), int(b[11])
	a.sha = take(int(b[4] & 0x3f))
	ssa := take(int(b[5] & 0x3f))
	a.spa = take(spln)
	a.tha = take(int(b[9] & 0x3f))
	tsa := take(int(b[10] & 0x3f))
	a.tpa = take(tpln)
	if !d.opt.LinkHeader {
		d.put("ARP, ")
	}
	verbose := d.opt.Verbose > 0
	if a.proto != etherIP4 && a.proto != 0x1000 || spln != 4 || tpln != 4 || verbose {
		d.put("ATM, ")
		d.putTok(ethertypeNames, uint32(a.proto), "Unknown Protocol (0x%04x)")
		d.put(" (len ")
		d.putInt(int64(spln))
		d.putByte('/')
		d.putInt(int64(tpln))
		d.putByte(')')
		if !verbose {
			d.arpEnd(length)
			return
		}
		d.put(", ")
	}
	d.putTok(arpOps, uint32(op), "Unknown (%u)")
	d.putByte(' ')
	switch op {
	case 1:
		d.put("who-has ")
		d.atmProto(a.tpa, a.proto, "<wrong tplen>")
		if len(a.tha) > 0 {
			d.put(" (")
			d.atmAddr(a.tha, tsa)
			d.putByte(')')
		}
		d.put(" tell ")
		d.atmProto(a.spa, a.proto, "<wrong splen>")
	case 2:
		d.atmProto(a.spa, a.proto, "<wrong splen>")
		d.put(" is-at ")
		d.atmAddr(a.sha, ssa)
	case 8:
		d.put("who-is ")
		d.atmAddr(a.tha, tsa)
		d.put(" tell ")
		d.atmAddr(a.sha, ssa)
	case 9:
		d.atmAddr(a.sha, ssa)
		d.put("at ")
		d.atmProto(a.spa, a.proto, "<wrong splen>")
	case 10:
		d.put("for ")
		d.atmProto(a.spa, a.proto, "<wrong splen>")
	default:
		d.unknownAlways(b)
		return
	}
	d.arpEnd(length)
}

func (d *dissector) atmProto(addr []byte, proto uint16, wrong string) {
	switch {
	case proto != etherIP4 && proto != 0x1000:
		d.put("<wrong proto type>")
	case len(addr) != 4:
		d.put(wrong)
	default:
		d.putIP4(addr)
	}
}

// atmAddr prints a number and, if there is one, its subaddress.
func (d *dissector) atmAddr(number, sub []byte) {
	if len(number) == 0 {
		d.put("<No address>")
		return
	}
	d.putColonHex(number)
	if len(sub) > 0 {
		d.putByte(',')
		d.putColonHex(sub)
	}
}
