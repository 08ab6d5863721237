/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* Reserving, publishing and waking: the producer's side of a ring. */
#ifndef TENGU_RING_H
#define TENGU_RING_H

#include "layout.h"

#define NO_RING		0xffffffff
#define NO_IFACE	0xffffffff
#define barrier()	asm volatile("" ::: "memory")

/* A store that later loads and the consumer see after all stores before it. */
#if defined(__TARGET_ARCH_arm64)
/* Only a fetching atomic orders stores on arm64; verifiers take it from 5.12 on. */
#define publish(p, v)	((void)__sync_lock_test_and_set(p, v))
#else
/* x86 never reorders stores with stores: keeping the compiler in line is enough. */
#define publish(p, v)	do { barrier(); *(volatile __u64 *)(p) = (v); } while (0)
#endif

/* Everything below is fixed before load: the verifier sees constants. */
const volatile __u32 snaplen = 262144;
const volatile __u32 block_shift = 20;
const volatile __u32 blocks = 2;	/* per ring, a power of two */
const volatile __u32 iface_id = NO_IFACE;	/* NO_IFACE: look it up by ifindex */
const volatile __u8 overwrite;		/* never full: the oldest block goes */
const volatile __u8 have_xdp_load;	/* bpf_xdp_load_bytes, bpf_xdp_get_buff_len */

/* Wall clock minus monotonic clock, ns; user space keeps it current. */
volatile __u64 clock_offset;

/* The rings' blocks; see layout.h. Value size and entries are set at load. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 4096);
} ring_data SEC(".maps");

/* One ring_ctl per ring. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct ring_ctl);
} rings SEC(".maps");

/* Possible CPU to ring, or NO_RING. */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} cpu_ring SEC(".maps");

/* Interface id * 2 + (1 if outgoing) to the ledger. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, struct ledger);
} counters SEC(".maps");

/* ifindex to interface id, for programs that serve several interfaces. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} iface_ids SEC(".maps");

/* Only ever written to wake the consumer. */
struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} doorbell SEC(".maps");

/* One packet on its way into the ring. */
struct sample {
	struct ring_ctl *ctl;
	struct ledger *cnt;
	struct epb *rec;
	__u64 pos;	/* position of rec */
	__u64 ts;
	__u64 wirelen;
	__u64 caplen;	/* <= snaplen */
	__u32 iface;
	__u32 flags;	/* epb_flags */
};

static __always_inline __u64 block_size(void)
{
	return 1ULL << block_shift;
}

/* The element that holds position pos of the ring. */
static __always_inline void *block_at(__u32 ring, __u64 pos)
{
	__u32 idx = ring * blocks + ((pos >> block_shift) & (blocks - 1));

	return bpf_map_lookup_elem(&ring_data, &idx);
}

/* Room for a record that ends at end, and for the padding after it. */
static __always_inline int ring_full(struct ring_ctl *ctl, __u64 end)
{
	return !overwrite && end - *(volatile __u64 *)&ctl->cons > (__u64)blocks << block_shift;
}

/* Closes the open block with padding; pos is where its records end. */
static __always_inline void pad_out(struct ring_ctl *ctl, void *block, __u64 pos)
{
	__u64 off = pos & (block_size() - 1);
	struct pad_block *pad = block + off;
	__u64 len = block_size() - off;

	pad->type = PAD_TYPE;
	pad->len = len;
	pad->packets = ctl->blk_packets;
	pad->zero = 0;
	pad->first_ts = ctl->blk_first;
	pad->last_ts = ctl->last_ts;
	*(__u32 *)(block + block_size() - 4) = len;
	ctl->blk_packets = 0;
}

