package textout

// PGM packet types, RFC 3208 section 8.1.
const (
	pgmSPM     = 0
	pgmPoll    = 1
	pgmPolr    = 2
	pgmOData   = 4
	pgmRData   = 5
	pgmNAK     = 8
	pgmNullNAK = 9
	pgmNCF     = 10
	pgmAck     = 11
	pgmSPMR    = 12

	pgmHeaderLen = 16
)

// pgm prints a PGM packet, over IP or over UDP (-T pgm).
func (d *dissector) pgm(b []byte, length int) {
	d.proto = "pgm"
	if len(b) < 4 {
		d.putIPFrom()
		d.put(" > ")
		d.putIPTo()
		d.put(":")
		d.trunc()
	}
	d.pgmAddrs(d.u16(b, 0), d.u16(b, 2))
	d.need(b, pgmHeaderLen)
	size := d.u16(b, 14)
	d.printf("PGM, length %d", size)
	if d.opt.Verbose == 0 {
		return
	}
	typ := b[4]
	d.printf(" 0x%x ", b[8:14])
	off := d.pgmBody(typ, b)
	if b[5]&1 != 0 {
		ok := false
		if off, ok = d.pgmOptions(b, off); !ok {
			return
		}
	}
	d.printf(" [%d]", length)
	if d.opt.Type == "pgm_zmtp1" && (typ == pgmOData || typ == pgmRData) {
		d.zmtp1Datagram(from(b, off), int(size))
	}
}

func (d *dissector) pgmAddrs(sport, dport uint16) {
	inIP := d.ip.proto == protoPGM
	if inIP {
		d.putIPFrom()
		d.put(".")
	}
	d.putTCPPort(sport)
	d.put(" > ")
	if inIP {
		d.putIPTo()
		d.put(".")
	}
	d.putTCPPort(dport)
	d.put(": ")
}

// pgmAddr returns the address at off, of the address family afi, as a number,
// and where it ends.
func (d *dissector) pgmAddr(b []byte, off int, afi uint16) (string, int) {
	switch afi {
	case 1:
		return ipNumber(d.bytes(b, off, 4)), off + 4
	case 2:
		return ipNumber(d.bytes(b, off, 16)), off + 16
	}
	d.trunc()
	return "", 0
}

// pgmBody prints what the type has of its own and returns where it ends.
func (d *dissector) pgmBody(typ byte, b []byte) int {
	const body = pgmHeaderLen
	switch typ {
	case pgmSPM:
		d.need(b, body+16)
		nla, off := d.pgmAddr(b, body+16, d.u16(b, body+12))
		d.printf("SPM seq %d trail %d lead %d nla %s", d.u32(b, body), d.u32(b, body+4), d.u32(b, body+8), nla)
		return off
	case pgmPoll:
		d.need(b, body+12)
		nla, off := d.pgmAddr(b, body+12, d.u16(b, body+8))
		ivl, rnd, mask := d.u32(b, off), d.u32(b, off+4), d.u32(b, off+8)
		d.printf("POLL seq %d round %d nla %s ivl %d rnd 0x%08x mask 0x%08x",
			d.u32(b, body), d.u16(b, body+4), nla, ivl, rnd, mask)
		return off + 12
	case pgmPolr:
		d.need(b, body+8)
		d.printf("POLR seq %d round %d", d.u32(b, body), d.u16(b, body+4))
		return body + 8
	case pgmOData, pgmRData:
		d.need(b, body+8)
		word := "ODATA"
		if typ == pgmRData {
			word = "RDATA"
		}
		d.printf("%s trail %d seq %d", word, d.u32(b, body+4), d.u32(b, body))
		return body + 8
	case pgmNAK, pgmNullNAK, pgmNCF:
		return d.pgmNAK(typ, b)
	case pgmAck:
		d.need(b, body+8)
		d.printf("ACK seq %d", d.u32(b, body))
		return body + 8
	case pgmSPMR:
		d.put("SPMR")
	default:
		d.printf("UNKNOWN type 0x%02x", typ)
	}
	// tcpdump looks for options from the header's first byte on.
	return 0
}

func (d *dissector) pgmNAK(typ byte, b []byte) int {
	const body = pgmHeaderLen
	d.need(b, body+8)
	source, off := d.pgmAddr(b, body+8, d.u16(b, body+4))
	// tcpdump reads the group's family two bytes late.
	off += 4
	group, off := d.pgmAddr(b, off, d.u16(b, off))
	word := map[byte]string{pgmNAK: "NAK", pgmNullNAK: "NNAK", pgmNCF: "NCF"}[typ]
	d.printf("%s (%s -> %s), seq %d", word, source, group, d.u32(b, body))
	return off
}

// pgmOption is a fixed-size option: its name in complaints and its length.
type pgmOption struct {
	name string
	size int
}

var pgmFixedOptions = map[byte]pgmOption{
	0x00: {"OPT_LENGTH", 4},
	0x01: {"OPT_FRAGMENT", 16},
	0x03: {"OPT_JOIN", 8},
	0x04: {"OPT_NAK_BO_IVL", 12},
	0x05: {"OPT_NAK_BO_RNG", 12},
	0x08: {"OPT_PARITY_PRM", 8},
	0x09: {"OPT_PARITY_GRP", 8},
	0x0a: {"OPT_CURR_TGSIZE", 8},
	0x0b: {"OPT_NBR_UNREACH", 4},
	0x0d: {"OPT_SYN", 4},
	0x0e: {"OPT_FIN", 4},
	0x0f: {"OPT_RST", 4},
	0x11: {"OPT_CRQST", 4},
}

