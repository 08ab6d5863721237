package ringbuf_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"testing"

	"tengu/capture"
	"tengu/internal/netlab"
	"tengu/loader"
)

// hooks are the places where packets come in.
var hooks = []loader.Hook{loader.HookTCX, loader.HookClsact, loader.HookXDPNative, loader.HookXDPGeneric}

// skipUnsupported skips hooks that this kernel does not have.
func skipUnsupported(t *testing.T, h loader.Hook) {
	t.Helper()
	if h == loader.HookTCX && !loader.Probe().TCX {
		t.Skip("no tcx on this kernel (requires >= 6.6)")
	}
}

// frames of every kind that fits an MTU.
func frames(mtu int) [][]byte {
	vlan, outer, inner := netlab.Tag{TPID: 0x8100, TCI: 0x6005}, netlab.Tag{TPID: 0x88a8, TCI: 100}, netlab.Tag{TPID: 0x8100, TCI: 0xb0c8}
	var f [][]byte
	for i, size := range []int{60, 61, 62, 63, 64, 65, 95, 96, 97, 98, 127, 128, 129, 577, 1513, 1514, 1598, 1599, 1600, 1601, 4095, 4096, 4097, 9013, 9014} {
		if size > mtu+14 {
			break
		}
		seed := uint32(i + 1)
		f = append(f, netlab.UDP4(size, seed), netlab.UDP6(max(size, 62), seed+100))
		f = append(f, netlab.UDP4(size+4, seed, vlan), netlab.UDP6(max(size, 62)+4, seed+100, vlan))
		// A second tag counts as payload.
		if size+4 <= mtu+14 {
			f = append(f, netlab.UDP4(size+8, seed, outer, inner), netlab.UDP6(max(size, 62)+8, seed, outer, inner))
		}
	}
	return append(f,
		netlab.Ethernet(0x88b5, nil), netlab.Ethernet(0x88b5, []byte{1}), netlab.Ethernet(0x88b5, []byte{1, 2, 3}),
		// With less behind the tag the stack drops them (skb_vlan_untag).
		netlab.Ethernet(0x88b5, []byte{1, 2}, vlan), netlab.Ethernet(0x88b5, []byte{1, 2}, outer, inner),
		netlab.TCP4(0, 4, 7), netlab.TCP6(0, 1, 8), netlab.TCP4(1000, 0x18, 9, vlan))
}

func TestEveryPacketIn(t *testing.T) {
	for _, hook := range hooks {
		for _, mtu := range []int{1500, 9000} {
			for _, snaplen := range []int{0, 1, 13, 15, 17, 18, 96, 1599, 1600} {
				t.Run(fmt.Sprintf("%s mtu %d snaplen %d", hook, mtu, snaplen), func(t *testing.T) {
					skipUnsupported(t, hook)
					if hook == loader.HookXDPNative && mtu > 1500 && !loader.Probe().XDPLoad {
						t.Skip("no multi-buffer XDP on this kernel (requires >= 5.18)")
					}
					lab := netlab.New(t, netlab.Config{MTU: mtu})
					f := frames(mtu)
					g := start(t, loader.Config{Interfaces: []string{lab.Near.Name}, Hook: hook, SnapLen: uint32(snaplen)}, nil)
					if err := netlab.NewWire(t, &lab.Far).Send(f...); err != nil {
						t.Fatal(err)
					}
					g.awaitSeen(len(f))
					if snaplen == 0 {
						snaplen = loader.MaxSnapLen
					}
					g.compare(g.drain(), in(f...), snaplen, capture.LinkEthernet)
				})
			}
		}
	}
}

func TestEveryPacketOut(t *testing.T) {
	for _, hook := range []loader.Hook{loader.HookTCX, loader.HookClsact, loader.HookXDP} {
		t.Run(string(hook), func(t *testing.T) {
			skipUnsupported(t, hook)
			lab := netlab.New(t, netlab.Config{})
			f := frames(1500)
			g := start(t, loader.Config{Interfaces: []string{lab.Near.Name}, Hook: hook}, nil)
			if err := netlab.NewWire(t, &lab.Near).Send(f...); err != nil {
				t.Fatal(err)
			}
			g.awaitSeen(len(f))
			g.compare(g.drain(), out(f...), loader.MaxSnapLen, capture.LinkEthernet)
		})
	}
}

