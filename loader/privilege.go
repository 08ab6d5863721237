package loader

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/cilium/ebpf"
)

// ErrPermission says that this process may not load programs or attach them.
var ErrPermission = errors.New("not permitted: run as root, or with cap_bpf, cap_net_admin and cap_perfmon (kernel < 5.8: cap_sys_admin)")

// Capabilities of linux/capability.h that capturing takes.
const (
	capNetAdmin = 12
	capSysAdmin = 21
	capPerfmon  = 38
	capBPF      = 39
)

// checkPrivileges looks at the effective capabilities, so that the error names
// what is missing instead of the first call that fails.
func checkPrivileges() error {
	eff, err := effectiveCaps()
	if err != nil {
		return nil // no /proc: the kernel will say
	}
	has := func(c uint) bool { return eff>>c&1 == 1 }
	if has(capNetAdmin) && (has(capSysAdmin) || has(capBPF) && has(capPerfmon)) {
		return nil
	}
	return fmt.Errorf("You don't have permission to perform this capture: %w", ErrPermission) //nolint:staticcheck // tcpdump's words
}

func effectiveCaps() (uint64, error) {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(b)) {
		if v, ok := strings.CutPrefix(line, "CapEff:"); ok {
			return strconv.ParseUint(strings.TrimSpace(v), 16, 64)
		}
	}
	return 0, errors.New("no CapEff in /proc/self/status")
}

// explainLoad says in words why a program was refused.
func explainLoad(err error) error {
	var ve *ebpf.VerifierError
	if errors.As(err, &ve) {
		return fmt.Errorf("refused by the verifier (please report, with the expression and uname -r): %w", err)
	}
	if errors.Is(err, os.ErrPermission) {
		return fmt.Errorf("%w (%w)", err, ErrPermission)
	}
	return err
}

// possibleCPUs is how many CPU numbers the kernel may use.
func possibleCPUs() (int, error) { return ebpf.PossibleCPU() }

// onlineCPUs lists the CPUs that can receive now. It must not be
// runtime.NumCPU, which follows this process's affinity.
func onlineCPUs() ([]int, error) {
	b, err := os.ReadFile("/sys/devices/system/cpu/online")
	if err != nil {
		return nil, fmt.Errorf("list online CPUs: %w", err)
	}
	return parseCPUs(strings.TrimSpace(string(b)))
}

// parseCPUs reads the kernel's list format, such as "0-3,8".
func parseCPUs(s string) ([]int, error) {
	var out []int
	for part := range strings.SplitSeq(s, ",") {
		lo, hi, ranged := strings.Cut(part, "-")
		if !ranged {
			hi = lo
		}
		a, err1 := strconv.Atoi(lo)
		z, err2 := strconv.Atoi(hi)
		if err := errors.Join(err1, err2); err != nil {
			return nil, fmt.Errorf("parse CPU list %q: %w", s, err)
		}
		for ; a <= z; a++ {
			out = append(out, a)
		}
	}
	return out, nil
}
