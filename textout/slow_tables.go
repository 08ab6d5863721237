package textout

var slowProtocols = []name{
	{1, "LACP"},
	{2, "MARKER"},
	{3, "OAM"},
}

var oamFlags = []name{
	{1, "Link Fault"},
	{2, "Dying Gasp"},
	{4, "Critical Event"},
	{8, "Local Evaluating"},
	{0x10, "Local Stable"},
	{0x20, "Remote Evaluating"},
	{0x40, "Remote Stable"},
}

var oamCodes = []name{
	{0, "Information"},
	{1, "Event Notification"},
	{2, "Variable Request"},
	{3, "Variable Response"},
	{4, "Loopback Control"},
	{0xfe, "Vendor Private"},
}

var oamInfoTypes = []name{
	{0, "End of TLV marker"},
	{1, "Local"},
	{2, "Remote"},
	{0xfe, "Organization specific"},
}

var oamParserStates = []name{
	{0, "forwarding"},
	{1, "looping back"},
	{2, "discarding"},
	{3, "reserved"},
}

var oamMuxStates = []name{
	{0, "forwarding"},
	{4, "discarding"},
}

var oamConfigs = []name{
	{1, "Active"},
	{2, "Unidirectional"},
	{4, "Remote-Loopback"},
	{8, "Link-Events"},
	{0x10, "Variable-Retrieval"},
}

var oamLinkEvents = []name{
	{0, "End of TLV marker"},
	{1, "Errored Symbol Period Event"},
	{2, "Errored Frame Event"},
	{3, "Errored Frame Period Event"},
	{4, "Errored Frame Seconds Summary Event"},
	{0xfe, "Organization specific"},
}

var oamLoopbacks = []name{
	{1, "Enable OAM Remote Loopback"},
	{2, "Disable OAM Remote Loopback"},
}

var slowTLVs = []name{
	{256, "Terminator"},
	{257, "Actor Information"},
	{258, "Partner Information"},
	{259, "Collector Information"},
	{512, "Terminator"},
	{513, "Marker Information"},
}

var lacpStates = []name{
	{1, "Activity"},
	{2, "Timeout"},
	{4, "Aggregation"},
	{8, "Synchronization"},
	{0x10, "Collecting"},
	{0x20, "Distributing"},
	{0x40, "Default"},
	{0x80, "Expired"},
}