// Frames whose data lies in pages, not in the skb's head.
func TestNonLinear(t *testing.T) {
	for _, hook := range hooks {
		t.Run(string(hook), func(t *testing.T) {
			skipUnsupported(t, hook)
			if hook == loader.HookXDPNative && !loader.Probe().XDPLoad {
				t.Skip("no multi-buffer XDP on this kernel (requires >= 5.18)")
			}
			lab := netlab.New(t, netlab.Config{MTU: 9000})
			g := start(t, loader.Config{Interfaces: []string{lab.Near.Name}, Hook: hook}, nil)
			wire := netlab.NewBulkWire(t, &lab.Far)
			var sent [][]byte
			for i, size := range []int{4096, 5000, 8999, 9014} {
				for _, head := range []int{14, 34, 54, 4000} {
					f := netlab.UDP4(size, uint32(10*i+head))
					if err := wire.SendBulk(f, head, netlab.GSONone, 0); err != nil {
						t.Fatal(err)
					}
					sent = append(sent, f)
				}
				f := netlab.UDP6(size, uint32(i), netlab.Tag{TPID: 0x8100, TCI: 9})
				if err := wire.SendBulk(f, 66, netlab.GSONone, 0); err != nil {
					t.Fatal(err)
				}
				sent = append(sent, f)
			}
			g.awaitSeen(len(sent))
			g.compare(g.drain(), in(sent...), loader.MaxSnapLen, capture.LinkEthernet)
		})
	}
}

// At TC a GSO packet is one packet, up to 64 KiB, in both directions.
func TestGSOWhole(t *testing.T) {
	for _, hook := range []loader.Hook{loader.HookTCX, loader.HookClsact} {
		for _, dir := range []capture.Direction{capture.DirIn, capture.DirOut} {
			t.Run(fmt.Sprintf("%s %d", hook, dir), func(t *testing.T) {
				skipUnsupported(t, hook)
				lab := netlab.New(t, netlab.Config{})
				g := start(t, loader.Config{Interfaces: []string{lab.Near.Name}, Hook: hook}, nil)
				from := &lab.Far
				if dir == capture.DirOut {
					from = &lab.Near
				}
				sent := sendGSO(t, netlab.NewBulkWire(t, from))
				g.awaitSeen(len(sent))
				g.compare(g.drain(), wants(dir, sent), loader.MaxSnapLen, capture.LinkEthernet)
			})
		}
	}
}

// sendGSO sends TCP packets of several segments, the longest as long as the stack takes them whole.
func sendGSO(t *testing.T, wire *netlab.Wire) [][]byte {
	t.Helper()
	var sent [][]byte
	for i, payload := range []int{1449, 2896, 9000, 33333, 0xffff - 54} {
		f := netlab.TCP4(payload, 0x10, uint32(i+1))
		if err := wire.SendBulk(f, 54, netlab.GSOTCPv4, 1448); err != nil {
			t.Fatal(err)
		}
		f6 := netlab.TCP6(min(payload, 0xffff-74), 0x10, uint32(i+1))
		if err := wire.SendBulk(f6, 74, netlab.GSOTCPv6, 1428); err != nil {
			t.Fatal(err)
		}
		sent = append(sent, f, f6)
	}
	return sent
}

// At XDP the same packets come, as segments (native) or whole (generic, where
// the skb passes as it is): no byte of payload is missing either way.
func TestGSOAtXDP(t *testing.T) {
	for _, hook := range []loader.Hook{loader.HookXDPNative, loader.HookXDPGeneric} {
		t.Run(string(hook), func(t *testing.T) {
			lab := netlab.New(t, netlab.Config{})
			g := start(t, loader.Config{Interfaces: []string{lab.Near.Name}, Hook: hook, Direction: loader.In}, nil)
			sent := sendGSO(t, netlab.NewBulkWire(t, &lab.Far))
			var payload [2]int
			for i, f := range sent {
				payload[i&1] += len(f) - 54 - 20*(i&1)
			}
			g.awaitPayload(payload[0] + payload[1])
			var got [2][]byte
			for _, p := range g.drain() {
				if p.wire != len(p.data) {
					t.Errorf("wire length %d, %d bytes captured", p.wire, len(p.data))
				}
				if binary.BigEndian.Uint16(p.data[12:]) == 0x0800 {
					got[0] = append(got[0], p.data[54:]...)
				} else {
					got[1] = append(got[1], p.data[74:]...)
				}
			}
			var want [2][]byte
			for i, f := range sent {
				want[i&1] = append(want[i&1], f[54+20*(i&1):]...)
			}
			for v := range want {
				if !bytes.Equal(got[v], want[v]) {
					t.Errorf("IP family %d: %d bytes of payload, sent %d", v, len(got[v]), len(want[v]))
				}
			}
		})
	}
}

// awaitPayload reads until so many bytes behind the headers have come.
func (g *rig) awaitPayload(n int) {
	g.t.Helper()
	var b capture.Batch
	deadline := deadline()
	for have := 0; have < n; {
		if err := g.r.ReadBatch(&b); err != nil {
			g.t.Fatal(err)
		}
		g.take(&b)
		for _, p := range b.Packets {
			have += len(p.Data) - 54
			if binary.BigEndian.Uint16(p.Data[12:]) != 0x0800 {
				have -= 20
			}
		}
		if deadline() {
			g.t.Fatalf("%d of %d bytes of payload came", have, n)
		}
		if len(b.Packets) == 0 {
			if err := g.r.Wait(); err != nil {
				g.t.Fatal(err)
			}
		}
	}
}

