package textout

// SCTP chunk types that have a printer, RFC 9260 section 3.2.
const (
	sctpData    = 0
	sctpInit    = 1
	sctpInitAck = 2
	sctpSack    = 3

	sctpHeaderLen = 12
	sctpChunkLen  = 4
	sctpDataLen   = 12
)

// sctp prints an SCTP packet.
func (d *dissector) sctp(b []byte, length int) {
	d.proto = "sctp"
	if length < sctpHeaderLen {
		d.printf("truncated-sctp - %d bytes missing!", sctpHeaderLen-length)
		return
	}
	d.need(b, sctpHeaderLen)
	forces := d.sctpPorts(d.u16(b, 0), d.u16(b, 2))
	sep := " ("
	if d.opt.Verbose >= 2 {
		sep = "\n\t"
	}
	// left wraps like tcpdump's: a chunk longer than the packet runs on to the
	// end of the capture.
	b, left := b[sctpHeaderLen:], uint32(length-sctpHeaderLen)
	for n := 1; left != 0; n++ {
		lead := sep + utoa(uint32(n)) + ") "
		if left < sctpChunkLen {
			d.printf("%s[chunk descriptor cut off at end of packet]", lead)
			return
		}
		size, pad, ok := d.sctpChunkSize(b, left, lead)
		if !ok {
			return
		}
		d.put(lead)
		if !d.sctpChunk(within(b, size), size, &forces) {
			return
		}
		left -= uint32(size)
		if d.opt.Verbose < 2 {
			sep = ", ("
		}
		d.need(b, size+pad)
		b, left = b[size+pad:], left-uint32(pad)
	}
}

// sctpPorts prints the addresses and tells whether a port is of ForCES.
func (d *dissector) sctpPorts(sport, dport uint16) (forces bool) {
	d.putIPFrom()
	d.printf(".%d > ", sport)
	d.putIPTo()
	d.printf(".%d: sctp", dport)
	for _, p := range []uint16{sport, dport} {
		if s, ok := lookup(forcesChannels, uint32(p)); ok {
			d.printf("[%s]", s)
			forces = true
		}
	}
	return forces
}

// sctpChunkSize checks a chunk's header and returns its length and padding; what
// is wrong with it is printed after lead.
func (d *dissector) sctpChunkSize(b []byte, left uint32, lead string) (size, pad int, ok bool) {
	size = int(d.u16(d.bytes(b, 0, sctpChunkLen), 2))
	pad = -size & 3
	switch {
	case size < sctpChunkLen:
		d.printf("%s[Bad chunk length %d, < size of chunk descriptor]", lead, size)
		return 0, 0, false
	case left < uint32(pad):
		d.printf("%s[Bad chunk length %d, > remaining data in packet]", lead, size)
		return 0, 0, false
	}
	d.need(b, size)
	return size, pad, true
}

// sctpChunk prints a whole chunk; false ends the packet.
func (d *dissector) sctpChunk(b []byte, size int, forces *bool) bool {
	d.put("[")
	d.putTok(sctpChunks, uint32(b[0]), "Unknown chunk type: 0x%x")
	d.put("] ")
	body, ok := b[sctpChunkLen:], true
	switch b[0] {
	case sctpData:
		ok = d.sctpData(b[1], body, forces)
	case sctpInit, sctpInitAck:
		ok = d.sctpInit(body)
	case sctpSack:
		ok = d.sctpSack(body)
	}
	if !ok {
		d.printf("bogus chunk length %d]", size)
	}
	return ok
}

func (d *dissector) sctpData(flags byte, b []byte, forces *bool) bool {
	d.putIf(flags&4 != 0, "(U)")
	d.putIf(flags&2 != 0, "(B)")
	d.putIf(flags&1 != 0, "(E)")
	d.putIf(flags&7 != 0, " ")
	if len(b) < sctpDataLen {
		return false
	}
	ppid := d.u32(b, 8)
	d.printf("[TSN: %d] [SID: %d] [SSEQ %d] [PPID ", d.u32(b, 0), d.u16(b, 4), d.u16(b, 6))
	d.putTok(sctpPayloads, ppid, "0x%x")
	d.put("] ")
	*forces = *forces || ppid >= 21 && ppid <= 23
	b = b[sctpDataLen:]
	if len(b) == 0 {
		return false
	}
	switch {
	case *forces:
		d.unknown(b)
	case d.opt.Verbose < 2:
	case ppid == 3:
		d.m3ua(b, len(b))
	case d.opt.suppressDefault():
		d.put("[Payload]")
	default:
		d.put("[Payload:")
		d.unknown(b)
		d.put("]")
	}
	d.proto = "sctp"
	return true
}

