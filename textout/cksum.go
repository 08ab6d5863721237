package textout

import (
	"encoding/binary"
	"math/bits"
)

// sum16 adds 16-bit words in network order with end-around carry (RFC 1071); an
// odd last byte counts as the upper half of a word.
func sum16(b []byte, acc uint32) uint32 {
	var sum uint64 = uint64(acc)
	for len(b) >= 8 {
		v := binary.BigEndian.Uint64(b)
		var c uint64
		sum, c = bits.Add64(sum, v, 0)
		sum += c
		b = b[8:]
	}
	for len(b) >= 2 {
		sum = fold64(sum) + uint64(binary.BigEndian.Uint16(b))
		b = b[2:]
	}
	if len(b) == 1 {
		sum = fold64(sum) + uint64(b[0])<<8
	}
	return uint32(fold64(sum))
}

func fold64(s uint64) uint64 {
	s = s>>32 + s&0xffffffff
	s = s>>32 + s&0xffffffff
	s = s>>16 + s&0xffff
	s = s>>16 + s&0xffff
	return s>>16 + s&0xffff
}

// cksumIn is in_cksum: 0 for bytes whose checksum is right.
func cksumIn(parts ...[]byte) uint16 {
	acc := uint32(0)
	for _, p := range parts {
		acc = sum16(p, acc)
	}
	return ^uint16(acc)
}

// shouldBe is in_cksum_shouldbe: what the field had to be, from what it is and
// what cksumIn gave with it.
func shouldBe(field, sum uint16) uint16 {
	s := uint32(field) + uint32(sum)
	s = s&0xffff + s>>16
	return uint16(s&0xffff + s>>16)
}

// transportSum is the checksum over a pseudo-header and b, whose length in the
// pseudo-header is length (nextproto4_cksum, nextproto6_cksum).
func (d *dissector) transportSum(b []byte, length int, proto uint8) uint16 {
	h := &d.ip
	acc := sum16(h.src, 0)
	acc = sum16(h.dst, acc)
	if h.v6 {
		acc += uint32(length)>>16 + uint32(length)&0xffff + uint32(proto)
	} else {
		acc += uint32(length)&0xffff + uint32(proto)
	}
	return ^uint16(sum16(b, uint32(fold64(uint64(acc)))))
}
