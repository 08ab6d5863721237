package pcapin

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"

	"tengu/capture"
)

// Blocks and options of draft-ietf-opsawg-pcapng.
const (
	blockSHB = 0x0a0d0d0a
	blockIDB = 1
	blockPB  = 2 // obsolete Packet Block
	blockSPB = 3
	blockEPB = 6

	byteOrderMagic = 0x1a2b3c4d
	maxBlock       = 16 << 20 // libpcap's MAX_BLOCKSIZE

	optEnd        = 0
	optIfName     = 2
	optIfDesc     = 3
	optIfMAC      = 6
	optIfSpeed    = 8
	optIfTSResol  = 9
	optIfFilter   = 11
	optIfTSOffset = 14
	optEPBFlags   = 2
)

type pcapng struct {
	section []ngIface // interfaces of this section
	head    [8]byte
}

// ngIface is an interface with the scale of its timestamps.
type ngIface struct {
	*capture.Interface
	perSec uint64 // ticks per second
	offset int64  // seconds
}

// openPcapNG reads up to the first interface description, as libpcap does: the
// link type must be known before the first packet.
func (r *Reader) openPcapNG() error {
	f := &pcapng{}
	r.format = f
	r.order = binary.LittleEndian
	for len(f.section) == 0 {
		typ, body, err := f.block(r)
		if err == io.EOF {
			return errors.New("the capture file has no Interface Description Blocks")
		}
		if err != nil {
			return err
		}
		switch typ {
		case blockEPB, blockSPB, blockPB:
			return errors.New("the capture file has a packet block before any Interface Description Blocks")
		case blockIDB:
			if err := f.addIface(r, body); err != nil {
				return err
			}
		}
		r.arena = r.arena[:0]
	}
	return nil
}

// block reads a whole block and returns its body without both length fields. A
// section header also sets the byte order.
func (f *pcapng) block(r *Reader) (uint32, []byte, error) {
	if n, err := io.ReadFull(r.in, f.head[:]); err != nil {
		if err == io.EOF {
			return 0, nil, io.EOF
		}
		return 0, nil, short(err, 8, n, "bytes")
	}
	if binary.BigEndian.Uint32(f.head[:]) == blockSHB {
		if err := f.newSection(r); err != nil {
			return 0, nil, err
		}
	}
	typ, n := r.order.Uint32(f.head[:]), r.order.Uint32(f.head[4:])
	if n < 12 {
		return 0, nil, fmt.Errorf("block in pcapng dump file has a length of %d < %d", n, 12)
	}
	if n > maxBlock {
		return 0, nil, fmt.Errorf("pcapng block size %d > maximum %d", n, maxBlock)
	}
	body, err := r.take(int((n+3)&^3)-8, "bytes")
	if err != nil {
		return 0, nil, err
	}
	if end := r.order.Uint32(body[len(body)-4:]); end != n {
		return 0, nil, fmt.Errorf("block total length at the end (%d) does not match the one at the start (%d)", end, n)
	}
	return typ, body[:len(body)-4], nil
}

// newSection finds the byte order; interfaces are numbered anew.
func (f *pcapng) newSection(r *Reader) error {
	m, err := r.in.Peek(4)
	if err != nil {
		return short(err, 4, len(m), "bytes")
	}
	switch {
	case binary.LittleEndian.Uint32(m) == byteOrderMagic:
		r.order = binary.LittleEndian
	case binary.BigEndian.Uint32(m) == byteOrderMagic:
		r.order = binary.BigEndian
	default:
		return errors.New("the capture file has a section header with an unknown byte order")
	}
	f.section = nil
	return nil
}

func (f *pcapng) addIface(r *Reader, b []byte) error {
	if len(b) < 8 {
		return errors.New("block in pcapng dump file is too short for an interface description")
	}
	i := ngIface{perSec: 1e6, Interface: &capture.Interface{
		ID: len(r.ifaces), LinkType: linkType(uint32(r.order.Uint16(b))), SnapLen: r.order.Uint32(b[4:]),
	}}
	if i.SnapLen == 0 || i.SnapLen > 0x7fffffff {
		i.SnapLen = maxSnap
	}
	if err := f.options(r, b[8:], i.option(r)); err != nil {
		return err
	}
	i.Nano = i.perSec > 1e6
	if len(r.ifaces) == 0 {
		r.link, r.snap = i.LinkType, i.SnapLen
	} else if i.LinkType != r.link {
		return fmt.Errorf("an interface has a type %d different from the type of the first interface", i.LinkType)
	} else if i.SnapLen != r.snap {
		return fmt.Errorf("an interface has a snapshot length %d different from the snapshot length of the first interface", i.SnapLen)
	}
	f.section = append(f.section, i)
	r.ifaces = append(r.ifaces, i.Interface)
	return nil
}

