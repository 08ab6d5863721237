package textout

// DNS and multicast DNS (print-domain.c).

var dnsOps = [16]string{"", " inv_q", " stat", " op3", " notify", " update", " op6", " op7", " op8", " updateA", " updateD", " updateDA", " updateM", " updateMA", " zoneInit", " zoneRef"}

var dnsResponses = [16]string{"", " FormErr", " ServFail", " NXDomain", " NotImp", " Refused", " YXDomain", " YXRRSet", " NXRRSet", " NotAuth", " NotZone", " Resp11", " Resp12", " Resp13", " Resp14", " NoChange"}

// Resource record types that are decoded.
const (
	dnsA     = 1
	dnsNS    = 2
	dnsCNAME = 5
	dnsSOA   = 6
	dnsPTR   = 12
	dnsMX    = 15
	dnsTXT   = 16
	dnsAAAA  = 28
	dnsSRV   = 33
	dnsA6    = 38
	dnsDNAME = 39
	dnsOPT   = 41
	dnsUnspA = 103
	dnsTSIG  = 250
	dnsURI   = 256
)

var dnsTypes = []name{
	{dnsA, "A"}, {dnsNS, "NS"}, {3, "MD"}, {4, "MF"}, {dnsCNAME, "CNAME"}, {dnsSOA, "SOA"}, {7, "MB"}, {8, "MG"}, {9, "MR"},
	{10, "NULL"}, {11, "WKS"}, {dnsPTR, "PTR"}, {13, "HINFO"}, {14, "MINFO"}, {dnsMX, "MX"}, {dnsTXT, "TXT"}, {17, "RP"},
	{18, "AFSDB"}, {19, "X25"}, {20, "ISDN"}, {21, "RT"}, {22, "NSAP"}, {23, "NSAP_PTR"}, {24, "SIG"}, {25, "KEY"}, {26, "PX"},
	{27, "GPOS"}, {dnsAAAA, "AAAA"}, {29, "LOC"}, {30, "NXT"}, {31, "EID"}, {32, "NIMLOC"}, {dnsSRV, "SRV"}, {34, "ATMA"},
	{35, "NAPTR"}, {36, "KX"}, {37, "CERT"}, {dnsA6, "A6"}, {dnsDNAME, "DNAME"}, {40, "SINK"}, {dnsOPT, "OPT"}, {42, "APL"},
	{43, "DS"}, {44, "SSHFP"}, {45, "IPSECKEY"}, {46, "RRSIG"}, {47, "NSEC"}, {48, "DNSKEY"}, {99, "SPF"}, {100, "UINFO"},
	{101, "UID"}, {102, "GID"}, {dnsUnspA, "UNSPEC"}, {dnsUnspA, "UNSPECA"}, {249, "TKEY"}, {dnsTSIG, "TSIG"}, {251, "IXFR"},
	{252, "AXFR"}, {253, "MAILB"}, {254, "MAILA"}, {255, "ANY"}, {dnsURI, "URI"}, {108, "EUI48"}, {109, "EUI64"},
}

var dnsClasses = []name{{1, "IN"}, {3, "CHAOS"}, {4, "HS"}, {254, "NONE"}, {255, "ANY"}}

var ednsOptions = []name{
	{1, "LLQ"}, {2, "UL"}, {3, "NSID"}, {5, "DAU"}, {6, "DHU"}, {7, "N3U"}, {8, "ECS"}, {9, "EXPIRE"}, {10, "COOKIE"},
	{11, "KEEPALIVE"}, {12, "PADDING"}, {13, "CHAIN"}, {14, "KEY-TAG"}, {16, "CLIENT-TAG"}, {17, "SERVER-TAG"},
}

const (
	dnsHdrLen  = 12
	dnsQUBit   = 0x8000 // of a question's class: a unicast answer is welcome
	dnsFlush   = 0x8000 // of a record's class: drop what the cache has
	dnsClassIN = 1
)

