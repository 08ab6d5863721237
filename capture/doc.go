// Package capture holds the types that packets travel in: Packet, Batch, Block,
// and the two interfaces every part of tengu is built from, Source and Sink.
// It is to packets what package io is to bytes, and depends on the standard
// library only.
//
// A Source yields packets in batches whose data is valid until the next call.
// A Sink takes them. Copy joins the two: it reads until nothing is ready,
// flushes the sink, waits, and goes on. When the source can hand out whole
// pcapng blocks (BlockSource) and the sink can take them (BlockSink), Copy moves
// blocks instead of packets, the way io.Copy uses io.WriterTo.
package capture
