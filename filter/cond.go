package filter

// What lowering produces: a tree of conditions over loads whose offsets are
// known, which build.go turns into the IR.

// base says what a load's offset is relative to.
type base uint8

const (
	baseFrame base = iota // the start of the frame
	baseIPv4              // the end of the IPv4 header that starts at Load.NL
)

// cmp compares unsigned 32-bit values.
type cmp uint8

const (
	cmpEQ cmp = iota
	cmpGT
	cmpGE
	cmpSet // any bit of K set
)

// load reads Size bytes, big-endian. A load beyond the captured bytes rejects
// the packet.
type load struct {
	Size uint8
	Base base
	NL   uint32 // where the IPv4 header starts, for baseIPv4
	Off  uint32
}

// expr is a computed 32-bit value.
type expr any

type (
	eConst uint32
	eLen   struct{}
	// eVar is an offset register: 0 until a cLet sets it.
	eVar  uint8
	eLoad struct {
		load
		Index expr // added to the offset; nil if none
	}
	eBin struct {
		Op   string
		L, R expr
	}
)

// cond is a condition.
type cond any

type (
	cTrue  struct{}
	cFalse struct{}
	cAnd   struct{ L, R cond }
	cOr    struct{ L, R cond }
	cNot   struct{ X cond }
	// cTest is the common case: (load & Mask) cmp K.
	cTest struct {
		load
		Mask uint32
		Cmp  cmp
		K    uint32
	}
	// cRel compares computed values.
	cRel struct {
		Cmp  cmp
		L, R expr
	}
	// cMeta compares what is known besides the bytes.
	cMeta struct {
		What meta
		Cmp  cmp
		K    uint32
	}
	// cChain walks IPv4 or IPv6 headers from NL for protocol Proto.
	cChain struct {
		V6    bool
		NL    uint32
		Proto uint32
	}
	// cLet is true, and sets an offset register.
	cLet struct {
		Var   uint8
		Value expr
	}
	// cSet looks Size bytes at the load's place up in set number Set.
	cSet struct {
		load
		Index expr // added to the offset; nil if none
		Set   int
	}
)

type meta uint8

const (
	metaLen meta = iota
	metaOutbound
	metaIfIndex
)

func and(l, r cond) cond {
	switch {
	case l == cTrue{}:
		return r
	case r == cTrue{}:
		return l
	case l == cFalse{}:
		return l
	}
	return cAnd{l, r}
}

func or(l, r cond) cond {
	switch {
	case l == cFalse{}:
		return r
	case r == cFalse{}:
		return l
	case l == cTrue{}:
		return l
	}
	return cOr{l, r}
}

func not(x cond) cond {
	switch x := x.(type) {
	case cTrue:
		return cFalse{}
	case cFalse:
		return cTrue{}
	case cNot:
		return x.X
	}
	return cNot{x}
}

func allOf(cs ...cond) cond {
	var out cond = cTrue{}
	for _, c := range cs {
		out = and(out, c)
	}
	return out
}

func anyOf(cs ...cond) cond {
	var out cond = cFalse{}
	for _, c := range cs {
		out = or(out, c)
	}
	return out
}
