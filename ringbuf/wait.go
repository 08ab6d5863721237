package ringbuf

import (
	"encoding/binary"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/cilium/ebpf"
	"golang.org/x/sys/unix"
)

// settle is how long after arming the reader looks at the rings again: the
// program loads the wake position without a fence after publishing, so a record
// published in the moment of arming may have seen the old one. A store is
// visible to other CPUs long before this.
const settle = time.Millisecond

// Wait implements capture.Waiter: it returns when a ring has reached the
// position at which there is work, when packets held back or unflushed are due,
// or after Drain.
func (r *Reader) Wait() error {
	if r.drain.Load() || r.force.Load() {
		return nil
	}
	if r.held {
		return r.bell.sleep(r.cfg.Window)
	}
	if r.arm() {
		r.disarm()
		return nil
	}
	err := r.bell.sleep(settle)
	if err == nil && !r.ready() && !r.drain.Load() {
		err = r.bell.sleep(r.patience())
	}
	r.disarm()
	return err
}

// arm sets the wake positions and says whether one has been reached already.
func (r *Reader) arm() bool {
	for _, g := range r.rings {
		atomic.StoreUint64(&g.ctl.Wake, r.wakeAt(g))
	}
	return r.ready()
}

func (r *Reader) disarm() {
	for _, g := range r.rings {
		atomic.StoreUint64(&g.ctl.Wake, never)
	}
}

func (r *Reader) ready() bool {
	for _, g := range r.rings {
		if atomic.LoadUint64(&g.ctl.Prod) >= r.wakeAt(g) {
			return true
		}
	}
	return false
}

// wakeAt is the position of a ring at which there is work: the next byte when
// immediate, else the end of the block.
func (r *Reader) wakeAt(g *ring) uint64 {
	if r.cfg.Immediate {
		return g.pos + 1
	}
	return g.blockEnd(g.pos)
}

// patience is how long to sleep at most: until a flush is due.
func (r *Reader) patience() time.Duration {
	if r.cfg.Immediate {
		return time.Second
	}
	return max(r.cfg.FlushEvery-time.Since(r.flushed), settle)
}

// bell sleeps until the doorbell rings, or somebody pokes.
type bell struct {
	epoll, event int
	cons, prod   []byte // the pages of the BPF ringbuf
}

// newBell maps the position pages of the doorbell ringbuf: the first page holds
// the consumer position, writable; the second the producer position
// (kernel/bpf/ringbuf.c, ringbuf_map_mmap_kern).
func newBell(m *ebpf.Map) (*bell, error) {
	b := &bell{epoll: -1, event: -1}
	page := unix.Getpagesize()
	var err error
	if b.cons, err = unix.Mmap(m.FD(), 0, page, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_SHARED); err != nil {
		return nil, fmt.Errorf("map doorbell: %w", err)
	}
	if b.prod, err = unix.Mmap(m.FD(), int64(page), page, unix.PROT_READ, unix.MAP_SHARED); err != nil {
		return nil, errors.Join(fmt.Errorf("map doorbell: %w", err), b.close())
	}
	if b.event, err = unix.Eventfd(0, unix.EFD_CLOEXEC|unix.EFD_NONBLOCK); err != nil {
		return nil, errors.Join(fmt.Errorf("make eventfd: %w", err), b.close())
	}
	if b.epoll, err = unix.EpollCreate1(unix.EPOLL_CLOEXEC); err != nil {
		return nil, errors.Join(fmt.Errorf("make epoll: %w", err), b.close())
	}
	for _, fd := range []int{m.FD(), b.event} {
		ev := unix.EpollEvent{Events: unix.EPOLLIN, Fd: int32(fd)}
		if err := unix.EpollCtl(b.epoll, unix.EPOLL_CTL_ADD, fd, &ev); err != nil {
			return nil, errors.Join(fmt.Errorf("watch doorbell: %w", err), b.close())
		}
	}
	return b, nil
}

// sleep waits for the doorbell, a poke, or the time; a signal ends it early.
func (b *bell) sleep(d time.Duration) error {
	var ev [2]unix.EpollEvent
	_, err := unix.EpollWait(b.epoll, ev[:], int(max(d, time.Millisecond)/time.Millisecond))
	if err != nil && !errors.Is(err, unix.EINTR) {
		return fmt.Errorf("wait for packets: %w", err)
	}
	b.hush()
	return nil
}

// hush takes all rings of the bell as heard.
func (b *bell) hush() {
	binary.NativeEndian.PutUint64(b.cons, binary.NativeEndian.Uint64(b.prod))
	var buf [8]byte
	_, _ = unix.Read(b.event, buf[:]) // EAGAIN: nobody poked
}

func (b *bell) poke() {
	var one [8]byte
	binary.NativeEndian.PutUint64(one[:], 1)
	_, _ = unix.Write(b.event, one[:]) // EAGAIN: poked already
}

func (b *bell) close() error {
	var err error
	for _, fd := range []int{b.epoll, b.event} {
		if fd >= 0 {
			err = errors.Join(err, unix.Close(fd))
		}
	}
	for _, m := range [][]byte{b.cons, b.prod} {
		if m != nil {
			err = errors.Join(err, unix.Munmap(m))
		}
	}
	return err
}