// domain prints a DNS message (domain_print).
func (d *dissector) domain(b []byte, length int, tcp, mdns bool) {
	d.proto = "domain"
	if tcp {
		// The message's length stands before it (RFC 1035, 4.2.2).
		if length < 2 {
			d.put("[DNS over TCP: length ")
			d.putInt(int64(length))
			d.put(" < 2]")
			d.invalid()
			return
		}
		n := int(d.u16(b, 0))
		b, length = b[2:], length-2
		if n < dnsHdrLen {
			d.put("[prefix length(")
			d.putInt(int64(n))
			d.put(") < 12]")
			d.invalid()
			return
		}
		if n != length {
			d.put("[prefix length(")
			d.putInt(int64(n))
			d.put(") != length(")
			d.putInt(int64(length))
			d.put(")]")
			d.invalid()
			return
		}
		length = n
	}
	if length < dnsHdrLen {
		d.put("domain [length ")
		d.putInt(int64(length))
		d.put(" < 12]")
		d.invalid()
		return
	}
	m := dnsMessage{d: d, b: b, mdns: mdns}
	flags := d.u16(b, 2)
	m.qd, m.an, m.ns, m.ar = int(d.u16(b, 4)), int(d.u16(b, 6)), int(d.u16(b, 8)), int(d.u16(b, 10))
	ok := false
	if flags&0x8000 != 0 {
		ok = m.response(flags)
	} else {
		ok = m.request(flags)
	}
	if !ok {
		d.truncMark()
		return
	}
	d.put(" (")
	d.putInt(int64(length))
	d.putByte(')')
}

// dnsMessage is a message being printed; positions are offsets into b, and -1
// stands for what could not be read.
type dnsMessage struct {
	d              *dissector
	b              []byte
	mdns           bool
	qd, an, ns, ar int
}

func (m *dnsMessage) response(flags uint16) bool {
	d := m.d
	d.putUint(uint64(d.u16(m.b, 0)))
	d.put(dnsOps[flags>>11&15])
	d.put(dnsResponses[flags&15])
	if flags&0x0400 != 0 {
		d.putByte('*')
	}
	if flags&0x0080 == 0 {
		d.putByte('-')
	}
	if flags&0x0200 != 0 {
		d.putByte('|')
	}
	if flags&0x0020 != 0 {
		d.putByte('$')
	}
	if m.qd != 1 {
		m.count(m.qd, "q")
	}
	p := dnsHdrLen
	for i := range m.qd {
		if i != 0 {
			d.putByte(',')
		}
		if d.opt.Verbose > 1 {
			d.put(" q:")
			p = m.question(p)
		} else if p = m.skip(p); p >= 0 {
			p += 4
		}
		if p < 0 {
			return false
		}
	}
	d.putByte(' ')
	d.putUint(uint64(m.an))
	d.putByte('/')
	d.putUint(uint64(m.ns))
	d.putByte('/')
	d.putUint(uint64(m.ar))
	if m.an > 0 {
		if p = m.records(p, m.an); p < 0 {
			return false
		}
	}
	return m.rest(p)
}

// rest prints authority and additional sections, on -vv.
func (m *dnsMessage) rest(p int) bool {
	d := m.d
	if d.opt.Verbose <= 1 {
		return true
	}
	for _, s := range []struct {
		n    int
		what string
	}{{m.ns, " ns:"}, {m.ar, " ar:"}} {
		if s.n == 0 {
			continue
		}
		if p >= len(m.b) {
			return false
		}
		d.put(s.what)
		if p = m.records(p, s.n); p < 0 {
			return false
		}
	}
	return true
}

func (m *dnsMessage) request(flags uint16) bool {
	d := m.d
	d.putUint(uint64(d.u16(m.b, 0)))
	d.put(dnsOps[flags>>11&15])
	if flags&0x0100 != 0 {
		d.putByte('+')
	}
	if flags&0x0010 != 0 {
		d.putByte('%')
	}
	if odd := flags & 0x06cf; odd != 0 {
		d.put(" [b2&3=0x")
		d.putHex(uint64(flags))
		d.putByte(']')
	}
	if flags>>11&15 == 1 { // inverse query
		if m.qd != 0 {
			m.count(m.qd, "q")
		}
		if m.an != 1 {
			m.count(m.an, "a")
		}
	} else {
		if m.an != 0 {
			m.count(m.an, "a")
		}
		if m.qd != 1 {
			m.count(m.qd, "q")
		}
	}
	if m.ns != 0 {
		m.count(m.ns, "n")
	}
	if m.ar != 0 {
		m.count(m.ar, "au")
	}
	p := dnsHdrLen
	for i := range m.qd {
		if i > 0 && p >= len(m.b) {
			return false
		}
		if p = m.question(p); p < 0 {
			return false
		}
	}
	if d.opt.Verbose > 1 && m.an > 0 {
		if p >= len(m.b) {
			return false
		}
		if p = m.records(p, m.an); p < 0 {
			return false
		}
	}
	return m.rest(p)
}

