// Package ringbuf reads the rings that the capture programs fill: packets in
// time order, or whole pcapng blocks as they lie in the mapped memory.
//
// One ring per CPU; a ring is a sequence of blocks (bpf/layout.h). Positions are
// bytes since the start and only grow:
//
//	         released            read            seen
//	            v                 v               v
//	... free ...|  lent to caller |  still to read | being written ...
//	            cons (shared)                       prod (shared)
//
// The program may write up to Blocks*BlockSize beyond cons. The reader moves
// cons only when what it lent has come back: packets with the next ReadBatch,
// blocks with Release.
package ringbuf
