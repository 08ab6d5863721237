package textout

// Protocols that are lines of text; textLine prints them.

var httpCommands = []string{
	"GET", "PUT", "COPY", "HEAD", "LOCK", "MOVE", "POLL", "POST", "BCOPY", "BMOVE", "MKCOL", "TRACE", "LABEL", "MERGE",
	"DELETE", "SEARCH", "UNLOCK", "REPORT", "UPDATE", "NOTIFY", "BDELETE", "CONNECT", "OPTIONS", "CHECKIN", "PROPFIND",
	"CHECKOUT", "CCM_POST", "SUBSCRIBE", "PROPPATCH", "BPROPFIND", "BPROPPATCH", "UNCHECKOUT", "MKACTIVITY",
	"MKWORKSPACE", "UNSUBSCRIBE", "RPC_CONNECT", "VERSION-CONTROL", "BASELINE-CONTROL",
}

var rtspCommands = []string{
	"DESCRIBE", "ANNOUNCE", "GET_PARAMETER", "OPTIONS", "PAUSE", "PLAY", "RECORD", "REDIRECT", "SETUP",
	"SET_PARAMETER", "TEARDOWN",
}

var sipCommands = []string{
	"ACK", "BYE", "CANCEL", "DO", "INFO", "INVITE", "MESSAGE", "NOTIFY", "OPTIONS", "PRACK", "QAUTH", "REFER",
	"REGISTER", "SPRACK", "SUBSCRIBE", "UPDATE", "PUBLISH",
}

func (d *dissector) http(b []byte, length int) {
	d.proto = "http"
	d.textLine(b, length, httpCommands, true)
}

func (d *dissector) rtsp(b []byte, length int) {
	d.proto = "rtsp"
	d.textLine(b, length, rtspCommands, true)
}

func (d *dissector) sip(b []byte, length int) {
	d.proto = "sip"
	d.textLine(b, length, sipCommands, true)
}

func (d *dissector) smtp(b []byte, length int) {
	d.proto = "smtp"
	d.textLine(b, length, nil, false)
}

func (d *dissector) ftp(b []byte, length int) {
	d.proto = "ftp"
	d.textLine(b, length, nil, false)
}

func (d *dissector) whois(b []byte, length int) {
	d.proto = "whois"
	d.textLine(b, length, nil, false)
}

// ssh prints the line that says the version; the rest is not text.
func (d *dissector) ssh(b []byte, length int) {
	d.proto = "ssh"
	for i := range 4 {
		if d.u8(b, i) != "SSH-"[i] {
			return
		}
	}
	for i := 4; i < length; i++ {
		switch c := d.u8(b, i); {
		case c == '\n', c == '\r' && i+1 < length && d.u8(b, i+1) == '\n':
			d.put(": SSH: ")
			d.put(string(b[:i]))
			return
		case c < 0x20 || c > 0x7e:
			return
		}
	}
}
