package textout

var vsockTransports = []name{
	{0, "UNKNOWN"},
	{1, "NO_INFO"},
	{2, "VIRTIO"},
}

var vsockOps = []name{
	{0, "UNKNOWN"},
	{1, "CONNECT"},
	{2, "DISCONNECT"},
	{3, "CONTROL"},
	{4, "PAYLOAD"},
}

var virtioTypes = []name{
	{1, "STREAM"},
}

var virtioOps = []name{
	{0, "INVALID"},
	{1, "REQUEST"},
	{2, "RESPONSE"},
	{3, "RST"},
	{4, "SHUTDOWN"},
	{5, "RW"},
	{6, "CREDIT UPDATE"},
	{7, "CREDIT REQUEST"},
}
