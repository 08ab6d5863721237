package textout

// version1Payload prints one payload of IKE version 1.
func (m *ikeMessage) version1Payload(np byte, off, length int, c ikeContext) int {
	if np >= 33 && np <= 48 {
		// tcpdump has one table of payloads for both versions.
		if np == ikeEncrypted {
			return m.unknown(np, off, length)
		}
		return m.version2Payload(np, off, length, c)
	}
	if np == ikeNone || np > 13 {
		return m.unknown(np, off, length)
	}
	m.d.printf("%s:", ikePayloadName(np))
	switch np {
	case ikeSA:
		return m.v1SA(off, c)
	case ikeProposal:
		return m.v1Proposal(off, c)
	case ikeTransform:
		return m.v1Transform(off, length, c)
	case 5:
		return m.v1ID(off, length)
	case 6, 7:
		return m.v1Cert(np, off, length)
	case 10:
		return m.v1Nonce(np, off, length)
	case 11:
		return m.v1Notify(np, off, length)
	case 12:
		return m.v1Delete(np, off)
	}
	if np == 4 {
		m.d.put(" key")
	}
	m.d.printf(" len=%d", length-4)
	if !m.body(off, 4, length) {
		return m.cut(np)
	}
	return off + length
}

func (m *ikeMessage) v1SA(off int, c ikeContext) int {
	d := m.d
	if !m.have(off, 12) {
		return m.cut(ikeSA)
	}
	c.doi = d.u32(m.b, off+4)
	situation := d.u32(m.b, off+8)
	if c.doi != 1 {
		d.printf(" doi=%d situation=%d", c.doi, situation)
		return off + 12
	}
	d.put(" doi=ipsec situation=")
	sep := ""
	for i, s := range []string{"identity", "secrecy", "integrity"} {
		if situation&(1<<i) != 0 {
			d.put(sep)
			d.put(s)
			sep = "+"
		}
	}
	next := off + 12
	if situation != 1 {
		// tcpdump prints the DOI here and steps over the identifier.
		d.printf(" ident=%d", c.doi)
		next += 4
	}
	if !m.have(next, isakmpPayloadLen) {
		return m.cut(ikeSA)
	}
	return m.list(ikeProposal, next, c, m.version1Payload)
}

func (m *ikeMessage) v1Proposal(off int, c ikeContext) int {
	d := m.d
	if !m.have(off, 8) {
		return m.cut(ikeProposal)
	}
	proto, spiSize := m.b[off+5], int(m.b[off+6])
	d.printf(" #%d protoid=%s transform=%d", m.b[off+4], ikeWord(ikeProtocols, uint32(proto)), m.b[off+7])
	if spiSize != 0 {
		d.put(" spi=")
		if !m.hex(off+8, spiSize) {
			return m.cut(ikeProposal)
		}
	}
	next := off + 8 + spiSize
	if !m.have(next, isakmpPayloadLen) {
		return m.cut(ikeProposal)
	}
	c.proto = uint32(proto)
	return m.list(ikeTransform, next, c, m.version1Payload)
}

// ikeTransforms returns the names of a protocol's transforms and attributes.
func ikeTransforms(proto uint32) (ids []string, attrs []ikeAttribute) {
	switch proto {
	case 1:
		return ikeISAKMPTransforms, ikeOakleyAttrs
	case 2:
		return ikeAHTransforms, ikeIPsecAttrs
	case 3:
		return ikeESPTransforms, ikeIPsecAttrs
	case 4:
		return ikeIPCompTransforms, ikeIPsecAttrs
	}
	return nil, nil
}

func (m *ikeMessage) v1Transform(off, length int, c ikeContext) int {
	d := m.d
	if !m.have(off, 8) {
		return m.cut(ikeTransform)
	}
	ids, attrs := ikeTransforms(c.proto)
	id := uint32(m.b[off+5])
	if ids != nil {
		d.printf(" #%d id=%s ", m.b[off+4], ikeWord(ids, id))
	} else {
		d.printf(" #%d id=%d ", m.b[off+4], id)
	}
	return m.attributes(off+8, off+length, attrs)
}

func (m *ikeMessage) v1Cert(np byte, off, length int) int {
	if !m.have(off, 6) {
		return m.cut(np)
	}
	m.d.printf(" len=%d type=%s", length-4, ikeWord(ikeCertificates, uint32(m.b[off+4])))
	if !m.body(off, 4, length) {
		return m.cut(np)
	}
	return off + length
}

func (m *ikeMessage) v1Nonce(np byte, off, length int) int {
	d := m.d
	d.printf(" n len=%d", length-4)
	ok := true
	switch {
	case d.opt.Verbose > 2:
		ok = m.body(off, 4, length)
	case d.opt.Verbose > 1:
		d.put(" ")
		ok = m.someData(off + 4)
	}
	if !ok {
		return m.cut(np)
	}
	return off + length
}

