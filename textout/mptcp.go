package textout

// MPTCP subtypes (RFC 8684), in the order of their numbers.
var mptcpNames = [...]string{"capable", "join", "dss", "add-addr", "rem-addr", "prio", "fail", "fast-close", "unknown"}

// mptcp prints a multipath TCP option o, kind and length included; false if it is
// malformed.
func (d *dissector) mptcp(o []byte, flags uint8) bool {
	d.proto = "mptcp"
	if len(o) < 3 {
		return false
	}
	sub := min(int(o[2]>>4), len(mptcpNames)-1)
	d.spaced(uint64(len(o)))
	d.putByte(' ')
	d.put(mptcpNames[sub])
	switch sub {
	case 0:
		return d.mptcpCapable(o, flags)
	case 1:
		return d.mptcpJoin(o, flags)
	case 2:
		return d.mptcpDSS(o, flags)
	case 3:
		return d.mptcpAddAddr(o)
	case 4:
		if len(o) < 4 {
			return false
		}
		d.put(" id")
		for _, id := range o[3:] {
			d.spaced(uint64(id))
		}
	case 5:
		return d.mptcpPrio(o)
	case 6:
		if len(o) != 12 {
			return false
		}
		d.put(" seq ")
		d.putUint(d.u64(o, 4))
	case 7:
		if len(o) != 12 {
			return false
		}
		d.put(" key 0x")
		d.putHex(d.u64(o, 4))
	}
	return true
}

func (d *dissector) mptcpCapable(o []byte, flags uint8) bool {
	n := len(o)
	first := (n == 12 || n == 4) && flags&tcpSYN != 0
	later := (n == 20 || n == 22) && flags&(tcpSYN|tcpACK) == tcpACK
	if !first && !later {
		return false
	}
	version := o[2] & 15
	if version > 1 {
		d.put(" Unknown Version (")
		d.putUint(uint64(version))
		d.putByte(')')
		return true
	}
	d.put(" v")
	d.putUint(uint64(version))
	if o[3]&0x80 != 0 {
		d.put(" csum")
	}
	if n == 12 || n >= 20 {
		d.put(" {0x")
		d.putHex(d.u64(o, 4))
		if n >= 20 {
			d.put(",0x")
			d.putHex(d.u64(o, 12))
		}
		d.putByte('}')
	}
	return true
}

func (d *dissector) mptcpJoin(o []byte, flags uint8) bool {
	n := len(o)
	syn := n == 12 && flags&tcpSYN != 0
	synAck := n == 16 && flags&(tcpSYN|tcpACK) == tcpSYN|tcpACK
	ack := n == 24 && flags&tcpACK != 0
	if !syn && !synAck && !ack {
		return false
	}
	if n != 24 {
		if o[2]&1 != 0 {
			d.put(" backup")
		}
		d.put(" id ")
		d.putUint(uint64(o[3]))
	}
	switch n {
	case 12:
		d.put(" token 0x")
		d.putHex(uint64(d.u32(o, 4)))
		d.put(" nonce 0x")
		d.putHex(uint64(d.u32(o, 8)))
	case 16:
		d.put(" hmac 0x")
		d.putHex(d.u64(o, 4))
		d.put(" nonce 0x")
		d.putHex(uint64(d.u32(o, 12)))
	case 24:
		d.put(" hmac 0x")
		d.putHexString(o[4:24])
	}
	return true
}

// Flags of a data sequence signal.
const (
	dssAck    = 0x01
	dssAck8   = 0x02
	dssSeq    = 0x04
	dssSeq8   = 0x08
	dssFinish = 0x10
)

func (d *dissector) mptcpDSS(o []byte, flags uint8) bool {
	if len(o) < 4 || flags&tcpSYN != 0 {
		return false
	}
	bits := o[3]
	if bits&dssFinish != 0 {
		d.put(" fin")
	}
	o = o[4:]
	ok := true
	if bits&dssAck != 0 {
		d.put(" ack ")
		if o, ok = d.mptcpNumber(o, bits&dssAck8 != 0); !ok {
			return false
		}
	}
	if bits&dssSeq != 0 {
		d.put(" seq ")
		if o, ok = d.mptcpNumber(o, bits&dssSeq8 != 0); !ok {
			return false
		}
		if len(o) < 4 {
			return false
		}
		d.put(" subseq ")
		d.putUint(uint64(d.u32(o, 0)))
		if o = o[4:]; len(o) < 2 {
			return false
		}
		d.put(" len ")
		d.putUint(uint64(d.u16(o, 0)))
		if o = o[2:]; len(o) >= 2 {
			// The checksum is there only if it was negotiated.
			d.put(" csum 0x")
			d.putHex(uint64(d.u16(o, 0)))
			o = o[2:]
		}
	}
	return len(o) == 0
}

// mptcpNumber prints a sequence number of 8 or 4 bytes and returns what follows.
func (d *dissector) mptcpNumber(o []byte, wide bool) ([]byte, bool) {
	switch {
	case wide && len(o) >= 8:
		d.putUint(d.u64(o, 0))
		return o[8:], true
	case !wide && len(o) >= 4:
		d.putUint(uint64(d.u32(o, 0)))
		return o[4:], true
	}
	return o, false
}

var mptcpAddrKinds = []name{{6, "v0-ip6"}, {4, "v0-ip4"}, {1, "v1-echo"}, {0, "v1"}}

func (d *dissector) mptcpAddAddr(o []byte) bool {
	addr := 4
	switch len(o) {
	case 8, 10, 16, 18:
	case 20, 22, 28, 30:
		addr = 16
	default:
		return false
	}
	d.putByte(' ')
	d.putTok(mptcpAddrKinds, uint32(o[2]&15), "[bad version/echo]")
	d.put(" id ")
	d.putUint(uint64(o[3]))
	d.putByte(' ')
	d.putIP(o[4 : 4+addr])
	rest := o[4+addr:]
	if len(rest)%8 == 2 {
		d.putByte(':')
		d.putUint(uint64(d.u16(rest, 0)))
		rest = rest[2:]
	}
	if len(rest) == 8 {
		d.put(" hmac 0x")
		d.putHex(d.u64(rest, 0))
	}
	return true
}

func (d *dissector) mptcpPrio(o []byte) bool {
	if len(o) != 3 && len(o) != 4 {
		return false
	}
	if o[2]&1 != 0 {
		d.put(" backup")
	} else {
		d.put(" non-backup")
	}
	if len(o) == 4 {
		d.put(" id ")
		d.putUint(uint64(o[3]))
	}
	return true
}
