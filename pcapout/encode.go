package pcapout

import (
	"encoding/binary"

	"tengu/capture"
)

// Blocks and options of draft-ietf-opsawg-pcapng.
const (
	blockSHB = 0x0a0d0d0a
	blockIDB = 1
	blockEPB = 6
	blockISB = 5
	// blockPad is of a local-use type (section 4.1): readers skip it.
	blockPad = 0x80000bad

	byteOrderMagic = 0x1a2b3c4d

	optComment    = 1
	optHardware   = 2
	optOS         = 3
	optUserAppl   = 4
	optIfName     = 2
	optIfDesc     = 3
	optIfMAC      = 6
	optIfSpeed    = 8
	optIfTSResol  = 9
	optIfFilter   = 11
	optIfHardware = 15
	optEPBFlags   = 2

	optISBStart      = 2
	optISBEnd        = 3
	optISBReceived   = 4
	optISBDropped    = 5
	optISBAccepted   = 6
	optISBOSDropped  = 7
	optISBDelivered  = 8
	minPad           = 12
	directAlign      = 4096
	pcapMagic        = 0xa1b2c3d4
	pcapNanoMagic    = 0xa1b23c4d
	defaultSnapLen   = 262144
	epbOverhead      = 28 + 12 + 4
	pcapRecordHeader = 16
)

var ne = binary.NativeEndian

// block appends a pcapng block whose body is written by f.
func block(dst []byte, typ uint32, f func([]byte) []byte) []byte {
	start := len(dst)
	dst = ne.AppendUint32(dst, typ)
	dst = ne.AppendUint32(dst, 0)
	dst = f(dst)
	n := uint32(len(dst) - start + 4)
	ne.PutUint32(dst[start+4:], n)
	return ne.AppendUint32(dst, n)
}

func option(dst []byte, code uint16, value []byte) []byte {
	if len(value) > 0xffff {
		value = value[:0xffff]
	}
	dst = ne.AppendUint16(dst, code)
	dst = ne.AppendUint16(dst, uint16(len(value)))
	dst = append(dst, value...)
	for range -len(value) & 3 {
		dst = append(dst, 0)
	}
	return dst
}

func textOption(dst []byte, code uint16, s string) []byte {
	if s == "" {
		return dst
	}
	return option(dst, code, []byte(s))
}

func appendSHB(dst []byte, s *Section) []byte {
	return block(dst, blockSHB, func(b []byte) []byte {
		b = ne.AppendUint32(b, byteOrderMagic)
		b = ne.AppendUint16(b, 1)
		b = ne.AppendUint16(b, 0)
		b = ne.AppendUint64(b, ^uint64(0)) // section length unknown
		b = textOption(b, optHardware, s.Hardware)
		b = textOption(b, optOS, s.OS)
		b = textOption(b, optUserAppl, s.Application)
		b = textOption(b, optComment, s.Comment)
		return ne.AppendUint32(b, 0)
	})
}

func appendIDB(dst []byte, i *capture.Interface) []byte {
	return block(dst, blockIDB, func(b []byte) []byte {
		b = ne.AppendUint16(b, uint16(i.LinkType))
		b = ne.AppendUint16(b, 0)
		b = ne.AppendUint32(b, i.SnapLen)
		b = textOption(b, optIfName, i.Name)
		b = textOption(b, optIfDesc, i.Description)
		if len(i.MAC) == 6 {
			b = option(b, optIfMAC, i.MAC)
		}
		if i.Speed != 0 {
			b = option(b, optIfSpeed, ne.AppendUint64(nil, i.Speed))
		}
		b = option(b, optIfTSResol, []byte{9})
		if i.Filter != "" {
			b = option(b, optIfFilter, append([]byte{0}, i.Filter...))
		}
		b = textOption(b, optIfHardware, hardware(i))
		return ne.AppendUint32(b, 0)
	})
}

// hardware says at which hook, and behind which offloads, packets were taken.
func hardware(i *capture.Interface) string {
	switch {
	case i.Hook == "":
		return i.Offloads
	case i.Offloads == "":
		return "hook " + i.Hook
	}
	return "hook " + i.Hook + ", offloads " + i.Offloads
}

// appendEPB writes a packet as an Enhanced Packet Block, copying the one it
// came in if there is one.
func appendEPB(dst []byte, p *capture.Packet, id uint32) []byte {
	if p.Raw != nil {
		return append(dst, p.Raw...)
	}
	ts := uint64(p.Time.Nanos())
	return block(dst, blockEPB, func(b []byte) []byte {
		b = ne.AppendUint32(b, id)
		b = ne.AppendUint32(b, uint32(ts>>32))
		b = ne.AppendUint32(b, uint32(ts))
		b = ne.AppendUint32(b, uint32(len(p.Data)))
		b = ne.AppendUint32(b, p.WireLen)
		b = append(b, p.Data...)
		for range -len(p.Data) & 3 {
			b = append(b, 0)
		}
		if p.Dir != capture.DirUnknown {
			b = option(b, optEPBFlags, ne.AppendUint32(nil, uint32(p.Dir)))
			b = ne.AppendUint32(b, 0)
		}
		return b
	})
}

// appendISB closes an interface's account (section 4.6): received is what the
// program saw, accepted what matched, osdrop what did not reach the ring.
func appendISB(dst []byte, id uint32, now uint64, l *capture.Ledger) []byte {
	return block(dst, blockISB, func(b []byte) []byte {
		b = ne.AppendUint32(b, id)
		b = ne.AppendUint32(b, uint32(now>>32))
		b = ne.AppendUint32(b, uint32(now))
		for _, o := range []struct {
			code uint16
			n    uint64
		}{
			{optISBReceived, l.Seen}, {optISBAccepted, l.Matched},
			{optISBOSDropped, l.Lost()}, {optISBDelivered, l.Emitted},
		} {
			b = option(b, o.code, ne.AppendUint64(nil, o.n))
		}
		return ne.AppendUint32(b, 0)
	})
}

// appendPad fills dst up to a multiple of directAlign with one padding block.
func appendPad(dst []byte) []byte {
	n := -len(dst) & (directAlign - 1)
	if n == 0 {
		return dst
	}
	if n < minPad {
		n += directAlign
	}
	start := len(dst)
	dst = append(dst, make([]byte, n)...)
	ne.PutUint32(dst[start:], blockPad)
	ne.PutUint32(dst[start+4:], uint32(n))
	ne.PutUint32(dst[start+n-4:], uint32(n))
	return dst
}

func appendPcapHeader(dst []byte, c *Config) []byte {
	magic := uint32(pcapMagic)
	if c.Nano {
		magic = pcapNanoMagic
	}
	snap := c.SnapLen
	if snap == 0 {
		snap = defaultSnapLen
	}
	dst = ne.AppendUint32(dst, magic)
	dst = ne.AppendUint16(dst, 2)
	dst = ne.AppendUint16(dst, 4)
	dst = ne.AppendUint64(dst, 0) // time zone and accuracy, always 0
	dst = ne.AppendUint32(dst, snap)
	return ne.AppendUint32(dst, uint32(c.LinkType))
}

func appendRecord(dst []byte, p *capture.Packet, nano bool) []byte {
	frac := p.Time.Nsec
	if !nano {
		frac /= 1000
	}
	dst = ne.AppendUint32(dst, uint32(p.Time.Sec))
	dst = ne.AppendUint32(dst, uint32(frac))
	dst = ne.AppendUint32(dst, uint32(len(p.Data)))
	dst = ne.AppendUint32(dst, p.WireLen)
	return append(dst, p.Data...)
}
