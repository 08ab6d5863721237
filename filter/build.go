package filter

import (
	"errors"
	"fmt"
)

// maxRegs bounds arithmetic: registers in use at once.
const maxRegs = 16

var errTooComplex = errors.New("expression too complex: more than 16 values in one comparison")

// node is a condition with its two ways on: a directed acyclic graph.
type node struct {
	leaf   cond // cTest, cRel, cMeta, cChain, cSet; nil at the ends
	accept bool // at the ends
	jt, jf *node

	facts   []fact
	visited bool
	index   int32
}

// fact is what is known of a load on every way to a node.
type fact struct {
	load
	mask uint32
	val  uint32
	eq   bool // equal, or known to differ
}

// maxFacts bounds the optimiser's memory; older facts are forgotten first.
const maxFacts = 32

// build turns a condition into the IR. With optimise, tests whose outcome is
// known from earlier ones are left out.
func build(c cond, optimise bool) (Prog, error) {
	yes, no := &node{accept: true}, &node{}
	root := graph(c, yes, no)
	if optimise {
		root = thread(root)
	}
	return emit(root)
}

// graph builds the nodes of c with the given ways on.
func graph(c cond, t, f *node) *node {
	switch c := c.(type) {
	case cTrue:
		return t
	case cFalse:
		return f
	case cAnd:
		return graph(c.L, graph(c.R, t, f), f)
	case cOr:
		return graph(c.L, t, graph(c.R, t, f))
	case cNot:
		return graph(c.X, f, t)
	}
	return &node{leaf: c, jt: t, jf: f}
}

// order returns the nodes that can be reached, each after all that lead to it.
func order(root *node) []*node {
	var out []*node
	seen := map[*node]bool{}
	var visit func(n *node)
	visit = func(n *node) {
		if seen[n] {
			return
		}
		seen[n] = true
		if n.leaf != nil {
			visit(n.jf)
			visit(n.jt)
		}
		out = append(out, n)
	}
	visit(root)
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// thread leads every way past the tests that it has decided already. The load
// of such a test has been done before, so leaving it out cannot save a packet
// that it would have rejected.
func thread(root *node) *node {
	for _, n := range order(root) {
		if n.leaf == nil || n != root && !n.visited {
			continue
		}
		n.jt = n.follow(n.jt, true)
		n.jf = n.follow(n.jf, false)
	}
	return root
}

// follow returns where the way to t ends, and tells that node what is known.
func (n *node) follow(t *node, outcome bool) *node {
	known := n.after(outcome)
	for t.leaf != nil {
		test, ok := t.leaf.(cTest)
		if !ok {
			break
		}
		decided, result := decide(known, test)
		if !decided {
			break
		}
		if result {
			t = t.jt
		} else {
			t = t.jf
		}
	}
	t.meet(known)
	return t
}

// after is what is known behind n.
func (n *node) after(outcome bool) []fact {
	test, ok := n.leaf.(cTest)
	if !ok || test.Cmp != cmpEQ {
		return n.facts
	}
	out := n.facts
	if len(out) >= maxFacts {
		out = out[1:]
	}
	return append(out[:len(out):len(out)], fact{test.load, test.Mask, test.K, outcome})
}

// meet keeps of a node's facts what holds on this way too.
func (n *node) meet(known []fact) {
	if !n.visited {
		n.visited, n.facts = true, known
		return
	}
	var both []fact
	for _, f := range n.facts {
		for _, k := range known {
			if f == k {
				both = append(both, f)
				break
			}
		}
	}
	n.facts = both
}

// decide says whether facts settle a test, and how.
func decide(facts []fact, t cTest) (decided, result bool) {
	for i := len(facts) - 1; i >= 0; i-- {
		f := &facts[i]
		if f.load != t.load {
			continue
		}
		if f.eq && t.Mask&^f.mask == 0 {
			return true, holds(t.Cmp, f.val&t.Mask, t.K)
		}
		if !f.eq && f.mask == t.Mask && t.Cmp == cmpEQ && f.val == t.K {
			return true, false
		}
	}
	return false, false
}

// emit lays the graph out as a program.
func emit(root *node) (Prog, error) {
	nodes := order(root)
	var p Prog
	type patch struct {
		at int
		n  *node
	}
	var patches []patch
	for _, n := range nodes {
		n.index = int32(len(p))
		if n.leaf == nil {
			k := uint32(0)
			if n.accept {
				k = 1
			}
			p = append(p, Inst{Op: OpReturn, K: k})
			continue
		}
		var err error
		if p, err = appendLeaf(p, n.leaf); err != nil {
			return nil, err
		}
		patches = append(patches, patch{len(p) - 1, n})
	}
	for _, x := range patches {
		p[x.at].Jt, p[x.at].Jf = x.n.jt.index, x.n.jf.index
	}
	return p, nil
}

func appendLeaf(p Prog, leaf cond) (Prog, error) {
	switch c := leaf.(type) {
	case cTest:
		return append(p, Inst{Op: OpTest, Size: c.Size, Base: c.Base, NL: c.NL, Off: c.Off, Mask: c.Mask, Cmp: c.Cmp, K: c.K}), nil
	case cMeta:
		return append(p, Inst{Op: OpMeta, Meta: c.What, Cmp: c.Cmp, K: c.K}), nil
	case cChain:
		size := uint8(4)
		if c.V6 {
			size = 6
		}
		return append(p, Inst{Op: OpChain, Size: size, NL: c.NL, K: c.Proto}), nil
	case cSet:
		return append(p, Inst{Op: OpSet, Size: c.Size, Base: c.Base, NL: c.NL, Off: c.Off, K: uint32(c.Set)}), nil
	case cRel:
		p, err := appendExpr(p, c.L, 0)
		if err != nil {
			return nil, err
		}
		if p, err = appendExpr(p, c.R, 1); err != nil {
			return nil, err
		}
		return append(p, Inst{Op: OpCmp, Cmp: c.Cmp, Dst: 0, Src: 1}), nil
	}
	panic(fmt.Sprintf("filter: unknown condition %T", leaf))
}

// appendExpr computes e into register dst, using those above it.
func appendExpr(p Prog, e expr, dst uint8) (Prog, error) {
	if dst >= maxRegs {
		return nil, errTooComplex
	}
	switch e := fold(e).(type) {
	case eConst:
		return append(p, Inst{Op: OpImm, Dst: dst, K: uint32(e)}), nil
	case eLen:
		return append(p, Inst{Op: OpLen, Dst: dst}), nil
	case eLoad:
		in := Inst{Op: OpLoad, Dst: dst, Src: dst, Size: e.Size, Base: e.Base, NL: e.NL, Off: e.Off}
		if e.Index != nil {
			in.Indexed = true
			var err error
			if p, err = appendExpr(p, e.Index, dst); err != nil {
				return nil, err
			}
		}
		return append(p, in), nil
	case eBin:
		p, err := appendExpr(p, e.L, dst)
		if err != nil {
			return nil, err
		}
		if p, err = appendExpr(p, e.R, dst+1); err != nil {
			return nil, err
		}
		return append(p, Inst{Op: OpALU, ALU: e.Op, Dst: dst, Src: dst + 1}), nil
	}
	panic(fmt.Sprintf("filter: unknown value %T", e))
}
