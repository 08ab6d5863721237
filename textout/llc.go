package textout

// Service access points (IEEE 802.2).
const (
	sapGlobal  = 0xff
	sapIP      = 0x06
	sapBridge  = 0x42
	sapSNAP    = 0xaa
	sapIPX     = 0xe0
	sapNetBEUI = 0xf0
	sapISO     = 0xfe
)

var sapNames = []name{
	{0x00, "Null"}, {sapGlobal, "Global"}, {0x02, "802.1B I"}, {0x03, "802.1B G"}, {sapIP, "IP"}, {0x04, "SNA"},
	{0x0e, "ProWay NM"}, {sapBridge, "STP"}, {0x4e, "RS511"}, {0x7e, "ISO8208"}, {0x8e, "ProWay"}, {sapSNAP, "SNAP"},
	{sapIPX, "IPX"}, {sapNetBEUI, "NetBeui"}, {sapISO, "OSI"},
}

var llcCommands = []name{
	{0x03, "ui"}, {0xe3, "test"}, {0xaf, "xid"}, {0x63, "ua"}, {0x43, "disc"}, {0x0f, "dm"}, {0x6f, "sabme"}, {0x87, "frmr"},
}

var llcSupervisory = []name{{0, "Receiver Ready"}, {1, "Receiver not Ready"}, {2, "Reject"}}

// Response bit of the source access point, poll/final bits of both controls.
const (
	llcResponse = 1
	llcPollU    = 0x10
	llcPollIS   = 0x100
	llcXID      = 0xaf
)

var llcFlags = []name{
	{0, "Command"}, {llcResponse, "Response"}, {llcPollU, "Poll"}, {llcResponse | llcPollU, "Final"},
	{llcPollIS, "Poll"}, {llcResponse | llcPollIS, "Final"},
}

// llc prints IEEE 802.2. It returns the length of its header, SNAP included, and
// whether what it carries was printed (llc_print). d.addr are the addresses
// around it, if there are any.
func (d *dissector) llc(b []byte, length int) (hdr int, known bool) {
	d.proto = "llc"
	if len(b) < 3 || length < 3 {
		return d.llcTrunc(b, length)
	}
	control, n, u := uint16(b[2]), 3, b[2]&3 == 3
	if !u {
		if len(b) < 4 || length < 4 {
			return d.llcTrunc(b, length)
		}
		control, n = d.le16(b, 2), 4
	}
	if b[0] == sapGlobal && b[1] == sapGlobal {
		// Novell's raw 802.3: no LLC, IPX begins here.
		if d.opt.LinkHeader {
			d.put("IPX 802.3: ")
		}
		d.ipx(b, length)
		return 0, true
	}
	if d.opt.LinkHeader {
		d.llcHeader(b[0], b[1], control, u)
	}
	dsap, ssap := b[0]&^1, b[1]&^1
	rest, restLen := b[n:], length-n
	if dsap == ssap && control == 3 {
		switch dsap {
		case sapSNAP:
			return n + 5, d.snap(rest, restLen, 2)
		case sapBridge:
			d.stp(rest, restLen)
			return n, true
		case sapIP:
			d.ip4(rest, restLen)
			return n, true
		case sapIPX:
			if d.opt.LinkHeader {
				d.put("IPX 802.2: ")
			}
			d.ipx(rest, restLen)
			return n, true
		case sapISO:
			d.isoclns(rest, restLen)
			return n, true
		}
	}
	if dsap == sapNetBEUI && ssap == sapNetBEUI && (control&1 == 0 || control == 3) {
		if d.netbeui(control, rest, restLen) {
			return n, true
		}
	}
	if !d.opt.LinkHeader {
		d.llcAddresses(dsap, ssap)
	}
	return n, d.llcControl(rest, restLen, n, b[1]&1, control, u)
}

func (d *dissector) llcTrunc(b []byte, length int) (int, bool) {
	d.truncMark()
	d.unknownAlways(b)
	return min(len(b), length), true
}

// unknownAlways dumps b even if -x shows it too: tcpdump does not ask there.
func (d *dissector) unknownAlways(b []byte) { d.hexASCII(b, "\n\t") }

func (d *dissector) llcHeader(dsap, ssap uint8, control uint16, u bool) {
	d.put("LLC, dsap ")
	d.sap(dsap, "Individual", "Group")
	d.put(", ssap ")
	d.sap(ssap, "Command", "Response")
	d.put(", ctrl 0x")
	if u {
		d.putHex2(uint8(control))
	} else {
		d.putHex4(control)
	}
	d.put(": ")
}

func (d *dissector) sap(v uint8, off, on string) {
	d.putTok(sapNames, uint32(v&^1), "Unknown")
	d.put(" (0x")
	d.putHex2(v &^ 1)
	d.put(") ")
	if v&1 == 0 {
		d.put(off)
	} else {
		d.put(on)
	}
}

// llcAddresses prints who talks to whom, in front of frames not decoded further.
func (d *dissector) llcAddresses(dsap, ssap uint8) {
	has := d.addr.src != nil
	if has {
		d.putMAC(d.addr.src)
		if dsap == ssap {
			d.put(" > ")
			d.putMAC(d.addr.dst)
		}
		d.putByte(' ')
	}
	if dsap != ssap {
		d.putTok(sapNames, uint32(ssap), "Unknown SSAP 0x%02x")
		d.put(" > ")
		if has {
			d.putMAC(d.addr.dst)
			d.putByte(' ')
		}
	}
	d.putTok(sapNames, uint32(dsap), "Unknown DSAP 0x%02x")
	d.putByte(' ')
}

