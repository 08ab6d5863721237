package loader

import (
	"errors"
	"testing"
	"time"

	"tengu/filter"
	"tengu/internal/netlab"
)

// compiled makes the Compile function of a Config from an expression, as the
// command does.
func compiled(t testing.TB, expr string) func(Place) (Program, error) {
	return func(at Place) (Program, error) {
		f, err := filter.Compile(expr, filter.Options{LinkType: at.LinkType, Live: true})
		if err != nil {
			t.Fatal(err)
		}
		hooks := map[ProgramKind]filter.Hook{KindXDP: filter.HookXDP, KindIngress: filter.HookIngress, KindEgress: filter.HookEgress, KindTrace: filter.HookBuffer}
		target := filter.Target{Hook: hooks[at.Kind], XDPLoad: at.XDPLoad, IfIndex: at.IfIndex}
		if at.Cut > 0 {
			target.MaxInsts = len(f.Prog()) >> at.Cut
		}
		code, err := f.EBPF(target)
		if err != nil {
			return Program{}, err
		}
		return Program{Insns: code.Insns, Maps: code.Maps, Fill: code.Fill, Superset: code.Superset}, nil
	}
}

func load(t testing.TB, cfg Config) *Capture {
	t.Helper()
	c, err := Load(cfg)
	if err != nil {
		netlab.Permitted(t, err)
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// TestReplaceLosesNothing exchanges filters under traffic. Every filter selects
// every frame sent, each by another test: a frame that met no program, or two,
// or half a filter, would show in the ledger.
func TestReplaceLosesNothing(t *testing.T) {
	for _, hook := range []Hook{HookTCX, HookClsact, HookXDPNative, HookXDPGeneric} {
		t.Run(string(hook), func(t *testing.T) {
			lab := netlab.New(t, netlab.Config{})
			c := load(t, Config{Interfaces: []string{lab.Near.Name}, Hook: hook, Direction: In, Compile: compiled(t, "udp")})
			if err := c.Attach(); err != nil {
				t.Fatal(err)
			}
			stop := make(chan struct{})
			sent := make(chan int)
			go func() { sent <- sendUntil(t, netlab.NewWire(t, &lab.Far), stop) }()
			exprs := []string{"ip and not tcp", "len >= 60 and udp", "port 1 or not port 1", "udp"}
			for i := range 8 {
				if err := c.Replace(compiled(t, exprs[i%len(exprs)]), ""); err != nil {
					t.Error(err)
				}
			}
			close(stop)
			frames := <-sent
			if err := c.Detach(); err != nil {
				t.Fatal(err)
			}
			l, err := c.Ledger()
			if err != nil {
				t.Fatal(err)
			}
			if l.Seen != uint64(frames) || l.Matched != uint64(frames) {
				t.Errorf("%d seen, %d matched of %d", l.Seen, l.Matched, frames)
			}
			t.Logf("%d frames", frames)
		})
	}
}

// sendUntil sends until told to stop, and says how many frames that were.
func sendUntil(t *testing.T, w *netlab.Wire, stop <-chan struct{}) (n int) {
	for {
		select {
		case <-stop:
			return n
		default:
			if err := sendMany(w, 100); err != nil {
				t.Error(err)
				return n
			}
			n += 100
		}
	}
}

func sendMany(w *netlab.Wire, n int) error {
	frame := netlab.UDP4(60, 1)
	for range n {
		if err := w.Send(frame); err != nil {
			return err
		}
	}
	return nil
}

// TestReplaceTakesEffect sees the verdict change, and stay when the new filter
// cannot be had.
func TestReplaceTakesEffect(t *testing.T) {
	lab := netlab.New(t, netlab.Config{})
	c := load(t, Config{Interfaces: []string{lab.Near.Name}, Direction: In, Compile: compiled(t, "tcp")})
	if err := c.Attach(); err != nil {
		t.Fatal(err)
	}
	w := netlab.NewWire(t, &lab.Far)
	matched := func() uint64 {
		t.Helper()
		before, err := c.Ledger()
		if err != nil {
			t.Fatal(err)
		}
		if err := sendMany(w, 10); err != nil {
			t.Fatal(err)
		}
		deadline := time.Now().Add(5 * time.Second)
		for {
			after, err := c.Ledger()
			if err != nil {
				t.Fatal(err)
			}
			if after.Seen == before.Seen+10 {
				return after.Matched - before.Matched
			}
			if time.Now().After(deadline) {
				t.Fatalf("%d of 10 frames seen", after.Seen-before.Seen)
			}
		}
	}
	if n := matched(); n != 0 {
		t.Errorf("tcp matched %d UDP frames", n)
	}
	if err := c.Replace(compiled(t, "udp"), "udp"); err != nil {
		t.Fatal(err)
	}
	if n := matched(); n != 10 {
		t.Errorf("udp matched %d of 10 UDP frames", n)
	}
	wrong := errors.New("no such filter")
	if err := c.Replace(func(Place) (Program, error) { return Program{}, wrong }, ""); !errors.Is(err, wrong) {
		t.Errorf("Replace = %v, want %v", err, wrong)
	}
	if n := matched(); n != 10 {
		t.Errorf("after a refused exchange udp matched %d of 10 UDP frames", n)
	}
}