// A TCP conversation, both ways, as the other end of the pair sees it.
func TestConversation(t *testing.T) {
	for _, network := range []string{"tcp4", "tcp6"} {
		t.Run(network, func(t *testing.T) {
			lab := netlab.New(t, netlab.Config{Addresses: true})
			g := start(t, loader.Config{Interfaces: []string{lab.Near.Name}}, nil)
			lab.Converse(t, network, 200_000, true)
			var bytesOut, resets int
			for _, p := range g.drain() {
				tcp := tcpOf(p.data)
				if tcp == nil {
					continue
				}
				if p.dir == capture.DirOut {
					bytesOut += len(tcp) - int(tcp[12]>>4)*4
				}
				if tcp[13]&4 != 0 {
					resets++
				}
			}
			if bytesOut < 200_000 || resets == 0 {
				t.Errorf("%d bytes of the answer and %d resets were captured", bytesOut, resets)
			}
		})
	}
}

// tcpOf returns the TCP header and payload of a frame without options, nil if
// it is another.
func tcpOf(f []byte) []byte {
	switch {
	case len(f) >= 54 && binary.BigEndian.Uint16(f[12:]) == 0x0800 && f[23] == 6:
		return f[34:max(54, min(len(f), 14+int(binary.BigEndian.Uint16(f[16:]))))]
	case len(f) >= 74 && binary.BigEndian.Uint16(f[12:]) == 0x86dd && f[20] == 6:
		return f[54:]
	}
	return nil
}

// A program that is already at XDP stays, and we say so.
func TestForeignXDP(t *testing.T) {
	lab := netlab.New(t, netlab.Config{})
	l := foreignXDP(t, lab.Near.Index)
	c, err := loader.Load(loader.Config{Interfaces: []string{lab.Near.Name}, Hook: loader.HookXDP})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var busy *loader.BusyError
	if err := c.Attach(); !errors.As(err, &busy) || busy.Program == "" {
		t.Fatalf("attach beside a foreign program: %v", err)
	}
	if _, err := l.Info(); err != nil {
		t.Errorf("the foreign program: %v", err)
	}
	// TC coexists.
	g := start(t, loader.Config{Interfaces: []string{lab.Near.Name}}, nil)
	f := netlab.UDP4(100, 1)
	if err := netlab.NewWire(t, &lab.Far).Send(f); err != nil {
		t.Fatal(err)
	}
	g.awaitSeen(1)
	g.compare(g.drain(), in(f), loader.MaxSnapLen, capture.LinkEthernet)
}

// Two captures of one interface both see everything.
func TestTwoCaptures(t *testing.T) {
	for _, hook := range []loader.Hook{loader.HookTCX, loader.HookClsact} {
		t.Run(string(hook), func(t *testing.T) {
			skipUnsupported(t, hook)
			lab := netlab.New(t, netlab.Config{})
			a := start(t, loader.Config{Interfaces: []string{lab.Near.Name}, Hook: hook}, nil)
			b := start(t, loader.Config{Interfaces: []string{lab.Near.Name}, Hook: hook}, nil)
			wire := netlab.NewWire(t, &lab.Far)
			f := frames(1500)
			if err := wire.Send(f...); err != nil {
				t.Fatal(err)
			}
			a.awaitSeen(len(f))
			b.awaitSeen(len(f))
			a.compare(a.drain(), in(f...), loader.MaxSnapLen, capture.LinkEthernet)
			// The one that stays goes on.
			if err := wire.Send(f[0]); err != nil {
				t.Fatal(err)
			}
			b.awaitSeen(len(f) + 1)
			b.compare(b.drain(), in(append(f, f[0])...), loader.MaxSnapLen, capture.LinkEthernet)
		})
	}
}

// The interface goes while being captured: what was captured is read, and
// nothing complains.
func TestInterfaceDeleted(t *testing.T) {
	for _, hook := range hooks {
		t.Run(string(hook), func(t *testing.T) {
			skipUnsupported(t, hook)
			lab := netlab.New(t, netlab.Config{})
			g := start(t, loader.Config{Interfaces: []string{lab.Near.Name}, Hook: hook, Promisc: true}, nil)
			f := netlab.UDP4(100, 1)
			if err := netlab.NewWire(t, &lab.Far).Send(f); err != nil {
				t.Fatal(err)
			}
			g.awaitSeen(1)
			if err := netlab.DeleteLink(lab.Near.Name); err != nil {
				t.Fatal(err)
			}
			g.compare(g.drain(), in(f), loader.MaxSnapLen, capture.LinkEthernet)
		})
	}
}
