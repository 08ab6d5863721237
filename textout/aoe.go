package textout

// aoe prints an ATA over Ethernet frame.
func (d *dissector) aoe(b []byte, length int) {
	d.proto = "aoe"
	d.printf("AoE length %d", length)
	if length < 1 {
		d.aoeInvalid(b, length)
		return
	}
	version := d.u8(b, 0) >> 4
	d.printf(", Ver %d", version)
	if version == 1 {
		d.aoe1(b, length)
	}
}

// aoeInvalid ends a part that contradicts its length, which must be captured.
func (d *dissector) aoeInvalid(b []byte, length int) {
	d.invalid()
	d.need(b, length)
}

func (d *dissector) aoe1(b []byte, length int) {
	if length < 10 {
		d.aoeInvalid(b, length)
		return
	}
	flags := b[0] & 0xf
	d.printf(", Flags: [%s]", d.flags(aoeFlags, uint32(flags), "none"))
	if d.opt.Verbose == 0 {
		return
	}
	if flags&4 != 0 {
		d.printf("\n\tError: %s", d.tok(aoeErrors, uint32(d.u8(b, 1)), "Invalid (%u)"))
	}
	d.printf("\n\tMajor: 0x%04x", d.u16(b, 2))
	d.printf(", Minor: 0x%02x", d.u8(b, 4))
	command := d.u8(b, 5)
	d.printf(", Command: %s", d.tok(aoeCommands, uint32(command), "Unknown (0x%02x)"))
	d.printf(", Tag: 0x%08x", d.u32(b, 6))
	b, length = b[10:], length-10
	switch command {
	case 0:
		d.aoeIssue(b, length)
	case 1:
		d.aoeQuery(b, length)
	case 2:
		d.aoeMACs(b, length)
	case 3:
		d.aoeReserve(b, length)
	}
}

func (d *dissector) aoeIssue(b []byte, length int) {
	if length < 12 {
		d.aoeInvalid(b, length)
		return
	}
	d.printf("\n\tAFlags: [%s]", d.flags(aoeATAFlags, uint32(d.u8(b, 0)), "none"))
	for i, label := range []string{", Err/Feature", ", Sector Count", ", Cmd/Status", "\n\tlba0", ", lba1", ", lba2",
		", lba3", ", lba4", ", lba5"} {
		d.printf("%s: %d", label, d.u8(b, 1+i))
	}
	d.need(b, 12)
	if length > 12 {
		d.printf("\n\tData: %d bytes", length-12)
	}
}

func (d *dissector) aoeQuery(b []byte, length int) {
	if length < 8 {
		d.aoeInvalid(b, length)
		return
	}
	d.printf("\n\tBuffer Count: %d", d.u16(b, 0))
	d.printf(", Firmware Version: %d", d.u16(b, 2))
	d.printf(", Sector Count: %d", d.u8(b, 4))
	d.printf(", AoE: %d, CCmd: %s", d.u8(b, 5)>>4, d.tok(aoeConfig, uint32(b[5]&0xf), "Unknown (0x02x)"))
	n := int(d.u16(b, 6))
	b, length = b[8:], length-8
	if n > 1024 || n > length {
		d.aoeInvalid(b, length)
		return
	}
	if n != 0 {
		d.printf("\n\tConfig String (length %d): ", n)
		d.putSafeN(b, n)
	}
}

func (d *dissector) aoeMACs(b []byte, length int) {
	if length < 4 {
		d.aoeInvalid(b, length)
		return
	}
	d.printf("\n\tMCmd: %s", d.tok(aoeMACCommands, uint32(d.u8(b, 1)), "Unknown (0x%02x)"))
	d.printf(", MError: %s", d.tok(aoeMACErrors, uint32(d.u8(b, 2)), "Unknown (0x%02x)"))
	n := int(d.u8(b, 3))
	d.printf(", Dir Count: %d", n)
	b, length = b[4:], length-4
	if n*8 > length {
		d.aoeInvalid(b, length)
		return
	}
	for i := range n {
		d.printf("\n\t DCmd: %s", d.tok(aoeDirectives, uint32(d.u8(b, 8*i+1)), "Unknown (0x%02x)"))
		d.printf(", Ethernet Address: %s", d.macText(b, 8*i+2))
	}
}

func (d *dissector) aoeReserve(b []byte, length int) {
	if length < 2 || (length-2)%6 != 0 {
		d.aoeInvalid(b, length)
		return
	}
	d.printf("\n\tRCmd: %s", d.tok(aoeReserve, uint32(d.u8(b, 0)), "Unknown (0x%02x)"))
	n := int(d.u8(b, 1))
	d.printf(", NMacs: %d", n)
	b, length = b[2:], length-2
	if n*6 != length {
		d.aoeInvalid(b, length)
		return
	}
	for i := range n {
		d.printf("\n\tEthernet Address %d: %s", i, d.macText(b, 6*i))
	}
}
