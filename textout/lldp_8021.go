package textout

// lldp8021Least is how long the TLVs of 802.1 have to be.
var lldp8021Least = map[byte]int{1: 6, 2: 7, 3: 6, 4: 5, 7: 9, 8: 6, 9: 25, 10: 25, 11: 6, 12: 5, 13: 9, 14: 8}

// lldp8021 prints a TLV of IEEE 802.1, data centre bridging among them.
func (d *dissector) lldp8021(b []byte, n int) (dump bool) {
	least, ok := lldp8021Least[b[3]]
	if !ok {
		return true
	}
	if n < least {
		return false
	}
	switch b[3] {
	case 1:
		d.printf("\n\t    port vlan id (PVID): %d", d.u16(b, 4))
	case 2:
		d.printf("\n\t    port and protocol vlan id (PPVID): %d, flags [%s] (0x%02x)", d.u16(b, 5),
			d.flags(lldp8021PPVIDFlags, uint32(b[4]), "none"), b[4])
	case 3:
		d.printf("\n\t    vlan id (VID): %d", d.u16(b, 4))
		if n < 7 || n < 7+int(b[6]) {
			return false
		}
		d.put("\n\t    vlan name: ")
		d.putSafeJZ(b[7:], int(b[6]))
	case 4:
		if n < 5+int(b[4]) {
			return false
		}
		d.put("\n\t    protocol identity: ")
		d.putSafeJZ(b[5:], int(b[4]))
	case 7:
		d.lldpAggregationStatus(b)
	case 8:
		d.put("\n\t    Pre-Priority CNPV Indicator")
		d.lldpBitRow(b[4])
		d.put("\n\t    Pre-Priority Ready Indicator")
		d.lldpBitRow(b[5])
	case 9:
		d.printf("\n\t    Willing:%d, CBS:%d, RES:%d, Max TCs:%d", b[4]>>7, b[4]>>6&2, b[4]>>3&7, b[4]&7)
		d.lldpETS(b)
	case 10:
		d.printf("\n\t    RES: %d", b[4])
		d.lldpETS(b)
	case 11:
		d.printf("\n\t    Willing: %d, MBC: %d, RES: %d, PFC cap:%d ", b[4]>>7, b[4]>>6&1, b[4]>>4&3, b[4]&0xf)
		d.put("\n\t    PFC Enable")
		d.lldpBitRow(b[5])
	case 12:
		d.lldpPriorities(b, n)
	case 13:
		d.lldpEVB(b)
	case 14:
		d.lldpCDCP(b, n)
	}
	return false
}

// lldpBitRow prints a bit per priority.
func (d *dissector) lldpBitRow(v byte) {
	d.put("\n\t     Priority : 0  1  2  3  4  5  6  7\n\t     Value    : ")
	for i := range 8 {
		d.printf("%-2d ", v>>i&1)
	}
}

// lldpETS prints the tables of enhanced transmission selection.
func (d *dissector) lldpETS(b []byte) {
	row := func(v []byte) {
		sep := ""
		for _, c := range v {
			d.printf("%s%-3d", sep, c)
			sep = " "
		}
	}
	d.put("\n\t    Priority Assignment Table\n\t     Priority : 0   1   2   3   4   5   6   7\n\t     Value    : ")
	nibbles := make([]byte, 0, 8)
	for _, c := range b[5:9] {
		nibbles = append(nibbles, c>>4, c&0xf)
	}
	row(nibbles)
	d.put("\n\t    TC Bandwidth Table\n\t     TC%   : 0   1   2   3   4   5   6   7\n\t     Value : ")
	row(b[9:17])
	d.put("\n\t    TSA Assignment Table\n\t     Traffic Class: 0   1   2   3   4   5   6   7\n\t     Value        : ")
	row(b[17:25])
}

func (d *dissector) lldpPriorities(b []byte, n int) {
	d.printf("\n\t    RES: %d", b[4])
	if n <= 5 || (n-5)%3 != 0 {
		return
	}
	d.put("\n\t    Application Priority Table")
	for i := 5; i < n; i += 3 {
		d.printf("\n\t      Priority: %d, RES: %d, Sel: %d, Protocol ID: %d", b[i]>>5, b[i]>>3&3, b[i]&7, d.u16(b, i+1))
	}
}

