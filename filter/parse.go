package filter

import (
	"strconv"
)

// maxDepth bounds nesting, maxTokens the length of an expression.
const (
	maxDepth  = 1000
	maxTokens = 200_000
)

// parse turns an expression into a tree; nil if it is empty.
func parse(expr string) (Node, error) {
	toks, err := lex(expr)
	if err != nil {
		return nil, err
	}
	if len(toks) > maxTokens {
		return nil, errAt(expr, 0, 1, "expression too long: more than %d words", maxTokens)
	}
	p := &parser{expr: expr, toks: toks}
	if p.peek().kind == tEOF {
		return nil, nil
	}
	n, _, err := p.expression()
	if err != nil {
		return nil, err
	}
	if p.peek().kind != tEOF {
		return nil, p.syntax(p.peek())
	}
	return n, nil
}

type parser struct {
	expr  string
	toks  []token
	i     int
	depth int
}

func (p *parser) peek() token { return p.toks[p.i] }

func (p *parser) peekAt(n int) token { return p.toks[min(p.i+n, len(p.toks)-1)] }

func (p *parser) next() token {
	t := p.toks[p.i]
	if t.kind != tEOF {
		p.i++
	}
	return t
}

// is says that the next token is the given keyword or operator.
func (p *parser) is(text string) bool {
	t := p.peek()
	return (t.kind == tOp || t.kind == tWord) && t.text == text
}

func (p *parser) accept(text string) bool {
	if p.is(text) {
		p.i++
		return true
	}
	return false
}

func (p *parser) expect(text string) error {
	if !p.accept(text) {
		return p.syntax(p.peek())
	}
	return nil
}

func (p *parser) errorf(t token, format string, args ...any) error {
	n := len(t.text)
	if t.kind == tEOF {
		n = 1
	}
	return errAt(p.expr, t.pos, n, format, args...)
}

// syntax is libpcap's error, with the nearest word if t looks like one.
func (p *parser) syntax(t token) error {
	if t.kind == tID {
		if w := nearest(t.text); w != "" {
			return p.errorf(t, "syntax error (did you mean %q?)", w)
		}
	}
	return p.errorf(t, "syntax error")
}

func (p *parser) enter(t token) error {
	p.depth++
	if p.depth > maxDepth {
		return p.errorf(t, "expression nested more than %d deep", maxDepth)
	}
	return nil
}

// expression parses terms joined by and and or. It also returns the qualifiers
// that an identifier standing alone after it would inherit.
func (p *parser) expression() (Node, Qual, error) {
	left, q, err := p.term()
	for err == nil && (p.is("and") || p.is("or")) {
		op := p.next().text
		var right Node
		if p.startsID(p.peek(), 0) {
			right, err = p.id(q)
		} else {
			right, q, err = p.term()
		}
		left = join(op, left, right)
	}
	return left, q, err
}

func join(op string, l, r Node) Node {
	if op == "and" {
		return &And{l, r}
	}
	return &Or{l, r}
}

// startsID says that an identifier, not a term, begins n tokens ahead: a name,
// an address, a number that is not the start of arithmetic, or any of these in
// parentheses or behind not.
func (p *parser) startsID(t token, n int) bool {
	for {
		t = p.peekAt(n)
		if t.kind == tOp && t.text == "not" || t.kind == tOp && t.text == "(" && !p.parenArith(n) {
			n++
			continue
		}
		break
	}
	switch t.kind {
	case tID, tHID, tHID6, tEID, tAID:
		return true
	case tNum:
		return !arithOp(p.peekAt(n + 1))
	}
	return false
}

// arithOp says that t continues arithmetic.
func arithOp(t token) bool {
	if t.kind != tOp {
		return false
	}
	switch t.text {
	case "+", "-", "*", "/", "%", "&", "|", "^", "<<", ">>", "<", ">", "<=", ">=", "=", "!=":
		return true
	}
	return false
}

