package textout

import "fmt"

const (
	stpRapid    = 2
	stpMultiple = 3
	stpShortest = 4
	stpHeader   = 36
)

var (
	stpProtocols = []name{{0, "802.1d"}, {2, "802.1w"}, {3, "802.1s"}, {4, "802.1aq"}}
	stpTypes     = []name{{0, "Config"}, {2, "Rapid STP"}, {0x80, "Topology Change"}}
	stpRoles     = []name{{0, "Unknown"}, {1, "Alternate"}, {2, "Root"}, {3, "Designated"}}
	stpFlags     = []name{
		{1, "Topology change"}, {2, "Proposal"}, {0x10, "Learn"}, {0x20, "Forward"}, {0x40, "Agreement"}, {0x80, "Topology change ACK"},
	}
)

// stp prints spanning tree messages: the original, rapid, multiple and shortest
// path bridging.
func (d *dissector) stp(b []byte, length int) {
	d.proto = "stp"
	if !d.stpBPDU(b, length) {
		d.invalid()
	}
}

func (d *dissector) stpBPDU(b []byte, length int) bool {
	if length < 4 {
		return false
	}
	if d.u16(b, 0) != 0 {
		d.printf("unknown STP version, length %d", length)
		return true
	}
	version := d.u8(b, 2)
	d.put("STP ")
	d.putTok(stpProtocols, uint32(version), "Unknown STP protocol (0x%02x)")
	if version != 0 && (version < stpRapid || version > stpShortest) {
		return true
	}
	typ := d.u8(b, 3)
	d.put(", ")
	d.putTok(stpTypes, uint32(typ), "Unknown BPDU Type (0x%02x)")
	switch {
	case typ == 0:
		if length < stpHeader-1 {
			return false
		}
		d.stpConfig(b, length)
	case typ == 2 && version == stpRapid:
		if length < stpHeader {
			return false
		}
		d.stpConfig(b, length)
	case typ == 2 && version != 0:
		return d.stpMSTP(b, length, version)
	}
	return true
}

func (d *dissector) bridgeID(b []byte, off int) string {
	p := d.bytes(b, off, 8)
	return fmt.Sprintf("%02x%02x.%02x:%02x:%02x:%02x:%02x:%02x", p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7])
}

// stpTimes prints four times in units of 1/256 second.
func (d *dissector) stpTimes(b []byte) {
	d.need(b, 35)
	d.put("\n\tmessage-age ")
	for i, s := range [...]string{"s, max-age ", "s, hello-time ", "s, forwarding-delay ", "s"} {
		d.putFloat(float64(d.u16(b, 27+2*i))/256, 2)
		d.put(s)
	}
}

func (d *dissector) stpConfig(b []byte, length int) {
	flags := d.u8(b, 4)
	d.put(", Flags [")
	d.putBits(stpFlags, uint32(flags), "none", ", ")
	d.put("]")
	d.need(b, 27)
	d.printf(", bridge-id %s.%04x, length %d", d.bridgeID(b, 17), d.u16(b, 25), length)
	if d.opt.Verbose == 0 {
		return
	}
	d.stpTimes(b)
	d.printf("\n\troot-id %s, root-pathcost %d", d.bridgeID(b, 5), d.u32(b, 13))
	if b[2] == stpRapid {
		d.put(", port-role ")
		d.putTok(stpRoles, uint32(flags>>2&3), "Unknown")
	}
}

func (d *dissector) stpMSTP(b []byte, length int, version uint8) bool {
	if length < 102 || d.u8(b, 35) != 0 {
		return false
	}
	v3 := int(d.u16(b, 36)) + 2
	if length < stpHeader+v3 {
		return false
	}
	d.mstp(b, length)
	if version != stpShortest {
		return true
	}
	v4 := int(d.u16(b, 36+v3)) + 2
	if length < stpHeader+v3+v4 || v4 < 87 {
		return false
	}
	d.spb(b, stpHeader+v3)
	return true
}

func (d *dissector) mstp(b []byte, length int) {
	flags := uint32(d.u8(b, 4))
	d.printf(", CIST Flags [%s], length %d", d.flags(stpFlags, flags, "none"), length)
	if d.opt.Verbose == 0 {
		return
	}
	d.printf("\n\tport-role %s, ", d.tok(stpRoles, flags>>2&3, "Unknown"))
	d.printf("CIST root-id %s, CIST ext-pathcost %d", d.bridgeID(b, 5), d.u32(b, 13))
	d.printf("\n\tCIST regional-root-id %s, ", d.bridgeID(b, 17))
	d.printf("CIST port-id %04x,", d.u16(b, 25))
	d.stpTimes(b)
	v3 := int(d.u16(b, 36))
	d.printf("\n\tv3len %d, MCID Name ", v3)
	d.putSafeJZ(from(b, 39), 32)
	d.need(b, 89)
	d.printf(", rev %d,\n\t\tdigest %x, ", d.u16(b, 71), b[73:89])
	d.printf("CIST int-root-pathcost %d,", d.u32(b, 89))
	d.printf("\n\tCIST bridge-id %s, ", d.bridgeID(b, 93))
	d.printf("CIST remaining-hops %d", d.u8(b, 101))
	for off, left := 102, v3-64; left >= 16; off, left = off+16, left-16 {
		d.msti(from(b, off))
	}
}

// msti prints one instance of multiple spanning tree.
func (d *dissector) msti(b []byte) {
	id := d.u16(b, 1) & 0xfff
	flags := uint32(b[0])
	d.printf("\n\tMSTI %d, Flags [%s], port-role %s", id, d.flags(stpFlags, flags, "none"), d.tok(stpRoles, flags>>2&3, "Unknown"))
	d.need(b, 13)
	d.printf("\n\t\tMSTI regional-root-id %s, pathcost %d", d.bridgeID(b, 1), d.u32(b, 9))
	d.need(b, 16)
	d.printf("\n\t\tMSTI bridge-prio %d, port-prio %d, hops %d", b[13]>>4, b[14]>>4, b[15])
}

// spb prints the part of shortest path bridging at off.
func (d *dissector) spb(b []byte, off int) {
	if d.opt.Verbose == 0 {
		return
	}
	d.printf("\n\tv4len %d, ", d.u16(b, off))
	d.put("AUXMCID Name ")
	d.putSafeJZ(from(b, off+3), 32)
	d.need(b, off+53)
	d.printf(", Rev %d,\n\t\tdigest %x", d.u16(b, off+35), b[off+37:off+53])
	d.need(b, off+83)
	a := b[off+53:]
	d.printf("\n\tAgreement num %d, Discarded Agreement num %d, Agreement valid-flag %d,\n\tRestricted role-flag: %d, "+
		"Format id %d cap %d, Convention id %d cap %d,\n\tEdge count %d, Agreement digest %x",
		a[0]>>6, a[0]>>4&3, a[0]>>3&1, a[0]>>2&1, a[2]>>4, a[2], a[3]>>4, a[3], d.u16(a, 4), b[off+67:off+87])
}
