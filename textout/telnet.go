package textout

import "strconv"

// Telnet commands, RFC 854.
const (
	telnetFirst = 236 // EOF
	telnetSE    = 240
	telnetSB    = 250
	telnetIAC   = 255

	telnetAuthentication = 37
	telnetEncrypt        = 38
)

var (
	telnetCommands = []string{"EOF", "SUSP", "ABORT", "EOR", "SE", "NOP", "DMARK", "BRK", "IP", "AO", "AYT", "EC", "EL",
		"GA", "SB", "WILL", "WONT", "DO", "DONT", "IAC"}
	telnetOptions = []string{"BINARY", "ECHO", "RCP", "SUPPRESS GO AHEAD", "NAME", "STATUS", "TIMING MARK", "RCTE", "NAOL",
		"NAOP", "NAOCRD", "NAOHTS", "NAOHTD", "NAOFFD", "NAOVTS", "NAOVTD", "NAOLFD", "EXTEND ASCII", "LOGOUT", "BYTE MACRO",
		"DATA ENTRY TERMINAL", "SUPDUP", "SUPDUP OUTPUT", "SEND LOCATION", "TERMINAL TYPE", "END OF RECORD", "TACACS UID",
		"OUTPUT MARKING", "TTYLOC", "3270 REGIME", "X.3 PAD", "NAWS", "TSPEED", "LFLOW", "LINEMODE", "XDISPLOC", "OLD-ENVIRON",
		"AUTHENTICATION", "ENCRYPT", "NEW-ENVIRON"}
	telnetQualifiers   = []string{"IS", "SEND", "INFO"}
	telnetAuthCommands = []string{"IS", "SEND", "REPLY", "NAME"}
	telnetAuthTypes    = []string{"NULL", "KERBEROS_V4", "KERBEROS_V5", "SPX", "MINK", "SRP", "RSA", "SSL", "", "", "LOKI",
		"SSA", "KEA_SJ", "KEA_SJ_INTEG", "DSS", "NTLM"}
	telnetEncCommands = []string{"IS", "SUPPORT", "REPLY", "START", "END", "REQUEST-START", "REQUEST-END", "END_KEYID",
		"DEC_KEYID"}
	telnetEncTypes = []string{"NULL", "DES_CFB64", "DES_OFB64", "DES3_CFB64", "DES3_OFB64", "", "CAST5_40_CFB64",
		"CAST5_40_OFB64", "CAST128_CFB64", "CAST128_OFB64"}
)

// telnet prints the commands at the beginning of a segment.
func (d *dissector) telnet(b []byte, length int) {
	d.proto = "telnet"
	dump := d.opt.HexASCII > 0 && d.opt.Verbose > 2
	first, off := true, 0
	for off < length && d.u8(b, off) == telnetIAC {
		n, text, ok := d.telnetText(b[off:], length-off)
		if !ok {
			break
		}
		switch {
		case dump:
			d.putIf(first, "\nTelnet:")
			d.hexRows(b[off:off+n], "\n", off)
			if n > 8 {
				d.put("\n\t\t\t\t")
			} else {
				d.printf("%*s\t", (8-n)*3, "")
			}
		case first:
			d.put(" [telnet ")
		default:
			d.put(", ")
		}
		d.put(text)
		first = false
		off += n
	}
	if !first {
		d.put(either(dump, "\n", "]"))
	}
}

// telnetText returns a command's text and length. If the capture ends in it,
// nothing of it is printed.
func (d *dissector) telnetText(b []byte, length int) (n int, text string, ok bool) {
	mark := len(d.out)
	defer func() { d.out = d.out[:mark] }()
	n, ok = d.telnetCommand(b, length)
	return n, string(d.out[mark:]), ok
}

// telnetWord is a word's name, or its number in hex.
func telnetWord(words []string, c byte) string {
	if s := ikeAt(words, uint32(c)); s != "" {
		return s
	}
	return telnetHex(c)
}

func telnetHex(c byte) string {
	if c == 0 {
		return "0"
	}
	return "0x" + strconv.FormatUint(uint64(c), 16)
}

// telnetCommand prints a command and returns its length; false if it is not one
// or not whole.
func (d *dissector) telnetCommand(b []byte, length int) (n int, ok bool) {
	if length < 2 {
		return 0, false
	}
	c := d.u8(b, 1)
	switch {
	case c == telnetIAC:
		d.put("IAC IAC")
		return 2, true
	case c < telnetFirst:
		return 0, false
	case c < telnetSB:
		d.put(telnetCommands[c-telnetFirst])
		return 2, true
	case length < 3:
		return 0, false
	}
	option := d.u8(b, 2)
	d.printf("%s %s", telnetCommands[c-telnetFirst], telnetWord(telnetOptions, option))
	if c != telnetSB {
		return 3, true
	}
	return d.telnetSub(option, b, length)
}

// telnetSub prints a subnegotiation, up to IAC SE.
func (d *dissector) telnetSub(option byte, b []byte, length int) (n int, ok bool) {
	end := 3
	for length > end+1 {
		if d.u8(b, end) == telnetIAC && d.u8(b, end+1) == telnetSE {
			break
		}
		end++
	}
	if d.u8(b, end) != telnetIAC {
		return 0, false
	}
	words := [][]string{telnetQualifiers}
	switch option {
	case telnetAuthentication:
		words = [][]string{telnetAuthCommands, telnetAuthTypes}
	case telnetEncrypt:
		words = [][]string{telnetEncCommands, telnetEncTypes}
	}
	off := 3
	for _, w := range words {
		if off < end {
			d.printf(" %s", telnetWord(w, b[off]))
			off++
		}
	}
	for ; off < end; off++ {
		d.printf(" %s", telnetHex(b[off]))
	}
	d.put(" SE")
	return end + 2, true
}
