package textout

var itsMessages = []name{
	{0, "CAM"},
	{1, "DENM"},
	{101, "TPEGM"},
	{102, "TSPDM"},
	{103, "VPM"},
	{104, "SRM"},
	{105, "SLAM"},
	{106, "ecoCAM"},
	{107, "ITM"},
	{150, "SA"},
}
