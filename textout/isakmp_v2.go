package textout

// version2Payload prints one payload of IKE version 2.
func (m *ikeMessage) version2Payload(np byte, off, length int, c ikeContext) int {
	switch {
	case np == ikeEncrypted:
		return m.v2Encrypted(np, off, length, c)
	case np >= 1 && np <= 13:
		return m.version1Payload(np, off, length, c)
	}
	switch np {
	case 33:
		return m.v2SA(np, off, c)
	case 34:
		return m.v2KeyExchange(np, off, length)
	case 35, 36:
		return m.v2ID(np, off, length)
	case 37, 38, 42, 44, 45, 47, 48:
		return m.v2Plain(np, off, length)
	case 39:
		return m.v2Auth(np, off, length)
	case 40:
		return m.v2Nonce(np, off, length)
	case 41:
		return m.v2Notify(off, length)
	case 43:
		return m.v2VendorID(np, off, length)
	}
	return m.unknown(np, off, length)
}

// v2Name prints a payload's name and whether it is critical.
func (m *ikeMessage) v2Name(name string, off int) {
	m.d.put(name)
	m.d.putIf(m.d.u8(m.b, off+1)&0x80 != 0, "[C]")
	m.d.put(":")
}

func (m *ikeMessage) v2Plain(np byte, off, length int) int {
	m.v2Name(ikePayloadName(np), off)
	m.d.printf(" len=%d", length-4)
	if !m.body(off, 4, length) {
		return m.cut(np)
	}
	return off + length
}

func (m *ikeMessage) v2SA(np byte, off int, c ikeContext) int {
	d := m.d
	m.v2Name("sa", off)
	left := int(d.u16(m.b, off+2)) - 4
	d.printf(" len=%d", left)
	n := 0
	return m.v2Items(np, ikeProposal, off+4, left, c.depth, func(off, length, depth int) int {
		n++
		return m.v2Proposal(off, length, depth)
	})
}

// v2Items prints the chain of proposals in an SA, or of transforms in a
// proposal: left bytes from off, items of type kind by print. np is the type
// that a cut is charged to.
func (m *ikeMessage) v2Items(np, kind byte, off, left, depth int, print func(off, length, depth int) int) int {
	d := m.d
	for t := kind; t != ikeNone; {
		if left < isakmpPayloadLen {
			m.cut(np)
			return off + left
		}
		if !m.have(off, isakmpPayloadLen) {
			return m.cut(np)
		}
		length := int(d.u16(m.b, off+2))
		if length <= isakmpPayloadLen {
			return m.cut(np)
		}
		if left < length {
			m.cut(np)
			return off + left
		}
		if !m.have(off, length) {
			return m.cut(np)
		}
		m.open(depth + 1)
		this := off
		if t == kind {
			off = print(this, length, depth+1)
		} else {
			off = m.unknown(t, this, length)
		}
		if off == ikeStop {
			return ikeStop
		}
		d.put(")")
		left -= length
		t = d.u8(m.b, this)
	}
	return off
}

func (m *ikeMessage) v2Proposal(off, length, depth int) int {
	d := m.d
	if !m.have(off, 8) {
		return m.cut(ikeProposal)
	}
	m.v2Name("p", off)
	d.printf(" #%d protoid=%s transform=%d len=%d", m.b[off+4],
		ikeWord(ikeProtocols, uint32(m.b[off+5])), m.b[off+7], length)
	left, spi := length-4, int(m.b[off+6])
	off += 8
	if spi != 0 {
		if left < spi {
			m.cut(ikeProposal)
			return off + left
		}
		d.put(" spi=")
		if !m.hex(off, spi) {
			return m.cut(ikeProposal)
		}
		off += spi
		left -= spi
	}
	n := 0
	return m.v2Items(ikeProposal, ikeTransform, off, left, depth, func(off, length, _ int) int {
		n++
		return m.v2Transform(n, off, length)
	})
}

func (m *ikeMessage) v2Transform(n, off, length int) int {
	d := m.d
	if !m.have(off, 8) {
		return m.cut(ikeTransform)
	}
	m.v2Name("t", off)
	kind, id := uint32(m.b[off+4]), uint32(d.u16(m.b, off+6))
	var ids []string
	var attrs []ikeAttribute
	switch kind {
	case 1:
		ids, attrs = ikeESPTransforms, ikev2EncryptionAttrs
	case 2:
		ids = ikePRFs
	case 3:
		ids = ikeIntegrity
	case 4:
		ids = ikeGroups
	case 5:
		ids = ikeESN
	}
	d.printf(" #%d type=%s id=", n, ikeWord(ikev2TransformTypes, kind))
	if ids != nil {
		d.put(ikeWord(ids, id))
	} else {
		d.putUint(uint64(id))
	}
	d.put(" ")
	return m.attributes(off+8, off+length, attrs)
}

func (m *ikeMessage) v2KeyExchange(np byte, off, length int) int {
	d := m.d
	if !m.have(off, 8) {
		return m.cut(np)
	}
	m.v2Name(ikePayloadName(np), off)
	if length < 8 {
		d.printf(" len=%d < 8", length)
		return off + length
	}
	d.printf(" len=%d group=%s", length-8, ikeWord(ikeGroups, uint32(d.u16(m.b, off+4))))
	if !m.body(off, 8, length) {
		return m.cut(np)
	}
	return off + length
}

