package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync/atomic"

	"tengu/capture"
	"tengu/filter"
	"tengu/pcapin"
	"tengu/pcapout"
	"tengu/textout"
)

// read prints or writes what savefiles hold.
func (o *options) read(expr string) error {
	files, err := o.files()
	if err != nil {
		return err
	}
	out := &output{opt: o}
	for _, name := range files {
		if err = o.readOne(name, expr, out); err != nil || out.done() {
			break
		}
	}
	return errors.Join(err, out.finish(err))
}

// files lists the savefiles to read: -r, or the lines of -V.
func (o *options) files() ([]string, error) {
	if o.readList == "" {
		return []string{o.readFile}, nil
	}
	in := os.Stdin
	if o.readList != "-" {
		f, err := os.Open(o.readList)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", o.readList, unwrapPath(err))
		}
		defer f.Close()
		in = f
	}
	var names []string
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		if l := lines.Text(); l != "" {
			names = append(names, l)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", o.readList, err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("Nothing in %s", o.readList)
	}
	return names, nil
}

func (o *options) readOne(name, expr string, out *output) error {
	in := os.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, unwrapPath(err))
		}
		defer f.Close()
		in = f
	}
	src, err := pcapin.NewReader(in)
	if err != nil {
		return err
	}
	defer src.Close()
	o.announce(name, src)
	flt, err := o.compileFor(expr, src.LinkType())
	if err != nil {
		return err
	}
	if err := out.open(src.LinkType(), src.SnapLen()); err != nil {
		return err
	}
	err = capture.Copy(out, &selection{src: src, flt: flt, out: out})
	if err != nil {
		return fmt.Errorf("pcap_loop: %w", err)
	}
	return nil
}

// announce says what is being read, in tcpdump's words.
func (o *options) announce(name string, src *pcapin.Reader) {
	lt := src.LinkType()
	from := "reading from file " + name
	if desc := lt.Description(); desc != "" {
		fmt.Fprintf(os.Stderr, "%s, link-type %s (%s), snapshot length %d\n", from, lt, desc, src.SnapLen())
	} else {
		fmt.Fprintf(os.Stderr, "%s, link-type %s, snapshot length %d\n", from, lt, src.SnapLen())
	}
	if lt == capture.LinkLinuxSLL2 {
		fmt.Fprintln(os.Stderr, "Warning: interface names might be incorrect")
	}
}

// compileFor compiles the expression for packets from a file.
func (o *options) compileFor(expr string, lt capture.LinkType) (*filter.Filter, error) {
	flt, err := filter.Compile(expr, filter.Options{LinkType: lt, NoOptimize: o.noOptimize})
	if err != nil {
		return nil, explainFilter(err)
	}
	if flt.All() {
		return nil, nil
	}
	return flt, nil
}

// explainFilter adds the place to an error in the expression.
func explainFilter(err error) error {
	var se *filter.SyntaxError
	if errors.As(err, &se) {
		if c := se.Caret(); c != "" {
			return fmt.Errorf("%w\n%s", err, strings.TrimRight(c, "\n"))
		}
	}
	return err
}

// selection is the packets of a file that the filter and the counts let through.
type selection struct {
	src capture.Source
	flt *filter.Filter // nil selects everything
	out *output
}

// ReadBatch implements capture.Source.
func (s *selection) ReadBatch(b *capture.Batch) error {
	if s.out.done() {
		b.Reset()
		return io.EOF
	}
	err := s.src.ReadBatch(b)
	if s.flt != nil {
		keep := b.Packets[:0]
		for i := range b.Packets {
			p := &b.Packets[i]
			if s.flt.Match(p.Data, p.WireLen, metaOf(p)) {
				keep = append(keep, *p)
			}
		}
		b.Packets = keep
	}
	if s.out.limit(b) {
		return io.EOF
	}
	return err
}

func metaOf(p *capture.Packet) filter.Meta {
	return filter.Meta{Dir: p.Dir, IfIndex: p.Iface.Index}
}

