package filter

import (
	"net/netip"
	"strconv"
	"strings"
)

// minChain is how many alternatives make a set of a chain of or.
const minChain = 8

// field is what stands at a place, to compare or to look up.
type field struct {
	load
	index expr // added to the offset, or nil
}

func (l *lowerer) fieldAt(at place, size uint8) field {
	if at.reg == 0 {
		return field{load: load{Size: size, Off: at.off}}
	}
	return field{load{Size: size, Off: at.off}, eVar(at.reg - 1)}
}

// behindIPv4 is a field of the transport layer.
func (l *lowerer) behindIPv4(off uint32, size uint8) field {
	nl := l.net(0)
	if nl.reg == 0 {
		return field{load: load{Size: size, Base: baseIPv4, NL: nl.off, Off: nl.off + off}}
	}
	return field{load{Size: size, Off: nl.off + off}, l.ipLength()}
}

func (f field) test(mask uint32, c cmp, k uint32) cond {
	if f.index == nil {
		return cTest{f.load, mask, c, k}
	}
	return compared(eLoad{f.load, f.index}, mask, c, k)
}

func (f field) in(set int) cond { return cSet{f.load, f.index, set} }

// newSet adds a set to the filter.
func (l *lowerer) newSet(s *Set, d *SetData) int {
	s.Size, s.Nets = d.size, d.nets
	s.data.Store(d)
	l.sets = append(l.sets, s)
	return len(l.sets) - 1
}

// setFile lowers host, net or port in @FILE. Both kinds of address get a set,
// also an empty one, which may be filled when the file is read again.
func (l *lowerer) setFile(n *Prim) (cond, error) {
	q := n.Qual
	if err := l.canBeSet(q); err != nil {
		return nil, err
	}
	m, err := readSet(n.Text, q.Type, l.opt.names())
	if err != nil {
		return nil, l.errorf("%v", err)
	}
	member := func(size uint8) ask {
		set := l.newSet(&Set{File: n.Text, word: q.Type}, m.data(size))
		return func(src, dst field) cond { return bothOf(q.Dir, src.in(set), dst.in(set)) }
	}
	if q.Type == "port" {
		return l.portsOf(q, member(2))
	}
	var c cond = cFalse{}
	if q.Proto != "ip6" {
		if c, err = l.hosts4(q, member(4)); err != nil {
			return nil, err
		}
	}
	if q.Proto == "" && l.labels == 0 || q.Proto == "ip6" {
		six, err := l.hosts6(member(16))
		return or(c, six), err
	}
	return c, nil
}

// canBeSet refuses the qualifiers that do not go with a set of their type.
func (l *lowerer) canBeSet(q Qual) error {
	switch {
	case q.Type == "port" && !hasPorts(q.Proto):
		return l.errorf("illegal qualifier of 'port'")
	case q.Type == "port":
		return l.wlanDir(q.Dir, "ports")
	case q.Proto == "ip6":
	case q.Proto == "decnet" || q.Proto == "link":
		return l.errorf("'%s' modifier applied to a set", protoName(q.Proto))
	default:
		if _, err := l.host(0, none, q); err != nil {
			return err
		}
	}
	return l.wlanDir(q.Dir, macsOnly)
}

// ask makes a condition of the two fields that may hold an address or port.
type ask func(src, dst field) cond

// bothOf applies the direction qualifier.
func bothOf(dir string, src, dst cond) cond {
	switch dir {
	case "src":
		return src
	case "dst":
		return dst
	case "src and dst":
		return and(src, dst)
	}
	return or(src, dst)
}

