package textout

import (
	"time"

	"tengu/capture"
)

// maxSnapLen is tcpdump's MAXIMUM_SNAPLEN.
const maxSnapLen = 262144

// New makes a Printer. It fails if an option cannot be had: an unknown packet
// type, a secret that cannot be parsed.
func New(opt Options) (*Printer, error) {
	p := &Printer{opt: opt}
	if err := p.checkType(); err != nil {
		return nil, err
	}
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
	p.stamp(d, k.Time)
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
	d.proto, d.llHdr, d.depth = "", 0, 0
	defer d.recoverTruncated()
	d.linkLayer(k)
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

// --- time ------------------------------------------------------------------

// clock is what the time styles keep between packets.
type clock struct {
	sec    int64 // of text
	text   []byte
	ref    capture.Time
	refSet bool
}

// stamp appends the time in the style of -t (ts_print).
func (p *Printer) stamp(d *dissector, t capture.Time) {
	switch p.opt.TimeStyle {
	case 0:
		d.calendar(t, "15:04:05")
	case 2:
		d.putInt(t.Sec)
		d.fraction(t.Nsec)
	case 3, 5:
		d.sinceRef(t)
	case 4:
		d.calendar(t, "2006-01-02 15:04:05")
	default:
		return
	}
	d.putByte(' ')
}

// calendar appends local time; the text of a second is made once.
func (d *dissector) calendar(t capture.Time, layout string) {
	if t.Sec > 1<<31-1 {
		d.put("[Error converting time]")
		return
	}
	c := &d.pr.clock
	if c.text == nil || c.sec != t.Sec {
		c.sec = t.Sec
		c.text = time.Unix(t.Sec, 0).AppendFormat(c.text[:0], layout)
	}
	d.out = append(d.out, c.text...)
	d.fraction(t.Nsec)
}

func (d *dissector) fraction(nsec int64) {
	d.putByte('.')
	if d.opt.Nano {
		d.putUintW(uint64(nsec), 9)
		return
	}
	d.putUintW(uint64(nsec/1000), 6)
}

// sinceRef appends the time since the last packet (-ttt) or the first (-ttttt).
func (d *dissector) sinceRef(t capture.Time) {
	c := &d.pr.clock
	if !c.refSet {
		c.ref, c.refSet = t, true
	}
	a, b, sign := t, c.ref, byte(' ')
	if a.Sec < b.Sec || a.Sec == b.Sec && a.Nsec < b.Nsec {
		a, b, sign = b, a, '-'
	}
	sec, nsec := a.Sec-b.Sec, a.Nsec-b.Nsec
	if nsec < 0 {
		sec, nsec = sec-1, nsec+1e9
	}
	d.putByte(sign)
	d.putDec2(uint64(sec / 3600 % 24))
	d.putByte(':')
	d.putDec2(uint64(sec / 60 % 60))
	d.putByte(':')
	d.putDec2(uint64(sec % 60))
	d.fraction(nsec)
	if d.opt.TimeStyle == 3 {
		c.ref = t
	}
}
