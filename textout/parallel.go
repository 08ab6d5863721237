package textout

import (
	"encoding/binary"

	"tengu/capture"
)

// Formatting on several goroutines, with the text that one Printer alone would
// give.
//
// What a Printer keeps between packets decides what can run beside what. A first
// pass goes over a batch in order: for a packet that surely needs nothing but its
// connection's sequence numbers it looks these up (note), and any other packet it
// prints right there. Then a worker formats the batch from the notes while the next
// one is being read.

// note is what the first pass says about a packet.
type note struct {
	// from and to are its text in job.text if printed is set.
	from, to int
	printed  bool
	number   uint64
	// seq, ack and base are what relative found, if known is set.
	seq, ack uint32
	base     seqBase
	known    bool
}

// job is one batch on its way through a Sink.
type job struct {
	packets []capture.Packet
	notes   []note
	// data is what packets point to, text what the first pass printed, out all
	// of it.
	data, text, out []byte
	ready           chan struct{}
}

// leastShared is how many packets are worth another goroutine.
const leastShared = 32

// shareable says that the options let packets be formatted beside each other:
// names come by looking them up, -ttt needs the packet before.
func (o *Options) shareable() bool {
	return o.NoNames && o.TimeStyle != 3 && o.TimeStyle != 5 && o.Type == ""
}

// printAll fills j with the text of packets, in order.
func (j *job) printAll(p *Printer, packets []capture.Packet) {
	j.out = j.out[:0]
	for i := range packets {
		j.out = p.AppendPacket(j.out, &packets[i])
	}
}

// prepare is the first pass. It copies what it leaves to a worker.
func (j *job) prepare(p *Printer, packets []capture.Packet) {
	j.packets, j.notes = append(j.packets[:0], packets...), j.notes[:0]
	j.data, j.text = j.data[:0], j.text[:0]
	size := 0
	for i := range packets {
		size += len(packets[i].Data)
	}
	if cap(j.data) < size {
		j.data = make([]byte, 0, size+size/4)
	}
	for i := range packets {
		k := &packets[i]
		j.notes = append(j.notes, note{number: p.number})
		m := &j.notes[i]
		if p.independent(k, m) {
			p.number++
			at := len(j.data)
			j.data = append(j.data, k.Data...)
			j.packets[i].Data = j.data[at:]
			continue
		}
		m.printed, m.from = true, len(j.text)
		j.text = p.AppendPacket(j.text, k)
		m.to = len(j.text)
	}
}

// newWorker is a Printer that formats beside p.
func newWorker(p *Printer) *Printer {
	w := &Printer{opt: p.opt, names: p.names}
	w.clock.opt = &w.opt
	w.d = dissector{opt: &w.opt, pr: w}
	return w
}

// format is the second pass, by a worker.
func (j *job) format(w *Printer) {
	j.out = j.out[:0]
	for i := range j.packets {
		m := &j.notes[i]
		if m.printed {
			j.out = append(j.out, j.text[m.from:m.to]...)
			continue
		}
		w.number, w.d.note = m.number, m
		j.out = w.AppendPacket(j.out, &j.packets[i])
	}
	w.d.note = nil
}

// independent says that the text of k depends on no other packet, but for the
// sequence numbers that it looks up. When in doubt it says no.
func (p *Printer) independent(k *capture.Packet, m *note) bool {
	b := k.Data
	if int(k.WireLen) < len(b) {
		return false
	}
	var typ uint16
	switch k.Iface.LinkType {
	case capture.LinkEthernet:
		if len(b) < etherHdrLen {
			return false
		}
		typ, b = binary.BigEndian.Uint16(b[12:]), b[etherHdrLen:]
		if typ == 0x8100 && len(b) >= 4 {
			typ, b = binary.BigEndian.Uint16(b[2:]), b[4:]
		}
	case capture.LinkLinuxSLL:
		if len(b) < 16 {
			return false
		}
		typ, b = binary.BigEndian.Uint16(b[14:]), b[16:]
	case capture.LinkRaw:
		if len(b) == 0 {
			return false
		}
		typ = map[byte]uint16{4: etherIP4, 6: etherIP6}[b[0]>>4]
	}
	switch typ {
	case etherIP4:
		return p.independentIP4(b, m)
	case etherIP6:
		return p.independentIP6(b, m)
	}
	return typ == etherARP
}

