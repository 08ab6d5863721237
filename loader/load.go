package loader

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/rlimit"
	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"

	"tengu/bpf"
	"tengu/capture"
)

const (
	noRing  = ^uint32(0)
	noIface = ^uint32(0)
	// maxIfaces bounds the interfaces of one capture of "any", over its life.
	maxIfaces = 1024
)

// Capture is a loaded capture. Its methods are safe for concurrent use.
type Capture struct {
	cfg    Config
	kernel Kernel
	spec   *ebpf.CollectionSpec
	geo    Geometry
	maps   map[string]*ebpf.Map

	mu       sync.Mutex
	variants map[variant]*loaded
	sets     map[string]*ebpf.Map // of filters, by reference name
	ports    []*port              // by interface id
	stop     []func()
	closed   bool
}

// port is one interface being captured.
type port struct {
	iface *capture.Interface
	link  netlink.Link
	hooks []hook // undone in reverse order
	gone  bool
}

// variant identifies a loaded set of programs: for one interface, or for all of
// a link type (iface noIface).
type variant struct {
	kind     ProgramKind
	linkType capture.LinkType
	iface    uint32
	ifindex  int // of iface, 0 for all
	exit     bool
	target   ebpf.ProgramID // of an XDP program, for KindTrace
}

// Load prepares everything up to attaching: it finds the interfaces, lays out
// the rings and loads the programs. Close undoes it.
func Load(cfg Config) (*Capture, error) {
	cfg.fill()
	if err := checkPrivileges(); err != nil {
		return nil, err
	}
	if err := rlimit.RemoveMemlock(); err != nil {
		return nil, fmt.Errorf("raise memlock limit (needed before kernel 5.11; try ulimit -l unlimited): %w", err)
	}
	spec, err := bpf.LoadCapture()
	if err != nil {
		return nil, fmt.Errorf("read programs: %w", err)
	}
	c := &Capture{cfg: cfg, kernel: Probe(), spec: spec, variants: map[variant]*loaded{}, sets: map[string]*ebpf.Map{}}
	if err := c.load(); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	return c, nil
}

func (c *Capture) load() error {
	links, err := c.links()
	if err != nil {
		return err
	}
	if err := c.createMaps(); err != nil {
		return err
	}
	if err := c.startClock(); err != nil {
		return err
	}
	for _, l := range links {
		if err := c.addPort(l); err != nil {
			return err
		}
	}
	return nil
}

// Any says that interfaces may still appear.
func (c *Capture) Any() bool {
	for _, n := range c.cfg.Interfaces {
		if n == Any {
			return true
		}
	}
	return false
}

// links resolves the configured names; for "any", what is there now and up.
func (c *Capture) links() ([]netlink.Link, error) {
	if len(c.cfg.Interfaces) == 0 {
		return nil, errors.New("no interface given")
	}
	if c.Any() {
		all, err := netlink.LinkList()
		if err != nil {
			return nil, fmt.Errorf("list interfaces: %w", err)
		}
		return anyLinks(all, c.cfg.Log), nil
	}
	var out []netlink.Link
	for _, n := range c.cfg.Interfaces {
		l, err := lookup(n)
		if err != nil {
			return nil, err
		}
		if !deviceOf(l.Attrs()).Up {
			return nil, fmt.Errorf("%s: That device is not up", n)
		}
		out = append(out, l)
	}
	return out, nil
}

// anyLinks leaves out what cannot be captured, saying so.
func anyLinks(all []netlink.Link, log *slog.Logger) []netlink.Link {
	var out []netlink.Link
	for _, l := range all {
		switch d := deviceOf(l.Attrs()); {
		case !d.Supported:
			log.Warn("interface left out: link type not supported", "interface", d.Name, "type", l.Attrs().EncapType)
		case d.Up:
			out = append(out, l)
		}
	}
	return out
}

// createMaps sizes and creates the maps all variants share.
func (c *Capture) createMaps() error {
	cpus, err := possibleCPUs()
	if err != nil {
		return err
	}
	online, err := onlineCPUs()
	if err != nil {
		return err
	}
	if c.geo, err = c.cfg.geometry(len(online)); err != nil {
		return err
	}
	ifaces := uint32(len(c.cfg.Interfaces))
	if c.Any() {
		ifaces = maxIfaces
	}
	m := c.spec.Maps
	m["ring_data"].ValueSize = uint32(c.geo.Stride)
	m["ring_data"].MaxEntries = uint32(c.geo.Rings * c.geo.Blocks)
	m["rings"].MaxEntries = uint32(c.geo.Rings)
	m["cpu_ring"].MaxEntries = uint32(cpus)
	m["counters"].MaxEntries = 2 * ifaces
	m["iface_ids"].MaxEntries = ifaces
	m["doorbell"].MaxEntries = uint32(os.Getpagesize())
	m[".bss"].Flags |= unix.BPF_F_MMAPABLE // as the collection loader has it
	c.maps = map[string]*ebpf.Map{}
	for _, name := range []string{"ring_data", "rings", "cpu_ring", "counters", "iface_ids", "doorbell", "window", ".bss"} {
		s := m[name]
		if s == nil {
			return fmt.Errorf("create map %s: not in the object", name)
		}
		if c.maps[name], err = ebpf.NewMap(s); err != nil {
			return fmt.Errorf("create map %s: %w", name, err)
		}
	}
	return c.assignRings(cpus, online)
}

