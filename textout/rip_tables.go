package textout

var ripCommands = []name{
	{1, "Request"},
	{2, "Response"},
	{3, "Trace on"},
	{4, "Trace off"},
	{5, "Poll"},
	{6, "Poll Entry"},
}

var bsdFamilies = []name{
	{2, "IPv4"},
	{6, "NS"},
	{7, "ISO"},
	{16, "Appletalk"},
	{23, "IPX"},
	{24, "IPv6"},
	{28, "IPv6"},
	{30, "IPv6"},
}
