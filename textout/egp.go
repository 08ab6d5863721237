package textout

import "encoding/binary"

var (
	egpAcquire = []name{{0, "request"}, {1, "confirm"}, {2, "refuse"}, {3, "cease"}, {4, "cease_ack"}}
	egpStatus  = []name{
		{0, "unspecified"}, {1, "active_mode"}, {2, "passive_mode"}, {3, "insufficient_resources"},
		{4, "administratively_prohibited"}, {5, "going_down"}, {6, "parameter_violation"}, {7, "protocol_violation"},
	}
	egpReach   = []name{{0, "hello"}, {1, "i-h-u"}}
	egpUpDown  = []name{{0, "indeterminate"}, {1, "up"}, {2, "down"}}
	egpReasons = []name{
		{0, "unspecified"}, {1, "bad_EGP_header_format"}, {2, "bad_EGP_data_field_format"},
		{3, "reachability_info_unavailable"}, {4, "excessive_polling_rate"}, {5, "no_response"}, {6, "unsupported_version"},
	}
)

// egpFixed is the fixed part of a message (RFC 904).
const egpFixed = 16

// egp prints the Exterior Gateway Protocol.
func (d *dissector) egp(b []byte, length int) {
	d.proto = "egp"
	if length < egpFixed || len(b) < egpFixed {
		d.truncMark()
		return
	}
	d.put("EGPv")
	d.putUint(uint64(b[0]))
	if d.opt.Verbose == 0 {
		d.put(", AS ")
		d.putUint(uint64(d.u16(b, 6)))
		d.put(", seq ")
		d.putUint(uint64(d.u16(b, 8)))
	}
	d.put(", length ")
	d.putInt(int64(length))
	switch {
	case d.opt.Verbose == 0:
	case b[0] != 2:
		d.egpOdd("[version ", b[0])
	default:
		d.egpMessage(b, length)
	}
}

func (d *dissector) egpOdd(what string, v uint8) {
	d.put(what)
	d.putUint(uint64(v))
	d.putByte(']')
}

func (d *dissector) egpMessage(b []byte, length int) {
	code, status := b[2], b[3]
	switch b[1] {
	case 3:
		d.put(" acquire")
		d.egpAcquisition(b, code, status)
	case 5:
		if word, ok := lookup(egpReach, uint32(code)); ok {
			d.putByte(' ')
			d.put(word)
			d.egpState(status)
		} else {
			d.egpOdd("[reach code ", code)
		}
	case 2:
		d.put(" poll")
		d.egpState(status)
		d.put(" net:")
		d.putIP4(b[12:])
	case 1:
		d.put(" update")
		if status&0x80 != 0 {
			status &^= 0x80
			d.put(" unsolicited")
		}
		d.egpState(status)
		d.putByte(' ')
		d.putIP4(b[12:])
		d.put(" int ")
		d.putUint(uint64(b[10]))
		d.put(" ext ")
		d.putUint(uint64(b[11]))
		if !d.egpNetworks(b, length) {
			d.truncMark()
		}
	case 8:
		d.put(" error")
		d.egpState(status)
		d.putByte(' ')
		d.putTok(egpReasons, uint32(d.u16(b, 10)), "[reason %u]")
	default:
		d.egpOdd("[type ", b[1])
	}
}

func (d *dissector) egpState(status uint8) {
	if word, ok := lookup(egpUpDown, uint32(status)); ok {
		d.put(" state:")
		d.put(word)
		return
	}
	d.egpOdd(" [status ", status)
}

func (d *dissector) egpAcquisition(b []byte, code, status uint8) {
	word, ok := lookup(egpAcquire, uint32(code))
	if !ok {
		d.egpOdd("[code ", code)
		return
	}
	d.putByte(' ')
	d.put(word)
	asks := code <= 1
	text, known := lookup(egpStatus, uint32(status))
	if asks {
		known = status <= 2
	} else {
		known = known && status != 1 && status != 2
	}
	switch {
	case known:
		d.putByte(' ')
		d.put(text)
	case asks:
		d.egpOdd(" [status ", status)
	default:
		d.egpOdd("[status ", status)
	}
	if asks {
		d.put(" hello:")
		d.putUint(uint64(d.u16(b, 10)))
		d.put(" poll:")
		d.putUint(uint64(d.u16(b, 12)))
	}
}

// egpNetworks prints the networks behind each gateway; false if they are cut.
// tcpdump takes addresses in the byte order of its machine, and so they look.
func (d *dissector) egpNetworks(b []byte, length int) bool {
	source := binary.LittleEndian.Uint32(b[12:])
	class := egpClass(source)
	net := source & [...]uint32{0, 0xff000000, 0xffff0000, 0xffffff00}[class]
	r := egpReader{d: d, b: b, at: egpFixed, left: length - egpFixed}
	for i := range int(b[10]) + int(b[11]) {
		if r.left < 4-class {
			return false
		}
		host := uint32(0)
		if class > 0 {
			if r.at+4-class > len(b) {
				return false
			}
			for range 4 - class {
				host = host<<8 | uint32(r.next())
			}
		} else {
			if r.at+4 > len(b) {
				return false
			}
			r.left -= 4
		}
		if r.left < 1 {
			return false
		}
		distances := r.next()
		if i < int(b[10]) {
			d.put(" int ")
		} else {
			d.put(" ext ")
		}
		d.egpAddr(host | net)
		d.put(" (")
		if !r.distances(distances) {
			return false
		}
		d.putByte(')')
	}
	return true
}

// egpClass is how many bytes of an address name the network, 0 if none.
func egpClass(addr uint32) int {
	switch {
	case addr>>31 == 0:
		return 1
	case addr>>30 == 2:
		return 2
	case addr>>29 == 6:
		return 3
	}
	return 0
}

func (d *dissector) egpAddr(addr uint32) {
	var a [4]byte
	binary.LittleEndian.PutUint32(a[:], addr)
	d.putIP4(a[:])
}

// egpReader goes through a list of networks.
type egpReader struct {
	d        *dissector
	b        []byte
	at, left int
}

func (r *egpReader) next() uint8 {
	v := r.d.u8(r.b, r.at)
	r.at, r.left = r.at+1, r.left-1
	return v
}

func (r *egpReader) distances(n uint8) bool {
	for i := range n {
		if r.left < 2 {
			return false
		}
		dist := r.next()
		if i > 0 {
			r.d.put(", ")
		}
		r.d.putByte('d')
		r.d.putUint(uint64(dist))
		r.d.putByte(':')
		for range r.next() {
			if r.left < 1 {
				return false
			}
			addr := uint32(r.next()) << 24
			more := 0
			if egpClass(addr) == 2 {
				more = 1
			} else if egpClass(addr) != 1 {
				more = 2
			}
			if r.left < more {
				return false
			}
			for k := range more {
				addr |= uint32(r.next()) << (16 - 8*k)
			}
			r.d.putByte(' ')
			r.d.egpAddr(addr)
		}
	}
	return true
}
