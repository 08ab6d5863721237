package ringbuf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"
	"unsafe"

	"tengu/bpf"
	"tengu/capture"
)

// producer writes rings as the program does (bpf/ring.h), in plain memory: a
// judge for the reader that needs no kernel.
type producer struct {
	r *Reader
}

func newProducer(cfg Config) *producer {
	if cfg.Interfaces == nil {
		ifaces := []*capture.Interface{{Name: "a"}, {ID: 1, Name: "b"}}
		cfg.Interfaces = func() []*capture.Interface { return ifaces }
	}
	if cfg.BlockSize == 0 {
		cfg.BlockSize, cfg.Blocks = 4096, 4
	}
	cfg.Stride = cfg.BlockSize + 4096
	cfg.Window = 1
	p := &producer{&Reader{cfg: cfg}}
	// Words, so that the control words are aligned.
	ctl := make([]uint64, cfg.Rings*int(unsafe.Sizeof(bpf.CaptureRingCtl{}))/8)
	p.r.ctl = unsafe.Slice((*byte)(unsafe.Pointer(&ctl[0])), len(ctl)*8)
	size := cfg.Blocks * cfg.Stride
	p.r.data = make([]byte, cfg.Rings*size)
	for i := range cfg.Rings {
		p.r.rings = append(p.r.rings, &ring{id: i, ctl: ctlAt(p.r.ctl, i), data: p.r.data[i*size : (i+1)*size], geo: &p.r.cfg})
	}
	return p
}

// emit writes one record, or says that the ring is full.
func (p *producer) emit(i int, ts uint64, iface uint32, data []byte) bool {
	g := p.r.rings[i]
	c, size := g.ctl, uint64(p.r.cfg.BlockSize)
	n := uint64(epbMin + (len(data)+3)&^3)
	full := func(end uint64) bool { return !p.r.cfg.Overwrite && end-c.Cons > g.bytes() }
	if c.Prod&(size-1)+n+40 > size {
		next := g.blockEnd(c.Prod)
		if full(next + n + 40) {
			return false
		}
		b := g.block(c.Prod)
		pad := b[g.offset(c.Prod):]
		ne.PutUint32(pad[0:], padType)
		ne.PutUint32(pad[4:], uint32(len(pad)))
		ne.PutUint32(pad[8:], uint32(c.BlkPackets))
		ne.PutUint64(pad[16:], c.BlkFirst)
		ne.PutUint64(pad[24:], c.LastTs)
		ne.PutUint32(b[len(b)-4:], uint32(len(pad)))
		c.BlkPackets = 0
		atomic.StoreUint64(&c.Prod, next)
	} else if full(c.Prod + n + 40) {
		return false
	}
	b := g.block(c.Prod)[g.offset(c.Prod):][:n]
	clear(b)
	for j, w := range []uint32{epbType, uint32(n), iface, uint32(ts >> 32), uint32(ts), uint32(len(data)), uint32(len(data)) + 7} {
		ne.PutUint32(b[4*j:], w)
	}
	copy(b[epbHeader:], data)
	tail := b[n-16:]
	binary.NativeEndian.PutUint16(tail, 2)
	binary.NativeEndian.PutUint16(tail[2:], 4)
	ne.PutUint32(tail[4:], 1)
	ne.PutUint32(tail[12:], uint32(n))
	if c.BlkPackets == 0 {
		c.BlkFirst = ts
	}
	c.BlkPackets++
	c.LastTs = ts
	atomic.StoreUint64(&c.Prod, c.Prod+n)
	return true
}

func payload(i int) []byte { return bytes.Repeat([]byte{byte(i), byte(i >> 8)}, i%200) }

// Rings read concurrently with writing give every packet once, in time order,
// whether they come out one by one, in blocks, or both.
func TestMergeAndBlocks(t *testing.T) {
	for _, c := range []struct {
		name   string
		rings  int
		blocks bool
		order  Order
	}{
		{"one ring, packets", 1, false, OrderTime},
		{"one ring, blocks", 1, true, OrderTime},
		{"three rings, packets", 3, false, OrderTime},
		{"three rings, blocks", 3, true, OrderTime},
		{"three rings, blocks in any order", 3, true, OrderBlock},
	} {
		t.Run(c.name, func(t *testing.T) { testMerge(t, c.rings, c.blocks, c.order) })
	}
}

