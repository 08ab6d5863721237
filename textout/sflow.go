package textout

// sflow prints an sFlow version 5 datagram.
func (d *dissector) sflow(b []byte, length int) {
	d.proto = "sflow"
	form := d.u32(b, 4)
	if length < 28 && form == 1 || length < 40 && form == 2 {
		d.printf("sFlowv%d [length %d < 28]", d.u32(b, 0), length)
		d.invalid()
		return
	}
	d.need(b, 28)
	version := d.u32(b, 0)
	if version != 5 {
		d.printf("sFlow version %d packet not supported", version)
		return
	}
	family, agent, off := "IPv6", "", 24
	if form == 1 {
		family, agent, off = "IPv4", d.ip4Text(b, 8), 12
	} else {
		agent = d.ip6Text(b, 8)
	}
	if d.opt.Verbose == 0 {
		d.printf("sFlowv%d, %s agent %s, agent-id %d, length %d", version, family, agent, d.u32(b, off), length)
		return
	}
	samples := d.u32(b, off+12)
	d.printf("sFlowv%d, %s agent %s, agent-id %d, seqnum %d, uptime %d, samples %d, length %d", version, family, agent,
		d.u32(b, off), d.u32(b, off+4), d.u32(b, off+8), samples, length)
	off += 16
	if length < off {
		d.printf(" [tlen %d < %d]", length, off)
		d.invalid()
		return
	}
	if !d.sflowSampleList(b[off:], length-off, samples) {
		d.invalid()
	}
}

// sflowSampleList prints n samples; false if they contradict their lengths.
func (d *dissector) sflowSampleList(b []byte, length int, n uint32) bool {
	for ; n > 0 && length > 0; n-- {
		typ, size := d.u32(b, 0)&0xfff, d.u32(b, 4)
		if length < 8 {
			return false
		}
		b, length = b[8:], length-8
		d.printf("\n\t%s (%d), length %d,", d.tok(sflowSamples, typ, "Unknown"), typ, size)
		if typ == 0 || size == 0 {
			return true
		}
		if uint64(length) < uint64(size) {
			return false
		}
		d.need(b, int(size))
		if !d.sflowSample(typ, b, length, int(size)) {
			// tcpdump wants the rest to have been captured here
			d.invalid()
			d.need(b, length)
			return true
		}
		b, length = b[size:], length-int(size)
	}
	return true
}

// sflowSample prints one sample; false if it contradicts its length.
func (d *dissector) sflowSample(typ uint32, b []byte, length, size int) bool {
	header := map[uint32]int{1: 32, 2: 12, 3: 44, 4: 16}[typ]
	if length < header {
		return false
	}
	switch typ {
	case 1:
		n := d.u32(b, 28)
		d.printf(" seqnum %d, type %d, idx %d, rate %d, pool %d, drops %d, input %d output %d records %d", d.u32(b, 0),
			d.u8(b, 4), d.u24(b, 5), d.u32(b, 8), d.u32(b, 12), d.u32(b, 16), d.u32(b, 20), d.u32(b, 24), n)
		return d.sflowRecords(b[header:], length-header, n, 12, d.sflowFlow)
	case 2:
		n := d.u32(b, 8)
		d.printf(" seqnum %d, type %d, idx %d, records %d", d.u32(b, 0), d.u8(b, 4), d.u24(b, 5), n)
		return d.sflowRecords(b[header:], length-header, n, 20, d.sflowCounter)
	case 3:
		n := d.u32(b, 40)
		d.printf(" seqnum %d, type %d, idx %d, rate %d, pool %d, drops %d, records %d", d.u32(b, 0), d.u32(b, 4),
			d.u32(b, 8), d.u32(b, 12), d.u32(b, 16), d.u32(b, 20), n)
		return d.sflowRecords(b[header:], length-header, n, 12, d.sflowFlow)
	case 4:
		n := d.u32(b, 12)
		d.printf(" seqnum %d, type %d, idx %d, records %d", d.u32(b, 0), d.u32(b, 4), d.u32(b, 8), n)
		return d.sflowRecords(b[header:], length-header, n, 20, d.sflowCounter)
	}
	if d.opt.Verbose <= 1 {
		d.unknownData(b, "\n\t    ", size)
	}
	return true
}

// sflowRecords prints n records. The enterprise is in the format's bits from
// shift on, tcpdump having two opinions of where.
func (d *dissector) sflowRecords(b []byte, length int, n uint32, shift int, print func(typ uint32, b []byte, length int) (known, ok bool)) bool {
	for ; n > 0; n-- {
		if length < 8 {
			return false
		}
		format, size := d.u32(b, 0), d.u32(b, 4)
		typ, enterprise := format&0xfff, format>>shift
		names, comma := sflowFlows, ""
		if shift == 20 {
			names, comma = sflowCounters, ","
		}
		label := "Unknown"
		if enterprise == 0 {
			label = d.tok(names, typ, "Unknown")
		}
		d.printf("\n\t    enterprise %d%s %s (%d) length %d", enterprise, comma, label, typ, size)
		b, length = b[8:], length-8
		if uint64(length) < uint64(size) {
			return false
		}
		if enterprise == 0 {
			known, ok := print(typ, b, length)
			if !ok {
				return false
			}
			if !known && d.opt.Verbose <= 1 {
				d.unknownData(b, "\n\t\t", int(size))
			}
		}
		b, length = from(b, int(size)), length-int(size)
	}
	return true
}

