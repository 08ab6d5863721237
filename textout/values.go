package textout

// The functions below give the text of a value for dissectors off the hot path,
// whose lines are made with printf.

// text returns what f puts.
func (d *dissector) text(f func()) string {
	n := len(d.out)
	f()
	s := string(d.out[n:])
	d.out = d.out[:n]
	return s
}

// tok is the name of v in tab, else def (see putTok).
func (d *dissector) tok(tab []name, v uint32, def string) string {
	if s, ok := lookup(tab, v); ok {
		return s
	}
	return d.text(func() { d.putTok(nil, v, def) })
}

// flags are the names of the bits of v, with commas, else def.
func (d *dissector) flags(tab []name, v uint32, def string) string {
	return d.text(func() { d.putBits(tab, v, def, ", ") })
}

// flagsTight are the names of the bits of v without separators, else def.
func (d *dissector) flagsTight(tab []name, v uint32, def string) string {
	return d.text(func() { d.putBits(tab, v, def, "") })
}

// ip4Text, ip6Text and macText are the addresses at off.
func (d *dissector) ip4Text(b []byte, off int) string {
	a := d.bytes(b, off, 4)
	return d.text(func() { d.putIP4(a) })
}

func (d *dissector) ip6Text(b []byte, off int) string {
	a := d.bytes(b, off, 16)
	return d.text(func() { d.putIP6(a) })
}

func (d *dissector) macText(b []byte, off int) string {
	a := d.bytes(b, off, 6)
	return d.text(func() { d.putMAC(a) })
}

// unknownData dumps n bytes, or what was captured of them (print_unknown_data).
func (d *dissector) unknownData(b []byte, indent string, n int) {
	if n < 0 {
		d.printf("%sDissector error: print_unknown_data called with negative length", indent)
		return
	}
	d.hexBytes(within(b, n), indent)
}

// putAge appends seconds as unsigned_relts_print does.
func (d *dissector) putAge(secs uint32) {
	if secs <= 1<<31-1 {
		d.putDuration(int32(secs))
		return
	}
	const year = 31536000
	d.putUint(uint64(secs / year))
	d.putByte('y')
	if r := secs % year; r > 0 {
		d.putDuration(int32(r))
	}
}

// hexText is b as hex digits without separators.
func (d *dissector) hexText(b []byte) string { return d.text(func() { d.putHexString(b) }) }

func (d *dissector) verbose() int { return d.opt.Verbose }
