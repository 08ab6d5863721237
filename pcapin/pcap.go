package pcapin

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"tengu/capture"
)

const (
	magicMicro    = 0xa1b2c3d4
	magicNano     = 0xa1b23c4d
	magicModified = 0xa1b2cd34 // Alexey Kuznetzov's: 8 more bytes in each record
	fileHeader    = 24
)

type pcap struct {
	iface *capture.Interface
	nano  bool
	// header is the length of a record's header, 16 or 24.
	header int
	// swapped lengths of pcap 2.3 and before are not met any more.
}

func (r *Reader) openPcap(magic []byte) error {
	p := &pcap{header: 16}
	for _, r.order = range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		switch r.order.Uint32(magic) {
		case magicMicro:
			return r.startPcap(p)
		case magicNano:
			p.nano = true
			return r.startPcap(p)
		case magicModified:
			p.header = 24
			return r.startPcap(p)
		}
	}
	return errors.New("unknown file format")
}

func (r *Reader) startPcap(p *pcap) error {
	h := make([]byte, fileHeader)
	if n, err := io.ReadFull(r.in, h); err != nil {
		return short(err, fileHeader, n, "file header bytes")
	}
	major, minor := r.order.Uint16(h[4:]), r.order.Uint16(h[6:])
	if major < 2 {
		return errors.New("archaic pcap savefile format")
	}
	if major != 2 && major != 543 || major == 2 && minor > 4 {
		return fmt.Errorf("unsupported pcap savefile version %d.%d", major, minor)
	}
	r.snap = r.order.Uint32(h[16:])
	if r.snap == 0 || r.snap > 0x7fffffff {
		r.snap = maxSnap // as libpcap: no limit stated
	}
	r.link = linkType(r.order.Uint32(h[20:]))
	p.iface = &capture.Interface{LinkType: r.link, SnapLen: r.snap, Nano: p.nano}
	r.ifaces = []*capture.Interface{p.iface}
	r.format = p
	return nil
}

// linkType drops what the link-type field carries besides (FCS length), and
// turns the BSDs' DLT values of raw IP into LINKTYPE_RAW.
func linkType(v uint32) capture.LinkType {
	switch v &= 0x03ffffff; v {
	case 12, 14:
		return capture.LinkRaw
	default:
		return capture.LinkType(v)
	}
}

func (f *pcap) next(r *Reader, p *capture.Packet) error {
	h, err := r.in.Peek(f.header)
	if err != nil {
		if len(h) == 0 && err == io.EOF {
			return io.EOF
		}
		return short(err, f.header, len(h), "header bytes")
	}
	sec, frac := r.order.Uint32(h), r.order.Uint32(h[4:])
	caplen, wire := r.order.Uint32(h[8:]), r.order.Uint32(h[12:])
	_, _ = r.in.Discard(f.header)
	if caplen > max(r.snap, maxSnap) {
		return fmt.Errorf("invalid packet capture length %d, bigger than snaplen of %d", caplen, r.snap)
	}
	if p.Data, err = r.take(int(caplen), "captured bytes"); err != nil {
		return err
	}
	if caplen > r.snap {
		// Written by something that broke its own limit: libpcap cuts it.
		p.Data = p.Data[:r.snap]
	}
	ns := int64(frac)
	if !f.nano {
		ns *= 1000
	}
	p.Time = capture.Time{Sec: int64(sec), Nsec: ns}
	p.WireLen, p.Raw, p.Dir, p.Iface = wire, nil, capture.DirUnknown, f.iface
	return nil
}
