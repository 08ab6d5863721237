package filter

import "fmt"

// fact is the outcome of a test on every way to a node.
type fact struct {
	test
	is bool
}

// test is a comparison of values that have numbers: of value a with constant k,
// or with value x if x is not 0.
type test struct {
	a, x int32
	k    uint32
	c    cmp
}

// maxFacts bounds the memory of the optimiser.
const maxFacts = 32

// remember adds a fact, if need be in the place of the oldest one that says what
// is not.
func remember(known []fact, f fact) []fact {
	out := known[:len(known):len(known)]
	if len(known) >= maxFacts {
		drop := 0
		for i := range known {
			if !known[i].is {
				drop = i
				break
			}
		}
		out = append(append([]fact(nil), known[:drop]...), known[drop+1:]...)
	}
	return append(out, f)
}

// meet keeps of a node's facts what holds on another way to it too.
func (n *node) meet(known []fact) {
	if !n.visited {
		n.visited, n.facts = true, known
		return
	}
	var both []fact
	for _, f := range n.facts {
		for i := range known {
			if f == known[i] {
				both = append(both, f)
				break
			}
		}
	}
	n.facts = both
}

// values gives equal numbers to what libpcap's optimiser knows to be equal.
type values map[any]int32

func newValues() values { return values{} }

func (v values) number(key any) int32 {
	n, ok := v[key]
	if !ok {
		n = int32(len(v) + 1)
		v[key] = n
	}
	return n
}

type maskedLoad struct {
	load
	mask uint32
}

// test gives the test of a leaf; not says that the leaf is its opposite.
func (v values) test(leaf cond) (t test, not, ok bool) {
	switch c := leaf.(type) {
	case cTest:
		if c.Cmp == cmpEQ && c.K == 0 && c.Mask != none {
			return test{a: v.number(maskedLoad{c.load, none}), c: cmpSet, k: c.Mask}, true, true
		}
		return test{a: v.number(maskedLoad{c.load, c.Mask}), c: c.Cmp, k: c.K}, false, true
	case cMeta:
		if c.What == metaLen {
			return test{a: v.number(exprKey(eLen{})), c: c.Cmp, k: c.K}, false, true
		}
		return test{a: v.number(c.What), c: c.Cmp, k: c.K}, false, true
	case cRel:
		t := test{a: v.number(exprKey(c.L)), c: c.Cmp}
		if k, ok := c.R.(eConst); ok {
			t.k = uint32(k)
		} else {
			t.x = v.number(exprKey(c.R))
		}
		return t, false, true
	}
	return test{}, false, false
}

func exprKey(e expr) string { return fmt.Sprintf("%#v", e) }

// thread leads every way past the tests that it has decided already. It says
// whether anything changed.
func (v values) thread(root *node) (*node, bool) {
	changed := false
	for _, n := range order(root) {
		n.facts = nil
	}
	nodes := order(root)
	for _, n := range nodes {
		if n.leaf == nil {
			continue
		}
		if leaf, ok := constant(n.leaf); ok {
			n.leaf = leaf
		}
	}
	if root = follow(root); root.leaf == nil {
		return root, false
	}
	root.visited = true
	for _, n := range nodes {
		if n.leaf == nil || !n.visited {
			continue
		}
		t, not, ok := v.test(n.leaf)
		for _, way := range []bool{true, false} {
			to, known := &n.jt, n.facts
			if !way {
				to = &n.jf
			}
			if ok {
				known = remember(known, fact{t, way != not})
			}
			end := v.decided(*to, known)
			if end != *to {
				*to, changed = end, true
			}
			end.meet(known)
		}
	}
	for _, n := range nodes {
		n.visited, n.facts = false, nil
	}
	for root.leaf != nil && root.jt == root.jf {
		root, changed = root.jt, true
	}
	return root, changed
}

// decided follows the way to n as long as facts settle where it goes.
func (v values) decided(n *node, known []fact) *node {
	for {
		n = follow(n)
		if n.leaf == nil {
			return n
		}
		if n.jt == n.jf {
			if _, let := n.leaf.(cLet); let {
				return n
			}
			n = n.jt
			continue
		}
		t, not, ok := v.test(n.leaf)
		if !ok {
			return n
		}
		is, settled := settle(known, t)
		switch {
		case !settled:
			return n
		case is != not:
			n = n.jt
		default:
			n = n.jf
		}
	}
}

// settle says what facts make of a test, by libpcap's rules: the same test has
// the same outcome, and what equals one constant does not equal another.
func settle(known []fact, t test) (is, ok bool) {
	for i := len(known) - 1; i >= 0; i-- {
		f := &known[i]
		if f.a != t.a || f.c != t.c {
			continue
		}
		if f.test == t {
			return f.is, true
		}
		if f.is && f.c == cmpEQ && f.x == 0 && t.x == 0 {
			return false, true
		}
	}
	return false, false
}

// constant settles the comparisons that libpcap's first pass settles: of two
// constants, and of nothing (mask 0) with 0.
func constant(leaf cond) (cond, bool) {
	switch c := leaf.(type) {
	case cTest:
		if c.Mask == 0 && c.K == 0 && c.Cmp == cmpEQ {
			return cTrue{}, true
		}
	case cRel:
		a, ok := c.L.(eConst)
		k, ok2 := c.R.(eConst)
		if ok && ok2 {
			return truth(holds(c.Cmp, uint32(a), uint32(k))), true
		}
	}
	return leaf, false
}

func truth(b bool) cond {
	if b {
		return cTrue{}
	}
	return cFalse{}
}
