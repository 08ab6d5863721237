package loader

import (
	"errors"
	"fmt"
	"net"

	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// watch follows links for "any" until Detach.
func (c *Capture) watch() error {
	updates := make(chan netlink.LinkUpdate, 64)
	done := make(chan struct{})
	err := netlink.LinkSubscribeWithOptions(updates, done, netlink.LinkSubscribeOptions{
		ErrorCallback: func(err error) {
			c.cfg.Log.Error("interfaces no longer watched", "error", err)
		},
	})
	if err != nil {
		return fmt.Errorf("watch interfaces: %w", err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			case u, ok := <-updates:
				if !ok {
					return
				}
				c.follow(u)
			}
		}
	}()
	c.mu.Lock()
	c.stop = append(c.stop, func() { close(done); <-ended })
	c.mu.Unlock()
	return nil
}

// follow takes in an interface that came up, and lets go of one that went.
func (c *Capture) follow(u netlink.LinkUpdate) {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.portByIndex(u.Attrs().Index)
	if u.Header.Type == unix.RTM_DELLINK {
		c.forget(p)
		return
	}
	if p != nil || u.Attrs().Flags&net.FlagUp == 0 {
		return
	}
	if d := deviceOf(u.Attrs()); !d.Supported {
		return
	}
	if err := c.addPort(u.Link); err != nil {
		c.cfg.Log.Warn("new interface not captured", "interface", u.Attrs().Name, "error", err)
		return
	}
	if err := c.attachPort(c.ports[len(c.ports)-1]); err != nil && !errors.Is(err, unix.ENODEV) {
		c.cfg.Log.Warn("new interface not captured", "interface", u.Attrs().Name, "error", err)
		return
	}
	c.cfg.Log.Info("interface appeared", "interface", u.Attrs().Name)
}

func (c *Capture) forget(p *port) {
	if p == nil {
		return
	}
	p.gone = true
	_ = p.detach() // the kernel has done it already
	_ = c.maps["iface_ids"].Delete(uint32(p.iface.Index))
	c.cfg.Log.Info("interface vanished", "interface", p.iface.Name)
}

func (c *Capture) portByIndex(index int) *port {
	for _, p := range c.ports {
		if p.iface.Index == index && !p.gone {
			return p
		}
	}
	return nil
}
