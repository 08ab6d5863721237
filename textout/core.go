package textout

import "tengu/capture"

// maxSnapLen is tcpdump's MAXIMUM_SNAPLEN.
const maxSnapLen = 262144

// New makes a Printer. It fails if an option cannot be had: an unknown packet
// type, a secret that cannot be parsed.
func New(opt Options) (*Printer, error) {
	p := &Printer{opt: opt}
	if err := p.checkType(); err != nil {
		return nil, err
	}
	keys, err := parseESPSecrets(opt.ESPSecret)
	if err != nil {
		return nil, err
	}
	p.esp = keys
	p.clock.opt = &p.opt
	p.names = newNames(&p.opt)
	p.d = dissector{opt: &p.opt, pr: p}
	return p, nil
}

// AppendPacket appends the packet's lines, with a line break at the end, to dst.
// It keeps no reference to p. Whatever the packet holds, it does not panic.
func (p *Printer) AppendPacket(dst []byte, k *capture.Packet) []byte {
	d := &p.d
	d.out, d.pkt = dst, k
	p.number++
	if p.opt.Number {
		d.padUint(p.number, 5)
		d.put("  ")
	}
	if p.opt.Lengths {
		d.put("caplen ")
		d.putUint(uint64(len(k.Data)))
		d.put(", len ")
		d.putUint(uint64(k.WireLen))
		d.put(", ")
	}
	if d.badHeader(k) {
		out := d.out
		d.out, d.pkt = nil, nil
		return out
	}
	d.out = p.clock.stamp(d.out, k.Time)
	d.packet(k)
	d.dump(k.Data, d.llHdr)
	d.putByte('\n')
	out := d.out
	d.out, d.pkt = nil, nil
	return out
}

func (d *dissector) padUint(n uint64, width int) {
	for lim, w := uint64(10), 1; w < width; w, lim = w+1, lim*10 {
		if n < lim {
			for ; w < width; w++ {
				d.putByte(' ')
			}
			break
		}
	}
	d.putUint(n)
}

// badHeader says what is wrong with a savefile's record header.
func (d *dissector) badHeader(k *capture.Packet) bool {
	sep := "[Invalid header:"
	say := func(parts ...any) {
		d.put(sep)
		sep = ","
		for _, x := range parts {
			switch x := x.(type) {
			case string:
				d.put(x)
			case int:
				d.putInt(int64(x))
			}
		}
	}
	caplen, n := len(k.Data), int(k.WireLen)
	if caplen > 0 && n >= caplen && n <= maxSnapLen {
		return false
	}
	if caplen == 0 {
		say(" caplen==0")
	}
	if n == 0 {
		say(" len==0")
	} else if n < caplen {
		say(" len(", n, ") < caplen(", caplen, ")")
	}
	if caplen > maxSnapLen {
		say(" caplen(", caplen, ") > ", maxSnapLen)
	}
	if n > maxSnapLen {
		say(" len(", n, ") > ", maxSnapLen)
	}
	if sep == "," {
		d.put("]\n")
	}
	return sep == ","
}

// packet prints the packet from its link-layer header on; truncation ends it.
func (d *dissector) packet(k *capture.Packet) {
	d.proto, d.llHdr, d.depth, d.undo = "", 0, 0, 0
	defer d.recoverPacket()
	d.linkLayer(k)
}

// recoverPacket ends a packet that ran off the captured bytes: mark it, and let
// -x show all of it, link-layer header included.
func (d *dissector) recoverPacket() {
	switch r := recover(); r {
	case nil:
	case errTruncated:
		if d.undo > 0 {
			d.out = d.out[:d.undo]
		}
		d.truncMark()
		d.llHdr = 0
	default:
		panic(r)
	}
}

// recoverTruncated adds the truncation mark where a reader ran off the captured
// bytes. Anything else goes on panicking.
func (d *dissector) recoverTruncated() {
	switch r := recover(); r {
	case nil:
	case errTruncated:
		d.truncMark()
	default:
		panic(r)
	}
}

// truncMark is nd_print_trunc.
func (d *dissector) truncMark() {
	d.put(" [|")
	d.put(d.proto)
	d.putByte(']')
}

// try runs f, printing the truncation mark if the captured bytes end in it, and
// goes on (for parts whose caller continues after truncation).
func (d *dissector) try(f func()) {
	defer d.recoverTruncated()
	f()
}
