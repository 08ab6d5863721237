package textout

var tcpOptionNames = []name{
	{0, "eol"}, {1, "nop"}, {2, "mss"}, {3, "wscale"}, {4, "sackOK"}, {5, "sack"}, {6, "echo"}, {7, "echoreply"},
	{8, "TS"}, {11, "cc"}, {12, "ccnew"}, {13, ""}, {19, "md5"}, {20, "scps"}, {28, "uto"}, {29, "tcp-ao"},
	{30, "mptcp"}, {34, "tfo"}, {254, "exp"},
}

// tcpOptions prints the options; b is the segment from its first byte. It returns
// false if the line ends there.
func (d *dissector) tcpOptions(b []byte, left, length int, flags uint8, base seqBase) bool {
	d.put(", options [")
	defer d.closeOptions(len(d.out))
	p := b[tcpHdrLen:]
	for comma := false; left > 0; comma = true {
		if comma {
			d.putByte(',')
		}
		opt := d.u8(p, 0)
		n := 1
		if opt > 1 {
			n = int(d.u8(p, 1))
			if n < 2 || n > left {
				d.badOption(comma)
				return false
			}
		}
		d.putTok(tcpOptionNames, uint32(opt), "unknown-%u")
		used, ok := d.tcpOption(opt, b, p, n, left, length, flags, base)
		if !ok {
			d.badOption(comma)
			return false
		}
		if opt > 1 {
			used += 2
		} else {
			used++
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

// closeOptions closes the bracket where the captured bytes end inside the
// options, but only after the first of them, as tcpdump does.
func (d *dissector) closeOptions(start int) {
	r := recover()
	if r == nil {
		return
	}
	if r != errTruncated {
		panic(r)
	}
	panic(r)
}

func (d *dissector) badOption(comma bool) {
	d.put("[bad opt]")
	if comma {
		d.putByte(']')
	}
}

// tcpOption prints one option; p is at its kind byte, n its length, left what the
// header has from it on. It returns how many bytes of data it took.
func (d *dissector) tcpOption(opt uint8, b, p []byte, n, left, length int, flags uint8, base seqBase) (used int, ok bool) {
	if opt <= 1 {
		return 0, true
	}
	data, room := from(p, 2), left-2
	// check is tcpdump's LENCHECK.
	check := func(n int) bool {
		if n > room {
			return false
		}
		d.need(data, n)
		return true
	}
	switch opt {
	case 2: // MSS
		if !check(2) {
			return 0, false
		}
		d.spaced(uint64(d.u16(data, 0)))
		return 2, true
	case 3: // window scale
		if !check(1) {
			return 0, false
		}
		d.spaced(uint64(data[0]))
		return 1, true
	case 4:
		return 0, true
	case 5:
		return d.tcpSack(data, n-2, base, check)
	case 6, 7, 11, 12, 13:
		if !check(4) {
			return 0, false
		}
		d.spaced(uint64(d.u32(data, 0)))
		return 4, true
	case 8: // timestamps
		if !check(8) {
			return 0, false
		}
		d.put(" val ")
		d.putUint(uint64(d.u32(data, 0)))
		d.put(" ecr ")
		d.putUint(uint64(d.u32(data, 4)))
		return 8, true
	case 19:
		if !check(16) {
			return 0, false
		}
		d.putByte(' ')
		d.tcpMD5(b, data[:16], length)
		return 16, true
	case 20: // SCPS capabilities
		if !check(2) {
			return 0, false
		}
		d.put(" cap ")
		d.putHex2(data[0])
		d.put(" id ")
		d.putUint(uint64(data[1]))
		return 2, true
	case 28: // user timeout
		if !check(2) {
			return 0, false
		}
		v := d.u16(data, 0)
		d.put(" 0x")
		d.putHex(uint64(v))
		if v&1 != 0 {
			d.spaced(uint64(v>>1) * 60)
		} else {
			d.spaced(uint64(v >> 1))
		}
		return 2, true
	case 29:
		return d.tcpAO(data, n-2, check)
	case 30:
		if !check(n - 2) {
			return 0, false
		}
		return n - 2, d.mptcp(p[:n], flags)
	case 34:
		if !check(n - 2) {
			return 0, false
		}
		d.putByte(' ')
		d.fastOpen(data[:n-2], false)
		return n - 2, true
	case 254:
		return d.tcpExperiment(data, n-2, check)
	}
	for i := range n - 2 {
		if !check(i + 1) {
			return 0, false
		}
		if i == 0 {
			d.put(" 0x")
		}
		d.putHex2(data[i])
	}
	return n - 2, true
}

func (d *dissector) spaced(n uint64) {
	d.putByte(' ')
	d.putUint(n)
}

func (d *dissector) tcpSack(data []byte, n int, base seqBase, check func(int) bool) (int, bool) {
	if n%8 != 0 {
		d.put(" invalid sack")
		return n, true
	}
	d.spaced(uint64(n / 8))
	d.putByte(' ')
	off := base.ack
	if base.rev {
		off = base.seq
	}
	for i := 0; i < n; i += 8 {
		if !check(i+4) || !check(i+8) {
			return 0, false
		}
		d.putByte('{')
		d.putUint(uint64(d.u32(data, i) - off))
		d.putByte(':')
		d.putUint(uint64(d.u32(data, i+4) - off))
		d.putByte('}')
	}
	return n, true
}

// tcpAO prints the authentication option (RFC 5925).
func (d *dissector) tcpAO(data []byte, n int, check func(int) bool) (int, bool) {
	if n < 2 {
		d.invalid()
		return n, true
	}
	if !check(2) {
		return 0, false
	}
	d.put(" keyid ")
	d.putUint(uint64(data[0]))
	d.put(" rnextkeyid ")
	d.putUint(uint64(data[1]))
	if n > 2 {
		d.put(" mac 0x")
		for i := 2; i < n; i++ {
			if !check(i + 1) {
				return 0, false
			}
			d.putHex2(data[i])
		}
	}
	return n, true
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
func (d *dissector) tcpExperiment(data []byte, n int, check func(int) bool) (int, bool) {
	if !check(n) || n < 2 {
		return 0, false
	}
	d.putByte('-')
	if id := d.u16(data, 0); id == 0xf989 {
		d.fastOpen(data[2:n], true)
	} else {
		d.put("unknown 0x")
		d.putHex4(id)
	}
	return n, true
}

// tcpMD5 checks an RFC 2385 signature if a secret is there (-M).
func (d *dissector) tcpMD5(seg, sig []byte, length int) {
	switch d.checkMD5(seg, sig, length) {
	case md5Valid:
		d.put("valid")
	case md5Wrong:
		d.put("invalid")
	default:
		d.put("can't check - ")
		d.putHexString(sig)
	}
}
