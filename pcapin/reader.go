package pcapin

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/klauspost/compress/zstd"
	"github.com/pierrec/lz4/v4"

	"tengu/capture"
)

const (
	bufSize = 1 << 20
	// maxSnap bounds what a record may claim to hold: libpcap's
	// MAXIMUM_SNAPLEN and, for a file whose own limit is larger, that limit
	// up to maxRecord (pcap-common.c, max_snaplen_for_dlt).
	maxSnap   = 262144
	maxRecord = 128 << 20
)

// Reader is a capture.Source over a savefile.
type Reader struct {
	in     *bufio.Reader
	close  func()
	format format
	order  binary.ByteOrder
	ifaces []*capture.Interface
	snap   uint32
	link   capture.LinkType
	arena  []byte // data of the current batch that did not fit the buffer
	err    error  // to return once the packets before it are out
}

// format reads the next packet; its data stay valid until the batch ends.
type format interface {
	next(r *Reader, p *capture.Packet) error
}

// NewReader reads the file header. The reader takes what in holds ahead of it.
func NewReader(in io.Reader) (*Reader, error) {
	r := &Reader{close: func() {}}
	if err := r.uncompress(bufio.NewReaderSize(in, bufSize)); err != nil {
		return nil, err
	}
	magic, err := r.in.Peek(4)
	if err != nil {
		if err == io.EOF {
			err = fmt.Errorf("truncated dump file; tried to read 4 file header bytes, only got %d", len(magic))
		}
		return nil, err
	}
	if binary.BigEndian.Uint32(magic) == blockSHB {
		err = r.openPcapNG()
	} else {
		err = r.openPcap(magic)
	}
	if err != nil {
		r.Close()
		return nil, err
	}
	return r, nil
}

// uncompress looks for the magic numbers of gzip, zstd and lz4 frames.
func (r *Reader) uncompress(in *bufio.Reader) error {
	r.in = in
	magic, _ := in.Peek(4)
	switch {
	case bytes.HasPrefix(magic, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(in)
		if err != nil {
			return fmt.Errorf("read gzip header: %w", err)
		}
		r.in = bufio.NewReaderSize(z, bufSize)
	case bytes.Equal(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(in, zstd.WithDecoderMaxMemory(1<<30))
		if err != nil {
			return fmt.Errorf("read zstd header: %w", err)
		}
		r.in, r.close = bufio.NewReaderSize(z, bufSize), z.Close
	case bytes.Equal(magic, []byte{0x04, 0x22, 0x4d, 0x18}):
		r.in = bufio.NewReaderSize(lz4.NewReader(in), bufSize)
	}
	return nil
}

// Close frees what decompression holds; it does not close the input.
func (r *Reader) Close() { r.close() }

// LinkType is the link type of the file; of its first interface in pcapng.
func (r *Reader) LinkType() capture.LinkType { return r.link }

// SnapLen is the snapshot length the file states.
func (r *Reader) SnapLen() uint32 { return r.snap }

// Interfaces lists the interfaces met so far, indexed by ID.
func (r *Reader) Interfaces() []*capture.Interface { return r.ifaces }

// ReadBatch implements capture.Source.
func (r *Reader) ReadBatch(b *capture.Batch) error {
	b.Reset()
	if r.err != nil {
		return r.err
	}
	r.arena = r.arena[:0]
	for !b.Full() {
		b.Packets = b.Packets[:len(b.Packets)+1]
		err := r.format.next(r, &b.Packets[len(b.Packets)-1])
		if err != nil {
			b.Packets = b.Packets[:len(b.Packets)-1]
			if len(b.Packets) > 0 && err == io.EOF {
				r.err = err
				return nil
			}
			r.err = err
			return err
		}
	}
	return nil
}

// take reads n bytes into memory that lives as long as the batch. what names
// them in the error for a file cut short.
func (r *Reader) take(n int, what string) ([]byte, error) {
	start := len(r.arena)
	if cap(r.arena)-start < n {
		// The old arena stays with the packets that point into it.
		r.arena = make([]byte, 0, max(2*bufSize, n))
		start = 0
	}
	dst := r.arena[start : start+n]
	got, err := io.ReadFull(r.in, dst)
	if err != nil {
		return nil, short(err, n, got, what)
	}
	r.arena = r.arena[:start+n]
	return dst[:n:n], nil
}

// short turns the end of input inside a record into libpcap's words.
func short(err error, want, got int, what string) error {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return fmt.Errorf("truncated dump file; tried to read %d %s, only got %d", want, what, got)
	}
	return fmt.Errorf("error reading dump file: %w", err)
}
