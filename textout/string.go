package textout

import (
	"net/netip"
	"strconv"
)

// udpPortName and tcpPortName are the names of ports, numbers with -n.
func (d *dissector) udpPortName(p uint16) string { return d.text(func() { d.putUDPPort(p) }) }
func (d *dissector) tcpPortName(p uint16) string { return d.text(func() { d.putTCPPort(p) }) }

// putIf appends s if c holds.
func (d *dissector) putIf(c bool, s string) {
	if c {
		d.put(s)
	}
}

func utoa(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

// caps appends the protocol's name in capitals (nd_print_protocol_caps).
func (d *dissector) caps() {
	for i := range len(d.proto) {
		d.putByte(upper(d.proto[i]))
	}
}

// have tells whether b holds n bytes at off.
func have(b []byte, off, n int) bool { return n >= 0 && off >= 0 && off <= len(b) && n <= len(b)-off }

// ipNumber is an address as a number, whatever -n says.
func ipNumber(a []byte) string {
	ip, _ := netip.AddrFromSlice(a)
	return ip.String()
}