// parenArith says that the parenthesis n tokens ahead encloses arithmetic: an
// operator follows its end.
func (p *parser) parenArith(n int) bool {
	depth := 0
	for i := p.i + n; i < len(p.toks); i++ {
		t := p.toks[i]
		if t.kind != tOp {
			continue
		}
		switch t.text {
		case "(":
			depth++
		case ")":
			depth--
			if depth == 0 {
				return arithOp(p.toks[i+1])
			}
		}
	}
	return false
}

// term parses one operand of and and or that brings its own qualifiers.
func (p *parser) term() (Node, Qual, error) {
	t := p.peek()
	if err := p.enter(t); err != nil {
		return nil, Qual{}, err
	}
	defer func() { p.depth-- }()
	switch {
	case p.accept("not"):
		n, q, err := p.term()
		return &Not{n}, q, err
	case p.is("(") && !p.parenArith(0):
		p.next()
		n, q, err := p.expression()
		if err == nil {
			err = p.expect(")")
		}
		return n, q, err
	case p.startsArith():
		n, err := p.relation()
		return n, Qual{bad: true}, err
	case t.kind == tWord:
		return p.primitive()
	}
	return nil, Qual{}, p.syntax(t)
}

func (p *parser) startsArith() bool {
	t := p.peek()
	switch {
	case t.kind == tNum || p.is("len") || p.is("-") || p.is("("):
		return true
	case t.kind == tWord && protocols[t.text]:
		n := p.peekAt(1)
		return n.kind == tOp && n.text == "["
	}
	return false
}

var protocols = map[string]bool{
	"link": true, "ip": true, "arp": true, "rarp": true, "sctp": true, "tcp": true, "udp": true,
	"icmp": true, "igmp": true, "igrp": true, "pim": true, "vrrp": true, "carp": true,
	"atalk": true, "aarp": true, "decnet": true, "lat": true, "sca": true, "moprc": true,
	"mopdl": true, "ip6": true, "icmp6": true, "ah": true, "esp": true, "iso": true, "esis": true,
	"isis": true, "l1": true, "l2": true, "iih": true, "lsp": true, "snp": true, "csnp": true,
	"psnp": true, "clnp": true, "stp": true, "ipx": true, "netbeui": true, "radio": true,
}

var types = map[string]bool{
	"host": true, "net": true, "port": true, "portrange": true, "proto": true, "protochain": true,
	"gateway": true,
}

// primitive parses qualifiers and an identifier, a protocol, or one of the
// keywords that stand for themselves.
func (p *parser) primitive() (Node, Qual, error) {
	t := p.peek()
	bad := Qual{bad: true}
	var q Qual
	if protocols[t.text] {
		q.Proto = p.next().text
	}
	if p.is("broadcast") || p.is("multicast") {
		return &Special{Name: p.next().text, Proto: q.Proto, Pos: t.pos}, bad, nil
	}
	if q.Proto == "" {
		if n, ok, err := p.special(); ok || err != nil {
			return n, bad, err
		}
	}
	if p.is("src") || p.is("dst") {
		q.Dir = p.direction()
	} else if w := p.peek(); w.kind == tWord && unsupportedDir[w.text] {
		return nil, bad, p.errorf(w, "'%s' and '%s' are only supported on 802.11 with 802.11 headers", w.text, longDir(w.text))
	}
	if w := p.peek(); w.kind == tWord && types[w.text] {
		q.Type = p.next().text
	}
	if q.Dir == "" && q.Type == "" && !p.startsID(p.peek(), 0) {
		return &Proto{Name: q.Proto, Pos: t.pos}, bad, p.notFollowed(t)
	}
	if p.accept("in") {
		return p.set(q, t)
	}
	n, err := p.id(q)
	return n, q, err
}

// notFollowed rejects a protocol followed by something that cannot follow it.
func (p *parser) notFollowed(t token) error {
	if !protocols[t.text] {
		return p.syntax(t)
	}
	return nil
}

var unsupportedDir = map[string]bool{"addr1": true, "addr2": true, "addr3": true, "addr4": true, "ra": true, "ta": true}

