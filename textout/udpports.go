package textout

// udpApp prints the payload of a well-known port; false if it has no printer.
// The order is tcpdump's and counts: the first case that matches wins. Lines
// that are still comments wait for their printer.
func (d *dissector) udpApp(b []byte, length int, sport, dport uint16) bool {
	is := func(p uint16) bool { return sport == p || dport == p }
	switch {
	case is(53):
		d.domain(b, length, false, false)
	case is(5353):
		d.domain(b, length, false, true)
	case is(525):
		d.timed(b)
	case is(69):
		d.tftp(b, length)
	case is(68) || is(67):
		d.bootp(b, length)
	case is(520):
		d.rip(b, length)
	case is(654):
		d.aodv(b, length)
	case is(500):
		d.isakmp(b, length)
	case is(4500):
		d.isakmpNATT(b, length)
	case is(7500) || is(8500):
		d.isakmp(b, length)
	case is(161) || is(162):
		d.snmp(b, length)
	case is(123):
		d.ntp(b, length)
	case is(88) || is(750):
		d.krb(b)
	// case is(1701):
	//	d.l2tp(b, length)
	// case is(137):
	//	d.nbtUDP137(b, length)
	// case is(138):
	//	d.nbtUDP138(b, length)
	// case dport == 3456:
	//	d.vat(b, length)
	case is(2103) || is(2104):
		d.zephyr(b, length)
	// case sport >= 7000 && sport <= 7009 || dport >= 7000 && dport <= 7009:
	//	d.rx(b, length, sport, dport)
	case is(521):
		d.ripng(b, length)
	case is(546) || is(547):
		d.dhcp6(b, length)
	// case is(5359):
	//	d.ahcp(b, length)
	// case is(6696) || is(6697):
	//	d.babel(b, length)
	// case is(8231):
	//	d.hncp(b, length)
	case dport == 4567:
		d.wb(b, length)
	// case is(496):
	//	d.ciscoAutoRP(b, length)
	case is(1645) || is(1812) || is(1646) || is(1813) || is(1700) || is(3799):
		d.radius(b, length)
	case dport == 1985:
		d.hsrp(b, length)
	case is(921):
		d.lwres(b, length)
	// case is(646):
	//	d.ldp(b, length)
	// case is(698):
	//	d.olsr(b, length)
	// case is(3503):
	//	d.lspping(b, length)
	case sport == 49152:
		d.bcmLI(b, length)
	case dport == 3784 || dport == 4784 || dport == 6784 || dport == 3785:
		d.bfd(b, length, dport)
	// case is(701):
	//	d.lmp(b, length)
	// case is(1589):
	//	d.vqp(b, length)
	case is(6343):
		d.sflow(b, length)
	// case dport == 12223:
	//	d.lwappControl(b, length, true)
	// case sport == 12223:
	//	d.lwappControl(b, length, false)
	// case is(12222):
	//	d.lwappData(b, length)
	case is(5060):
		d.sip(b, length)
	case is(514):
		d.syslog(b, length)
	case is(8472):
		d.otv(b, length)
	case is(4789):
		d.vxlan(b, length)
	case is(6081):
		d.geneve(b, length)
	case is(4342):
		d.lisp(b, length)
	case is(4790):
		d.vxlanGPE(b, length)
	// case is(17754):
	//	d.zep(b, length)
	case is(6635):
		d.mpls(b, length)
	// case len(b) > 2 && b[2] == lapDDP && (atalkPort(sport) || atalkPort(dport)):
	//	d.kip(b, length)
	case is(319) || is(320):
		d.ptp(b, length)
	case is(30490):
		d.someip(b, length)
	default:
		return false
	}
	return true
}

// udpTyped prints the payload as -T says, whatever the ports; false if that
// printer is missing.
func (d *dissector) udpTyped(b []byte, length int, sport, dport uint16) bool {
	switch d.opt.Type {
	// case "aodv", "cnfp", "lmp", "pgm", "pgm_zmtp1", "ptp", "radius",
	// "rpc" (prints no addresses itself), "rtcp" (repeated until b ends), "rtp",
	// "snmp", "someip", "tftp", "vat", "vxlan", "wb":
	//	d.udpAddrs(sport, dport)
	//	d.NAME(b, length)
	//	return true
	case "cnfp":
		d.udpAddrs(sport, dport)
		d.cnfp(b, length)
		return true
	case "ptp":
		d.udpAddrs(sport, dport)
		d.ptp(b, length)
		return true
	case "radius":
		d.udpAddrs(sport, dport)
		d.radius(b, length)
		return true
	case "snmp":
		d.udpAddrs(sport, dport)
		d.snmp(b, length)
		return true
	case "someip":
		d.udpAddrs(sport, dport)
		d.someip(b, length)
		return true
	case "tftp":
		d.udpAddrs(sport, dport)
		d.tftp(b, length)
		return true
	case "vxlan":
		d.udpAddrs(sport, dport)
		d.vxlan(b, length)
		return true
	case "wb":
		d.udpAddrs(sport, dport)
		d.wb(b, length)
		return true
	case "rtp":
		d.udpAddrs(sport, dport)
		d.rtp(b, length)
		return true
	case "domain":
		d.udpAddrs(sport, dport)
		d.domain(b, length, false, false)
		return true
	case "pgm", "pgm_zmtp1":
		d.udpAddrs(sport, dport)
		d.pgm(b, length)
		return true
	case "carp", "zmtp1", "resp":
		// These concern other protocols; tcpdump then prints nothing here.
		return true
	}
	return false
}
