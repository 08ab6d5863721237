package filter

import (
	"encoding/binary"
	"math/bits"
	"slices"
)

// key6 is an IPv6 address.
type key6 struct{ hi, lo uint64 }

func key6From(b []byte) key6 {
	return key6{binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[8:])}
}

func (k key6) bytes(dst []byte) {
	binary.BigEndian.PutUint64(dst, k.hi)
	binary.BigEndian.PutUint64(dst[8:], k.lo)
}

func (k key6) compare(o key6) int {
	switch {
	case k.hi < o.hi || k.hi == o.hi && k.lo < o.lo:
		return -1
	case k == o:
		return 0
	}
	return 1
}

func (k key6) add(n uint64) key6 {
	lo, carry := bits.Add64(k.lo, n, 0)
	return key6{k.hi + carry, lo}
}

func be32(b []byte) uint32 { return binary.BigEndian.Uint32(b) }

// table4 is a hash table of IPv4 addresses with open addressing, at most half
// full. An empty place holds 0, so that the address 0 is kept apart.
type table4 struct {
	slots []uint32
	shift uint8
	zero  bool
	n     int // members
}

func newTable4(keys []uint32) table4 {
	size := max(2*len(keys), 2)
	shift := uint8(32 - bits.Len(uint(size-1)))
	t := table4{slots: make([]uint32, 1<<(32-shift)), shift: shift}
	for _, k := range keys {
		if k == 0 {
			t.zero = true
			continue
		}
		i := t.slot(k)
		for t.slots[i] != 0 && t.slots[i] != k {
			i = (i + 1) & uint32(len(t.slots)-1)
		}
		if t.slots[i] == 0 {
			t.n++
		}
		t.slots[i] = k
	}
	if t.zero {
		t.n++
	}
	return t
}

func (t *table4) slot(k uint32) uint32 { return k * 0x9e3779b1 >> t.shift }

func (t *table4) contains(k uint32) bool {
	if len(t.slots) == 0 || k == 0 {
		return t.zero && k == 0
	}
	mask := uint32(len(t.slots) - 1)
	for i := t.slot(k) & mask; ; i = (i + 1) & mask {
		switch t.slots[i] {
		case k:
			return true
		case 0:
			return false
		}
	}
}

func (t *table4) each(yield func([]byte, int) bool) {
	var b [4]byte
	if t.zero && !yield(b[:], 32) {
		return
	}
	for _, k := range t.slots {
		if binary.BigEndian.PutUint32(b[:], k); k != 0 && !yield(b[:], 32) {
			return
		}
	}
}

// table6 is table4 for IPv6 addresses.
type table6 struct {
	slots []key6
	shift uint8
	zero  bool
	n     int // members
}

func newTable6(keys []key6) table6 {
	size := max(2*len(keys), 2)
	shift := uint8(64 - bits.Len(uint(size-1)))
	t := table6{slots: make([]key6, 1<<(64-shift)), shift: shift}
	for _, k := range keys {
		if k == (key6{}) {
			t.zero = true
			continue
		}
		i := t.slot(k)
		for t.slots[i] != (key6{}) && t.slots[i] != k {
			i = (i + 1) & uint64(len(t.slots)-1)
		}
		if t.slots[i] == (key6{}) {
			t.n++
		}
		t.slots[i] = k
	}
	if t.zero {
		t.n++
	}
	return t
}

func (t *table6) slot(k key6) uint64 {
	hi, lo := bits.Mul64(k.hi^0x9e3779b97f4a7c15, k.lo^0xd6e8feb86659fd93)
	return (hi ^ lo) * 0x9e3779b97f4a7c15 >> t.shift
}

func (t *table6) contains(k key6) bool {
	if len(t.slots) == 0 || k == (key6{}) {
		return t.zero && k == (key6{})
	}
	mask := uint64(len(t.slots) - 1)
	for i := t.slot(k) & mask; ; i = (i + 1) & mask {
		switch t.slots[i] {
		case k:
			return true
		case key6{}:
			return false
		}
	}
}

