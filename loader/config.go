package loader

import (
	"fmt"
	"log/slog"
	"math/bits"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/asm"

	"tengu/capture"
)

// Hook names where packets are taken. The empty hook is HookTC.
type Hook string

const (
	HookTC         Hook = "tc"          // tcx, else clsact
	HookTCX        Hook = "tcx"         // tcx or nothing (kernel >= 6.6)
	HookClsact     Hook = "clsact"      // cls_bpf on a clsact qdisc
	HookXDP        Hook = "xdp"         // native, else generic, for ingress; TC for egress
	HookXDPNative  Hook = "xdp-native"  // native XDP or nothing
	HookXDPGeneric Hook = "xdp-generic" // generic XDP or nothing
	HookXDPEntry   Hook = "xdp-entry"   // what an attached XDP program gets
	HookXDPExit    Hook = "xdp-exit"    // what an attached XDP program leaves, with its verdict
)

// Hooks lists the hooks in the order in which help texts name them.
var Hooks = []Hook{HookTC, HookXDP, HookTCX, HookClsact, HookXDPNative, HookXDPGeneric, HookXDPEntry, HookXDPExit}

// traced says that the hook watches a program that is already attached.
func (h Hook) traced() bool { return h == HookXDPEntry || h == HookXDPExit }

// xdp says that ingress is taken at XDP by a program of our own.
func (h Hook) xdp() bool {
	return h == HookXDP || h == HookXDPNative || h == HookXDPGeneric
}

// Direction selects packets by the way they cross the interface.
type Direction uint8

const (
	InOut Direction = iota
	In
	Out
)

// Program is what a filter compiles to for one hook and link type.
type Program struct {
	// Insns is a subprogram as the stub in bpf/capture.c describes it. Empty
	// means every packet.
	Insns asm.Instructions
	// Maps are the maps it refers to, by reference name. They are created
	// once per name and shared by all programs: a name stands for contents.
	Maps map[string]*ebpf.MapSpec
	// Fill puts the contents into a map; nil if there are none.
	Fill func(name string, m *ebpf.Map) error
	// Superset says that the program selects more than the filter does:
	// the filter was cut to be loaded at all.
	Superset bool
}

// Place says what a filter is compiled for.
type Place struct {
	Kind     ProgramKind
	LinkType capture.LinkType
	// XDPLoad says that the kernel has bpf_xdp_load_bytes.
	XDPLoad bool
	// IfIndex is the interface, 0 if the program serves several.
	IfIndex int
	// Cut says how often the filter is to be halved, because the verifier
	// found it too large: the rest counts as a match.
	Cut int
}

// ProgramKind tells the capture programs apart.
type ProgramKind uint8

const (
	KindXDP ProgramKind = iota
	KindIngress
	KindEgress
	KindTrace // fentry, fexit: the filter sees a buffer
)

// Config says what to capture. The zero value of every field but Interfaces
// works.
type Config struct {
	// Interfaces are names; "any" stands for all there are and will be.
	Interfaces []string
	Hook       Hook
	Direction  Direction
	// SnapLen is the most bytes captured of a packet; 0 means MaxSnapLen.
	SnapLen uint32
	// BufferSize is the memory for all rings together, in bytes; 0 means
	// DefaultBuffer. At least two blocks per ring are taken.
	BufferSize uint64
	// BlockSize is a power of two; 0 means DefaultBlock, or less where many
	// rings share the buffer. It must hold the longest record.
	BlockSize uint32
	// Promisc asks for promiscuous mode, by default as tcpdump does.
	Promisc bool
	// Overwrite keeps the newest packets instead of the oldest ones when a
	// ring is full (flight recorder).
	Overwrite bool
	// Compile makes the filter for a place; nil captures everything. It is
	// called again for interfaces that appear later.
	Compile func(Place) (Program, error)
	// FilterText is what interfaces say of the filter.
	FilterText string
	// Log hears of fallbacks and of interfaces that come and go; nil is silent.
	Log *slog.Logger
}

const (
	// MaxSnapLen is tcpdump's MAXIMUM_SNAPLEN.
	MaxSnapLen = 262144
	// DefaultBuffer is the memory of all rings together.
	DefaultBuffer = 32 << 20
	// DefaultBlock is the block size while there is memory for it.
	DefaultBlock = 1 << 20
	minBlock     = 64 << 10
	// recordExtra bounds what a record holds besides data: header, padding
	// and options (bpf/layout.h).
	recordExtra = 128
	pageSize    = 4096
)

// Geometry is how ring memory is laid out: see bpf/layout.h.
type Geometry struct {
	Rings     int
	Blocks    int // per ring, a power of two
	BlockSize int // bytes, a power of two
	Stride    int // bytes from one block to the next: block and slack
}

// geometry fits rings for n CPUs into the configured memory.
func (c *Config) geometry(n int) (Geometry, error) {
	slack := roundUp(int(c.SnapLen)+recordExtra, pageSize)
	block := int(c.BlockSize)
	if block == 0 {
		block = DefaultBlock
		for block > minBlock && uint64(block)*uint64(2*n) > c.BufferSize && block/2 >= slack {
			block /= 2
		}
	}
	if bits.OnesCount(uint(block)) != 1 || block%pageSize != 0 {
		return Geometry{}, fmt.Errorf("lay out rings: block size %d is not a power of two of at least %d", block, pageSize)
	}
	if block < slack {
		return Geometry{}, fmt.Errorf("lay out rings: block size %d does not hold a record of %d bytes", block, slack)
	}
	blocks := 2
	for uint64(n)*uint64(blocks)*2*uint64(block) <= c.BufferSize {
		blocks *= 2
	}
	return Geometry{Rings: n, Blocks: blocks, BlockSize: block, Stride: block + slack}, nil
}

func roundUp(n, to int) int { return (n + to - 1) / to * to }

func (c *Config) fill() {
	if c.Hook == "" {
		c.Hook = HookTC
	}
	if c.SnapLen == 0 || c.SnapLen > MaxSnapLen {
		c.SnapLen = MaxSnapLen
	}
	if c.BufferSize == 0 {
		c.BufferSize = DefaultBuffer
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
}
