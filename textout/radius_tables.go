package textout

var radiusServices = []string{
	"", "Login", "Framed", "Callback Login", "Callback Framed", "Outbound", "Administrative", "NAS Prompt", "Authenticate Only", "Callback NAS Prompt", "Call Check", "Callback Administrative", "Voice", "Fax", "Modem Relay", "IAPP-Register", "IAPP-AP-Check", "Authorize Only", "Framed-Management", "Additional-Authorization",
}

var radiusFramed = []string{
	"", "PPP", "SLIP", "ARAP", "Gandalf proprietary", "Xylogics IPX/SLIP", "X.75 Synchronous", "GPRS PDP Context",
}

var radiusRouting = []string{
	"None", "Send", "Listen", "Send&Listen",
}

var radiusCompression = []string{
	"None", "VJ TCP/IP", "IPX", "Stac-LZS",
}

var radiusLogins = []string{
	"Telnet", "Rlogin", "TCP Clear", "PortMaster(proprietary)", "LAT", "X.25-PAD", "X.25-T3POS", "Unassigned", "TCP Clear Quiet",
}

var radiusTerminations = []string{
	"Default", "RADIUS-Request",
}

var radiusFilters = []string{
	"", "Enabled", "Disabled",
}

var radiusPortTypes = []string{
	"Async", "Sync", "ISDN Sync", "ISDN Async V.120", "ISDN Async V.110", "Virtual", "PIAFS", "HDLC Clear Channel", "X.25", "X.75", "G.3 Fax", "SDSL", "ADSL-CAP", "ADSL-DMT", "ISDN-DSL", "Ethernet", "xDSL", "Cable", "Wireless - Other", "Wireless - IEEE 802.11", "Token-Ring", "FDDI", "Wireless - CDMA200", "Wireless - UMTS", "Wireless - 1X-EV", "IAPP", "FTTP", "Wireless - IEEE 802.16", "Wireless - IEEE 802.20", "Wireless - IEEE 802.22", "PPPoA", "PPPoEoA", "PPPoEoE", "PPPoEoVLAN", "PPPoEoQinQ", "xPON", "Wireless - XGP", "WiMAX Pre-Release 8 IWK Function", "WIMAX-WIFI-IWK", "WIMAX-SFF", "WIMAX-HA-LMA", "WIMAX-DHCP", "WIMAX-LBS", "WIMAX-WVS",
}

var radiusAcctStatus = []string{
	"", "Start", "Stop", "Interim-Update", "Unassigned", "Unassigned", "Unassigned", "Accounting-On", "Accounting-Off", "Tunnel-Start", "Tunnel-Stop", "Tunnel-Reject", "Tunnel-Link-Start", "Tunnel-Link-Stop", "Tunnel-Link-Reject", "Failed",
}

var radiusAcctAuth = []string{
	"", "RADIUS", "Local", "Remote", "Diameter",
}

var radiusAcctCauses = []string{
	"", "User Request", "Lost Carrier", "Lost Service", "Idle Timeout", "Session Timeout", "Admin Reset", "Admin Reboot", "Port Error", "NAS Error", "NAS Request", "NAS Reboot", "Port Unneeded", "Port Preempted", "Port Suspended", "Service Unavailable", "Callback", "User Error", "Host Request", "Supplicant Restart", "Reauthentication Failure", "Port Reinitialized", "Port Administratively Disabled", "Lost Power",
}

var radiusTunnels = []string{
	"", "PPTP", "L2F", "L2TP", "ATMP", "VTP", "AH", "IP-IP", "MIN-IP-IP", "ESP", "GRE", "DVS", "IP-in-IP Tunneling", "VLAN",
}

var radiusMedia = []string{
	"", "IPv4", "IPv6", "NSAP", "HDLC", "BBN 1822", "802", "E.163", "E.164", "F.69", "X.121", "IPX", "Appletalk", "Decnet IV", "Banyan Vines", "E.164 with NSAP subaddress",
}

var radiusZones = []string{
	"", "Only access to dfl zone", "Use zone filter inc.", "Not used", "Use zone filter exc.",
}

var radiusPrompts = []string{
	"No Echo", "Echo",
}

