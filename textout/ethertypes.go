package textout

const (
	etherIP4    = 0x0800
	etherARP    = 0x0806
	etherRARP   = 0x8035
	etherIP6    = 0x86dd
	etherJumbo  = 0x8870
	etherArista = 0xd28b
	etherMACsec = 0x88e5
)

// ethertypeNames are the names that -e shows (ethertype_values).
var ethertypeNames = []name{
	{etherIP4, "IPv4"},
	{etherIP6, "IPv6"},
	{etherARP, "ARP"},
	{0x8847, "MPLS unicast"},
	{0x8848, "MPLS multicast"},
	{0x8100, "802.1Q"},
	{0x9100, "802.1Q-9100"},
	{0x88a8, "802.1Q-QinQ"},
	{0x9200, "802.1Q-9200"},
	{etherMACsec, "802.1AE MACsec"},
	{0x0200, "PUP"},
	{etherRARP, "Reverse ARP"},
	{0x0600, "NS"},
	{0x0500, "Sprite"},
	{0x1000, "Trail"},
	{0x6001, "MOP DL"},
	{0x6002, "MOP RC"},
	{0x6003, "DN"},
	{0x6004, "LAT"},
	{0x6007, "SCA"},
	{0x6558, "TEB"},
	{0x8038, "Lanbridge"},
	{0x803c, "DEC DNS"},
	{0x803e, "DEC DTS"},
	{0x805b, "VEXP"},
	{0x805c, "VPROD"},
	{0x809b, "Appletalk"},
	{0x80f3, "Appletalk ARP"},
	{0x8137, "IPX"},
	{0x880b, "PPP"},
	{0x8808, "MPCP"},
	{0x8809, "Slow Protocols"},
	{0x8863, "PPPoE D"},
	{0x8864, "PPPoE S"},
	{0x888e, "EAPOL"},
	{0x8899, "Realtek protocols"},
	{0x886f, "MS NLB heartbeat"},
	{etherJumbo, "Jumbo"},
	{0x894f, "NSH"},
	{0x9000, "Loopback"},
	{0xfefe, "OSI"},
	{0x00fe, "GRE-OSI"},
	{0xabcd, "CFM (old)"},
	{0x8902, "CFM"},
	{0x893a, "IEEE1905.1"},
	{0x88cc, "LLDP"},
	{0x88ca, "TIPC"},
	{0x0707, "GeoNet (old)"},
	{0x8947, "GeoNet"},
	{0x1111, "CALM FAST"},
	{0x88a2, "AoE"},
	{0x88f7, "PTP"},
	{etherArista, "Arista Vendor Specific Protocol"},
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
	default:
		return d.otherEthertype(typ, b, length)
	}
	return true
}