// lldpEVB prints edge virtual bridging.
func (d *dissector) lldpEVB(b []byte) {
	d.printf("\n\t    EVB Bridge Status\n\t      RES: %d, BGID: %d, RRCAP: %d, RRCTR: %d", b[4]>>3, b[4]>>2&1, b[4]>>1&1, b[4]&1)
	d.printf("\n\t    EVB Station Status\n\t      RES: %d, SGID: %d, RRREQ: %d,RRSTAT: %d", b[5]>>4, b[5]>>3&1, b[5]>>2&1, b[5]&3)
	d.printf("\n\t    R: %d, RTE: %d, ", b[6]>>5, b[6]&0x1f)
	d.printf("EVB Mode: %s [%d]", d.tok(lldpEVBModes, uint32(b[7]>>6), "unknown"), b[7]>>6)
	d.printf("\n\t    ROL: %d, RWD: %d, ", b[7]>>5&1, b[7]&0x1f)
	d.printf("RES: %d, ROL: %d, RKA: %d", b[8]>>6, b[8]>>5&1, b[8]&0x1f)
}

// lldpCDCP prints S-channels.
func (d *dissector) lldpCDCP(b []byte, n int) {
	d.printf("\n\t    Role: %d, RES: %d, Scomp: %d ", b[4]>>7, b[4]>>4&7, b[4]>>3&1)
	d.printf("ChnCap: %d", d.u16(b, 6)&0xfff)
	if (n-8)%3 != 0 {
		return
	}
	for i := 8; i < n; i += 3 {
		v := d.u24(b, i)
		d.printf("\n\t    SCID: %d, SVID: %d", v>>12, v&0xfff)
	}
}

// dcbxLeast is how long the TLVs of DCBX have to be.
var dcbxLeast = map[uint16]int{1: 10, 2: 17, 3: 6, 4: 4}

// lldpDCBX prints the TLVs of DCBX before the standard; like tcpdump it gives up
// quietly on what is cut.
func (d *dissector) lldpDCBX(b []byte, n int) (dump bool) {
	for n >= 2 && len(b) >= 2 {
		head := d.u16(b, 0)
		typ, size := head>>9, int(head&0x1ff)
		dump = false
		b, n = b[2:], n-2
		if typ == 0 || size == 0 {
			break
		}
		if len(b) < size || n < size {
			break
		}
		least, known := dcbxLeast[typ]
		if known && size < least {
			break
		}
		if known {
			d.dcbxTLV(typ, b, size)
		}
		dump = !known
		if d.opt.Verbose > 1 || d.opt.Verbose > 0 && dump {
			d.unknownData(b, "\n\t    ", size)
		}
		b, n = b[size:], n-size
	}
	return dump
}

// dcbxFeature prints what begins every feature TLV.
func (d *dissector) dcbxFeature(label string, typ uint16, b []byte, n int) {
	d.printf("\n\t    Feature - %s (type 0x%x, length %d)\n\t      Oper_Version: %d\n\t      Max_Version: %d", label, typ, n, b[0], b[1])
	d.printf("\n\t      Info block(0x%02X): Enable bit: %d, Willing bit: %d, Error Bit: %d\n\t      SubType: %d",
		b[2], b[2]>>7, b[2]>>6&1, b[2]>>5&1, b[3])
}

func (d *dissector) dcbxTLV(typ uint16, b []byte, n int) {
	switch typ {
	case 1:
		d.printf("\n\t    Control - Protocol Control (type 0x1, length %d)", n)
		d.printf("\n\t      Oper_Version: %d\n\t      Max_Version: %d", b[0], b[1])
		d.printf("\n\t      Sequence Number: %d\n\t      Acknowledgement Number: %d", d.u32(b, 2), d.u32(b, 6))
	case 2:
		d.dcbxFeature("Priority Group", typ, b, n)
		d.put("\n\t      Priority Allocation")
		groups := d.u32(b, 4)
		for i := range 8 {
			d.printf("\n\t          PgId_%d: %d", i, groups>>(28-4*i)&0xf)
		}
		d.put("\n\t      Priority Group Allocation")
		for i := range 8 {
			d.printf("\n\t          Pg percentage[%d]: %d", i, b[8+i])
		}
		d.printf("\n\t      NumTCsSupported: %d", b[16])
	case 3:
		d.dcbxFeature("Priority Flow Control", typ, b, n)
		d.printf("\n\t      PFC Config (0x%02X)", b[4])
		for i := range 8 {
			d.printf("\n\t          Priority Bit %d: %s", i, either(b[4]>>i&1 != 0, "Enabled", "Disabled"))
		}
		d.printf("\n\t      NumTCPFCSupported: %d", b[5])
	case 4:
		d.dcbxFeature("Application", typ, b, n)
		for i := 4; n-i >= 6; i += 6 {
			v := d.u24(b, i+2)
			d.printf("\n\t      Application Value\n\t          Application Protocol ID: 0x%04x", d.u16(b, i))
			d.printf("\n\t          SF (0x%x) Application Protocol ID is %s", v>>22, either(v>>22 != 0, "Socket Number", "L2 EtherType"))
			d.printf("\n\t          OUI: 0x%06x\n\t          User Priority Map: 0x%02x", v&0x3fffff, b[i+5])
		}
	}
}
