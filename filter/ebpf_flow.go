package filter

import (
	"math"

	"github.com/cilium/ebpf/asm"
)

// flow is a program as it is seen by packets with or without a VLAN tag beside
// the data, and what the generator has to know of its ways.
//
// The kernel takes the outermost tag out of the frame. The filter is written for
// the frame as on the wire, so for tagged packets
//
//	wire   0 ...... 11 | 12 13 14 15 | 16 ......
//	data   0 ...... 11 |  the tag's  | 12 ......
//	                   |  metadata   |
type flow struct {
	g       *generator
	steps   []step
	differs bool // the tag makes a difference
}

// step is an instruction, as the generator sees it.
type step struct {
	Inst
	kind    placeKind
	reached bool
	outcome int8   // of a test that is decided: 0 or 1, else -1
	hard    bool   // leave it to the far program
	behind  bool   // a computed offset must lie behind the tag
	must    uint32 // bytes of the frame that every accepted packet has from here
	may     uint32 // bytes of the frame that are read from here, at most
	mustX   span   // the same behind an IPv4 header
	mayX    span
	in      proven
	joined  bool // in holds something
	label   label
}

// placeKind says where a load finds its bytes.
type placeKind uint8

const (
	placeNone   placeKind = iota
	placeFrame            // at a constant offset
	placeIPv4             // behind an IPv4 header
	placeIndex            // at a computed offset
	placeIndex4           // at a computed offset behind an IPv4 header
	placeTag              // in the tag's metadata; Off counts from the tag
)

// span is a length behind the IPv4 header at NL.
type span struct {
	ok  bool
	nl  uint32
	len uint32
}

// proven is what the generated code knows on the way to a step.
type proven struct {
	frame uint32 // bytes of linear data that were found to be there
	x     span   // behind the IPv4 header that R5 points to
	value struct {
		ok      bool // R0 holds the bytes at a place
		numeric bool // in host order, not as they lie
		kind    placeKind
		load    load
		mask    uint32
	}
}

// farOffset bounds direct reads: instructions have 16 bits for an offset, the
// verifier wants packet offsets below 64 KiB.
const farOffset = 0x4000

// maxIndex bounds a computed offset for the same reason.
const maxIndex = 0x7fff

// Where the tag is in the frame.
const tagBegin, tagEnd = 12, 16

func newFlow(g *generator, tagged bool) (*flow, error) {
	f := &flow{g: g, steps: make([]step, len(g.prog))}
	for i := range g.prog {
		s := &f.steps[i]
		s.Inst, s.outcome = g.prog[i], -1
		s.label = -1
		if err := f.decide(s); err != nil {
			return nil, err
		}
		s.place()
		if tagged && s.loads() {
			f.shift(s)
		}
		if tagged && s.Op == OpChain {
			f.differs = true
		}
		s.hard = s.hard || g.tooHard(s)
	}
	f.reach()
	f.needs()
	return f, nil
}

// decide settles tests whose outcome the hook determines.
func (f *flow) decide(s *step) error {
	if s.Op != OpMeta {
		return nil
	}
	var v uint32
	switch {
	case s.Meta == metaOutbound:
		if f.g.target.Hook == HookEgress {
			v = 1
		}
	case s.Meta == metaIfIndex && f.g.target.Hook == HookBuffer:
		if f.g.target.IfIndex == 0 {
			return ErrNoIfIndex
		}
		v = uint32(f.g.target.IfIndex)
	default:
		return nil
	}
	s.settle(holds(s.Cmp, v, s.K))
	return nil
}

func (s *step) settle(outcome bool) {
	s.outcome = 0
	if outcome {
		s.outcome = 1
	}
}

func (s *step) place() {
	switch {
	case !s.loads():
	case s.Indexed && s.Base == baseIPv4:
		s.kind = placeIndex4
	case s.Indexed:
		s.kind = placeIndex
	case s.Base == baseIPv4:
		s.kind = placeIPv4
	default:
		s.kind = placeFrame
	}
}

// shift moves a load of a tagged packet to where its bytes are.
func (f *flow) shift(s *step) {
	end := uint64(s.Off) + uint64(s.Size)
	if s.kind == placeFrame && end <= tagBegin {
		return
	}
	f.differs = true
	switch {
	case s.kind == placeFrame && s.Off >= tagBegin && end <= tagEnd && s.Op != OpSet:
		s.kind = placeTag
		s.Off -= tagBegin
		f.decideTag(s)
	case s.kind == placeIndex:
		s.behind = true
	case s.Off < tagEnd || s.Base == baseIPv4 && s.NL < tagEnd:
		s.hard = true // on both sides of the tag, or within it
	default:
		s.Off -= tagEnd - tagBegin
		s.NL -= min(s.NL, tagEnd-tagBegin)
	}
}

