package textout

var loopbackFunctions = []name{{1, "Reply"}, {2, "Forward Data"}}

// loopback prints Ethernet's configuration testing protocol.
func (d *dissector) loopback(b []byte, length int) {
	d.proto = "loopback"
	d.put("Loopback")
	if length < 2 {
		d.invalid()
		d.need(b, length)
		return
	}
	skip := int(d.le16(b, 0))
	b, length = b[2:], length-2
	d.printf(", skipCount %d", skip)
	if skip%8 != 0 {
		d.put(" (bogus)")
	}
	if skip > length {
		d.invalid()
		d.need(b, length)
		return
	}
	d.need(b, skip)
	b, length = b[skip:], length-skip
	if length < 2 {
		d.invalid()
		d.need(b, length)
		return
	}
	function := d.le16(b, 0)
	b, length = b[2:], length-2
	d.put(", ")
	d.putTok(loopbackFunctions, uint32(function), " invalid (%u)")
	n := map[uint16]int{1: 2, 2: 6}[function]
	switch {
	case length < n:
		d.invalid()
	case function == 1:
		d.printf(", receipt number %d", d.le16(b, 0))
		d.printf(", data (%d octets)", length-2)
	case function == 2:
		d.printf(", forwarding address %s", d.macText(b, 0))
		d.printf(", data (%d octets)", length-6)
	}
	d.need(b, length)
}
