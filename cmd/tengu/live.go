package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync"
	"sync/atomic"

	"golang.org/x/sys/unix"

	"tengu/capture"
	"tengu/filter"
	"tengu/loader"
	"tengu/pcapout"
	"tengu/ringbuf"
)

// live captures: compile, load, map rings, open sinks, attach, copy, (signal)
// detach, drain, close, ledger.
func (o *options) live(expr string) error {
	names, err := resolve(o.interfaces)
	if err != nil {
		return err
	}
	flt, err := o.compileLive(expr, names)
	if err != nil {
		return err
	}
	engine, err := loader.Load(o.engineConfig(names, flt))
	if err != nil {
		return err
	}
	s := &session{opt: o, engine: engine, flt: flt}
	err = s.run()
	return errors.Join(err, engine.Close())
}

// engineConfig is what the flags ask of the engine.
func (o *options) engineConfig(names []string, flt *liveFilter) loader.Config {
	return loader.Config{
		Interfaces: names, Hook: loader.Hook(o.hook), Direction: o.dir, SnapLen: o.snap,
		BufferSize: o.buffer, Promisc: !o.noPromisc, Overwrite: o.overwrite,
		Compile: flt.compile, FilterText: flt.expr, Log: logger(),
	}
}

// session is one capture from attaching to the closing words.
type session struct {
	opt    *options
	engine *loader.Capture
	flt    *liveFilter
	reader *ringbuf.Reader
	out    *output

	detach  sync.Once
	stopped atomic.Bool // by a signal
}

func (s *session) run() error {
	var err error
	if s.reader, err = s.openRings(); err != nil {
		return err
	}
	defer s.reader.Close()
	if err := s.openOutput(); err != nil {
		return err
	}
	s.announce()
	if err := s.engine.Attach(); err != nil {
		return errors.Join(err, s.out.Close())
	}
	signals, stop := s.watchSignals()
	defer stop()
	err = capture.Copy(s.out, s.source())
	err = errors.Join(err, s.stop())
	signals()
	return errors.Join(err, s.close())
}

func (s *session) openRings() (*ringbuf.Reader, error) {
	geo, data, ctl, bell := s.engine.Rings()
	cfg := ringbuf.Config{
		Data: data, Ctl: ctl, Doorbell: bell,
		Rings: geo.Rings, Blocks: geo.Blocks, BlockSize: geo.BlockSize, Stride: geo.Stride,
		Interfaces: s.engine.Interfaces, Immediate: s.opt.immediateMode(), WholeBlocks: s.wholeBlocks(),
	}
	if s.opt.order == "block" {
		cfg.Order = ringbuf.OrderBlock
	}
	return ringbuf.NewReader(cfg)
}

// immediateMode hands over each packet at once: asked for, or because somebody
// watches.
func (o *options) immediateMode() bool {
	return o.immediate || o.lineBuffered || o.packetBuffered || o.writeFile == "" && isTerminal(os.Stdout)
}

// wholeBlocks says that the ring's blocks can go to the file as they are.
func (s *session) wholeBlocks() bool {
	o := s.opt
	return o.writeFile != "" && !o.print && o.maxPackets == 0 && o.skipPackets == 0 &&
		!o.immediateMode() && !s.flt.exact.Load() && s.pcapng()
}

// cooked says that packets get a "cooked" header that names their interface:
// when several interfaces share one printout or one classic savefile.
func (s *session) cooked() bool {
	many := len(s.engine.Interfaces()) != 1 || s.engine.Any()
	if !many {
		return false
	}
	o := s.opt
	return o.writeFile == "" || o.print || !s.pcapng()
}

func (s *session) linkType() capture.LinkType {
	if s.cooked() {
		return capture.LinkLinuxSLL2
	}
	for _, i := range s.engine.Interfaces() {
		return i.LinkType
	}
	return capture.LinkEthernet
}

func (s *session) savefile() pcapout.Config {
	o := s.opt
	cfg := o.savefile(capture.LinkEthernet, o.snap)
	cfg.Direct = true
	return cfg
}

func (s *session) pcapng() bool {
	cfg := s.savefile()
	return cfg.IsPcapNG()
}

func (s *session) openOutput() error {
	s.out = &output{opt: s.opt}
	return s.out.openSinks(s.savefile(), s.linkType())
}

// source is the rings, as packets of the kind the sinks take.
func (s *session) source() capture.Source {
	p := &packets{reader: s.reader, flt: s.flt, out: s.out}
	if s.cooked() {
		p.cook = &cooker{}
	}
	if s.wholeBlocks() {
		return &blocks{p}
	}
	return p
}

// announce says that capturing begins, in tcpdump's words.
func (s *session) announce() {
	o, w := s.opt, os.Stderr
	what := s.listening()
	if o.writeFile == "" && o.verbose == 0 {
		fmt.Fprintln(w, "tengu: verbose output suppressed, use -v[v]... for full protocol decode")
		fmt.Fprintln(w, what)
		return
	}
	fmt.Fprintln(w, "tengu:", what)
}

func (s *session) listening() string {
	snap := s.opt.snap
	if snap == 0 {
		snap = loader.MaxSnapLen
	}
	var names []string
	for _, i := range s.engine.Interfaces() {
		names = append(names, i.Name)
	}
	if s.engine.Any() {
		names = []string{loader.Any}
	}
	return fmt.Sprintf("listening on %s, link-type %s, snapshot length %d bytes", strings.Join(names, ", "), linkText(s.linkType()), snap)
}

