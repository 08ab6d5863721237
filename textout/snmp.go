package textout

// SNMP versions and PDU types, RFC 3416.
const (
	snmpV1  = 0
	snmpV2c = 1
	snmpV3  = 3

	snmpGet     = 0
	snmpGetNext = 1
	snmpTrap    = 4
	snmpGetBulk = 5
)

var snmpErrors = []string{"noError", "tooBig", "noSuchName", "badValue", "readOnly", "genErr", "noAccess", "wrongType",
	"wrongLength", "wrongEncoding", "wrongValue", "noCreation", "inconsistentValue", "resourceUnavailable", "commitFailed",
	"undoFailed", "authorizationError", "notWritable", "inconsistentName"}

var snmpTraps = []string{"coldStart", "warmStart", "linkDown", "linkUp", "authenticationFailure", "egpNeighborLoss",
	"enterpriseSpecific"}

// snmpCursor takes elements one after another out of length bytes.
type snmpCursor struct {
	d      *dissector
	b      []byte
	length int
	v      asn1Value
}

// next reads the next element, which must be of the kind; else what it is not
// (wrong) and what it is are printed, and false returned.
func (c *snmpCursor) next(kind int, wrong string) bool {
	n := c.d.asn1(c.b, c.length, &c.v)
	if n < 0 {
		return false
	}
	if c.v.kind != kind {
		c.d.put(wrong)
		c.d.asn1Print(&c.v)
		return false
	}
	c.skip(n)
	return true
}

func (c *snmpCursor) skip(n int) { c.b, c.length = from(c.b, n), c.length-n }

// inside returns a cursor over the content of the element just read.
func (c *snmpCursor) inside() *snmpCursor {
	return &snmpCursor{d: c.d, b: c.v.data, length: len(c.v.data)}
}

// rest complains of bytes after the last element.
func (c *snmpCursor) rest(where string) {
	if c.length > 0 {
		c.d.printf("[%d extra after %s]", c.length, where)
	}
}

// snmp prints an SNMP message.
func (d *dissector) snmp(b []byte, length int) {
	d.proto = "snmp"
	d.put(" ")
	c := &snmpCursor{d: d, b: b, length: length}
	if !c.next(asn1Seq, "[!init SEQ]") {
		return
	}
	c.rest("iSEQ")
	c = c.inside()
	if !c.next(asn1Int, "[version!=INT]") {
		return
	}
	version := c.v.i
	word := map[int32]string{snmpV1: "SNMPv1", snmpV2c: "SNMPv2c", snmpV3: "SNMPv3"}[version]
	if word == "" {
		d.printf("SNMP [version = %d]", version)
		return
	}
	verbose := d.opt.Verbose > 0
	if verbose {
		d.printf("{ %s ", word)
	}
	if version == snmpV3 {
		d.snmpMessage3(c)
	} else {
		d.snmpCommunity(c, version)
	}
	d.putIf(verbose, "} ")
}

func (d *dissector) snmpCommunity(c *snmpCursor, version int32) {
	if !c.next(asn1String, "[comm!=STR]") {
		return
	}
	if string(c.v.data) != "public" {
		d.put("C=")
		d.asn1PrintString(c.v.data)
		d.put(" ")
	}
	d.snmpPDU(c, version)
}

func (d *dissector) snmpPDU(c *snmpCursor, version int32) {
	n := d.asn1(c.b, c.length, &c.v)
	if n < 0 {
		return
	}
	if c.v.kind != asn1PDU {
		d.put("[no PDU]")
		return
	}
	c.skip(n)
	c.rest("PDU")
	verbose := d.opt.Verbose > 0
	d.putIf(verbose, "{ ")
	d.asn1Print(&c.v)
	d.put(" ")
	id := c.v.id
	switch {
	case version == snmpV1 && id >= snmpGetBulk:
		d.put("[v2 PDU in v1 message]")
		return
	case version == snmpV2c && id == snmpTrap:
		d.put("[v1 PDU in v2 message]")
		return
	case id == snmpTrap:
		d.snmpTrapPDU(c.inside())
	default:
		d.snmpPlainPDU(id, c.inside())
	}
	d.putIf(verbose, " } ")
}

func snmpError(n int32) string {
	if s := ikeAt(snmpErrors, uint32(n)); s != "" {
		return s
	}
	return "err=" + utoa(uint32(n))
}

func (d *dissector) snmpPlainPDU(id int, c *snmpCursor) {
	if !c.next(asn1Int, "[reqId!=INT]") {
		return
	}
	if d.opt.Verbose > 0 {
		d.printf("R=%d ", c.v.i)
	}
	if !c.next(asn1Int, "[errorStatus!=INT]") {
		return
	}
	// request: error status and index have no meaning and must be 0
	request := id != snmpGetBulk && id != 2
	status := int32(0)
	switch n := c.v.i; {
	case request && n != 0:
		d.printf("[errorStatus(%s)!=0]", snmpError(n))
	case id == snmpGetBulk:
		d.printf(" N=%d", n)
	case n != 0:
		d.printf(" %s", snmpError(n))
		status = n
	}
	if !c.next(asn1Int, "[errorIndex!=INT]") {
		return
	}
	switch n := c.v.i; {
	case request && n != 0:
		d.printf("[errorIndex(%d)!=0]", n)
	case id == snmpGetBulk:
		d.printf(" M=%d", n)
	case n != 0 && status == 0:
		d.printf("[errorIndex(%d) w/o errorStatus]", n)
	case n != 0:
		d.printf("@%d", n)
	case status != 0:
		d.put("[errorIndex==0]")
	}
	d.snmpBindings(id, c)
}

