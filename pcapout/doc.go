// Package pcapout writes savefiles: pcapng, straight from the memory the kernel
// wrote where it can, and classic pcap.
//
// A Writer gathers packets in an aligned buffer and hands full buffers, and
// whole blocks as they lie in the ring, to one writing goroutine, so that a slow
// disk stops nobody before the ring is full. With Config.Direct the file is
// written with O_DIRECT: everything is then a multiple of 4096 bytes long, made
// so by padding blocks of a local-use type, which readers skip.
package pcapout
