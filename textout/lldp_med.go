package textout

// lldpTIA prints a TLV of LLDP-MED, ANSI/TIA-1057.
func (d *dissector) lldpTIA(b []byte, n int) (dump bool) {
	least := map[byte]int{1: 7, 2: 8, 3: 5, 4: 7}[b[3]]
	if n < least {
		return false
	}
	switch sub := b[3]; sub {
	case 1:
		caps := d.u16(b, 4)
		d.printf("\n\t    Media capabilities [%s] (0x%04x)", d.flags(lldpMediaCapabilities, uint32(caps), "none"), caps)
		d.printf("\n\t    Device type [%s] (0x%02x)", d.tok(lldpDevices, uint32(b[6]), "unknown"), b[6])
	case 2:
		d.printf("\n\t    Application type [%s] (0x%02x)", d.tok(lldpApplications, uint32(b[4]), "none"), b[4])
		d.printf(", Flags [%s]", d.flags(lldpPolicyFlags, uint32(b[5]), "none"))
		d.printf("\n\t    Vlan id %d, L2 priority %d, DSCP value %d", (d.u16(b, 5)&0x1ffe)>>1, (d.u16(b, 6)&0x1ff)>>6, d.u16(b, 6)&0x3f)
	case 3:
		d.lldpLocation(b, n)
	case 4:
		d.printf("\n\t    Power type [%s]", either(b[4]&3 != 0, "PD device", "PSE device"))
		d.printf(", Power source [%s]", d.tok(lldpPowerSources, uint32(b[4]&0x30)>>4, "none"))
		d.printf("\n\t    Power priority [%s] (0x%02x)", d.tok(lldpPowerPriorities, uint32(b[4]&0xf), "none"), b[4]&0xf)
		if p := d.u16(b, 5); p < 1024 {
			d.printf(", Power %.1f Watts", float64(float32(p)/10))
		} else {
			d.printf(", Power %d (Reserved)", p)
		}
	case 5, 6, 7, 8, 9, 10, 11:
		d.printf("\n\t  %s ", d.tok(lldpInventory, uint32(sub), "unknown"))
		d.putSafeJZ(b[4:], n-4)
	default:
		return true
	}
	return false
}

// lldpDegrees is a coordinate's value in 34 bits.
func (d *dissector) lldpDegrees(b []byte, off int) uint64 {
	return uint64(b[off]&3)<<32 | uint64(d.u32(b, off+1))
}

func (d *dissector) lldpLocation(b []byte, n int) {
	form := b[4]
	d.printf("\n\t    Location data format %s (0x%02x)", d.tok(lldpLocationForms, uint32(form), "unknown"), form)
	switch form {
	case 1:
		if n < 21 {
			return
		}
		d.printf("\n\t    Latitude resolution %d, latitude value %d", b[5]>>2, d.lldpDegrees(b, 5))
		d.printf("\n\t    Longitude resolution %d, longitude value %d", b[10]>>2, d.lldpDegrees(b, 10))
		d.printf("\n\t    Altitude type %s (%d)", d.tok(lldpAltitudes, uint32(b[15]>>4), "unknown"), b[15]>>4)
		d.printf("\n\t    Altitude resolution %d, altitude value 0x%x", d.u16(b, 15)>>6&0x3f, d.u32(b, 16)&0x3fffffff)
		d.printf("\n\t    Datum %s (0x%02x)", d.tok(lldpDatums, uint32(b[20]), "unknown"), b[20])
	case 2:
		d.lldpCivic(b, n)
	case 3:
		d.put("\n\t    ECS ELIN id ")
		d.putSafeJZ(b[5:], n-5)
	default:
		d.put("\n\t    Location ID ")
		d.unknownData(b[5:], "\n\t      ", n-5)
	}
}

// lldpCivic prints a street address.
func (d *dissector) lldpCivic(b []byte, n int) {
	if n < 6 {
		return
	}
	left := int(b[5])
	if left < 3 || n < 7+left {
		return
	}
	d.printf("\n\t    LCI length %d, LCI what %s (0x%02x), Country-code ", left, d.tok(lldpCivicWhats, uint32(b[6]), "unknown"), b[6])
	d.putSafeJZ(b[7:], 2)
	b, left = b[9:], left-3
	for left >= 2 {
		typ, size := d.u8(b, 0), int(d.u8(b, 1))
		b, left = b[2:], left-2
		d.printf("\n\t      CA type '%s' (%d), length %d: ", d.tok(lldpCivicTypes, uint32(typ), "unknown"), typ, size)
		if typ == 0 || size == 0 || left < size {
			return
		}
		d.putSafeJZ(b, size)
		b, left = from(b, size), left-size
	}
}
