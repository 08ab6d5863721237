package filter

import (
	"tengu/capture"
)

// Options say what an expression is compiled for. The zero value is a capture
// file without a link type: set LinkType.
type Options struct {
	LinkType capture.LinkType
	// Live says that packets come from an interface: their direction and its
	// index are known.
	Live bool
	// Netmask is that of the interface, for "ip broadcast".
	Netmask        uint32
	NetmaskUnknown bool
	// NoOptimize leaves every test in (-O).
	NoOptimize bool
	// Names resolves names; nil uses the system's files and resolver.
	Names *Names
}

// Filter is a compiled expression. It is safe for concurrent use.
type Filter struct {
	root Node
	opt  Options
	prog Prog
	sets []*Set
}

// Compile compiles an expression; an empty one selects everything. An error in
// the expression is a *SyntaxError.
func Compile(expr string, opt Options) (*Filter, error) {
	root, err := parse(expr)
	if err != nil {
		return nil, err
	}
	l := &lowerer{expr: expr, opt: &opt}
	var c cond = cTrue{}
	if root != nil {
		// An empty expression is fine on any link type.
		if err := l.start(); err != nil {
			return nil, err
		}
		if c, err = l.lower(root); err != nil {
			return nil, err
		}
	}
	how := asLibpcap
	switch {
	case opt.NoOptimize:
		how = asWritten
	case l.noOpt:
		how = exact
	}
	prog, err := build(c, how)
	if err != nil {
		return nil, errAt(expr, 0, len(expr), "%v", err)
	}
	return &Filter{root: root, opt: opt, prog: prog, sets: l.sets}, nil
}

// String is the expression as it was understood.
func (f *Filter) String() string {
	if f.root == nil {
		return ""
	}
	return f.root.String()
}

// Prog returns the compiled program; it must not be changed.
func (f *Filter) Prog() Prog { return f.prog }

// All says that the filter selects every packet.
func (f *Filter) All() bool { return len(f.prog) == 1 && f.prog[0].K != 0 }
