package ringbuf

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/cilium/ebpf"
	"golang.org/x/sys/unix"

	"tengu/capture"
)

// Order says how the packets of several rings come out.
type Order uint8

const (
	// OrderTime merges by timestamp, holding packets back for Window.
	OrderTime Order = iota
	// OrderBlock hands out blocks as they fill: in time order per CPU only.
	OrderBlock
)

// Config describes the rings and how to read them. The geometry and the maps
// come from loader.Capture.Rings; the maps must outlive the reader.
type Config struct {
	Data, Ctl, Doorbell *ebpf.Map
	Rings, Blocks       int
	BlockSize, Stride   int
	// Interfaces returns the interfaces that records may name, indexed by ID.
	Interfaces func() []*capture.Interface

	Order Order
	// Immediate hands out every packet as soon as it is there, instead of
	// when a block is full or FlushEvery has passed.
	Immediate bool
	// WholeBlocks says that NextBlock is going to be called: packets are then
	// left for it while blocks fill.
	WholeBlocks bool
	// Overwrite says that the capture was loaded so: there is nothing to read
	// but snapshots.
	Overwrite bool
	// FlushEvery bounds how long packets stay in a block that is not full;
	// 0 means DefaultFlush.
	FlushEvery time.Duration
	// Window is how long a merge waits for older packets of other CPUs;
	// 0 means DefaultWindow.
	Window time.Duration
}

const (
	DefaultFlush  = time.Second
	DefaultWindow = 2 * time.Millisecond
)

// Reader is the consumer of all rings: a capture.Source, Waiter and
// BlockSource. One goroutine reads; Drain and Release may come from others.
type Reader struct {
	cfg    Config
	data   []byte
	ctl    []byte
	rings  []*ring
	bell   *bell
	ifaces []*capture.Interface

	drain   atomic.Bool
	force   atomic.Bool // Flush was called
	flushed time.Time
	held    bool   // packets wait for the merge window
	Packets uint64 // handed out, in packets or blocks; read by the reading goroutine
}

var _ interface {
	capture.BlockSource
	capture.Waiter
} = (*Reader)(nil)

// NewReader maps the rings.
func NewReader(cfg Config) (*Reader, error) {
	if cfg.FlushEvery == 0 {
		cfg.FlushEvery = DefaultFlush
	}
	if cfg.Window == 0 {
		cfg.Window = DefaultWindow
	}
	r := &Reader{cfg: cfg, flushed: time.Now()}
	var err error
	n := cfg.Rings * cfg.Blocks * cfg.Stride
	if r.data, err = unix.Mmap(cfg.Data.FD(), 0, n, unix.PROT_READ, unix.MAP_SHARED); err != nil {
		return nil, fmt.Errorf("map rings: %w", err)
	}
	page := unix.Getpagesize()
	ctl := (cfg.Rings*int(cfg.Ctl.ValueSize()) + page - 1) / page * page
	if r.ctl, err = unix.Mmap(cfg.Ctl.FD(), 0, ctl, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED); err != nil {
		return nil, errors.Join(fmt.Errorf("map ring control: %w", err), r.Close())
	}
	if r.bell, err = newBell(cfg.Doorbell); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	size := cfg.Blocks * cfg.Stride
	for i := range cfg.Rings {
		r.rings = append(r.rings, &ring{id: i, ctl: ctlAt(r.ctl, i), data: r.data[i*size : (i+1)*size], geo: &r.cfg})
	}
	return r, nil
}

// Interfaces returns what the packets handed out so far refer to, and maybe more.
func (r *Reader) Interfaces() []*capture.Interface {
	r.ifaces = r.cfg.Interfaces()
	return r.ifaces
}

// Drain tells the reader that nothing new will appear: it hands out what is
// left, then io.EOF.
func (r *Reader) Drain() {
	r.drain.Store(true)
	r.bell.poke()
}

// Flush has everything published so far handed out soon, in packets if its
// block is not full.
func (r *Reader) Flush() {
	r.force.Store(true)
	r.bell.poke()
}

// errOverwrite: reading while the program overwrites would tear records.
var errOverwrite = errors.New("read rings: in overwrite mode only snapshots can be read")

// ReadBatch implements capture.Source.
func (r *Reader) ReadBatch(b *capture.Batch) error {
	b.Reset()
	if r.cfg.Overwrite {
		return errOverwrite
	}
	r.releaseRead()
	r.held = false
	draining := r.drain.Load() // before looking at the rings
	now := r.look()
	if !draining && !r.packetsDue() {
		return nil
	}
	r.merge(b, r.limit(now, draining))
	r.Packets += uint64(len(b.Packets))
	if len(b.Packets) == 0 {
		r.flushed = time.Now()
		r.force.Store(false)
	}
	if draining && r.empty() {
		return cmp.Or(r.damage(), io.EOF)
	}
	return r.damage()
}

// damage returns what is wrong with a ring, if anything is.
func (r *Reader) damage() error {
	for _, g := range r.rings {
		if g.bad != nil {
			return g.bad
		}
	}
	return nil
}

