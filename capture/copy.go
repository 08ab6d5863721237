package capture

import (
	"errors"
	"io"
)

// Source yields packets.
//
// ReadBatch empties b, then fills it with packets that are ready, without
// blocking for more of them: an empty batch with a nil error means that nothing
// is ready now, and that Wait (if the source is a Waiter) will return when
// something is. A source that is not a Waiter blocks in ReadBatch instead. The
// packets are valid until the next call of ReadBatch. At the end ReadBatch
// returns io.EOF; packets and an error may come together, and the packets are
// then good. A Source is used by one goroutine at a time.
type Source interface {
	ReadBatch(b *Batch) error
}

// Waiter is a Source that can run dry for a while.
type Waiter interface {
	// Wait returns when ReadBatch may have something to say: packets, the
	// end, or an interruption. It may return early.
	Wait() error
}

// Sink takes packets. WriteBatch must not keep references into the batch after
// it returns. Flush brings everything taken so far to where others can see it.
// Close flushes and releases; it does not close what it was given open.
type Sink interface {
	WriteBatch(b *Batch) error
	Flush() error
	Close() error
}

// Block is a run of whole pcapng blocks in one piece of memory, as the kernel
// wrote them: Enhanced Packet Blocks in time order, and padding.
type Block struct {
	// Data is valid until Release. If Whole is set it starts at, and has the
	// length of, a multiple of 4096 and may be written with O_DIRECT.
	Data  []byte
	Whole bool
	// Packets is how many packets Data holds.
	Packets int
	// Release gives the memory back to the source. The sink calls it exactly
	// once per block, in the order in which it got the blocks, from any
	// goroutine.
	Release func()
}

// BlockSource is a Source that can hand out whole blocks. NextBlock returns
// false when no whole block can be handed out now; ReadBatch then may still
// have packets. Interfaces lists every interface that a block handed out so far
// may refer to, indexed by ID.
type BlockSource interface {
	Source
	NextBlock() (Block, bool)
	Interfaces() []*Interface
}

// BlockSink is a Sink that can take whole blocks. ifaces holds every interface
// that the block may refer to, indexed by ID; it only ever grows. The sink owns
// the block until it calls b.Release, also when WriteBlock returns an error.
type BlockSink interface {
	Sink
	WriteBlock(b Block, ifaces []*Interface) error
}

// Copy moves packets from src to dst until src ends or one of them fails. It
// flushes dst before waiting and at the end, and leaves closing to the caller.
// A source's end is not an error.
func Copy(dst Sink, src Source) error {
	bs, _ := src.(BlockSource)
	bd, ok := dst.(BlockSink)
	if !ok {
		bs = nil
	}
	w, _ := src.(Waiter)
	var b Batch
	for {
		if bs != nil {
			if err := copyBlocks(bd, bs); err != nil {
				return err
			}
		}
		err := src.ReadBatch(&b)
		if len(b.Packets) > 0 {
			if werr := dst.WriteBatch(&b); werr != nil {
				return errors.Join(werr, notEOF(err))
			}
		}
		if err != nil {
			return errors.Join(notEOF(err), dst.Flush())
		}
		if len(b.Packets) == 0 && w != nil {
			if err := dst.Flush(); err != nil {
				return err
			}
			if err := w.Wait(); err != nil {
				return err
			}
		}
	}
}

func copyBlocks(dst BlockSink, src BlockSource) error {
	for {
		blk, ok := src.NextBlock()
		if !ok {
			return nil
		}
		if err := dst.WriteBlock(blk, src.Interfaces()); err != nil {
			return err
		}
	}
}

func notEOF(err error) error {
	if err == io.EOF {
		return nil
	}
	return err
}
