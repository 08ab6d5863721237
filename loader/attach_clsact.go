package loader

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/cilium/ebpf"
	"github.com/vishvananda/netlink"
	"golang.org/x/sys/unix"
)

// clsactName is how our cls_bpf filters are called; the process id follows, so
// that the next tengu can tell those of the dead.
const clsactName = "tengu:"

// clsactHook is one cls_bpf filter of ours.
type clsactHook struct {
	filter *netlink.BpfFilter
	qdisc  *netlink.Clsact // set if we made it
}

// attachClsact adds a cls_bpf filter to the clsact qdisc, making that if there
// is none. Filters of dead processes are removed on the way.
func attachClsact(l netlink.Link, prog *ebpf.Program, k ProgramKind) (io.Closer, error) {
	h := &clsactHook{}
	qdisc := &netlink.Clsact{QdiscAttrs: netlink.QdiscAttrs{
		LinkIndex: l.Attrs().Index, Handle: netlink.MakeHandle(0xffff, 0), Parent: netlink.HANDLE_CLSACT,
	}}
	switch err := netlink.QdiscAdd(qdisc); {
	case err == nil:
		h.qdisc = qdisc
	case !errors.Is(err, unix.EEXIST):
		return nil, fmt.Errorf("add qdisc: %w", err)
	}
	parent := uint32(netlink.HANDLE_MIN_INGRESS)
	if k == KindEgress {
		parent = netlink.HANDLE_MIN_EGRESS
	}
	stale, err := removeStale(l, parent)
	if err != nil {
		return nil, err
	}
	if stale {
		h.qdisc = qdisc // the dead one made it, or anybody: removed only if empty
	}
	h.filter = &netlink.BpfFilter{
		FilterAttrs: netlink.FilterAttrs{
			LinkIndex: l.Attrs().Index, Parent: parent,
			Priority: clsactPriority(k), Protocol: unix.ETH_P_ALL,
		},
		Fd: prog.FD(), Name: clsactName + strconv.Itoa(os.Getpid()), DirectAction: true,
	}
	if err := addFilter(l, h.filter); err != nil {
		return nil, errors.Join(fmt.Errorf("add filter: %w", err), h.removeQdisc())
	}
	return h, nil
}

// clsactPriority puts us first on ingress and last on egress, as at tcx.
func clsactPriority(k ProgramKind) uint16 {
	if k == KindEgress {
		return 0xfff0
	}
	return 1
}

// addFilter takes the first free handle: two tengus may share a priority, and
// the kernel would replace a filter of the same handle.
func addFilter(l netlink.Link, f *netlink.BpfFilter) error {
	used := map[uint32]bool{}
	filters, err := netlink.FilterList(l, f.Parent)
	if err != nil {
		return fmt.Errorf("list filters: %w", err)
	}
	for _, o := range filters {
		if a := o.Attrs(); a.Priority == f.Priority {
			used[a.Handle] = true
		}
	}
	for h := uint32(1); ; h++ {
		if used[h] {
			continue
		}
		f.Handle = h
		if err := netlink.FilterAdd(f); !errors.Is(err, unix.EEXIST) {
			return err
		}
	}
}

// removeStale deletes filters whose tengu is gone, and says whether it did.
func removeStale(l netlink.Link, parent uint32) (bool, error) {
	filters, err := netlink.FilterList(l, parent)
	if err != nil {
		return false, fmt.Errorf("list filters: %w", err)
	}
	found := false
	for _, f := range filters {
		b, ok := f.(*netlink.BpfFilter)
		if !ok || !dead(b.Name) {
			continue
		}
		if err := netlink.FilterDel(b); err != nil && !errors.Is(err, unix.ENOENT) {
			return found, fmt.Errorf("remove stale filter %s: %w", b.Name, err)
		}
		found = true
	}
	return found, nil
}

// dead says that name is that of a filter whose tengu no longer runs.
func dead(name string) bool {
	pid, err := strconv.Atoi(strings.TrimPrefix(name, clsactName))
	if !strings.HasPrefix(name, clsactName) || err != nil || pid == os.Getpid() {
		return false
	}
	return errors.Is(unix.Kill(pid, 0), unix.ESRCH)
}

// Update exchanges the program: the kernel swaps the filter under RCU.
func (h *clsactHook) Update(prog *ebpf.Program) error {
	f := *h.filter
	f.Fd = prog.FD()
	if err := netlink.FilterReplace(&f); err != nil {
		return fmt.Errorf("replace filter: %w", err)
	}
	h.filter.Fd = f.Fd
	return nil
}

// Close removes our filter, and the qdisc if we made it and nobody else uses it.
func (h *clsactHook) Close() error {
	err := netlink.FilterDel(h.filter)
	if errors.Is(err, unix.ENOENT) || errors.Is(err, unix.EINVAL) {
		err = nil // the interface, or the qdisc, went first
	}
	return errors.Join(err, h.removeQdisc())
}

func (h *clsactHook) removeQdisc() error {
	if h.qdisc == nil {
		return nil
	}
	l, err := netlink.LinkByIndex(h.qdisc.LinkIndex)
	if err != nil {
		return nil // gone, and the qdisc with it
	}
	for _, parent := range []uint32{netlink.HANDLE_MIN_INGRESS, netlink.HANDLE_MIN_EGRESS} {
		if filters, err := netlink.FilterList(l, parent); err != nil || len(filters) > 0 {
			return err
		}
	}
	if err := netlink.QdiscDel(h.qdisc); err != nil && !errors.Is(err, unix.ENOENT) && !errors.Is(err, unix.EINVAL) {
		return fmt.Errorf("remove qdisc: %w", err)
	}
	return nil
}