func longDir(s string) string {
	if len(s) == 5 {
		return "address" + s[4:]
	}
	return s
}

// direction parses src, dst, and both joined by and or or.
func (p *parser) direction() string {
	first := p.next().text
	if op := p.peek(); op.kind == tOp && (op.text == "or" || op.text == "and") {
		if o := p.peekAt(1); o.kind == tWord && (o.text == "src" || o.text == "dst") && o.text != first {
			p.i += 2
			return "src " + op.text + " dst"
		}
	}
	return first
}

func (p *parser) set(q Qual, t token) (Node, Qual, error) {
	f := p.next()
	if f.kind != tFile || f.text == "" {
		return nil, q, p.errorf(f, "syntax error: after \"in\" comes @FILE")
	}
	if q.Type != "host" && q.Type != "net" && q.Type != "port" {
		return nil, q, p.errorf(t, "sets are for host, net and port")
	}
	return &Prim{Qual: q, Kind: tFile, Text: f.text, Bits: -1, Pos: t.pos}, q, nil
}

// id parses an identifier with the given qualifiers, or several of them in
// parentheses.
func (p *parser) id(q Qual) (Node, error) {
	t := p.peek()
	if err := p.enter(t); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	if p.accept("not") {
		n, err := p.id(q)
		return &Not{n}, err
	}
	if p.accept("(") {
		n, err := p.id(q)
		for err == nil && (p.is("and") || p.is("or")) {
			op := p.next().text
			var r Node
			r, err = p.id(q)
			n = join(op, n, r)
		}
		if err == nil {
			err = p.expect(")")
		}
		return n, err
	}
	return p.atom(q)
}

func (p *parser) atom(q Qual) (Node, error) {
	t := p.next()
	n := &Prim{Qual: q, Kind: t.kind, Text: t.text, Num: t.num, Bits: -1, Pos: t.pos}
	switch t.kind {
	case tID, tEID, tAID:
	case tNum:
		// 10/8 and 10 mask 255.0.0.0 are nets, not arithmetic
		if p.is("/") || p.is("mask") {
			n.Kind = tHID
			return n, p.mask(n)
		}
	case tHID, tHID6:
		return n, p.mask(n)
	default:
		return nil, p.syntax(t)
	}
	if q.bad {
		return nil, p.syntax(t)
	}
	return n, nil
}

// mask parses what may follow an address: /BITS or mask MASK.
func (p *parser) mask(n *Prim) error {
	switch {
	case n.Qual.bad:
		return p.errorf(token{text: n.Text, pos: n.Pos}, "syntax error")
	case p.accept("/"):
		t := p.next()
		if t.kind != tNum {
			return p.syntax(t)
		}
		limit := 32
		if n.Kind == tHID6 {
			limit = 128
		}
		if int64(t.num) > int64(limit) {
			return p.errorf(t, "mask length must be <= %d", limit)
		}
		n.Bits = int(t.num)
	case n.Kind != tHID6 && p.is("mask"):
		p.next()
		t := p.next()
		if t.kind != tHID && t.kind != tNum {
			return p.syntax(t)
		}
		n.Mask = t.text
	}
	return nil
}

// special parses the keywords that are no qualifiers.
func (p *parser) special() (Node, bool, error) {
	t := p.peek()
	n := &Special{Name: t.text, Pos: t.pos}
	switch t.text {
	case "inbound", "outbound":
		p.next()
		return n, true, nil
	case "less", "greater", "ifindex":
		p.next()
		return n, true, p.number(&n.Num, &n.HasNum)
	case "vlan", "mpls", "pppoes", "geneve":
		p.next()
		if p.numberAhead() {
			return n, true, p.number(&n.Num, &n.HasNum)
		}
		return n, true, nil
	case "pppoed":
		p.next()
		return n, true, nil
	case "byte":
		return p.byteTest(n)
	}
	if !protocols[t.text] && !types[t.text] && t.text != "src" && t.text != "dst" && !unsupportedDir[t.text] {
		if msg, ok := unsupported[t.text]; ok {
			return nil, true, p.errorf(t, "%s", msg)
		}
		return nil, true, p.syntax(t)
	}
	return nil, false, nil
}

