package netlab

import (
	"encoding/binary"
	"net/netip"
)

// Frame builders. All payloads are a pattern that depends on seed, so that no
// two frames of a test are alike and a misplaced byte shows.

var (
	srcMAC = []byte{2, 0x77, 0, 0, 0, 2}
	dstMAC = []byte{2, 0x77, 0, 0, 0, 1}
	src4   = netip.MustParseAddr("192.0.2.2")
	dst4   = netip.MustParseAddr("192.0.2.1")
	src6   = netip.MustParseAddr("2001:db8::2")
	dst6   = netip.MustParseAddr("2001:db8::1")
)

// Tag is a VLAN tag.
type Tag struct{ TPID, TCI uint16 }

// Ethernet makes a frame with an EtherType, any number of tags and a payload.
func Ethernet(etherType uint16, payload []byte, tags ...Tag) []byte {
	f := append(append([]byte{}, dstMAC...), srcMAC...)
	for _, t := range tags {
		f = binary.BigEndian.AppendUint16(f, t.TPID)
		f = binary.BigEndian.AppendUint16(f, t.TCI)
	}
	f = binary.BigEndian.AppendUint16(f, etherType)
	return append(f, payload...)
}

// Pattern is n bytes that differ by seed and place.
func Pattern(n int, seed uint32) []byte {
	b := make([]byte, n)
	x := seed*2654435761 + 1
	for i := range b {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		b[i] = byte(x)
	}
	return b
}

// UDP4 is an Ethernet frame of exactly size bytes (at least 42, without tags)
// from port seed to port 9.
func UDP4(size int, seed uint32, tags ...Tag) []byte {
	n := size - 14 - 4*len(tags)
	return Ethernet(0x0800, ip4(17, udp(n-20, seed)), tags...)
}

// UDP6 is the same over IPv6 (at least 62 bytes, without tags).
func UDP6(size int, seed uint32, tags ...Tag) []byte {
	n := size - 14 - 4*len(tags)
	return Ethernet(0x86dd, ip6(17, udp(n-40, seed)), tags...)
}

// TCP4 is an Ethernet frame with the given TCP flags and payload length.
func TCP4(payload int, flags byte, seed uint32, tags ...Tag) []byte {
	return Ethernet(0x0800, ip4(6, tcp(payload, flags, seed)), tags...)
}

// TCP6 is the same over IPv6.
func TCP6(payload int, flags byte, seed uint32, tags ...Tag) []byte {
	return Ethernet(0x86dd, ip6(6, tcp(payload, flags, seed)), tags...)
}

// IPv4 is TCP4 without the Ethernet header, for devices that have none.
func IPv4(payload int, seed uint32) []byte { return ip4(6, tcp(payload, 0x10, seed)) }

// IPv6 is TCP6 without the Ethernet header.
func IPv6(payload int, seed uint32) []byte { return ip6(6, tcp(payload, 0x10, seed)) }

func udp(n int, seed uint32) []byte {
	b := make([]byte, 8, n)
	binary.BigEndian.PutUint16(b[0:], uint16(seed))
	binary.BigEndian.PutUint16(b[2:], 9)
	binary.BigEndian.PutUint16(b[4:], uint16(n))
	return append(b, Pattern(n-8, seed)...)
}

func tcp(payload int, flags byte, seed uint32) []byte {
	b := make([]byte, 20, 20+payload)
	binary.BigEndian.PutUint16(b[0:], uint16(seed))
	binary.BigEndian.PutUint16(b[2:], 80)
	binary.BigEndian.PutUint32(b[4:], seed)
	b[12], b[13] = 5<<4, flags
	binary.BigEndian.PutUint16(b[14:], 0xffff)
	return append(b, Pattern(payload, seed)...)
}

func ip4(proto byte, payload []byte) []byte {
	b := make([]byte, 20, 20+len(payload))
	b[0] = 0x45
	binary.BigEndian.PutUint16(b[2:], uint16(min(20+len(payload), 0xffff)))
	b[8], b[9] = 64, proto
	copy(b[12:], src4.AsSlice())
	copy(b[16:], dst4.AsSlice())
	binary.BigEndian.PutUint16(b[10:], checksum(b))
	return append(b, payload...)
}

func ip6(proto byte, payload []byte) []byte {
	b := make([]byte, 40, 40+len(payload))
	b[0] = 0x60
	binary.BigEndian.PutUint16(b[4:], uint16(min(len(payload), 0xffff)))
	b[6], b[7] = proto, 64
	copy(b[8:], src6.AsSlice())
	copy(b[24:], dst6.AsSlice())
	return append(b, payload...)
}

func checksum(b []byte) uint16 {
	var sum uint32
	for i := 0; i+1 < len(b); i += 2 {
		sum += uint32(binary.BigEndian.Uint16(b[i:]))
	}
	for sum > 0xffff {
		sum = sum>>16 + sum&0xffff
	}
	return ^uint16(sum)
}