func (m *ikeMessage) v2ID(np byte, off, length int) int {
	d := m.d
	if !m.have(off, 8) {
		return m.cut(np)
	}
	m.v2Name(ikePayloadName(np), off)
	d.printf(" len=%d", length-4)
	if !m.body(off, 4, length) {
		return m.cut(np)
	}
	name, text := "", false
	switch m.b[off+4] {
	case 1:
		name = " ipv4:"
	case 2:
		name, text = " fqdn:", true
	case 3:
		name, text = " rfc822:", true
	case 5:
		name = " ipv6:"
	case 9:
		name = " dn:"
	case 10:
		name = " gn:"
	case 11:
		name = " keyid:"
	default:
		return off + length
	}
	d.put(name)
	if !m.have(off+8, length-8) {
		return m.cut(np)
	}
	if text {
		m.dots(m.b[off+8 : off+length])
	} else {
		m.hex(off+8, length-8)
	}
	return off + length
}

// dots prints ASCII, and a dot for anything else.
func (m *ikeMessage) dots(b []byte) {
	for _, c := range b {
		if c < 0x20 || c > 0x7e {
			c = '.'
		}
		m.d.putByte(c)
	}
}

func (m *ikeMessage) v2Auth(np byte, off, length int) int {
	d := m.d
	if !m.have(off, 8) {
		return m.cut(np)
	}
	m.v2Name(ikePayloadName(np), off)
	d.printf(" len=%d method=%s", length-4, ikeWord(ikev2AuthMethods, uint32(m.b[off+4])))
	ok := true
	switch {
	case d.opt.Verbose > 1:
		d.put(" authdata=(")
		if ok = m.hex(off+8, length-8); ok {
			d.put(") ")
		}
	case d.opt.Verbose > 0:
		ok = m.someData(off + 8)
	}
	if !ok {
		return m.cut(np)
	}
	return off + length
}

func (m *ikeMessage) v2Nonce(np byte, off, length int) int {
	d := m.d
	m.v2Name("nonce", off)
	d.printf(" len=%d", length-4)
	ok := true
	switch {
	case d.opt.Verbose > 1:
		d.put(" nonce=(")
		if ok = m.hex(off+4, length-4); ok {
			d.put(") ")
		}
	case d.opt.Verbose > 0:
		ok = m.someData(off + 4)
	}
	if !ok {
		return m.cut(np)
	}
	return off + length
}

// v2NotifyOther names a notification without a name of its own by its range.
func v2NotifyOther(t uint16) string {
	switch {
	case t < 8192:
		return "error"
	case t < 16384:
		return "private-error"
	case t < 40960:
		return "status"
	}
	return "private-status"
}

func (m *ikeMessage) v2Notify(off, length int) int {
	const np = 11 // tcpdump uses version 1's name
	d := m.d
	if !m.have(off, 8) {
		return m.cut(np)
	}
	m.v2Name(ikePayloadName(np), off)
	t := d.u16(m.b, off+6)
	n, ok := ikev2Notifications[t]
	if !ok {
		n = ikev2Notification{v2NotifyOther(t), true, false}
	}
	d.printf(" prot_id=%s type=%d(%s)", ikeWord(ikeProtocols, uint32(m.b[off+4])), t, n.name)
	size := int(m.b[off+5])
	if n.showSPI && size != 0 {
		d.put(" spi=")
		if !m.hex(off+8, size) {
			return m.cut(np)
		}
	}
	data := off + 8 + size
	if data >= len(m.b) {
		return off + length
	}
	switch {
	case d.opt.Verbose > 3 || n.data && len(m.b)-data < 30:
		d.printf(" data=(%x)", m.b[data:])
	case n.data && !m.someData(data):
		return m.cut(np)
	}
	return off + length
}

func (m *ikeMessage) v2VendorID(np byte, off, length int) int {
	d := m.d
	m.v2Name(ikePayloadName(np), off)
	n := length - 4
	d.printf(" len=%d vid=", n)
	if !m.have(off+4, n) {
		return m.cut(np)
	}
	m.dots(m.b[off+4 : off+length])
	if d.opt.Verbose > 2 && n > 4 {
		d.put(" ")
		m.hex(off+4, n)
	}
	return off + length
}

// v2Encrypted prints an encrypted payload, and what is in it when -E gave the
// key. It is always the last.
func (m *ikeMessage) v2Encrypted(np byte, off, length int, c ikeContext) int {
	d := m.d
	m.v2Name(ikePayloadName(np), off)
	n := length - 4
	d.printf(" len=%d", n)
	if d.opt.Verbose > 2 && n > 4 {
		d.put(" ")
		if !m.hex(off+4, n) {
			return m.cut(np)
		}
	}
	if !m.have(off+4, n) {
		return m.cut(np)
	}
	h := m.header
	if plain := d.pr.esp.decryptIKE(h[19]&ikev2Initiator != 0, h[:8], h[8:16], m.b[off+4:off+length]); plain != nil {
		inner := &ikeMessage{d: d, header: h, b: plain, phase: m.phase}
		inner.list(d.u8(m.b, off), 0, c, inner.version2Payload)
	}
	return ikeStop
}
