package textout

// nodeFixed is the header of node information messages (RFC 4620).
const nodeFixed = 16

// Query types of node information.
const (
	niNoop      = 0
	niTypes     = 1
	niName      = 2
	niAddresses = 3
)

// nodeInfo prints a node information query or reply. What is measured here is
// what was captured, as in tcpdump.
func (d *dissector) nodeInfo(b []byte, length int, typ uint8) {
	if typ == icmp6NodeQuery {
		d.nodeQuery(b)
		return
	}
	if length > len(b) || len(b) < nodeFixed {
		d.truncMark()
		return
	}
	d.put(" node information reply (")
	comma := false
	switch b[1] {
	case 0:
		if d.opt.Verbose > 0 {
			d.put("success")
			comma = true
		}
	case 1, 2:
		d.put([...]string{"refused", "unknown"}[b[1]-1])
		if len(b) != nodeFixed && d.opt.Verbose > 0 {
			d.put(", invalid length")
		}
	}
	if b[1] == 0 {
		if comma {
			d.put(", ")
		}
		d.nodeAnswer(b)
	}
	d.putByte(')')
}

func (d *dissector) nodeAnswer(b []byte) {
	flags := d.u16(b, 6)
	switch d.u16(b, 4) {
	case niNoop:
		d.put("noop")
		if len(b) != nodeFixed && d.opt.Verbose > 0 {
			d.put(", invalid length")
		}
	case niTypes:
		d.nodeTypes(flags)
	case niName:
		d.put("DNS name")
		d.nodeName(b, nodeFixed+4)
		if flags&1 != 0 {
			d.put(" [TTL=")
			d.putUint(uint64(d.u32(b, nodeFixed)))
			d.putByte(']')
		}
	case niAddresses:
		d.put("node addresses")
		for i := nodeFixed; i+20 <= len(b); i += 20 {
			d.putByte(' ')
			d.putIP6(b[i+4:])
			d.putByte('(')
			d.putUint(uint64(d.u32(b, i)))
			d.putByte(')')
		}
		d.nodeFlags(flags, true)
	default:
		d.put("unknown")
	}
}

func (d *dissector) nodeTypes(flags uint16) {
	d.put("supported qtypes")
	if flags != 0 {
		d.put(" [")
		if flags&1 != 0 {
			d.putByte('C')
		}
		d.putByte(']')
	}
}

// nodeFlags prints which addresses are meant.
func (d *dissector) nodeFlags(flags uint16, reply bool) {
	if flags == 0 {
		return
	}
	d.put(" [")
	for i, c := range []byte("aGSLCA") {
		if flags&(0x40>>i) != 0 {
			d.putByte(c)
		}
	}
	if reply && flags&1 != 0 {
		d.putByte('T')
	}
	d.putByte(']')
}

func (d *dissector) nodeQuery(b []byte) {
	if len(b) == 12 {
		d.put(" who-are-you request")
		return
	}
	d.put(" node information query")
	if len(b) < nodeFixed {
		d.truncMark()
		return
	}
	d.put(" (")
	typ, flags := d.u16(b, 4), d.u16(b, 6)
	switch typ {
	case niNoop:
		d.put("noop")
	case niTypes:
		d.nodeTypes(flags)
	case niName:
		d.put("DNS name")
	case niAddresses:
		d.put("node addresses")
		d.nodeFlags(flags, false)
	default:
		d.put("unknown")
	}
	switch {
	case typ == niNoop || typ == niTypes:
		if len(b) != nodeFixed && d.opt.Verbose > 0 {
			d.put(", invalid len")
		}
	case len(b) == nodeFixed:
		d.put(", 03 draft")
	default:
		d.nodeSubject(b)
	}
	d.putByte(')')
}

func (d *dissector) nodeSubject(b []byte) {
	size := 16
	switch b[1] {
	case 1:
		d.put(", subject=DNS name")
		d.nodeName(b, nodeFixed)
		return
	case 2:
		size = 4
	case 0:
	default:
		d.put(", unknown subject")
		return
	}
	switch {
	case len(b) < nodeFixed+size:
	case len(b) != nodeFixed+size:
		if d.opt.Verbose > 0 {
			d.put(", invalid subject len")
		}
	default:
		d.put(", subject=")
		d.putIP(b[nodeFixed:])
	}
}

// nodeName prints a name at b[at:]: DNS labels, or all the rest behind one length
// byte as an early draft had it.
func (d *dissector) nodeName(b []byte, at int) {
	if n := int(d.u8(b, at)); n == len(b)-at-1 {
		if d.opt.Verbose > 0 {
			d.put(", 03 draft")
		}
		d.put(", \"")
		d.putSafe(b[at+1:])
		d.putByte('"')
		return
	}
	d.plainName(b[at:])
}

