package textout

// eapol prints an 802.1X frame.
func (d *dissector) eapol(b []byte) {
	d.proto = "eap"
	d.need(b, 4)
	typ, n := b[1], int(d.u16(b, 2))
	d.printf("%s (%d) v%d, len %d", d.tok(eapolTypes, uint32(typ), "unknown"), typ, b[0], n)
	if d.opt.Verbose == 0 || typ != 0 {
		return
	}
	if n == 0 {
		d.trunc()
	}
	d.put(", ")
	d.eap(b[4:], n)
}

// eap prints an EAP packet, RFC 3748, of length bytes.
func (d *dissector) eap(b []byte, length int) {
	code, n := d.u8(b, 0), int(d.u16(b, 2))
	if n != length {
		d.put("EAP fragment?")
		return
	}
	d.printf("%s (%d), id %d, len %d", d.tok(eapCodes, uint32(code), "unknown"), code, b[1], n)
	if n < 4 {
		d.put(" (too short for EAP header)")
		return
	}
	d.need(b, n)
	if code != 1 && code != 2 {
		return
	}
	if n < 5 {
		d.put(" (too short for EAP request/response)")
		return
	}
	d.printf("\n\t\t Type %s (%d)", d.tok(eapMethods, uint32(b[4]), "unknown"), b[4])
	d.eapMethod(b[4], b[:n])
}

// eapShort are the words for methods that need a byte after the type.
var eapShort = map[byte]string{
	2: "Notification", 3: "Legacy NAK", 13: "TLS/TTLS", 21: "TLS/TTLS", 43: "FAST", 18: "SIM/AKA", 23: "SIM/AKA",
}

func (d *dissector) eapMethod(method byte, b []byte) {
	word := eapShort[method]
	if word != "" && len(b) < 6 {
		d.printf(" (too short for EAP %s request/response)", word)
		return
	}
	switch method {
	case 1:
		if len(b) > 5 {
			d.put(", Identity: ")
			d.putSafeJZ(b[5:], len(b)-5)
		}
	case 2:
		d.put(", Notification: ")
		d.putSafeJZ(b[5:], len(b)-5)
	case 3:
		sep := ""
		for _, m := range b[5:] {
			d.printf("%s %s (%d)", sep, d.tok(eapMethods, uint32(m), "unknown"), m)
			sep = ","
		}
	case 13, 21, 43:
		if method == 21 {
			d.printf(" TTLSv%d", b[5]&7)
		} else if method == 43 {
			d.printf(" FASTv%d", b[5]&7)
		}
		d.printf(" flags [%s] 0x%02x", d.flags(eapTLSFlags, uint32(b[5]), "none"), b[5])
		if b[5]&0x80 == 0 {
			return
		}
		if len(b) < 10 {
			d.printf(" (too short for EAP %s request/response with length)", word)
			return
		}
		d.printf(", len %d", d.u32(b, 6))
	case 18, 23:
		d.printf(" subtype [%s] 0x%02x", d.tok(eapAKASubtypes, uint32(b[5]), "unknown"), b[5])
	}
}
