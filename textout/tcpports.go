package textout

// tcpApp prints the payload of a well-known port, if it has a printer. The order
// is tcpdump's and counts: the first case that matches wins. Lines that are still
// comments wait for their printer.
func (d *dissector) tcpApp(b []byte, length int, sport, dport uint16) {
	is := func(p uint16) bool { return sport == p || dport == p }
	switch {
	case is(23):
		d.telnet(b, length)
	case is(25):
		d.put(": ")
		d.smtp(b, length)
	case is(43):
		d.put(": ")
		d.whois(b, length)
	case is(179):
		d.bgp(b, length)
	case is(1723):
		d.pptp(b)
	case is(6379):
		d.resp(b, length)
	case is(22):
		d.ssh(b, length)
	// case is(139):
	//	d.nbtTCP(b, length)
	// case is(445):
	//	d.smbTCP(b, length)
	// case is(10288):
	//	d.beep(b, length)
	// case is(6633) || is(6653):
	//	d.openflow(b, length)
	case is(21):
		d.put(": ")
		d.ftp(b, length)
	case is(80) || is(8080):
		d.put(": ")
		d.http(b, length)
	case is(554) || is(8554):
		d.put(": ")
		d.rtsp(b, length)
	case is(53):
		d.put(" ")
		d.domain(b, length, true, false)
		// case is(639):
		//	d.msdp(b, length)
		// case is(323):
		//	d.rpkiRTR(b, length)
		// case is(646):
		//	d.ldp(b, length)
		// case is(2049) && length >= 4 && len(b) >= 4:
		//	d.nfsTCP(b, length, sport, dport)
	}
}

// tcpTyped prints the payload as -T says, whatever the ports.
func (d *dissector) tcpTyped(b []byte, length int) {
	switch d.opt.Type {
	case "zmtp1":
		d.zmtp1(b, length)
	case "resp":
		d.resp(b, length)
	case "domain":
		d.put(" ")
		d.domain(b, length, true, false)
	}
}
