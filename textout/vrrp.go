package textout

var (
	vrrpTypes = []name{{1, "Advertisement"}}
	vrrpAuth  = []name{{0, "none"}, {1, "simple"}, {2, "ah"}}
)

// vrrp prints the virtual router redundancy protocol, versions 2 and 3.
func (d *dissector) vrrp(b []byte, length int) {
	if d.opt.Type == "carp" {
		d.carp(b, length)
		return
	}
	d.proto = "vrrp"
	d.put("VRRP")
	h := d.u8(b, 0)
	version := h >> 4
	d.printf("v%d, %s", version, d.tok(vrrpTypes, uint32(h&15), "unknown type (%u)"))
	if d.ip.ttl != 255 {
		d.printf(", (ttl %d)", d.ip.ttl)
	}
	if version < 2 || version > 3 || h&15 != 1 {
		return
	}
	d.need(b, 3)
	d.printf(", vrid %d, prio %d", b[1], b[2])
	auth := uint8(0)
	if version == 2 {
		auth = d.u8(b, 4)
		d.printf(", authtype %s", d.tok(vrrpAuth, uint32(auth), ""))
		d.printf(", intvl %ds, length %d", d.u8(b, 5), length)
	} else {
		d.printf(", intvl %dcs, length %d", d.u16(b, 4)&0xfff, length)
	}
	if d.opt.Verbose == 0 {
		return
	}
	naddrs := int(d.u8(b, 3))
	if len(b) >= length {
		sum := uint16(0)
		if version == 2 {
			sum = cksumIn(b[:length])
		} else {
			sum = d.transportSum(b[:length], length, protoVRRP)
		}
		if sum != 0 {
			d.printf(", (bad vrrp cksum %x)", d.u16(b, 6))
		}
	}
	d.put(", addrs")
	if naddrs > 1 {
		d.printf("(%d)", naddrs)
	}
	d.put(":")
	size := 4
	if d.ip.v6 {
		size = 16
	}
	off := 8
	for i := range naddrs {
		a := d.bytes(b, off, size)
		d.putByte(" ,"[min(i, 1)])
		d.putIP(a)
		off += size
	}
	if version == 2 && auth == 1 {
		d.put(` auth "`)
		d.putSafeJZ(from(b, off), 8)
		d.put(`"`)
	}
}

// carp prints OpenBSD's common address redundancy protocol, which uses VRRP's
// protocol number.
func (d *dissector) carp(b []byte, length int) {
	d.proto = "carp"
	h := d.u8(b, 0)
	what := "unknown"
	if h&15 == 1 {
		what = "advertise"
	}
	d.printf("CARPv%d-%s %d: ", h>>4, what, length)
	if d.ip.ttl != 255 {
		d.printf("[ttl=%d!] ", d.ip.ttl)
	}
	if h != 0x21 {
		return
	}
	d.need(b, 6)
	d.printf("vhid=%d advbase=%d advskew=%d authlen=%d ", b[1], b[5], b[2], b[3])
	if d.opt.Verbose > 0 && len(b) >= length && cksumIn(b[:length]) != 0 {
		d.printf(" (bad carp cksum %x!)", d.u16(b, 6))
	}
	d.printf("counter=%d", d.u64(b, 8))
}
