package textout

import "bytes"

// BGP message types and sizes, RFC 4271 section 4.
const (
	bgpOpen         = 1
	bgpUpdate       = 2
	bgpNotification = 3
	bgpKeepalive    = 4
	bgpRefresh      = 5

	bgpHeaderLen       = 19
	bgpOpenLen         = 29
	bgpNotificationLen = 21
	bgpRefreshLen      = 23
)

var bgpMarker = bytes.Repeat([]byte{0xff}, 16)

// bgp prints the messages in a segment. Each begins with the marker; what lies
// before the first is the end of one that began in an earlier segment.
func (d *dissector) bgp(b []byte, _ int) {
	d.proto = "bgp"
	d.put(": BGP")
	if d.opt.Verbose == 0 {
		return
	}
	for off, start := 0, 0; off < len(b); {
		if b[off] != 0xff {
			off++
			continue
		}
		if !have(b, off, len(bgpMarker)) {
			return
		}
		if !bytes.Equal(b[off:off+16], bgpMarker) {
			off++
			continue
		}
		m := b[off:]
		d.need(m, bgpHeaderLen)
		if start != off {
			d.truncMark()
		}
		n := int(d.u16(m, 16))
		if n < bgpHeaderLen {
			d.printf("\nmessage length %d < %d", n, bgpHeaderLen)
			d.invalid()
			return
		}
		if len(m) < n {
			d.printf("\n[|BGP %s]", d.tok(bgpMessages, uint32(m[18]), "Unknown Message Type"))
			return
		}
		d.bgpMessage(m, n)
		off += n
		start = off
	}
}

// bgpMessage prints a message of length bytes; a part that is cut short ends the
// message, not the packet.
func (d *dissector) bgpMessage(b []byte, length int) {
	typ := b[18]
	d.printf("\n\t%s Message (%d), length: %d", d.tok(bgpMessages, uint32(typ), "Unknown"), typ, length)
	ok := true
	switch typ {
	case bgpOpen:
		ok = d.bgpOpenMessage(b, length)
	case bgpUpdate:
		ok = d.bgpUpdateMessage(b, length)
	case bgpNotification:
		ok = d.bgpNotificationMessage(b, length)
	case bgpKeepalive:
	case bgpRefresh:
		ok = d.bgpRefreshMessage(b, length)
	default:
		d.printf("\n\t  no Message %d decoder", typ)
		d.unknownData(b, "\n\t  ", length)
	}
	if !ok {
		d.truncMark()
	}
}

// asNumber is an AS number, with a dot at -b.
func (d *dissector) asNumber(n uint32) string {
	if !d.opt.ASDot || n <= 0xffff {
		return utoa(n)
	}
	return utoa(n>>16) + "." + utoa(n&0xffff)
}

// bgpFamily prints an address family as capabilities show it.
func (d *dissector) bgpFamily(b []byte, off, safiAt int) {
	afi := d.u16(b, off)
	safi := d.u8(b, safiAt)
	d.printf("AFI %s (%d), SAFI %s (%d)", d.tok(addressFamilies, uint32(afi), "Unknown"), afi,
		d.tok(bgpSAFIs, uint32(safi), "Unknown"), safi)
}

func (d *dissector) bgpOpenMessage(b []byte, length int) bool {
	if len(b) < bgpOpenLen || length < bgpOpenLen {
		return false
	}
	d.printf("\n\t  Version %d, my AS %s, Holdtime %ds, ID %s", b[19], d.asNumber(uint32(d.u16(b, 20))), d.u16(b, 22), d.ip4Text(b, 24))
	size := int(b[28])
	d.printf("\n\t  Optional parameters, length: %d", size)
	for i := 0; i < size; {
		if !have(b, bgpOpenLen+i, 2) || length-bgpOpenLen < 2+i {
			return false
		}
		typ, n := b[bgpOpenLen+i], int(b[bgpOpenLen+i+1])
		if 2+i+n > size {
			d.printf("\n\t     Option %d, length: %d, goes past the end of the options", typ, n)
			break
		}
		d.printf("\n\t    Option %s (%d), length: %d", d.tok(bgpOptions, uint32(typ), "Unknown"), typ, n)
		if typ == 2 {
			if !d.bgpCapabilityList(b[bgpOpenLen+2+i:], n) {
				d.truncMark()
			}
		} else {
			d.printf("\n\t      no decoder for option %d", typ)
		}
		i += 2 + n
	}
	return true
}

func (d *dissector) bgpCapabilityList(b []byte, length int) bool {
	for i := 0; i < length; {
		if !have(b, i, 2) {
			return false
		}
		typ, n := b[i], int(b[i+1])
		d.printf("\n\t      %s (%d), length: %d", d.tok(bgpCapabilities, uint32(typ), "Unknown"), typ, n)
		if !have(b, i+2, n) {
			return false
		}
		if !d.bgpCapability(typ, b[i+2:], n) {
			return true
		}
		if d.opt.Verbose > 1 && n != 0 {
			d.unknownData(b[i+2:], "\n\t\t", n)
		}
		i += 2 + n
	}
	return true
}

