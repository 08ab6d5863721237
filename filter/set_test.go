package filter

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tengu/capture"
	"tengu/internal/corpora"
)

func mustCompile(t testing.TB, expr string, opt Options) *Filter {
	t.Helper()
	f, err := Compile(expr, opt)
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	return f
}

// setFixture writes members to a file.
func setFixture(t testing.TB, members ...string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "set")
	if err := os.WriteFile(name, []byte(strings.Join(members, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

// seen are addresses and ports of real packets, so that sets have members that
// match, mixed with others.
func seen(packets []packet) (hosts, nets, hosts6, nets6, ports []string) {
	for _, p := range packets {
		if len(p.data) < 58 {
			continue
		}
		switch uint16(p.data[12])<<8 | uint16(p.data[13]) {
		case etherIP:
			a, _ := netip.AddrFromSlice(p.data[26:30])
			hosts = append(hosts, a.String())
			nets = append(nets, netip.PrefixFrom(a, 20).Masked().String())
			ports = append(ports, fmt.Sprint(uint16(p.data[34])<<8|uint16(p.data[35])))
		case etherIPv6:
			a, _ := netip.AddrFromSlice(p.data[22:38])
			hosts6 = append(hosts6, a.String())
			nets6 = append(nets6, netip.PrefixFrom(a, 45).Masked().String())
		}
	}
	for _, list := range []*[]string{&hosts, &nets, &hosts6, &nets6, &ports} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(*list), func(i, j int) { (*list)[i], (*list)[j] = (*list)[j], (*list)[i] })
		*list = (*list)[:min(len(*list), 25)]
	}
	return hosts, nets, hosts6, nets6, ports
}

// TestChainAsWritten compares long chains, which become sets, with the same
// chains taken word by word, also on truncated packets.
func TestChainAsWritten(t *testing.T) {
	packets := loadPackets(t, filepath.Join(corpora.Dir(t), "mixed", "mixed-EN10MB.pcap"))
	hosts, nets, hosts6, nets6, ports := seen(packets)
	or := func(words ...string) string { return strings.Join(words, " or ") }
	tests := map[string]string{
		"hosts":         "host " + or(hosts...),
		"src hosts":     "src host " + or(hosts...) + " or tcp",
		"dst hosts":     "not (dst host " + or(hosts...) + ") and udp",
		"src and dst":   "src and dst host " + or(hosts...),
		"arp hosts":     "arp host " + or(hosts...),
		"nets":          "net " + or(nets...),
		"hosts, nets":   "net " + or(nets...) + " or host " + or(hosts...),
		"both families": "host " + or(append(hosts, hosts6...)...),
		"nets6":         "net " + or(nets6...) + " or udp",
		"dst nets6":     "dst net " + or(nets6...),
		"ports":         "port " + or(ports...),
		"tcp ports":     "tcp dst port " + or(ports...),
		"ranges":        "portrange 1-100 or 200-300 or 5000-6000 or 400-450 or 460-470 or 480-481 or 483-489 or 500-510 or 22",
		"after and":     "ip and host " + or(hosts...),
		"in pppoe":      "pppoes and host " + or(hosts...),
		"after geneve":  "geneve and port " + or(ports...),
		"after vlan":    "vlan and (host " + or(hosts...) + ")",
	}
	for name, expr := range tests {
		t.Run(name, func(t *testing.T) {
			opt := Options{LinkType: capture.LinkEthernet}
			f := mustCompile(t, expr, opt)
			opt.NoOptimize = true
			plain := mustCompile(t, expr, opt)
			if len(plain.Sets()) != 0 {
				t.Fatal("-O makes sets")
			}
			if name != "src and dst" && len(f.Sets()) == 0 {
				t.Error("no set made")
			}
			matched := 0
			for i, p := range packets {
				want := plain.Match(p.data, p.wire, Meta{})
				if want {
					matched++
				}
				if got := f.Match(p.data, p.wire, Meta{}); got != want && !inIPv6Address(p.data, len(p.data)) {
					t.Fatalf("packet %d: %v, want %v\n%s", i+1, got, want, expr)
				}
				for n := range min(len(p.data), 80) {
					if i%29 != 0 || inIPv6Address(p.data, n) {
						continue
					}
					if want, got := plain.Match(p.data[:n], p.wire, Meta{}), f.Match(p.data[:n], p.wire, Meta{}); got != want {
						t.Fatalf("packet %d cut to %d: %v, want %v", i+1, n, got, want)
					}
				}
			}
			t.Logf("%d packets", matched)
		})
	}
}

// inIPv6Address says that a packet is cut inside its IPv6 addresses, where a set
// wants the whole address and a chain may do with its first words (doc.go).
func inIPv6Address(data []byte, n int) bool {
	return len(data) > 14 && data[12] == 0x86 && data[13] == 0xdd && n >= 26 && n < 54
}

// TestSetFiles compares sets from files with chains.
func TestSetFiles(t *testing.T) {
	packets := loadPackets(t, filepath.Join(corpora.Dir(t), "mixed", "mixed-EN10MB.pcap"))
	hosts, nets, hosts6, nets6, ports := seen(packets)
	or := func(words ...string) string { return strings.Join(words, " or ") }
	hostFile := setFixture(t, append(append([]string{"# hosts", ""}, hosts...), hosts6...)...)
	netFile := setFixture(t, append(nets, strings.Join(nets6, " , ")+" # nets")...)
	portFile := setFixture(t, append(ports, "6000-6010", "http")...)
	allHosts := "(host " + or(append(hosts, hosts6...)...) + ")"
	tests := []struct{ name, set, chain string }{
		{"host", "host in @" + hostFile, allHosts},
		{"no type", "src in @" + hostFile, "src " + or(append(hosts, hosts6...)...)},
		{"dst", "dst host in @" + hostFile, "dst host " + or(append(hosts, hosts6...)...)},
		{"ip", "ip host in @" + hostFile, "ip host " + or(hosts...)},
		{"arp", "arp host in @" + hostFile, "arp host " + or(hosts...)},
		{"ip6", "ip6 host in @" + hostFile, "ip6 host " + or(hosts6...)},
		{"net", "net in @" + netFile, "net " + or(append(nets, nets6...)...)},
		{"quoted", `src net in @"` + netFile + `"`, "src net " + or(append(nets, nets6...)...)},
		{"not", "not net in @" + netFile, "not (net " + or(append(nets, nets6...)...) + ")"},
		{"port", "port in @" + portFile, "port " + or(append(ports, "80")...) + " or portrange 6000-6010"},
		{"udp", "udp dst port in @" + portFile, "udp dst port " + or(ports...) + " or udp dst portrange 6000-6010 or udp dst port 80"},
		{"joined", "tcp and (host in @" + hostFile + ") and not port in @" + portFile,
			"tcp and " + allHosts + " and not (port " + or(append(ports, "80")...) + " or portrange 6000-6010)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := mustCompile(t, tt.set, Options{LinkType: capture.LinkEthernet})
			plain := mustCompile(t, tt.chain, Options{LinkType: capture.LinkEthernet, NoOptimize: true})
			matched := 0
			for i, p := range packets {
				want := plain.Match(p.data, p.wire, Meta{})
				if want {
					matched++
				}
				if got := f.Match(p.data, p.wire, Meta{}); got != want && !inIPv6Address(p.data, len(p.data)) {
					t.Fatalf("packet %d: %v, want %v", i+1, got, want)
				}
			}
			if matched == 0 {
				t.Error("nothing matched")
			}
			again := mustCompile(t, f.String(), Options{LinkType: capture.LinkEthernet})
			if again.String() != f.String() {
				t.Errorf("%s printed as %s", f, again)
			}
		})
	}
}

