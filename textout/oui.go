package textout

// ouiNames are the makers tcpdump knows by name (oui.c).
var ouiNames = []name{
	{0x000000, "Ethernet"},
	{0x00000c, "Cisco"},
	{0x000142, "Cisco"},
	{0x000081, "Nortel Networks SONMP"},
	{0x0000f8, "Cisco bridged"},
	{0x009069, "Juniper"},
	{0x004096, "Cisco"},
	{0x0080c2, "802.1"},
	{0x080007, "Appletalk"},
	{0x0050f2, "Microsoft"},
	{0x00120f, "IEEE 802.3"},
	{0x0012bb, "ANSI/TIA"},
	{0x001018, "Broadcom"},
	{0x525400, "Realtek"},
}
