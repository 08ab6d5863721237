package textout

var pptpBearers = []name{
	{1, "A"},
	{2, "D"},
	{3, "Any"},
}

var pptpErrors = []name{
	{0, "None"},
	{1, "Not-Connected"},
	{2, "Bad-Format"},
	{3, "Bad-Value"},
	{4, "No-Resource"},
	{5, "Bad-Call-ID"},
	{6, "PAC-Error"},
}

var pptpFramings = []name{
	{1, "A"},
	{2, "S"},
	{3, "E"},
}

var pptpStartResults = []name{
	{1, "Successful channel establishment"},
	{2, "General error"},
	{3, "Command channel already exists"},
	{4, "Requester is not authorized to establish a command channel"},
	{5, "The protocol version of the requester is not supported"},
}

var pptpEchoResults = []name{
	{1, "OK"},
	{2, "General Error"},
}

var pptpOutResults = []name{
	{1, "Connected"},
	{2, "General Error"},
	{3, "No Carrier"},
	{4, "Busy"},
	{5, "No Dial Tone"},
	{6, "Time-out"},
	{7, "Do Not Accept"},
}

var pptpInResults = []name{
	{1, "Connect"},
	{2, "General Error"},
	{3, "Do Not Accept"},
}

var pptpDisconnects = []name{
	{1, "Lost Carrier"},
	{2, "General Error"},
	{3, "Admin Shutdown"},
	{4, "Request"},
}
