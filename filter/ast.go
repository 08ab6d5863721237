package filter

import (
	"fmt"
	"strings"
)

// Node is a part of an expression that is true or false. String writes it so
// that parsing gives the same tree again.
type Node interface {
	String() string
	at() int
}

// And, Or and Not join nodes; and and or have the same precedence and group to
// the left, as pcap-filter(7) has it.
type (
	And struct{ L, R Node }
	Or  struct{ L, R Node }
	Not struct{ X Node }
)

// Qual are the qualifiers of a primitive, "" where not given.
type Qual struct {
	Proto string // ip, tcp, link, …
	Dir   string // src, dst, src or dst, src and dst, addr1, …
	Type  string // host, net, port, portrange, proto, protochain, gateway
	bad   bool   // nothing to inherit: a bare id after this is an error
}

// Prim is a qualified identifier: tcp dst port 80.
type Prim struct {
	Qual Qual
	Kind kind   // tID, tNum, tHID, tHID6, tEID, tAID, tFile
	Text string // as written
	Num  uint32 // tNum
	// Mask is set with "net 10.0.0.0 mask 255.0.0.0", Bits with "/8" (else -1).
	Mask string
	Bits int
	Pos  int
}

// Proto is a protocol by itself: tcp.
type Proto struct {
	Name string
	Pos  int
}

// Special is a keyword with an optional number: vlan 5, less 100, inbound.
type Special struct {
	Name   string
	Proto  string // qualifier of broadcast and multicast
	Text   string // llc's type of frame
	Num    uint32
	HasNum bool
	Op     string // byte IDX OP NUM
	Num2   uint32
	Pos    int
}

// Rel compares two values.
type Rel struct {
	Op   string // = != < <= > >=
	L, R Value
	Pos  int
}

// Value is arithmetic: a number, a load, or an operation on values.
type Value interface {
	String() string
	at() int
}

type (
	Num struct {
		V   uint32
		Pos int
	}
	Len  struct{ Pos int }
	Load struct {
		Proto string
		Index Value
		Size  uint32
		Pos   int
	}
	Arith struct {
		Op   string
		L, R Value
		Pos  int
	}
	Neg struct {
		X   Value
		Pos int
	}
)

func (n *And) at() int     { return n.L.at() }
func (n *Or) at() int      { return n.L.at() }
func (n *Not) at() int     { return n.X.at() }
func (n *Prim) at() int    { return n.Pos }
func (n *Proto) at() int   { return n.Pos }
func (n *Special) at() int { return n.Pos }
func (n *Rel) at() int     { return n.Pos }
func (n *Num) at() int     { return n.Pos }
func (n *Len) at() int     { return n.Pos }
func (n *Load) at() int    { return n.Pos }
func (n *Arith) at() int   { return n.Pos }
func (n *Neg) at() int     { return n.Pos }

func (n *And) String() string { return chainString(n) }
func (n *Or) String() string  { return chainString(n) }
func (n *Not) String() string { return "not " + right(n.X) }

// chainString writes a chain of and and or, which may be long.
func chainString(n Node) string {
	var b strings.Builder
	for i, t := range termsOf(n) {
		if i > 0 {
			b.WriteString(" " + t.op + " ")
		}
		b.WriteString(right(t.n))
	}
	return b.String()
}

// right puts what binds no tighter than and, or, not into parentheses.
func right(n Node) string {
	switch n.(type) {
	case *And, *Or:
		return "(" + n.String() + ")"
	}
	return n.String()
}

func (q Qual) String() string {
	return strings.Join(strings.Fields(protoName(q.Proto)+" "+q.Dir+" "+q.Type), " ")
}

func protoName(p string) string {
	if p == "link" {
		return "ether"
	}
	return p
}

func (n *Prim) String() string {
	s := n.Qual.String()
	switch {
	case n.Kind == tFile:
		return s + " in @" + quoteFile(n.Text)
	case n.Kind == tID:
		s += " \\" + n.Text
	default:
		s += " " + n.Text
	}
	if n.Mask != "" {
		s += " mask " + n.Mask
	} else if n.Bits >= 0 {
		s += fmt.Sprintf("/%d", n.Bits)
	}
	return strings.TrimSpace(s)
}

// quoteFile quotes a file name that would not be read back as one word.
func quoteFile(name string) string {
	switch {
	case !strings.ContainsAny(name, " \t\r\n()") && name[0] != '"' && name[0] != '\'':
		return name
	case strings.Contains(name, `"`):
		return "'" + name + "'"
	}
	return `"` + name + `"`
}

func (n *Proto) String() string { return protoName(n.Name) }

func (n *Special) String() string {
	s := strings.TrimSpace(protoName(n.Proto) + " " + n.Name)
	if n.Text == "rnr" {
		s += " rnr"
	} else if n.Text != "" {
		s += " \\" + n.Text
	}
	if n.HasNum {
		s += fmt.Sprintf(" %d", n.Num)
	}
	if n.Op != "" {
		s += fmt.Sprintf(" %s %d", n.Op, n.Num2)
	}
	return s
}

func (n *Rel) String() string { return n.L.String() + " " + n.Op + " " + n.R.String() }
func (n *Num) String() string { return fmt.Sprint(n.V) }
func (n *Len) String() string { return "len" }
func (n *Neg) String() string { return "-" + operand(n.X) }

func (n *Load) String() string {
	if n.Size == 1 {
		return fmt.Sprintf("%s[%s]", protoName(n.Proto), n.Index)
	}
	return fmt.Sprintf("%s[%s:%d]", protoName(n.Proto), n.Index, n.Size)
}

func (n *Arith) String() string { return operand(n.L) + " " + n.Op + " " + operand(n.R) }

func operand(v Value) string {
	switch v.(type) {
	case *Arith, *Neg:
		return "(" + v.String() + ")"
	}
	return v.String()
}
