package filter

import "tengu/capture"

// Protocol numbers.
const (
	etherIP     = 0x0800
	etherARP    = 0x0806
	etherRARP   = 0x8035
	etherTEB    = 0x6558 // Ethernet inside GRE and Geneve
	etherDECnet = 0x6003
	etherNS     = 0x0600
	etherIPv6   = 0x86dd
	etherVLAN   = 0x8100
	etherQinQ   = 0x88a8
	etherOldQ   = 0x9100
	etherMPLS   = 0x8847
	etherPPPoED = 0x8863
	etherPPPoES = 0x8864
	etherATalk  = 0x809b
	etherAARP   = 0x80f3
	etherIPX    = 0x8137
	etherMTU    = 1500

	sapIP      = 0x06
	sapSTP     = 0x42
	sapIPX     = 0xe0
	sapNetBEUI = 0xf0
	sapISO     = 0xfe

	protoICMP  = 1
	protoIGMP  = 2
	protoTCP   = 6
	protoIGRP  = 9
	protoUDP   = 17
	protoFrag  = 44
	protoESP   = 50
	protoAH    = 51
	protoICMP6 = 58
	protoNone  = 59
	protoPIM   = 103
	protoVRRP  = 112
	protoSCTP  = 132

	portGeneve = 6081
	portVXLAN  = 4789

	linkPPP = capture.LinkType(9) // inside PPPoE
)

// ipProtos are the words for what IPv4, IPv6 or either ("") carries.
var ipProtos = map[string]struct {
	num  uint32
	over string
}{
	"tcp": {protoTCP, ""}, "udp": {protoUDP, ""}, "sctp": {protoSCTP, ""}, "pim": {protoPIM, ""},
	"ah": {protoAH, ""}, "esp": {protoESP, ""},
	"icmp": {protoICMP, "ip"}, "igmp": {protoIGMP, "ip"}, "igrp": {protoIGRP, "ip"},
	"vrrp": {protoVRRP, "ip"}, "carp": {protoVRRP, "ip"}, "icmp6": {protoICMP6, "ip6"},
}

// linkProtos are the words for what the link layer carries.
var linkProtos = map[string]uint32{
	"ip": etherIP, "arp": etherARP, "rarp": etherRARP, "ip6": etherIPv6,
	"atalk": etherATalk, "aarp": etherAARP, "decnet": etherDECnet, "sca": 0x6007, "lat": 0x6004,
	"mopdl": 0x6001, "moprc": 0x6002, "iso": sapISO, "stp": sapSTP, "ipx": sapIPX, "netbeui": sapNetBEUI,
}

var isoProtos = map[string]uint32{"esis": 0x82, "isis": 0x83, "clnp": 0x81}

// isisTypes are the types of PDU behind the words, in the order of the tests.
var isisTypes = map[string][]uint32{
	"l1":   {26, 24, 18, 15, 17},
	"l2":   {27, 25, 20, 16, 17},
	"iih":  {17, 15, 16},
	"lsp":  {18, 20},
	"snp":  {27, 26, 24, 25},
	"csnp": {24, 25},
	"psnp": {26, 27},
}

// llcTypes are the control fields of LLC frames, and the bits that tell them.
var llcTypes = map[string]struct{ mask, value uint32 }{
	"s": {0x03, 0x01}, "u": {0x03, 0x03}, "i": {0x01, 0x00},
	"rr": {0x0f, 0x01}, "rnr": {0x0f, 0x05}, "rej": {0x0f, 0x09},
	"ui": {0xef, 0x03}, "ua": {0xef, 0x63}, "disc": {0xef, 0x43}, "dm": {0xef, 0x0f},
	"sabme": {0xef, 0x6f}, "test": {0xef, 0xe3}, "xid": {0xef, 0xaf}, "frmr": {0xef, 0x87},
}

// indexed says that bytes of a protocol can be read, and where they begin.
var indexed = map[string]string{
	"link": "link", "ip": "net", "arp": "net", "rarp": "net", "atalk": "net", "decnet": "net",
	"sca": "net", "lat": "net", "moprc": "net", "mopdl": "net", "ip6": "net",
	"sctp": "transport", "tcp": "transport", "udp": "transport", "icmp": "transport",
	"igmp": "transport", "igrp": "transport", "pim": "transport", "vrrp": "transport",
	"carp": "transport", "icmp6": "icmp6", "radio": "radio",
}

// pppType is PPP's number for an Ethernet type.
func pppType(proto uint32) uint32 {
	switch proto {
	case etherIP:
		return 0x21
	case etherIPv6:
		return 0x57
	case etherDECnet:
		return 0x27
	case etherATalk:
		return 0x29
	case etherNS:
		return 0x25
	case sapISO:
		return 0x23
	case sapSTP:
		return 0x31
	case sapIPX:
		return 0x2b
	}
	return proto
}