// unsupported are keywords of link types that tengu never captures.
var unsupported = map[string]string{
	"type": "802.11 link-layer types supported only on 802.11", "subtype": "802.11 link-layer types supported only on 802.11",
	"direction": "frame direction supported only with 802.11 headers",
	"lane":      "'lane' supported only on raw ATM", "metac": "'metac' supported only on raw ATM",
	"bcc": "'bcc' supported only on raw ATM", "oam": "'oam' supported only on raw ATM",
	"oamf4": "'oamf4' supported only on raw ATM", "oamf4ec": "'oamf4ec' supported only on raw ATM",
	"oamf4sc": "'oamf4sc' supported only on raw ATM", "sc": "'sc' supported only on raw ATM",
	"ilmic": "'ilmic' supported only on raw ATM", "connectmsg": "'connectmsg' supported only on raw ATM",
	"metaconnect": "'metaconnect' supported only on raw ATM", "vpi": "'vpi' supported only on raw ATM",
	"vci":  "'vci' supported only on raw ATM",
	"fisu": "'fisu' supported only on MTP2", "lssu": "'lssu' supported only on MTP2", "msu": "'msu' supported only on MTP2",
	"hfisu": "'hfisu' supported only on MTP2_HSL", "hlssu": "'hlssu' supported only on MTP2_HSL", "hmsu": "'hmsu' supported only on MTP2_HSL",
	"sio": "'sio' supported only on SS7", "opc": "'opc' supported only on SS7", "dpc": "'dpc' supported only on SS7", "sls": "'sls' supported only on SS7",
	"hsio": "'hsio' supported only on SS7", "hopc": "'hopc' supported only on SS7", "hdpc": "'hdpc' supported only on SS7", "hsls": "'hsls' supported only on SS7",
	"on": "ifname not supported on this link type", "rset": "ruleset not supported on this link type",
	"rnr": "rnr not supported on this link type", "srnr": "srnr not supported on this link type",
	"reason": "reason not supported on this link type", "action": "action not supported on this link type",
	"llc": "'llc' not supported on this link type",
}

// numberAhead says that a number, maybe in parentheses, comes next and is not
// the start of arithmetic.
func (p *parser) numberAhead() bool {
	n := 0
	for p.peekAt(n).kind == tOp && p.peekAt(n).text == "(" {
		n++
	}
	return p.peekAt(n).kind == tNum && (n == 0 || p.peekAt(n+1).kind == tOp && p.peekAt(n+1).text == ")")
}

func (p *parser) number(v *uint32, has *bool) error {
	if p.accept("(") {
		if err := p.number(v, has); err != nil {
			return err
		}
		return p.expect(")")
	}
	t := p.next()
	if t.kind != tNum {
		return p.syntax(t)
	}
	*v, *has = t.num, true
	return nil
}

// byteTest parses the old form: byte IDX OP NUM.
func (p *parser) byteTest(n *Special) (Node, bool, error) {
	p.next()
	if err := p.number(&n.Num, &n.HasNum); err != nil {
		return nil, true, err
	}
	op := p.next()
	switch op.text {
	case "=", "<", ">", "&", "|":
		n.Op = op.text
	default:
		return nil, true, p.syntax(op)
	}
	var ok bool
	return n, true, p.number(&n.Num2, &ok)
}

// relation parses VALUE OP VALUE.
func (p *parser) relation() (Node, error) {
	t := p.peek()
	l, err := p.value(0)
	if err != nil {
		return nil, err
	}
	op := p.next()
	switch op.text {
	case "=", "!=", "<", "<=", ">", ">=":
	default:
		return nil, p.syntax(op)
	}
	r, err := p.value(0)
	if err != nil {
		return nil, err
	}
	return &Rel{Op: op.text, L: l, R: r, Pos: t.pos}, nil
}

