package textout

// IP protocol numbers.
const (
	protoHopOpts  = 0
	protoICMP     = 1
	protoIGMP     = 2
	protoIP4      = 4
	protoTCP      = 6
	protoEGP      = 8
	protoIGRP     = 9
	protoUDP      = 17
	protoDCCP     = 33
	protoIP6      = 41
	protoRouting  = 43
	protoFragment = 44
	protoRSVP     = 46
	protoGRE      = 47
	protoESP      = 50
	protoAH       = 51
	protoMobile   = 55
	protoICMP6    = 58
	protoNone     = 59
	protoDstOpts  = 60
	protoMobOld   = 62
	protoND       = 77
	protoEIGRP    = 88
	protoOSPF     = 89
	protoPIM      = 103
	protoIPComp   = 108
	protoVRRP     = 112
	protoPGM      = 113
	protoSCTP     = 132
	protoMobility = 135
	protoEther    = 143
)

// protoNames are the names -v shows (ipproto_values).
var protoNames = []name{
	{protoHopOpts, "Options"},
	{protoICMP, "ICMP"},
	{protoIGMP, "IGMP"},
	{protoIP4, "IPIP"},
	{protoTCP, "TCP"},
	{protoEGP, "EGP"},
	{protoIGRP, "IGRP"},
	{protoUDP, "UDP"},
	{protoDCCP, "DCCP"},
	{protoIP6, "IPv6"},
	{protoRouting, "Routing"},
	{protoFragment, "Fragment"},
	{protoRSVP, "RSVP"},
	{protoGRE, "GRE"},
	{protoESP, "ESP"},
	{protoAH, "AH"},
	{protoMobile, "Mobile IP"},
	{protoICMP6, "ICMPv6"},
	{protoMobOld, "Mobile IP (old)"},
	{protoEIGRP, "EIGRP"},
	{protoOSPF, "OSPF"},
	{protoPIM, "PIM"},
	{protoIPComp, "Compressed IP"},
	{protoVRRP, "VRRP"},
	{protoPGM, "PGM"},
	{protoSCTP, "SCTP"},
	{protoMobility, "Mobility"},
	{protoEther, "Ethernet"},
}

// ipHeader is what the protocols above IP need of it.
type ipHeader struct {
	v6         bool
	hdr        []byte // from the header's first byte on, as far as captured
	src, dst   []byte // as the pseudo-header has them
	proto      uint8  // of the header itself (ip_p, ip6_nxt)
	ttl        uint8
	fragmented bool
}

// ipDemux prints what an IP header carries (ip_demux_print).
func (d *dissector) ipDemux(b []byte, length int, nh uint8) {
	for {
		switch nh {
		case protoTCP:
			d.tcp(b, length)
			return
		case protoUDP:
			d.udp(b, length)
			return
		case protoICMP:
			if d.ip.v6 {
				d.requires(nh, "IPv4")
				return
			}
			d.icmp(b, length)
			return
		case protoICMP6:
			if !d.ip.v6 {
				d.requires(nh, "IPv6")
				return
			}
			d.icmp6(b, length)
			return
		case protoIP4:
			d.ip4(b, length)
			return
		case protoIP6:
			d.ip6(b, length)
			return
		case protoEther:
			if !d.ip.v6 {
				d.requires(nh, "IPv6")
				return
			}
			d.ether(b, length)
			return
		case protoNone:
			d.put("no next header")
			return
		case protoAH:
			next, n, ok := d.ah(b, length)
			if !ok {
				return
			}
			nh, b, length = next, from(b, n), length-n
			continue
		}
		if !d.otherProto(b, length, nh) {
			d.putProtoName(nh)
			d.putByte(' ')
			d.putInt(int64(length))
		}
		return
	}
}

// requires says that a protocol runs over the other version of IP.
func (d *dissector) requires(nh uint8, version string) {
	d.putByte('[')
	d.putTok(protoNames, uint32(nh), "unknown")
	d.put(" requires ")
	d.put(version)
	d.putByte(']')
	d.invalid()
}

// putProtoName prints " " and a protocol's name, or ip-proto-N.
func (d *dissector) putProtoName(nh uint8) {
	if s := protocolWords[nh]; s != "" && !d.opt.NoNames {
		d.putByte(' ')
		d.put(s)
		return
	}
	d.put(" ip-proto-")
	d.putUint(uint64(nh))
}
