package textout

var sctpChunks = []name{
	{0, "DATA"},
	{1, "INIT"},
	{2, "INIT ACK"},
	{3, "SACK"},
	{4, "HB REQ"},
	{5, "HB ACK"},
	{6, "ABORT"},
	{7, "SHUTDOWN"},
	{8, "SHUTDOWN ACK"},
	{9, "OP ERR"},
	{0xa, "COOKIE ECHO"},
	{0xb, "COOKIE ACK"},
	{0xc, "ECN ECHO"},
	{0xd, "ECN CWR"},
	{0xe, "SHUTDOWN COMPLETE"},
	{0xc0, "FOR CUM TSN"},
	{0xc1, "REL CTRL"},
	{0xc2, "REL CTRL ACK"},
}

var forcesChannels = []name{
	{6704, "ForCES HP"},
	{6705, "ForCES MP"},
	{6706, "ForCES LP"},
}

var sctpPayloads = []name{
	{1, "ISDN Q.921"},
	{2, "M2UA"},
	{3, "M3UA"},
	{4, "SUA"},
	{5, "M2PA"},
	{6, "V5.2"},
	{7, "H.248"},
	{8, "BICC"},
	{9, "TALI"},
	{10, "DUA"},
	{11, "ASAP"},
	{12, "ENRP"},
	{13, "H.323"},
	{14, "Q.IPC"},
	{15, "SIMCO"},
	{16, "DDPSC"},
	{17, "DDPSSC"},
	{18, "S1AP"},
	{19, "RUA"},
	{20, "HNBAP"},
	{21, "ForCES HP"},
	{22, "ForCES MP"},
	{23, "ForCES LP"},
	{24, "SBc-AP"},
	{25, "NBAP"},
	{27, "X2AP"},
}

var m3uaClasses = []name{
	{0, "Management"},
	{1, "Transfer"},
	{2, "SS7"},
	{3, "ASP"},
	{4, "ASP"},
	{9, "Routing Key Management"},
}

var m3uaManagement = []name{
	{0, "Error"},
	{1, "Notify"},
}

var m3uaTransfer = []name{
	{1, "Data"},
}

var m3uaSS7 = []name{
	{1, "Destination Unavailable"},
	{2, "Destination Available"},
	{3, "Destination State Audit"},
	{4, "Signalling Congestion"},
	{5, "Destination User Part Unavailable"},
	{6, "Destination Restricted"},
}

var m3uaASPState = []name{
	{1, "Up"},
	{2, "Down"},
	{3, "Heartbeat"},
	{4, "Up Acknowledgement"},
	{5, "Down Acknowledgement"},
	{6, "Heartbeat Acknowledgement"},
}

var m3uaASPTraffic = []name{
	{1, "Active"},
	{2, "Inactive"},
	{3, "Active Acknowledgement"},
	{4, "Inactive Acknowledgement"},
}

var m3uaRouting = []name{
	{1, "Registration Request"},
	{2, "Registration Response"},
	{3, "Deregistration Request"},
	{4, "Deregistration Response"},
}

var m3uaParams = []name{
	{4, "INFO String"},
	{6, "Routing Context"},
	{7, "Diagnostic Info"},
	{9, "Heartbeat Data"},
	{0xb, "Traffic Mode Type"},
	{0xc, "Error Code"},
	{0xd, "Status"},
	{0x11, "ASP Identifier"},
	{0x12, "Affected Point Code"},
	{0x13, "Correlation ID"},
	{0x200, "Network Appearance"},
	{0x204, "User/Cause"},
	{0x205, "Congestion Indications"},
	{0x206, "Concerned Destination"},
	{0x207, "Routing Key"},
	{0x208, "Registration Result"},
	{0x209, "Deregistration Result"},
	{0x20a, "Local Routing Key Identifier"},
	{0x20b, "Destination Point Code"},
	{0x20c, "Service Indicators"},
	{0x20e, "Originating Point Code List"},
	{0x210, "Protocol Data"},
	{0x212, "Registration Status"},
	{0x213, "Deregistration Status"},
}