// hosts4 asks for the addresses of IPv4, ARP and RARP, as the qualifiers say.
func (l *lowerer) hosts4(q Qual, a ask) (cond, error) {
	over := []string{"ip", "arp", "rarp"}
	switch {
	case q.Proto != "":
		over = []string{q.Proto}
	case l.labels > 0:
		over = over[:1]
	}
	var out cond = cFalse{}
	for _, proto := range over {
		src, dst := uint32(14), uint32(24)
		if proto == "ip" {
			src, dst = 12, 16
		}
		t, err := l.linktype(linkProtos[proto])
		if err != nil {
			return nil, err
		}
		out = or(out, and(t, a(l.fieldAt(l.net(src), 4), l.fieldAt(l.net(dst), 4))))
	}
	return out, nil
}

func (l *lowerer) hosts6(a ask) (cond, error) {
	t, err := l.linktype(etherIPv6)
	return and(t, a(l.fieldAt(l.net(8), 16), l.fieldAt(l.net(24), 16))), err
}

// alternative is a member of a chain of or that can go into a set.
type alternative struct {
	v6      bool
	addr    uint32 // IPv4
	mask    uint32
	addr6   [16]byte
	bits    int // of addr6
	lo, hi  uint32
	isPorts bool
}

// setKey is what the members of a set have in common.
type setKey struct {
	proto, dir string
	ports      bool
}

// alternativeOf says what n would be in a set; false if it has to stand alone.
func alternativeOf(n Node) (a alternative, key setKey, ok bool) {
	p, isPrim := n.(*Prim)
	if !isPrim || p.Qual.bad || p.Qual.Dir == "src and dst" || wlanDirs[p.Qual.Dir] {
		return a, key, false
	}
	q := p.Qual
	key = setKey{q.Proto, q.Dir, q.Type == "port" || q.Type == "portrange"}
	if key.ports {
		a, ok = portsAlternative(p)
		return a, key, ok && hasPorts(q.Proto)
	}
	switch q.Proto {
	case "", "ip", "arp", "rarp", "ip6":
	default:
		return a, key, false
	}
	switch p.Kind {
	case tHID:
		a, ok = netAlternative(p)
		return a, key, ok && q.Proto != "ip6"
	case tHID6:
		addr, err := netip.ParseAddr(p.Text)
		a = alternative{v6: true, bits: 128}
		isNet := q.Type == "net" && p.Bits > 0
		if isNet {
			a.bits = p.Bits
		}
		if err != nil || p.Bits >= 0 && !isNet || q.Proto != "" && q.Proto != "ip6" ||
			q.Type != "" && q.Type != "host" && q.Type != "net" {
			return a, key, false
		}
		a.addr6 = addr.As16()
		return a, key, lastBitsClear(a.addr6, a.bits)
	}
	return a, key, false
}

func lastBitsClear(a [16]byte, bits int) bool {
	for i := range a {
		if a[i]&^byteMask(bits, i) != 0 {
			return false
		}
	}
	return true
}

func portsAlternative(p *Prim) (a alternative, ok bool) {
	a.isPorts = true
	switch {
	case p.Kind == tNum:
		a.lo, a.hi = p.Num, p.Num
	case p.Kind == tID && p.Qual.Type == "portrange":
		from, to, _ := strings.Cut(p.Text, "-")
		lo, err := strconv.ParseUint(from, 10, 16)
		hi, err2 := strconv.ParseUint(to, 10, 16)
		if err != nil || err2 != nil {
			return a, false
		}
		a.lo, a.hi = uint32(min(lo, hi)), uint32(max(lo, hi))
	default:
		return a, false
	}
	return a, a.hi <= 65535
}

func netAlternative(p *Prim) (a alternative, ok bool) {
	v, bits, ok := partialNet(p.Text)
	isNet := p.Qual.Type == "net"
	if !ok || p.Mask != "" || p.Bits == 0 || p.Bits > 0 && !isNet ||
		!isNet && p.Qual.Type != "host" && p.Qual.Type != "" {
		return a, false
	}
	a.addr = v << (32 - bits)
	a.mask = none << (32 - bits)
	if p.Bits > 0 {
		a.mask = none << (32 - p.Bits)
	}
	return a, a.addr&^a.mask == 0
}

