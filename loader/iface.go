package loader

import (
	"cmp"
	"errors"
	"fmt"
	"net"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/vishvananda/netlink"

	"tengu/capture"
)

// ErrNoDevice says that no interface has the given name.
var ErrNoDevice = errors.New("No such device exists") //nolint:staticcheck // tcpdump's words

// Device is a network interface as tcpdump -D lists it.
type Device struct {
	Name                           string
	Index                          int
	Up, Running, Loopback, Carrier bool
	LinkType                       capture.LinkType
	Supported                      bool // a link type we can capture
}

// Any is the pseudo-device that stands for all interfaces.
const Any = "any"

// Devices lists the interfaces of this network namespace in tcpdump's order:
// up and running ones first, loopback after the others of its class.
func Devices() ([]Device, error) {
	links, err := netlink.LinkList()
	if err != nil {
		return nil, fmt.Errorf("list interfaces: %w", err)
	}
	out := make([]Device, 0, len(links))
	for _, l := range links {
		out = append(out, deviceOf(l.Attrs()))
	}
	sortDevices(out)
	return out, nil
}

func deviceOf(a *netlink.LinkAttrs) Device {
	lt, ok := linkTypeOf(a)
	return Device{
		Name: a.Name, Index: a.Index,
		Up:       a.Flags&net.FlagUp != 0,
		Running:  a.Flags&net.FlagRunning != 0,
		Loopback: a.Flags&net.FlagLoopback != 0,
		Carrier:  a.OperState != netlink.OperDown && a.OperState != netlink.OperLowerLayerDown,
		LinkType: lt, Supported: ok,
	}
}

// linkTypeOf maps the kernel's ARPHRD_ type. Devices whose frames start with
// the IP header are LINKTYPE_RAW (DESIGN §3).
func linkTypeOf(a *netlink.LinkAttrs) (capture.LinkType, bool) {
	switch a.EncapType {
	case "ether", "loopback":
		return capture.LinkEthernet, true
	case "none", "ipip", "tunnel6", "sit", "gre", "ip6gre", "rawip", "ppp":
		return capture.LinkRaw, true
	}
	return 0, false
}

// lookup finds an interface by name, or by its number in Devices.
func lookup(name string) (netlink.Link, error) {
	l, err := netlink.LinkByName(name)
	if err == nil {
		return l, nil
	}
	var none netlink.LinkNotFoundError
	if !errors.As(err, &none) {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return nil, fmt.Errorf("%s: %w", name, ErrNoDevice)
}

// LinkTypeOf is the link type of an interface.
func LinkTypeOf(name string) (capture.LinkType, error) {
	l, err := lookup(name)
	if err != nil {
		return 0, err
	}
	lt, ok := linkTypeOf(l.Attrs())
	if !ok {
		return 0, fmt.Errorf("%s: link type %s not supported", name, l.Attrs().EncapType)
	}
	return lt, nil
}

// hardware are the ARPHRD_ numbers of the link types above (linux/if_arp.h).
var hardware = map[string]uint16{
	"ether": 1, "loopback": 772, "ppp": 512, "rawip": 519, "ipip": 768, "tunnel6": 769,
	"sit": 776, "gre": 778, "ip6gre": 823, "none": 65534,
}

// describe makes the capture's view of a link.
func describe(l netlink.Link, id int, cfg *Config) (*capture.Interface, error) {
	a := l.Attrs()
	lt, ok := linkTypeOf(a)
	if !ok {
		return nil, fmt.Errorf("%s: link type %s not supported", a.Name, a.EncapType)
	}
	return &capture.Interface{
		ID: id, Index: a.Index, Name: a.Name, Description: a.Alias, MAC: a.HardwareAddr,
		Hardware: hardware[a.EncapType], LinkType: lt, SnapLen: cfg.SnapLen, Speed: speedOf(a.Name), Filter: cfg.FilterText, Nano: true,
	}, nil
}

// speedOf reads the link speed in bits per second, 0 if the driver has none.
func speedOf(name string) uint64 {
	b, err := os.ReadFile("/sys/class/net/" + name + "/speed")
	if err != nil {
		return 0
	}
	mbit, err := strconv.ParseInt(strings.TrimSpace(string(b)), 10, 64)
	if err != nil || mbit <= 0 {
		return 0
	}
	return uint64(mbit) * 1e6
}

// sortDevices orders as libpcap's get_figure_of_merit does: running before not
// running, up before down, then loopback last, each by interface number.
func sortDevices(devs []Device) {
	merit := func(d Device) int {
		m := d.Index
		if !d.Running {
			m |= 1 << 31
		}
		if !d.Up {
			m |= 1 << 30
		}
		if d.Loopback {
			m |= 1 << 28
		}
		if d.Up && !d.Carrier {
			m |= 1 << 27
		}
		return m
	}
	slices.SortStableFunc(devs, func(a, b Device) int { return cmp.Compare(merit(a), merit(b)) })
}
