package pcapout

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"tengu/capture"
)

const (
	bufferSize = 1 << 20
	// buffers is how many pieces may wait for the disk besides the ring's own.
	buffers = 4
)

// Writer writes one savefile. WriteBatch, WriteBlock, Flush, Finish and Close
// are for one goroutine; Written may be called from any.
type Writer struct {
	cfg    Config
	format Format
	out    io.Writer
	file   *os.File // out, if we opened it
	direct bool

	buf    []byte // being filled
	count  int    // packets in buf
	known  int    // interfaces described so far
	ifaces []*capture.Interface

	jobs    chan job
	free    chan []byte
	done    sync.WaitGroup
	written atomic.Uint64
	err     atomic.Pointer[error]
}

// job is one piece for the writing goroutine.
type job struct {
	data    []byte
	packets int
	release func()
	ack     chan struct{} // closed when everything before it is written
}

var _ capture.BlockSink = (*Writer)(nil)

// Create opens the savefile and writes its header.
func Create(cfg Config) (*Writer, error) {
	w := &Writer{cfg: cfg, format: cfg.format(), jobs: make(chan job, buffers), free: make(chan []byte, buffers)}
	if err := w.open(); err != nil {
		return nil, err
	}
	for range buffers {
		b, err := alignedBuffer(w.direct)
		if err != nil {
			return nil, errors.Join(err, w.closeFile())
		}
		w.free <- b
	}
	w.buf = (<-w.free)[:0]
	if w.format == FormatPcap {
		w.buf = appendPcapHeader(w.buf, &w.cfg)
	} else {
		w.buf = appendSHB(w.buf, &w.cfg.Section)
	}
	w.done.Add(1)
	go w.run()
	if w.cfg.Unbuffered || w.out == os.Stdout {
		return w, w.Flush()
	}
	return w, nil
}

func (w *Writer) open() error {
	switch {
	case w.cfg.Stream != nil:
		w.out = w.cfg.Stream
		return nil
	case w.cfg.Path == "-":
		w.out = os.Stdout
		return nil
	}
	flags := os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	f, err := os.OpenFile(w.cfg.Path, flags, 0o640)
	if err != nil {
		return fmt.Errorf("%s: %w", w.cfg.Path, errors.Unwrap(err))
	}
	w.file, w.out = f, f
	if w.cfg.Owner != 0 || w.cfg.Group != 0 {
		if err := f.Chown(w.cfg.Owner, w.cfg.Group); err != nil {
			return errors.Join(err, f.Close())
		}
	}
	if w.cfg.Direct && w.format == FormatPcapNG && !w.cfg.Unbuffered {
		w.setDirect()
	}
	return nil
}

// setDirect switches to O_DIRECT, after open so that a file system without it
// still gets the file.
func (w *Writer) setDirect() {
	if fi, err := w.file.Stat(); err != nil || !fi.Mode().IsRegular() {
		return // a device or a pipe: nothing to bypass
	}
	if _, err := unix.FcntlInt(w.file.Fd(), unix.F_SETFL, unix.O_DIRECT); err != nil {
		w.cfg.warn("direct I/O refused by the file system, writing through the page cache", "file", w.cfg.Path, "error", err)
		return
	}
	w.direct = true
}

// alignedBuffer returns page-aligned memory; only O_DIRECT needs it so.
func alignedBuffer(aligned bool) ([]byte, error) {
	if !aligned {
		return make([]byte, 0, bufferSize), nil
	}
	b, err := unix.Mmap(-1, 0, bufferSize, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE)
	if err != nil {
		return nil, fmt.Errorf("allocate write buffer: %w", err)
	}
	return b[:0], nil
}

// WriteBatch implements capture.Sink.
func (w *Writer) WriteBatch(b *capture.Batch) error {
	for i := range b.Packets {
		p := &b.Packets[i]
		if err := w.room(len(p.Data) + len(p.Raw) + epbOverhead); err != nil {
			return err
		}
		if w.format == FormatPcap {
			w.buf = appendRecord(w.buf, p, w.cfg.Nano)
		} else {
			if err := w.describe(p.Iface); err != nil {
				return err
			}
			w.buf = appendEPB(w.buf, p, uint32(p.Iface.ID))
		}
		w.count++
		if w.cfg.Unbuffered {
			if err := w.send(); err != nil {
				return err
			}
		}
	}
	return w.failure()
}

