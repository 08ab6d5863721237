package textout

// tipc prints a TIPC message, as Linux' cluster protocol had them in version 2.
func (d *dissector) tipc(b []byte, _ int) {
	d.proto = "tipc"
	switch d.u32(b, 0) >> 25 & 0xf {
	case 0, 1, 2, 3, 8, 11:
		d.tipcPayload(b)
	case 13:
		d.tipcLinkConfig(b)
	case 5, 6, 7, 10, 12:
		d.tipcInternal(b)
	}
}

// tipcNode is a node's address as zone.cluster.node.
func tipcNode(v uint32) string {
	return utoa(v>>24) + "." + utoa(v>>12&0xfff) + "." + utoa(v&0xfff)
}

// tipcSizes prints what the first word says of lengths and user.
func (d *dissector) tipcSizes(w0 uint32) {
	d.printf(", headerlength %d bytes, MessageSize %d bytes, %s", (w0>>21&0xf)*4, w0&0x1ffff,
		d.tok(tipcUsers, w0>>25&0xf, "unknown"))
}

func (d *dissector) tipcPayload(b []byte) {
	w0, w1 := d.u32(b, 0), d.u32(b, 4)
	prev, sport, dport := d.u32(b, 12), d.u32(b, 16), d.u32(b, 20)
	kind := d.tok(tipcTypes, w1>>29, "Unknown")
	if w0>>21&0xf <= 6 {
		d.printf("TIPC v%d.0 %s:%d > %d", w0>>29, tipcNode(prev), sport, dport)
		d.tipcSizes(w0)
		d.printf(", messageType %s", kind)
		return
	}
	from, to := d.u32(b, 24), d.u32(b, 28)
	d.printf("TIPC v%d.0 %s:%d > %s:%d", w0>>29, tipcNode(from), sport, tipcNode(to), dport)
	d.tipcSizes(w0)
	d.printf(", messageType %s", kind)
	if d.opt.Verbose > 0 {
		w2 := d.u32(b, 8)
		d.printf("\n\tPrevious Node %s, Broadcast Ack %d, Link Ack %d, Link Sequence %d", tipcNode(prev),
			w1&0xffff, w2>>16, w2&0xffff)
	}
}

func (d *dissector) tipcInternal(b []byte) {
	w0, w1 := d.u32(b, 0), d.u32(b, 4)
	from, to := d.u32(b, 24), d.u32(b, 28)
	d.printf("TIPC v%d.0 %s > %s", w0>>29, tipcNode(from), tipcNode(to))
	d.tipcSizes(w0)
	d.printf(", messageType %s (0x%08x)", d.tok(tipcTypes, w1>>29, "Unknown"), w1)
	if d.opt.Verbose == 0 {
		return
	}
	w2, prev, w4, w5, seq, w9 := d.u32(b, 8), d.u32(b, 12), d.u32(b, 16), d.u32(b, 20), d.u32(b, 32), d.u32(b, 36)
	d.printf("\n\tPrevious Node %s, Session No. %d, Broadcast Ack %d, Sequence Gap %d,  Broadcast Gap After %d, "+
		"Broadcast Gap To %d, Last Sent Packet No. %d, Next sent Packet No. %d, Transport Sequence %d, msg_count %d, "+
		"Link Tolerance %d", tipcNode(prev), w5>>16, w1&0xffff, w1>>16&0x1fff, w2>>16, w2&0xffff, w4>>16, w4&0xffff,
		seq, w9>>16, w9&0xffff)
}

func (d *dissector) tipcLinkConfig(b []byte) {
	w0, w1, domain, prev := d.u32(b, 0), d.u32(b, 4), d.u32(b, 8), d.u32(b, 12)
	d.printf("TIPC v%d.0 %s > %s", w0>>29, tipcNode(prev), tipcNode(domain))
	d.tipcSizes(w0)
	d.printf(", messageType %s", d.tok(tipcLinkTypes, w1>>29, "Unknown"))
	if d.opt.Verbose > 0 {
		network, w5 := d.u32(b, 16), d.u32(b, 20)
		d.printf("\n\tNodeSignature %d, network_id %d, media_id %d", w1&0xffff, network, w5&0xff)
	}
}
