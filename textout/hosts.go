package textout

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"sync"
	"time"
)

const (
	// maxHosts bounds the cache of names; when it is full it starts anew.
	maxHosts = 1 << 16
	// hostPatience is how long a line may wait for a name, once per address:
	// after that the number is printed until the answer comes.
	hostPatience = 300 * time.Millisecond
	hostTimeout  = 5 * time.Second
	// slowLookups is how many late answers in a row end the waiting.
	slowLookups = 3
)

// hosts finds names of addresses by reverse DNS and /etc/hosts, in the
// background and with bounded memory.
type hosts struct {
	mu    sync.Mutex
	names map[netip.Addr]string // "" while unknown
	slow  int
	slots chan struct{}
}

func newHosts() *hosts {
	return &hosts{names: map[netip.Addr]string{}, slots: make(chan struct{}, 64)}
}

// host returns the name of an address, empty if it has none (yet).
func (n *names) host(a netip.Addr) string {
	if n.opt.Foreign && !local(a) || n.hosts == nil {
		return ""
	}
	name := n.hosts.find(a)
	if n.opt.NoDomain {
		name, _, _ = strings.Cut(name, ".")
	}
	return name
}

// local says that an address belongs to a network of this machine (-f).
func local(a netip.Addr) bool {
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return false
	}
	for _, x := range addrs {
		if p, err := netip.ParsePrefix(x.String()); err == nil && p.Contains(a) {
			return true
		}
	}
	return false
}

func (h *hosts) find(a netip.Addr) string {
	h.mu.Lock()
	name, known := h.names[a]
	slow := h.slow
	h.mu.Unlock()
	if known {
		return name
	}
	done := h.ask(a)
	if done == nil || slow >= slowLookups {
		return ""
	}
	select {
	case name = <-done:
		return name
	case <-time.After(hostPatience):
		h.mu.Lock()
		h.slow++
		h.mu.Unlock()
		return ""
	}
}

// ask looks an address up in the background; nil if too many are under way.
func (h *hosts) ask(a netip.Addr) <-chan string {
	select {
	case h.slots <- struct{}{}:
	default:
		return nil
	}
	h.set(a, "")
	done := make(chan string, 1)
	go func() {
		defer func() { <-h.slots }()
		ctx, cancel := context.WithTimeout(context.Background(), hostTimeout)
		defer cancel()
		name := ""
		if list, err := net.DefaultResolver.LookupAddr(ctx, a.String()); err == nil && len(list) > 0 {
			name = strings.TrimSuffix(list[0], ".")
		}
		h.set(a, name)
		done <- name
	}()
	return done
}

func (h *hosts) set(a netip.Addr, name string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.names) >= maxHosts {
		clear(h.names)
	}
	h.names[a] = name
}