// assignRings gives every online CPU a ring and tells the others that they have
// none. No ring wants to be woken yet.
func (c *Capture) assignRings(cpus int, online []int) error {
	for cpu := range cpus {
		if err := c.maps["cpu_ring"].Put(uint32(cpu), noRing); err != nil {
			return fmt.Errorf("assign rings: %w", err)
		}
	}
	for ring, cpu := range online {
		if err := c.maps["cpu_ring"].Put(uint32(cpu), uint32(ring)); err != nil {
			return fmt.Errorf("assign rings: %w", err)
		}
		if err := c.maps["rings"].Put(uint32(ring), bpf.CaptureRingCtl{Wake: ^uint64(0)}); err != nil {
			return fmt.Errorf("set up ring %d: %w", ring, err)
		}
	}
	return nil
}

// program returns a loaded program, loading it on first use.
func (c *Capture) program(v variant) (*ebpf.Program, error) {
	name := programName(v)
	if l, ok := c.variants[v]; ok {
		return l.Programs[name], nil
	}
	l, err := c.loadVariant(v, name)
	if err != nil {
		return nil, err
	}
	c.variants[v] = l
	return l.Programs[name], nil
}

func programName(v variant) string {
	switch {
	case v.kind == KindXDP:
		return "tengu_xdp"
	case v.kind == KindIngress:
		return "tengu_ingress"
	case v.kind == KindEgress:
		return "tengu_egress"
	case v.exit:
		return "tengu_exit"
	}
	return "tengu_entry"
}

func (c *Capture) loadVariant(v variant, name string) (*loaded, error) {
	for cut := 0; ; cut++ {
		l, err := c.tryVariant(v, name, cut)
		if err == nil || !tooLarge(err) || cut == maxCut {
			return l, err
		}
		c.cfg.Log.Debug("filter too large for the verifier, taking half of it", "program", name, "error", err)
	}
}

// tryVariant loads a variant with its filter halved cut times.
func (c *Capture) tryVariant(v variant, name string, cut int) (*loaded, error) {
	spec := c.spec.Copy()
	prog := spec.Programs[name]
	spec.Programs = map[string]*ebpf.ProgramSpec{name: prog}
	if err := c.configure(spec, v); err != nil {
		return nil, err
	}
	l := &loaded{}
	replace, err := c.spliceFilter(spec, prog, v, cut, l)
	if err != nil {
		return nil, err
	}
	if v.kind == KindXDP && c.kernel.XDPLoad {
		prog.Flags |= flagXDPFrags
	}
	if v.kind == KindTrace {
		if err := aimAt(prog, v.target); err != nil {
			return nil, err
		}
	}
	l.Collection, err = ebpf.NewCollectionWithOptions(spec, ebpf.CollectionOptions{MapReplacements: replace})
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", name, explainLoad(err))
	}
	return l, nil
}

// flagXDPFrags is BPF_F_XDP_HAS_FRAGS: the program takes multi-buffer frames.
const flagXDPFrags = 1 << 5

// configure fixes the program's constants.
func (c *Capture) configure(spec *ebpf.CollectionSpec, v variant) error {
	b := func(x bool) uint8 {
		if x {
			return 1
		}
		return 0
	}
	shift := uint32(0)
	for 1<<shift < c.geo.BlockSize {
		shift++
	}
	for name, value := range map[string]any{
		"snaplen": c.cfg.SnapLen, "block_shift": shift, "blocks": uint32(c.geo.Blocks),
		"iface_id": v.iface, "overwrite": b(c.cfg.Overwrite), "have_xdp_load": b(c.kernel.XDPLoad),
	} {
		if err := spec.Variables[name].Set(value); err != nil {
			return fmt.Errorf("configure %s: %w", name, err)
		}
	}
	return nil
}

// Rings returns the geometry and the maps of the rings; they stay valid until
// Close.
func (c *Capture) Rings() (geo Geometry, data, ctl, doorbell *ebpf.Map) {
	return c.geo, c.maps["ring_data"], c.maps["rings"], c.maps["doorbell"]
}

// Interfaces returns what is or was captured, indexed by ID. It only grows.
func (c *Capture) Interfaces() []*capture.Interface {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]*capture.Interface, len(c.ports))
	for i, p := range c.ports {
		out[i] = p.iface
	}
	return out
}

// Close detaches what is still attached and releases programs and maps. The
// mapped rings must not be used any more.
func (c *Capture) Close() error {
	err := c.Detach()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return err
	}
	c.closed = true
	for _, coll := range c.variants {
		coll.Close()
	}
	for _, m := range c.maps {
		if m != nil {
			err = errors.Join(err, m.Close())
		}
	}
	for _, m := range c.sets {
		err = errors.Join(err, m.Close())
	}
	return err
}
