package ringbuf_test

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"slices"
	"testing"
	"time"

	"tengu/capture"
	"tengu/internal/netlab"
	"tengu/loader"
	"tengu/ringbuf"
)

func TestMain(m *testing.M) { netlab.Main(m) }

// rig is a running capture, from hook to reader.
type rig struct {
	t   testing.TB
	c   *loader.Capture
	r   *ringbuf.Reader
	log *bytes.Buffer
	got []packet
}

// packet is a copy of what a batch lent.
type packet struct {
	data  []byte
	wire  int
	dir   capture.Direction
	time  capture.Time
	iface *capture.Interface
}

// start loads, maps and attaches. Buffers are small; a test that wants others
// says so.
func start(t testing.TB, cfg loader.Config, tune func(*ringbuf.Config)) *rig {
	t.Helper()
	if cfg.BufferSize == 0 {
		cfg.BufferSize = 8 << 20
	}
	g := &rig{t: t, log: &bytes.Buffer{}}
	cfg.Log = slog.New(slog.NewTextHandler(g.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	c, err := loader.Load(cfg)
	if err != nil {
		netlab.Permitted(t, err)
		t.Fatalf("load: %v", err)
	}
	g.c = c
	t.Cleanup(func() { closeAll(t, g) })
	g.r = openReader(t, c, tune)
	if err := c.Attach(); err != nil {
		t.Fatalf("attach: %v", err)
	}
	return g
}

func openReader(t testing.TB, c *loader.Capture, tune func(*ringbuf.Config)) *ringbuf.Reader {
	t.Helper()
	geo, data, ctl, bell := c.Rings()
	rc := ringbuf.Config{
		Data: data, Ctl: ctl, Doorbell: bell, Rings: geo.Rings, Blocks: geo.Blocks,
		BlockSize: geo.BlockSize, Stride: geo.Stride, Interfaces: c.Interfaces, Immediate: true,
	}
	if tune != nil {
		tune(&rc)
	}
	r, err := ringbuf.NewReader(rc)
	if err != nil {
		t.Fatalf("open rings: %v", err)
	}
	return r
}

func closeAll(t testing.TB, g *rig) {
	if err := g.c.Detach(); err != nil {
		t.Errorf("detach: %v", err)
	}
	if g.r != nil {
		if err := g.r.Close(); err != nil {
			t.Errorf("close reader: %v", err)
		}
	}
	if err := g.c.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
	if t.Failed() && g.log.Len() > 0 {
		t.Logf("log:\n%s", g.log)
	}
}

// patience is long enough for an emulated machine.
const patience = 5 * time.Second

// awaitSeen waits until the programs have seen n packets.
func (g *rig) awaitSeen(n int) {
	g.t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(time.Millisecond) {
		led := g.ledger()
		if led.Seen >= uint64(n) {
			return
		}
		if time.Now().After(end) {
			g.t.Errorf("the programs saw %d of %d packets", led.Seen, n)
			return
		}
	}
}

func (g *rig) ledger() capture.Ledger {
	g.t.Helper()
	led, err := g.c.Ledger()
	if err != nil {
		g.t.Fatal(err)
	}
	return led
}

// drain detaches, reads what is left, and checks the ledger against it.
func (g *rig) drain() []packet {
	g.t.Helper()
	if err := g.c.Detach(); err != nil {
		g.t.Fatalf("detach: %v", err)
	}
	g.r.Drain()
	var b capture.Batch
	for {
		err := g.r.ReadBatch(&b)
		g.take(&b)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			g.t.Fatalf("read: %v", err)
		}
	}
	checkLedger(g.t, g.ledger(), len(g.got))
	return g.got
}

func (g *rig) take(b *capture.Batch) {
	for i := range b.Packets {
		p := &b.Packets[i]
		g.got = append(g.got, packet{slices.Clone(p.Data), int(p.WireLen), p.Dir, p.Time, p.Iface})
	}
}

// checkLedger holds the sums of DESIGN §6.
func checkLedger(t testing.TB, led capture.Ledger, read int) {
	t.Helper()
	if led.Seen != led.Rejected+led.Matched || led.Matched != led.Emitted+led.Lost() {
		t.Errorf("ledger does not add up: %+v", led)
	}
	if led.Emitted != uint64(read) {
		t.Errorf("emitted %d, read %d", led.Emitted, read)
	}
}

// want is a frame that must have been captured.
type want struct {
	frame []byte // whole, as on the wire
	dir   capture.Direction
}

// compare checks packets against what was sent, in order: bytes up to snaplen,
// wire length, direction, link type and time.
func (g *rig) compare(got []packet, sent []want, snaplen int, link capture.LinkType) {
	g.t.Helper()
	if len(got) != len(sent) {
		g.t.Errorf("read %d packets, sent %d", len(got), len(sent))
	}
	for i := range min(len(got), len(sent)) {
		p, w := &got[i], &sent[i]
		data := w.frame[:min(len(w.frame), snaplen)]
		switch {
		case !bytes.Equal(p.data, data):
			g.t.Fatalf("packet %d differs (%d bytes, sent %d):\n got %.80x\nsent %.80x", i, len(p.data), len(data), p.data, data)
		case p.wire != len(w.frame):
			g.t.Fatalf("packet %d: wire length %d, want %d", i, p.wire, len(w.frame))
		case p.dir != w.dir:
			g.t.Fatalf("packet %d: direction %d, want %d", i, p.dir, w.dir)
		case p.iface.LinkType != link:
			g.t.Fatalf("packet %d: link type %s, want %s", i, p.iface.LinkType, link)
		case i > 0 && p.time.Nanos() < got[i-1].time.Nanos():
			g.t.Fatalf("packet %d: time runs backwards by %d ns", i, got[i-1].time.Nanos()-p.time.Nanos())
		case time.Since(time.Unix(p.time.Sec, p.time.Nsec)).Abs() > time.Minute:
			g.t.Fatalf("packet %d: its time %v is not now", i, time.Unix(p.time.Sec, p.time.Nsec))
		}
	}
}

func in(frames ...[]byte) []want  { return wants(capture.DirIn, frames) }
func out(frames ...[]byte) []want { return wants(capture.DirOut, frames) }

func wants(d capture.Direction, frames [][]byte) []want {
	w := make([]want, len(frames))
	for i, f := range frames {
		w[i] = want{f, d}
	}
	return w
}
