package textout

var igmp3Records = []name{{1, "is_in"}, {2, "is_ex"}, {3, "to_in"}, {4, "to_ex"}, {5, "allow"}, {6, "block"}}

// igmp prints group membership messages, versions 1 to 3, and the multicast
// routing protocols that share their protocol number.
func (d *dissector) igmp(b []byte, length int) {
	d.proto = "igmp"
	if d.opt.Quiet {
		d.put("igmp")
		return
	}
	switch typ := d.u8(b, 0); typ {
	case 0x11:
		d.igmpQuery(b, length)
	case 0x12:
		d.igmpReport("igmp v1 report ", b)
		d.igmpNot8(length)
	case 0x16:
		d.igmpReport("igmp v2 report ", b)
	case 0x22:
		d.put("igmp v3 report")
		d.igmp3Report(b, length)
	case 0x17:
		d.igmpReport("igmp leave ", b)
	case 0x13:
		d.put("igmp dvmrp")
		if length < 8 {
			d.igmpLen(length)
		} else {
			d.dvmrp(b, length)
		}
	case 0x14:
		d.put("igmp pimv1")
		d.pim1(b, length)
	case 0x1e:
		d.mtrace("mresp", b, length)
	case 0x1f:
		d.mtrace("mtrace", b, length)
	default:
		d.put("igmp-")
		d.putUint(uint64(typ))
	}
	if d.opt.Verbose > 0 && length >= 4 && len(b) >= length && cksumIn(b[:length]) != 0 {
		d.put(" bad igmp cksum ")
		d.putHex(uint64(d.u16(b, 2)))
		d.putByte('!')
	}
}

func (d *dissector) igmpLen(length int) {
	d.put(" [len ")
	d.putInt(int64(length))
	d.putByte(']')
}

func (d *dissector) igmpNot8(length int) {
	if length != 8 {
		d.igmpLen(length)
	}
}

func (d *dissector) igmpReport(what string, b []byte) {
	group := d.bytes(b, 4, 4)
	d.put(what)
	d.putIP4(group)
}

func (d *dissector) igmpQuery(b []byte, length int) {
	d.put("igmp query")
	if length >= 12 {
		d.igmp3Query(b, length)
		return
	}
	if mrt := d.u8(b, 1); mrt == 0 {
		d.put(" v1")
	} else {
		d.put(" v2")
		if mrt != 100 {
			d.put(" [max resp time ")
			d.putUint(uint64(mrt))
			d.putByte(']')
		}
	}
	if d.u32(b, 4) != 0 {
		d.put(" [gaddr ")
		d.putIP4(b[4:8])
		d.putByte(']')
	}
	d.igmpNot8(length)
}

func (d *dissector) invalidLen(length int) {
	d.put(" [invalid len ")
	d.putInt(int64(length))
	d.putByte(']')
}

func (d *dissector) igmp3Query(b []byte, length int) {
	d.put(" v3")
	if length < 12 || length&3 != 0 {
		d.invalidLen(length)
		return
	}
	code := uint32(d.u8(b, 1))
	mrt := code
	if code >= 128 {
		mrt = (code&0xf | 0x10) << (code&0x70>>4 + 3)
	}
	if code != 100 {
		d.put(" [max resp time ")
		if mrt < 600 {
			d.putUint(uint64(mrt / 10))
			d.putByte('.')
			d.putUint(uint64(mrt % 10))
			d.putByte('s')
		} else {
			d.putAge(mrt / 10)
		}
		d.putByte(']')
	}
	if d.u32(b, 4) == 0 {
		return
	}
	d.put(" [gaddr ")
	d.putIP4(b[4:8])
	if n := int(d.u16(b, 10)); n > 0 {
		if length < 12+4*n {
			d.put(" [invalid number of sources]")
		} else {
			d.igmpSources(b, 12, n)
		}
	}
	d.putByte(']')
}

// igmpSources prints the sources of a query, whole with -vv.
func (d *dissector) igmpSources(b []byte, off, n int) {
	if d.opt.Verbose <= 1 {
		d.put(", ")
		d.putInt(int64(n))
		d.put(" source(s)")
		return
	}
	d.put(" {")
	for i := range n {
		a := d.bytes(b, off+4*i, 4)
		d.putByte(' ')
		d.putIP4(a)
	}
	d.put(" }")
}

func (d *dissector) igmp3Report(b []byte, length int) {
	if length < 16 || length&3 != 0 {
		d.invalidLen(length)
		return
	}
	groups := int(d.u16(b, 6))
	d.put(", ")
	d.putInt(int64(groups))
	d.put(" group record(s)")
	if d.opt.Verbose == 0 {
		return
	}
	off := 8
	for range groups {
		if length < off+8 {
			d.put(" [invalid number of groups]")
			return
		}
		group := d.bytes(b, off+4, 4)
		d.put(" [gaddr ")
		d.putIP4(group)
		d.putByte(' ')
		d.putTok(igmp3Records, uint32(b[off]), " [v3-report-#%u]")
		n := int(d.u16(b, off+2))
		if length < off+8+4*n {
			d.put(" [invalid number of sources ")
			d.putInt(int64(n))
			d.putByte(']')
			return
		}
		d.igmpSources(b, off+8, n)
		off += 8 + 4*n
		d.putByte(']')
	}
}

// mtrace prints a multicast traceroute query or response.
func (d *dissector) mtrace(what string, b []byte, length int) {
	if length < 8+16 {
		d.invalidLen(length)
		return
	}
	d.need(b, 24)
	d.printf("%s %d: %s to %s reply-to %s", what, d.u24(b, 21), d.ip4Text(b, 8), d.ip4Text(b, 12), d.ip4Text(b, 16))
	if d.u8(b, 16)>>4 == 0xe {
		d.printf(" with-ttl %d", d.u8(b, 20))
	}
}