func (d *dissector) snmpTrapPDU(c *snmpCursor) {
	d.put(" ")
	if !c.next(asn1OID, "[enterprise!=OID]") {
		return
	}
	d.asn1Print(&c.v)
	d.put(" ")
	if !c.next(asn1Inet, "[agent-addr!=INETADDR]") {
		return
	}
	d.asn1Print(&c.v)
	if !c.next(asn1Int, "[generic-trap!=INT]") {
		return
	}
	generic := c.v.i
	if s := ikeAt(snmpTraps, uint32(generic)); s != "" {
		d.printf(" %s", s)
	} else {
		d.printf(" gt=%d", generic)
	}
	if !c.next(asn1Int, "[specific-trap!=INT]") {
		return
	}
	switch {
	case generic == 6:
		d.printf(" s=%d", c.v.i)
	case c.v.i != 0:
		d.printf("[specific-trap(%d)!=0]", c.v.i)
	}
	d.put(" ")
	if !c.next(asn1Uns, "[time-stamp!=TIMETICKS]") {
		return
	}
	d.asn1Print(&c.v)
	d.snmpBindings(snmpTrap, c)
}

// snmpBindings prints the variable bindings: names, and values except in questions.
func (d *dissector) snmpBindings(id int, c *snmpCursor) {
	if !c.next(asn1Seq, "[!SEQ of varbind]") {
		return
	}
	c.rest("SEQ of varbind")
	question := id == snmpGet || id == snmpGetNext || id == snmpGetBulk
	for list := c.inside(); list.length > 0; {
		d.put(" ")
		if !list.next(asn1Seq, "[!varbind]") {
			return
		}
		bind := list.inside()
		if !bind.next(asn1OID, "[objName!=OID]") {
			return
		}
		d.asn1Print(&bind.v)
		d.putIf(!question, "=")
		if d.asn1(bind.b, bind.length, &bind.v) < 0 {
			return
		}
		if bind.v.kind == asn1Null {
			continue
		}
		d.putIf(question, "[objVal!=NULL]")
		d.asn1Print(&bind.v)
	}
}

func (d *dissector) snmpScoped(c *snmpCursor, version int32) {
	if !c.next(asn1Seq, "[!scoped PDU]") {
		return
	}
	c = c.inside()
	if !c.next(asn1String, "[contextEngineID!=STR]") {
		return
	}
	d.put("E=")
	d.asn1PrintOctets(c.v.data)
	d.put(" ")
	if !c.next(asn1String, "[contextName!=STR]") {
		return
	}
	d.put("C=")
	d.asn1PrintString(c.v.data)
	d.put(" ")
	d.snmpPDU(c, version)
}

// snmpUSM prints the parameters of the user-based security model, RFC 3414.
func (d *dissector) snmpUSM(b []byte) {
	c := &snmpCursor{d: d, b: b, length: len(b)}
	if !c.next(asn1Seq, "[!usm]") {
		return
	}
	c = c.inside()
	if !c.next(asn1String, "[msgAuthoritativeEngineID!=STR]") {
		return
	}
	if !c.next(asn1Int, "[msgAuthoritativeEngineBoots!=INT]") {
		return
	}
	if d.opt.Verbose > 0 {
		d.printf("B=%d ", c.v.i)
	}
	if !c.next(asn1Int, "[msgAuthoritativeEngineTime!=INT]") {
		return
	}
	if d.opt.Verbose > 0 {
		d.printf("T=%d ", c.v.i)
	}
	if !c.next(asn1String, "[msgUserName!=STR]") {
		return
	}
	d.put("U=")
	d.asn1PrintString(c.v.data)
	d.put(" ")
	if !c.next(asn1String, "[msgAuthenticationParameters!=STR]") {
		return
	}
	before := c.length
	if !c.next(asn1String, "[msgPrivacyParameters!=STR]") {
		return
	}
	// tcpdump compares the last element with what is left behind it.
	if size := before - c.length; size < c.length {
		d.printf("[%d extra after usm SEQ]", c.length-size)
	}
}

func snmpFlags(f byte) bool {
	return f == 0 || f == 1 || f == 3 || f == 4 || f == 5 || f == 7
}

func (d *dissector) snmpMessage3(c *snmpCursor) {
	verbose := d.opt.Verbose > 0
	if !c.next(asn1Seq, "[!message]") {
		return
	}
	h := c.inside()
	d.putIf(verbose, "{ ")
	if !h.next(asn1Int, "[msgID!=INT]") || !h.next(asn1Int, "[msgMaxSize!=INT]") || !h.next(asn1String, "[msgFlags!=STR]") {
		return
	}
	if len(h.v.data) != 1 {
		d.printf("[msgFlags size %d]", len(h.v.data))
		return
	}
	f := h.v.data[0]
	if !snmpFlags(f) {
		d.printf("[msgFlags=0x%02X]", f)
		return
	}
	d.printf("F=%s%s%s ", either(f&1 != 0, "a", ""), either(f&2 != 0, "p", ""), either(f&4 != 0, "r", ""))
	before := h.length
	if !h.next(asn1Int, "[msgSecurityModel!=INT]") {
		return
	}
	model := h.v.i
	if size := before - h.length; size < h.length {
		d.printf("[%d extra after message SEQ]", h.length-size)
	}
	d.putIf(verbose, "} ")
	if model != 3 {
		d.printf("[security model %d]", model)
		return
	}
	d.putIf(verbose, "{ USM ")
	if !c.next(asn1String, "[msgSecurityParameters!=STR]") {
		return
	}
	d.snmpUSM(c.v.data)
	d.putIf(verbose, "} ")
	d.putIf(verbose, "{ ScopedPDU ")
	d.snmpScoped(c, snmpV3)
	d.putIf(verbose, "} ")
}
