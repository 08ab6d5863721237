package main

import (
	"errors"
	"fmt"
	"io"

	"tengu/filter"
	"tengu/loader"
)

// compile is the kernel's half of the filter for a place.
func (f *liveFilter) compile(at loader.Place) (loader.Program, error) {
	flt, err := f.forLink(at.LinkType)
	if err != nil || flt.All() {
		return loader.Program{}, err
	}
	code, err := flt.EBPF(target(flt, at))
	if err != nil {
		return loader.Program{}, err
	}
	if code.Superset {
		if f.mustFit {
			return loader.Program{}, errTooLarge
		}
		logger().Warn("filter too large for the kernel: it passes more packets, tengu matches them again")
		f.exact.Store(true)
	}
	return loader.Program{Insns: code.Insns, Maps: code.Maps, Fill: code.Fill, Superset: code.Superset}, nil
}

var errTooLarge = errors.New("filter too large for the kernel, and packets go to the file unseen: start again with it")

var hookOf = map[loader.ProgramKind]filter.Hook{
	loader.KindXDP: filter.HookXDP, loader.KindIngress: filter.HookIngress,
	loader.KindEgress: filter.HookEgress, loader.KindTrace: filter.HookBuffer,
}

func target(flt *filter.Filter, at loader.Place) filter.Target {
	t := filter.Target{Hook: hookOf[at.Kind], XDPLoad: at.XDPLoad, IfIndex: at.IfIndex}
	if at.Cut > 0 {
		t.MaxInsts = max(len(flt.Prog())>>at.Cut, 1)
	}
	return t
}

// reloadable says that SIGHUP may bring another filter: the expression comes from
// a file, or refers to one.
func (f *liveFilter) reloadable() bool {
	if f.opt.exprFile != "" {
		return true
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, flt := range f.byLink {
		for _, set := range flt.Sets() {
			if set.File != "" {
				return true
			}
		}
	}
	return false
}

// reload reads the expression and its sets again and exchanges the programs.
// Packets that are still in the rings were selected by the old filter.
func (s *session) reload() error {
	expr := s.flt.expr
	if s.opt.exprFile != "" {
		var err error
		if expr, err = s.opt.expression(nil); err != nil {
			return err
		}
	}
	next, err := s.opt.compileLive(expr, s.flt.names)
	if err != nil {
		return err
	}
	next.mustFit = s.wholeBlocks()
	if err := s.engine.Replace(next.compile, next.expr); err != nil {
		return err
	}
	s.flt.become(next)
	logger().Info("filter reloaded: " + expr)
	return nil
}

// become takes over another filter.
func (f *liveFilter) become(next *liveFilter) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.expr, f.byLink = next.expr, next.byLink
	f.exact.Store(next.exact.Load())
}

// dumpEBPF prints the filter as the kernel gets it at --hook.
func (o *options) dumpEBPF(w io.Writer, flt *filter.Filter) error {
	t := filter.Target{Hook: filter.HookIngress, XDPLoad: true}
	switch loader.Hook(o.hook) {
	case loader.HookXDP, loader.HookXDPNative, loader.HookXDPGeneric:
		t.Hook = filter.HookXDP
	case loader.HookXDPEntry, loader.HookXDPExit:
		t.Hook = filter.HookBuffer
	}
	code, err := flt.EBPF(t)
	if err != nil {
		return err
	}
	if o.dump == 2 {
		_, err = fmt.Fprint(w, code)
	} else {
		_, err = fmt.Fprint(w, code.Words())
	}
	return err
}
