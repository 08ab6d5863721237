package textout

import "encoding/binary"

var tcpOptionNames = []name{
	{0, "eol"}, {1, "nop"}, {2, "mss"}, {3, "wscale"}, {4, "sackOK"}, {5, "sack"}, {6, "echo"}, {7, "echoreply"},
	{8, "TS"}, {11, "cc"}, {12, "ccnew"}, {13, ""}, {19, "md5"}, {20, "scps"}, {28, "uto"}, {29, "tcp-ao"},
	{30, "mptcp"}, {34, "tfo"}, {254, "exp"},
}

// optResult is how an option ended.
type optResult uint8

const (
	optGood optResult = iota
	optBad            // it contradicts its length, or the header's
	optCut            // it was not captured whole
)

// tcpOptions prints left bytes of options in the segment b, whose length on the
// wire is length. It returns false if the line ends there.
func (d *dissector) tcpOptions(b []byte, left, length int, flags uint8, base seqBase) bool {
	if left == 12 && len(b) >= 32 && binary.BigEndian.Uint32(b[20:]) == 0x0101080a {
		d.tcpTimestamps(b[24:32])
		return true
	}
	d.put(", options [")
	p := b[tcpHdrLen:]
	for comma := false; left > 0; comma = true {
		if comma {
			d.putByte(',')
		}
		opt, n := d.u8(p, 0), 1
		if opt > 1 {
			n = int(d.u8(p, 1))
			if n < 2 || n > left {
				return d.endOptions(optBad, comma)
			}
		}
		d.putTok(tcpOptionNames, uint32(opt), "unknown-%u")
		o := tcpOption{opt: opt, seg: b, data: from(p, 2), n: n - 2, room: left - 2, length: length, flags: flags, base: base}
		used, result := 1, optGood
		if opt > 1 {
			used, result = d.tcpOption(&o)
			used += 2
		}
		if result != optGood {
			return d.endOptions(result, comma)
		}
		if used != n {
			d.put("[len ")
			d.putInt(int64(n))
			d.putByte(']')
		}
		p, left = from(p, used), left-used
		if opt == 0 {
			break
		}
	}
	d.putByte(']')
	return true
}

// tcpTimestamps prints the options that most segments have, and only those.
func (d *dissector) tcpTimestamps(b []byte) {
	d.put(", options [nop,nop,TS val ")
	d.putUint(uint64(binary.BigEndian.Uint32(b)))
	d.put(" ecr ")
	d.putUint(uint64(binary.BigEndian.Uint32(b[4:])))
	d.putByte(']')
}

// endOptions ends the line in the middle of the options. After the first of them
// the bracket is closed, with another one where bytes are missing: so is tcpdump.
func (d *dissector) endOptions(why optResult, comma bool) bool {
	closing := byte(']')
	if why == optBad {
		d.put("[bad opt]")
	} else {
		d.truncMark()
		closing = '>'
	}
	if comma {
		d.putByte(closing)
	}
	return false
}

// tcpOption is one option: its data begins at data[0] and has n bytes; room is
// what the header has for it and all that follow.
type tcpOption struct {
	opt       uint8
	seg, data []byte
	n, room   int
	length    int
	flags     uint8
	base      seqBase
}

// has is tcpdump's LENCHECK: n bytes must fit the header and have been captured.
func (o *tcpOption) has(n int) optResult {
	switch {
	case n > o.room:
		return optBad
	case n > len(o.data):
		return optCut
	}
	return optGood
}

// tcpOptionLen is how many bytes of data the options of fixed length have.
var tcpOptionLen = [256]uint8{2: 2, 3: 1, 6: 4, 7: 4, 8: 8, 11: 4, 12: 4, 13: 4, 19: 16, 20: 2, 28: 2}

// tcpOption prints an option's data and returns how many bytes of it were taken.
func (d *dissector) tcpOption(o *tcpOption) (used int, r optResult) {
	if n := int(tcpOptionLen[o.opt]); n > 0 {
		if r := o.has(n); r != optGood {
			return 0, r
		}
		d.tcpFixedOption(o)
		return n, optGood
	}
	switch o.opt {
	case 4:
		return 0, optGood
	case 5:
		return o.n, d.tcpSack(o)
	case 29:
		return o.n, d.tcpAO(o)
	case 30, 34, 254:
		if r := o.has(o.n); r != optGood {
			return 0, r
		}
	default:
		if o.n > 0 {
			d.put(" 0x")
		}
		return o.n, d.tcpHexOption(o, 0)
	}
	data := o.data[:o.n]
	switch {
	case o.opt == 30:
		start := len(o.seg) - len(o.data) - 2
		if !d.mptcp(o.seg[start:start+2+o.n], o.flags) {
			return 0, optBad
		}
	case o.opt == 34:
		d.putByte(' ')
		d.fastOpen(data, false)
	case o.n < 2:
		return 0, optBad
	default:
		d.tcpExperiment(data)
	}
	return o.n, optGood
}

