package textout

var tipcUsers = []name{
	{0, "Low Importance Data payload"},
	{1, "Medium Importance Data payload"},
	{2, "High Importance Data payload"},
	{3, "Critical Importance Data payload"},
	{5, "Broadcast Link Protocol internal"},
	{6, "Message Bundler Protocol internal"},
	{7, "Link State Protocol internal"},
	{8, "Connection Manager internal"},
	{10, "Link Changeover Protocol internal"},
	{11, "Name Table Update Protocol internal"},
	{12, "Message Fragmentation Protocol internal"},
	{13, "Neighbor Detection Protocol internal"},
}

var tipcTypes = []name{
	{0, "CONN_MSG"},
	{1, "MCAST_MSG"},
	{2, "NAMED_MSG"},
	{3, "DIRECT_MSG"},
}

var tipcLinkTypes = []name{
	{0, "Link request"},
	{1, "Link response"},
}
