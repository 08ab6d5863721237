package textout

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"runtime"
	"sync"

	"tengu/capture"
)

// SinkConfig says how a Sink writes; the zero value blocks when its output does,
// and uses the processors there are.
type SinkConfig struct {
	// MaySkip lets packets go unprinted, and be counted as skipped, when the
	// output is slower than the traffic. Without it WriteBatch waits.
	MaySkip bool
	// Workers is how many goroutines format; 0 is one for each processor, but
	// at most maxWorkers.
	Workers int
}

const (
	maxWorkers = 8
	// waiting is how many batches may wait for the output, beside those that
	// are being formatted.
	waiting = 8
)

// Sink prints packets to a writer, one write for each batch; it implements
// capture.Sink. Reading, formatting and writing run beside each other, in the
// packets' order. A Sink is used by one goroutine at a time; it does not close its
// writer.
type Sink struct {
	cfg SinkConfig
	p   *Printer

	free  chan *job // idle
	work  chan *job // to be formatted; nil without workers
	order chan *job // all under way, in the order of their packets
	done  sync.WaitGroup
	mu    sync.Mutex
	err   error

	printed, skipped uint64
	closed           bool
}

// NewSink prints with p to w. p is the Sink's from now on.
func NewSink(w io.Writer, p *Printer, cfg SinkConfig) *Sink {
	if cfg.Workers <= 0 {
		cfg.Workers = min(runtime.GOMAXPROCS(0), maxWorkers)
	}
	jobs := waiting + cfg.Workers
	s := &Sink{cfg: cfg, p: p, free: make(chan *job, jobs), order: make(chan *job, jobs)}
	for range jobs {
		s.free <- &job{ready: make(chan struct{}, 1)}
	}
	if cfg.Workers > 1 && p.opt.shareable() {
		s.work = make(chan *job, jobs)
		for range cfg.Workers {
			s.done.Add(1)
			go s.format(newWorker(p))
		}
	}
	s.done.Add(1)
	go s.write(w)
	return s
}

func (s *Sink) format(w *Printer) {
	defer s.done.Done()
	for j := range s.work {
		j.format(w)
		j.ready <- struct{}{}
	}
}

// write brings the text of each job to w, until there are no more.
func (s *Sink) write(w io.Writer) {
	defer s.done.Done()
	for j := range s.order {
		<-j.ready
		if s.failed() == nil {
			if _, err := w.Write(j.out); err != nil {
				s.fail(fmt.Errorf("unable to write output: %w", cause(err)))
			}
		}
		s.free <- j
	}
}

// cause leaves the path out, as tcpdump does.
func cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

func (s *Sink) failed() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

func (s *Sink) fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
}

// WriteBatch implements capture.Sink.
func (s *Sink) WriteBatch(b *capture.Batch) error {
	if len(b.Packets) == 0 {
		return s.failed()
	}
	j := s.idle()
	if j == nil {
		s.skipped += uint64(len(b.Packets))
		return s.failed()
	}
	if s.work != nil && len(b.Packets) >= leastShared {
		j.prepare(s.p, b.Packets)
		s.order <- j
		s.work <- j
	} else {
		j.printAll(s.p, b.Packets)
		j.ready <- struct{}{}
		s.order <- j
	}
	s.printed += uint64(len(b.Packets))
	return s.failed()
}

// idle returns a job; nil if there is none and packets may be skipped.
func (s *Sink) idle() *job {
	if !s.cfg.MaySkip {
		return <-s.free
	}
	select {
	case j := <-s.free:
		return j
	default:
		return nil
	}
}

// Flush implements capture.Sink: everything taken so far is being written when it
// returns and, unless packets may be skipped, has been.
func (s *Sink) Flush() error {
	if !s.cfg.MaySkip && !s.closed {
		s.drain()
	}
	return s.failed()
}

// drain waits until all jobs are idle.
func (s *Sink) drain() {
	held := make([]*job, 0, cap(s.free))
	for range cap(s.free) {
		held = append(held, <-s.free)
	}
	for _, j := range held {
		s.free <- j
	}
}

// Close implements capture.Sink: it waits for the output, whatever MaySkip says.
func (s *Sink) Close() error {
	if !s.closed {
		s.closed = true
		s.drain()
		close(s.order)
		if s.work != nil {
			close(s.work)
		}
		s.done.Wait()
	}
	return s.failed()
}

// Printed returns how many packets were printed, Skipped how many were not because
// the output was too slow.
func (s *Sink) Printed() uint64 { return s.printed }

// Skipped is described at Printed.
func (s *Sink) Skipped() uint64 { return s.skipped }