func (m *dnsMessage) count(n int, what string) {
	m.d.put(" [")
	m.d.putInt(int64(n))
	m.d.put(what)
	m.d.putByte(']')
}

// skip goes past a name (ns_nskip).
func (m *dnsMessage) skip(p int) int {
	if p >= len(m.b) {
		return -1
	}
	for n := m.b[p]; n != 0; n = m.b[p] {
		p++
		switch {
		case n&0xc0 == 0xc0:
			return p + 1
		case n&0xc0 == 0x40:
			size := labelBytes(m.b, p-1)
			if size < 0 {
				return -1
			}
			p += size
		default:
			p += int(n)
		}
		if p >= len(m.b) {
			return -1
		}
	}
	return p + 1
}

// labelBytes is the length of an EDNS0 bit-string label's bytes, its count byte
// included; -1 if the label type is another or it was not captured.
func labelBytes(b []byte, p int) int {
	if b[p] != 0x41 || p+1 >= len(b) {
		return -1
	}
	bits := int(b[p+1])
	if bits == 0 {
		bits = 256
	}
	return (bits+7)/8 + 1
}

// fqdn prints a name and returns where the record goes on; -1 after saying what
// is wrong with it. Where the captured bytes end, the packet does. Each pointer
// must go back, so that their number is bounded.
func (m *dnsMessage) fqdn(p int) int {
	d, b := m.d, m.b
	d.need(b, p+1)
	end, chased, limit := -1, false, p
	n := int(b[p])
	p++
	if n&0xc0 != 0xc0 {
		end = p + n
	}
	if n == 0 {
		d.putByte('.')
		return p
	}
	for n != 0 {
		switch n & 0xc0 {
		case 0xc0:
			if !chased {
				end = p + 1
				chased = true
			}
			d.need(b, p+1)
			target := n&0x3f<<8 | int(b[p])
			if target >= limit {
				d.put("<BAD PTR>")
				return -1
			}
			limit = target
			p = target
			n = int(b[p])
			p++
			continue
		case 0x40:
			size := m.bitLabel(p - 1)
			if size < 0 {
				return -1
			}
			p += size
		case 0x80:
			d.put("+[unknown label type]")
			return -1
		default:
			if p+n > len(b) {
				d.putSafe(b[min(p, len(b)):])
				d.trunc()
			}
			d.putSafe(b[p : p+n])
			p += n
		}
		d.putByte('.')
		d.need(b, p+1)
		n = int(b[p])
		p++
		if !chased {
			if n&0xc0 == 0xc0 {
				end = p + 1
			} else {
				end = p + n
			}
		}
	}
	if !chased {
		end = p
	}
	return end
}

// bitLabel prints an EDNS0 bit-string label (RFC 2673).
func (m *dnsMessage) bitLabel(p int) int {
	d, b := m.d, m.b
	if b[p] != 0x41 {
		d.put("<ELT ")
		d.putUint(uint64(b[p] & 0x3f))
		d.put(">")
		return -1
	}
	size := labelBytes(b, p)
	if size < 0 || p+1+size > len(b) {
		return -1
	}
	bits := int(b[p+1])
	if bits == 0 {
		bits = 256
	}
	d.put("\\[x")
	left, q := bits, p+2
	for ; left > 7; left -= 8 {
		d.putHex2(b[q])
		q++
	}
	if left > 4 {
		d.putHex2(b[q] >> (8 - left) << (8 - left))
	} else if left > 0 {
		d.putHex(uint64(b[q] >> (8 - left) << (8 - left) >> 4))
	}
	d.putByte('/')
	d.putInt(int64(bits))
	d.putByte(']')
	return size
}

