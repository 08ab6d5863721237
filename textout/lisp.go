package textout

// LISP control messages that are printed whole, RFC 6830 section 6.1.
const (
	lispMapRegister = 3
	lispMapNotify   = 4
)

// lisp prints a LISP control message.
func (d *dissector) lisp(b []byte, length int) {
	d.proto = "lisp"
	d.need(b, 16)
	verbose := d.opt.Verbose > 0
	typ := b[0] >> 4
	d.printf("%s,", d.tok(lispTypes, uint32(typ), "unknown-type-%u"))
	var xtrID bool
	switch typ {
	case lispMapRegister:
		xtrID = b[0]&2 != 0
		if verbose {
			d.printf(" flags [%s],", d.flags(lispRegisterFlags, d.u32(b, 0), "none"))
		}
	case lispMapNotify:
		xtrID = b[0]&8 != 0
		if verbose {
			d.printf(" flags [%s],", d.flags(lispNotifyFlags, d.u32(b, 0), "none"))
		}
	default:
		return
	}
	records, authLen := int(b[3]), int(d.u16(b, 14))
	off := 16
	if verbose {
		d.printf("\n    %d record(s), Authentication %s,", records, d.tok(lispAuth, uint32(d.u16(b, 12)), "unknown-type"))
		d.hexAt(b, off, authLen, "\n    Authentication-Data: ")
	} else {
		d.printf(" %d record(s),", records)
	}
	off += authLen
	if records == 0 {
		d.invalid()
		return
	}
	for ; length > off && records != 0; records-- {
		var ok bool
		if off, ok = d.lispRecord(b, off); !ok {
			return
		}
	}
	switch {
	case xtrID && !have(b, off, 24):
		d.invalid()
	case xtrID:
		d.hexAt(b, off, 16, "\n    xTR-ID: ")
		d.printf("\n    SITE-ID: %d", d.u64(b, off+16))
	case off < len(b):
		d.hexAt(b, off, len(b)-off, "\n    Data: ")
	}
}

// hexAt dumps n bytes at off; the packet ends if they were not all captured.
func (d *dissector) hexAt(b []byte, off, n int, indent string) {
	d.hexBytes(within(from(b, off), n), indent)
	d.need(b, off+n)
}

// lispRecord prints an EID record with its locators and returns where it ends.
func (d *dissector) lispRecord(b []byte, off int) (int, bool) {
	verbose := d.opt.Verbose > 0
	r := d.bytes(b, off, 12)
	off += 12
	d.put("\n")
	locators := int(r[4])
	if verbose {
		d.printf("      Record TTL %d,", d.u32(r, 0))
		if r[6]&0x10 != 0 {
			d.put(" Authoritative,")
		} else {
			d.put(" Non-Authoritative,")
		}
		d.printf(" %s, Map Version: %d,", d.tok(lispActions, uint32(r[6]>>5), "unknown"), d.u16(r, 8)&0xfff)
	}
	switch d.u16(r, 10) {
	case 1:
		d.printf(" EID %s/%d,", d.ip4Text(b, off), r[5])
		off += 4
	case 2:
		d.printf(" EID %s/%d,", d.ip6Text(b, off), r[5])
		off += 16
	default:
		return off, false
	}
	d.printf(" %d locator(s)", locators)
	for range locators {
		off = d.lispLocator(b, off)
	}
	return off, true
}

func (d *dissector) lispLocator(b []byte, off int) int {
	l := d.bytes(b, off, 8)
	off += 8
	verbose := d.opt.Verbose > 0
	d.putIf(verbose, "\n       ")
	switch d.u16(l, 6) {
	case 1:
		d.printf(" LOC %s", d.ip4Text(b, off))
		off += 4
	case 2:
		d.printf(" LOC %s", d.ip6Text(b, off))
		off += 16
	}
	if verbose {
		d.printf("\n          Priority/Weight %d/%d, Multicast Priority/Weight %d/%d,", l[0], l[1], l[2], l[3])
		d.printf(" flags [%s],", d.flags(lispLocatorFlags, uint32(d.u16(l, 4)), "none"))
	}
	return off
}
