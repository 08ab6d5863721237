package main

import (
	"encoding/binary"
	"io"

	"tengu/capture"
	"tengu/ringbuf"
)

// packets are what the rings hold, selected and cooked as the sinks need them.
type packets struct {
	reader *ringbuf.Reader
	flt    *liveFilter
	out    *output
	cook   *cooker
}

// ReadBatch implements capture.Source.
func (p *packets) ReadBatch(b *capture.Batch) error {
	if p.out.done() {
		b.Reset()
		return io.EOF
	}
	err := p.reader.ReadBatch(b)
	if p.flt.exact.Load() {
		p.flt.keep(b)
	}
	if p.cook != nil {
		p.cook.batch(b)
	}
	if p.out.limit(b) {
		return io.EOF
	}
	return err
}

// Wait implements capture.Waiter.
func (p *packets) Wait() error { return p.reader.Wait() }

// blocks are packets that may also go in whole blocks.
type blocks struct{ *packets }

// NextBlock implements capture.BlockSource.
func (s *blocks) NextBlock() (capture.Block, bool) {
	blk, ok := s.reader.NextBlock()
	s.out.taken.Add(uint64(blk.Packets))
	return blk, ok
}

// Interfaces implements capture.BlockSource.
func (s *blocks) Interfaces() []*capture.Interface { return s.reader.Interfaces() }

// keep leaves only what the expression selects.
func (f *liveFilter) keep(b *capture.Batch) {
	keep := b.Packets[:0]
	for i := range b.Packets {
		p := &b.Packets[i]
		flt, err := f.forLink(p.Iface.LinkType)
		if err != nil || flt.Match(p.Data, p.WireLen, metaOf(p)) {
			keep = append(keep, *p)
		}
	}
	b.Packets = keep
}

// cooker turns packets of several interfaces into LINKTYPE_LINUX_SLL2 ones, as
// libpcap's "any" device gives them
// (https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html).
type cooker struct {
	arena  []byte
	ifaces map[*capture.Interface]*capture.Interface
}

const (
	sll2Len  = 20
	etherLen = 14
)

func (c *cooker) batch(b *capture.Batch) {
	need := 0
	for i := range b.Packets {
		need += sll2Len + len(b.Packets[i].Data)
	}
	if cap(c.arena) < need {
		c.arena = make([]byte, 0, need+need/2)
	}
	c.arena = c.arena[:0]
	for i := range b.Packets {
		c.packet(&b.Packets[i])
	}
}

// packet replaces p's link-layer header.
func (c *cooker) packet(p *capture.Packet) {
	start := len(c.arena)
	h := c.arena[start : start+sll2Len]
	clear(h)
	skip := 0
	if p.Iface.LinkType == capture.LinkEthernet && len(p.Data) >= etherLen {
		skip = etherLen
		binary.BigEndian.PutUint16(h, etherProtocol(p.Data))
		h[10] = packetType(p)
		h[11] = 6
		copy(h[12:], p.Data[6:12])
	} else {
		binary.BigEndian.PutUint16(h, ipProtocol(p.Data))
		if p.Dir == capture.DirOut {
			h[10] = packetOutgoing
		}
	}
	binary.BigEndian.PutUint32(h[4:], uint32(p.Iface.Index))
	binary.BigEndian.PutUint16(h[8:], p.Iface.Hardware)
	c.arena = append(c.arena[:start+sll2Len], p.Data[skip:]...)
	p.Data, p.Raw = c.arena[start:], nil
	p.WireLen += uint32(sll2Len - skip)
	p.Iface = c.iface(p.Iface)
}

// iface is the interface as a cooked one.
func (c *cooker) iface(i *capture.Interface) *capture.Interface {
	if cooked := c.ifaces[i]; cooked != nil {
		return cooked
	}
	if c.ifaces == nil {
		c.ifaces = map[*capture.Interface]*capture.Interface{}
	}
	cooked := *i
	cooked.LinkType = capture.LinkLinuxSLL2
	c.ifaces[i] = &cooked
	return &cooked
}

// Packet types of sll2_pkttype (linux/if_packet.h).
const (
	packetHost = iota
	packetBroadcast
	packetMulticast
	packetOtherHost
	packetOutgoing
)

func packetType(p *capture.Packet) byte {
	dst := p.Data[:6]
	switch {
	case p.Dir == capture.DirOut:
		return packetOutgoing
	case string(dst) == "\xff\xff\xff\xff\xff\xff":
		return packetBroadcast
	case dst[0]&1 != 0:
		return packetMulticast
	case len(p.Iface.MAC) == 6 && string(dst) != string(p.Iface.MAC):
		return packetOtherHost
	}
	return packetHost
}

// etherProtocol is sll2_protocol of an Ethernet frame: its type, or 1 for
// Novell's raw 802.3 and 4 for 802.2 (linux/if_ether.h).
func etherProtocol(frame []byte) uint16 {
	t := binary.BigEndian.Uint16(frame[12:])
	switch {
	case t >= 0x600:
		return t
	case len(frame) >= 16 && frame[14] == 0xff && frame[15] == 0xff:
		return 1
	}
	return 4
}

func ipProtocol(b []byte) uint16 {
	switch {
	case len(b) == 0:
		return 0
	case b[0]>>4 == 6:
		return 0x86dd
	}
	return 0x0800
}
