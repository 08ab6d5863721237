package textout

import (
	"fmt"

	"tengu/capture"
)

// The dispatchers below return false for what has no printer: it is then printed
// as tcpdump prints what it does not know. Whoever adds a printer adds its case.

// otherLink prints link types other than the ones in link.go.
func (d *dissector) otherLink(k *capture.Packet) bool {
	return d.rareLink(k.Iface.LinkType, k.Data, int(k.WireLen))
}

// otherEthertype prints EtherTypes other than those in ethertypes.go.
func (d *dissector) otherEthertype(typ uint16, b []byte, length int) bool {
	switch typ {
	case 0x0707, 0x8947:
		d.geonet(b, length)
	case 0x1111:
		d.calmFast(b, length)
	case 0x3c12, 0x3c13, 0x8863, 0x8864:
		d.pppoe(b, length)
	// case 0x6003:
	//	d.decnet(b, length)
	case 0x809b:
		if d.opt.Verbose > 0 {
			d.put("et1 ")
		}
		d.atalk(b, length)
	// case 0x80f3:
	//	d.aarp(b, length)
	case 0x8137:
		d.put("(NOV-ETHII) ")
		d.ipx(b, length)
	// case 0x8808:
	//	d.mpcp(b, length)
	case 0x8809:
		d.slow(b, length)
	case 0x880b:
		if length > 0 {
			d.put(": ")
			d.ppp(b, length)
		}
	case 0x8847, 0x8848:
		d.mpls(b, length)
	case 0x886f:
		d.msnlb(b)
	case 0x888e:
		d.eapol(b)
	// case 0x8899:
	//	d.realtek(b, length)
	case 0x88a2:
		d.aoe(b, length)
	case 0x88ca:
		d.tipc(b, length)
	case 0x88cc:
		d.lldp(b, length)
	case 0x88f7:
		d.ptp(b, length)
	// case 0x8902, 0xabcd:
	//	d.cfm(b, length)
	case 0x894f:
		d.nsh(b, length)
	case 0x9000:
		d.loopback(b, length)
	case 0xfefe:
		if length == 0 || len(b) == 0 {
			d.proto = "isoclns"
			d.truncMark()
			return true
		}
		d.isoclns(b[1:], length-1)
	default:
		return false
	}
	return true
}

// otherProto prints IP protocols other than those in ipproto.go.
func (d *dissector) otherProto(b []byte, length int, nh uint8) bool {
	switch nh {
	case protoIGMP:
		if d.ip.v6 {
			d.requires(protoIGMP, "IPv4")
			return true
		}
		d.igmp(b, length)
	case protoEGP:
		d.egp(b, length)
	// case protoIGRP:
	//	d.igrp(b, length)
	case protoDCCP:
		d.dccp(b, length)
	// case protoRSVP:
	//	d.rsvp(b, length)
	case protoGRE:
		d.gre(b, length)
	case protoESP:
		d.esp(b, length)
	case protoMobile:
		d.mobileIP(b, length)
	case protoND:
		d.put(" nd ")
		d.putInt(int64(length))
	// case protoEIGRP:
	//	d.eigrp(b, length)
	// case protoOSPF:
	//	if d.ip.v6 {
	//		d.ospf6(b, length)
	//	} else {
	//		d.ospf(b, length)
	//	}
	// case protoPIM:
	//	d.pim(b, length)
	case protoIPComp:
		d.ipcomp(b)
	case protoVRRP:
		d.vrrp(b, length)
	case protoPGM:
		d.pgm(b, length)
	case protoSCTP:
		d.sctp(b, length)
	default:
		return false
	}
	return true
}

// ciscoSNAP prints Cisco's protocols behind SNAP (CDP, VTP, …).
func (d *dissector) ciscoSNAP(pid uint16, b []byte, length int) bool {
	switch pid {
	// case 0x0111:
	//	d.udld(b, length)
	case 0x010b, 0x010c:
		d.stp(b, length)
	case 0x2000:
		d.cdp(b, length)
	// case 0x2003:
	//	d.vtp(b, length)
	case 0x2004:
		d.dtp(b, length)
	default:
		return false
	}
	return true
}

// bridgedSNAP prints frames bridged over SNAP (RFC 2684).
func (d *dissector) bridgedSNAP(pid uint16, b []byte, length, pad int) bool {
	switch pid {
	case 0x0001, 0x0007:
		d.need(b, pad)
		d.ether(b[pad:], length-pad)
	// case 0x0003, 0x0009:
	//	d.tokenRing(b[pad:], length-pad)
	// case 0x0004, 0x000a:
	//	d.fddi(b[pad+1:], length-pad-1)
	case 0x000e:
		d.stp(b, length)
	default:
		return false
	}
	return true
}

// netbeui prints NetBEUI frames.
func (d *dissector) netbeui(control uint16, b []byte, length int) bool { return false }

// udpNFS prints NFS over UDP, which goes by port and message direction.
func (d *dissector) udpNFS(b []byte, length int, sport, dport uint16) bool { return false }

func (d *dissector) isoclns(b []byte, length int) { d.unknown(b) }
func (d *dissector) atalk(b []byte, length int)   { d.unknown(b) }
func (d *dissector) ipx(b []byte, length int)     { d.unknown(b) }

// packetTypes are the words of -T.
var packetTypes = []string{
	"aodv", "carp", "cnfp", "domain", "lmp", "pgm", "pgm_zmtp1", "ptp", "radius", "resp", "rpc", "rtcp", "rtp", "snmp",
	"someip", "tftp", "vat", "vxlan", "wb", "zmtp1",
}

func (p *Printer) checkType() error {
	if p.opt.Type == "" {
		return nil
	}
	for _, t := range packetTypes {
		if t == p.opt.Type {
			return nil
		}
	}
	return fmt.Errorf("unknown packet type `%s'", p.opt.Type)
}
