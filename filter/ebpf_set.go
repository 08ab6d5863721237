package filter

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/maphash"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/asm"
	"golang.org/x/sys/unix"
)

// kernelSet is a set as the kernel has it. Its members do not change: others
// come with another program.
//
//	ports   array of one value, a byte per port, read without a helper call
//	hosts   hash
//	nets    LPM trie; its keys begin with the prefix length
type kernelSet struct {
	*SetData
	size uint8
	nets bool
	n    int    // keys
	name string // of the map, by what is in it: equal sets share a map
}

// portTable is the size of a value for ports, which are indexes as they lie in
// the packet.
const portTable = 1 << 16

var setSeed = maphash.MakeSeed()

func newKernelSet(s *Set) *kernelSet {
	k := &kernelSet{SetData: s.Data(), size: s.Size, nets: s.Nets}
	var sum uint64
	buf := make([]byte, 0, 20)
	for key, bits := range k.Keys() {
		buf = append(append(buf[:0], byte(bits)), key...)
		sum += maphash.Bytes(setSeed, buf) // in any order
		k.n++
	}
	k.name = fmt.Sprintf("set%d_%d_%t_%x", k.size, k.n, k.nets, sum)
	return k
}

// set returns set number i for the code, which refers to it from now on.
func (g *generator) set(i uint32) *kernelSet {
	k := g.used[i]
	if k == nil {
		k = newKernelSet(g.sets[i])
		g.used[i] = k
	}
	return k
}

func (k *kernelSet) spec() *ebpf.MapSpec {
	spec := &ebpf.MapSpec{Name: "tengu_set", Type: ebpf.Hash, KeySize: uint32(k.size), ValueSize: 1, MaxEntries: uint32(max(k.n, 1))}
	switch {
	case k.size == 2:
		spec.Type, spec.KeySize, spec.ValueSize, spec.MaxEntries = ebpf.Array, 4, portTable, 1
	case k.nets:
		spec.Type, spec.Flags = ebpf.LPMTrie, unix.BPF_F_NO_PREALLOC
		spec.KeySize += 4
	}
	return spec
}

// prefixOffset is where a key begins on the stack, for a net with the prefix
// length and for a host without.
func (k *kernelSet) prefixOffset() int16 {
	if k.nets {
		return -20
	}
	return -16
}

// keyOffset is where the bytes of an address go on the stack.
const keyOffset = -16

// portBit tests for the port in R0, as it lies.
func (g *generator) portBit(k *kernelSet) condition {
	g.emit(asm.LoadMapValue(asm.R5, 0, 0).WithReference(k.name), asm.Add.Reg(asm.R5, asm.R0),
		asm.LoadMem(asm.R0, asm.R5, 0, asm.Byte))
	return condition{op: asm.JNE, dst: asm.R0, imm: true}
}

// lookUp looks the address on the stack up.
func (g *generator) lookUp(k *kernelSet) condition {
	if k.nets {
		g.emit(asm.Mov.Imm(asm.R1, 8*int32(k.size)), asm.StoreMem(asm.RFP, k.prefixOffset(), asm.R1, asm.Word))
	}
	g.emit(asm.LoadMapPtr(asm.R1, 0).WithReference(k.name),
		asm.Mov.Reg(asm.R2, asm.RFP), asm.Add.Imm(asm.R2, int32(k.prefixOffset())), asm.FnMapLookupElem.Call())
	return condition{op: asm.JNE, dst: asm.R0, imm: true, wide: true}
}

// inSet looks the bytes of a load up.
func (g *generator) inSet(s *step, k *proven) condition {
	set := g.set(s.K)
	base, off := g.reach(s, k, regValue)
	k.value.ok = false
	k.x.ok = false
	if set.size == 2 {
		g.emit(asm.LoadMem(asm.R0, base, off, asm.Half))
		return g.portBit(set)
	}
	for done := int16(0); done < int16(s.Size); done += 4 {
		g.emit(asm.LoadMem(asm.R0, base, off+done, asm.Word), asm.StoreMem(asm.RFP, keyOffset+done, asm.R0, asm.Word))
	}
	return g.lookUp(set)
}

// inSet does the same the far way, word by word.
func (w *farWriter) inSet(in *Inst, i int) {
	set := w.set(in.K)
	if set.size == 2 {
		w.load(in)
		w.emit(asm.HostTo(asm.BE, asm.R0, asm.Half)) // as it lies
		w.fork(in, i, w.portBit(set))
		return
	}
	for done := uint8(0); done < in.Size; done += 4 {
		part := *in
		part.Size, part.Off = 4, in.Off+uint32(done)
		w.load(&part)
		w.emit(asm.HostTo(asm.BE, asm.R0, asm.Word), asm.StoreMem(asm.RFP, keyOffset+int16(done), asm.R0, asm.Word))
	}
	w.fork(in, i, w.lookUp(set))
}

// Fill puts the members of a set into its map: one of Code.Maps, by name.
func (c *Code) Fill(name string, m *ebpf.Map) error {
	k := c.sets[name]
	if k == nil {
		return fmt.Errorf("fill %s: no such set", name)
	}
	if k.size == 2 {
		table := make([]byte, portTable)
		for key := range k.Keys() {
			table[binary.LittleEndian.Uint16(key)] = 1
		}
		return m.Put(uint32(0), table)
	}
	return k.fill(m)
}

// fill writes addresses into their map.
func (k *kernelSet) fill(m *ebpf.Map) error {
	switch k.size + 4*b2u(k.nets) {
	case 4:
		return fillKeys(m, k, func(key []byte, _ int) [4]byte { return [4]byte(key) })
	case 8:
		return fillKeys(m, k, func(key []byte, bits int) (out [8]byte) { putPrefix(out[:], key, bits); return out })
	case 16:
		return fillKeys(m, k, func(key []byte, _ int) [16]byte { return [16]byte(key) })
	}
	return fillKeys(m, k, func(key []byte, bits int) (out [20]byte) { putPrefix(out[:], key, bits); return out })
}

func b2u(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

func putPrefix(out, key []byte, bits int) {
	binary.NativeEndian.PutUint32(out, uint32(bits))
	copy(out[4:], key)
}

// fillBatch is how many members go to the kernel at a time.
const fillBatch = 1 << 14

// fillKeys writes keys of one size, in batches where the kernel takes them: from
// 5.6 on for some kinds of maps, later for others.
func fillKeys[K any](m *ebpf.Map, k *kernelSet, pack func(key []byte, bits int) K) error {
	keys := make([]K, 0, min(k.n, fillBatch))
	values := make([]byte, fillBatch)
	batches := true
	flush := func() error {
		if batches {
			_, err := m.BatchUpdate(keys, values[:len(keys)], nil)
			if !errors.Is(err, ebpf.ErrNotSupported) {
				return err
			}
			batches = false
		}
		for i := range keys {
			if err := m.Put(&keys[i], values[:1]); err != nil {
				return err
			}
		}
		return nil
	}
	for key, bits := range k.Keys() {
		if len(keys) == fillBatch {
			if err := flush(); err != nil {
				return err
			}
			keys = keys[:0]
		}
		keys = append(keys, pack(key, bits))
	}
	if len(keys) == 0 {
		return nil
	}
	return flush()
}
