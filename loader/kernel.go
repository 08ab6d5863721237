package loader

import (
	"fmt"
	"strings"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/asm"
	"github.com/cilium/ebpf/features"
	"github.com/cilium/ebpf/link"
	"golang.org/x/sys/unix"
)

// Kernel tells what the running kernel offers. Each field is found by trying.
type Kernel struct {
	Release string
	// XDPLoad: bpf_xdp_load_bytes and bpf_xdp_get_buff_len (>= 5.18), and with
	// them multi-buffer frames at XDP.
	XDPLoad bool
	// TCX: tcx links (>= 6.6).
	TCX bool
	// Tracing: fentry and fexit programs may be loaded.
	Tracing bool
}

// Probe asks the running kernel.
func Probe() Kernel {
	return Kernel{
		Release: release(),
		XDPLoad: features.HaveProgramHelper(ebpf.XDP, asm.FnXdpLoadBytes) == nil,
		TCX:     haveTCX() == nil,
		Tracing: features.HaveProgramType(ebpf.Tracing) == nil,
	}
}

func release() string {
	var u unix.Utsname
	if unix.Uname(&u) != nil {
		return "unknown"
	}
	return unix.ByteSliceToString(u.Release[:])
}

// haveTCX queries loopback, which costs nothing and needs no program.
func haveTCX() error {
	_, err := link.QueryPrograms(link.QueryOptions{Target: 1, Attach: ebpf.AttachTCXIngress})
	return err
}

// kernelVersion returns the first two numbers of the release.
func kernelVersion(release string) (major, minor int) {
	_, _ = fmt.Sscanf(strings.TrimSpace(release), "%d.%d", &major, &minor)
	return major, minor
}
