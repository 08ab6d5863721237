package main

import (
	"fmt"
	"os"

	"tengu/capture"
	"tengu/textout"
)

// flushAt is how much text is gathered before it is written.
const flushAt = 64 << 10

// printSink prints lines on standard output.
type printSink struct {
	pr       *textout.Printer
	buf      []byte
	eachLine bool
	Printed  uint64
}

func newPrintSink(o *options) (*printSink, error) {
	pr, err := textout.New(o.text)
	if err != nil {
		return nil, err
	}
	return &printSink{pr: pr, eachLine: o.lineBuffered || isTerminal(os.Stdout)}, nil
}

// WriteBatch implements capture.Sink.
func (s *printSink) WriteBatch(b *capture.Batch) error {
	for i := range b.Packets {
		s.buf = s.pr.AppendPacket(s.buf, &b.Packets[i])
		if len(s.buf) >= flushAt {
			if err := s.Flush(); err != nil {
				return err
			}
		}
	}
	s.Printed += uint64(len(b.Packets))
	if s.eachLine {
		return s.Flush()
	}
	return nil
}

// Flush implements capture.Sink.
func (s *printSink) Flush() error {
	if len(s.buf) == 0 {
		return nil
	}
	_, err := os.Stdout.Write(s.buf)
	s.buf = s.buf[:0]
	if err != nil {
		return fmt.Errorf("unable to write output: %w", unwrapPath(err))
	}
	return nil
}

// Close implements capture.Sink.
func (s *printSink) Close() error { return s.Flush() }