// option returns what to do with the options of an interface description.
func (i *ngIface) option(r *Reader) func(code uint16, v []byte) error {
	return func(code uint16, v []byte) error {
		switch {
		case code == optIfName:
			i.Name = string(v)
		case code == optIfDesc:
			i.Description = string(v)
		case code == optIfMAC && len(v) == 6:
			i.MAC = net.HardwareAddr(append([]byte(nil), v...))
		case code == optIfSpeed && len(v) == 8:
			i.Speed = r.order.Uint64(v)
		case code == optIfFilter && len(v) > 1:
			i.Filter = string(v[1:])
		case code == optIfTSOffset && len(v) == 8:
			i.offset = int64(r.order.Uint64(v))
		case code == optIfTSResol && len(v) == 1:
			return i.resolution(v[0])
		}
		return nil
	}
}

// resolution sets the ticks per second: a power of ten, or of two if the top
// bit is set.
func (i *ngIface) resolution(v byte) error {
	base, exp := uint64(10), v&0x7f
	if v&0x80 != 0 {
		base = 2
	}
	i.perSec = 1
	for range exp {
		if i.perSec > ^uint64(0)/base {
			return fmt.Errorf("interface has a timestamp resolution of %d^-%d, too high to use", base, exp)
		}
		i.perSec *= base
	}
	return nil
}

// options calls f for each option in b.
func (*pcapng) options(r *Reader, b []byte, f func(code uint16, v []byte) error) error {
	for len(b) >= 4 {
		code, n := r.order.Uint16(b), int(r.order.Uint16(b[2:]))
		if code == optEnd {
			return nil
		}
		if 4+n > len(b) {
			return errors.New("block in pcapng dump file has an option that runs past its end")
		}
		if err := f(code, b[4:4+n]); err != nil {
			return err
		}
		b = b[min(4+(n+3)&^3, len(b)):]
	}
	return nil
}

func (f *pcapng) next(r *Reader, p *capture.Packet) error {
	for {
		mark := len(r.arena)
		typ, b, err := f.block(r)
		if err != nil {
			return err
		}
		switch typ {
		case blockEPB, blockPB:
			return f.packet(r, p, b, typ)
		case blockSPB:
			return f.simple(r, p, b)
		case blockIDB:
			if err := f.addIface(r, b); err != nil {
				return err
			}
		}
		if mark < len(r.arena) {
			r.arena = r.arena[:mark] // not a packet: nothing points there
		}
	}
}

// packet reads an Enhanced Packet Block or the obsolete Packet Block, which
// differ in the width of the interface number only.
func (f *pcapng) packet(r *Reader, p *capture.Packet, b []byte, typ uint32) error {
	if len(b) < 20 {
		return fmt.Errorf("block in pcapng dump file has a length of %d < %d", len(b)+12, 32)
	}
	id := r.order.Uint32(b)
	if typ == blockPB {
		id = uint32(r.order.Uint16(b))
	}
	if int64(id) >= int64(len(f.section)) {
		return fmt.Errorf("a packet arrived on interface %d, but there's no Interface Description Block for that interface", id)
	}
	i := &f.section[id]
	ts := uint64(r.order.Uint32(b[4:]))<<32 | uint64(r.order.Uint32(b[8:]))
	caplen := r.order.Uint32(b[12:])
	p.WireLen = r.order.Uint32(b[16:])
	p.Time = i.time(ts)
	p.Dir, p.Raw = capture.DirUnknown, nil
	if err := f.data(p, i, b[20:], caplen); err != nil {
		return err
	}
	rest := b[20:][min((int(caplen)+3)&^3, len(b)-20):]
	return f.options(r, rest, func(code uint16, v []byte) error {
		if code == optEPBFlags && len(v) == 4 {
			p.Dir = capture.Direction(r.order.Uint32(v) & 3)
		}
		return nil
	})
}

// simple reads a Simple Packet Block: interface 0, no timestamp.
func (f *pcapng) simple(r *Reader, p *capture.Packet, b []byte) error {
	if len(b) < 4 || len(f.section) == 0 {
		return errors.New("a packet arrived on interface 0, but there's no Interface Description Block for that interface")
	}
	i := &f.section[0]
	p.WireLen = r.order.Uint32(b)
	p.Time, p.Dir, p.Raw = capture.Time{}, capture.DirUnknown, nil
	return f.data(p, i, b[4:], min(p.WireLen, i.SnapLen))
}

func (f *pcapng) data(p *capture.Packet, i *ngIface, b []byte, caplen uint32) error {
	if caplen > max(i.SnapLen, maxSnap) {
		return fmt.Errorf("invalid packet capture length %d, bigger than snaplen of %d", caplen, i.SnapLen)
	}
	if int(caplen) > len(b) {
		return errors.New("block in pcapng dump file is shorter than the packet data it claims to hold")
	}
	p.Data, p.Iface = b[:caplen:caplen], i.Interface
	return nil
}

// time scales ticks to seconds and nanoseconds.
func (i *ngIface) time(ts uint64) capture.Time {
	sec, frac := ts/i.perSec, ts%i.perSec
	var ns uint64
	switch {
	case i.perSec <= 1e9 && 1e9%i.perSec == 0:
		ns = frac * (1e9 / i.perSec)
	case i.perSec < 1<<33:
		ns = frac * 1e9 / i.perSec
	default:
		ns = uint64(float64(frac) / float64(i.perSec) * 1e9)
	}
	return capture.Time{Sec: int64(sec) + i.offset, Nsec: int64(ns)}
}
