package textout

var dsaModes = []name{
	{0, "To CPU"},
	{1, "From CPU"},
	{2, "To Sniffer"},
	{3, "Forward"},
}

var dsaCodes = []name{
	{0, "BPDU (MGMT) Trap"},
	{1, "Frame2Reg"},
	{2, "IGMP/MLD Trap"},
	{3, "Policy Trap"},
	{4, "ARP Mirror"},
	{5, "Policy Mirror"},
}

var brcmTE = []name{
	{0, "None"},
	{1, "Untag"},
	{2, "Header"},
	{3, "Reserved"},
}

var brcmReasons = []name{
	{1, "mirror"},
	{2, "MAC learning"},
	{4, "switching"},
	{8, "prot term"},
	{16, "prot snoop"},
	{32, "exception"},
}

var bcmDirections = []name{
	{1, "unused"},
	{2, "egress"},
	{3, "ingress"},
}

var bcmTypes = []name{
	{4, "undecided"},
	{5, "ipv4"},
	{6, "ipv6"},
	{7, "ethernet"},
}

var bcmSubtypes = []name{
	{1, "single VLAN tag"},
	{2, "double VLAN tag"},
	{3, "untagged"},
}
