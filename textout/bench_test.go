package textout

import (
	"encoding/binary"
	"testing"

	"tengu/capture"
)

var etherIface = &capture.Interface{LinkType: capture.LinkEthernet}

// tcpFrame is a segment with timestamps and n bytes of data, as Ethernet has it.
func tcpFrame(seq uint32, n int) []byte {
	b := make([]byte, 14+20+32+n)
	copy(b, "\x02\x00\x00\x00\x00\x01\x02\x00\x00\x00\x00\x02\x08\x00")
	ip := b[14:]
	ip[0], ip[8], ip[9] = 0x45, 64, protoTCP
	binary.BigEndian.PutUint16(ip[2:], uint16(52+n))
	copy(ip[12:], "\x0a\x00\x00\x05\xc0\xa8\x01\x07")
	tcp := ip[20:]
	binary.BigEndian.PutUint16(tcp, 40001)
	binary.BigEndian.PutUint16(tcp[2:], 443)
	binary.BigEndian.PutUint32(tcp[4:], seq)
	tcp[12], tcp[13] = 0x80, tcpACK|tcpPSH
	copy(tcp[20:], "\x01\x01\x08\x0a\x00\x00\x10\x00\x00\x00\x20\x00")
	return b
}

func BenchmarkTCP(b *testing.B) {
	p, err := New(Options{NoNames: true})
	if err != nil {
		b.Fatal(err)
	}
	f := tcpFrame(1, 100)
	k := capture.Packet{Data: f, WireLen: uint32(len(f)), Iface: etherIface}
	var out []byte
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		k.Time.Nsec = int64(i%1e6) * 1000
		out = p.AppendPacket(out[:0], &k)
	}
}

// TestNoAllocations holds everyday packets to none.
func TestNoAllocations(t *testing.T) {
	for _, o := range []Options{
		{NoNames: true}, {NoNames: true, Verbose: 1}, {NoNames: true, HexASCII: 1}, {NoNames: true, LinkHeader: true, TimeStyle: 4},
	} {
		p, err := New(o)
		if err != nil {
			t.Fatal(err)
		}
		f := tcpFrame(7, 200)
		k := capture.Packet{Data: f, WireLen: uint32(len(f)), Iface: etherIface}
		out := p.AppendPacket(nil, &k)
		if n := testing.AllocsPerRun(100, func() { out = p.AppendPacket(out[:0], &k) }); n != 0 {
			t.Errorf("%+v: %v allocations a packet", o, n)
		}
	}
}
