package textout

// LLDP TLVs, IEEE 802.1AB section 8.4.
const (
	lldpChassisID  = 1
	lldpPortID     = 2
	lldpTTL        = 3
	lldpPortDescr  = 4
	lldpSysName    = 5
	lldpSysDescr   = 6
	lldpSysCaps    = 7
	lldpMgmtAddr   = 8
	lldpPrivateTLV = 127
)

// lldp prints an LLDP frame.
func (d *dissector) lldp(b []byte, length int) {
	d.proto = "lldp"
	d.printf("LLDP, length %d", length)
	for length >= 2 {
		head := d.u16(b, 0)
		typ, n := head>>9, int(head&0x1ff)
		b, length = b[2:], length-2
		if d.opt.Verbose > 0 {
			d.printf("\n\t%s TLV (%d), length %d", d.tok(lldpTLVs, uint32(typ), "Unknown"), typ, n)
		}
		if typ == 0 || n == 0 {
			return
		}
		d.need(b, n)
		if length < n {
			d.trunc()
		}
		dump := d.lldpTLV(typ, b, n)
		if d.opt.Verbose > 1 || d.opt.Verbose > 0 && dump {
			d.unknownData(b, "\n\t  ", n)
		}
		b, length = b[n:], length-n
	}
}

// lldpTLV prints the n bytes of a TLV and tells whether they are to be dumped.
func (d *dissector) lldpTLV(typ uint16, b []byte, n int) (dump bool) {
	if typ == lldpSysName {
		d.put(": ")
		d.putSafeJZ(b, n)
		return false
	}
	if d.opt.Verbose == 0 {
		return false
	}
	atLeast := func(want int) {
		if n < want {
			d.trunc()
		}
	}
	switch typ {
	case lldpChassisID:
		atLeast(2)
		return d.lldpID(lldpChassis, 4, 5, 7, b, n)
	case lldpPortID:
		atLeast(2)
		return d.lldpID(lldpPorts, 3, 4, 7, b, n)
	case lldpTTL:
		atLeast(2)
		d.printf(": TTL %ds", d.u16(b, 0))
	case lldpPortDescr:
		d.put(": ")
		d.putSafeJZ(b, n)
	case lldpSysDescr:
		d.put("\n\t  ")
		d.putSafeJZ(b, n)
	case lldpSysCaps:
		atLeast(4)
		has, on := d.u16(b, 0), d.u16(b, 2)
		d.printf("\n\t  System  Capabilities [%s] (0x%04x)", d.flags(lldpCapabilities, uint32(has), "none"), has)
		d.printf("\n\t  Enabled Capabilities [%s] (0x%04x)", d.flags(lldpCapabilities, uint32(on), "none"), on)
	case lldpMgmtAddr:
		d.lldpManagement(b, n)
	case lldpPrivateTLV:
		atLeast(3)
		return d.lldpPrivate(b, n)
	default:
		return true
	}
	return false
}

// lldpID prints a chassis or port: mac and net are the subtypes that are
// addresses, others up to last are names.
func (d *dissector) lldpID(names []name, mac, net, last byte, b []byte, n int) (dump bool) {
	sub := b[0]
	d.printf("\n\t  Subtype %s (%d): ", d.tok(names, uint32(sub), "Unknown"), sub)
	switch {
	case sub == mac:
		if n < 7 {
			d.trunc()
		}
		d.put(d.macText(b, 1))
	case sub == net:
		s, ok := d.lldpAddr(b[1:], n-1)
		if !ok {
			d.trunc()
		}
		d.put(s)
	case sub >= 1 && sub <= last:
		d.putSafeJZ(b[1:], n-1)
	default:
		return true
	}
	return false
}

// lldpAddr is an address after its family; false if n is too short for it.
func (d *dissector) lldpAddr(b []byte, n int) (string, bool) {
	if n < 1 {
		return "", false
	}
	family := uint32(d.u8(b, 0))
	word := "AFI " + d.tok(addressFamilies, family, "Unknown") + " (" + utoa(family) + ")"
	size := map[uint32]int{1: 4, 2: 16, 6: 6}[family]
	if n-1 < size {
		return "", false
	}
	switch size {
	case 4:
		return word + ": " + d.ip4Text(b, 1), true
	case 16:
		return word + ": " + d.ip6Text(b, 1), true
	case 6:
		return word + ": " + d.macText(b, 1), true
	}
	return word + ", no AF printer !", true
}

