package filter

import (
	"bytes"
	"fmt"
	"net/netip"
	"os"
	"strconv"
)

// members are what a set file holds, by size of key.
type members struct {
	nets   bool
	hosts4 []uint32
	hosts6 []key6
	nets4  []range4
	nets6  []range6
	ports  *[1 << 10]uint64
}

// SetFileError is a member of a set file that cannot be understood.
type SetFileError struct {
	File string
	Line int
	Text string // the member
	Msg  string
}

func (e *SetFileError) Error() string {
	return fmt.Sprintf("%s:%d: %s %q", e.File, e.Line, e.Msg, e.Text)
}

// readSet reads a set file: members separated by blanks, commas or ends of line;
// "#" begins a comment. What a member may be depends on the word before "in":
//
//	host  an IPv4 or IPv6 address
//	net   an address, or ADDRESS/BITS with no bits set behind them
//	port  a number, FROM-TO, or the name of a service
func readSet(file, word string, names *Names) (*members, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("read set: %w", err)
	}
	m := &members{nets: word == "net"}
	add := m.addHost
	switch word {
	case "net":
		add = m.addNet
	case "port":
		m.ports = new([1 << 10]uint64)
		add = func(w []byte) string { return m.addPort(string(w), names) }
	}
	for line := 1; len(text) > 0; line++ {
		end := bytes.IndexByte(text, '\n')
		if end < 0 {
			end = len(text)
		}
		if w, msg := eachMember(text[:end], add); msg != "" {
			return nil, &SetFileError{file, line, string(w), msg}
		}
		text = text[min(end+1, len(text)):]
	}
	return m, nil
}

// eachMember adds the members of a line; it returns one that add refused, and
// why.
func eachMember(line []byte, add func([]byte) string) (w []byte, msg string) {
	for len(line) > 0 {
		if separates(line[0]) {
			line = line[1:]
			continue
		}
		if line[0] == '#' {
			break
		}
		n := 0
		for n < len(line) && !separates(line[n]) && line[n] != '#' {
			n++
		}
		if msg := add(line[:n]); msg != "" {
			return line[:n], msg
		}
		line = line[n:]
	}
	return nil, ""
}

func separates(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == ',' }

func (m *members) addHost(w []byte) string {
	if a, ok := parse4(w); ok {
		m.hosts4 = append(m.hosts4, a)
		return ""
	}
	a, err := netip.ParseAddr(string(w))
	switch {
	case bytes.IndexByte(w, '/') >= 0:
		return `not an address (for nets write "net in @FILE")`
	case err != nil || a.Zone() != "" || a.Is4():
		return "not an address"
	}
	b := a.As16()
	m.hosts6 = append(m.hosts6, key6From(b[:]))
	return ""
}

func (m *members) addNet(w []byte) string {
	addr, after, slash := bytes.Cut(w, []byte{'/'})
	bits := -1
	if slash {
		n, err := strconv.ParseUint(string(after), 10, 8)
		if err != nil || n > 128 {
			return "not a prefix length"
		}
		bits = int(n)
	}
	if a, ok := parse4(addr); ok {
		if bits < 0 {
			bits = 32
		}
		free := ^uint32(0)
		if bits > 0 {
			free = 1<<(32-min(bits, 32)) - 1
		}
		if bits > 32 || a&free != 0 {
			return "non-network bits set in"
		}
		m.nets4 = append(m.nets4, range4{a, a | free})
		return ""
	}
	a, err := netip.ParseAddr(string(addr))
	if err != nil || a.Zone() != "" || a.Is4() {
		return "not a net"
	}
	if bits < 0 {
		bits = 128
	}
	b := a.As16()
	k := key6From(b[:])
	last := k.last(128 - bits)
	if p, err := a.Prefix(bits); err != nil || p.Addr().As16() != b {
		return "non-network bits set in"
	}
	m.nets6 = append(m.nets6, range6{k, last})
	return ""
}

func (m *members) addPort(w string, names *Names) string {
	from, to, isRange := bytes.Cut([]byte(w), []byte{'-'})
	lo, err := strconv.ParseUint(string(from), 10, 16)
	hi := lo
	if isRange && err == nil {
		hi, err = strconv.ParseUint(string(to), 10, 16)
	}
	if err != nil {
		p, _, ok := names.port(w)
		if !ok || w[0] >= '0' && w[0] <= '9' {
			return "not a port"
		}
		lo, hi = uint64(p), uint64(p)
	}
	m.addPorts(uint32(min(lo, hi)), uint32(max(lo, hi)))
	return ""
}

func (m *members) addPorts(lo, hi uint32) {
	for p := lo; p <= hi; p++ {
		m.ports[p>>6] |= 1 << (p & 63)
	}
}

// parse4 reads a dotted IPv4 address, quickly: files may hold millions.
func parse4(w []byte) (uint32, bool) {
	var a, octet uint32
	digits, dots := 0, 0
	for _, c := range w {
		switch {
		case c >= '0' && c <= '9':
			if digits > 0 && octet == 0 {
				return 0, false // 01 may be meant octal
			}
			octet = octet*10 + uint32(c-'0')
			if digits++; octet > 255 {
				return 0, false
			}
		case c == '.' && digits > 0:
			a, octet, digits = a<<8|octet, 0, 0
			dots++
		default:
			return 0, false
		}
	}
	return a<<8 | octet, dots == 3 && digits > 0
}

// data makes a set of the members that have keys of the given size.
func (m *members) data(size uint8) *SetData {
	d := &SetData{size: size, nets: m.nets && size != 2}
	switch {
	case size == 2:
		d.ports = m.ports
		for p := range 1 << 16 {
			if d.port(uint16(p)) {
				d.n++
			}
		}
	case size == 4 && m.nets:
		d.nets4 = newRanges4(m.nets4)
		d.n = len(d.nets4.all)
	case size == 4:
		d.hosts4 = newTable4(m.hosts4)
		d.n = d.hosts4.n
	case m.nets:
		d.nets6 = newRanges6(m.nets6)
		d.n = len(d.nets6.all)
	default:
		d.hosts6 = newTable6(m.hosts6)
		d.n = d.hosts6.n
	}
	return d
}
