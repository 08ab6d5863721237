package textout

import "encoding/binary"

var nflogFamilies = []name{{2, "IPv4"}, {10, "IPv6"}}

const nflogPayload = 9

// nflog prints a packet of Linux' netfilter log and returns its header's length.
func (d *dissector) nflog(b []byte, length int) int {
	d.proto = "nflog"
	if len(b) < 4 {
		d.truncMark()
		return len(b)
	}
	d.llHdr = 4
	if b[1] != 0 {
		d.printf("version %d (unknown)", b[1])
		return 4
	}
	if d.opt.LinkHeader {
		d.nflogHeader(b, length)
	}
	family := b[0]
	header, ok := d.nflogPayload(b, length)
	if !ok {
		d.truncMark()
		return header
	}
	d.llHdr = header
	body, length := b[header:], length-header
	switch family {
	case 2:
		d.ip4(body, length)
	case 10:
		d.ip6(body, length)
	default:
		if !d.opt.LinkHeader {
			d.nflogHeader(b, length+4)
		}
		d.unknown(body)
	}
	return header
}

// nflogPayload walks the attributes to the packet they describe.
func (d *dissector) nflogPayload(b []byte, length int) (off int, ok bool) {
	for off = 4; off < length; {
		if len(b) < off+4 {
			return off, false
		}
		size := (int(binary.NativeEndian.Uint16(b[off:])) + 3) &^ 3 & 0xffff
		if size < 4 || len(b) < off+size {
			return off, false
		}
		if binary.NativeEndian.Uint16(b[off+2:]) == nflogPayload {
			return off + 4, true
		}
		off += size
	}
	return off, true
}

func (d *dissector) nflogHeader(b []byte, length int) {
	d.printf("version %d, resource ID %d", b[1], d.u16(b, 2))
	if d.opt.Quiet {
		d.printf(", %s", d.tok(nflogFamilies, uint32(b[0]), "Unknown NFLOG (0x%02x)"))
	} else {
		d.printf(", family %s (%d)", d.tok(nflogFamilies, uint32(b[0]), "Unknown"), b[0])
	}
	d.printf(", length %d: ", length)
}
