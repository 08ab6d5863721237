package textout

var someipTypes = []name{
	{0, "REQUEST"},
	{1, "REQUEST_NO_RETURN"},
	{2, "NOTIFICATION"},
	{0x80, "RESPONSE"},
	{0x81, "ERROR"},
	{0x20, "TP_REQUEST"},
	{0x21, "TP_REQUEST_NO_RETURN"},
	{0x22, "TP_NOTIFICATION"},
	{0xa0, "TP_RESPONSE"},
	{0xa1, "TP_ERROR"},
}

var someipReturns = []name{
	{0, "E_OK"},
	{1, "E_NOT_OK"},
	{2, "E_UNKNOWN_SERVICE"},
	{3, "E_UNKNOWN_METHOD"},
	{4, "E_NOT_READY"},
	{5, "E_NOT_REACHABLE"},
	{6, "E_TIMEOUT"},
	{7, "E_WRONG_PROTOCOL_VERSION"},
	{8, "E_WRONG_INTERFACE_VERSION"},
	{9, "E_MALFORMED_MESSAGE"},
	{0xa, "E_WRONG_MESSAGE_TYPE"},
	{0xb, "E_E2E_REPEATED"},
	{0xc, "E_E2E_WRONG_SEQUENCE"},
	{0xd, "E_E2E"},
	{0xe, "E_E2E_NOT_AVAILABLE"},
	{0xf, "E_E2E_NO_NEW_DATA"},
}
