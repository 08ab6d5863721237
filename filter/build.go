package filter

import "errors"

var (
	errRejectsAll = errors.New("expression rejects all packets")
	errTooComplex = errors.New("too many registers needed to evaluate expression")
	errDivision   = errors.New("division by zero")
	errModulus    = errors.New("modulus by zero")
	errShift      = errors.New("shift by more than 31 bits")
)

// manner is how much a build may change.
type manner uint8

const (
	// asWritten keeps every test and every load (-O).
	asWritten manner = iota
	// exact leaves out what cannot make a difference.
	exact
	// asLibpcap also leaves out what libpcap's optimiser leaves out: loads
	// whose value does not matter, which might have rejected a short packet.
	// It refuses an expression that is never true, where libpcap notices.
	asLibpcap
)

// build turns a condition into the IR.
func build(c cond, how manner) (Prog, error) {
	yes, no := &node{accept: true}, &node{}
	root := graph(c, yes, no)
	if how == asLibpcap {
		var err error
		if root, err = optimise(root); err != nil {
			return nil, err
		}
	}
	if how != asWritten {
		root = reduce(root, how)
	}
	return emit(root)
}

// optimise does what libpcap's optimiser does, as far as it can be told from the
// outside: its two passes over the graph differ in what they notice.
func optimise(root *node) (*node, error) {
	root = follow(root)
	if !root.accept && root.leaf == nil {
		return nil, errRejectsAll
	}
	values := newValues()
	for range maxPasses {
		changed := false
		if root, changed = values.thread(root); !changed {
			break
		}
	}
	for _, n := range order(root) {
		if n.leaf != nil {
			leaf, err := foldLeaf(n.leaf)
			if err != nil {
				return nil, err
			}
			n.leaf = leaf
		}
	}
	if root = follow(root); root.leaf == nil && !root.accept {
		return nil, errRejectsAll
	}
	return root, nil
}

// maxPasses bounds the passes over the graph; more than a few are rare.
const maxPasses = 20

// reduce leaves out tests whose outcome is known.
func reduce(root *node, how manner) *node {
	for _, n := range order(root) {
		if n.leaf != nil {
			n.leaf = simplify(n.leaf, how == asLibpcap)
		}
	}
	root = follow(root)
	for range maxPasses {
		changed := false
		if root, changed = skipKnown(root); !changed {
			break
		}
	}
	return share(root)
}

// share makes one of nodes that test the same and go the same ways on.
func share(root *node) *node {
	type key struct {
		leaf   cond
		accept bool
		jt, jf *node
	}
	first := map[key]*node{}
	same := map[*node]*node{}
	nodes := order(root)
	for i := len(nodes) - 1; i >= 0; i-- {
		n := nodes[i]
		if n.leaf != nil {
			n.jt, n.jf = same[follow(n.jt)], same[follow(n.jf)]
		}
		k := key{n.leaf, n.accept, n.jt, n.jf}
		if first[k] == nil {
			first[k] = n
		}
		same[n] = first[k]
	}
	return same[root]
}