// radiusAttributes are the attributes by type.
var radiusAttributes = []radiusAttribute{
	0:   {"", radiusHidden, nil},
	1:   {"User-Name", radiusString, nil},
	2:   {"User-Password", radiusHidden, nil},
	3:   {"CHAP-Password", radiusHidden, nil},
	4:   {"NAS-IP-Address", radiusAddress, nil},
	5:   {"NAS-Port", radiusNumber, nil},
	6:   {"Service-Type", radiusNumber, radiusServices},
	7:   {"Framed-Protocol", radiusNumber, radiusFramed},
	8:   {"Framed-IP-Address", radiusAddress, nil},
	9:   {"Framed-IP-Netmask", radiusAddress, nil},
	10:  {"Framed-Routing", radiusNumber, radiusRouting},
	11:  {"Filter-Id", radiusString, nil},
	12:  {"Framed-MTU", radiusNumber, nil},
	13:  {"Framed-Compression", radiusNumber, radiusCompression},
	14:  {"Login-IP-Host", radiusAddress, nil},
	15:  {"Login-Service", radiusNumber, radiusLogins},
	16:  {"Login-TCP-Port", radiusNumber, nil},
	17:  {"Unassigned", radiusHidden, nil},
	18:  {"Reply-Message", radiusString, nil},
	19:  {"Callback-Number", radiusString, nil},
	20:  {"Callback-Id", radiusString, nil},
	21:  {"Unassigned", radiusHidden, nil},
	22:  {"Framed-Route", radiusString, nil},
	23:  {"Framed-IPX-Network", radiusNumber, nil},
	24:  {"State", radiusString, nil},
	25:  {"Class", radiusString, nil},
	26:  {"Vendor-Specific", radiusVendor, nil},
	27:  {"Session-Timeout", radiusNumber, nil},
	28:  {"Idle-Timeout", radiusNumber, nil},
	29:  {"Termination-Action", radiusNumber, radiusTerminations},
	30:  {"Called-Station-Id", radiusString, nil},
	31:  {"Calling-Station-Id", radiusString, nil},
	32:  {"NAS-Identifier", radiusString, nil},
	33:  {"Proxy-State", radiusString, nil},
	34:  {"Login-LAT-Service", radiusString, nil},
	35:  {"Login-LAT-Node", radiusString, nil},
	36:  {"Login-LAT-Group", radiusString, nil},
	37:  {"Framed-AppleTalk-Link", radiusNumber, nil},
	38:  {"Framed-AppleTalk-Network", radiusNumber, nil},
	39:  {"Framed-AppleTalk-Zone", radiusString, nil},
	40:  {"Acct-Status-Type", radiusNumber, radiusAcctStatus},
	41:  {"Acct-Delay-Time", radiusNumber, nil},
	42:  {"Acct-Input-Octets", radiusNumber, nil},
	43:  {"Acct-Output-Octets", radiusNumber, nil},
	44:  {"Acct-Session-Id", radiusString, nil},
	45:  {"Acct-Authentic", radiusNumber, radiusAcctAuth},
	46:  {"Acct-Session-Time", radiusNumber, nil},
	47:  {"Acct-Input-Packets", radiusNumber, nil},
	48:  {"Acct-Output-Packets", radiusNumber, nil},
	49:  {"Acct-Terminate-Cause", radiusNumber, radiusAcctCauses},
	50:  {"Acct-Multi-Session-Id", radiusString, nil},
	51:  {"Acct-Link-Count", radiusNumber, nil},
	52:  {"Acct-Input-Gigawords", radiusNumber, nil},
	53:  {"Acct-Output-Gigawords", radiusNumber, nil},
	54:  {"Unassigned", radiusHidden, nil},
	55:  {"Event-Timestamp", radiusTime, nil},
	56:  {"Egress-VLANID", radiusNumber, nil},
	57:  {"Ingress-Filters", radiusNumber, radiusFilters},
	58:  {"Egress-VLAN-Name", radiusString, nil},
	59:  {"User-Priority-Table", radiusHidden, nil},
	60:  {"CHAP-Challenge", radiusString, nil},
	61:  {"NAS-Port-Type", radiusNumber, radiusPortTypes},
	62:  {"Port-Limit", radiusNumber, nil},
	63:  {"Login-LAT-Port", radiusString, nil},
	64:  {"Tunnel-Type", radiusNumber, radiusTunnels},
	65:  {"Tunnel-Medium-Type", radiusNumber, radiusMedia},
	66:  {"Tunnel-Client-Endpoint", radiusString, nil},
	67:  {"Tunnel-Server-Endpoint", radiusString, nil},
	68:  {"Acct-Tunnel-Connection", radiusString, nil},
	69:  {"Tunnel-Password", radiusString, nil},
	70:  {"ARAP-Password", radiusStrange, nil},
	71:  {"ARAP-Features", radiusStrange, nil},
	72:  {"ARAP-Zone-Access", radiusNumber, radiusZones},
	73:  {"ARAP-Security", radiusString, nil},
	74:  {"ARAP-Security-Data", radiusString, nil},
	75:  {"Password-Retry", radiusNumber, nil},
	76:  {"Prompt", radiusNumber, radiusPrompts},
	77:  {"Connect-Info", radiusString, nil},
	78:  {"Configuration-Token", radiusString, nil},
	79:  {"EAP-Message", radiusString, nil},
	80:  {"Message-Authenticator", radiusString, nil},
	81:  {"Tunnel-Private-Group-ID", radiusString, nil},
	82:  {"Tunnel-Assignment-ID", radiusString, nil},
	83:  {"Tunnel-Preference", radiusNumber, nil},
	84:  {"ARAP-Challenge-Response", radiusStrange, nil},
	85:  {"Acct-Interim-Interval", radiusNumber, nil},
	86:  {"Acct-Tunnel-Packets-Lost", radiusNumber, nil},
	87:  {"NAS-Port-Id", radiusString, nil},
	88:  {"Framed-Pool", radiusString, nil},
	89:  {"CUI", radiusString, nil},
	90:  {"Tunnel-Client-Auth-ID", radiusString, nil},
	91:  {"Tunnel-Server-Auth-ID", radiusString, nil},
	92:  {"NAS-Filter-Rule", radiusString, nil},
	93:  {"Unassigned", radiusHidden, nil},
	94:  {"Originating-Line-Info", radiusHidden, nil},
	95:  {"NAS-IPv6-Address", radiusAddress6, nil},
	96:  {"Framed-Interface-ID", radiusHidden, nil},
	97:  {"Framed-IPv6-Prefix", radiusPrefix6, nil},
	98:  {"Login-IPv6-Host", radiusAddress6, nil},
	99:  {"Framed-IPv6-Route", radiusString, nil},
	100: {"Framed-IPv6-Pool", radiusString, nil},
	101: {"Error-Cause", radiusStrange, nil},
	102: {"EAP-Key-Name", radiusHidden, nil},
	103: {"Digest-Response", radiusString, nil},
	104: {"Digest-Realm", radiusString, nil},
	105: {"Digest-Nonce", radiusString, nil},
	106: {"Digest-Response-Auth", radiusString, nil},
	107: {"Digest-Nextnonce", radiusString, nil},
	108: {"Digest-Method", radiusString, nil},
	109: {"Digest-URI", radiusString, nil},
	110: {"Digest-Qop", radiusString, nil},
	111: {"Digest-Algorithm", radiusString, nil},
	112: {"Digest-Entity-Body-Hash", radiusString, nil},
	113: {"Digest-CNonce", radiusString, nil},
	114: {"Digest-Nonce-Count", radiusString, nil},
	115: {"Digest-Username", radiusString, nil},
	116: {"Digest-Opaque", radiusString, nil},
	117: {"Digest-Auth-Param", radiusString, nil},
	118: {"Digest-AKA-Auts", radiusString, nil},
	119: {"Digest-Domain", radiusString, nil},
	120: {"Digest-Stale", radiusString, nil},
	121: {"Digest-HA1", radiusString, nil},
	122: {"SIP-AOR", radiusString, nil},
	123: {"Delegated-IPv6-Prefix", radiusPrefix6, nil},
	124: {"MIP6-Feature-Vector", radiusFeatures, nil},
	125: {"MIP6-Home-Link-Prefix", radiusHomeLink, nil},
	126: {"Operator-Name", radiusOperator, nil},
	127: {"Location-Information", radiusLocationInfo, nil},
	128: {"Location-Data", radiusLocationData, nil},
	129: {"Basic-Location-Policy-Rules", radiusLocationRules, nil},
}

