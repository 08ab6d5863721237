package textout

import (
	"bufio"
	"encoding/binary"
	"net/netip"
	"os"
	"strconv"
	"strings"
)

// names turns numbers into names as -n and its relatives say.
type names struct {
	opt      *Options
	tcp, udp map[uint16]string
	ethers   map[[6]byte]string
	hosts    *hosts
}

func newNames(opt *Options) *names {
	n := &names{opt: opt}
	if opt.NoNames {
		return n
	}
	n.tcp, n.udp = map[uint16]string{}, map[uint16]string{}
	n.services("/etc/services")
	n.ethers = ethers("/etc/ethers")
	if broadcast := [6]byte{255, 255, 255, 255, 255, 255}; n.ethers[broadcast] == "" {
		n.ethers[broadcast] = "Broadcast"
	}
	n.hosts = newHosts()
	return n
}

// fields goes through a file of blank-separated words with # comments.
func fields(path string, f func(words []string)) {
	file, err := os.Open(path)
	if err != nil {
		return // no such database: numbers are printed
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line, _, _ := strings.Cut(lines.Text(), "#")
		if w := strings.Fields(line); len(w) >= 2 {
			f(w)
		}
	}
}

// services reads services(5). Of two entries for a port the later one counts, as
// in tcpdump's init_servarray.
func (n *names) services(path string) {
	fields(path, func(w []string) {
		num, proto, _ := strings.Cut(w[1], "/")
		port, err := strconv.ParseUint(num, 10, 16)
		if err != nil {
			return
		}
		switch proto {
		case "tcp":
			setFirst(n.tcp, uint16(port), w[0])
		case "udp":
			setFirst(n.udp, uint16(port), w[0])
		}
	})
}

func setFirst(m map[uint16]string, k uint16, v string) {
	if _, ok := m[k]; !ok {
		m[k] = v
	}
}

// ethers reads ethers(5): address, name.
func ethers(path string) map[[6]byte]string {
	m := map[[6]byte]string{}
	fields(path, func(w []string) {
		var mac [6]byte
		parts := strings.Split(w[0], ":")
		if len(parts) != 6 {
			return
		}
		for i, p := range parts {
			b, err := strconv.ParseUint(p, 16, 8)
			if err != nil {
				return
			}
			mac[i] = byte(b)
		}
		m[mac] = w[1]
	})
	return m
}

// putIP appends an address of 4 or 16 bytes.
func (d *dissector) putIP(b []byte) {
	if len(b) == 4 {
		d.putIP4(b)
		return
	}
	d.putIP6(b)
}

// putIP4 appends an IPv4 address, or its name.
func (d *dissector) putIP4(b []byte) {
	d.need(b, 4)
	if !d.opt.NoNames {
		if s := d.pr.names.host(netip.AddrFrom4([4]byte(b))); s != "" {
			d.put(s)
			return
		}
	}
	d.putDotted(b)
}

// putDotted appends an IPv4 address in numbers.
func (d *dissector) putDotted(b []byte) {
	d.need(b, 4)
	out := d.out
	for i, c := range b[:4] {
		if i > 0 {
			out = append(out, '.')
		}
		out = append(out, octets[c]...)
	}
	d.out = out
}

// octets are the numbers 0 to 255 as text.
var octets = func() (t [256]string) {
	for i := range t {
		t[i] = strconv.Itoa(i)
	}
	return t
}()

// putIP6 appends an IPv6 address, or its name.
func (d *dissector) putIP6(b []byte) {
	d.need(b, 16)
	if !d.opt.NoNames {
		if s := d.pr.names.host(netip.AddrFrom16([16]byte(b))); s != "" {
			d.put(s)
			return
		}
	}
	d.putColons(b)
}

// putColons appends an IPv6 address in numbers, as inet_ntop and tcpdump's
// addrtostr6 do: the longest run of two or more zero groups, the first of equals,
// becomes "::"; IPv4-compatible and mapped addresses end in dots.
func (d *dissector) putColons(b []byte) {
	d.need(b, 16)
	var g [8]uint16
	for i := range g {
		g[i] = binary.BigEndian.Uint16(b[2*i:])
	}
	best, run := -1, 0
	for i := 0; i < 8; {
		j := i
		for j < 8 && g[j] == 0 {
			j++
		}
		if n := j - i; n > run && n >= 2 {
			best, run = i, n
		}
		i = max(j, i+1)
	}
	for i := 0; i < 8; i++ {
		if best >= 0 && i >= best && i < best+run {
			if i == best {
				d.putByte(':')
			}
			continue
		}
		if i > 0 {
			d.putByte(':')
		}
		if i == 6 && best == 0 && (run == 6 || run == 5 && g[5] == 0xffff) {
			d.putDotted(b[12:])
			return
		}
		d.putHex(uint64(g[i]))
	}
	if best >= 0 && best+run == 8 {
		d.putByte(':')
	}
}

// putMAC appends an Ethernet address; without -n its name, or its maker.
func (d *dissector) putMAC(b []byte) {
	d.need(b, 6)
	if d.opt.NoNames {
		d.putColonHex(b[:6])
		return
	}
	if s := d.pr.names.ethers[[6]byte(b)]; s != "" {
		d.put(s)
		return
	}
	d.putColonHex(b[:6])
	d.put(" (oui ")
	oui := uint32(b[0])<<16 | uint32(b[1])<<8 | uint32(b[2])
	d.putTok(ouiNames, oui, "Unknown")
	d.putByte(')')
}

// putColonHex appends bytes as aa:bb:cc.
func (d *dissector) putColonHex(b []byte) {
	for i, c := range b {
		if i > 0 {
			d.putByte(':')
		}
		d.putHex2(c)
	}
}

func (d *dissector) putTCPPort(p uint16) { d.putPort(d.pr.names.tcp, p) }
func (d *dissector) putUDPPort(p uint16) { d.putPort(d.pr.names.udp, p) }

func (d *dissector) putPort(m map[uint16]string, p uint16) {
	if m != nil {
		if s := m[p]; s != "" {
			d.put(s)
			return
		}
	}
	d.putUint(uint64(p))
}
