package textout

import "bytes"

// ISAKMP flags and versions, RFC 2408 section 3.1 and RFC 7296 section 3.1.
const (
	isakmpEncrypted = 0x01
	isakmpCommit    = 0x02
	ikev2Initiator  = 0x08
	ikev2Version    = 0x10
	ikev2Response   = 0x20

	isakmpHeaderLen  = 28
	isakmpPayloadLen = 4
)

// Payload types that lists are walked with.
const (
	ikeNone      = 0
	ikeSA        = 1
	ikeProposal  = 2
	ikeTransform = 3
	ikeEncrypted = 46
)

// ikeMessage is one ISAKMP message while its payloads are printed. Payload
// printers take the offset of a payload in b and return the offset of the next
// one, or ikeStop where the list cannot be followed. b ends where the capture
// ends, as tcpdump checks against the capture and not against the message.
type ikeMessage struct {
	d *dissector
	// header is the message's; b is what its payloads lie in: the message, or
	// what was decrypted from it.
	header, b []byte
	phase     int
}

// ikeStop ends a list of payloads.
const ikeStop = -1

// ikeContext is what an SA or proposal tells the payloads inside it.
type ikeContext struct {
	doi, proto uint32
	depth      int
}

// ikeCookies remembers who started the last exchanges, as version 1 packets do
// not say whether they are the initiator's.
type ikeCookies struct {
	seen [20]struct {
		cookie             [8]byte
		version            byte
		initiator, respond [16]byte
	}
	next int
}

// find returns the exchange's place, or -1. Unused places have cookie zero and
// are found by a zero cookie, as tcpdump's are.
func (c *ikeCookies) find(cookie []byte) int {
	for i := range c.seen {
		if bytes.Equal(c.seen[i].cookie[:], cookie) {
			return i
		}
	}
	return -1
}

func (c *ikeCookies) record(cookie, ip []byte) {
	e := &c.seen[c.next]
	src, dst := ipEnds(ip)
	if src == nil {
		return
	}
	e.version = ip[0] >> 4
	copy(e.initiator[:], src)
	copy(e.respond[:], dst)
	copy(e.cookie[:], cookie)
	c.next = (c.next + 1) % len(c.seen)
}

// side tells which end of exchange i sent the packet with header ip.
func (c *ikeCookies) side(i int, ip []byte) string {
	src, _ := ipEnds(ip)
	e := &c.seen[i]
	switch {
	case src == nil || e.version != ip[0]>>4:
		return " ?"
	case bytes.Equal(src, e.initiator[:len(src)]):
		return " I"
	case bytes.Equal(src, e.respond[:len(src)]):
		return " R"
	}
	return " ?"
}

// ipEnds returns the source and destination address in an IP header, nil when
// it is not one.
func ipEnds(ip []byte) (src, dst []byte) {
	switch {
	case len(ip) >= 20 && ip[0]>>4 == 4:
		return ip[12:16], ip[16:20]
	case len(ip) >= 40 && ip[0]>>4 == 6:
		return ip[8:24], ip[24:40]
	}
	return nil, nil
}

// isakmp prints an IKE message.
func (d *dissector) isakmp(b []byte, length int) {
	d.proto = "isakmp"
	d.need(b, isakmpHeaderLen)
	d.put("isakmp")
	major, minor := b[17]>>4, b[17]&0xf
	if d.opt.Verbose > 0 {
		d.printf(" %d.%d msgid %x", major, minor, b[20:24])
	}
	if d.opt.Verbose > 1 {
		d.printf(" cookie %x->%x", b[:8], b[8:16])
	}
	d.put(":")
	m := &ikeMessage{d: d, header: b[:isakmpHeaderLen], b: b, phase: 2}
	if d.u32(b, 20) == 0 {
		m.phase = 1
	}
	switch major {
	case 1:
		m.version1()
	case 2:
		m.version2()
	default:
		return
	}
	if n := d.u32(b, 24); d.opt.Verbose > 0 && n != uint32(length) {
		d.printf(" (len mismatch: isakmp %d/ip %d)", n, length)
	}
}

// isakmpNATT prints what travels on port 4500: RFC 3948.
func (d *dissector) isakmpNATT(b []byte, length int) {
	d.proto = "isakmp_rfc3948"
	if length == 1 && d.u8(b, 0) == 0xff {
		d.put("isakmp-nat-keep-alive")
		return
	}
	if length < 4 {
		d.trunc()
	}
	if d.u32(b, 0) == 0 {
		d.put("NONESP-encap: ")
		d.isakmp(b[4:], length-4)
		return
	}
	d.put("UDP-encap: ")
	d.esp(b, length)
}

func (m *ikeMessage) version1() {
	d, b := m.d, m.b
	ip := d.ip.hdr
	if m.phase == 1 {
		d.put(" phase 1")
	} else {
		d.put(" phase 2/others")
	}
	cookies := &d.pr.ike
	i := cookies.find(b[:8])
	switch {
	case i >= 0:
		d.put(cookies.side(i, ip))
	case bytes.Equal(b[8:16], make([]byte, 8)):
		d.put(" I")
		cookies.record(b[:8], ip)
	default:
		d.put(" ?")
	}
	d.printf(" %s", ikeWord(ikeExchanges, uint32(b[18])))
	flags := b[19]
	if flags != 0 {
		d.put("[")
		d.putIf(flags&isakmpEncrypted != 0, "E")
		d.putIf(flags&isakmpCommit != 0, "C")
		d.put("]")
	}
	m.payloads(m.version1Payload)
}