// decideTag settles tests for the type of a tag: there are two
// (eth_type_vlan in include/linux/if_vlan.h).
func (f *flow) decideTag(s *step) {
	if s.Op != OpTest || s.Off != 0 || s.Size != 2 {
		return
	}
	q := holds(s.Cmp, etherVLAN&s.Mask, s.K)
	if q == holds(s.Cmp, etherQinQ&s.Mask, s.K) {
		s.settle(q)
	}
}

// tooHard says that the fast way has no code for a step.
func (g *generator) tooHard(s *step) bool {
	switch {
	case s.Op == OpChain, s.Op == OpSet && s.Indexed:
		return true
	case s.loads() && (s.Off > farOffset || s.NL > farOffset):
		return true
	case s.loads() && g.target.Hook == HookBuffer && !s.inWindow():
		return true
	case s.computes() || s.Op == OpCmp:
		n := uint8(len(g.regs.value))
		return s.Dst >= n || s.Src >= n
	}
	return false
}

// inWindow says that a load stays within the buffer whatever the header length.
func (s *step) inWindow() bool {
	end := s.Off + uint32(s.Size)
	switch s.kind {
	case placeFrame:
		return end <= Window
	case placeIPv4:
		return s.NL < Window && end+60 <= Window
	}
	return false
}

// follow goes on from i past decided tests.
func (f *flow) follow(i int32) int32 {
	for {
		s := &f.steps[i]
		switch s.outcome {
		case 0:
			i = s.Jf
		case 1:
			i = s.Jt
		default:
			return i
		}
	}
}

// next lists the ways on from step i.
func (f *flow) next(i int32) (a, b int32, n int) {
	s := &f.steps[i]
	switch {
	case s.Op == OpReturn || s.hard:
		return 0, 0, 0
	case s.computes():
		return f.follow(i + 1), 0, 1
	}
	return f.follow(s.Jt), f.follow(s.Jf), 2
}

// reach marks the steps that packets come to.
func (f *flow) reach() {
	f.steps[f.follow(0)].reached = true
	for i := range f.steps {
		if !f.steps[i].reached || f.steps[i].outcome >= 0 {
			continue
		}
		a, b, n := f.next(int32(i))
		if n > 0 {
			f.steps[a].reached = true
		}
		if n > 1 {
			f.steps[b].reached = true
		}
	}
}

// settled says that all packets come to the same verdict k.
func (f *flow) settled(k uint32) bool {
	s := &f.steps[f.follow(0)]
	return s.Op == OpReturn && s.K == k
}

// needs works out, from the end, how much of the frame is read.
func (f *flow) needs() {
	for i := len(f.steps) - 1; i >= 0; i-- {
		s := &f.steps[i]
		if !s.reached {
			continue
		}
		switch {
		case s.hard:
			continue
		case s.Op == OpReturn:
			if s.K == 0 {
				s.must = math.MaxUint32
				s.mustX = span{true, math.MaxUint32, math.MaxUint32}
			}
			continue
		}
		a, b, n := f.next(int32(i))
		s.inherit(&f.steps[a])
		if n > 1 {
			s.meet(&f.steps[b])
		}
		s.own()
	}
}

func (s *step) inherit(t *step) {
	s.must, s.may, s.mustX, s.mayX = t.must, t.may, t.mustX, t.mayX
}

func (s *step) meet(t *step) {
	s.must, s.may = min(s.must, t.must), max(s.may, t.may)
	s.mustX = meetMust(s.mustX, t.mustX)
	s.mayX = joinMay(s.mayX, t.mayX)
}

// meetMust keeps what both ways need. A way that only rejects needs everything,
// behind any header.
func meetMust(a, b span) span {
	switch {
	case !a.ok || !b.ok:
		return span{}
	case a.nl == math.MaxUint32:
		return b
	case b.nl == math.MaxUint32:
		return a
	case a.nl != b.nl:
		return span{}
	}
	a.len = min(a.len, b.len)
	return a
}

func joinMay(a, b span) span {
	switch {
	case !a.ok:
		return b
	case !b.ok:
		return a
	case a.nl != b.nl:
		return span{}
	}
	a.len = max(a.len, b.len)
	return a
}

// own adds what the step itself reads.
func (s *step) own() {
	end := s.Off + uint32(s.Size)
	switch s.kind {
	case placeFrame:
		s.must, s.may = max(s.must, end), max(s.may, end)
	case placeIPv4:
		// The header length is read too, and may be nought.
		s.must = max(s.must, s.NL+1, end)
		if !s.mustX.ok || s.mustX.nl != s.NL {
			s.mustX = span{true, s.NL, 0}
		}
		if !s.mayX.ok || s.mayX.nl != s.NL {
			s.mayX = span{true, s.NL, 0}
		}
		s.mustX.len, s.mayX.len = max(s.mustX.len, end), max(s.mayX.len, end)
	}
}