// question prints an entry of the question section and returns where the next
// begins.
func (m *dnsMessage) question(p int) int {
	d := m.d
	q := m.skip(p)
	if q < 0 || q+4 > len(m.b) {
		return -1
	}
	d.putByte(' ')
	d.putTok(dnsTypes, uint32(d.u16(m.b, q)), "Type%u")
	class := d.u16(m.b, q+2)
	qu := false
	if m.mdns {
		qu = class&dnsQUBit != 0
		class &^= dnsQUBit
	}
	if class != dnsClassIN {
		d.putByte(' ')
		d.putTok(dnsClasses, uint32(class), "(Class %u)")
	}
	if m.mdns {
		if qu {
			d.put(" (QU)")
		} else {
			d.put(" (QM)")
		}
	}
	d.put("? ")
	if e := m.fqdn(p); e < 0 {
		return -1
	}
	return q + 4
}

// records prints n records, separated by commas; more is the end of the captured
// bytes before the last of them.
func (m *dnsMessage) records(p, n int) int {
	for i := range n {
		if i > 0 {
			if p >= len(m.b) {
				return -1
			}
			m.d.putByte(',')
		}
		if p = m.record(p); p < 0 {
			return -1
		}
	}
	return p
}

// record prints one resource record (ns_rprint).
func (m *dnsMessage) record(p int) int {
	d := m.d
	if d.opt.Verbose > 0 {
		d.putByte(' ')
		p = m.fqdn(p)
	} else {
		p = m.skip(p)
	}
	if p < 0 || p+10 > len(m.b) {
		return len(m.b)
	}
	typ, class := int(d.u16(m.b, p)), d.u16(m.b, p+2)
	ttl := d.u32(m.b, p+4)
	if c := class &^ dnsFlush; m.mdns && c != dnsClassIN && typ != dnsOPT {
		d.putByte(' ')
		d.putTok(dnsClasses, uint32(c), "(Class %u)")
	} else if !m.mdns && class != dnsClassIN && typ != dnsOPT {
		d.putByte(' ')
		d.putTok(dnsClasses, uint32(class), "(Class %u)")
	}
	if m.mdns && class&dnsFlush != 0 && typ != dnsOPT {
		d.put(" (Cache flush)")
	}
	if typ != dnsOPT && d.opt.Verbose > 2 {
		d.put(" [")
		d.putDurationU(ttl)
		d.putByte(']')
	}
	size := int(d.u16(m.b, p+8))
	p += 10
	end := p + size
	d.putByte(' ')
	d.putTok(dnsTypes, uint32(typ), "Type%u")
	if end > len(m.b) {
		return -1
	}
	if !m.data(typ, p, end, class, ttl) {
		return -1
	}
	return end
}

// data prints a record's data; false if it ran out.
func (m *dnsMessage) data(typ, p, end int, class uint16, ttl uint32) bool {
	d, b := m.d, m.b
	room := func(n int) bool { return p+n <= len(b) }
	switch typ {
	case dnsA:
		if !room(4) {
			return false
		}
		d.putByte(' ')
		d.putDotted(b[p:])
	case dnsNS, dnsCNAME, dnsPTR, dnsDNAME:
		d.putByte(' ')
		return m.fqdn(p) >= 0
	case dnsSOA:
		return d.opt.Verbose == 0 || m.soa(p)
	case dnsMX:
		d.putByte(' ')
		if !room(2) || m.fqdn(p+2) < 0 {
			return false
		}
		d.spaced(uint64(d.u16(b, p)))
	case dnsTXT:
		for p < end {
			d.put(" \"")
			n := int(b[p])
			if p+1+n > len(b) {
				d.putSafe(b[p+1:])
				d.trunc()
			}
			d.putSafe(b[p+1 : p+1+n])
			d.putByte('"')
			p += 1 + n
		}
	case dnsSRV:
		d.putByte(' ')
		if !room(2) || m.fqdn(p+6) < 0 {
			return false
		}
		d.putByte(':')
		d.putUint(uint64(d.u16(b, p+4)))
		d.spaced(uint64(d.u16(b, p)))
		d.spaced(uint64(d.u16(b, p+2)))
	case dnsAAAA:
		if !room(16) {
			return false
		}
		d.putByte(' ')
		d.putColons(b[p:])
	case dnsA6:
		return m.a6(p)
	case dnsURI:
		if !room(4) {
			return false
		}
		d.spaced(uint64(d.u16(b, p)))
		d.spaced(uint64(d.u16(b, p+2)))
		d.putByte(' ')
		d.putSafe(b[p+4 : max(end, p+4)])
	case dnsOPT:
		return m.edns(p, end, class, uint16(ttl))
	case dnsUnspA:
		d.putByte(' ')
		d.putSafe(b[p:end])
	case dnsTSIG:
		return d.opt.Verbose == 0 || m.tsig(p)
	}
	return true
}