// tcpFixedOption prints the options of fixed length, whose bytes are all there.
func (d *dissector) tcpFixedOption(o *tcpOption) {
	data := o.data
	switch o.opt {
	case 2:
		d.spaced(uint64(d.u16(data, 0)))
	case 3:
		d.spaced(uint64(data[0]))
	case 6, 7, 11, 12, 13:
		d.spaced(uint64(d.u32(data, 0)))
	case 8:
		d.put(" val ")
		d.putUint(uint64(d.u32(data, 0)))
		d.put(" ecr ")
		d.putUint(uint64(d.u32(data, 4)))
	case 19:
		d.putByte(' ')
		d.tcpMD5(o.seg, data[:16], o.length)
	case 20: // SCPS capabilities
		d.put(" cap ")
		d.putHex2(data[0])
		d.put(" id ")
		d.putUint(uint64(data[1]))
	case 28: // user timeout, in seconds or minutes
		v := d.u16(data, 0)
		d.put(" 0x")
		d.putHex(uint64(v))
		if v&1 != 0 {
			d.spaced(uint64(v>>1) * 60)
		} else {
			d.spaced(uint64(v >> 1))
		}
	}
}

func (d *dissector) spaced(n uint64) {
	d.putByte(' ')
	d.putUint(n)
}

// tcpHexOption prints the option's bytes from i on, as far as they go.
func (d *dissector) tcpHexOption(o *tcpOption, i int) optResult {
	for ; i < o.n; i++ {
		if r := o.has(i + 1); r != optGood {
			return r
		}
		d.putHex2(o.data[i])
	}
	return optGood
}

func (d *dissector) tcpSack(o *tcpOption) optResult {
	if o.n%8 != 0 {
		d.put(" invalid sack")
		return optGood
	}
	d.spaced(uint64(o.n / 8))
	d.putByte(' ')
	off := o.base.ack
	if o.base.rev {
		off = o.base.seq
	}
	for i := 0; i < o.n; i += 8 {
		if r := o.has(i + 8); r != optGood {
			return r
		}
		d.putByte('{')
		d.putUint(uint64(d.u32(o.data, i) - off))
		d.putByte(':')
		d.putUint(uint64(d.u32(o.data, i+4) - off))
		d.putByte('}')
	}
	return optGood
}

// tcpAO prints the authentication option (RFC 5925).
func (d *dissector) tcpAO(o *tcpOption) optResult {
	if o.n < 2 {
		d.invalid()
		return optGood
	}
	if r := o.has(1); r != optGood {
		return r
	}
	d.put(" keyid ")
	d.putUint(uint64(o.data[0]))
	if r := o.has(2); r != optGood {
		return r
	}
	d.put(" rnextkeyid ")
	d.putUint(uint64(o.data[1]))
	if o.n == 2 {
		return optGood
	}
	d.put(" mac 0x")
	return d.tcpHexOption(o, 2)
}

// fastOpen prints a Fast Open cookie (RFC 7413).
func (d *dissector) fastOpen(cookie []byte, experimental bool) {
	if experimental {
		d.put("tfo")
	}
	n := len(cookie)
	switch {
	case n == 0:
		d.put(" cookiereq")
	case n%2 != 0 || n < 4 || n > 16:
		d.invalid()
	default:
		d.put(" cookie ")
		d.putHexString(cookie)
	}
}

// tcpExperiment prints an option with an experiment identifier (RFC 6994).
func (d *dissector) tcpExperiment(data []byte) {
	d.putByte('-')
	if id := d.u16(data, 0); id == 0xf989 {
		d.fastOpen(data[2:], true)
	} else {
		d.putHex4(id)
	}
}

// tcpMD5 checks an RFC 2385 signature if a secret is there (-M); data is what
// follows the header.
func (d *dissector) tcpMD5(seg, sig []byte, length int) {
	switch d.checkMD5(seg, sig, length) {
	case md5Valid:
		d.put("valid")
		return
	case md5Wrong:
		d.invalid()
		return
	case md5Short:
		d.put("snaplen too short, ")
	case md5NoSecret:
		d.put("shared secret not supplied with -M, ")
	}
	d.put("can't check - ")
	d.putHexString(sig)
}