func (d *dissector) lldpManagement(b []byte, n int) {
	size := int(d.u8(b, 0))
	if n-1 < size {
		d.trunc()
	}
	s, ok := d.lldpAddr(b[1:], size)
	if !ok {
		d.trunc()
	}
	d.printf("\n\t  Management Address length %d, %s", size, s)
	b, n = b[1+size:], n-1-size
	if n < 5 {
		d.trunc()
	}
	d.printf("\n\t  %s Interface Numbering (%d): %d", d.tok(lldpNumberings, uint32(d.u8(b, 0)), "Unknown"), b[0], d.u32(b, 1))
	b, n = b[5:], n-5
	if n == 0 {
		return
	}
	oid := int(d.u8(b, 0))
	if n < 1+oid {
		d.trunc()
	}
	if oid != 0 {
		d.printf("\n\t  OID length %d", oid)
		d.putSafeJZ(b[1:], oid)
	}
}

// lldpPrivate prints an organisation's TLV.
func (d *dissector) lldpPrivate(b []byte, n int) (dump bool) {
	oui := d.u24(b, 0)
	d.printf(": OUI %s (0x%06x)", d.tok(ouiNames, oui, "Unknown"), oui)
	sub := func(names []name, least int) bool {
		if n < least {
			return false
		}
		d.printf("\n\t  %s Subtype (%d)", d.tok(names, uint32(b[3]), "unknown"), b[3])
		return true
	}
	switch oui {
	case 0x0080c2:
		return sub(lldp8021Types, 4) && d.lldp8021(b, n)
	case 0x00120f:
		return sub(lldp8023Types, 4) && d.lldp8023(b, n)
	case 0x0012bb:
		return sub(lldpTIATypes, 4) && d.lldpTIA(b, n)
	case 0x001b21:
		return sub(lldpDCBXTypes, 4) && (b[3] == 1 || d.lldpDCBX(b[4:], n-4))
	case 0x00005e:
		if !sub(lldpIANATypes, 8) {
			return false
		}
		if b[3] != 1 {
			return true
		}
		d.put("\n\t  MUD-URL=")
		d.putSafe(b[4:n])
		return false
	}
	return true
}

func (d *dissector) lldp8023(b []byte, n int) (dump bool) {
	least, ok := map[byte]int{1: 9, 2: 7, 3: 9, 4: 6}[b[3]]
	if !ok {
		return true
	}
	if n < least {
		return false
	}
	switch b[3] {
	case 1:
		pmd, mau := d.u16(b, 5), d.u16(b, 7)
		d.printf("\n\t    autonegotiation [%s] (0x%02x)", d.flags(lldpAutoneg, uint32(b[4]), "none"), b[4])
		d.printf("\n\t    PMD autoneg capability [%s] (0x%04x)", d.flags(lldpPMDCapabilities, uint32(pmd), "unknown"), pmd)
		d.printf("\n\t    MAU type %s (0x%04x)", d.tok(lldpMAUTypes, uint32(mau), "unknown"), mau)
	case 2:
		d.printf("\n\t    MDI power support [%s], power pair %s, power class %s", d.flags(lldpMDIFlags, uint32(b[4]), "none"),
			d.tok(lldpPowerPairs, uint32(b[5]), "unknown"), d.tok(lldpPowerClasses, uint32(b[6]), "unknown"))
	case 3:
		d.lldpAggregationStatus(b)
	case 4:
		d.printf("\n\t    MTU size %d", d.u16(b, 4))
	}
	return false
}

func (d *dissector) lldpAggregationStatus(b []byte) {
	d.printf("\n\t    aggregation status [%s], aggregation port ID %d", d.flags(lldpAggregation, uint32(b[4]), "none"), d.u32(b, 5))
}
