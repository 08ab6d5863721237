package ringbuf

import (
	"encoding/binary"
	"errors"
	"fmt"
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
	epbMin    = epbHeader + 16 // with options, without data
	padHeader = 32
	never     = ^uint64(0)
)

// ErrDamaged says that ring memory does not hold what the programs write there.
// The ring is not read any further.
var ErrDamaged = errors.New("damaged ring")

var ne = binary.NativeEndian

// ring is the consumer's side of one ring.
type ring struct {
	id   int
	ctl  *bpf.CaptureRingCtl // nil in a snapshot
	data []byte              // the ring's elements
	geo  *Config

	pos      uint64       // next to read
	end      uint64       // prod as last seen
	taken    int          // packets read from the block at pos
	released uint64       // as last stored in ctl.Cons for packets
	blocks   atomic.Int64 // handed out and not yet released
	bad      error        // what is wrong with the memory at pos
}

func (r *ring) refresh() {
	if r.ctl == nil {
		return
	}
	end := atomic.LoadUint64(&r.ctl.Prod)
	if end < r.pos || end-r.pos > r.bytes() {
		r.damaged("producer at %d", end)
		return
	}
	r.end = end
}

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
	for r.pos < r.end && r.bad == nil {
		b := r.rest()
		if len(b) < padHeader || ne.Uint32(b) != padType {
			return
		}
		if int(ne.Uint32(b[4:])) != len(b) || r.blockEnd(r.pos) > r.end {
			r.damaged("padding of %d bytes, %d left in the block", ne.Uint32(b[4:]), len(b))
			return
		}
		r.pos = r.blockEnd(r.pos)
		r.taken = 0
	}
}

// rest is what lies from pos to the end of its block.
func (r *ring) rest() []byte { return r.block(r.pos)[r.offset(r.pos):] }

// head returns the timestamp of the next record, or never.
func (r *ring) head() uint64 {
	r.skipPadding()
	if r.pos >= r.end || r.bad != nil {
		return never
	}
	b := r.rest()
	if len(b) < epbMin || ne.Uint32(b) != epbType {
		r.damaged("no packet block (%d bytes left)", len(b))
		return never
	}
	return min(timestamp(b), never-1)
}

func timestamp(b []byte) uint64 {
	return uint64(ne.Uint32(b[12:]))<<32 | uint64(ne.Uint32(b[16:]))
}

// next parses the record at pos into p and moves past it. head must have found
// one. It says false if the record makes no sense.
func (r *ring) next(p *capture.Packet, ifaces []*capture.Interface) bool {
	b := r.rest()
	n, caplen, id := ne.Uint32(b[4:]), ne.Uint32(b[20:]), ne.Uint32(b[8:])
	if n < epbMin || uint64(n) > min(uint64(len(b)), r.end-r.pos) || n%4 != 0 || caplen > n-epbMin {
		r.damaged("packet block of %d bytes with %d of data", n, caplen)
		return false
	}
	if int64(id) >= int64(len(ifaces)) {
		r.damaged("interface %d, of %d", id, len(ifaces))
		return false
	}
	tail := epbHeader + (caplen+3)&^3
	p.Time = capture.TimeFromNanos(timestamp(b))
	p.Data = b[epbHeader : epbHeader+caplen : epbHeader+caplen]
	p.Raw = b[:n:n]
	p.WireLen = ne.Uint32(b[24:])
	p.Dir = capture.Direction(ne.Uint32(b[tail+4:]) & 3)
	p.Iface = ifaces[id]
	r.pos += uint64(n)
	r.taken++
	return true
}

// damaged notes that what lies at pos is not what the program writes. Nothing
// is read from the ring after that.
func (r *ring) damaged(format string, args ...any) {
	if r.bad == nil {
		r.bad = fmt.Errorf("read ring %d at position %d: %w: %s", r.id, r.pos, ErrDamaged, fmt.Sprintf(format, args...))
	}
}

// full says that the block at pos is closed, so that it can be handed out.
func (r *ring) full() bool { return r.end >= r.blockEnd(r.pos) && r.bad == nil }

// summary reads the padding block that closes the block at pos: how many
// packets the block holds, and its last timestamp. It says false if there is no
// such thing.
func (r *ring) summary() (packets int, last uint64, ok bool) {
	b := r.block(r.pos)
	n := int(ne.Uint32(b[len(b)-4:]))
	if n < padHeader+4 || n > len(b)-r.offset(r.pos) || ne.Uint32(b[len(b)-n:]) != padType {
		r.damaged("no padding at the end of its block")
		return 0, 0, false
	}
	pad := b[len(b)-n:]
	packets = int(ne.Uint32(pad[8:]))
	if packets < r.taken {
		r.damaged("block of %d packets, %d already read", packets, r.taken)
		return 0, 0, false
	}
	return packets, ne.Uint64(pad[24:]), true
}

// release lets the program write over everything before pos.
func (r *ring) release(pos uint64) {
	if r.ctl != nil { // a snapshot has nobody to tell
		atomic.StoreUint64(&r.ctl.Cons, pos)
	}
}

// ctlAt maps the control words of ring i.
func ctlAt(mem []byte, i int) *bpf.CaptureRingCtl {
	return (*bpf.CaptureRingCtl)(unsafe.Pointer(&mem[i*int(unsafe.Sizeof(bpf.CaptureRingCtl{}))]))
}
