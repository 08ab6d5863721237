package textout

const pptpMagic = 0x1a2b3c4d

var pptpMessages = []string{"NOT_DEFINED", "SCCRQ", "SCCRP", "StopCCRQ", "StopCCRP", "ECHORQ", "ECHORP", "OCRQ",
	"OCRP", "ICRQ", "ICRP", "ICCN", "CCRQ", "CDN", "WEN", "SLI"}

// pptp prints a PPTP control message, RFC 2637.
func (d *dissector) pptp(b []byte) {
	d.proto = "pptp"
	d.put(": pptp")
	verbose := d.opt.Verbose > 0
	if verbose {
		d.printf(" Length=%d", d.u16(b, 0))
		switch d.u16(b, 2) {
		case 1:
			d.put(" CTRL-MSG")
		case 2:
			d.put(" MGMT-MSG")
		default:
			d.put(" UNKNOWN-MSG-TYPE")
		}
	}
	magic := d.u32(b, 4)
	if magic != pptpMagic {
		d.printf(" UNEXPECTED Magic-Cookie!!(%08x)", magic)
	}
	if verbose || magic != pptpMagic {
		d.printf(" Magic-Cookie=%08x", magic)
	}
	typ := d.u16(b, 8)
	if int(typ) >= len(pptpMessages) {
		d.printf(" UNKNOWN_CTRL_MSGTYPE(%d)", typ)
		d.pptpReserved(b, 10, 2)
		return
	}
	d.printf(" CTRL_MSGTYPE=%s", pptpMessages[typ])
	d.pptpReserved(b, 10, 2)
	off := 12
	for _, f := range pptpFields[typ] {
		off = d.pptpField(f, b, off)
	}
}

// pptpReserved complains of a field of size bytes that is not zero.
func (d *dissector) pptpReserved(b []byte, off, size int) {
	v := uint16(0)
	if size == 1 {
		v = uint16(d.u8(b, off))
	} else {
		v = d.u16(b, off)
	}
	if v != 0 {
		d.printf(" [ERROR: reserved=%d must be zero]", v)
	}
}

// A pptpField is a field of a message: how it is printed, under which label or
// with which names.
type pptpField struct {
	kind  byte
	label string
	names []name
}

// Kinds of fields.
const (
	pptpVersion   = iota // 16 bits, major.minor
	pptpReserved1        // 8 bits
	pptpReserved2        // 16 bits
	pptpCode             // 8 bits with a name at -v, after label
	pptpNum2             // 16 bits
	pptpNum4             // 32 bits
	pptpHex4             // 32 bits in hex
	pptpNamed4           // 32 bits by name
	pptpFrameCap         // capabilities
	pptpBearerCap
	pptpString  // 64 bytes
	pptpString2 // 128 bytes
	pptpNumber  // 64 bytes, as many as the length field before says
)

var (
	pptpResultOf = func(names []name) pptpField { return pptpField{pptpCode, "RESULT_CODE", names} }

	pptpError    = pptpField{pptpCode, "ERR_CODE", pptpErrors}
	pptpCallID   = pptpField{pptpNum2, "CALL_ID", nil}
	pptpPeerID   = pptpField{pptpNum2, "PEER_CALL_ID", nil}
	pptpWindow   = pptpField{pptpNum2, "RECV_WIN", nil}
	pptpDelay    = pptpField{pptpNum2, "PROC_DELAY", nil}
	pptpChannel  = pptpField{pptpNum4, "PHY_CHAN_ID", nil}
	pptpSpeed    = pptpField{pptpNum4, "CONN_SPEED", nil}
	pptpCause    = pptpField{pptpNum2, "CAUSE_CODE", nil}
	pptpID       = pptpField{pptpNum4, "ID", nil}
	pptpBearer   = pptpField{pptpNamed4, "BEARER_TYPE", pptpBearers}
	pptpFraming  = pptpField{pptpNamed4, "FRAME_TYPE", pptpFramings}
	pptpSubaddr  = pptpField{pptpString, "SUB_ADDR", nil}
	pptpZero     = pptpField{pptpReserved2, "", nil}
	pptpZeroByte = pptpField{pptpReserved1, "", nil}
)

// pptpEnd ends both start messages.
var pptpEnd = []pptpField{{pptpFrameCap, "", nil}, {pptpBearerCap, "", nil}, {pptpNum2, "MAX_CHAN", nil},
	{pptpNum2, "FIRM_REV", nil}, {pptpString, "HOSTNAME", nil}, {pptpString, "VENDOR", nil}}

var pptpStopReasons = []name{{1, "None"}, {2, "Stop-Protocol"}, {3, "Stop-Local-Shutdown"}}

