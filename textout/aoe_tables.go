package textout

var aoeCommands = []name{
	{0, "Issue ATA Command"},
	{1, "Query Config Information"},
	{2, "MAC Mask List"},
	{3, "Reserve/Release"},
}

var aoeFlags = []name{
	{8, "Response"},
	{4, "Error"},
	{2, "MBZ-1"},
	{1, "MBZ-0"},
}

var aoeErrors = []name{
	{1, "Unrecognized command code"},
	{2, "Bad argument parameter"},
	{3, "Device unavailable"},
	{4, "Config string present"},
	{5, "Unsupported version"},
	{6, "Target is reserved"},
}

var aoeATAFlags = []name{
	{0x80, "MBZ-7"},
	{0x40, "Ext48"},
	{0x20, "MBZ-5"},
	{0x10, "Device"},
	{8, "MBZ-3"},
	{4, "MBZ-2"},
	{2, "Async"},
	{1, "Write"},
}

var aoeConfig = []name{
	{0, "read config string"},
	{1, "test config string"},
	{2, "test config string prefix"},
	{3, "set config string"},
	{4, "force set config string"},
}

var aoeMACCommands = []name{
	{0, "Read Mac Mask List"},
	{1, "Edit Mac Mask List"},
}

var aoeMACErrors = []name{
	{1, "Unspecified Error"},
	{2, "Bad DCmd directive"},
	{3, "Mask list full"},
}

var aoeDirectives = []name{
	{0, "No Directive"},
	{1, "Add mac address to mask list"},
	{2, "Delete mac address from mask list"},
}

var aoeReserve = []name{
	{0, "Read reserve list"},
	{1, "Set reserve list"},
	{2, "Force set reserve list"},
}