func (p *Printer) independentIP4(b []byte, m *note) bool {
	if len(b) < ip4HdrLen || b[0]>>4 != 4 {
		return false
	}
	hlen, total := int(b[0]&15)*4, int(binary.BigEndian.Uint16(b[2:]))
	if hlen < ip4HdrLen || total < hlen || hlen > len(b) || b[6]&0x3f != 0 || b[7] != 0 {
		return false
	}
	b = within(b, total)
	p.d.ip = ipHeader{hdr: b, proto: b[9]}
	return p.independentTransport(b[hlen:], total-hlen, b[9], m)
}

func (p *Printer) independentIP6(b []byte, m *note) bool {
	if len(b) < ip6HdrLen || b[0]>>4 != 6 {
		return false
	}
	n := int(binary.BigEndian.Uint16(b[4:]))
	if n == 0 {
		return false
	}
	b = within(b, ip6HdrLen+n)
	p.d.ip = ipHeader{v6: true, hdr: b, proto: b[6]}
	return p.independentTransport(b[ip6HdrLen:], n, b[6], m)
}

func (p *Printer) independentTransport(b []byte, length int, proto uint8, m *note) bool {
	switch proto {
	case protoTCP:
		return p.independentTCP(b, length, m)
	case protoUDP:
		return len(b) >= udpHdrLen && plainUDP(binary.BigEndian.Uint16(b)) && plainUDP(binary.BigEndian.Uint16(b[2:]))
	case protoICMP:
		return len(b) > 0 && (b[0] == icmpEcho || b[0] == icmpEchoReply)
	case protoICMP6:
		return p.d.ip.v6
	}
	return false
}

func (p *Printer) independentTCP(b []byte, length int, m *note) bool {
	if len(b) < tcpHdrLen || b[12]>>4 < tcpHdrLen/4 {
		return false
	}
	sport, dport := binary.BigEndian.Uint16(b), binary.BigEndian.Uint16(b[2:])
	if length > int(b[12]>>4)*4 && !(plainTCP(sport) && plainTCP(dport)) {
		return false
	}
	if p.opt.AbsoluteSeq || p.opt.Quiet || b[13]&tcpACK == 0 {
		return true
	}
	m.seq, m.ack = binary.BigEndian.Uint32(b[4:]), binary.BigEndian.Uint32(b[8:])
	m.base = p.d.relative(sport, dport, b[13], &m.seq, &m.ack)
	m.known = true
	return true
}

// plainTCP says that what runs over a port has no printer, or one that remembers
// nothing and holds no other protocol.
func plainTCP(port uint16) bool {
	switch port {
	case 139, 179, 323, 445, 639, 646, 1723, 2049, 6633, 6653, 10288:
		return false
	}
	return true
}

// plainUDP is plainTCP for UDP. Bit by bit these are all the ports of udpApp but
// for the everyday ones.
func plainUDP(port uint16) bool {
	switch port {
	case 53, 67, 68, 123, 514, 546, 547, 5060, 5353:
		return true
	case 1589, 1645, 1646, 1700, 1701, 1812, 1813, 1985, 2049, 2103, 2104, 3456, 3503, 3784, 3785, 3799, 4342, 4500,
		4567, 4784, 4789, 4790, 5359, 6081, 6343, 6635, 6696, 6697, 6784, 7500, 8231, 8472, 8500, 12222, 12223, 17754,
		30490, 49152:
		return false
	}
	return port >= 1024 && (port < 7000 || port > 7009)
}
