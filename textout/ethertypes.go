package textout

const (
	etherIP4    = 0x0800
	etherARP    = 0x0806
	etherRARP   = 0x8035
	etherIP6    = 0x86dd
	etherJumbo  = 0x8870
	etherArista = 0xd28b
)

// ethertypeNames are the names that -e shows (ethertype_values).
var ethertypeNames = []name{
	{etherIP4, "IPv4"},
	{etherIP6, "IPv6"},
	{0x8100, "802.1Q"},
	{0x88a8, "802.1Q-QinQ"},
	{0x9100, "802.1Q-9100"},
	{0x9200, "802.1Q-9200"},
	{0x0200, "PUP"},
	{etherARP, "ARP"},
	{etherRARP, "Reverse ARP"},
	{0x0600, "NS"},
	{0x0500, "SPRITE"},
	{0x1000, "TRAIL"},
	{0x6001, "MOP DL"},
	{0x6002, "MOP RC"},
	{0x6003, "DN"},
	{0x6004, "LAT"},
	{0x6007, "SCA"},
	{0x6558, "TEB"},
	{0x803d, "LANBridge"}, // DECnet LAN bridge family
	{0x8038, "LANBridge"},
	{0x803c, "DECDNS"},
	{0x803e, "DECDTS"},
	{0x805b, "VEXP"},
	{0x805c, "VPROD"},
	{etherArista, "Arista Vendor Protocol"},
	{0x809b, "Appletalk"},
	{0x80f3, "Appletalk ARP"},
	{0x8137, "IPX"},
	{0x880b, "PPP"},
	{0x8847, "MPLS unicast"},
	{0x8848, "MPLS multicast"},
	{0x8863, "PPPoE D"},
	{0x8864, "PPPoE S"},
	{0x3c12, "PPPoE D 2"},
	{0x3c13, "PPPoE S 2"},
	{0x8888, "MS NLB heartbeat"},
	{etherJumbo, "Jumbo"},
	{0x888e, "EAPOL"},
	{0x8899, "RRCP"},
	{0x8809, "Slow Protocols"},
	{0x9000, "Loopback"},
	{0x88ca, "TIPC"},
	{0x88cc, "LLDP"},
	{0x88a2, "AoE"},
	{0x8902, "CFM"},
	{0x88e5, "802.1AE MACsec"},
	{0x8808, "MPCP"},
	{0x894f, "NSH"},
	{0x8947, "GeoNet"},
	{0x0707, "GeoNetworking (OLD)"},
	{0x1749, "CALM FAST"},
	{0x88f7, "PTP"},
	{0x893a, "IEEE 1905.1"},
	{0xfefe, "OSI"},
}

// ethertype prints the payload of a known type, or returns false.
func (d *dissector) ethertype(typ uint16, b []byte, length int) bool {
	switch typ {
	case etherIP4:
		d.ip4(b, length)
	case etherIP6:
		d.ip6(b, length)
	case etherARP, etherRARP:
		d.arp(b, length)
	case 0x6558:
		d.ether(b, length)
	default:
		return d.otherEthertype(typ, b, length)
	}
	return true
}
