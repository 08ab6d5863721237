package textout

var pflogReasons = []name{
	{0, "0(match)"}, {1, "1(bad-offset)"}, {2, "2(fragment)"}, {3, "3(short)"}, {4, "4(normalize)"}, {5, "5(memory)"},
	{6, "6(bad-timestamp)"}, {7, "7(congestion)"}, {8, "8(ip-option)"}, {9, "9(proto-cksum)"}, {10, "10(state-mismatch)"},
	{11, "11(state-insert)"}, {12, "12(state-limit)"}, {13, "13(src-limit)"}, {14, "14(synproxy)"},
}

var pflogActions = []name{
	{0, "pass"}, {1, "block"}, {2, "scrub"}, {4, "nat"}, {5, "nonat"}, {6, "binat"}, {7, "nobinat"}, {8, "rdr"},
	{9, "nordr"}, {10, "synproxy-drop"},
}

var pflogDirections = []name{{0, "in/out"}, {1, "in"}, {2, "out"}}
