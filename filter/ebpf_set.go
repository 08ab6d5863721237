package filter

import (
	"encoding/binary"
	"fmt"
	"hash/maphash"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/asm"
	"golang.org/x/sys/unix"
)

// portTable is the size of the map for a set of ports: a byte for each, indexed
// by the port as it lies in the packet, and read without a helper call.
const portTable = 1 << 16

// lookup says that finding a member takes a helper call.
func (s *Set) lookup() bool { return s.Size != 2 }

// keyOffset is where the bytes of a key go on the stack.
func (s *Set) keyOffset() int16 { return -16 }

// portBit tests for the port in R0, as it lies.
func (g *generator) portBit(s *Set) condition {
	g.emit(asm.LoadMapValue(asm.R5, 0, 0).WithReference(s.mapName()), asm.Add.Reg(asm.R5, asm.R0),
		asm.LoadMem(asm.R0, asm.R5, 0, asm.Byte))
	return condition{op: asm.JNE, dst: asm.R0, imm: true}
}

// lookUp looks the key on the stack up.
func (g *generator) lookUp(s *Set) condition {
	key := s.keyOffset()
	if s.Nets { // struct bpf_lpm_trie_key: the prefix length goes before the bytes
		key -= 4
		g.emit(asm.StoreImm(asm.RFP, key, int64(s.Size)*8, asm.Word))
	}
	g.emit(asm.LoadMapPtr(asm.R1, 0).WithReference(s.mapName()),
		asm.Mov.Reg(asm.R2, asm.RFP), asm.Add.Imm(asm.R2, int32(key)), asm.FnMapLookupElem.Call())
	return condition{op: asm.JNE, dst: asm.R0, imm: true, wide: true}
}

// inSet looks the bytes of a load up.
func (g *generator) inSet(s *step, k *proven) condition {
	set := g.sets[s.K]
	g.used[int(s.K)] = true
	base, off := g.reach(s, k, regValue)
	k.value.ok, k.x.ok = false, false
	if !set.lookup() {
		g.emit(asm.LoadMem(asm.R0, base, off, asm.Half))
		return g.portBit(set)
	}
	key := set.keyOffset()
	for done := int16(0); done < int16(s.Size); done += 4 {
		g.emit(asm.LoadMem(asm.R0, base, off+done, asm.Word), asm.StoreMem(asm.RFP, key+done, asm.R0, asm.Word))
	}
	return g.lookUp(set)
}

var setSeed = maphash.MakeSeed()

// mapName names the set's map by what is in it: equal sets share a map, also
// when a filter is replaced.
func (s *Set) mapName() string {
	if s.File != "" {
		return fmt.Sprintf("set%d_%s_%s", s.Size, s.word, s.File)
	}
	var sum uint64
	for key, bits := range s.Data().Keys() {
		sum += maphash.Bytes(setSeed, append(key[:len(key):len(key)], byte(bits)))
	}
	return fmt.Sprintf("set%d_%d_%x", s.Size, s.Data().Len(), sum)
}

// mapSpecs describes the maps of the sets that the code refers to.
func (g *generator) mapSpecs() (map[string]*ebpf.MapSpec, error) {
	out := map[string]*ebpf.MapSpec{}
	for i := range g.used {
		s := g.sets[i]
		out[s.mapName()] = s.mapSpec()
	}
	return out, nil
}

// mapSpec describes the map of a set, filled with its members. One from a file
// has room to grow by half when the file is read again.
func (s *Set) mapSpec() *ebpf.MapSpec {
	d := s.Data()
	spec := &ebpf.MapSpec{Name: "tengu_set", Type: ebpf.Hash, KeySize: uint32(s.Size), ValueSize: 1}
	switch {
	case !s.lookup():
		table := make([]byte, portTable)
		for key := range d.Keys() {
			table[binary.NativeEndian.Uint16(key)] = 1
		}
		spec.Type, spec.KeySize, spec.ValueSize, spec.MaxEntries = ebpf.Array, 4, portTable, 1
		spec.Contents = []ebpf.MapKV{{Key: uint32(0), Value: table}}
		return spec
	case s.Nets:
		spec.Type, spec.KeySize, spec.Flags = ebpf.LPMTrie, uint32(s.Size)+4, unix.BPF_F_NO_PREALLOC
	}
	for key, bits := range d.Keys() {
		var k []byte
		if s.Nets {
			k = binary.NativeEndian.AppendUint32(k, uint32(bits))
		}
		spec.Contents = append(spec.Contents, ebpf.MapKV{Key: append(k, key...), Value: uint8(1)})
	}
	n := len(spec.Contents)
	if s.File != "" {
		n += n/2 + 1024
	}
	spec.MaxEntries = uint32(max(n, 1))
	return spec
}

// Fill puts the members of a set into its map.
func (c *Code) Fill(name string, m *ebpf.Map) error {
	for _, kv := range c.Maps[name].Contents {
		if err := m.Put(kv.Key, kv.Value); err != nil {
			return fmt.Errorf("fill set: %w", err)
		}
	}
	return nil
}