func (m *ikeMessage) v1Delete(np byte, off int) int {
	d := m.d
	if !m.have(off, 12) {
		return m.cut(np)
	}
	if doi := d.u32(m.b, off+4); doi != 1 {
		d.printf(" doi=%d proto=%d", doi, m.b[off+8])
	} else {
		d.printf(" doi=ipsec proto=%s", ikeWord(ikeProtocols, uint32(m.b[off+8])))
	}
	size, n := int(m.b[off+9]), int(d.u16(m.b, off+10))
	d.printf(" spilen=%d nspi=%d spi=", size, n)
	off += 12
	for i := range n {
		d.putIf(i != 0, ",")
		if !m.hex(off, size) {
			return m.cut(np)
		}
		off += size
	}
	return off
}

// v1NotifyName names a notification by its range: errors, IPsec errors, status,
// IPsec status, private.
func v1NotifyName(t uint32, ipsec bool) string {
	switch {
	case t < 8192:
		return ikeWord(ikeNotifyErrors, t)
	case t < 16384:
		if ipsec {
			return ikeWord(ikeIPsecNotifyErrors, t-8192)
		}
	case t < 24576:
		return ikeWord(ikeNotifyStatus, t-16384)
	case t < 32768:
		if ipsec {
			return ikeWord(ikeIPsecNotifyStatus, t-24576)
		}
	}
	return "#" + utoa(t)
}

func (m *ikeMessage) v1Notify(np byte, off, length int) int {
	d := m.d
	if !m.have(off, 12) {
		return m.cut(np)
	}
	doi, proto := d.u32(m.b, off+4), m.b[off+8]
	size, kind := int(m.b[off+9]), uint32(d.u16(m.b, off+10))
	if doi != 1 {
		d.printf(" doi=%d proto=%d", doi, proto)
	} else {
		d.printf(" doi=ipsec proto=%s", ikeWord(ikeProtocols, uint32(proto)))
	}
	d.printf(" type=%s", v1NotifyName(kind, doi == 1))
	if size != 0 {
		d.put(" spi=")
		if !m.hex(off+12, size) {
			return m.cut(np)
		}
	}
	data := off + 12 + size
	if doi != 1 {
		return data
	}
	if data < len(m.b) && !m.v1NotifyData(kind, data, off+length) {
		return m.cut(np)
	}
	return off + length
}

func (m *ikeMessage) v1NotifyData(kind uint32, off, end int) bool {
	d := m.d
	switch {
	case kind == 24576: // responder lifetime
		d.put(" attrs=(")
		for off < len(m.b) && off < end && off != ikeStop {
			off = m.attribute(off, end, ikeOakleyAttrs)
			if off == ikeStop {
				break
			}
		}
		d.put(")")
		return off != ikeStop
	case kind == 24577: // replay status
		d.put(" status=(")
		word := "dis"
		if d.u32(m.b, off) != 0 {
			word = "en"
		}
		d.printf("replay detection %sabled)", word)
		return true
	case d.opt.Verbose > 3:
		d.printf(" data=(%x)", m.b[off:])
		return true
	}
	return m.someData(off)
}

func (m *ikeMessage) v1ID(off, length int) int {
	const np = 5
	d := m.d
	if !m.have(off, 8) {
		return m.cut(np)
	}
	// Phase 1 and 2 carry the IPsec DOI's form (RFC 2407 section 4.6.2).
	kind := m.b[off+4]
	d.printf(" idtype=%s protoid=", ikeWord(ikeIPsecIDTypes, uint32(kind)))
	if s := protocolWords[m.b[off+5]]; s != "" && m.b[off+5] != 0 && !d.opt.NoNames {
		d.put(s)
	} else {
		d.putUint(uint64(m.b[off+5]))
	}
	d.printf(" port=%d", d.u16(m.b, off+6))
	n := length - 8
	if n <= 0 {
		return off + length
	}
	if !m.have(off+8, n) {
		return m.cut(np)
	}
	if !m.v1IDData(kind, m.b[off+8:off+8+n]) {
		d.printf(" len=%d", n)
		if !m.body(off, 8, length) {
			return m.cut(np)
		}
	}
	return off + length
}

// v1IDData prints the identity and reports whether it knows that kind.
func (m *ikeMessage) v1IDData(kind byte, b []byte) bool {
	d := m.d
	need := 0
	switch kind {
	case 1:
		need = 4
	case 2, 3:
	case 4, 7:
		need = 8
	case 5:
		need = 16
	case 6, 8:
		need = 32
	default:
		return false
	}
	d.printf(" len=%d ", len(b))
	if len(b) < need {
		d.printf("[bad: < %d]", need)
		return true
	}
	switch kind {
	case 1:
		d.putIP4(b)
	case 2, 3:
		d.putSafe(b)
	case 4:
		d.putIP4(b)
		d.printf("/%d.%d.%d.%d", b[4], b[5], b[6], b[7])
	case 5:
		d.putIP6(b)
	case 6:
		d.putIP6(b)
		d.printf("/0x%x", b[16:32])
	case 7:
		d.putIP4(b)
		d.put("-")
		d.putIP4(b[4:])
	case 8:
		d.putIP6(b)
		d.put("-")
		d.putIP6(b[16:])
	}
	return true
}
