package textout

var syslogSeverities = []name{
	{0, "emergency"},
	{1, "alert"},
	{2, "critical"},
	{3, "error"},
	{4, "warning"},
	{5, "notice"},
	{6, "info"},
	{7, "debug"},
}

var syslogFacilities = []name{
	{0, "kernel"},
	{1, "user"},
	{2, "mail"},
	{3, "daemon"},
	{4, "auth"},
	{5, "syslog"},
	{6, "lpr"},
	{7, "news"},
	{8, "uucp"},
	{9, "cron"},
	{10, "authpriv"},
	{11, "ftp"},
	{12, "ntp"},
	{13, "security"},
	{14, "console"},
	{15, "cron"},
	{16, "local0"},
	{17, "local1"},
	{18, "local2"},
	{19, "local3"},
	{20, "local4"},
	{21, "local5"},
	{22, "local6"},
	{23, "local7"},
}

// syslog prints a syslog message, RFC 3164.
func (d *dissector) syslog(b []byte, length int) {
	d.proto = "syslog"
	if d.u8(b, 0) != '<' {
		d.invalid()
		return
	}
	off, pri := 1, 0
	for off <= 3 && digit(d.u8(b, off)) {
		pri = pri*10 + int(b[off]-'0')
		off++
	}
	if d.u8(b, off) != '>' {
		d.invalid()
		return
	}
	off++
	facility, severity := uint32((pri&0x3f8)>>3), uint32(pri&7)
	if d.opt.Verbose == 0 {
		d.put("SYSLOG ")
		d.putTok(syslogFacilities, facility, "unknown (%u)")
		d.putByte('.')
		d.putTok(syslogSeverities, severity, "unknown (%u)")
		d.put(", length: ")
		d.putInt(int64(length))
		return
	}
	d.printf("SYSLOG, length: %d\n\tFacility %s (%d), Severity %s (%d)\n\tMsg: ", length,
		d.tok(syslogFacilities, facility, "unknown (%u)"), facility,
		d.tok(syslogSeverities, severity, "unknown (%u)"), severity)
	if length > off {
		d.putSafeN(from(b, off), length-off)
	}
	if d.opt.Verbose > 1 {
		d.unknownData(b, "\n\t", length)
	}
}
