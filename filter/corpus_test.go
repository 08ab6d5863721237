package filter

import (
	"bufio"
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"tengu/capture"
	"tengu/internal/corpora"
	"tengu/pcapin"
)

// corpusCase is a line of filter-cases.tsv with its line of filter-oracle.jsonl.
type corpusCase struct {
	id, file, verdict, expr, message string
	link                             capture.LinkType
	dns, optdep                      bool
	match                            map[int]bool // packet numbers from 1
}

type packet struct {
	data []byte
	wire uint32
}

func loadCases(t testing.TB, dir string) []corpusCase {
	oracle := map[string]struct {
		Verdict, Error, Match string
	}{}
	eachLine(t, filepath.Join(dir, "filter-oracle.jsonl"), func(line string) {
		var o struct{ ID, Verdict, Error, Match string }
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatal(err)
		}
		oracle[o.ID] = struct{ Verdict, Error, Match string }{o.Verdict, o.Error, o.Match}
	})
	var out []corpusCase
	header := true
	eachLine(t, filepath.Join(dir, "filter-cases.tsv"), func(line string) {
		if header {
			header = false
			return
		}
		f := strings.Split(line, "\t")
		lt, ok := capture.LinkTypeByName(f[1])
		if !ok {
			t.Fatalf("%s: unknown link type %s", f[0], f[1])
		}
		o := oracle[f[0]]
		out = append(out, corpusCase{
			id: f[0], file: f[2], verdict: o.Verdict, message: o.Error, link: lt,
			expr: strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n", `\r`, "\r").Replace(f[12]),
			dns:  f[9] == "1", optdep: f[10] == "1", match: ranges(t, o.Match),
		})
	})
	return out
}

func eachLine(t testing.TB, path string, f func(string)) {
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	s := bufio.NewScanner(in)
	s.Buffer(nil, 1<<20)
	for s.Scan() {
		f(s.Text())
	}
	if s.Err() != nil {
		t.Fatal(s.Err())
	}
}

func ranges(t testing.TB, s string) map[int]bool {
	out := map[int]bool{}
	for part := range strings.SplitSeq(s, ",") {
		if part == "" {
			continue
		}
		lo, hi, ok := strings.Cut(part, "-")
		if !ok {
			hi = lo
		}
		a, err := strconv.Atoi(lo)
		z, err2 := strconv.Atoi(hi)
		if err != nil || err2 != nil {
			t.Fatalf("bad range %q", part)
		}
		for ; a <= z; a++ {
			out[a] = true
		}
	}
	return out
}

// loadPackets reads a capture, once per name.
func loadPackets(t testing.TB, path string) []packet {
	in, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	r, err := pcapin.NewReader(in)
	if err != nil {
		t.Fatal(err)
	}
	var out []packet
	var b capture.Batch
	for {
		err := r.ReadBatch(&b)
		for i := range b.Packets {
			out = append(out, packet{append([]byte(nil), b.Packets[i].Data...), b.Packets[i].WireLen})
		}
		if err != nil {
			return out
		}
	}
}

// TestCorpus compares Match with what libpcap selected.
func TestCorpus(t *testing.T) {
	dir := corpora.Dir(t)
	files := map[string][]packet{}
	var optdep, optdepOK, messages, rejected, beyond int
	for _, c := range loadCases(t, dir) {
		if c.dns {
			continue
		}
		if files[c.file] == nil {
			files[c.file] = loadPackets(t, filepath.Join(dir, "mixed", c.file))
		}
		f, err := Compile(c.expr, Options{LinkType: c.link})
		why := ""
		switch {
		case strings.Contains(c.expr, "vxlan") && err == nil && c.verdict != "ok":
			beyond++ // a word of libpcap 1.11; the judge is 1.10
		case err != nil && c.verdict == "ok":
			why = "refused: " + err.Error()
		case err == nil && c.verdict != "ok":
			why = "accepted; libpcap says: " + c.message
		case err == nil:
			why = compare(f, files[c.file], c.match)
		default:
			rejected++
			if e, ok := err.(*SyntaxError); ok && e.Msg == c.message {
				messages++
			}
		}
		if c.optdep {
			optdep++
			if why == "" {
				optdepOK++
			}
			continue
		}
		if why != "" {
			t.Errorf("%s %v %q: %s", c.id, c.link, c.expr, why)
		}
	}
	if beyond > 8 {
		t.Errorf("%d expressions accepted that libpcap refuses, want 8", beyond)
	}
	t.Logf("optimiser-dependent: %d of %d; same message: %d of %d", optdepOK, optdep, messages, rejected)
	if optdepOK*10 < optdep*9 {
		t.Errorf("optimiser-dependent cases: %d of %d as libpcap, want at least 9 in 10", optdepOK, optdep)
	}
}

func compare(f *Filter, packets []packet, want map[int]bool) string {
	missing, extra, first := 0, 0, 0
	for i, p := range packets {
		got := f.Match(p.data, p.wire, Meta{})
		if got == want[i+1] {
			continue
		}
		if got {
			extra++
		} else {
			missing++
		}
		if first == 0 {
			first = i + 1
		}
	}
	if missing+extra == 0 {
		return ""
	}
	return strconv.Itoa(missing) + " missing, " + strconv.Itoa(extra) + " extra; first packet " + strconv.Itoa(first)
}