// look reads the producers' positions, and returns the wall clock before that:
// what is published later is younger, but for packets in flight.
func (r *Reader) look() uint64 {
	now := uint64(time.Now().UnixNano())
	for _, g := range r.rings {
		g.refresh()
	}
	r.ifaces = r.cfg.Interfaces()
	return now
}

// packetsDue says whether packets should go out one by one now: always, unless
// they are to be left for NextBlock until a flush is due or a merge needs them.
func (r *Reader) packetsDue() bool {
	if r.cfg.Immediate || !r.cfg.WholeBlocks || r.force.Load() {
		return true
	}
	if time.Since(r.flushed) >= r.cfg.FlushEvery {
		return true
	}
	for _, g := range r.rings {
		if !g.full() {
			continue
		}
		if r.overlapped(g) {
			return true
		}
		r.held = true // too young for NextBlock yet
	}
	return false
}

// limit is the youngest timestamp that may go out.
func (r *Reader) limit(now uint64, draining bool) uint64 {
	if draining || len(r.rings) == 1 || r.cfg.Order == OrderBlock {
		return never - 1
	}
	return now - uint64(r.cfg.Window)
}

// merge fills b with packets no younger than limit, oldest first.
func (r *Reader) merge(b *capture.Batch, limit uint64) {
	for !b.Full() {
		g, next := r.oldest()
		if g == nil {
			return
		}
		ts := g.head()
		if ts > limit {
			r.held = true
			return
		}
		// Stay with this ring while it is the oldest.
		for ts <= next && ts <= limit && !b.Full() {
			n := len(b.Packets)
			if !g.next(&b.Packets[:n+1][n], r.ifaces) {
				return
			}
			b.Packets = b.Packets[:n+1]
			ts = g.head()
		}
	}
}

// oldest returns the ring with the oldest packet, nil if all are empty, and the
// oldest timestamp of the others.
func (r *Reader) oldest() (g *ring, others uint64) {
	best := never
	others = never - 1
	for _, x := range r.rings {
		switch ts := x.head(); {
		case ts < best:
			if g != nil {
				others = best
			}
			g, best = x, ts
		case ts < others:
			others = ts
		}
	}
	return g, others
}

// releaseRead gives back what earlier batches lent, unless blocks lent before
// it are still out.
func (r *Reader) releaseRead() {
	for _, g := range r.rings {
		if g.pos != g.released && g.blocks.Load() == 0 {
			g.released = g.pos
			g.release(g.pos)
		}
	}
}

func (r *Reader) empty() bool {
	for _, g := range r.rings {
		if g.head() != never {
			return false
		}
	}
	return true
}

// NextBlock implements capture.BlockSource: it hands out the rest of a closed
// block, if that keeps the order.
func (r *Reader) NextBlock() (capture.Block, bool) {
	if !r.cfg.WholeBlocks || r.cfg.Immediate || r.cfg.Overwrite {
		return capture.Block{}, false
	}
	now := r.look()
	for _, g := range r.rings {
		if g.pos < g.end && g.full() && r.blockInOrder(g, now) {
			return r.lend(g)
		}
	}
	return capture.Block{}, false
}

// blockInOrder says that no other ring has, or may yet get, anything older than
// the end of g's block.
func (r *Reader) blockInOrder(g *ring, now uint64) bool {
	if len(r.rings) == 1 || r.cfg.Order == OrderBlock {
		return true
	}
	_, last, ok := g.summary()
	return ok && last <= r.limit(now, r.drain.Load()) && !r.overlapped(g)
}

// overlapped says that another ring has packets older than the end of g's block.
func (r *Reader) overlapped(g *ring) bool {
	_, last, ok := g.summary()
	if !ok {
		return true // ReadBatch will tell
	}
	for _, x := range r.rings {
		if x != g && x.head() < last {
			return true
		}
	}
	return false
}

// lend hands out what is unread of the block at g.pos.
func (r *Reader) lend(g *ring) (capture.Block, bool) {
	n, _, ok := g.summary()
	if !ok {
		return capture.Block{}, false
	}
	b := g.block(g.pos)
	off := g.offset(g.pos)
	blk := capture.Block{Data: b[off:], Whole: off == 0, Packets: n - g.taken}
	end := g.blockEnd(g.pos)
	g.pos, g.taken = end, 0
	g.blocks.Add(1)
	blk.Release = func() {
		g.release(end)
		g.blocks.Add(-1)
	}
	r.Packets += uint64(blk.Packets)
	r.flushed = time.Now()
	return blk, true
}

// Close unmaps the rings. Nothing that was lent may be used after it.
func (r *Reader) Close() error {
	var err error
	if r.bell != nil {
		err = r.bell.close()
	}
	for _, m := range [][]byte{r.ctl, r.data} {
		if m != nil {
			err = errors.Join(err, unix.Munmap(m))
		}
	}
	r.ctl, r.data, r.rings = nil, nil, nil
	return err
}
