package textout

var ptpTypes = []name{
	{0, "sync msg"},
	{1, "delay req msg"},
	{2, "peer delay req msg"},
	{3, "peer delay resp msg"},
	{8, "follow up msg"},
	{9, "delay resp msg"},
	{0xa, "pdelay resp fup msg"},
	{0xb, "announce msg"},
	{0xc, "signalling msg"},
	{0xd, "management msg"},
}

var ptpControls = []name{
	{0, "Sync"},
	{1, "Delay_Req"},
	{2, "Follow_Up"},
	{3, "Delay_Resp"},
	{4, "Management"},
	{5, "Other"},
}

var ptpFlags = []name{
	{1, "l1 61"},
	{2, "l1 59"},
	{4, "utc reasonable"},
	{8, "timescale"},
	{0x10, "time tracable"},
	{0x20, "frequency tracable"},
	{0x100, "alternate master"},
	{0x200, "two step"},
	{0x400, "unicast"},
	{0x1000, "profile specific 1"},
	{0x2000, "profile specific 2"},
	{0x4000, "security mask"},
	{0x18c0, "unknown"},
}