// precedence of the binary operators (grammar.y). "%" and "^" have none there,
// so that yacc always shifts: they take everything to their right.
var precedence = map[string]int{"|": 1, "&": 1, "<<": 2, ">>": 2, "+": 3, "-": 3, "*": 4, "/": 4, "%": 9, "^": 9}

// value parses arithmetic whose operators bind tighter than min.
func (p *parser) value(min int) (Value, error) {
	t := p.peek()
	if err := p.enter(t); err != nil {
		return nil, err
	}
	defer func() { p.depth-- }()
	l, err := p.operand()
	for err == nil {
		op := p.peek()
		prec := precedence[op.text]
		if op.kind != tOp || prec <= min {
			break
		}
		p.next()
		if prec == 9 {
			prec = 0
		}
		var r Value
		if r, err = p.value(prec); err == nil {
			l, err = p.arith(op, l, r)
		}
	}
	return l, err
}

// arith checks what libpcap checks when it meets a constant on the right.
func (p *parser) arith(op token, l, r Value) (Value, error) {
	if c, ok := r.(*Num); ok {
		switch {
		case op.text == "/" && c.V == 0:
			return nil, p.errorf(op, "division by zero")
		case op.text == "%" && c.V == 0:
			return nil, p.errorf(op, "modulus by zero")
		case (op.text == "<<" || op.text == ">>") && c.V > 31:
			return nil, p.errorf(op, "shift by more than 31 bits")
		}
	}
	return &Arith{Op: op.text, L: l, R: r, Pos: l.at()}, nil
}

func (p *parser) operand() (Value, error) {
	t := p.next()
	switch {
	case t.kind == tNum:
		return &Num{t.num, t.pos}, nil
	case t.kind == tWord && t.text == "len":
		return &Len{t.pos}, nil
	case t.kind == tOp && t.text == "-":
		x, err := p.value(8) // binds tighter than all but % and ^
		return &Neg{x, t.pos}, err
	case t.kind == tOp && t.text == "(":
		v, err := p.value(0)
		if err == nil {
			err = p.expect(")")
		}
		return v, err
	case t.kind == tWord && protocols[t.text] && p.accept("["):
		return p.load(t)
	}
	return nil, p.syntax(t)
}

func (p *parser) load(proto token) (Value, error) {
	idx, err := p.value(0)
	if err != nil {
		return nil, err
	}
	n := &Load{Proto: proto.text, Index: idx, Size: 1, Pos: proto.pos}
	if p.accept(":") {
		t := p.next()
		if t.kind != tNum {
			return nil, p.syntax(t)
		}
		n.Size = t.num
		if n.Size != 1 && n.Size != 2 && n.Size != 4 {
			return nil, p.errorf(t, "data size must be 1, 2, or 4")
		}
	}
	return n, p.expect("]")
}

// partialNet reads 1 to 4 dotted parts as gen_ncode does: the value of the parts
// and how many bits they are.
func partialNet(s string) (v uint32, bits int, ok bool) {
	for {
		var part string
		part, s = cutDot(s)
		n, err := strconv.ParseUint(part, 10, 32)
		if err != nil || n > 255 && bits+8 < 32 && s != "" || n > 255 {
			return 0, 0, false
		}
		v = v<<8 | uint32(n)
		bits += 8
		if s == "" {
			return v, bits, true
		}
	}
}

func cutDot(s string) (string, string) {
	for i := range len(s) {
		if s[i] == '.' {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// nearest returns the keyword closest to w, if one edit or two make it.
func nearest(w string) string {
	best, dist := "", 3
	for k := range keywords {
		if d := editDistance(w, k); d < dist || d == dist && k < best {
			best, dist = k, d
		}
	}
	if dist > max(1, len(w)/3) {
		return ""
	}
	return best
}

func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		prev := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := prev
			if a[i]|0x20 != b[j]|0x20 {
				cost++
			}
			prev, row[j+1] = row[j+1], min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
