package textout

var lispTypes = []name{
	{0, "LISP-Reserved"},
	{1, "LISP-Map-Request"},
	{2, "LISP-Map-Reply"},
	{3, "LISP-Map-Register"},
	{4, "LISP-Map-Notify"},
	{8, "LISP-Encapsulated-Contol-Message"},
}

var lispRegisterFlags = []name{
	{0x8000000, "P-Proxy-Map-Reply"},
	{0x4000000, "S-LISP-SEC-Capable"},
	{0x2000000, "I-xTR-ID-Present"},
	{0x1000000, "R-Build-For-RTR"},
	{0x100, "M-Want-Map-Notify"},
}

var lispNotifyFlags = []name{
	{0x8000000, "I-xTR-ID-Present"},
	{0x4000000, "R-Build-For-RTR"},
}

var lispAuth = []name{
	{0, "None"},
	{1, "SHA1"},
	{2, "SHA256"},
}

var lispActions = []name{
	{0, "No-Action"},
	{1, "Natively-Forward"},
	{2, "Send-Map-Request"},
	{3, "Drop"},
}

var lispLocatorFlags = []name{
	{4, "Local-Locator"},
	{2, "RLoc-Probed"},
	{1, "Reachable"},
}
