package loader

import (
	"fmt"

	"tengu/bpf"
	"tengu/capture"
)

// Count is the ledger of one interface, direction and CPU.
type Count struct {
	Iface *capture.Interface
	Dir   capture.Direction
	CPU   int
	capture.Ledger
}

// Counts reads the kernel's side of the ledger: one Count per interface,
// direction and possible CPU that saw anything.
func (c *Capture) Counts() ([]Count, error) {
	var out []Count
	for _, iface := range c.Interfaces() {
		for d := range 2 {
			var perCPU []bpf.CaptureLedger
			if err := c.maps["counters"].Lookup(uint32(iface.ID*2+d), &perCPU); err != nil {
				return nil, fmt.Errorf("read counters of %s: %w", iface.Name, err)
			}
			for cpu, l := range perCPU {
				if l.Seen > 0 {
					out = append(out, Count{iface, capture.DirIn + capture.Direction(d), cpu, ledgerOf(l)})
				}
			}
		}
	}
	return out, nil
}

// Ledger sums Counts.
func (c *Capture) Ledger() (capture.Ledger, error) {
	var sum capture.Ledger
	counts, err := c.Counts()
	for i := range counts {
		sum.Add(&counts[i].Ledger)
	}
	return sum, err
}

func ledgerOf(l bpf.CaptureLedger) capture.Ledger {
	return capture.Ledger{
		Seen: l.Seen, Rejected: l.Seen - l.Matched, Matched: l.Matched, Emitted: l.Emitted,
		LostRingFull: l.RingFull, LostReentry: l.Reentry, LostCopyError: l.CopyError, LostNoRing: l.NoRing,
	}
}