func testMerge(t *testing.T, rings int, blocks bool, order Order) {
	const n = 20000
	p := newProducer(Config{Rings: rings, WholeBlocks: blocks, FlushEvery: 1 << 40, Order: order})
	rnd := rand.New(rand.NewPCG(1, 2))
	var got []capture.Packet
	sent := 0
	// A burst stays with one ring for a while, as flows do.
	for ring := 0; sent < n; {
		if rnd.IntN(20) == 0 {
			ring = rnd.IntN(rings)
		}
		full := !p.emit(ring, uint64(sent)+1, uint32(sent%2), payload(sent))
		if !full {
			sent++
		}
		if full || rnd.IntN(50) == 0 {
			// All that is written is older than the wall clock by far.
			got = p.read(t, got, blocks)
			if rings > 1 || blocks {
				p.r.force.Store(true)
				got = p.read(t, got, blocks)
			}
		}
	}
	p.r.drain.Store(true)
	got = p.read(t, got, blocks)
	if len(got) != n {
		t.Fatalf("read %d of %d packets", len(got), n)
	}
	if order == OrderBlock {
		slices.SortStableFunc(got, func(a, b capture.Packet) int { return int(a.Time.Nsec - b.Time.Nsec) })
	}
	for i, k := range got {
		if k.Time.Nsec != int64(i+1) || !bytes.Equal(k.Data, payload(i)) || int(k.WireLen) != len(k.Data)+7 ||
			k.Iface.ID != i%2 || k.Dir != capture.DirIn {
			t.Fatalf("packet %d is %+v", i, k)
		}
	}
	if p.r.Packets != n {
		t.Errorf("the reader counted %d packets", p.r.Packets)
	}
}

// read takes what is ready, copying it.
func (p *producer) read(t *testing.T, got []capture.Packet, blocks bool) []capture.Packet {
	t.Helper()
	var b capture.Batch
	for {
		for blocks {
			blk, ok := p.r.NextBlock()
			if !ok {
				break
			}
			got = append(got, parseBlock(t, blk, p.r.Interfaces())...)
			blk.Release()
		}
		err := p.r.ReadBatch(&b)
		for _, k := range b.Packets {
			k.Data = bytes.Clone(k.Data)
			got = append(got, k)
		}
		if err != nil && !errors.Is(err, io.EOF) {
			t.Fatal(err)
		}
		if err != nil || len(b.Packets) == 0 {
			return got
		}
	}
}

// parseBlock reads a block as a savefile reader would.
func parseBlock(t *testing.T, blk capture.Block, ifaces []*capture.Interface) []capture.Packet {
	t.Helper()
	var out []capture.Packet
	for b := blk.Data; len(b) > 0; {
		n := ne.Uint32(b[4:])
		if ne.Uint32(b[n-4:]) != n {
			t.Fatalf("block lengths differ: %d, %d", n, ne.Uint32(b[n-4:]))
		}
		if ne.Uint32(b) == epbType {
			caplen := ne.Uint32(b[20:])
			out = append(out, capture.Packet{
				Time: capture.TimeFromNanos(timestamp(b)), Data: bytes.Clone(b[epbHeader : epbHeader+caplen]),
				WireLen: ne.Uint32(b[24:]), Dir: capture.DirIn, Iface: ifaces[ne.Uint32(b[8:])],
			})
		}
		b = b[n:]
	}
	if len(out) != blk.Packets {
		t.Fatalf("block of %d packets says %d", len(out), blk.Packets)
	}
	return out
}

