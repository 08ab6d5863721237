package textout

var zephyrTypes = []name{
	{0, "unsafe"},
	{1, "unacked"},
	{2, "acked"},
	{3, "hm-ack"},
	{4, "hm-ctl"},
	{5, "serv-ack"},
	{6, "serv-nak"},
	{7, "client-ack"},
	{8, "stat"},
}
