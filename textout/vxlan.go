package textout

var (
	vxlanFlags    = []name{{8, "I"}}
	vxlanGPEFlags = []name{{8, "I"}, {4, "P"}, {2, "B"}, {1, "O"}}
	geneveFlags   = []name{{128, "O"}, {64, "C"}, {32, "R1"}, {16, "R2"}, {8, "R3"}, {4, "R4"}, {2, "R5"}, {1, "R6"}}
)

// etherBridged is transparent Ethernet bridging.
const etherBridged = 0x6558

// vxlan prints a VXLAN header, RFC 7348, and the frame in it.
func (d *dissector) vxlan(b []byte, length int) {
	d.proto = "vxlan"
	d.put("VXLAN")
	if length < 8 {
		d.invalid()
		return
	}
	flags := d.u8(b, 0)
	d.put(", flags [")
	d.putBits(vxlanFlags, uint32(flags), "invalid", "")
	d.put("] (0x")
	d.putHex2(flags)
	d.put("), ")
	vni := d.u24(b, 4)
	d.put("vni ")
	d.putUint(uint64(vni))
	d.put("\n")
	d.need(b, 8)
	d.ether(b[8:], length-8)
}

// vxlanGPE prints VXLAN's generic protocol extension.
func (d *dissector) vxlanGPE(b []byte, length int) {
	d.proto = "vxlan_gpe"
	d.put("VXLAN-GPE, ")
	if length < 8 {
		d.printf(" (len %d < 8)", length)
		d.invalid()
		return
	}
	d.printf("flags [%s], ", d.flagsTight(vxlanGPEFlags, uint32(d.u8(b, 0)), "none"))
	d.need(b, 8)
	d.printf("vni %d%s", d.u24(b, 4), either(d.opt.Verbose > 0, "\n    ", ": "))
	next := b[3]
	b, length = b[8:], length-8
	switch next {
	case 1:
		d.ip4(b, length)
	case 2:
		d.ip6(b, length)
	case 3:
		d.ether(b, length)
	case 4:
		d.nsh(b, length)
	default:
		d.put("ERROR: unknown-next-protocol")
		d.invalid()
	}
}

// geneveClass names who defined an option.
func geneveClass(class uint16) string {
	switch {
	case class == 0x100:
		return "Linux"
	case class == 0x101:
		return "Open vSwitch"
	case class == 0x102:
		return "Open Virtual Networking (OVN)"
	case class == 0x103:
		return "In-band Network Telemetry (INT)"
	case class == 0x104:
		return "VMware"
	case class <= 0xff:
		return "Standard"
	case class >= 0xfff0:
		return "Experimental"
	}
	return "Unknown"
}

// geneve prints a Geneve header, RFC 8926, and what it carries.
func (d *dissector) geneve(b []byte, length int) {
	d.proto = "geneve"
	d.put("Geneve")
	if length < 8 {
		d.printf(" [length %d < 8]", length)
		d.invalid()
		return
	}
	d.need(b, 8)
	if v := b[0] >> 6; v != 0 {
		d.printf(" ERROR: unknown-version %d", v)
		return
	}
	typ := d.u16(b, 2)
	d.put(", Flags [")
	d.putBits(geneveFlags, uint32(b[1]), "none", "")
	d.put("], vni 0x")
	d.putHex(uint64(d.u24(b, 4)))
	if b[7] != 0 {
		d.put(", rsvd 0x")
		d.putHex(uint64(b[7]))
	}
	if d.opt.LinkHeader {
		d.printf(", proto %s (0x%04x)", d.tok(ethertypeNames, uint32(typ), "unknown"), typ)
	}
	n := int(b[0]&0x3f) * 4
	b, length = b[8:], length-8
	if length < n {
		d.printf(" truncated-geneve - %d bytes missing", n-length)
		return
	}
	d.need(b, n)
	d.geneveOptions(b[:n])
	b, length = b[n:], length-n
	d.put(either(d.opt.Verbose > 0, "\n\t", ": "))
	switch {
	case d.ethertype(typ, b, length):
	case typ == etherBridged:
		d.ether(b, length)
	default:
		d.printf("geneve-proto-0x%x", typ)
	}
}

func (d *dissector) geneveOptions(b []byte) {
	if len(b) == 0 {
		return
	}
	if d.opt.Verbose == 0 {
		d.printf(", options [%d bytes]", len(b))
		return
	}
	d.put(", options [")
	sep := ""
	for len(b) > 0 {
		class, typ, n := d.u16(b, 0), d.u8(b, 2), 4+int(d.u8(b, 3)&0x1f)*4
		d.printf("%sclass %s (0x%x) type 0x%x%s len %d", sep, geneveClass(class), class, typ, either(typ&0x80 != 0, "(C)", ""), n)
		sep = ", "
		if n > len(b) {
			d.put(" [bad length]")
			break
		}
		if d.opt.Verbose > 1 && n > 4 {
			d.put(" data")
			for i := 4; i < n; i += 4 {
				d.printf(" %08x", d.u32(b, i))
			}
		}
		b = b[n:]
	}
	d.put("]")
}

// otv prints an overlay transport virtualization header and the frame in it.
func (d *dissector) otv(b []byte, length int) {
	d.proto = "otv"
	d.put("OTV, ")
	if length < 8 {
		d.printf("[length %d < 8]", length)
		d.invalid()
		d.need(b, length)
		return
	}
	flags := d.u8(b, 0)
	d.printf("flags [%s] (0x%02x), ", either(flags&8 != 0, "I", "."), flags)
	d.printf("overlay %d, ", d.u24(b, 1))
	d.printf("instance %d\n", d.u24(b, 4))
	d.need(b, 8)
	d.ether(b[8:], length-8)
}