// A snapshot holds the newest packets, without a gap and up to the last one.
func TestSnapshot(t *testing.T) {
	for _, n := range []int{0, 1, 10, 100, 1000, 5000} {
		p := newProducer(Config{Rings: 2, Overwrite: true})
		for i := range n {
			p.emit(i/64%2, uint64(i+1), 0, payload(i))
		}
		s := p.r.Snapshot()
		q := producer{&s.r}
		got := q.read(t, nil, true)
		if s.Lapped != 0 {
			t.Errorf("%d: %d blocks lapped while nobody wrote", n, s.Lapped)
		}
		per := map[int]int{} // last index per ring
		for _, k := range got {
			i := int(k.Time.Nsec) - 1
			if !bytes.Equal(k.Data, payload(i)) {
				t.Fatalf("%d: packet %d has other data", n, i)
			}
			per[i/64%2] = i
		}
		if n <= 100 && len(got) != n {
			t.Errorf("%d: snapshot has %d packets", n, len(got))
		}
		if n > 0 && per[(n-1)/64%2] != n-1 {
			t.Errorf("%d: the last packet is missing", n)
		}
		if n == 5000 && len(got) < 60 {
			t.Errorf("%d: only %d packets of 32 KiB are left", n, len(got))
		}
		var b capture.Batch
		if err := p.r.ReadBatch(&b); err == nil {
			t.Error("reading packets in overwrite mode works")
		}
	}
}

// A snapshot taken while the producer runs has whole packets only, in a row.
func TestSnapshotWhileWriting(t *testing.T) {
	p := newProducer(Config{Rings: 1, Overwrite: true, BlockSize: 4096, Blocks: 8})
	stop, done := make(chan struct{}), make(chan int)
	if raceEnabled {
		t.Skip("the race is the point: torn blocks are found and dropped")
	}
	go func() {
		i := 0
		for {
			select {
			case <-stop:
				done <- i
				return
			default:
			}
			p.emit(0, uint64(i+1), 0, payload(i))
			i++
		}
	}()
	for range 200 {
		s := p.r.Snapshot()
		q := producer{&s.r}
		got := q.read(t, nil, true)
		for j := range got {
			i := int(got[j].Time.Nanos()) - 1
			if !bytes.Equal(got[j].Data, payload(i)) {
				t.Fatalf("packet %d is torn", i)
			}
			if j > 0 && got[j].Time.Nanos() != got[j-1].Time.Nanos()+1 {
				t.Fatalf("a gap before packet %d", i)
			}
		}
	}
	close(stop)
	<-done
}

// Whatever lies in the rings, reading ends, and does not panic.
func FuzzDamage(f *testing.F) {
	f.Add(uint64(1), 3, []byte{0xff})
	f.Add(uint64(2), 500, []byte{0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, seed uint64, n int, junk []byte) {
		p := newProducer(Config{Rings: 2, WholeBlocks: seed%2 == 0, FlushEvery: 1})
		rnd := rand.New(rand.NewPCG(seed, 1))
		for i := range min(max(n, 0), 1000) {
			p.emit(i%2, uint64(i+1), uint32(i%2), payload(i))
		}
		for range rnd.IntN(8) {
			copy(p.r.data[rnd.IntN(len(p.r.data)):], junk)
		}
		if rnd.IntN(4) == 0 {
			p.r.rings[0].ctl.Prod += rnd.Uint64N(1 << (1 + rnd.UintN(63)))
		}
		p.r.drain.Store(true)
		var b capture.Batch
		for range 10000 {
			for {
				blk, ok := p.r.NextBlock()
				if !ok {
					break
				}
				blk.Release()
			}
			if err := p.r.ReadBatch(&b); err != nil {
				if !errors.Is(err, io.EOF) && !errors.Is(err, ErrDamaged) {
					t.Fatal(err)
				}
				return
			}
			if len(b.Packets) == 0 {
				t.Fatal("nothing to read, and no end")
			}
		}
		t.Fatal("reading does not end")
	})
}

// Reading packets allocates nothing.
func TestReadBatchAllocates(t *testing.T) {
	p := newProducer(Config{Rings: 2})
	var b capture.Batch
	ts, data := uint64(0), payload(100)
	allocs := testing.AllocsPerRun(500, func() {
		for i := range 32 {
			ts++
			p.emit(i%2, ts, 0, data)
		}
		if err := p.r.ReadBatch(&b); err != nil || len(b.Packets) != 32 {
			t.Fatalf("%d packets, %v", len(b.Packets), err)
		}
	})
	if allocs != 0 {
		t.Errorf("ReadBatch allocates %v times", allocs)
	}
}
