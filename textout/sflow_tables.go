package textout

var sflowSamples = []name{
	{1, "flow sample"},
	{2, "counter sample"},
	{3, "expanded flow sample"},
	{4, "expanded counter sample"},
}

var sflowFlows = []name{
	{1, "Raw packet"},
	{2, "Ethernet frame"},
	{3, "IPv4 Data"},
	{4, "IPv6 Data"},
	{1001, "Extended Switch data"},
	{1002, "Extended Router data"},
	{1003, "Extended Gateway data"},
	{1004, "Extended User data"},
	{1005, "Extended URL data"},
	{1006, "Extended MPLS data"},
	{1007, "Extended NAT data"},
	{1008, "Extended MPLS tunnel"},
	{1009, "Extended MPLS VC"},
	{1010, "Extended MPLS FEC"},
	{1011, "Extended MPLS LVP FEC"},
	{1012, "Extended VLAN Tunnel"},
}

var sflowProtocols = []name{
	{1, "Ethernet"},
	{11, "IPv4"},
	{12, "IPv6"},
}

var sflowCounters = []name{
	{1, "Generic counter"},
	{2, "Ethernet counter"},
	{3, "Token ring counter"},
	{4, "100 BaseVG counter"},
	{5, "Vlan counter"},
	{1001, "Processor counter"},
}

var sflowDirections = []name{
	{0, "unknown"},
	{1, "full-duplex"},
	{2, "half-duplex"},
	{3, "in"},
	{4, "out"},
}