// pgmOptions prints the options and returns where they end; false ends the packet.
func (d *dissector) pgmOptions(b []byte, off int) (int, bool) {
	d.need(b, off+4)
	if t := b[off] & 0x7f; t != 0 {
		d.printf("[First option bad, should be PGM_OPT_LENGTH, is %d]", t)
		return off, false
	}
	if n := b[off+1]; n != 4 {
		d.printf("[Bad OPT_LENGTH option, length %d != 4]", n)
		return off, false
	}
	left := int(d.u16(b, off+2))
	off += 4
	if left < 4 {
		d.printf("[Bad total option length %d < 4]", left)
		return off, false
	}
	d.printf(" OPTS LEN %d", left)
	for left -= 4; left != 0; {
		if left < 4 {
			d.put("[Total option length leaves no room for final option]")
			return off, false
		}
		typ, n := d.u8(b, off), int(d.u8(b, off+1))
		if n < 4 {
			d.printf("[Bad option, length %d < 4]", n)
			return off + 2, true
		}
		if left < n {
			d.put("[Total option length leaves no room for final option]")
			return off, false
		}
		d.need(b, off+n)
		size, ok := d.pgmOption(typ, b, off, n)
		if !ok {
			return off, false
		}
		off += size
		left -= n
		if typ&0x80 != 0 {
			break
		}
	}
	return off, true
}

// pgmOption prints the option at off, n bytes long, and returns how far tcpdump
// goes on: two bytes too far behind options it does not look into.
func (d *dissector) pgmOption(typ byte, b []byte, off, n int) (int, bool) {
	kind := typ & 0x7f
	if o, ok := pgmFixedOptions[kind]; ok {
		if n != o.size {
			d.printf("[Bad %s option, length %d != %d]", o.name, n, o.size)
			return 0, false
		}
		d.pgmFixed(kind, b, off)
		return n, true
	}
	switch kind {
	case 0x02:
		d.put(" NAK LIST")
		for i := 4; i < n; i += 4 {
			if n-i < 4 {
				d.put("[Option length not a multiple of 4]")
				return 0, false
			}
			d.printf(" %d", d.u32(b, off+i))
		}
		return n, true
	case 0x07:
		s, ok := d.pgmNLA("OPT_REDIRECT", "OPT_REDIRECT", b, off, n, 8)
		if ok {
			d.printf(" REDIRECT %s", s)
		}
		return n, ok
	case 0x12:
		s, ok := d.pgmNLA("OPT_PGMCC_DATA", "OPT_PGMCC_DATA", b, off, n, 12)
		if ok {
			d.printf(" PGMCC DATA %d %s", d.u32(b, off+4), s)
		}
		return n, ok
	case 0x13:
		s, ok := d.pgmNLA("PGM_OPT_PGMCC_FEEDBACK", "OPT_PGMCC_FEEDBACK", b, off, n, 12)
		if ok {
			d.printf(" PGMCC FEEDBACK %d %s", d.u32(b, off+4), s)
		}
		return n, ok
	case 0x0c:
		d.printf(" PATH_NLA [%d]", n)
	case 0x10:
		d.put(" CR")
	default:
		d.printf(" OPT_%02X [%d] ", typ, n)
	}
	return n + 2, true
}

// pgmNLA reads the network-layer address that ends an option whose fixed part,
// ending in family and reserved, is fixed bytes long.
func (d *dissector) pgmNLA(short, wrong string, b []byte, off, n, fixed int) (string, bool) {
	if n < fixed {
		d.printf("[Bad %s option, length %d < %d]", short, n, fixed)
		return "", false
	}
	afi := d.u16(b, off+fixed-4)
	if size := map[uint16]int{1: 4, 2: 16}[afi]; size != 0 && n != fixed+size {
		d.printf("[Bad %s option, length %d != %d + address size]", wrong, n, fixed)
		return "", false
	}
	s, _ := d.pgmAddr(b, off+fixed, afi)
	return s, true
}

func (d *dissector) pgmFixed(kind byte, b []byte, off int) {
	switch kind {
	case 0x00:
		d.printf(" OPTS LEN (extra?) %d", d.u16(b, off+2))
	case 0x01:
		d.printf(" FRAG seq %d off %d len %d", d.u32(b, off+4), d.u32(b, off+8), d.u32(b, off+12))
	case 0x03:
		d.printf(" JOIN %d", d.u32(b, off+4))
	case 0x04:
		d.printf(" BACKOFF ivl %d ivlseq %d", d.u32(b, off+4), d.u32(b, off+8))
	case 0x05:
		d.printf(" BACKOFF max %d min %d", d.u32(b, off+4), d.u32(b, off+8))
	case 0x08:
		d.printf(" PARITY MAXTGS %d", d.u32(b, off+4))
	case 0x09:
		d.printf(" PARITY GROUP %d", d.u32(b, off+4))
	case 0x0a:
		d.printf(" PARITY ATGS %d", d.u32(b, off+4))
	case 0x0b:
		d.put(" NBR_UNREACH")
	case 0x0d:
		d.put(" SYN")
	case 0x0e:
		d.put(" FIN")
	case 0x0f:
		d.put(" RST")
	case 0x11:
		d.put(" CRQST")
	}
}
