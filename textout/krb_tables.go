package textout

var krb4Types = []name{
	{2, "KDC_REQUEST"},
	{4, "KDC_REPLY"},
	{6, "APPL_REQUEST"},
	{8, "APPL_REQUEST_MUTUAL"},
	{10, "ERR_REPLY"},
	{12, "PRIVATE"},
	{14, "SAFE"},
	{16, "APPL_ERR"},
	{126, "DIE"},
}

var krb4Errors = []name{
	{0, "OK"},
	{1, "NAME_EXP"},
	{2, "SERVICE_EXP"},
	{3, "AUTH_EXP"},
	{4, "PKT_VER"},
	{5, "NAME_MAST_KEY_VER"},
	{6, "SERV_MAST_KEY_VER"},
	{7, "BYTE_ORDER"},
	{8, "PRINCIPAL_UNKNOWN"},
	{9, "PRINCIPAL_NOT_UNIQUE"},
	{10, "NULL_KEY"},
}
