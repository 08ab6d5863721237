package loader

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/btf"
	"github.com/cilium/ebpf/link"
	"github.com/safchain/ethtool"
	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// Machine is what the host offers for capturing. Nothing is attached to find out.
type Machine struct {
	Kernel
	// Missing names the capabilities that this process lacks.
	Missing []string
	// Lockdown is the kernel's lockdown mode ("none", "integrity",
	// "confidentiality"), empty where there is no such thing.
	Lockdown string
	// BTF: the kernel has type information (needed by the trace hooks).
	BTF bool
	// JIT: programs are compiled to machine code.
	JIT bool
	// Memlock is the limit on locked memory, in bytes; it counts below 5.11.
	Memlock        uint64
	MemlockMatters bool
	CPUs           int // online
	Interfaces     []Port
}

// Port is what one interface offers.
type Port struct {
	Device
	Driver   string
	MTU      int
	RxQueues int
	// XDPProgram is the XDP program that is attached, empty if none.
	XDPProgram string
	// TCPrograms are the programs at tcx, "ingress NAME" or "egress NAME".
	TCPrograms []string
	// Offloads that shape what is seen: "gro", "lro", "tso", "gso", "rxvlan".
	Offloads []string
	Hooks    []Offer
	// Choice is what --hook tc takes, and ChoiceXDP what --hook xdp takes.
	Choice, ChoiceXDP string
}

// Offer says whether a hook can be used; if not, why not.
type Offer struct {
	Hook   Hook
	OK     bool
	Reason string
}

