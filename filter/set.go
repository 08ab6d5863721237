package filter

import (
	"fmt"
	"iter"
	"sync/atomic"
)

// Set is what a filter looks addresses or ports up in: the members of a file, or
// of a long chain of or.
type Set struct {
	// Size is the length of a key in bytes: 2 for ports, 4 and 16 for addresses.
	Size uint8
	// Nets says that members are prefixes; else they are whole keys.
	Nets bool
	// File is where the members come from, "" for a chain.
	File string

	word string // host, net or port, as written before "in @FILE"
	data atomic.Pointer[SetData]
}

// Data returns the members as they are now. They do not change any more: Reload
// puts others in their place.
func (s *Set) Data() *SetData { return s.data.Load() }

func (s *Set) String() string {
	from := "or"
	if s.File != "" {
		from = "@" + quoteFile(s.File)
	}
	what := map[uint8]string{2: "ports", 4: "IPv4", 16: "IPv6"}[s.Size]
	if s.Nets {
		what += " nets"
	}
	return fmt.Sprintf("%s, %s: %d", from, what, s.Data().Len())
}

// SetData are the members of a set at one time. It is safe for concurrent use.
type SetData struct {
	size uint8
	nets bool
	n    int

	ports  *[1 << 10]uint64
	hosts4 table4
	hosts6 table6
	nets4  ranges4
	nets6  ranges6
}

// Len is how many members there are, counted once each. Nets that touch or
// overlap count as what they make together.
func (d *SetData) Len() int { return d.n }

// Contains says whether a key of the set's size, in network order, is a member.
func (d *SetData) Contains(key []byte) bool {
	switch {
	case d.size == 2:
		return d.port(uint16(key[0])<<8 | uint16(key[1]))
	case d.size == 4:
		return d.addr4(be32(key))
	}
	return d.addr6(key6From(key))
}

func (d *SetData) port(p uint16) bool { return d.ports[p>>6]>>(p&63)&1 != 0 }

func (d *SetData) addr4(a uint32) bool {
	if d.nets {
		return d.nets4.contains(a)
	}
	return d.hosts4.contains(a)
}

func (d *SetData) addr6(a key6) bool {
	if d.nets {
		return d.nets6.contains(a)
	}
	return d.hosts6.contains(a)
}

// Keys yields the members: a key in network order, valid until the next step,
// and how many bits of it count.
func (d *SetData) Keys() iter.Seq2[[]byte, int] {
	return func(yield func([]byte, int) bool) {
		switch {
		case d.size == 2:
			for p := range 1 << 16 {
				if d.port(uint16(p)) && !yield([]byte{byte(p >> 8), byte(p)}, 16) {
					return
				}
			}
		case d.size == 4 && d.nets:
			d.nets4.prefixes(yield)
		case d.size == 4:
			d.hosts4.each(yield)
		case d.nets:
			d.nets6.prefixes(yield)
		default:
			d.hosts6.each(yield)
		}
	}
}

// Sets are the sets that the program's OpSet instructions number.
func (f *Filter) Sets() []*Set { return f.sets }

// Reload reads the files of the filter's sets again and replaces what Match
// looks things up in: all of them, or none if one cannot be read. Match may run
// meanwhile. Sets are changed one after the other, so that for a moment some are
// new and others old.
func (f *Filter) Reload() error {
	read := map[string]*members{}
	for _, s := range f.sets {
		key := s.word + " " + s.File
		if s.File == "" || read[key] != nil {
			continue
		}
		m, err := readSet(s.File, s.word, f.opt.names())
		if err != nil {
			return err
		}
		read[key] = m
	}
	for _, s := range f.sets {
		if s.File != "" {
			s.data.Store(read[s.word+" "+s.File].data(s.Size))
		}
	}
	return nil
}