func (d *dissector) sflowFlow(typ uint32, b []byte, length int) (known, ok bool) {
	switch typ {
	case 1:
		if length < 16 {
			return true, false
		}
		proto := d.u32(b, 0)
		d.printf("\n\t      protocol %s (%d), length %d, stripped bytes %d, header_size %d",
			d.tok(sflowProtocols, proto, "Unknown"), proto, d.u32(b, 4), d.u32(b, 8), d.u32(b, 12))
	case 2:
		if length < 24 {
			return true, false
		}
		d.printf("\n\t      frame len %d, type %d", d.u32(b, 0), d.u32(b, 20))
	case 1001:
		if length < 16 {
			return true, false
		}
		d.printf("\n\t      src vlan %d, src pri %d, dst vlan %d, dst pri %d", d.u32(b, 0), d.u32(b, 4), d.u32(b, 8), d.u32(b, 12))
	case 3, 4, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012:
	default:
		return false, true
	}
	return true, true
}

// sflowCounterSizes are the sizes of the counter blocks.
var sflowCounterSizes = map[uint32]int{1: 88, 2: 52, 3: 0, 4: 80, 5: 28, 1001: 28}

func (d *dissector) sflowCounter(typ uint32, b []byte, length int) (known, ok bool) {
	size, known := sflowCounterSizes[typ]
	if !known {
		return false, true
	}
	if length < size {
		return true, false
	}
	switch typ {
	case 1:
		d.sflowInterface(b)
	case 2:
		d.printf("\n\t      align errors %d, fcs errors %d, single collision %d, multiple collision %d, test error %d",
			d.u32(b, 0), d.u32(b, 4), d.u32(b, 8), d.u32(b, 12), d.u32(b, 16))
		d.printf("\n\t      deferred %d, late collision %d, excessive collision %d, mac trans error %d",
			d.u32(b, 20), d.u32(b, 24), d.u32(b, 28), d.u32(b, 32))
		d.printf("\n\t      carrier error %d, frames too long %d, mac receive errors %d, symbol errors %d",
			d.u32(b, 36), d.u32(b, 40), d.u32(b, 44), d.u32(b, 48))
	case 4:
		d.sflowBaseVG(b)
	case 5:
		d.printf("\n\t      vlan_id %d, octets %d, unicast_pkt %d, multicast_pkt %d, broadcast_pkt %d, discards %d",
			d.u32(b, 0), d.u64(b, 4), d.u32(b, 12), d.u32(b, 16), d.u32(b, 20), d.u32(b, 24))
	case 1001:
		d.printf("\n\t      5sec %d, 1min %d, 5min %d, total_mem %d, total_mem %d",
			d.u32(b, 0), d.u32(b, 4), d.u32(b, 8), d.u64(b, 12), d.u64(b, 20))
	}
	return true, true
}

func (d *dissector) sflowInterface(b []byte) {
	direction := d.u32(b, 16)
	d.printf("\n\t      ifindex %d, iftype %d, ifspeed %d, ifdirection %d (%s)", d.u32(b, 0), d.u32(b, 4), d.u64(b, 8),
		direction, d.tok(sflowDirections, direction, "Unknown"))
	status := d.u32(b, 20)
	d.printf("\n\t      ifstatus %d, adminstatus: %s, operstatus: %s", status, either(status&1 != 0, "up", "down"),
		either(status&2 != 0, "up", "down"))
	d.printf("\n\t      In octets %d, unicast pkts %d, multicast pkts %d, broadcast pkts %d, discards %d",
		d.u64(b, 24), d.u32(b, 32), d.u32(b, 36), d.u32(b, 40), d.u32(b, 44))
	d.printf("\n\t      In errors %d, unknown protos %d", d.u32(b, 48), d.u32(b, 52))
	d.printf("\n\t      Out octets %d, unicast pkts %d, multicast pkts %d, broadcast pkts %d, discards %d",
		d.u64(b, 56), d.u32(b, 64), d.u32(b, 68), d.u32(b, 72), d.u32(b, 76))
	d.printf("\n\t      Out errors %d, promisc mode %d", d.u32(b, 80), d.u32(b, 84))
}

func (d *dissector) sflowBaseVG(b []byte) {
	d.printf("\n\t      in high prio frames %d, in high prio octets %d", d.u32(b, 0), d.u64(b, 4))
	d.printf("\n\t      in norm prio frames %d, in norm prio octets %d", d.u32(b, 12), d.u64(b, 16))
	d.printf("\n\t      in ipm errors %d, oversized %d, in data errors %d, null addressed frames %d",
		d.u32(b, 24), d.u32(b, 28), d.u32(b, 32), d.u32(b, 36))
	d.printf("\n\t      out high prio frames %d, out high prio octets %d, trans into frames %d",
		d.u32(b, 40), d.u64(b, 44), d.u32(b, 52))
	d.printf("\n\t      in hc high prio octets %d, in hc norm prio octets %d, out hc high prio octets %d",
		d.u64(b, 56), d.u64(b, 64), d.u64(b, 72))
}