// pptpFields are the fields of each message.
var pptpFields = [16][]pptpField{
	1: append([]pptpField{{pptpVersion, "", nil}, pptpZero}, pptpEnd...),
	2: append([]pptpField{{pptpVersion, "", nil}, pptpResultOf(pptpStartResults), pptpError}, pptpEnd...),
	3: {{pptpCode, "REASON", pptpStopReasons}, pptpZeroByte, pptpZero},
	4: {pptpResultOf(pptpEchoResults), pptpError, pptpZero},
	5: {pptpID},
	6: {pptpID, pptpResultOf(pptpEchoResults), pptpError, pptpZero},
	7: {pptpCallID, {pptpNum2, "CALL_SER_NUM", nil}, {pptpNum4, "MIN_BPS", nil}, {pptpNum4, "MAX_BPS", nil},
		pptpBearer, pptpFraming, pptpWindow, pptpDelay, {pptpNum2, "PHONE_NO_LEN", nil}, pptpZero,
		{pptpNumber, "PHONE_NO", nil}, pptpSubaddr},
	8: {pptpCallID, pptpPeerID, pptpResultOf(pptpOutResults), pptpError, pptpCause, pptpSpeed, pptpWindow, pptpDelay,
		pptpChannel},
	9: {pptpCallID, {pptpNum2, "CALL_SER_NUM", nil}, pptpBearer, pptpChannel, {pptpNum2, "DIALED_NO_LEN", nil},
		{pptpNum2, "DIALING_NO_LEN", nil}, {pptpNumber, "DIALED_NO", nil}, {pptpNumber, "DIALING_NO", nil}, pptpSubaddr},
	10: {pptpCallID, pptpPeerID, pptpResultOf(pptpInResults), pptpError, pptpWindow, pptpDelay, pptpZero},
	11: {pptpPeerID, pptpZero, pptpSpeed, pptpWindow, pptpDelay, pptpFraming},
	12: {pptpCallID, pptpZero},
	13: {pptpCallID, pptpResultOf(pptpDisconnects), pptpError, pptpCause, pptpZero, {pptpString2, "CALL_STATS", nil}},
	14: {pptpPeerID, pptpZero, {pptpNum4, "CRC_ERR", nil}, {pptpNum4, "FRAMING_ERR", nil},
		{pptpNum4, "HARDWARE_OVERRUN", nil}, {pptpNum4, "BUFFER_OVERRUN", nil}, {pptpNum4, "TIMEOUT_ERR", nil},
		{pptpNum4, "ALIGN_ERR", nil}},
	15: {pptpPeerID, pptpZero, {pptpHex4, "SEND_ACCM", nil}, {pptpHex4, "RECV_ACCM", nil}},
}

// pptpNumberLen is where the length of a telephone number stands.
var pptpNumberLen = map[string]int{"PHONE_NO": 36, "DIALED_NO": 24, "DIALING_NO": 26}

// pptpField prints the field at off and returns where it ends.
func (d *dissector) pptpField(f pptpField, b []byte, off int) int {
	switch f.kind {
	case pptpVersion:
		v := d.u16(b, off)
		d.printf(" PROTO_VER(%d.%d)", v>>8, v&0xff)
		return off + 2
	case pptpReserved1:
		d.pptpReserved(b, off, 1)
		return off + 1
	case pptpReserved2:
		d.pptpReserved(b, off, 2)
		return off + 2
	case pptpCode:
		d.printf(" %s(%d", f.label, d.u8(b, off))
		if d.opt.Verbose > 0 {
			d.printf(":%s", d.tok(f.names, uint32(b[off]), "?"))
		}
		d.put(")")
		return off + 1
	case pptpNum2:
		d.printf(" %s(%d)", f.label, d.u16(b, off))
		return off + 2
	case pptpNum4:
		d.printf(" %s(%d)", f.label, d.u32(b, off))
	case pptpHex4:
		d.printf(" %s(0x%08x)", f.label, d.u32(b, off))
	case pptpNamed4:
		d.printf(" %s(%s)", f.label, d.tok(f.names, d.u32(b, off), "?"))
	case pptpFrameCap:
		v := d.u32(b, off)
		d.printf(" FRAME_CAP(%s%s)", either(v&1 != 0, "A", ""), either(v&2 != 0, "S", ""))
	case pptpBearerCap:
		v := d.u32(b, off)
		d.printf(" BEARER_CAP(%s%s)", either(v&2 != 0, "D", ""), either(v&1 != 0, "A", ""))
	default:
		return d.pptpString(f, b, off)
	}
	return off + 4
}

func (d *dissector) pptpString(f pptpField, b []byte, off int) int {
	n, size := 64, 64
	switch f.kind {
	case pptpString2:
		n, size = 128, 128
	case pptpNumber:
		n = min(64, int(d.u16(b, pptpNumberLen[f.label])))
	}
	d.printf(" %s(", f.label)
	d.putSafeJZ(from(b, off), n)
	d.put(")")
	return off + size
}