func TestSetFileErrors(t *testing.T) {
	tests := []struct{ name, word, text, want string }{
		{"no address", "host", "10.0.0.1\n\n10.0.0.300 # x", `:3: not an address "10.0.0.300"`},
		{"net among hosts", "host", "10.0.0.0/8", `:1: not an address (for nets write "net in @FILE") "10.0.0.0/8"`},
		{"host bits", "net", "10.0.0.0/8, 10.0.0.1/8", `:1: non-network bits set in "10.0.0.1/8"`},
		{"host bits 6", "net", "2001:db8::1/64", `:1: non-network bits set in "2001:db8::1/64"`},
		{"mask", "net", "10.0.0.0/33", `:1: non-network bits set in "10.0.0.0/33"`},
		{"mask 6", "net", "::/129", `:1: not a prefix length "::/129"`},
		{"octal", "host", "010.0.0.1", `:1: not an address "010.0.0.1"`},
		{"zone", "host", "fe80::1%lo", `:1: not an address "fe80::1%lo"`},
		{"port", "port", "80\n65536", `:2: not a port "65536"`},
		{"service", "port", "nosuchservice", `:1: not a port "nosuchservice"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			file := setFixture(t, tt.text)
			_, err := Compile("ip or "+tt.word+" in @"+file, Options{LinkType: capture.LinkEthernet})
			var se *SyntaxError
			if !errors.As(err, &se) || !strings.HasSuffix(err.Error(), tt.want) {
				t.Errorf("%v, want …%s", err, tt.want)
			}
		})
	}
	if _, err := Compile("host in @/no/such/file", Options{LinkType: capture.LinkEthernet}); err == nil {
		t.Error("no error for a file that is not there")
	}
}

func TestReload(t *testing.T) {
	file := setFixture(t, "10.0.0.1")
	f := mustCompile(t, "src host in @"+file, Options{LinkType: capture.LinkRaw})
	packet := func(last byte) []byte {
		p := make([]byte, 20)
		p[0], p[12], p[15] = 0x45, 10, last
		return p
	}
	match := func(last byte) bool { return f.Match(packet(last), 20, Meta{}) }
	if !match(1) || match(2) {
		t.Fatal("before: wrong members")
	}
	if err := os.WriteFile(file, []byte("10.0.0.2 ::1"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Reload(); err != nil {
		t.Fatal(err)
	}
	if match(1) || !match(2) {
		t.Error("after: wrong members")
	}
	if n := f.Sets()[1].Data().Len(); n != 1 {
		t.Errorf("%d IPv6 members, want 1", n)
	}
	if err := os.WriteFile(file, []byte("10.0.0.3\nx"), 0o600); err != nil {
		t.Fatal(err)
	}
	var bad *SetFileError
	if err := f.Reload(); !errors.As(err, &bad) || bad.Line != 2 {
		t.Errorf("error %v, want line 2", err)
	}
	if !match(2) || match(3) {
		t.Error("a failed reload changed the set")
	}
}

// TestSetData compares the tables with the lists they were made of.
func TestSetData(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{0, 1, 2, 7, 100, 5000} {
		m, nets := &members{}, &members{nets: true}
		in4, in6 := map[uint32]bool{}, map[key6]bool{}
		var list []netip.Prefix
		for range n {
			a, k := rnd.Uint32()>>rnd.UintN(32), key6{rnd.Uint64() >> rnd.UintN(64), rnd.Uint64() >> rnd.UintN(64)}
			m.hosts4, m.hosts6 = append(m.hosts4, a), append(m.hosts6, k)
			in4[a], in6[k] = true, true
			p := netip.PrefixFrom(netip.AddrFrom4([4]byte{byte(a >> 24), byte(a >> 16), byte(a >> 8), byte(a)}), rnd.IntN(26)+7).Masked()
			list = append(list, p)
			if msg := nets.addNet([]byte(p.String())); msg != "" {
				t.Fatalf("%v: %s", p, msg)
			}
		}
		d4, d6, dn := m.data(4), m.data(16), nets.data(4)
		checkKeys(t, d4, len(in4))
		checkKeys(t, d6, len(in6))
		for a := range in4 {
			if !d4.addr4(a) {
				t.Fatalf("%x is missing", a)
			}
		}
		for k := range in6 {
			if !d6.addr6(k) {
				t.Fatalf("%x is missing", k)
			}
		}
		for range 2000 {
			a, k := rnd.Uint32()>>rnd.UintN(32), key6{0, rnd.Uint64() >> rnd.UintN(64)}
			if d4.addr4(a) != in4[a] || d6.addr6(k) != in6[k] {
				t.Fatalf("%x, %x: wrong", a, k)
			}
		}
		for i := range 500 {
			a := rnd.Uint32() >> rnd.UintN(32)
			if i < len(list) { // the edges of nets
				a = be32(list[i].Addr().AsSlice()) - uint32(i%2)
			}
			addr := netip.AddrFrom4([4]byte{byte(a >> 24), byte(a >> 16), byte(a >> 8), byte(a)})
			want := slices.ContainsFunc(list, func(p netip.Prefix) bool { return p.Contains(addr) })
			if dn.addr4(a) != want {
				t.Fatalf("%v in nets: %v, want %v", addr, !want, want)
			}
		}
		var again []netip.Prefix
		for key, bits := range dn.Keys() {
			a, _ := netip.AddrFromSlice(key)
			again = append(again, netip.PrefixFrom(a, bits))
		}
		for _, p := range again {
			if p != p.Masked() || !dn.Contains(p.Addr().AsSlice()) {
				t.Fatalf("prefix %v is not a part of the nets", p)
			}
		}
	}
}

func checkKeys(t *testing.T, d *SetData, want int) {
	t.Helper()
	n := 0
	for key, bits := range d.Keys() {
		if n++; bits != 8*int(d.size) || !d.Contains(key) {
			t.Fatalf("key %x/%d is not in the set", key, bits)
		}
	}
	if n != want || d.Len() != want {
		t.Fatalf("%d keys, Len %d, want %d", n, d.Len(), want)
	}
}

func TestSetPrefixes6(t *testing.T) {
	m := &members{nets: true}
	for _, s := range []string{"::/0"} {
		if msg := m.addNet([]byte(s)); msg != "" {
			t.Fatal(msg)
		}
	}
	for key, bits := range m.data(16).Keys() {
		if bits != 0 || key6From(key) != (key6{}) {
			t.Errorf("::/0 became %x/%d", key, bits)
		}
	}
	m = &members{nets: true}
	for _, s := range []string{"2001:db8::/33", "2001:db8:8000::/33", "fe80::/64", "fe80::1"} {
		m.addNet([]byte(s))
	}
	var got []string
	for key, bits := range m.data(16).Keys() {
		a, _ := netip.AddrFromSlice(key)
		got = append(got, netip.PrefixFrom(a, bits).String())
	}
	if want := []string{"2001:db8::/33", "2001:db8:8000::/33", "fe80::/64"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

func BenchmarkLoadMillion(b *testing.B) {
	var text strings.Builder
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 1_000_000 {
		a := rnd.Uint32()
		fmt.Fprintf(&text, "%d.%d.%d.%d\n", a>>24, a>>16&255, a>>8&255, a&255)
	}
	file := setFixture(b, text.String())
	for b.Loop() {
		for _, word := range []string{"host", "net"} {
			mustCompile(b, word+" in @"+file, Options{LinkType: capture.LinkEthernet})
		}
	}
}

func BenchmarkContains(b *testing.B) {
	m := &members{nets: false}
	nets := &members{nets: true}
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 1_000_000 {
		a := rnd.Uint32()
		m.hosts4 = append(m.hosts4, a)
		nets.nets4 = append(nets.nets4, range4{a &^ 255, a | 255})
	}
	for name, d := range map[string]*SetData{"hosts": m.data(4), "nets": nets.data(4)} {
		b.Run(name, func(b *testing.B) {
			a := uint32(1)
			for b.Loop() {
				a = a*1664525 + 1013904223
				d.addr4(a)
			}
		})
	}
}
