package filter

import "fmt"

// maxDepth bounds nesting, maxTokens the length of an expression.
const (
	maxDepth  = 1000
	maxTokens = 1_000_000
)

// parse turns an expression into a tree; nil if it is empty.
func parse(expr string) (Node, error) {
	toks, err := lex(expr)
	if err != nil {
		return nil, err
	}
	if len(toks) > maxTokens {
		return nil, errAt(expr, 0, 1, "expression too long: %d words, at most %d; put addresses into a file and write \"host in @FILE\"", len(toks), maxTokens)
	}
	p := &parser{expr: expr, toks: toks, closing: closings(toks)}
	if p.peek().kind == tEOF {
		return nil, nil
	}
	n, _, err := p.expression(Qual{bad: true})
	if err != nil {
		return nil, err
	}
	if p.peek().kind != tEOF {
		return nil, p.syntax(p.peek())
	}
	return n, nil
}

type parser struct {
	expr    string
	toks    []token
	closing []int32 // for "(": where its ")" is, or 0
	i       int
	depth   int
}

// closings finds the parenthesis that closes each one that opens.
func closings(toks []token) []int32 {
	out := make([]int32, len(toks))
	var open []int32
	for i, t := range toks {
		switch {
		case t.kind != tOp:
		case t.text == "(":
			open = append(open, int32(i))
		case t.text == ")" && len(open) > 0:
			out[open[len(open)-1]] = int32(i)
			open = open[:len(open)-1]
		}
	}
	return out
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

// op says that t is the given operator.
func (t token) op(text string) bool { return t.kind == tOp && t.text == text }

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

func (p *parser) errorf(t token, format string, args ...any) *SyntaxError {
	return errAt(p.expr, t.pos, p.width(t), format, args...)
}

// width is how many bytes of the expression t takes.
func (p *parser) width(t token) int {
	if t.kind == tEOF || t.kind == tOp {
		return max(len(t.text), 1)
	}
	return wordEnd(p.expr[t.pos:])
}

// syntax is libpcap's error for what the grammar does not have at t, with what
// may have been meant.
func (p *parser) syntax(t token) error {
	err := p.errorf(t, syntaxText)
	switch w := p.expr[t.pos:min(t.pos+p.width(t), len(p.expr))]; {
	case t.kind == tEOF:
		return withHint(err, "the expression ends too early")
	case t.kind == tHID || t.kind == tHID6:
		return withHint(err, `an address needs "host", "net", "src" or "dst" before it`)
	case t.kind == tEID:
		return withHint(err, `a MAC address needs "ether host" before it`)
	case t.kind == tWord && protocols[t.text] && p.i > 0 && p.wantsName():
		return withHint(err, "%q is a keyword; as a name write \\%s", w, w)
	case t.kind == tID:
		if near := nearest(w); near != "" {
			return withHint(err, "did you mean %q?", near)
		}
	}
	return err
}

// wantsName says that the token before the current one is followed by a name.
func (p *parser) wantsName() bool {
	for _, i := range []int{p.i - 1, p.i - 2} {
		if i >= 0 && p.toks[i].kind == tWord && types[p.toks[i].text] {
			return true
		}
	}
	return false
}

func (p *parser) enter(t token) error {
	p.depth++
	if p.depth > maxDepth {
		return p.errorf(t, "expression nested more than %d deep", maxDepth)
	}
	return nil
}

// expression parses terms joined by and and or, which bind alike and to the
// left. Every node has qualifiers that an identifier standing alone inherits:
// before are those of what stands before the expression, and those of the last
// term are returned (grammar.y passes them along as $0).
func (p *parser) expression(before Qual) (Node, Qual, error) {
	left, q, err := p.term(before)
	for err == nil && (p.is("and") || p.is("or")) {
		op := p.next().text
		var right Node
		if p.startsID(0) {
			right, err = p.id(q)
		} else {
			right, q, err = p.term(q)
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
func (p *parser) startsID(n int) bool {
	open := 0
	for {
		t := p.peekAt(n)
		if !t.op("not") && !t.op("(") {
			break
		}
		if t.op("(") {
			open++
		}
		n++
	}
	switch p.peekAt(n).kind {
	case tID, tHID, tHID6, tEID, tAID:
		return true
	case tNum:
		for n++; open > 0 && p.peekAt(n).op(")"); n++ {
			open--
		}
		return !arithOp(p.peekAt(n))
	}
	return false
}

// parenArith says that the parenthesis here encloses arithmetic: an operator
// follows its end.
func (p *parser) parenArith() bool {
	end := p.closing[p.i]
	return end > 0 && arithOp(p.toks[end+1])
}

// term parses one operand of and and or that brings its own qualifiers.
func (p *parser) term(before Qual) (Node, Qual, error) {
	t := p.peek()
	if err := p.enter(t); err != nil {
		return nil, Qual{}, err
	}
	defer func() { p.depth-- }()
	switch {
	case p.accept("not"):
		n, q, err := p.term(before)
		return &Not{n}, q, err
	case p.is("(") && !p.parenArith():
		p.next()
		n, _, err := p.expression(before)
		if err == nil {
			err = p.expect(")")
		}
		return n, before, err
	case p.startsArith():
		n, err := p.relation()
		return n, Qual{bad: true}, err
	case t.kind == tWord:
		return p.primitive()
	}
	return nil, Qual{}, p.syntax(t)
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
	if !p.accept("(") {
		return p.atom(q)
	}
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

func (p *parser) atom(q Qual) (Node, error) {
	t := p.next()
	n := &Prim{Qual: q, Kind: t.kind, Text: t.text, Num: t.num, Bits: -1, Pos: t.pos}
	switch t.kind {
	case tID, tEID, tAID, tNum:
		return n, nil
	case tHID, tHID6:
		return n, p.mask(n)
	}
	p.i = max(p.i-1, 0)
	return nil, p.syntax(t)
}

// mask parses what may follow an address: /BITS or mask MASK.
func (p *parser) mask(n *Prim) error {
	switch {
	case p.accept("/"):
		t := p.next()
		if t.kind != tNum {
			return p.syntax(t)
		}
		limit := uint32(32)
		if n.Kind == tHID6 {
			limit = 128
		}
		if t.num > limit {
			return p.errorf(t, "mask length must be <= %d", limit)
		}
		n.Bits = int(t.num)
	case n.Kind == tHID && p.accept("mask"):
		t := p.next()
		if t.kind != tHID {
			return p.syntax(t)
		}
		n.Mask = t.text
	}
	return nil
}

// number parses a number, in parentheses where the grammar allows them.
func (p *parser) number(v *uint32, parens bool) error {
	t := p.peek()
	if parens && p.accept("(") {
		if err := p.enter(t); err != nil {
			return err
		}
		defer func() { p.depth-- }()
		if err := p.number(v, true); err != nil {
			return err
		}
		return p.expect(")")
	}
	if t.kind != tNum {
		return p.syntax(t)
	}
	*v = p.next().num
	return nil
}

func (k kind) String() string {
	return [...]string{"end", "operator", "keyword", "name", "number", "address", "IPv6 address", "MAC address", "ARCnet address", "file"}[k]
}

func (t token) String() string { return fmt.Sprintf("%v %q", t.kind, t.text) }
