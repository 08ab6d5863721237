package textout

import "encoding/binary"

// krb prints Kerberos version 4, and which version others are.
func (d *dissector) krb(b []byte) {
	d.proto = "krb"
	switch v := d.u8(b, 0); v {
	case 1, 2, 3:
		d.printf(" v%d", v)
	case 4:
		d.put(" v4")
		d.krb4(b)
	case 106, 107:
		d.put(" v5")
	}
}

// krb4String prints bytes up to a NUL and returns what follows it.
func (d *dissector) krb4String(b []byte) []byte {
	for i, c := range b {
		if c == 0 {
			return b[i+1:]
		}
		d.putChar(c)
	}
	d.trunc()
	return nil
}

// krb4Principal prints name.instance@realm.
func (d *dissector) krb4Principal(b []byte) []byte {
	b = d.krb4String(from(b, 2))
	d.put(".")
	b = d.krb4String(b)
	d.put("@")
	return d.krb4String(b)
}

func (d *dissector) krb4(b []byte) {
	little := d.u8(b, 1)&1 != 0
	short := func(b []byte, off int) uint16 {
		d.need(b, off+2)
		if little {
			return binary.LittleEndian.Uint16(b[off:])
		}
		return binary.BigEndian.Uint16(b[off:])
	}
	typ := b[1] &^ 1
	d.printf(" %s %s: ", either(little, "le", "be"), d.tok(krb4Types, uint32(typ), ""))
	switch typ {
	case 1 << 1:
		b = d.krb4Principal(b)
		d.printf(" %dmin ", int(d.u8(b, 4))*5)
		b = d.krb4String(b[5:])
		d.put(".")
		d.krb4String(b)
	case 3 << 1:
		d.printf("v%d ", d.u8(b, 2))
		b = d.krb4String(b[3:])
		d.printf(" (%d)", d.u8(b, 0))
		d.printf(" (%d)", d.u8(b, 1))
	case 2 << 1:
		b = d.krb4Principal(b)
		d.printf(" (%d)", short(b, 10))
	case 5 << 1:
		b = d.krb4Principal(b)
		d.printf(" %s ", d.tok(krb4Errors, uint32(short(b, 4)), ""))
		d.krb4String(from(b, 8))
	default:
		d.put("(unknown)")
	}
}