// hasCalls says that the fast way calls helpers: lookups in maps.
func (f *flow) hasCalls() bool {
	for i := range f.steps {
		if s := &f.steps[i]; s.Op == OpSet && s.reached && !s.hard && f.g.sets[s.K].Size != 2 {
			return true
		}
	}
	return false
}

// carries says that a register is read in another condition than that which set
// it.
func (f *flow) carries() bool {
	var set uint32
	for i := range f.steps {
		s := &f.steps[i]
		uses := uint32(0)
		switch s.Op {
		case OpLoad:
			if s.Indexed {
				uses = 1 << s.Src
			}
		case OpALU, OpCmp:
			uses = 1<<s.Dst | 1<<s.Src
		}
		if uses&^set != 0 {
			return true
		}
		if s.computes() {
			set |= 1 << s.Dst
		} else {
			set = 0
		}
	}
	return false
}

// join merges what is known on a way into a step.
func (s *step) join(k *proven) {
	if !s.joined {
		s.joined, s.in = true, *k
		return
	}
	s.in.frame = min(s.in.frame, k.frame)
	if s.in.x.nl != k.x.nl || !k.x.ok {
		s.in.x.ok = false
	}
	s.in.x.len = min(s.in.x.len, k.x.len)
	if s.in.value != k.value {
		s.in.value.ok = false
	}
}

// flow emits the steps. It ends where g.reject must be bound, and says whether
// it falls through there.
func (g *generator) flow(f *flow) bool {
	first := f.follow(0)
	g.enter(f, first, &proven{})
	next := func(i int) int32 { // the step that is emitted after i
		for i++; i < len(f.steps); i++ {
			if s := &f.steps[i]; s.reached && s.outcome < 0 && s.Op != OpReturn {
				return int32(i)
			}
		}
		return -1
	}
	falls := false
	n := next(-1)
	if n < 0 || n != first {
		g.ja(g.way(f, first)) // nothing to test
		return false
	}
	for n >= 0 {
		s := &f.steps[n]
		after := next(int(n))
		if s.label < 0 {
			s.label = g.label()
		}
		g.bind(s.label)
		falls = g.step(f, s, n, after)
		if n = after; n >= 0 {
			g.island(&g.accept, &g.reject, &g.short, &g.farther)
		}
	}
	return falls
}

// enter tells a step what is known on a way to it.
func (g *generator) enter(f *flow, i int32, k *proven) {
	if s := &f.steps[i]; s.Op != OpReturn {
		s.join(k)
	}
}

// way returns the label of a step.
func (g *generator) way(f *flow, i int32) label {
	s := &f.steps[i]
	switch {
	case s.Op == OpReturn && s.K != 0:
		return g.accept
	case s.Op == OpReturn:
		return g.reject
	}
	if s.label < 0 {
		s.label = g.label()
	}
	return s.label
}

// leads says that going on at step i is the same as falling through to after,
// or to the rejection at the end.
func (f *flow) leads(i, after int32) bool {
	if after < 0 {
		s := &f.steps[i]
		return s.Op == OpReturn && s.K == 0
	}
	return i == after
}

// fork leaves a step by one of two ways: the condition holds or not.
func (g *generator) fork(f *flow, s *step, after int32, c condition) bool {
	t, e := f.follow(s.Jt), f.follow(s.Jf)
	if c.op == jNotSet {
		c.op = asm.JSet
		t, e = e, t
	}
	if f.leads(t, after) && c.invert() {
		t, e = e, t
	}
	if t == e {
		return g.goOn(f, t, after)
	}
	c.emit(g, g.way(f, t))
	return g.goOn(f, e, after)
}

func (g *generator) goOn(f *flow, i, after int32) bool {
	if f.leads(i, after) {
		return after < 0
	}
	g.ja(g.way(f, i))
	return false
}

// condition is a conditional jump in the making.
type condition struct {
	op       asm.JumpOp
	dst, src asm.Register
	imm      bool
	k        uint32
	wide     bool // compares 64 bits
}

// jNotSet stands for the opposite of asm.JSet, which eBPF does not have.
const jNotSet = asm.JumpOp(0xff)

func (c *condition) invert() bool {
	op, ok := inverse[c.op]
	if ok {
		c.op = op
	}
	return ok
}

var inverse = map[asm.JumpOp]asm.JumpOp{
	asm.JEq: asm.JNE, asm.JNE: asm.JEq, asm.JGT: asm.JLE, asm.JLE: asm.JGT,
	asm.JGE: asm.JLT, asm.JLT: asm.JGE,
}

func (c *condition) emit(g *generator, to label) {
	class, src := asm.Jump32Class, asm.RegSource
	if c.wide {
		class = asm.JumpClass
	}
	if c.imm {
		src = asm.ImmSource
	}
	g.jump(class, c.op, src, c.dst, c.src, c.k, to)
}
