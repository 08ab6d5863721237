package main

import (
	"fmt"
	"io"

	"tengu/capture"
	"tengu/filter"
	"tengu/loader"
)

// dumpFilter prints what the expression compiles to: -d its steps, -dd the
// eBPF, -ddd the raw instruction words.
func (o *options) dumpFilter(w io.Writer, expr string) error {
	lt, live := capture.LinkEthernet, o.readFile == ""
	switch {
	case o.linkGiven:
		lt = o.link
	case len(o.interfaces) > 0 && o.interfaces[0] != loader.Any:
		names, err := resolve(o.interfaces[:1])
		if err != nil {
			return err
		}
		if lt, err = loader.LinkTypeOf(names[0]); err != nil {
			return err
		}
	}
	flt, err := filter.Compile(expr, filter.Options{LinkType: lt, Live: live, NoOptimize: o.noOptimize})
	if err != nil {
		return explainFilter(err)
	}
	if o.dump == 1 {
		_, err = fmt.Fprint(w, flt.Prog())
		return err
	}
	return o.dumpEBPF(w, flt)
}