func (m *ikeMessage) version2() {
	d, b := m.d, m.b
	if m.phase == 1 {
		d.put(" parent_sa")
	} else {
		d.put(" child_sa ")
	}
	d.printf(" %s", ikeWord(ikeExchanges, uint32(b[18])))
	flags := b[19]
	if flags != 0 {
		d.put("[")
		d.putIf(flags&ikev2Initiator != 0, "I")
		d.putIf(flags&ikev2Version != 0, "V")
		d.putIf(flags&ikev2Response != 0, "R")
		d.put("]")
	}
	m.payloads(m.version2Payload)
}

// ikePayloadPrinter prints the payload of type np at off and returns the offset
// of the next, or ikeStop.
type ikePayloadPrinter func(np byte, off, length int, c ikeContext) int

func (m *ikeMessage) payloads(print ikePayloadPrinter) {
	d := m.d
	if d.opt.Verbose == 0 {
		return
	}
	d.put(":")
	np := m.b[16]
	if m.b[19]&isakmpEncrypted != 0 {
		d.printf(" [encrypted %s]", ikePayloadName(np))
		return
	}
	m.list(np, isakmpHeaderLen, ikeContext{}, print)
}

// list prints a chain of payloads, each on its own line, indented by depth.
func (m *ikeMessage) list(np byte, off int, c ikeContext, print ikePayloadPrinter) int {
	d := m.d
	for np != ikeNone {
		if !m.have(off, isakmpPayloadLen) || !m.have(off, int(d.u16(m.b, off+2))) {
			return m.cut(np)
		}
		c.depth++
		m.open(c.depth)
		next := m.one(np, off, c, print)
		d.put(")")
		c.depth--
		if next == ikeStop {
			return ikeStop
		}
		np = d.u8(m.b, off)
		off = next
	}
	return off
}

func (m *ikeMessage) one(np byte, off int, c ikeContext, print ikePayloadPrinter) int {
	length := int(m.d.u16(m.b, off+2))
	if length <= isakmpPayloadLen {
		return ikeStop
	}
	return print(np, off, length, c)
}

// open starts a payload's line.
func (m *ikeMessage) open(depth int) {
	m.d.put("\n")
	for range depth {
		m.d.put("    ")
	}
	m.d.put("(")
}

// unknown prints a payload that has no printer by its name.
func (m *ikeMessage) unknown(np byte, off, length int) int {
	m.d.put(ikePayloadName(np))
	return off + length
}

func (m *ikeMessage) have(off, n int) bool {
	return n >= 0 && off <= len(m.b) && n <= len(m.b)-off
}

// cut prints the mark of a payload that the capture does not hold whole.
func (m *ikeMessage) cut(np byte) int {
	m.d.printf(" [|%s]", ikePayloadName(np))
	return ikeStop
}

// hex prints n bytes at off, and nothing unless all are there.
func (m *ikeMessage) hex(off, n int) bool {
	if !m.have(off, n) {
		return false
	}
	m.d.printf("%x", m.b[off:off+n])
	return true
}

// body prints the payload's bytes after its first skip at -vvv.
func (m *ikeMessage) body(off, skip, length int) bool {
	if m.d.opt.Verbose < 3 || length <= skip {
		return true
	}
	m.d.put(" ")
	return m.hex(off+skip, length-skip)
}

// someData prints the first 10 bytes at off and the last 20 of the capture.
func (m *ikeMessage) someData(off int) bool {
	n, tail := len(m.b)-off, 20
	if n > 10 || n < 0 {
		n = 10
	}
	end := len(m.b) - tail
	if end < off+n {
		end = off + n
		tail = len(m.b) - end
	}
	m.d.put(" data=(")
	if !m.hex(off, n) {
		return false
	}
	m.d.put("...")
	if tail != 0 && !m.hex(end, tail) {
		return false
	}
	m.d.put(")")
	return true
}

// attribute prints a data attribute (RFC 2408 section 3.3) at off, which must
// end by end; attrs names the types and values.
func (m *ikeMessage) attribute(off, end int, attrs []ikeAttribute) int {
	d := m.d
	short := d.u8(m.b, off)&0x80 != 0
	total := 4
	if !short {
		total += int(d.u16(m.b, off+2))
	}
	if end < off+total {
		d.put("[|attr]")
		return end + 1
	}
	var a ikeAttribute
	t := d.u16(m.b, off) & 0x7fff
	if int(t) < len(attrs) {
		a = attrs[t]
	}
	if a.name != "" {
		d.printf("(type=%s ", a.name)
	} else {
		d.printf("(type=#%d ", t)
	}
	ok := true
	if short {
		d.put("value=")
		if s := ikeAt(a.values, uint32(d.u16(m.b, off+2))); s != "" {
			d.put(s)
		} else {
			ok = m.hex(off+2, 2)
		}
	} else {
		d.printf("len=%d value=", total-4)
		ok = m.hex(off+4, total-4)
	}
	d.put(")")
	if !ok {
		return ikeStop
	}
	return off + total
}

// attributes prints those from off to end, and "..." when the capture is shorter.
func (m *ikeMessage) attributes(off, end int, attrs []ikeAttribute) int {
	for off < len(m.b) && off < end {
		if off = m.attribute(off, end, attrs); off == ikeStop {
			return m.cut(ikeTransform)
		}
	}
	m.d.putIf(len(m.b) < end, "...")
	return off
}

// ikeAt returns words[n], or "" where there is none.
func ikeAt(words []string, n uint32) string {
	if uint64(n) < uint64(len(words)) {
		return words[n]
	}
	return ""
}

// ikeWord returns words[n], or "#n" where there is none.
func ikeWord(words []string, n uint32) string {
	if s := ikeAt(words, n); s != "" {
		return s
	}
	return "#" + utoa(n)
}

func ikePayloadName(np byte) string { return ikeWord(ikePayloads, uint32(np)) }
