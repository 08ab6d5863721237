package filter

// skipKnown leads every way past tests whose outcome it knows. The load of such
// a test has been done before on that way, so that leaving it out cannot save a
// packet that it would have rejected.
func skipKnown(root *node) (*node, bool) {
	changed := false
	nodes := order(root)
	bits := make(map[*node][]known, len(nodes))
	for _, n := range nodes {
		if n.leaf == nil {
			continue
		}
		for _, way := range []bool{true, false} {
			to := &n.jt
			if !way {
				to = &n.jf
			}
			k := after(n.leaf, bits[n], way)
			end := skip(*to, k)
			if end != *to {
				*to, changed = end, true
			}
			if old, ok := bits[end]; ok || end.visited {
				bits[end] = both(old, k)
			} else {
				bits[end], end.visited = k, true
			}
		}
	}
	for _, n := range nodes {
		n.visited = false
	}
	return root, changed
}

// known is what is known of a load: the bits of mask, if eq; else that they are
// not val.
type known struct {
	load
	mask, val uint32
	eq        bool
}

func after(leaf cond, k []known, way bool) []known {
	t, ok := leaf.(cTest)
	if !ok || t.Cmp != cmpEQ {
		return k
	}
	f := known{t.load, t.Mask & sizeMask(t.Size), t.K, way}
	out := k[:len(k):len(k)]
	if len(k) >= maxFacts {
		drop := 0
		for i := range k {
			if !k[i].eq {
				drop = i
				break
			}
		}
		out = append(append([]known(nil), k[:drop]...), k[drop+1:]...)
	}
	return append(out, f)
}

func both(a, b []known) []known {
	var out []known
	for _, x := range a {
		for _, y := range b {
			if x == y {
				out = append(out, x)
				break
			}
		}
	}
	return out
}

// skip follows the way to n as long as it is known where it goes.
func skip(n *node, k []known) *node {
	for {
		n = follow(n)
		t, ok := n.leaf.(cTest)
		if !ok {
			return n
		}
		if rejects(n.jt) && rejects(n.jf) {
			n = n.jt
			continue
		}
		is, settled := outcome(k, t)
		switch {
		case !settled:
			return n
		case is:
			n = n.jt
		default:
			n = n.jf
		}
	}
}

func rejects(n *node) bool { n = follow(n); return n.leaf == nil && !n.accept }

func outcome(k []known, t cTest) (is, ok bool) {
	mask := t.Mask & sizeMask(t.Size)
	for i := len(k) - 1; i >= 0; i-- {
		f := &k[i]
		if f.load != t.load {
			continue
		}
		if f.eq && mask&^f.mask == 0 {
			return holds(t.Cmp, f.val&mask, t.K), true
		}
		if f.eq && t.Cmp == cmpEQ && (f.val^t.K)&f.mask&mask != 0 {
			return false, true
		}
		if !f.eq && f.mask == mask && t.Cmp == cmpEQ && f.val == t.K {
			return false, true
		}
	}
	return false, false
}
