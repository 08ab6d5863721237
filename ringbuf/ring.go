package ringbuf

import (
	"encoding/binary"
	"sync/atomic"
	"unsafe"

	"tengu/bpf"
	"tengu/capture"
)

// What the program writes; see bpf/layout.h.
const (
	epbType   = 6
	padType   = 0x80000bad
	epbHeader = 28
	never     = ^uint64(0)
)

var ne = binary.NativeEndian

// ring is the consumer's side of one ring.
type ring struct {
	ctl  *bpf.CaptureRingCtl
	data []byte // the ring's elements
	geo  *Config

	pos      uint64       // next to read
	end      uint64       // prod as last seen
	taken    int          // packets read from the block at pos
	released uint64       // as last stored in ctl.Cons for packets
	blocks   atomic.Int64 // handed out and not yet released
}

func (r *ring) refresh() { r.end = atomic.LoadUint64(&r.ctl.Prod) }

// bytes is the memory of the ring that records can use.
func (r *ring) bytes() uint64 { return uint64(r.geo.Blocks) * uint64(r.geo.BlockSize) }

// block returns the block that holds pos, without its slack.
func (r *ring) block(pos uint64) []byte {
	i := int(pos/uint64(r.geo.BlockSize)) & (r.geo.Blocks - 1)
	at := i * r.geo.Stride
	return r.data[at : at+r.geo.BlockSize : at+r.geo.BlockSize]
}

func (r *ring) offset(pos uint64) int { return int(pos) & (r.geo.BlockSize - 1) }

// blockEnd is where the block that holds pos ends.
func (r *ring) blockEnd(pos uint64) uint64 {
	return (pos | uint64(r.geo.BlockSize-1)) + 1
}

// skipPadding moves to the next record, over the end of a block.
func (r *ring) skipPadding() {
	for r.pos < r.end {
		b := r.block(r.pos)[r.offset(r.pos):]
		if ne.Uint32(b) != padType {
			return
		}
		r.pos = r.blockEnd(r.pos)
		r.taken = 0
	}
}

// head returns the timestamp of the next record, or never.
func (r *ring) head() uint64 {
	r.skipPadding()
	if r.pos >= r.end {
		return never
	}
	b := r.block(r.pos)[r.offset(r.pos):]
	return uint64(ne.Uint32(b[12:]))<<32 | uint64(ne.Uint32(b[16:]))
}

// next parses the record at pos into p and moves past it. There must be one.
func (r *ring) next(p *capture.Packet, ifaces []*capture.Interface) {
	b := r.block(r.pos)[r.offset(r.pos):]
	n := ne.Uint32(b[4:])
	caplen := ne.Uint32(b[20:])
	tail := epbHeader + (caplen+3)&^3
	p.Time = capture.TimeFromNanos(uint64(ne.Uint32(b[12:]))<<32 | uint64(ne.Uint32(b[16:])))
	p.Data = b[epbHeader : epbHeader+caplen : epbHeader+caplen]
	p.Raw = b[:n:n]
	p.WireLen = ne.Uint32(b[24:])
	p.Dir = capture.Direction(ne.Uint32(b[tail+4:]) & 3)
	p.Iface = ifaces[ne.Uint32(b[8:])]
	r.pos += uint64(n)
	r.taken++
}

// full says that the block at pos is closed, so that it can be handed out.
func (r *ring) full() bool { return r.end >= r.blockEnd(r.pos) }

// summary reads the padding block that closes the block at pos: how many
// packets the block holds, and their first and last timestamp.
func (r *ring) summary() (packets int, last uint64) {
	b := r.block(r.pos)
	pad := b[len(b)-int(ne.Uint32(b[len(b)-4:])):]
	return int(ne.Uint32(pad[8:])), ne.Uint64(pad[24:])
}

// release lets the program write over everything before pos.
func (r *ring) release(pos uint64) {
	atomic.StoreUint64(&r.ctl.Cons, pos)
}

// ctlAt maps the control words of ring i.
func ctlAt(mem []byte, i int) *bpf.CaptureRingCtl {
	return (*bpf.CaptureRingCtl)(unsafe.Pointer(&mem[i*int(unsafe.Sizeof(bpf.CaptureRingCtl{}))]))
}
