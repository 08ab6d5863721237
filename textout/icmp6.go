package textout

var icmp6Names = []name{
	{1, "destination unreachable"}, {2, "packet too big"}, {3, "time exceeded in-transit"}, {4, "parameter problem"},
	{128, "echo request"}, {129, "echo reply"}, {130, "multicast listener query"}, {131, "multicast listener report"},
	{132, "multicast listener done"}, {133, "router solicitation"}, {134, "router advertisement"},
	{135, "neighbor solicitation"}, {136, "neighbor advertisement"}, {137, "redirect"}, {138, "router renumbering"},
	{139, "node information query"}, {140, "node information reply"}, {141, "inverse neighbor solicitation"},
	{142, "inverse neighbor advertisement"}, {143, "multicast listener report v2"},
	{144, "dad request"}, {145, "dad reply"}, {146, "mobile router solicitation"}, {147, "mobile router advertisement"},
	{151, "multicast router advertisement"}, {152, "multicast router solicitation"}, {153, "multicast router termination"},
	{155, "RPL"},
}

// icmp6 prints ICMPv6 (icmp6_print).
func (d *dissector) icmp6(b []byte, length int) {
	d.proto = "icmp6"
	d.need(b, 4)
	if d.opt.Verbose > 0 && !d.ip.fragmented && length <= len(b) {
		have := d.u16(b, 2)
		if sum := d.transportSum(b[:length], length, protoICMP6); sum != 0 {
			d.put("[bad icmp6 cksum 0x")
			d.putHex4(have)
			d.put(" -> 0x")
			d.putHex4(shouldBe(have, sum))
			d.put("!] ")
		} else {
			d.put("[icmp6 sum ok] ")
		}
	}
	d.put("ICMP6, ")
	d.putTok(icmp6Names, uint32(b[0]), "unknown icmp6 type (%u)")
	d.icmp6Body(b, length)
}

func (d *dissector) icmp6Body(b []byte, length int) {
	switch b[0] {
	case 128, 129:
		d.need(b, 8)
		d.put(", id ")
		d.putUint(uint64(d.u16(b, 4)))
		d.put(", seq ")
		d.putUint(uint64(d.u16(b, 6)))
	}
	d.put(", length ")
	d.putInt(int64(length))
}
