/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Memory shared by the programs and user space. bpf2go makes Go types of the
 * structs, so Go and C cannot drift apart; sizes are asserted below.
 *
 * Ring memory (map ring_data): one array element per block.
 *
 *	element  ring*blocks + (position / block size) % blocks
 *
 *	+--------------------------- block size ----------------+--- slack ---+
 *	| EPB | EPB | EPB | ...                | padding block  | never used  |
 *	+-------------------------------------------------------+-------------+
 *
 * The slack is as long as the longest record and exists for the verifier only:
 * an offset below the block size plus a record below the slack stays inside the
 * element. Records end PAD_MIN bytes before the block does, at the latest.
 */
#ifndef TENGU_LAYOUT_H
#define TENGU_LAYOUT_H

/* Control words of one ring (map rings, mapped into user space). */
struct ring_ctl {
	/* Written by the program only. */
	__u64 prod;		/* bytes ever published */
	__u64 busy;		/* a record is being written on this CPU */
	__u64 last_ts;		/* newest timestamp, ns since the epoch */
	__u64 blk_first;	/* timestamp of the first record of the open block */
	__u64 blk_packets;	/* records in the open block */
	__u64 emitted;		/* records ever published */
	__u64 doorbells;	/* times the consumer was woken */
	__u64 pad0;
	/* Written by user space only, but for wake, which the program disarms. */
	__u64 cons;		/* bytes ever released */
	__u64 wake;		/* ring the doorbell once prod reaches this */
	__u64 pad1[6];
};
_Static_assert(sizeof(struct ring_ctl) == 128, "ring_ctl is two cache lines");

/* Ledger of one interface and direction on one CPU (map counters). */
struct ledger {
	__u64 seen;
	__u64 matched;
	__u64 emitted;
	__u64 ring_full;
	__u64 reentry;
	__u64 copy_error;
	__u64 no_ring;
	__u64 pad;
};
_Static_assert(sizeof(struct ledger) == 64, "ledger is one cache line");

/*
 * The pcapng blocks written by the programs
 * (draft-ietf-opsawg-pcapng, sections 4.3 and 4.3.1), in host byte order.
 */
#define EPB_TYPE	6
#define EPB_FLAGS	2	/* option code: bits 0-1 are the direction */
#define EPB_VERDICT	7	/* option code: 1 octet type, then the verdict */
#define VERDICT_XDP	1	/* type: eBPF XDP verdict, a u64 */
#define PAD_TYPE	0x80000bad

struct epb {
	__u32 type;
	__u32 len;
	__u32 iface;
	__u32 ts_hi;
	__u32 ts_lo;
	__u32 caplen;
	__u32 wirelen;
	__u8 data[];
};

/* What follows the data, itself padded to 4 bytes. */
struct epb_tail {
	__u16 flags_code;
	__u16 flags_len;
	__u32 flags;
	__u32 end;		/* opt_endofopt */
	__u32 len;
};

/* The same with the verdict of an XDP program, at xdp-exit. */
struct epb_tail_verdict {
	__u16 flags_code;
	__u16 flags_len;
	__u32 flags;
	__u16 verdict_code;
	__u16 verdict_len;	/* 9 */
	__u8 verdict[12];	/* type, u64 (unaligned), 3 bytes of padding */
	__u32 end;
	__u32 len;
};

/* Fills the rest of a block, and tells the consumer what the block holds. */
struct pad_block {
	__u32 type;
	__u32 len;
	__u32 packets;
	__u32 zero;
	__u64 first_ts;
	__u64 last_ts;
	/* zeroes or stale bytes, then len again in the last 4 bytes */
};
#define PAD_MIN		(sizeof(struct pad_block) + 8)

_Static_assert(sizeof(struct epb) == 28, "EPB header");
_Static_assert(sizeof(struct epb_tail) == 16, "EPB options");
_Static_assert(sizeof(struct epb_tail_verdict) == 32, "EPB options with verdict");
_Static_assert(sizeof(struct pad_block) == 32, "padding block");

#endif