// run returns how many of terms, beginning with the first, can make one set.
func run(terms []term) int {
	_, key, ok := alternativeOf(terms[0].n)
	n := 0
	for ok && n < len(terms) && (n == 0 || terms[n].op == "or") {
		var next setKey
		if _, next, ok = alternativeOf(terms[n].n); !ok || next != key {
			break
		}
		n++
	}
	return n
}

// chain lowers alternatives as one look-up. It keeps to libpcap's order where it
// matters: the first alternative is tested against the source before the
// destination is loaded, which may reject the packet; everything after that is
// known to be there, and order makes no difference any more.
func (l *lowerer) chain(terms []term) (cond, error) {
	var all []alternative
	for _, t := range terms {
		a, _, _ := alternativeOf(t.n)
		all = append(all, a)
	}
	q := terms[0].n.(*Prim).Qual
	l.node = terms[0].n
	if all[0].isPorts {
		return l.portsOf(q, l.askAny(q.Dir, all, 2))
	}
	var four, six []alternative
	for _, a := range all {
		if a.v6 {
			six = append(six, a)
		} else {
			four = append(four, a)
		}
	}
	var out cond = cFalse{}
	if len(four) > 0 {
		c, err := l.hosts4(q, l.askAny(q.Dir, four, 4))
		if err != nil {
			return nil, err
		}
		out = c
	}
	if len(six) > 0 {
		c, err := l.hosts6(l.askAny(q.Dir, six, 16))
		if err != nil {
			return nil, err
		}
		out = or(out, c)
	}
	return out, nil
}

// askAny asks whether a field, or either of two, is one of the alternatives.
func (l *lowerer) askAny(dir string, all []alternative, size uint8) ask {
	if len(all) < minChain {
		return func(src, dst field) cond {
			var out cond = cFalse{}
			for i := range all {
				out = or(out, bothOf(dir, all[i].test(src), all[i].test(dst)))
			}
			return out
		}
	}
	set := l.newSet(&Set{}, chainMembers(all).data(size))
	return func(src, dst field) cond {
		if dir == "src" || dir == "dst" {
			return bothOf(dir, src.in(set), dst.in(set))
		}
		return anyOf(all[0].test(src), dst.in(set), src.in(set))
	}
}

// test compares a field with one alternative.
func (a *alternative) test(f field) cond {
	switch {
	case a.isPorts && a.lo == a.hi:
		return f.test(none, cmpEQ, a.lo)
	case a.isPorts:
		return and(f.test(none, cmpGE, a.lo), not(f.test(none, cmpGT, a.hi)))
	case !a.v6:
		return f.test(a.mask, cmpEQ, a.addr)
	}
	var out cond = cTrue{}
	for i := range 4 {
		word := f
		word.Size, word.Off = 4, f.Off+uint32(4*i)
		mask := none << (32 - min(max(a.bits-32*i, 0), 32))
		if mask != 0 {
			out = and(out, word.test(mask, cmpEQ, be32(a.addr6[4*i:])))
		}
	}
	return out
}

// chainMembers collects alternatives: as nets if one of them is a net.
func chainMembers(all []alternative) *members {
	m := &members{}
	for i := range all {
		a := &all[i]
		m.nets = m.nets || a.v6 && a.bits < 128 || !a.v6 && !a.isPorts && a.mask != none
	}
	for i := range all {
		a := &all[i]
		k := key6From(a.addr6[:])
		switch {
		case a.isPorts:
			if m.ports == nil {
				m.ports = new([1 << 10]uint64)
			}
			m.addPorts(a.lo, a.hi)
		case a.v6 && m.nets:
			m.nets6 = append(m.nets6, range6{k, k.last(128 - a.bits)})
		case a.v6:
			m.hosts6 = append(m.hosts6, k)
		case m.nets:
			m.nets4 = append(m.nets4, range4{a.addr, a.addr | ^a.mask})
		default:
			m.hosts4 = append(m.hosts4, a.addr)
		}
	}
	return m
}
