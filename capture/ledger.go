package capture

// Ledger accounts for every packet a program saw (DESIGN §6):
//
//	Seen    = Rejected + Matched
//	Matched = Emitted + lost
//	Emitted = Written, and at the same time = Printed + Skipped
//
// All figures are packets.
type Ledger struct {
	Seen     uint64 `json:"seen"`
	Rejected uint64 `json:"rejected"`
	Matched  uint64 `json:"matched"`
	Emitted  uint64 `json:"emitted"`

	LostRingFull  uint64 `json:"lost_ring_full"`
	LostReentry   uint64 `json:"lost_reentry"`
	LostCopyError uint64 `json:"lost_copy_error"`
	LostNoRing    uint64 `json:"lost_no_ring"`

	Written uint64 `json:"written"`
	Printed uint64 `json:"printed"`
	Skipped uint64 `json:"skipped"`
}

// Lost is the sum of matched packets that did not reach the ring.
func (l *Ledger) Lost() uint64 {
	return l.LostRingFull + l.LostReentry + l.LostCopyError + l.LostNoRing
}

// Add adds o to l, column by column.
func (l *Ledger) Add(o *Ledger) {
	l.Seen += o.Seen
	l.Rejected += o.Rejected
	l.Matched += o.Matched
	l.Emitted += o.Emitted
	l.LostRingFull += o.LostRingFull
	l.LostReentry += o.LostReentry
	l.LostCopyError += o.LostCopyError
	l.LostNoRing += o.LostNoRing
	l.Written += o.Written
	l.Printed += o.Printed
	l.Skipped += o.Skipped
}
