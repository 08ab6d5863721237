package textout

// DCCP packet types, RFC 4340 section 5.1.
const (
	dccpRequest  = 0
	dccpResponse = 1
	dccpDataPkt  = 2
	dccpReset    = 7
	dccpSyncAck  = 9
)

var dccpResetCodes = []string{"unspecified", "closed", "aborted", "no_connection", "packet_error",
	"option_error", "mandatory_error", "connection_refused", "bad_service_code", "too_busy",
	"bad_init_cookie", "aggression_penalty"}

var dccpFeatures = []string{"reserved", "ccid", "allow_short_seqno", "sequence_window", "ecn_incapable",
	"ack_ratio", "send_ack_vector", "send_ndp_count", "minimum checksum coverage", "check data checksum"}

// dccp prints a DCCP packet.
func (d *dissector) dccp(b []byte, length int) {
	d.proto = "dccp"
	d.need(b, 12)
	fixed := 12
	if length >= 12 && b[8]&1 != 0 {
		fixed = 16
	}
	if length < fixed {
		d.printf("truncated-dccp - %d bytes missing!", fixed-length)
		return
	}
	d.need(b, fixed)
	d.putIPFrom()
	d.printf(".%d > ", d.u16(b, 0))
	d.putIPTo()
	d.printf(".%d: ", d.u16(b, 2))
	d.caps()
	header := int(b[4]) * 4
	if d.opt.Quiet {
		d.printf(" %d", uint32(length-header))
		if header > length {
			d.printf(" [bad hdr length %d - too long, > %d]", header, length)
		}
		return
	}
	if d.opt.Verbose > 0 {
		d.dccpCoverage(b, length)
	}
	d.put(" ")
	typ := b[8] >> 1 & 15
	fixed, ok := d.dccpType(typ, b, length, fixed)
	if !ok {
		return
	}
	if typ != dccpDataPkt && typ != dccpRequest {
		d.dccpAck(b)
	}
	if d.opt.Verbose < 2 {
		return
	}
	d.printf("seq %d", dccpSeq(d, b))
	if header > fixed {
		d.dccpOptions(b, fixed, header)
	}
}

// dccpCoverage prints the checksum and what it covers.
func (d *dissector) dccpCoverage(b []byte, length int) {
	cscov := int(b[5] & 15)
	d.printf(" (CCVal %d, CsCov %d", b[5]>>4, cscov)
	if len(b) >= length {
		covered := length
		if cscov != 0 {
			covered = min(length, (int(b[4])+cscov-1)*4)
		}
		have := d.u16(b, 6)
		d.printf(", cksum 0x%04x ", have)
		if sum := d.transportSum(b[:covered], length, protoDCCP); sum != 0 {
			d.printf("(incorrect -> 0x%04x)", shouldBe(have, sum))
		} else {
			d.put("(correct)")
		}
	}
	d.put(")")
}

// dccpType prints the type and its fields, and returns where options begin.
func (d *dissector) dccpType(typ byte, b []byte, length, fixed int) (options int, ok bool) {
	name := d.tok(dccpTypes, uint32(typ), "unknown-type-%u")
	more := 8
	switch {
	case typ == dccpRequest:
		more = 4
	case typ == dccpResponse || typ == dccpReset:
		more = 12
	case typ == dccpDataPkt || typ > dccpSyncAck:
		d.printf("%s ", name)
		return fixed, true
	}
	end := fixed + more
	if length < end {
		d.printf("truncated-%s - %d bytes missing!", name, end-length)
		return 0, false
	}
	switch typ {
	case dccpRequest:
		d.printf("%s (service=%d) ", name, d.u32(b, fixed))
	case dccpResponse:
		d.need(b, end)
		d.printf("%s (service=%d) ", name, d.u32(b, fixed+8))
	case dccpReset:
		d.need(b, end)
		why := "invalid"
		if c := int(b[fixed+8]); c < len(dccpResetCodes) {
			why = dccpResetCodes[c]
		}
		d.printf("%s (code=%s) ", name, why)
	default:
		d.printf("%s ", name)
	}
	return end, true
}

func dccpSeq(d *dissector, b []byte) uint64 {
	if b[8]&1 != 0 {
		return uint64(d.u16(b, 10))<<32 | uint64(d.u32(b, 12))
	}
	return uint64(d.u24(b, 9))
}

func (d *dissector) dccpAck(b []byte) {
	n := uint64(0)
	if b[8]&1 != 0 {
		n = uint64(d.u16(b, 18))<<32 | uint64(d.u32(b, 20))
	} else {
		n = uint64(d.u24(b, 13))
	}
	d.printf("(ack=%d) ", n)
}

func (d *dissector) dccpOptions(b []byte, off, end int) {
	d.put(" <")
	for {
		n := d.dccpOption(from(b, off), end-off)
		if n == 0 || end-off <= n {
			break
		}
		off += n
		d.put(", ")
	}
	d.put(">")
}

// dccpOption prints one option of at most room bytes and returns its length, 0
// if there is nothing more to print.
func (d *dissector) dccpOption(b []byte, room int) int {
	typ, n := d.u8(b, 0), 1
	name := d.tok(dccpOptions, uint32(typ), "Option %u")
	if typ >= 128 {
		name = "CCID option " + utoa(uint32(typ))
	}
	if typ >= 32 {
		if n = int(d.u8(b, 1)); n < 2 {
			d.printf("%s optlen too short", name)
			return 0
		}
	}
	if room < n {
		d.printf("%s optlen goes past header length", name)
		return 0
	}
	if len(b) < n {
		d.truncMark()
		return 0
	}
	d.put(name)
	d.dccpOptionValue(typ, b[:n])
	return n
}

func (d *dissector) dccpOptionValue(typ byte, b []byte) {
	n := len(b)
	switch {
	case typ >= 128 && n == 4, typ == 43 && n == 4:
		d.printf(" %d", d.u16(b, 2))
	case typ >= 128 && n == 6, typ >= 41 && typ <= 43 && n == 6:
		d.printf(" %d", d.u32(b, 2))
	case typ >= 32 && typ <= 35:
		d.dccpFeature(b)
	case typ == 36 || typ >= 38 && typ <= 40:
		if n > 2 {
			d.printf(" 0x%x", b[2:])
		}
	case typ == 37:
		for _, c := range b[2:] {
			d.printf(" %d", c)
		}
	case typ == 41:
		d.put(" [optlen != 6]")
	case typ == 42 && n == 8:
		d.printf(" %d (elapsed time %d)", d.u32(b, 2), d.u16(b, 6))
	case typ == 42 && n == 10:
		d.printf(" %d (elapsed time %d)", d.u32(b, 2), d.u32(b, 6))
	case typ == 42:
		d.put(" [optlen != 6 or 8 or 10]")
	case typ == 43:
		d.put(" [optlen != 4 or 6]")
	case typ == 44 && n > 2:
		d.printf(" %x", b[2:])
	}
}

func (d *dissector) dccpFeature(b []byte) {
	if len(b) < 3 {
		d.put(" optlen too short")
		return
	}
	if int(b[2]) >= len(dccpFeatures) {
		return
	}
	d.printf(" %s", dccpFeatures[b[2]])
	for _, c := range b[3:] {
		d.printf(" %d", c)
	}
}
