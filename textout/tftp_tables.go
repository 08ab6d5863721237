package textout

var tftpOps = []name{
	{1, "RRQ"},
	{2, "WRQ"},
	{3, "DATA"},
	{4, "ACK"},
	{5, "ERROR"},
	{6, "OACK"},
}

var tftpErrors = []name{
	{0, "EUNDEF"},
	{1, "ENOTFOUND"},
	{2, "EACCESS"},
	{3, "ENOSPACE"},
	{4, "EBADOP"},
	{5, "EBADID"},
	{6, "EEXISTS"},
	{7, "ENOUSER"},
}
