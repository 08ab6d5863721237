package textout

var wbOps = []name{
	{2, "RECT"},
	{3, "LINE"},
	{4, "ML"},
	{5, "DEL"},
	{6, "XFORM"},
	{7, "ELL"},
	{8, "CHAR"},
	{9, "STR"},
	{10, "NOP"},
	{11, "PSCODE"},
	{12, "PSCOMP"},
	{13, "REF"},
	{14, "SKIP"},
	{15, "HOLE"},
}
