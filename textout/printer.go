// Package textout prints packets as tcpdump 4.99 does, byte for byte.
//
// A Printer is a dissector per link type and a tree of them below it, each
// appending to one output buffer. Dissectors get the captured bytes that are
// left (b) and the length the protocol really had on the wire (length), which
// differ when the packet was cut at the snapshot length. Reading past the
// captured bytes ends the packet: the readers (u8, u16, …) unwind to
// AppendPacket, which adds tcpdump's mark " [|proto]" for the protocol that was
// being printed, as tcpdump's own GET_ macros do (print.c, pretty_print_packet).
package textout

import (
	"encoding/binary"
	"fmt"
	"strconv"

	"tengu/capture"
)

// Options are tcpdump's printing options; the zero value prints as tcpdump
// without any. Fields carry the option's name in their comment.
type Options struct {
	NoNames     bool   // -n (addresses, ports: -nn is the same in 4.99)
	NoDomain    bool   // -N
	Foreign     bool   // -f
	TimeStyle   int    // number of -t, 0 to 5
	Nano        bool   // --nano
	Verbose     int    // -v, -vv, -vvv
	LinkHeader  bool   // -e
	Quiet       bool   // -q
	AbsoluteSeq bool   // -S
	Hex         int    // -x (1), -xx (2)
	HexASCII    int    // -X (1), -XX (2)
	ASCII       int    // -A (1), -AA (2)
	Number      bool   // -#
	NoChecksum  bool   // -K
	ASDot       bool   // -b
	NFSHandles  bool   // -u
	Mesh        bool   // -H
	Lengths     bool   // --lengths
	Type        string // -T
	ESPSecret   string // -E
	MD5Secret   string // -M
}

// A Printer turns packets into lines. It keeps what tcpdump keeps between
// packets (the previous time for -ttt, TCP sequence numbers, fragments); it is
// used by one goroutine at a time.
type Printer struct {
	opt    Options
	d      dissector
	names  *names
	number uint64
	clock  clock
	seqs   seqTable
	// ifnames are names of interfaces by index.
	ifnames map[uint32]string
	// ike and esp are what IPsec's printers keep.
	ike ikeCookies
	esp espKeys
	// slip is what SLIP's printer keeps.
	slip slipState
}

// dissector is the state while one packet is printed. Dissectors are its
// methods, named after the protocol, and write with its put methods.
type dissector struct {
	opt *Options
	pr  *Printer
	// out is the buffer being appended to.
	out []byte
	// pkt is the packet being printed.
	pkt *capture.Packet
	// llHdr is how long the link-layer header was (ndo_ll_hdr_len), known once
	// it has been printed; depth counts nested protocols.
	llHdr, depth int
	// undo, if not 0, is where out is cut if the captured bytes end now: for
	// text that tcpdump puts together before it prints any of it.
	undo int
	// ip is the innermost IP header being printed: what ports and checksums
	// above it need.
	ip ipHeader
	// note is what is known of the packet beforehand, if not nil (parallel).
	note *note
	// addr are the link-layer addresses, where the link has them.
	addr struct{ src, dst []byte }
	// proto is tcpdump's name of the protocol being printed, for the
	// truncation mark: each dissector sets it before its first read.
	proto string
}

// truncated is what the readers panic with; AppendPacket recovers it and
// nothing else.
type truncated struct{}

var errTruncated = &truncated{}

// need ends the packet unless b holds n bytes.
func (d *dissector) need(b []byte, n int) {
	if n > len(b) || n < 0 {
		panic(errTruncated)
	}
}

func (d *dissector) u8(b []byte, off int) uint8 {
	d.need(b, off+1)
	return b[off]
}

func (d *dissector) u16(b []byte, off int) uint16 {
	d.need(b, off+2)
	return binary.BigEndian.Uint16(b[off:])
}

func (d *dissector) u24(b []byte, off int) uint32 {
	d.need(b, off+3)
	return uint32(b[off])<<16 | uint32(b[off+1])<<8 | uint32(b[off+2])
}

func (d *dissector) u32(b []byte, off int) uint32 {
	d.need(b, off+4)
	return binary.BigEndian.Uint32(b[off:])
}

func (d *dissector) u64(b []byte, off int) uint64 {
	d.need(b, off+8)
	return binary.BigEndian.Uint64(b[off:])
}

func (d *dissector) le16(b []byte, off int) uint16 {
	d.need(b, off+2)
	return binary.LittleEndian.Uint16(b[off:])
}

func (d *dissector) le32(b []byte, off int) uint32 {
	d.need(b, off+4)
	return binary.LittleEndian.Uint32(b[off:])
}

func (d *dissector) le64(b []byte, off int) uint64 {
	d.need(b, off+8)
	return binary.LittleEndian.Uint64(b[off:])
}

// bytes returns b[off:off+n], ending the packet if they were not captured.
func (d *dissector) bytes(b []byte, off, n int) []byte {
	d.need(b, off+n)
	return b[off : off+n]
}

// from returns what was captured of b from off on, which may be nothing.
func from(b []byte, off int) []byte {
	if off >= len(b) {
		return nil
	}
	return b[off:]
}

// within cuts b to the first n bytes, if it has that many (an inner length).
func within(b []byte, n int) []byte {
	if n < len(b) && n >= 0 {
		return b[:n]
	}
	return b
}

func (d *dissector) put(s string)     { d.out = append(d.out, s...) }
func (d *dissector) putByte(c byte)   { d.out = append(d.out, c) }
func (d *dissector) putUint(n uint64) { d.out = appendUint(d.out, n) }
func (d *dissector) putInt(n int64)   { d.out = strconv.AppendInt(d.out, n, 10) }
func (d *dissector) putHex(n uint64)  { d.out = strconv.AppendUint(d.out, n, 16) }

// printf is for dissectors off the hot path: it allocates.
func (d *dissector) printf(format string, args ...any) {
	d.out = fmt.Appendf(d.out, format, args...)
}

// trunc ends the packet here with tcpdump's truncation mark.
func (d *dissector) trunc() { panic(errTruncated) }

// invalid prints tcpdump's mark for a packet that contradicts itself.
func (d *dissector) invalid() { d.put(" (invalid)") }

// digitPairs are the numbers 00 to 99.
const digitPairs = "0001020304050607080910111213141516171819" +
	"2021222324252627282930313233343536373839" +
	"4041424344454647484950515253545556575859" +
	"6061626364656667686970717273747576777879" +
	"8081828384858687888990919293949596979899"

// appendUint appends n in decimal: strconv.AppendUint for the short numbers that
// packets have.
func appendUint(dst []byte, n uint64) []byte {
	if n < 10 {
		return append(dst, byte('0'+n))
	}
	if n > 0xffffffff {
		return strconv.AppendUint(dst, n, 10)
	}
	var tmp [10]byte
	i, v := len(tmp), uint32(n)
	for v >= 100 {
		i -= 2
		q := v / 100
		r := (v - q*100) * 2
		tmp[i], tmp[i+1] = digitPairs[r], digitPairs[r+1]
		v = q
	}
	if v >= 10 {
		i -= 2
		tmp[i], tmp[i+1] = digitPairs[2*v], digitPairs[2*v+1]
	} else {
		i--
		tmp[i] = byte('0' + v)
	}
	return append(dst, tmp[i:]...)
}
