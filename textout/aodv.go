package textout

// aodvForm says where a route request or reply has its fields: RFC 3561, its
// IPv6 form and the draft before that.
type aodvForm struct {
	word               string
	size               int
	dst, dseq, src, at int // at: the source's sequence number, or the lifetime
	v6                 bool
}

var (
	aodvRequest      = aodvForm{" rreq", 24, 8, 12, 16, 20, false}
	aodvRequest6     = aodvForm{" v6 rreq", 48, 8, 24, 28, 44, true}
	aodvRequestDraft = aodvForm{" rreq", 48, 16, 8, 32, 12, true}
	aodvReplyForm    = aodvForm{" rrep", 20, 4, 8, 12, 16, false}
	aodvReply6Form   = aodvForm{" rrep", 44, 4, 20, 24, 40, true}
	aodvReplyDraft   = aodvForm{" rrep", 44, 8, 4, 24, 40, true}
	aodvRequestFlags = []name{{0x80, "[J]"}, {0x40, "[R]"}, {0x20, "[G]"}, {0x10, "[D]"}}
)

// aodv prints a message of the AODV routing protocol.
func (d *dissector) aodv(b []byte, length int) {
	d.proto = "aodv"
	typ := d.u8(b, 0)
	d.put(" aodv")
	switch typ {
	case 1:
		if d.ip.v6 {
			d.aodvRouteRequest(aodvRequest6, b, length)
		} else {
			d.aodvRouteRequest(aodvRequest, b, length)
		}
	case 2:
		if d.ip.v6 {
			d.aodvRouteReply(aodvReply6Form, b, length)
		} else {
			d.aodvRouteReply(aodvReplyForm, b, length)
		}
	case 3:
		d.aodvError(b, length, d.ip.v6)
	case 4, 19:
		d.printf(" rrep-ack %d", length)
	case 16:
		d.aodvRouteRequest(aodvRequestDraft, b, length)
	case 17:
		d.aodvRouteReply(aodvReplyDraft, b, length)
	case 18:
		d.aodvError(b, length, true)
	default:
		d.printf(" type %d %d", typ, length)
	}
}

func (d *dissector) aodvAddr(b []byte, off int, v6 bool) string {
	if v6 {
		return d.ip6Text(b, off)
	}
	return d.ip4Text(b, off)
}

func (d *dissector) aodvCheck(b []byte, length, size int) {
	if length < size {
		d.trunc()
	}
	d.need(b, size)
}

// aodvRouteRequest: tcpdump takes the flags from the type's byte.
func (d *dissector) aodvRouteRequest(f aodvForm, b []byte, length int) {
	d.aodvCheck(b, length, f.size)
	d.printf("%s %d ", f.word, length)
	if b[0]&0xf0 != 0 {
		d.putBits(aodvRequestFlags, uint32(b[0]&0xf0), "", "")
	}
	d.put(either(b[0]&8 != 0, "[U] ", " "))
	d.printf("hops %d id 0x%08x\n\tdst %s seq %d src %s seq %d", b[3], d.u32(b, 4),
		d.aodvAddr(b, f.dst, f.v6), d.u32(b, f.dseq), d.aodvAddr(b, f.src, f.v6), d.u32(b, f.at))
	d.aodvExtension(b[f.size:], length-f.size)
}

func (d *dissector) aodvRouteReply(f aodvForm, b []byte, length int) {
	d.aodvCheck(b, length, f.size)
	d.printf("%s %d %s%sprefix %d hops %d\n\tdst %s dseq %d src %s %d ms", f.word, length,
		either(b[0]&0x80 != 0, "[R]", ""), either(b[0]&0x40 != 0, "[A] ", " "), b[2]&0x1f, b[3],
		d.aodvAddr(b, f.dst, f.v6), d.u32(b, f.dseq), d.aodvAddr(b, f.src, f.v6), d.u32(b, f.at))
	d.aodvExtension(b[f.size:], length-f.size)
}

func (d *dissector) aodvError(b []byte, length int, v6 bool) {
	d.aodvCheck(b, length, 4)
	d.printf(" rerr %s [items %d] [%d]:", either(b[1]&0x80 != 0, "[D]", ""), b[3], length)
	size := 8
	if v6 {
		size = 20
	}
	off := 4
	for range int(b[3]) {
		d.aodvCheck(from(b, off), length-off, size)
		d.printf(" {%s}(%d)", d.aodvAddr(b, off, v6), d.u32(b, off+size-4))
		off += size
	}
}

// aodvExtension prints the extension that may follow; there is no more than one.
func (d *dissector) aodvExtension(b []byte, length int) {
	if length < 2 {
		return
	}
	d.need(b, 2)
	switch {
	case b[0] != 1:
		d.printf("\n\text %d %d", b[0], b[1])
	case len(b) < 6 || length < 6:
		d.trunc()
	case b[1] < 4:
		d.printf("\n\text HELLO - bad length %d", b[1])
	default:
		d.printf("\n\text HELLO %d ms", d.u32(b, 2))
	}
}
