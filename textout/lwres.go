package textout

const lwresHeaderLen = 28

var lwresOps = []name{
	{0x00000, "noop"}, {0x10001, "getaddrsbyname"}, {0x10002, "getnamebyaddr"}, {0x10003, "getrdatabyname"},
}

// lwres prints a message of BIND 9's lightweight resolver.
func (d *dissector) lwres(b []byte, length int) {
	d.proto = "lwres"
	d.need(b, lwresHeaderLen)
	d.put(" lwres")
	version, declared := d.u16(b, 4), d.u32(b, 0)
	if d.opt.Verbose > 0 || version != 0 {
		d.printf(" v%d", version)
	}
	end, known := int(declared), true
	if version == 0 {
		var ok bool
		if end, known, ok = d.lwresMessage(b); !ok {
			d.invalid()
			return
		}
	}
	if declared != uint32(length) {
		d.printf(" [len: %d != %d]", declared, length)
	}
	d.putIf(known && uint32(end) < declared, "[extra]")
}

// lwresMessage prints the message and returns where it ends, and whether its
// operation is known.
func (d *dissector) lwresMessage(b []byte) (end int, known, ok bool) {
	flags, op := d.u16(b, 6), d.u32(b, 12)
	d.printf(" %s%s", d.tok(lwresOps, op, "#0x%x"), either(flags&1 != 0, "", "?"))
	if flags&^1 != 0 {
		d.printf("[0x%x]", flags)
	}
	if d.opt.Verbose > 1 {
		d.printf(" (serial:0x%x result:0x%x recvlen:%d", d.u32(b, 8), d.u32(b, 16), d.u32(b, 20))
		if d.opt.Verbose > 2 {
			d.printf(" authtype:0x%x authlen:%d", d.u16(b, 24), d.u16(b, 26))
		}
		d.put(")")
	}
	if op == 0 {
		return lwresHeaderLen, true, true
	}
	if op < 0x10001 || op > 0x10003 {
		return lwresHeaderLen, false, true
	}
	if flags&1 == 0 {
		end, ok = d.lwresRequest(op, b)
	} else {
		end, ok = d.lwresResponse(op, b)
	}
	return end, true, ok
}

func (d *dissector) lwresFlags(b []byte) {
	if d.opt.Verbose > 2 {
		d.printf(" flags:0x%x", d.u32(b, lwresHeaderLen))
	}
}

func (d *dissector) lwresRequest(op uint32, b []byte) (end int, ok bool) {
	const p = lwresHeaderLen
	switch op {
	case 0x10001:
		d.need(b, p+10)
		d.lwresFlags(b)
		types := d.u32(b, p+4)
		d.put([]string{"", " IPv4", " IPv6", " IPv4/6"}[types&3])
		if types&^3 != 0 {
			d.printf("[0x%x]", types)
		}
		return d.lwresName(b, p+10, int(d.u16(b, p+8))), true
	case 0x10002:
		d.need(b, p+4)
		d.lwresFlags(b)
		return d.lwresAddr(b, p+4)
	}
	d.need(b, p+10)
	d.lwresFlags(b)
	d.lwresType(b)
	return d.lwresName(b, p+10, int(d.u16(b, p+8))), true
}

func (d *dissector) lwresType(b []byte) {
	const p = lwresHeaderLen
	d.printf(" %s", d.tok(dnsTypes, uint32(d.u16(b, p+6)), "Type%u"))
	if class := d.u16(b, p+4); class != 1 {
		d.printf(" %s", d.tok(dnsClasses, uint32(class), "Class%u"))
	}
}

func (d *dissector) lwresResponse(op uint32, b []byte) (end int, ok bool) {
	const p = lwresHeaderLen
	switch op {
	case 0x10001:
		d.need(b, p+10)
		d.lwresFlags(b)
		aliases, addrs := d.u16(b, p+4), d.u16(b, p+6)
		d.printf(" %d/%d", aliases, addrs)
		off := d.lwresName(b, p+10, int(d.u16(b, p+8)))
		for range aliases {
			off = d.lwresCounted(b, off)
		}
		for range addrs {
			if off, ok = d.lwresAddr(b, off); !ok {
				return 0, false
			}
		}
		return off, true
	case 0x10002:
		d.need(b, p+8)
		d.lwresFlags(b)
		aliases := d.u16(b, p+4)
		d.printf(" %d", aliases)
		off := d.lwresName(b, p+8, int(d.u16(b, p+6)))
		for range aliases {
			off = d.lwresCounted(b, off)
		}
		return off, true
	}
	d.need(b, p+16)
	d.lwresFlags(b)
	d.lwresType(b)
	d.put(" TTL ")
	d.putAge(d.u32(b, p+8))
	datas, sigs := d.u16(b, p+12), d.u16(b, p+14)
	d.printf(" %d/%d", datas, sigs)
	off := d.lwresCounted(b, p+16)
	for range int(datas) + int(sigs) {
		off = d.lwresBinary(b, off)
	}
	return off, true
}

// lwresName prints n bytes that a NUL must follow.
func (d *dissector) lwresName(b []byte, off, n int) int {
	d.put(" ")
	d.putSafeN(from(b, off), n)
	d.putIf(d.u8(b, off+n) != 0, " (not NUL-terminated!)")
	return off + n + 1
}

func (d *dissector) lwresCounted(b []byte, off int) int {
	return d.lwresName(b, off+2, int(d.u16(b, off)))
}

func (d *dissector) lwresBinary(b []byte, off int) int {
	n := int(d.u16(b, off))
	for i := range n {
		d.putHex2(d.u8(b, off+2+i))
	}
	return off + 2 + n
}

// lwresAddr prints an address; false if it is shorter than its family's.
func (d *dissector) lwresAddr(b []byte, off int) (int, bool) {
	n := int(d.u16(b, off+4))
	family := d.u32(b, off)
	off += 6
	d.need(b, off+n)
	switch family {
	case 1:
		if n < 4 {
			return 0, false
		}
		d.printf(" %s", d.ip4Text(b, off))
		return off + 4, true
	case 2:
		if n < 16 {
			return 0, false
		}
		d.printf(" %s", d.ip6Text(b, off))
		return off + 16, true
	}
	d.printf(" %d/%x", family, b[off:off+n])
	return off + n, true
}