// output is where selected packets go: lines, a savefile, a number. It lives
// over all files of -V.
type output struct {
	opt     *options
	sinks   []capture.Sink
	writer  *pcapout.Writer
	printer *textout.Sink
	link    capture.LinkType
	skipped uint64
	taken   atomic.Uint64
}

// open makes the sinks for the first file, and checks the others against it.
func (u *output) open(lt capture.LinkType, snap uint32) error {
	o := u.opt
	if u.writer != nil && lt != u.link {
		return fmt.Errorf("%s: new dlt does not match the first", o.readList)
	}
	if u.sinks != nil || o.countOnly {
		return nil
	}
	return u.openSinks(o.savefile(lt, snap), lt)
}

// openSinks makes the sinks that the flags ask for.
func (u *output) openSinks(file pcapout.Config, lt capture.LinkType) error {
	o := u.opt
	u.link, file.LinkType = lt, lt
	if o.writeFile != "" {
		w, err := pcapout.Create(file)
		if err != nil {
			return err
		}
		u.writer = w
		u.sinks = append(u.sinks, w)
	}
	if o.writeFile == "" || o.print {
		p, err := newPrintSink(o)
		if err != nil {
			return err
		}
		u.printer = p
		u.sinks = append(u.sinks, p)
	}
	return nil
}

// limit cuts b to what --skip and -c leave, and says whether that was the last.
func (u *output) limit(b *capture.Batch) bool {
	if n := u.opt.skipPackets - u.skipped; n > 0 {
		n = min(n, uint64(len(b.Packets)))
		u.skipped += n
		b.Packets = append(b.Packets[:0], b.Packets[n:]...)
	}
	if most, taken := u.opt.maxPackets, u.taken.Load(); most > 0 && taken+uint64(len(b.Packets)) >= most {
		b.Packets = b.Packets[:most-taken]
	}
	u.taken.Add(uint64(len(b.Packets)))
	return u.done()
}

// done says that -c is reached.
func (u *output) done() bool { return u.opt.maxPackets > 0 && u.taken.Load() >= u.opt.maxPackets }

// WriteBlock implements capture.BlockSink: only the writer takes blocks.
func (u *output) WriteBlock(b capture.Block, ifaces []*capture.Interface) error {
	return u.writer.WriteBlock(b, ifaces)
}

// WriteBatch implements capture.Sink.
func (u *output) WriteBatch(b *capture.Batch) error {
	for _, s := range u.sinks {
		if err := s.WriteBatch(b); err != nil {
			return err
		}
	}
	return nil
}

// Flush implements capture.Sink.
func (u *output) Flush() error {
	for _, s := range u.sinks {
		if err := s.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// Close implements capture.Sink.
func (u *output) Close() error {
	var err error
	for _, s := range u.sinks {
		err = errors.Join(err, s.Close())
	}
	return err
}

// finish closes everything; after an error it does not add the count.
func (u *output) finish(failed error) error {
	if err := u.Close(); err != nil {
		return err
	}
	if u.opt.countOnly && failed == nil {
		fmt.Fprintf(os.Stdout, "%d %s\n", u.taken.Load(), plural(u.taken.Load(), "packet"))
	}
	return nil
}

func plural(n uint64, what string) string {
	if n == 1 {
		return what
	}
	return what + "s"
}

// savefile is how -w writes.
func (o *options) savefile(lt capture.LinkType, snap uint32) pcapout.Config {
	return pcapout.Config{
		Path: o.writeFile, Format: o.outFormat, LinkType: lt, SnapLen: snap, Nano: o.text.Nano,
		Unbuffered: o.packetBuffered, Section: section(), Warn: warn,
	}
}

// unwrapPath takes operation and path off an error, which the caller names.
func unwrapPath(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return sentence{pe.Err}
	}
	return err
}

// sentence begins with a capital letter, as strerror(3) has it.
type sentence struct{ error }

func (s sentence) Error() string {
	t := s.error.Error()
	return strings.ToUpper(t[:1]) + t[1:]
}

func (s sentence) Unwrap() error { return s.error }
