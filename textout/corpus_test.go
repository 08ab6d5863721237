package textout

import (
	"bytes"
	"encoding/csv"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"tengu/capture"
	"tengu/internal/corpora"
	"tengu/pcapin"
)

// floors are how many cases of each tier are exact; they only rise. Cases that
// the command line decides (-E, -M, --count, a filter, the environment) are not
// counted here but by the scorer.
var floors = map[string]int{"1": 701, "2": 568, "3": 75}

// printCase is a line of print-cases.tsv.
type printCase struct {
	id, pcap, tier string
	opt            Options
	count          int
}

// printCases lists the cases that need nothing but a Printer.
func printCases(t testing.TB, dir string) []printCase {
	f, err := os.Open(filepath.Join(dir, "print-cases.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma, r.LazyQuotes, r.FieldsPerRecord = '\t', true, -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	col := map[string]int{}
	for i, name := range rows[0] {
		col[name] = i
	}
	var cases []printCase
	for _, row := range rows[1:] {
		c := printCase{id: row[col["id"]], pcap: filepath.Join(dir, row[col["pcap"]]), tier: row[col["tier"]]}
		if row[col["env"]] == "1" || row[col["expr"]] != "" || !c.flags(row[col["flags"]]) {
			continue
		}
		cases = append(cases, c)
	}
	return cases
}

// flags reads the options a Printer has; false if there are others.
func (c *printCase) flags(text string) bool {
	words := strings.Fields(strings.ReplaceAll(text, "'", ""))
	for i := 0; i < len(words); i++ {
		w := words[i]
		if w == "--nano" {
			c.opt.Nano = true
			continue
		}
		if !strings.HasPrefix(w, "-") || strings.HasPrefix(w, "--") {
			return false
		}
		for j := 1; j < len(w); j++ {
			switch w[j] {
			case 'n':
				c.opt.NoNames = true
			case 't':
				c.opt.TimeStyle++
			case 'v':
				c.opt.Verbose++
			case 'e':
				c.opt.LinkHeader = true
			case 'q':
				c.opt.Quiet = true
			case 'S':
				c.opt.AbsoluteSeq = true
			case 'x':
				c.opt.Hex++
			case 'X':
				c.opt.HexASCII++
			case 'A':
				c.opt.ASCII++
			case '#':
				c.opt.Number = true
			case 'K':
				c.opt.NoChecksum = true
			case 'b':
				c.opt.ASDot = true
			case 'u':
				c.opt.NFSHandles = true
			case 'c', 'T':
				if j != len(w)-1 || i+1 == len(words) {
					return false
				}
				i++
				if w[j] == 'T' {
					c.opt.Type = words[i]
				} else if c.count, _ = strconv.Atoi(words[i]); c.count == 0 {
					return false
				}
			default:
				return false
			}
		}
	}
	return c.opt.NoNames
}

// printFile prints a savefile through a Sink.
func printFile(t testing.TB, path string, opt Options, count, workers int) ([]byte, error) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := pcapin.NewReader(f)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	p, err := New(opt)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	s := NewSink(&out, p, SinkConfig{Workers: workers})
	var src capture.Source = r
	if count > 0 {
		src = &firstPackets{src: r, left: count}
	}
	err = capture.Copy(s, src)
	if cerr := s.Close(); cerr != nil {
		t.Fatal(cerr)
	}
	return out.Bytes(), err
}

// firstPackets ends after some packets (-c).
type firstPackets struct {
	src  capture.Source
	left int
}

func (f *firstPackets) ReadBatch(b *capture.Batch) error {
	if f.left == 0 {
		b.Reset()
		return io.EOF
	}
	err := f.src.ReadBatch(b)
	if len(b.Packets) >= f.left {
		b.Packets, err = b.Packets[:f.left], nil
	}
	f.left -= len(b.Packets)
	return err
}

func utc(t testing.TB) {
	was := time.Local
	time.Local = time.UTC
	t.Cleanup(func() { time.Local = was })
}

// TestCorpus compares the corpus' output byte for byte.
func TestCorpus(t *testing.T) {
	utc(t)
	dir := corpora.Dir(t)
	exact, all := map[string]int{}, map[string]int{}
	for _, c := range printCases(t, dir) {
		want, err := os.ReadFile(filepath.Join(dir, "oracle", c.id+".out"))
		if err != nil {
			t.Fatal(err)
		}
		// An error at the end of a damaged file is the reader's affair.
		got, _ := printFile(t, c.pcap, c.opt, c.count, 1)
		all[c.tier]++
		if bytes.Equal(got, want) {
			exact[c.tier]++
		} else if testing.Verbose() {
			t.Logf("%s differs", c.id)
		}
	}
	for tier, floor := range floors {
		t.Logf("tier %s: %d of %d exact", tier, exact[tier], all[tier])
		if exact[tier] < floor {
			t.Errorf("tier %s: %d cases exact, were %d", tier, exact[tier], floor)
		}
	}
}

// TestWorkers wants the same text from one goroutine and from several.
func TestWorkers(t *testing.T) {
	utc(t)
	files, err := filepath.Glob(filepath.Join(corpora.Dir(t), "mixed", "*.pcap"))
	if err != nil || len(files) == 0 {
		t.Fatal("no mixed corpora", err)
	}
	for _, opt := range []Options{
		{NoNames: true}, {NoNames: true, Verbose: 2, LinkHeader: true, Number: true}, {NoNames: true, HexASCII: 1},
		{NoNames: true, Quiet: true, TimeStyle: 4},
	} {
		for _, f := range files {
			one, err1 := printFile(t, f, opt, 0, 1)
			many, err2 := printFile(t, f, opt, 0, 3)
			if err1 != nil || err2 != nil {
				t.Fatalf("%s: %v, %v", f, err1, err2)
			}
			if !bytes.Equal(one, many) {
				t.Errorf("%s with %+v: several workers print other text", filepath.Base(f), opt)
			}
		}
	}
}

// TestArticle wants the traces of the article exactly.
func TestArticle(t *testing.T) {
	dir := filepath.Join(corpora.Dir(t), "article")
	pcaps, err := filepath.Glob(filepath.Join(dir, "*.pcap*"))
	if err != nil || len(pcaps) == 0 {
		corpora.Missing(t, "no article traces")
	}
	for _, f := range pcaps {
		want, err := os.ReadFile(strings.TrimSuffix(f, ".pcap") + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		got, err := printFile(t, f, Options{NoNames: true, TimeStyle: 1, AbsoluteSeq: true}, 0, 2)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s: other text (%v)", filepath.Base(f), err)
		}
	}
}
