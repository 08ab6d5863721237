package ringbuf

import (
	"sync/atomic"
	"time"

	"tengu/capture"
)

// Snapshot is a copy of what the rings held at one moment: a source of packets,
// or of whole blocks, that ends. It is independent of the reader it came from.
type Snapshot struct {
	r Reader
	// Lapped is how many blocks were overwritten while being copied, and are
	// not in it.
	Lapped int
}

var _ capture.BlockSource = (*Snapshot)(nil)

// Snapshot copies out what the rings hold; the program goes on meanwhile. It
// is meant for overwrite mode, where rings hold the newest packets; it may be
// called from any goroutine, and again and again.
//
// The memory of the block at position b is written to again from the moment at
// which the producer position is b plus the size of the ring:
//
//	   oldest block                      open block
//	|////////////|            |          |/////      |
//	b            b+block                       prod  b+ring
//
// so a copy of it is good if, after copying, the producer has not got there.
func (r *Reader) Snapshot() *Snapshot {
	s := &Snapshot{}
	s.r.cfg = r.cfg
	s.r.cfg.Overwrite, s.r.cfg.Immediate, s.r.cfg.WholeBlocks = false, false, true
	s.r.drain.Store(true)
	s.r.flushed = time.Now()
	for _, g := range r.rings {
		s.r.rings = append(s.r.rings, g.copyOut(&s.r.cfg, &s.Lapped))
	}
	s.r.ifaces = r.cfg.Interfaces()
	ifaces := s.r.ifaces
	s.r.cfg.Interfaces = func() []*capture.Interface { return ifaces }
	return s
}

// copyOut copies the ring's blocks, oldest first, into a ring of its own.
func (r *ring) copyOut(cfg *Config, lapped *int) *ring {
	size := uint64(cfg.BlockSize)
	end := atomic.LoadUint64(&r.ctl.Prod)
	open := end &^ (size - 1)
	first := max(open, r.bytes()-size) - (r.bytes() - size)
	c := &ring{id: r.id, geo: cfg, end: end, data: make([]byte, len(r.data))}
	for pos := first; pos < end; pos += size {
		copy(c.block(pos), r.block(pos)[:min(size, end-pos)])
	}
	now := loadAfter(&r.ctl.Prod)
	for first < end && now >= first+r.bytes() {
		first += size
		*lapped++
	}
	c.pos = min(first, end)
	c.released = c.pos
	return c
}

// loadAfter loads p after all loads before it. A plain atomic load would do on
// amd64; arm64 may advance it before them, but not over a read-modify-write.
func loadAfter(p *uint64) uint64 {
	var fence atomic.Uint64
	fence.Add(1)
	return atomic.LoadUint64(p)
}

// ReadBatch implements capture.Source.
func (s *Snapshot) ReadBatch(b *capture.Batch) error { return s.r.ReadBatch(b) }

// NextBlock implements capture.BlockSource.
func (s *Snapshot) NextBlock() (capture.Block, bool) { return s.r.NextBlock() }

// Interfaces implements capture.BlockSource.
func (s *Snapshot) Interfaces() []*capture.Interface { return s.r.Interfaces() }
