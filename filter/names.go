package filter

import (
	"bufio"
	"context"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Names resolves the names in expressions from the system's files and resolver.
// The zero value works.
type Names struct {
	// Dir holds services, protocols, networks and ethers; "" means /etc.
	Dir string
	// Timeout bounds a look-up of a host; 0 means ten seconds.
	Timeout time.Duration

	once     sync.Once
	services map[string][2]service // tcp, udp
	protos   map[string]uint32
}

type service struct {
	port uint32
	ok   bool
}

var systemNames Names

func (o *Options) names() *Names {
	if o.Names != nil {
		return o.Names
	}
	return &systemNames
}

func (n *Names) file(name string) string {
	if n.Dir == "" {
		return "/etc/" + name
	}
	return n.Dir + "/" + name
}

// fields calls f with the words of each line of a file, without comments.
func fields(path string, f func(words []string)) {
	in, err := os.Open(path)
	if err != nil {
		return // as getservent: no file, no names
	}
	defer in.Close()
	for s := bufio.NewScanner(in); s.Scan(); {
		line, _, _ := strings.Cut(s.Text(), "#")
		if w := strings.Fields(line); len(w) > 1 {
			f(w)
		}
	}
}

func (n *Names) load() {
	n.services, n.protos = map[string][2]service{}, map[string]uint32{}
	fields(n.file("services"), func(w []string) {
		num, proto, _ := strings.Cut(w[1], "/")
		port, err := strconv.ParseUint(num, 10, 16)
		i := map[string]int{"tcp": 1, "udp": 2}[proto] - 1
		if err != nil || i < 0 {
			return
		}
		for j, name := range w {
			if j == 1 {
				continue
			}
			s := n.services[name]
			if !s[i].ok {
				s[i] = service{uint32(port), true}
			}
			n.services[name] = s
		}
	})
	fields(n.file("protocols"), func(w []string) {
		num, err := strconv.ParseUint(w[1], 10, 16)
		if err != nil {
			return
		}
		for j, name := range w {
			if _, ok := n.protos[name]; j != 1 && !ok {
				n.protos[name] = uint32(num)
			}
		}
	})
}

// port returns the port of a service, and the protocol it belongs to, "" for
// both (pcap_nametoport). A name that means different ports in TCP and UDP means
// TCP's. Digits are a port by themselves.
func (n *Names) port(name string) (port uint32, proto string, ok bool) {
	n.once.Do(n.load)
	if v, err := strconv.ParseUint(name, 10, 64); err == nil {
		return uint32(v & 0xffff), "", true
	}
	s, ok := n.services[name]
	switch {
	case !ok:
		return 0, "", false
	case !s[0].ok:
		return s[1].port, "udp", true
	case s[1].ok && s[0].port == s[1].port:
		return s[0].port, "", true
	}
	return s[0].port, "tcp", true
}

// etherProtos and llcProtos are libpcap's own (nametoaddr.c).
var etherProtos = map[string]uint32{
	"aarp": etherAARP, "arp": etherARP, "atalk": etherATalk, "decnet": etherDECnet, "ip": etherIP,
	"ip6": etherIPv6, "lat": 0x6004, "loopback": 0x9000, "mopdl": 0x6001, "moprc": 0x6002,
	"rarp": etherRARP, "sca": 0x6007,
}

var llcProtos = map[string]uint32{"iso": sapISO, "stp": sapSTP, "ipx": sapIPX, "netbeui": sapNetBEUI}

// protocol returns the number of a protocol carried by over (a qualifier).
func (n *Names) protocol(name, over string) (uint32, bool) {
	switch over {
	case "", "ip", "ip6":
		n.once.Do(n.load)
		v, ok := n.protos[name]
		return v, ok
	case "iso":
		v, ok := isoProtos[name]
		return v, ok
	case "link":
		if v, ok := etherProtos[name]; ok {
			return v, true
		}
		v, ok := llcProtos[name]
		return v, ok
	}
	return 0, false
}

// network returns a net of /etc/networks, padded to four octets as glibc does.
func (n *Names) network(name string) (v uint32, ok bool) {
	fields(n.file("networks"), func(w []string) {
		for j, x := range w {
			if j != 1 && x == name && !ok {
				var bits int
				v, bits, ok = partialNet(w[1])
				v <<= 32 - bits
			}
		}
	})
	return v, ok && v != 0
}

// ether returns an address of /etc/ethers.
func (n *Names) ether(name string) (mac [6]byte, ok bool) {
	fields(n.file("ethers"), func(w []string) {
		if m, good := parseMAC(w[0]); good && w[1] == name && !ok {
			mac, ok = m, true
		}
	})
	return mac, ok
}

// host returns the addresses of a host, IPv4 first.
func (n *Names) host(name string) []netip.Addr {
	d := n.Timeout
	if d == 0 {
		d = 10 * time.Second
	}
	ctx, cancel := context.WithTimeout(context.Background(), d)
	defer cancel()
	addrs, err := net.DefaultResolver.LookupNetIP(ctx, "ip", name)
	if err != nil {
		return nil
	}
	var four, six []netip.Addr
	for _, a := range addrs {
		if a = a.Unmap().WithZone(""); a.Is4() {
			four = append(four, a)
		} else {
			six = append(six, a)
		}
	}
	return append(four, six...)
}

// partialNet reads 1 to 4 dotted parts: their value, and how many bits they are
// (__pcap_atoin).
func partialNet(s string) (v uint32, bits int, ok bool) {
	for part := range strings.SplitSeq(s, ".") {
		n, err := strconv.ParseUint(part, 10, 8)
		if err != nil || bits == 32 {
			return 0, 0, false
		}
		v = v<<8 | uint32(n)
		bits += 8
	}
	return v, bits, true
}