/* Reserves len bytes in one block. NULL and counted if there is no room. */
static __always_inline struct epb *reserve(struct sample *s, __u32 ring, __u64 len)
{
	__u64 pos = s->ctl->prod;
	__u64 off = pos & (block_size() - 1);
	void *block = block_at(ring, pos);

	if (!block)
		return NULL;
	if (off + len + PAD_MIN > block_size()) {
		__u64 next = pos - off + block_size();

		if (ring_full(s->ctl, next + len + PAD_MIN))
			return NULL;
		pad_out(s->ctl, block, pos);
		pos = next;
		/* Visible now: the record may yet fail to be copied. */
		publish(&s->ctl->prod, pos);
		block = block_at(ring, pos);
		if (!block)
			return NULL;
		off = 0;
	} else if (ring_full(s->ctl, pos + len + PAD_MIN)) {
		return NULL;
	}
	s->pos = pos;
	return block + (off & (block_size() - 1));
}

/* Length of a record with caplen bytes of data and a tail of the given size. */
static __always_inline __u64 record_len(__u64 caplen, __u64 tail)
{
	return sizeof(struct epb) + ((caplen + 3) & ~3ULL) + tail;
}

/* The wall clock, never running backwards within a ring. */
static __always_inline __u64 timestamp(struct ring_ctl *ctl)
{
	__u64 ts = bpf_ktime_get_ns() + clock_offset;

	return ts < ctl->last_ts ? ctl->last_ts : ts;
}

static __always_inline void fill_header(struct sample *s, __u64 len)
{
	struct epb *rec = s->rec;

	rec->type = EPB_TYPE;
	rec->len = len;
	rec->iface = s->iface;
	rec->ts_hi = s->ts >> 32;
	rec->ts_lo = s->ts;
	rec->caplen = s->caplen;
	rec->wirelen = s->wirelen;
	/* The padding after the data; the data itself comes over it. */
	*(__u32 *)(rec->data + (s->caplen & ~3ULL)) = 0;
}

static __always_inline void fill_tail(struct sample *s, __u64 len)
{
	struct epb_tail *tail = (void *)s->rec->data + ((s->caplen + 3) & ~3ULL);

	tail->flags_code = EPB_FLAGS;
	tail->flags_len = 4;
	tail->flags = s->flags;
	tail->end = 0;
	tail->len = len;
}

static __always_inline void fill_tail_verdict(struct sample *s, __u64 len, __u64 verdict)
{
	struct epb_tail_verdict *tail = (void *)s->rec->data + ((s->caplen + 3) & ~3ULL);

	tail->flags_code = EPB_FLAGS;
	tail->flags_len = 4;
	tail->flags = s->flags;
	tail->verdict_code = EPB_VERDICT;
	tail->verdict_len = 9;
	*(__u32 *)&tail->verdict[0] = VERDICT_XDP | (__u32)verdict << 8;
	*(__u32 *)&tail->verdict[4] = verdict >> 24;
	*(__u32 *)&tail->verdict[8] = verdict >> 56;
	tail->end = 0;
	tail->len = len;
}

static __always_inline void ring_doorbell(struct ring_ctl *ctl)
{
	__u64 one = 1;

	ctl->wake = ~0ULL;
	ctl->doorbells++;
	bpf_ringbuf_output(&doorbell, &one, sizeof(one), BPF_RB_FORCE_WAKEUP);
}

/*
 * Makes the record visible. The load of wake may be done before the store of
 * prod is seen by the consumer: the consumer looks at prod again a moment after
 * it has set wake (ringbuf/wait.go), so that no fence is needed here.
 */
static __always_inline void commit(struct sample *s, __u64 len)
{
	struct ring_ctl *ctl = s->ctl;
	__u64 pos = s->pos + len;

	if (ctl->blk_packets++ == 0)
		ctl->blk_first = s->ts;
	ctl->last_ts = s->ts;
	ctl->emitted++;
	s->cnt->emitted++;
	publish(&ctl->prod, pos);
	if (*(volatile __u64 *)&ctl->wake <= pos)
		ring_doorbell(ctl);
}

#endif