// plainName prints labels without compression (dnsname_print).
func (d *dissector) plainName(b []byte) {
	d.put(", \"")
	for len(b) > 0 {
		n := int(b[0])
		b = b[1:]
		if n == 0 {
			switch {
			case len(b) == 0:
				d.putByte('.')
			case len(b) == 1 && b[0] == 0:
			default:
				d.put("???")
			}
			break
		}
		if n > len(b) {
			d.put("???")
			break
		}
		d.putSafe(b[:n])
		b = b[n:]
		if len(b) > 1 && b[0] != 0 {
			d.putByte('.')
		}
	}
	d.putByte('"')
}

// renumbering prints a router renumbering message (RFC 2894).
func (d *dissector) renumbering(b []byte) icmp6End {
	if len(b) < 16 {
		return d.renumberingCut()
	}
	switch b[1] {
	case 0:
		d.put(", command")
	case 1:
		d.put(", result")
	case 255:
		d.put(", sequence number reset")
	default:
		d.put(", code-#")
		d.putUint(uint64(b[1]))
	}
	d.put(", seq=")
	d.putUint(uint64(d.u32(b, 4)))
	if d.opt.Verbose > 0 {
		d.renumberingHeader(b)
	}
	if b[1] == 0 {
		return d.renumberingPrefixes(b[16:])
	}
	return icmp6Done
}

// renumberingCut marks the end; the length still follows, as in tcpdump.
func (d *dissector) renumberingCut() icmp6End {
	d.truncMark()
	return icmp6Done
}

func (d *dissector) renumberingHeader(b []byte) {
	d.putByte('[')
	if flags := b[9]; flags != 0 {
		for i, c := range []byte("TRASP") {
			if flags&(0x80>>i) != 0 {
				d.putByte(c)
			}
		}
		d.putByte(',')
	}
	d.put("seg=")
	d.putUint(uint64(b[8]))
	d.put(",maxdelay=")
	d.putUint(uint64(d.u16(b, 10)))
	if rsv := d.u32(b, 12); rsv != 0 {
		d.put("rsvd=0x")
		d.putHex(uint64(rsv))
	}
	d.putByte(']')
}

func (d *dissector) renumberingPrefixes(b []byte) icmp6End {
	if len(b) < 24 {
		return d.renumberingCut()
	}
	d.renumberingLead()
	d.put("match(")
	d.putTok([]name{{1, "add"}, {2, "change"}, {3, "setglobal"}}, uint32(b[0]), "#%u")
	if d.opt.Verbose > 0 {
		d.put(",ord=")
		d.putUint(uint64(b[2]))
		d.put(",min=")
		d.putUint(uint64(b[4]))
		d.put(",max=")
		d.putUint(uint64(b[5]))
	}
	d.putByte(',')
	d.putColons(b[8:])
	d.putByte('/')
	d.putUint(uint64(b[3]))
	d.putByte(')')
	n := int(b[1]) - 3
	if n%4 != 0 {
		return d.renumberingCut()
	}
	b = b[24:]
	for range max(n/4, 0) {
		if len(b) < 32 {
			return d.renumberingCut()
		}
		d.renumberingUse(b)
		b = b[32:]
	}
	return icmp6Done
}

func (d *dissector) renumberingLead() {
	if d.opt.Verbose > 1 {
		d.put("\n\t")
	} else {
		d.putByte(' ')
	}
}

func (d *dissector) renumberingUse(b []byte) {
	d.renumberingLead()
	d.put("use(")
	if flags := b[12]; flags != 0 {
		// tcpdump compares one byte with a 32-bit flag in network order, which
		// on a little-endian machine finds its first byte.
		if flags&0x80 != 0 {
			d.putByte('V')
		}
		if flags&0x40 != 0 {
			d.putByte('P')
		}
		d.putByte(',')
	}
	if d.opt.Verbose > 0 {
		d.put("mask=0x")
		d.putHex(uint64(b[2]))
		d.put(",raflags=0x")
		d.putHex(uint64(b[3]))
		d.put(",vltime=")
		d.renumberingTime(d.u32(b, 4))
		d.put(",pltime=")
		d.renumberingTime(d.u32(b, 8))
		d.putByte(',')
	}
	d.putColons(b[16:])
	d.putByte('/')
	d.putUint(uint64(b[0]))
	d.putByte('/')
	d.putUint(uint64(b[1]))
	d.putByte(')')
}

func (d *dissector) renumberingTime(v uint32) {
	if v == 0xffffffff {
		d.put("infty")
		return
	}
	d.putUint(uint64(v))
}