// llcControl prints what kind of frame it is; false if its payload is still to be
// shown.
func (d *dissector) llcControl(b []byte, length, n int, response uint8, control uint16, u bool) bool {
	flags := uint32(response)
	switch {
	case u:
		d.put("Unnumbered, ")
		d.putTok(llcCommands, uint32(control&0xef), "%02x")
		flags |= uint32(control & llcPollU)
	case control&3 == 1 || control&1 == 1:
		d.put("Supervisory, ")
		d.putTok(llcSupervisory, uint32(control>>2&3), "?")
		d.put(", rcv seq ")
		d.putUint(uint64(control >> 9 & 0x7f))
		flags |= uint32(control & llcPollIS)
	default:
		d.put("Information, send seq ")
		d.putUint(uint64(control >> 1 & 0x7f))
		d.put(", rcv seq ")
		d.putUint(uint64(control >> 9 & 0x7f))
		flags |= uint32(control & llcPollIS)
	}
	d.put(", Flags [")
	d.putTok(llcFlags, flags, "?")
	d.put("], length ")
	d.putInt(int64(length + n))
	if u {
		return control&^llcPollU == llcXID && d.llcExchangeID(b, length)
	}
	return control&1 == 1
}

// llcExchangeID prints an XID's parameters; false if it is not of that form.
func (d *dissector) llcExchangeID(b []byte, length int) bool {
	if length == 0 {
		return true
	}
	if len(b) < 1 {
		d.truncMark()
		return true
	}
	if b[0] != 0x81 {
		return false
	}
	if len(b) < 3 || length < 3 {
		d.truncMark()
		d.unknownAlways(b)
		return true
	}
	d.put(": ")
	d.putHex2(b[1])
	d.putByte(' ')
	d.putHex2(b[2])
	return true
}

// Organisations that SNAP headers are read for.
const (
	ouiEther     = 0x000000
	ouiCisco     = 0x00000c
	ouiCisco90   = 0x0000f8
	ouiRFC2684   = 0x0080c2
	ouiAppletalk = 0x080007
)

var ciscoPIDs = []name{
	{0x2000, "CDP"}, {0x2003, "VTP"}, {0x2004, "DTP"}, {0x0111, "UDLD"}, {0x010b, "PVST"}, {0x010c, "VLAN Bridge"},
}

var bridgedPIDs = []name{
	{0x0001, "Ethernet + FCS"}, {0x0007, "Ethernet w/o FCS"}, {0x0002, "802.4 + FCS"}, {0x0008, "802.4 w/o FCS"},
	{0x0003, "Token Ring + FCS"}, {0x0009, "Token Ring w/o FCS"}, {0x0004, "FDDI + FCS"}, {0x000a, "FDDI w/o FCS"},
	{0x0005, "802.6 + FCS"}, {0x000b, "802.6 w/o FCS"}, {0x000e, "BPDU"},
}

// snapNames are the protocols of an organisation.
func snapNames(oui uint32) []name {
	switch oui {
	case ouiEther, ouiCisco90, ouiAppletalk:
		return ethertypeNames
	case ouiCisco:
		return ciscoPIDs
	case ouiRFC2684:
		return bridgedPIDs
	}
	return nil
}

// snap prints what follows a SNAP header; false if that is unknown (snap_print).
// pad is the filling in front of bridged frames.
func (d *dissector) snap(b []byte, length, pad int) bool {
	d.proto = "snap"
	if len(b) < 5 || length < 5 {
		d.truncMark()
		return true
	}
	oui, pid := d.u24(b, 0), d.u16(b, 3)
	rest, n := b[5:], length-5
	if d.opt.LinkHeader {
		d.put("oui ")
		d.snapOUI(oui)
		if oui == 0 {
			d.put(", ethertype ")
		} else {
			d.put(", pid ")
		}
		d.snapPID(oui, pid, n)
	}
	if d.snapPayload(oui, pid, rest, n, pad) {
		return true
	}
	if d.opt.LinkHeader {
		return false
	}
	if d.addr.src != nil {
		d.putMAC(d.addr.src)
		d.put(" > ")
		d.putMAC(d.addr.dst)
		d.putByte(' ')
	}
	d.put("SNAP, ")
	if oui == 0 {
		d.put("ethertype ")
	} else {
		d.put("oui ")
		d.snapOUI(oui)
		d.put(", pid ")
	}
	d.snapPID(oui, pid, n)
	return false
}

func (d *dissector) snapOUI(oui uint32) {
	d.putTok(ouiNames, oui, "Unknown")
	d.put(" (0x")
	d.putHexW(uint64(oui), 6)
	d.putByte(')')
}

func (d *dissector) snapPID(oui uint32, pid uint16, length int) {
	d.putTok(snapNames(oui), uint32(pid), "Unknown")
	d.put(" (0x")
	d.putHex4(pid)
	d.put("), length ")
	d.putInt(int64(length))
	d.put(": ")
}

func (d *dissector) snapPayload(oui uint32, pid uint16, b []byte, length, pad int) bool {
	switch oui {
	case ouiEther, ouiCisco90:
		return d.ethertype(pid, b, length)
	case ouiAppletalk:
		return pid == 0x809b && d.ethertype(pid, b, length)
	case ouiCisco:
		return d.ciscoSNAP(pid, b, length)
	case ouiRFC2684:
		return d.bridgedSNAP(pid, b, length, pad)
	}
	return false
}
