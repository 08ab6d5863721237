package textout

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"tengu/capture"
	"tengu/internal/corpora"
	"tengu/pcapin"
)

// corpusPackets reads the packets of a mixed corpus, with memory of their own.
func corpusPackets(t testing.TB, name string) []capture.Packet {
	t.Helper()
	f, err := os.Open(filepath.Join(corpora.Dir(t), "mixed", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r, err := pcapin.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var all []capture.Packet
	var b capture.Batch
	for err == nil {
		err = r.ReadBatch(&b)
		for _, k := range b.Packets {
			k.Data = bytes.Clone(k.Data)
			all = append(all, k)
		}
	}
	return all
}

// mutate damages a packet: some bytes, or its end.
func mutate(r *rand.Rand, data []byte) []byte {
	out := bytes.Clone(data)
	for range 1 + r.IntN(4) {
		if len(out) > 1 {
			out[r.IntN(len(out))] = byte(r.Uint32())
		}
	}
	if len(out) > 1 && r.IntN(3) == 0 {
		out = out[:1+r.IntN(len(out)-1)]
	}
	return out
}

// linePerByte bounds the text: so many bytes for each one captured, and some.
const linePerByte = 400

func safeText(out []byte) bool {
	for _, c := range out {
		if c < 0x20 && c != '\n' && c != '\t' || c >= 0x7f {
			return false
		}
	}
	return true
}

// TestMutated wants no panic, bounded text and no byte that a terminal obeys from
// damaged packets, with every way of looking at them.
func TestMutated(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(corpora.Dir(t), "mixed", "*.pcap"))
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 2))
	for _, f := range files {
		packets := corpusPackets(t, filepath.Base(f))
		for _, o := range []Options{{NoNames: true}, {NoNames: true, Verbose: 3, LinkHeader: true}, {NoNames: true, Quiet: true, ASCII: 1}} {
			p, err := New(o)
			if err != nil {
				t.Fatal(err)
			}
			var out []byte
			for i := range packets {
				k := packets[i]
				k.Data = mutate(r, k.Data)
				out = p.AppendPacket(out[:0], &k)
				if len(out) > 4096+linePerByte*len(k.Data) {
					t.Fatalf("%s: packet %d of %d bytes prints %d: % x", f, i+1, len(k.Data), len(out), k.Data)
				}
				if !safeText(out) {
					t.Fatalf("%s: packet %d prints control bytes: %q (% x)", f, i+1, out, k.Data)
				}
			}
		}
	}
}

// FuzzPacket gives a printer any bytes.
func FuzzPacket(f *testing.F) {
	for _, k := range corpusPackets(f, "mixed-EN10MB.pcap")[:200] {
		f.Add(uint16(k.Iface.LinkType), k.Data)
	}
	f.Fuzz(func(t *testing.T, link uint16, data []byte) {
		p, err := New(Options{NoNames: true, Verbose: 3, LinkHeader: true})
		if err != nil {
			t.Fatal(err)
		}
		k := capture.Packet{Data: data, WireLen: uint32(len(data)), Iface: &capture.Interface{LinkType: capture.LinkType(link)}}
		if out := p.AppendPacket(nil, &k); !safeText(out) {
			t.Fatalf("control bytes: %q", out)
		}
	})
}

// TestMutatedLikeTcpdump compares the text of damaged everyday packets with the
// installed tcpdump's.
func TestMutatedLikeTcpdump(t *testing.T) {
	tcpdump, err := exec.LookPath("tcpdump")
	if err != nil {
		t.Skip("tcpdump is not installed")
	}
	utc(t)
	r := rand.New(rand.NewPCG(3, 4))
	file := binary.LittleEndian.AppendUint32(nil, 0xa1b2c3d4)
	file = append(file, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0)
	for _, k := range corpusPackets(t, "mixed-EN10MB.pcap") {
		data := mutate(r, k.Data)
		if !everyday(data) {
			continue
		}
		for _, n := range []uint32{uint32(k.Time.Sec), uint32(k.Time.Nsec / 1000), uint32(len(data)), uint32(len(k.Data))} {
			file = binary.LittleEndian.AppendUint32(file, n)
		}
		file = append(file, data...)
	}
	path := filepath.Join(t.TempDir(), "mutated.pcap")
	if err := os.WriteFile(path, file, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, v := range []int{0, 1, 2} {
		args := append([]string{"-n", "-r", path}, [][]string{nil, {"-v"}, {"-vv"}}[v]...)
		cmd := exec.Command(tcpdump, args...)
		cmd.Env = append(os.Environ(), "TZ=GMT0")
		want, err := cmd.Output()
		if err != nil {
			t.Skipf("tcpdump: %v", err)
		}
		got, err := printFile(t, path, Options{NoNames: true, Verbose: v}, 0, 1)
		if err != nil {
			t.Fatal(err)
		}
		same, all := sameLines(want, got)
		t.Logf("verbosity %d: %d of %d lines equal", v, same, all)
		if same*100 < all*mutatedFloor {
			t.Errorf("verbosity %d: %d of %d lines equal", v, same, all)
		}
	}
}

// mutatedFloor is the percentage of lines that must be equal.
const mutatedFloor = 99

// everyday says that a frame is ARP, or ICMP, TCP or UDP over IP, with ports that
// everyday protocols have.
func everyday(b []byte) bool {
	if len(b) < 58 {
		return false
	}
	switch binary.BigEndian.Uint16(b[12:]) {
	case etherARP:
		return true
	case etherIP4:
		return b[23] == protoICMP || everydayPorts(b[23], b[14+int(b[14]&15)*4%24:])
	case etherIP6:
		return b[20] == protoICMP6 || everydayPorts(b[20], b[54:])
	}
	return false
}

func everydayPorts(proto uint8, b []byte) bool {
	src, dst := binary.BigEndian.Uint16(b), binary.BigEndian.Uint16(b[2:])
	switch proto {
	case protoTCP:
		return plainTCP(src) && plainTCP(dst)
	case protoUDP:
		return plainUDP(src) && plainUDP(dst)
	}
	return false
}

// sameLines counts the lines of want that got has too, in any order.
func sameLines(want, got []byte) (same, all int) {
	have := map[string]int{}
	for _, l := range bytes.Split(got, []byte("\n")) {
		have[string(l)]++
	}
	for _, l := range bytes.Split(want, []byte("\n")) {
		all++
		if have[string(l)] > 0 {
			have[string(l)]--
			same++
		}
	}
	return same, all
}