// watchSignals acts on signals until the returned functions are called: the
// first waits for what is being said, the second stops listening.
func (s *session) watchSignals() (wait, stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	ch := make(chan os.Signal, 8)
	signal.Notify(ch, unix.SIGINT, unix.SIGTERM, unix.SIGHUP, unix.SIGUSR1, unix.SIGUSR2)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-ctx.Done():
				return
			case sig := <-ch:
				s.handle(sig)
			}
		}
	}()
	return func() { cancel(); <-done }, func() { signal.Stop(ch); cancel() }
}

func (s *session) handle(sig os.Signal) {
	switch sig {
	case unix.SIGUSR1:
		s.status()
	case unix.SIGUSR2:
		s.reader.Flush()
	case unix.SIGHUP:
		if s.flt.reloadable() {
			if err := s.reload(); err != nil {
				logger().Error("reload refused, the old filter stays: " + err.Error())
			}
			return
		}
		fallthrough
	default:
		s.stopped.Store(true)
		if err := s.stop(); err != nil {
			logger().Error(err.Error())
		}
	}
}

// stop detaches, once, and tells the reader that nothing more will come.
func (s *session) stop() error {
	var err error
	s.detach.Do(func() {
		err = s.engine.Detach()
		s.reader.Drain()
	})
	return err
}

// status is the line that SIGUSR1 asks for.
func (s *session) status() {
	l, err := s.ledger()
	if err != nil {
		logger().Error(err.Error())
		return
	}
	fmt.Fprintf(os.Stderr, "tengu: %s\n", strings.Join(closingWords(s.out.taken.Load(), &l), ", "))
}

// ledger is the account so far: the kernel's columns and ours.
func (s *session) ledger() (capture.Ledger, error) {
	l, err := s.engine.Ledger()
	if s.out.writer != nil {
		l.Written = s.out.writer.Written()
	}
	if s.out.printer != nil {
		l.Printed, l.Skipped = s.out.printer.Printed(), s.out.printer.Skipped()
	}
	return l, err
}

// close finishes the sinks and says the closing words.
func (s *session) close() error {
	var err error
	if s.out.writer != nil {
		var perIface []capture.Ledger
		perIface, err = s.perInterface()
		err = errors.Join(err, s.out.writer.Finish(perIface))
	}
	if s.stopped.Load() && s.out.printer != nil && s.opt.stats == "text" {
		_, _ = os.Stdout.WriteString("\n") // as tcpdump does after a signal
	}
	err = errors.Join(err, s.out.Close())
	l, lerr := s.ledger()
	if lerr != nil {
		return errors.Join(err, lerr)
	}
	s.report(&l)
	return err
}

// perInterface is the ledger by interface ID.
func (s *session) perInterface() ([]capture.Ledger, error) {
	counts, err := s.engine.Counts()
	out := make([]capture.Ledger, len(s.engine.Interfaces()))
	for i := range counts {
		out[counts[i].Iface.ID].Add(&counts[i].Ledger)
	}
	return out, err
}

func (s *session) report(l *capture.Ledger) {
	if s.opt.stats == "json" {
		_ = json.NewEncoder(os.Stderr).Encode(struct {
			Captured uint64 `json:"captured"`
			*capture.Ledger
		}{s.out.taken.Load(), l})
		return
	}
	for _, line := range closingWords(s.out.taken.Load(), l) {
		fmt.Fprintln(os.Stderr, line)
	}
}

// closingWords are tcpdump's, and ours where a column is not empty that
// tcpdump does not have.
func closingWords(captured uint64, l *capture.Ledger) []string {
	words := []string{
		fmt.Sprintf("%d %s captured", captured, plural(captured, "packet")),
		fmt.Sprintf("%d %s received by filter", l.Matched, plural(l.Matched, "packet")),
		fmt.Sprintf("%d %s dropped by kernel", l.Lost(), plural(l.Lost(), "packet")),
	}
	if l.Skipped > 0 {
		words = append(words, fmt.Sprintf("%d %s not printed (output too slow)", l.Skipped, plural(l.Skipped, "packet")))
	}
	return words
}

// compileLive compiles the expression once for each kind of interface, so that
// mistakes show before anything is opened.
func (o *options) compileLive(expr string, names []string) (*liveFilter, error) {
	f := &liveFilter{opt: o, expr: expr, names: names}
	for _, n := range names {
		lt := capture.LinkEthernet
		if n != loader.Any {
			var err error
			if lt, err = loader.LinkTypeOf(n); err != nil {
				return nil, err
			}
		}
		if o.linkGiven && lt != o.link && !(n == loader.Any && o.link == capture.LinkLinuxSLL2) {
			return nil, fmt.Errorf("%s is not one of the DLTs supported by this device", o.linkType)
		}
		if _, err := f.forLink(lt); err != nil {
			return nil, explainFilter(err)
		}
	}
	return f, nil
}

// liveFilter is the expression, compiled for each link type met.
type liveFilter struct {
	opt   *options
	expr  string
	names []string // of the interfaces
	// exact says that the kernel passes more than the expression selects, and
	// that Match decides.
	exact atomic.Bool
	// mustFit says that nobody could match again.
	mustFit bool

	mu     sync.Mutex
	byLink map[capture.LinkType]*filter.Filter
}

func (f *liveFilter) forLink(lt capture.LinkType) (*filter.Filter, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if flt := f.byLink[lt]; flt != nil {
		return flt, nil
	}
	flt, err := filter.Compile(f.expr, filter.Options{LinkType: lt, Live: true, NoOptimize: f.opt.noOptimize})
	if err != nil {
		return nil, err
	}
	if f.byLink == nil {
		f.byLink = map[capture.LinkType]*filter.Filter{}
	}
	f.byLink[lt] = flt
	return flt, nil
}