func (m *dnsMessage) soa(p int) bool {
	d := m.d
	d.putByte(' ')
	if p = m.fqdn(p); p < 0 {
		return false
	}
	d.putByte(' ')
	if p = m.fqdn(p); p < 0 || p+20 > len(m.b) {
		return false
	}
	for i := range 5 {
		d.spaced(uint64(d.u32(m.b, p+4*i)))
	}
	return true
}

func (m *dnsMessage) a6(p int) bool {
	d := m.d
	if p >= len(m.b) {
		return false
	}
	prefix := int(m.b[p])
	switch {
	case prefix > 128:
		d.put(" ")
		d.putInt(int64(prefix))
		d.put("(bad plen)")
	case prefix < 128:
		var a [16]byte
		n := 16 - prefix/8
		if p+1+n > len(m.b) {
			return false
		}
		copy(a[16-n:], m.b[p+1:])
		d.spaced(uint64(prefix))
		d.putByte(' ')
		d.putColons(a[:])
		p += n
	default:
		d.spaced(uint64(prefix))
	}
	if prefix > 0 {
		d.putByte(' ')
		return m.fqdn(p+1) >= 0
	}
	return true
}

// edns prints an OPT pseudo-record (RFC 6891).
func (m *dnsMessage) edns(p, end int, class, flags uint16) bool {
	d := m.d
	d.put(" UDPsize=")
	d.putUint(uint64(class))
	if flags&0x8000 != 0 {
		d.put(" DO")
	}
	if p >= end {
		return true
	}
	d.put(" [")
	for p < end {
		if p+4 > len(m.b) {
			d.putByte(']')
			return false
		}
		opt, n := d.u16(m.b, p), int(d.u16(m.b, p+2))
		d.putTok(ednsOptions, uint32(opt), "Opt%u")
		p += 4
		if n > 0 && p+n <= len(m.b) {
			d.putByte(' ')
		}
		if p+n > len(m.b) {
			return false
		}
		m.ednsOption(opt, m.b[p:p+n])
		if p += n; p < end {
			d.putByte(',')
		}
	}
	d.putByte(']')
	return true
}

func (m *dnsMessage) ednsOption(opt uint16, v []byte) {
	d := m.d
	switch {
	case opt == 8:
		m.clientSubnet(v)
	case opt == 9 && len(v) == 4: // EXPIRE
		d.putUint(uint64(d.u32(v, 0)))
		d.put(" sec")
	case opt == 11 && len(v) == 2: // KEEPALIVE
		d.putUint(uint64(d.u16(v, 0)))
		d.put(" sec")
	case opt == 13: // CHAIN
		d.putSafe(v)
	default:
		d.putHexString(v)
	}
}

// clientSubnet prints an EDNS client subnet (RFC 7871).
func (m *dnsMessage) clientSubnet(v []byte) {
	d := m.d
	if len(v) < 4 {
		d.invalid()
		return
	}
	family, source, scope := d.u16(v, 0), int(v[2]), v[3]
	addr := v[4:]
	var a [16]byte
	size := 4
	if family == 2 {
		size = 16
	}
	if family != 1 && family != 2 || len(addr) > size || source > 8*size {
		d.invalid()
		return
	}
	copy(a[:], addr)
	if family == 1 {
		d.putDotted(a[:4])
	} else {
		d.putColons(a[:])
	}
	d.putByte('/')
	d.putInt(int64(source))
	d.putByte('/')
	d.putUint(uint64(scope))
}

func (m *dnsMessage) tsig(p int) bool {
	d := m.d
	d.putByte(' ')
	if p = m.fqdn(p); p < 0 {
		return false
	}
	p += 6
	field := func(what string) uint16 {
		v := d.u16(m.b, p)
		d.put(what)
		d.putUint(uint64(v))
		p += 2
		return v
	}
	if p+2 > len(m.b) {
		return false
	}
	field(" fudge=")
	if p+2 > len(m.b) {
		return false
	}
	p += int(field(" maclen="))
	for _, f := range []string{" origid=", " error=", " otherlen="} {
		if p+2 > len(m.b) {
			return false
		}
		field(f)
	}
	return true
}