// Examine looks at the machine and at the interfaces with the given names, all
// of them if there are none.
func Examine(names []string) (*Machine, error) {
	m := &Machine{Kernel: Probe()}
	m.examineHost()
	devs, err := Devices()
	if err != nil {
		return nil, err
	}
	for _, d := range devs {
		if len(names) == 0 || contains(names, d.Name) {
			m.Interfaces = append(m.Interfaces, m.examinePort(d))
		}
	}
	for _, n := range names {
		if _, err := lookup(n); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func (m *Machine) examineHost() {
	m.Missing = missingCaps()
	m.Lockdown = lockdown()
	_, err := btf.LoadKernelSpec()
	m.BTF = err == nil
	b, _ := os.ReadFile("/proc/sys/net/core/bpf_jit_enable")
	m.JIT = strings.TrimSpace(string(b)) != "0"
	var lim unix.Rlimit
	if unix.Getrlimit(unix.RLIMIT_MEMLOCK, &lim) == nil {
		m.Memlock = lim.Cur
	}
	major, minor := kernelVersion(m.Release)
	m.MemlockMatters = major < 5 || major == 5 && minor < 11
	if cpus, err := onlineCPUs(); err == nil {
		m.CPUs = len(cpus)
	}
}

// missingCaps lists the capabilities that capturing takes and this process has
// not got.
func missingCaps() []string {
	eff, err := effectiveCaps()
	if err != nil {
		return nil
	}
	has := func(c uint) bool { return eff>>c&1 == 1 }
	var out []string
	if !has(capNetAdmin) {
		out = append(out, "cap_net_admin")
	}
	if has(capSysAdmin) {
		return out
	}
	if !has(capBPF) {
		out = append(out, "cap_bpf")
	}
	if !has(capPerfmon) {
		out = append(out, "cap_perfmon")
	}
	return out
}

// lockdown reads the mode in brackets: "none [integrity] confidentiality".
func lockdown() string {
	b, err := os.ReadFile("/sys/kernel/security/lockdown")
	if err != nil {
		return ""
	}
	_, rest, _ := strings.Cut(string(b), "[")
	mode, _, _ := strings.Cut(rest, "]")
	return mode
}

func (m *Machine) examinePort(d Device) Port {
	p := Port{Device: d}
	l, err := netlink.LinkByIndex(d.Index)
	if err != nil {
		p.Hooks = []Offer{{HookTC, false, err.Error()}}
		return p
	}
	p.MTU = l.Attrs().MTU
	p.Driver, _ = ethtool.DriverName(d.Name)
	queues, _ := filepath.Glob("/sys/class/net/" + d.Name + "/queues/rx-*")
	p.RxQueues = len(queues)
	p.Offloads = offloads(d.Name)
	if id := attachedXDP(d.Index); id != 0 {
		p.XDPProgram = programLabel(id)
	}
	p.TCPrograms = tcxPrograms(d.Index)
	m.offers(&p)
	return p
}

// offloads asks for the features that make frames at the hook differ from those
// on the wire.
func offloads(name string) []string {
	e, err := ethtool.NewEthtool()
	if err != nil {
		return nil
	}
	defer e.Close()
	on, err := e.Features(name)
	if err != nil {
		return nil
	}
	var out []string
	for _, f := range []struct{ short, name string }{
		{"gro", "rx-gro"}, {"lro", "rx-lro"}, {"gro-hw", "rx-gro-hw"}, {"gso", "tx-generic-segmentation"},
		{"tso", "tx-tcp-segmentation"}, {"rxvlan", "rx-vlan-hw-parse"}, {"txvlan", "tx-vlan-hw-insert"},
	} {
		if on[f.name] {
			out = append(out, f.short)
		}
	}
	return out
}

// tcxPrograms lists who else is at tcx.
func tcxPrograms(ifindex int) []string {
	var out []string
	for _, at := range []struct {
		name string
		typ  ebpf.AttachType
	}{{"ingress", ebpf.AttachTCXIngress}, {"egress", ebpf.AttachTCXEgress}} {
		res, err := link.QueryPrograms(link.QueryOptions{Target: ifindex, Attach: at.typ})
		if err != nil {
			continue
		}
		for _, p := range res.Programs {
			out = append(out, at.name+" "+programLabel(p.ID))
		}
	}
	return out
}

// offers goes through the hooks in the order of their ladders.
func (m *Machine) offers(p *Port) {
	add := func(h Hook, reason string) bool {
		p.Hooks = append(p.Hooks, Offer{h, reason == "", reason})
		return reason == ""
	}
	general := m.obstacle(p)
	first := func(reasons ...string) string {
		for _, r := range append([]string{general}, reasons...) {
			if r != "" {
				return r
			}
		}
		return ""
	}
	tcx := ""
	if !m.TCX {
		tcx = "kernel " + m.Release + " has no tcx (requires >= 6.6)"
	}
	if add(HookTCX, first(tcx)) {
		p.Choice = "tcx"
	}
	if add(HookClsact, first()) && p.Choice == "" {
		p.Choice = "clsact"
	}
	if add(HookXDPNative, first(m.xdpObstacle(p), nativeObstacle(p, m.XDPLoad))) {
		p.ChoiceXDP = "xdp native"
		if m.XDPLoad {
			p.ChoiceXDP = "xdp.frags native"
		}
	}
	if add(HookXDPGeneric, first(m.xdpObstacle(p))) && p.ChoiceXDP == "" {
		p.ChoiceXDP = "xdp generic"
	}
	trace := m.traceObstacle(p)
	add(HookXDPEntry, first(trace))
	add(HookXDPExit, first(trace))
}

// obstacle is what stands in the way of every hook.
func (m *Machine) obstacle(p *Port) string {
	switch {
	case len(m.Missing) > 0:
		return "not permitted (missing " + strings.Join(m.Missing, ", ") + ")"
	case m.Lockdown == "confidentiality":
		return "kernel lockdown is in confidentiality mode, which forbids reading memory from BPF"
	case !p.Supported:
		return "its link type is not supported"
	case !p.Up:
		return "it is not up"
	}
	return ""
}

func (m *Machine) xdpObstacle(p *Port) string {
	switch {
	case p.XDPProgram != "":
		return "the XDP program " + p.XDPProgram + " is there (xdp-entry and xdp-exit watch it)"
	case hardwareOf(p) != 1 && hardwareOf(p) != 772:
		return "it has no link-layer header"
	}
	return ""
}

func hardwareOf(p *Port) uint16 {
	l, err := netlink.LinkByIndex(p.Index)
	if err != nil {
		return 0
	}
	return hardware[l.Attrs().EncapType]
}

// nativeObstacle goes by what the driver says of itself (since 6.3); an older
// kernel knows only by trying.
func nativeObstacle(p *Port, frags bool) string {
	f, err := xdpFeatures(p.Index)
	switch {
	case errors.Is(err, errNoFeatures):
		if p.Driver == "" {
			return "the interface has no driver with native XDP"
		}
		return ""
	case err != nil:
		return err.Error()
	case f&xdpBasic == 0:
		return fmt.Sprintf("driver %q has no native XDP", p.Driver)
	case p.MTU > onePageMTU && f&xdpRxSG == 0:
		return fmt.Sprintf("MTU %d needs multi-buffer XDP, which driver %q has not", p.MTU, p.Driver)
	case p.MTU > onePageMTU && !frags:
		return fmt.Sprintf("MTU %d needs multi-buffer XDP (requires kernel >= 5.18)", p.MTU)
	}
	return ""
}

// onePageMTU is what fits a page beside XDP's headroom and the skb's shared
// info; drivers differ by some bytes.
const onePageMTU = 3498

func (m *Machine) traceObstacle(p *Port) string {
	switch {
	case !m.Tracing:
		return "fentry/fexit not available here (kernel >= 5.5 with BTF and CONFIG_DEBUG_INFO_BTF, and permission to trace)"
	case p.XDPProgram == "":
		return "no XDP program to watch"
	}
	return ""
}