func (d *dissector) sctpInit(b []byte) bool {
	if len(b) < 16 {
		return false
	}
	d.printf("[init tag: %d] [rwnd: %d] [OS: %d] [MIS: %d] [init TSN: %d] ",
		d.u32(b, 0), d.u32(b, 4), d.u16(b, 8), d.u16(b, 10), d.u32(b, 12))
	return true
}

func (d *dissector) sctpSack(b []byte) bool {
	if len(b) < 12 {
		return false
	}
	ack, gaps, dups := d.u32(b, 0), d.u16(b, 8), d.u16(b, 10)
	d.printf("[cum ack %d] [a_rwnd %d] [#gap acks %d] [#dup tsns %d] ", ack, d.u32(b, 4), gaps, dups)
	b = b[12:]
	for i := 0; len(b) != 0 && i < int(gaps); i, b = i+1, b[4:] {
		if len(b) < 4 {
			return false
		}
		d.printf("\n\t\t[gap ack block #%d: start = %d, end = %d] ", i+1,
			ack+uint32(d.u16(b, 0)), ack+uint32(d.u16(b, 2)))
	}
	for i := 0; len(b) != 0 && i < int(dups); i, b = i+1, b[4:] {
		if len(b) < 4 {
			return false
		}
		d.printf("\n\t\t[dup TSN #%d: %d] ", i+1, d.u32(b, 0))
	}
	return true
}

// m3uaMessages are the message names of each class.
func m3uaMessages(class byte) []name {
	switch class {
	case 0:
		return m3uaManagement
	case 1:
		return m3uaTransfer
	case 2:
		return m3uaSS7
	case 3:
		return m3uaASPState
	case 4:
		return m3uaASPTraffic
	case 9:
		return m3uaRouting
	}
	return nil
}

// m3ua prints an MTP3 user adaptation message, RFC 4666.
func (d *dissector) m3ua(b []byte, length int) {
	d.proto = "m3ua"
	if length < 8 {
		d.invalid()
		d.need(b, length)
		return
	}
	d.need(b, 8)
	if b[0] != 1 {
		return
	}
	d.put("\n\t\t")
	d.putTok(m3uaClasses, uint32(b[2]), "Unknown message class %d")
	if messages := m3uaMessages(b[2]); messages != nil {
		d.put(" ")
		d.putTok(messages, uint32(b[3]), "Unknown (0x%02x)")
		d.put(" Message")
	}
	if n := d.u32(b, 4); n != uint32(length) {
		d.printf("\n\t\t\t@@@@@@ Corrupted length %d of message @@@@@@", n)
		return
	}
	d.m3uaParams(b[8:], length-8)
}

func (d *dissector) m3uaParams(b []byte, length int) {
	for off := 0; off < length; {
		if off+4 > length {
			d.invalid()
			d.need(b, length)
			return
		}
		tag := d.u16(b, off)
		d.put("\n\t\t\t")
		d.putTok(m3uaParams, uint32(tag), "Unknown Parameter (0x%04x)")
		d.put(": ")
		n := int(d.u16(b, off+2))
		if n < 4 {
			d.invalid()
			d.need(b, length)
			return
		}
		next := (off + n + 3) &^ 3
		d.need(b, next)
		d.m3uaParam(tag, b[off:], n-4)
		off = next
	}
}

// m3uaParam prints a parameter of size bytes after its header. tcpdump prints
// the header for the three types it knows.
func (d *dissector) m3uaParam(tag uint16, b []byte, size int) {
	switch tag {
	case 0x0200, 0x0006, 0x0013:
		if size < 4 {
			d.invalid()
			return
		}
		d.printf("0x%08x", d.u32(b, 0))
	default:
		d.printf("(length %d)", size+4)
	}
}