var radiusCodes = []name{
	{1, "Access-Request"},
	{2, "Access-Accept"},
	{3, "Access-Reject"},
	{4, "Accounting-Request"},
	{5, "Accounting-Response"},
	{11, "Access-Challenge"},
	{12, "Status-Server"},
	{13, "Status-Client"},
	{40, "Disconnect-Request"},
	{41, "Disconnect-ACK"},
	{42, "Disconnect-NAK"},
	{43, "CoA-Request"},
	{44, "CoA-ACK"},
	{45, "CoA-NAK"},
	{255, "Reserved"},
}

var radiusTagged = []name{
	{0x31, "Tagged"},
	{0x32, "Untagged"},
}

var radiusErrorCauses = []name{
	{201, "Residual Session Context Removed"},
	{202, "Invalid EAP Packet (Ignored)"},
	{401, "Unsupported Attribute"},
	{402, "Missing Attribute"},
	{403, "NAS Identification Mismatch"},
	{404, "Invalid Request"},
	{405, "Unsupported Service"},
	{406, "Unsupported Extension"},
	{407, "Invalid Attribute Value"},
	{501, "Administratively Prohibited"},
	{502, "Request Not Routable (Proxy)"},
	{503, "Session Context Not Found"},
	{504, "Session Context Not Removable"},
	{505, "Other Proxy Processing Error"},
	{506, "Resources Unavailable"},
	{507, "Request Initiated"},
	{508, "Multiple Session Selection Unsupported"},
	{509, "Location Info Required"},
}

var radiusOperators = []name{
	{0x30, "TADIG"},
	{0x31, "REALM"},
	{0x32, "E212"},
	{0x33, "ICC"},
}

var radiusLocationCodes = []name{
	{0, "Civic"},
	{1, "Geospatial"},
}

var radiusLocationEntities = []name{
	{0, "User"},
	{1, "RADIUS"},
}

var radiusPolicyFlags = []name{
	{1, "MBZ-15"},
	{2, "MBZ-14"},
	{4, "MBZ-13"},
	{8, "MBZ-12"},
	{0x10, "MBZ-11"},
	{0x20, "MBZ-10"},
	{0x40, "MBZ-9"},
	{0x80, "MBZ-8"},
	{0x100, "MBZ-7"},
	{0x200, "MBZ-6"},
	{0x400, "MBZ-5"},
	{0x800, "MBZ-4"},
	{0x1000, "MBZ-3"},
	{0x2000, "MBZ-2"},
	{0x4000, "MBZ-1"},
	{0x8000, "Retransmission Allowed"},
}