func (t *table6) each(yield func([]byte, int) bool) {
	var b [16]byte
	if t.zero && !yield(b[:], 128) {
		return
	}
	for _, k := range t.slots {
		if k.bytes(b[:]); k != (key6{}) && !yield(b[:], 128) {
			return
		}
	}
}

// range4 are the addresses from from to to, both included.
type range4 struct{ from, to uint32 }

// ranges4 are nets, as ranges that neither touch nor overlap, in order. first
// leads to them by the upper half of an address:
//
//	first[h]   the first range that ends at or behind h.0.0
//	first[h+1] the last one that may hold an address of h.x.x
type ranges4 struct {
	all   []range4
	first []uint32
}

func newRanges4(all []range4) ranges4 {
	slices.SortFunc(all, func(a, b range4) int {
		if a.from < b.from {
			return -1
		}
		return 1
	})
	merged := all[:0]
	for _, r := range all {
		if n := len(merged); n > 0 && (merged[n-1].to == ^uint32(0) || r.from <= merged[n-1].to+1) {
			merged[n-1].to = max(merged[n-1].to, r.to)
			continue
		}
		merged = append(merged, r)
	}
	t := ranges4{all: slices.Clip(merged), first: make([]uint32, 1<<16+1)}
	i := uint32(0)
	for h := range uint32(1 << 16) {
		for int(i) < len(t.all) && t.all[i].to < h<<16 {
			i++
		}
		t.first[h] = i
	}
	t.first[1<<16] = uint32(len(t.all))
	return t
}

func (t *ranges4) contains(a uint32) bool {
	if len(t.all) == 0 {
		return false
	}
	lo, hi := t.first[a>>16], t.first[a>>16+1]
	for lo < hi { // the first range that ends at or behind a
		if mid := (lo + hi) / 2; t.all[mid].to < a {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return int(lo) < len(t.all) && t.all[lo].from <= a && a <= t.all[lo].to
}

func (t *ranges4) prefixes(yield func([]byte, int) bool) {
	var b [4]byte
	for _, r := range t.all {
		for from := uint64(r.from); from <= uint64(r.to); {
			n := min(bits.TrailingZeros64(from|1<<32), bits.Len64(uint64(r.to)-from+1)-1)
			if binary.BigEndian.PutUint32(b[:], uint32(from)); !yield(b[:], 32-n) {
				return
			}
			from += 1 << n
		}
	}
}

// range6 is range4 for IPv6 addresses.
type range6 struct{ from, to key6 }

type ranges6 struct{ all []range6 }

func newRanges6(all []range6) ranges6 {
	slices.SortFunc(all, func(a, b range6) int { return a.from.compare(b.from) })
	merged := all[:0]
	for _, r := range all {
		if n := len(merged); n > 0 && r.from.compare(merged[n-1].to) <= 0 {
			if r.to.compare(merged[n-1].to) > 0 {
				merged[n-1].to = r.to
			}
			continue
		}
		merged = append(merged, r)
	}
	return ranges6{slices.Clip(merged)}
}

func (t *ranges6) contains(a key6) bool {
	lo, hi := 0, len(t.all)
	for lo < hi {
		if mid := (lo + hi) / 2; t.all[mid].to.compare(a) < 0 {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo < len(t.all) && t.all[lo].from.compare(a) <= 0
}

func (t *ranges6) prefixes(yield func([]byte, int) bool) {
	var b [16]byte
	for _, r := range t.all {
		for from := r.from; ; {
			n := from.aligned(r.to)
			if from.bytes(b[:]); !yield(b[:], 128-n) {
				return
			}
			last := from.last(n)
			if last == r.to {
				break
			}
			from = last.add(1)
		}
	}
}

// last is the last address of the net that begins at k and leaves n bits free.
func (k key6) last(n int) key6 {
	if n > 64 {
		return key6{k.hi | (1<<(n-64) - 1), ^uint64(0)}
	}
	return key6{k.hi, k.lo | (1<<n - 1)}
}

// aligned is how many bits the largest net leaves free that begins at k and does
// not end behind to.
func (k key6) aligned(to key6) int {
	n := bits.TrailingZeros64(k.lo)
	if n == 64 {
		n += bits.TrailingZeros64(k.hi)
	}
	for k.last(n).compare(to) > 0 {
		n--
	}
	return n
}
