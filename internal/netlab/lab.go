package netlab

import (
	"errors"
	"fmt"
	"net"
	"os"
	"runtime"
	"sync/atomic"
	"testing"

	"github.com/vishvananda/netlink"
	"github.com/vishvananda/netns"
	"golang.org/x/sys/unix"
)

// Config describes a pair. The zero value is a pair with an MTU of 1500 and
// without addresses.
type Config struct {
	MTU int // 0 means 1500
	// Queues is how many receive and transmit queues each end has; 0 means 1.
	Queues int
	// Addresses gives both ends addresses: 10.77.N.1 and fd77:N::1 near, .2 and
	// ::2 far. IPv6 is on then, and so are the packets it sends by itself.
	Addresses bool
}

// Lab is a veth pair between this process's namespace and another.
type Lab struct {
	t         testing.TB
	Near, Far End
}

// End is one end of the pair.
type End struct {
	Name  string
	Index int
	MAC   net.HardwareAddr
	// V4 and V6 are its addresses, if the lab has any.
	V4, V6 net.IP
	ns     netns.NsHandle
	here   bool
}

var pairs atomic.Uint32

// New makes a pair, both ends up. It is removed when the test ends.
func New(t testing.TB, cfg Config) *Lab {
	t.Helper()
	Require(t)
	l := &Lab{t: t}
	n := pairs.Add(1)
	tag := fmt.Sprintf("%d%c", os.Getpid()%100000, 'a'+n%26)
	l.Near.Name, l.Far.Name = fmt.Sprintf("tn%s%d", tag, n), fmt.Sprintf("tf%s%d", tag, n)
	if err := l.build(&cfg, int(n)); err != nil {
		Permitted(t, err)
		t.Fatalf("make veth pair: %v", err)
	}
	return l
}

func (l *Lab) build(cfg *Config, n int) error {
	if err := quiet(cfg.Addresses); err != nil {
		return err
	}
	ns, err := newNS()
	if err != nil {
		return fmt.Errorf("make namespace: %w", err)
	}
	l.t.Cleanup(func() { _ = ns.Close() })
	l.Near.here, l.Far.ns = true, ns
	if err := l.Far.Do(func() error { return quiet(cfg.Addresses) }); err != nil {
		return err
	}
	if err := l.addPair(cfg); err != nil {
		return err
	}
	l.t.Cleanup(func() { _ = DeleteLink(l.Near.Name) }) // the test may have done it
	for i, e := range []*End{&l.Near, &l.Far} {
		if err := e.Do(func() error { return e.up(cfg.Addresses, n, i+1) }); err != nil {
			return fmt.Errorf("%s: %w", e.Name, err)
		}
	}
	return nil
}

func (l *Lab) addPair(cfg *Config) error {
	attrs := netlink.NewLinkAttrs()
	attrs.Name, attrs.MTU = l.Near.Name, cfg.MTU
	if cfg.Queues > 0 {
		attrs.NumRxQueues, attrs.NumTxQueues = cfg.Queues, cfg.Queues
	}
	veth := &netlink.Veth{
		LinkAttrs: attrs, PeerName: l.Far.Name, PeerNamespace: netlink.NsFd(int(l.Far.ns)),
		PeerMTU: uint32(cfg.MTU),
	}
	if cfg.Queues > 0 {
		veth.PeerNumRxQueues, veth.PeerNumTxQueues = uint32(cfg.Queues), uint32(cfg.Queues)
	}
	return netlink.LinkAdd(veth)
}

// quiet keeps IPv6 from sending on interfaces made from now on.
func quiet(v6 bool) error {
	off := "1"
	if v6 {
		off = "0"
	}
	err := os.WriteFile("/proc/sys/net/ipv6/conf/default/disable_ipv6", []byte(off), 0)
	if errors.Is(err, os.ErrNotExist) {
		return nil // a kernel without IPv6
	}
	return err
}

// up brings an end up and learns what it is.
func (e *End) up(addresses bool, net16, host int) error {
	link, err := netlink.LinkByName(e.Name)
	if err != nil {
		return err
	}
	if addresses {
		e.V4 = net.IPv4(10, 77, byte(net16), byte(host))
		e.V6 = net.ParseIP(fmt.Sprintf("fd77:%x::%d", net16, host))
		for _, a := range []netlink.Addr{
			{IPNet: &net.IPNet{IP: e.V4, Mask: net.CIDRMask(24, 32)}},
			{IPNet: &net.IPNet{IP: e.V6, Mask: net.CIDRMask(64, 128)}, Flags: unix.IFA_F_NODAD},
		} {
			if err := netlink.AddrAdd(link, &a); err != nil {
				return err
			}
		}
	}
	e.Index, e.MAC = link.Attrs().Index, link.Attrs().HardwareAddr
	return netlink.LinkSetUp(link)
}

// Do runs f in the end's namespace, on a thread that serves nothing else. What
// f opens there stays there.
func (e *End) Do(f func() error) error {
	if e.here {
		return f()
	}
	done := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread goes with its namespace
		if err := netns.Set(e.ns); err != nil {
			done <- err
			return
		}
		done <- f()
	}()
	return <-done
}

// newNS makes a namespace that lives as long as its handle or its interfaces.
func newNS() (netns.NsHandle, error) {
	type result struct {
		ns  netns.NsHandle
		err error
	}
	done := make(chan result, 1)
	go func() {
		runtime.LockOSThread()
		ns, err := netns.New()
		done <- result{ns, err}
	}()
	r := <-done
	return r.ns, r.err
}

// DeleteLink removes an interface of this namespace.
func DeleteLink(name string) error {
	link, err := netlink.LinkByName(name)
	if err != nil {
		return err
	}
	return netlink.LinkDel(link)
}
