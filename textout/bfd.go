package textout

var bfdAuth = []name{
	{1, "Simple Password"}, {2, "Keyed MD5"}, {3, "Meticulous Keyed MD5"}, {4, "Keyed SHA1"},
	{5, "Meticulous Keyed SHA1"},
}

var bfdDiagnostics = []name{
	{0, "No Diagnostic"}, {1, "Control Detection Time Expired"}, {2, "Echo Function Failed"},
	{3, "Neighbor Signaled Session Down"}, {4, "Forwarding Plane Reset"}, {5, "Path Down"},
	{6, "Concatenated Path Down"}, {7, "Administratively Down"}, {8, "Reverse Concatenated Path Down"},
}

var bfdPorts = []name{
	{0xec8, "Control"}, {0x12b0, "Multihop"}, {0x1a80, "Lag"},
}

var bfd0Flags = []name{
	{0x80, "I Hear You"}, {0x40, "Demand"}, {0x20, "Poll"}, {0x10, "Final"}, {0x8, "Control Plane Independent"},
	{4, "Authentication Present"}, {0x2, "Reserved"}, {0x1, "Reserved"},
}

var bfd1Flags = []name{
	{0x20, "Poll"}, {0x10, "Final"}, {0x8, "Control Plane Independent"}, {4, "Authentication Present"}, {0x2, "Demand"},
	{0x1, "Multipoint"},
}

var bfdStates = []name{
	{0, "AdminDown"}, {1, "Down"}, {2, "Init"}, {3, "Up"},
}

const bfdEchoPort = 3785

// bfd prints bidirectional forwarding detection (RFC 5880), sent to port.
func (d *dissector) bfd(b []byte, length int, port uint16) {
	d.proto = "bfd"
	if port == bfdEchoPort {
		d.printf("BFD, Echo, length: %d", length)
		if d.opt.Verbose > 0 {
			d.unknownData(b, "\n\t", length)
		}
		return
	}
	d.need(b, 24)
	version, flags := b[0]>>5, uint32(b[1])
	if version > 1 {
		d.printf("BFDv%d, Control, length: %d", version, length)
		if d.opt.Verbose > 0 {
			d.unknownData(b, "\n\t", length)
		}
		return
	}
	kind, state, names := "Control", "", bfd0Flags
	if version == 1 {
		kind = d.tok(bfdPorts, uint32(port), "unknown (%u)")
		state = ", State " + d.tok(bfdStates, flags>>6, "unknown (%u)")
		flags, names = flags&0x3f, bfd1Flags
	}
	if d.opt.Verbose == 0 {
		d.printf("BFDv%d, %s%s, Flags: [%s], length: %d", version, kind, state, d.flags(names, flags, "none"), length)
		return
	}
	diag := b[0] & 0x1f
	d.printf("BFDv%d, length: %d\n\t%s%s, Flags: [%s], Diagnostic: %s (0x%02x)", version, length, kind, state,
		d.flags(names, flags, "none"), d.tok(bfdDiagnostics, uint32(diag), "unknown"), diag)
	tx := d.u32(b, 12)
	d.printf("\n\tDetection Timer Multiplier: %d (%d ms Detection time), BFD Length: %d", b[2], uint32(b[2])*tx/1000, b[3])
	d.printf("\n\tMy Discriminator: 0x%08x", d.u32(b, 4))
	d.printf(", Your Discriminator: 0x%08x", d.u32(b, 8))
	d.printf("\n\t  Desired min Tx Interval:    %4d ms", tx/1000)
	d.printf("\n\t  Required min Rx Interval:   %4d ms", d.u32(b, 16)/1000)
	d.printf("\n\t  Required min Echo Interval: %4d ms", d.u32(b, 20)/1000)
	if flags&4 != 0 {
		d.bfdAuth(b[24:])
	}
}

func (d *dissector) bfdAuth(b []byte) {
	d.need(b, 4)
	typ, n := b[0], b[1]
	d.printf("\n\tAuthentication: %s (%d), length: %d", d.tok(bfdAuth, uint32(typ), "Unknown"), typ, n)
	d.printf("\n\t  Auth Key ID: %d", b[2])
	bad := func(ok bool) bool {
		if !ok {
			d.printf("[invalid length %d]", n)
		}
		return !ok
	}
	switch typ {
	case 1:
		if bad(n >= 4 && n <= 19) {
			return
		}
		d.put(", Password: ")
		d.putSafeN(b[3:], int(n)-3)
	case 2, 3:
		if bad(n == 24) {
			return
		}
		d.printf(", Sequence Number: 0x%08x", d.u32(b, 4))
		d.printf("\n\t  Digest: %s", d.hexText(d.bytes(b, 8, 16)))
	case 4, 5:
		if bad(n == 28) {
			return
		}
		d.printf(", Sequence Number: 0x%08x", d.u32(b, 4))
		d.printf("\n\t  Hash: %s", d.hexText(d.bytes(b, 8, 20)))
	}
}
