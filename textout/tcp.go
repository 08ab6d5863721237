package textout

const (
	tcpHdrLen = 20
	tcpFIN    = 0x01
	tcpSYN    = 0x02
	tcpRST    = 0x04
	tcpPSH    = 0x08
	tcpACK    = 0x10
	tcpURG    = 0x20
)

// tcpFlags are the letters of all 256 combinations.
var tcpFlags = func() (t [256]string) {
	const letters = "FSRP.UEW"
	for v := range t {
		for i := range letters {
			if v>>i&1 == 1 {
				t[v] += letters[i : i+1]
			}
		}
	}
	t[0] = "none"
	return t
}()

// putTransportAddrs prints "src.port > dst.port: ", or only the ports behind an
// IPv6 extension header.
func (d *dissector) putTransportAddrs(own uint8, sport, dport uint16, port func(uint16)) {
	if d.ip.proto != own {
		port(sport)
		d.put(" > ")
		port(dport)
		d.put(": ")
		return
	}
	d.putIPFrom()
	d.putByte('.')
	port(sport)
	d.put(" > ")
	d.putIPTo()
	d.putByte('.')
	port(dport)
	d.put(": ")
}

func (d *dissector) putIPFrom() {
	if d.ip.v6 {
		d.putIP6(d.ip.hdr[8:])
		return
	}
	d.putIP4(d.ip.hdr[12:])
}

func (d *dissector) putIPTo() {
	if d.ip.v6 {
		d.putIP6(d.ip.hdr[24:])
		return
	}
	d.putIP4(d.ip.hdr[16:])
}

// putIPPair prints "src > dst: ".
func (d *dissector) putIPPair() {
	d.putIPFrom()
	d.put(" > ")
	d.putIPTo()
	d.put(": ")
}

// tcp prints a TCP segment (tcp_print). length is what IP says it has.
func (d *dissector) tcp(b []byte, length int) {
	d.proto = "tcp"
	if len(b) < 4 {
		d.putIPFrom()
		d.put(" > ")
		d.putIPTo()
		d.putByte(':')
		d.truncMark()
		return
	}
	sport, dport := d.u16(b, 0), d.u16(b, 2)
	d.tcpAddrs(sport, dport)
	if len(b) < tcpHdrLen {
		d.truncMark()
		return
	}
	hlen := int(b[12]>>4) * 4
	if hlen < tcpHdrLen {
		d.put(" tcp ")
		d.putInt(int64(uint32(length - hlen)))
		d.put(" [bad hdr length ")
		d.putInt(int64(hlen))
		d.put(" - too short, < 20]")
		return
	}
	seq, ack := d.u32(b, 4), d.u32(b, 8)
	if d.opt.Quiet {
		d.put("tcp ")
		d.putInt(int64(uint32(length - hlen)))
		if hlen > length {
			d.tcpTooLong(hlen, length)
		}
		return
	}
	flags := b[13]
	d.put("Flags [")
	d.put(tcpFlags[flags])
	d.putByte(']')
	var base seqBase
	if !d.opt.AbsoluteSeq && flags&tcpACK != 0 {
		base = d.relative(sport, dport, flags, &seq, &ack)
	}
	if hlen > length {
		d.tcpTooLong(hlen, length)
		return
	}
	if d.opt.Verbose > 0 && !d.opt.NoChecksum && !d.ip.fragmented && length <= len(b) {
		d.tcpChecksum(b[:length], length)
	}
	data := length - hlen
	d.tcpNumbers(b, flags, seq, ack, data)
	if hlen > tcpHdrLen {
		if !d.tcpOptions(b, hlen-tcpHdrLen, length, flags, base) {
			return
		}
	}
	d.put(", length ")
	d.putInt(int64(data))
	if data > 0 {
		d.needHeader(b, hlen)
		d.tcpPayload(b[hlen:], data, sport, dport, flags)
	}
}

// needHeader ends the packet with a remark unless its header was captured whole.
func (d *dissector) needHeader(b []byte, hlen int) {
	if hlen <= len(b) {
		return
	}
	d.put(" [remaining caplen(")
	d.putInt(int64(len(b)))
	d.put(") < header length(")
	d.putInt(int64(hlen))
	d.put(")]")
	d.trunc()
}

// tcpAddrs is the hot twin of putTransportAddrs.
func (d *dissector) tcpAddrs(sport, dport uint16) {
	if d.ip.proto != protoTCP {
		d.putTCPPort(sport)
		d.put(" > ")
		d.putTCPPort(dport)
		d.put(": ")
		return
	}
	d.putIPFrom()
	d.putByte('.')
	d.putTCPPort(sport)
	d.put(" > ")
	d.putIPTo()
	d.putByte('.')
	d.putTCPPort(dport)
	d.put(": ")
}

func (d *dissector) tcpTooLong(hlen, length int) {
	d.put(" [bad hdr length ")
	d.putInt(int64(hlen))
	d.put(" - too long, > ")
	d.putInt(int64(length))
	d.putByte(']')
}

func (d *dissector) tcpChecksum(b []byte, length int) {
	have := d.u16(b, 16)
	d.put(", cksum 0x")
	d.putHex4(have)
	if sum := d.transportSum(b, length, protoTCP); sum != 0 {
		d.put(" (incorrect -> 0x")
		d.putHex4(shouldBe(have, sum))
		d.putByte(')')
		return
	}
	d.put(" (correct)")
}

// tcpNumbers prints sequence, acknowledgement, window and urgent pointer.
func (d *dissector) tcpNumbers(b []byte, flags uint8, seq, ack uint32, data int) {
	if d.opt.Verbose > 1 || data > 0 || flags&(tcpSYN|tcpFIN|tcpRST) != 0 {
		d.put(", seq ")
		d.putUint(uint64(seq))
		if data > 0 {
			d.putByte(':')
			d.putUint(uint64(seq + uint32(data)))
		}
	}
	if flags&tcpACK != 0 {
		d.put(", ack ")
		d.putUint(uint64(ack))
	}
	d.put(", win ")
	d.putUint(uint64(d.u16(b, 14)))
	if flags&tcpURG != 0 {
		d.put(", urg ")
		d.putUint(uint64(d.u16(b, 18)))
	}
}

// tcpPayload prints what is known to run over the ports.
func (d *dissector) tcpPayload(b []byte, length int, sport, dport uint16, flags uint8) {
	if flags&tcpRST != 0 && d.opt.Verbose > 0 {
		d.tcpReset(b, length)
		return
	}
	if d.opt.Type != "" {
		d.tcpTyped(b, length)
		return
	}
	d.tcpApp(b, length, sport, dport)
}

// maxResetData is how much of a RST's text is shown (RFC 1122, 4.2.2.12).
const maxResetData = 30

func (d *dissector) tcpReset(b []byte, length int) {
	if length <= len(b) {
		d.put(" [RST")
	} else {
		d.put(" [!RST")
	}
	if length > maxResetData {
		length = maxResetData
		d.putByte('+')
	}
	d.putByte(' ')
	d.putSafe(within(b, length))
	d.putByte(']')
}