// describe writes the interface descriptions up to i's, in order of their ID.
func (w *Writer) describe(i *capture.Interface) error {
	for w.known <= i.ID {
		next := i
		if w.known < len(w.ifaces) {
			next = w.ifaces[w.known]
		} else if w.known < i.ID {
			// A source that numbers interfaces ahead of their packets:
			// an empty place keeps the numbers right.
			next = &capture.Interface{ID: w.known, LinkType: i.LinkType}
		}
		w.buf = appendIDB(w.buf, next)
		if w.known >= len(w.ifaces) {
			w.ifaces = append(w.ifaces, next)
		}
		w.known++
		if err := w.room(0); err != nil {
			return err
		}
	}
	return nil
}

// Interfaces tells the writer which interfaces there are, so that each is
// described as it is before its first packet.
func (w *Writer) Interfaces(ifaces []*capture.Interface) { w.ifaces = ifaces }

// WriteBlock implements capture.BlockSink.
func (w *Writer) WriteBlock(b capture.Block, ifaces []*capture.Interface) error {
	w.ifaces = ifaces
	if w.format != FormatPcapNG {
		b.Release()
		return errors.New("write block: classic pcap takes packets, not blocks")
	}
	if len(ifaces) > w.known {
		if err := w.describe(ifaces[len(ifaces)-1]); err != nil {
			b.Release()
			return err
		}
	}
	if w.direct && !b.Whole {
		return w.copyBlock(b)
	}
	if err := w.send(); err != nil {
		b.Release()
		return err
	}
	w.jobs <- job{data: b.Data, packets: b.Packets, release: b.Release}
	return w.failure()
}

// copyBlock takes part of a block through the buffer, for alignment.
func (w *Writer) copyBlock(b capture.Block) error {
	defer b.Release()
	for data := b.Data; len(data) > 0; {
		n := int(ne.Uint32(data[4:]))
		if ne.Uint32(data) != blockPad {
			if err := w.room(n); err != nil {
				return err
			}
			w.buf = append(w.buf, data[:n]...)
		}
		data = data[n:]
	}
	w.count += b.Packets
	return w.failure()
}

// room sends the buffer off unless it takes n more bytes and padding.
func (w *Writer) room(n int) error {
	if len(w.buf)+n+2*directAlign <= cap(w.buf) {
		return nil
	}
	return w.send()
}

// send hands the buffer to the writing goroutine and takes a fresh one.
func (w *Writer) send() error {
	if len(w.buf) == 0 {
		return w.failure()
	}
	if w.direct {
		w.buf = appendPad(w.buf)
	}
	buf := w.buf
	w.jobs <- job{data: buf, packets: w.count, release: func() { w.free <- buf[:0] }}
	w.buf, w.count = <-w.free, 0
	return w.failure()
}

// Flush implements capture.Sink: it returns when everything is written.
func (w *Writer) Flush() error {
	if err := w.send(); err != nil {
		return err
	}
	ack := make(chan struct{})
	w.jobs <- job{ack: ack}
	<-ack
	return w.failure()
}

// Finish writes the account of each interface (pcapng): the ledger as it was at
// the end, indexed by interface ID. Call it before Close.
func (w *Writer) Finish(ledgers []capture.Ledger) error {
	if w.format != FormatPcapNG {
		return nil
	}
	now := uint64(time.Now().UnixNano())
	for id := range ledgers {
		if id < len(w.ifaces) {
			if err := w.describe(w.ifaces[id]); err != nil {
				return err
			}
			w.buf = appendISB(w.buf, uint32(id), now, &ledgers[id])
		}
		if err := w.room(0); err != nil {
			return err
		}
	}
	return w.failure()
}

// Written is how many packets have reached the file.
func (w *Writer) Written() uint64 { return w.written.Load() }

// Close implements capture.Sink.
func (w *Writer) Close() error {
	err := w.Flush()
	close(w.jobs)
	w.done.Wait()
	return errors.Join(err, w.closeFile())
}

func (w *Writer) closeFile() error {
	if w.file == nil {
		return nil
	}
	return w.file.Close()
}

// run writes jobs in order. After a failure it only releases.
func (w *Writer) run() {
	defer w.done.Done()
	for j := range w.jobs {
		if len(j.data) > 0 && w.failure() == nil {
			if _, err := w.out.Write(j.data); err != nil {
				err = fmt.Errorf("write %s: %w", w.cfg.Path, err)
				w.err.Store(&err)
			} else {
				w.written.Add(uint64(j.packets))
			}
		}
		if j.release != nil {
			j.release()
		}
		if j.ack != nil {
			close(j.ack)
		}
	}
}

func (w *Writer) failure() error {
	if p := w.err.Load(); p != nil {
		return *p
	}
	return nil
}
