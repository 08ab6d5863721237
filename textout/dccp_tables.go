package textout

var dccpTypes = []name{
	{0, "DCCP-Request"},
	{1, "DCCP-Response"},
	{2, "DCCP-Data"},
	{3, "DCCP-Ack"},
	{4, "DCCP-DataAck"},
	{5, "DCCP-CloseReq"},
	{6, "DCCP-Close"},
	{7, "DCCP-Reset"},
	{8, "DCCP-Sync"},
	{9, "DCCP-SyncAck"},
}

var dccpOptions = []name{
	{0, "nop"},
	{1, "mandatory"},
	{2, "slowreceiver"},
	{32, "change_l"},
	{33, "confirm_l"},
	{34, "change_r"},
	{35, "confirm_r"},
	{36, "initcookie"},
	{37, "ndp_count"},
	{38, "ack_vector0"},
	{39, "ack_vector1"},
	{40, "data_dropped"},
	{41, "timestamp"},
	{42, "timestamp_echo"},
	{43, "elapsed_time"},
	{44, "data_checksum"},
}
