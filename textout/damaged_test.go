package textout_test

import (
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"tengu/capture"
	"tengu/internal/corpora"
	"tengu/pcapin"
	"tengu/textout"
)

// TestDamagedPackets prints packets of every capture cut short and with bytes
// changed: nothing may panic, and lines stay of a bounded length.
func TestDamagedPackets(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(corpora.Dir(t), "pcaps", "*.pcap*"))
	if len(files) == 0 {
		corpora.Missing(t, "no captures")
	}
	verbose, err := textout.New(textout.Options{NoNames: true, LinkHeader: true, Verbose: 3})
	if err != nil {
		t.Fatal(err)
	}
	quiet, err := textout.New(textout.Options{NoNames: true, Verbose: 1})
	if err != nil {
		t.Fatal(err)
	}
	perFile := 12
	if testing.Short() {
		perFile = 3
	}
	for _, name := range files {
		rng := rand.New(rand.NewPCG(1, uint64(len(name))))
		for _, k := range somePackets(t, name, perFile) {
			for range 6 {
				damaged := damage(rng, k)
				for _, p := range []*textout.Printer{verbose, quiet} {
					printSafely(t, p, name, damaged)
				}
			}
		}
	}
}

// damage returns a copy of k cut at random, and with some bytes changed.
func damage(rng *rand.Rand, k capture.Packet) capture.Packet {
	data := append([]byte(nil), k.Data...)
	for range rng.IntN(6) {
		data[rng.IntN(len(data))] = byte(rng.Uint32())
	}
	k.Data = data
	if rng.IntN(2) == 0 {
		k.Data = data[:1+rng.IntN(len(data))]
	}
	return k
}

func printSafely(t *testing.T, p *textout.Printer, name string, k capture.Packet) {
	t.Helper()
	defer func() {
		if r := recover(); r != nil {
			t.Errorf("%s: link type %v: %v\n%x", filepath.Base(name), k.Iface.LinkType, r, k.Data)
		}
	}()
	const most = 4 << 20
	if out := p.AppendPacket(nil, &k); len(out) > most {
		t.Errorf("%s: %d bytes printed of a packet of %d", filepath.Base(name), len(out), len(k.Data))
	}
}

// somePackets reads the first packets of a capture, as far as it can be read.
func somePackets(t *testing.T, name string, n int) []capture.Packet {
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := pcapin.NewReader(f)
	if err != nil {
		return nil
	}
	defer r.Close()
	var out []capture.Packet
	var b capture.Batch
	for len(out) < n {
		b.Reset()
		err := r.ReadBatch(&b)
		for _, k := range b.Packets {
			if len(out) < n && len(k.Data) > 0 {
				k.Data = append([]byte(nil), k.Data...)
				out = append(out, k)
			}
		}
		if err != nil {
			if !errors.Is(err, io.EOF) {
				t.Logf("%s: %v", filepath.Base(name), err)
			}
			break
		}
	}
	return out
}