// bgpCapability prints a capability; false if it is too short to go on.
func (d *dissector) bgpCapability(typ byte, b []byte, n int) bool {
	short := func(min int) bool {
		if n < min {
			d.printf(" (too short, < %d)", min)
		}
		return n < min
	}
	switch typ {
	case 1: // multiprotocol
		if short(4) {
			return false
		}
		d.put("\n\t\t")
		d.bgpFamily(b, 0, 3)
	case 8: // multiple labels
		for off := 0; n-off >= 4; off += 4 {
			d.put("\n\t\t")
			d.bgpFamily(b, off, off+2)
			d.printf(", Count: %d", b[off+3])
		}
	case 64: // graceful restart
		if short(2) {
			return false
		}
		d.printf("\n\t\tRestart Flags: [%s], Restart Time %ds", either(b[0]&0x80 != 0, "R", "none"), d.u16(b, 0)&0xfff)
		for off := 2; n-off >= 4; off += 4 {
			d.put("\n\t\t  ")
			d.bgpFamily(b, off, off+2)
			d.printf(", Forwarding state preserved: %s", either(b[off+3]&0x80 != 0, "yes", "no"))
		}
	case 2, 71, 128:
	case 65: // four-byte AS
		if short(4) {
			return false
		}
		d.printf("\n\t\t 4 Byte AS %s", d.asNumber(d.u32(b, 0)))
	case 69: // add path
		d.putIf(n == 0, " (bogus)")
		for off := 0; off < n; off += 4 {
			if n-off < 4 {
				d.invalid()
				break
			}
			d.put("\n\t\t")
			d.bgpFamily(b, off, off+2)
			d.printf(", Send/Receive: %s", d.tok(bgpAddPathModes, uint32(b[off+3]), "Bogus (0x%02x)"))
		}
	default:
		d.printf("\n\t\tno decoder for Capability %d", typ)
		if d.opt.Verbose <= 1 {
			d.unknownData(b, "\n\t\t", n)
		}
	}
	return true
}

func (d *dissector) bgpRefreshMessage(b []byte, length int) bool {
	if len(b) < bgpRefreshLen {
		return false
	}
	if length < bgpRefreshLen {
		return true
	}
	d.put("\n\t  ")
	d.bgpFamily(b, 19, 22)
	if d.opt.Verbose > 1 {
		d.unknownData(b, "\n\t  ", length)
	}
	return true
}

// bgpErrorNames are the subcodes of each error; tcpdump has no comma before some.
var bgpErrorNames = map[byte]struct {
	lead  string
	names []name
}{
	1: {", subcode", bgpMessageErrors}, 2: {", subcode", bgpOpenErrors}, 3: {", subcode", bgpUpdateErrors},
	5: {" subcode", bgpStateErrors}, 6: {", subcode", bgpCeaseErrors}, 7: {" subcode", bgpCapabilityErrors},
}

func (d *dissector) bgpNotificationMessage(b []byte, length int) bool {
	if len(b) < bgpNotificationLen {
		return false
	}
	if length < bgpNotificationLen {
		return true
	}
	major, minor := b[19], b[20]
	d.printf(", %s (%d)", d.tok(bgpErrors, uint32(major), "Unknown Error"), major)
	if e, ok := bgpErrorNames[major]; ok {
		d.printf("%s %s (%d)", e.lead, d.tok(e.names, uint32(minor), "Unknown"), minor)
	}
	if major != 6 {
		return true
	}
	data, n := b[bgpNotificationLen:], length-bgpNotificationLen
	if minor == 1 && n >= 7 {
		d.put(", ")
		d.bgpFamily(data, 0, 2)
		d.printf(", Max Prefixes: %d", d.u32(data, 3))
	}
	if (minor == 2 || minor == 4) && n >= 1 {
		d.bgpShutdown(data, n)
	}
	return true
}

// bgpShutdown prints a shutdown communication, RFC 9003.
func (d *dissector) bgpShutdown(b []byte, n int) {
	size, used := int(d.u8(b, 0)), 0
	switch {
	case size > n-1:
		d.put(", invalid Shutdown Communication length")
	case size == 0:
		d.put(", empty Shutdown Communication")
		used = 1
	default:
		d.printf(", Shutdown Communication (length: %d): \"", size)
		d.putSafeN(b[1:], size)
		d.put("\"")
		used = size + 1
	}
	if n > used {
		d.printf(", Data: (length: %d)", n-used)
		d.hexAt(b, used, n-used, "\n\t\t")
	}
}
