package filter

// node is a condition with its two ways on: a directed acyclic graph.
type node struct {
	leaf   cond // cTest, cRel, cMeta, cChain, cSet, cLet, or cTrue and cFalse once folded; nil at the ends
	accept bool // at the ends
	jt, jf *node

	facts   []fact
	visited bool
	mark    bool
	index   int32
}

// graph builds the nodes of c with the given ways on.
func graph(c cond, t, f *node) *node {
	for {
		switch x := c.(type) {
		case cTrue:
			return t
		case cFalse:
			return f
		case cAnd:
			// trees lean to the left: go down there by looping
			t, c = graph(x.R, t, f), x.L
		case cOr:
			f, c = graph(x.R, t, f), x.L
		case cNot:
			t, f, c = f, t, x.X
		default:
			return &node{leaf: c, jt: t, jf: f}
		}
	}
}

// follow goes past nodes that do not decide anything.
func follow(n *node) *node {
	for n.leaf != nil {
		switch n.leaf.(type) {
		case cTrue:
			n = n.jt
		case cFalse:
			n = n.jf
		default:
			return n
		}
	}
	return n
}

// order returns the nodes that can be reached, each after all that lead to it.
func order(root *node) []*node {
	var out, stack []*node
	stack = append(stack, root)
	for len(stack) > 0 {
		n := stack[len(stack)-1]
		if n.mark || n.leaf == nil {
			stack = stack[:len(stack)-1]
			if !n.visited {
				n.visited = true
				out = append(out, n)
			}
			continue
		}
		n.mark = true
		for _, next := range []*node{n.jf, n.jt} {
			if !next.mark {
				stack = append(stack, next)
			}
		}
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	for _, n := range out {
		n.mark, n.visited = false, false
	}
	return out
}
