//go:build ignore

// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * tengu's capture programs. They observe: every path returns "go on".
 *
 *	filter -> ledger -> reserve -> header, data, options -> commit
 *
 * The filter is a stub here; the loader puts the compiled expression in its
 * place (loader/splice.go).
 */
#include <stdbool.h>
#include <stddef.h>
#include <linux/bpf.h>
#include <linux/pkt_cls.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

#include "ring.h"
#include "copy.h"

char _license[] SEC("license") = "Dual BSD/GPL";

#define DIR_IN	1
#define DIR_OUT	2

/*
 * Stands where the filter goes: R1 context, R2 and R3 linear packet data, R4
 * the length of the frame on the wire. Non-zero means capture. The empty asm
 * keeps clang from folding the call away.
 */
static __noinline int tengu_filter(void *ctx, void *data, void *end, __u64 wirelen)
{
	int match = 1;

	asm volatile("" : "+r"(match) : "r"(ctx), "r"(data), "r"(end), "r"(wirelen));
	return match;
}

static __always_inline __u32 iface_of(__u32 ifindex)
{
	__u32 *id;

	if (iface_id != NO_IFACE)
		return iface_id;
	id = bpf_map_lookup_elem(&iface_ids, &ifindex);
	return id ? *id : NO_IFACE;
}

static __always_inline struct ledger *ledger_of(__u32 iface, __u32 dir)
{
	__u32 key = iface * 2 + (dir == DIR_OUT);

	return bpf_map_lookup_elem(&counters, &key);
}

/* The ring of this CPU, claimed for one record; NULL and counted if none. */
static __always_inline struct ring_ctl *claim(struct sample *s, __u32 *ring)
{
	__u32 cpu = bpf_get_smp_processor_id();
	__u32 *r = bpf_map_lookup_elem(&cpu_ring, &cpu);
	struct ring_ctl *ctl;

	if (!r || *r == NO_RING || !(ctl = bpf_map_lookup_elem(&rings, r))) {
		s->cnt->no_ring++;
		return NULL;
	}
	if (ctl->busy) {
		s->cnt->reentry++;
		return NULL;
	}
	*ring = *r;
	return ctl;
}

/*
 * Claims a ring and writes the header; the caller copies the data and commits.
 * avail is how much of the frame can be had here.
 */
static __always_inline int begin(struct sample *s, __u64 avail, __u64 tail, __u64 *len)
{
	__u32 ring;

	s->cnt->matched++;
	s->caplen = avail < snaplen ? avail : snaplen;
	s->ctl = claim(s, &ring);
	if (!s->ctl)
		return -1;
	s->ctl->busy = 1;
	barrier();
	*len = record_len(s->caplen, tail);
	s->rec = reserve(s, ring, *len);
	if (!s->rec) {
		s->cnt->ring_full++;
		s->ctl->busy = 0;
		return -1;
	}
	s->ts = timestamp(s->ctl);
	fill_header(s, *len);
	return 0;
}

static __always_inline void finish(struct sample *s, __u64 len, int err)
{
	if (err) {
		s->cnt->copy_error++;
	} else {
		fill_tail(s, len);
		commit(s, len);
	}
	barrier();
	s->ctl->busy = 0;
}

/* --- XDP ---------------------------------------------------------------- */

static __always_inline int xdp_copy(struct xdp_md *ctx, struct sample *s)
{
	void *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;
	__u64 len = s->caplen;

	if (len <= STEPS * 64 + 63 && data + len <= end)
		return copy_open(s->rec->data, data, end, len);
	BOUND(len, snaplen);
	if (have_xdp_load)
		return bpf_xdp_load_bytes(ctx, 0, s->rec->data, len);
	/* Before 5.18 a frame is linear and ends at data_end. */
	return bpf_probe_read_kernel(s->rec->data, len, data);
}

SEC("xdp")
int tengu_xdp(struct xdp_md *ctx)
{
	void *data = (void *)(long)ctx->data;
	void *end = (void *)(long)ctx->data_end;
	struct sample s = { .flags = DIR_IN };
	__u64 len;

	s.wirelen = have_xdp_load ? bpf_xdp_get_buff_len(ctx) : (__u64)(end - data);
	s.iface = iface_of(ctx->ingress_ifindex);
	s.cnt = ledger_of(s.iface, DIR_IN);
	if (!s.cnt)
		return XDP_PASS;
	s.cnt->seen++;
	if (!tengu_filter(ctx, data, end, s.wirelen))
		return XDP_PASS;
	if (begin(&s, s.wirelen, sizeof(struct epb_tail), &len))
		return XDP_PASS;
	finish(&s, len, xdp_copy(ctx, &s));
	return XDP_PASS;
}

/* --- TC ----------------------------------------------------------------- */

#define TAG_OFF	12
#define TAG_LEN	4

/*
 * Puts the VLAN tag back that the stack has moved into the skb: the bytes up to
 * the tag, the tag, the rest. Records with snaplen < 16 + 1 end inside.
 */
static __always_inline int tc_copy_tagged(struct __sk_buff *skb, struct sample *s)
{
	__u8 head[TAG_OFF + TAG_LEN];
	__u64 len = s->caplen;

	if (bpf_skb_load_bytes(skb, 0, head, TAG_OFF))
		return -1;
	*(__u16 *)&head[TAG_OFF] = skb->vlan_proto;
	*(__u16 *)&head[TAG_OFF + 2] = bpf_htons(skb->vlan_tci);
	if (len <= sizeof(head)) {
		for (int i = 0; i < sizeof(head); i++)
			if (i < len)
				s->rec->data[i] = head[i];
		return 0;
	}
	__builtin_memcpy(s->rec->data, head, sizeof(head));
	len -= sizeof(head);
	BOUND(len, snaplen);
	return bpf_skb_load_bytes(skb, TAG_OFF, s->rec->data + sizeof(head), len);
}

static __always_inline int tc_copy(struct __sk_buff *skb, struct sample *s)
{
	void *data = (void *)(long)skb->data;
	void *end = (void *)(long)skb->data_end;
	__u64 len = s->caplen;

	if (skb->vlan_present)
		return tc_copy_tagged(skb, s);
	if (len <= STEPS * 64 + 63 && data + len <= end)
		return copy_open(s->rec->data, data, end, len);
	BOUND(len, snaplen);
	return bpf_skb_load_bytes(skb, 0, s->rec->data, len);
}

static __always_inline int tc_capture(struct __sk_buff *skb, __u32 dir)
{
	void *data = (void *)(long)skb->data;
	void *end = (void *)(long)skb->data_end;
	struct sample s = { .flags = dir };
	__u64 len;

	s.wirelen = skb->len;
	if (skb->vlan_present)
		s.wirelen += TAG_LEN;
	s.iface = iface_of(skb->ifindex);
	s.cnt = ledger_of(s.iface, dir);
	if (!s.cnt)
		return TC_ACT_UNSPEC;
	s.cnt->seen++;
	if (!tengu_filter(skb, data, end, s.wirelen))
		return TC_ACT_UNSPEC;
	if (begin(&s, s.wirelen, sizeof(struct epb_tail), &len))
		return TC_ACT_UNSPEC;
	finish(&s, len, tc_copy(skb, &s));
	return TC_ACT_UNSPEC;
}

SEC("tc")
int tengu_ingress(struct __sk_buff *skb)
{
	return tc_capture(skb, DIR_IN);
}

SEC("tc")
int tengu_egress(struct __sk_buff *skb)
{
	return tc_capture(skb, DIR_OUT);
}

/* --- fentry and fexit on an XDP program that is already there ------------ */

#define WINDOW	256	/* of the frame, for the filter */

struct net_device {
	int ifindex;
} __attribute__((preserve_access_index));

struct xdp_rxq_info {
	struct net_device *dev;
} __attribute__((preserve_access_index));

struct xdp_buff {
	void *data;
	void *data_end;
	struct xdp_rxq_info *rxq;
} __attribute__((preserve_access_index));

/* The start of the frame: tracing programs cannot read packets directly. */
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, WINDOW);
} window SEC(".maps");

/* As tengu_filter, on a buffer of WINDOW bytes of which len are valid. */
static __noinline int tengu_filter_buf(void *ctx, void *buf, __u64 len, __u64 wirelen)
{
	int match = 1;

	asm volatile("" : "+r"(match) : "r"(ctx), "r"(buf), "r"(len), "r"(wirelen));
	return match;
}

static __always_inline int traced_match(void *ctx, struct sample *s, void *data, __u64 linear)
{
	__u64 len = linear < WINDOW ? linear : WINDOW;
	__u32 zero = 0;
	void *buf = bpf_map_lookup_elem(&window, &zero);

	if (!buf)
		return 0;
	BOUND(len, WINDOW);
	if (bpf_probe_read_kernel(buf, len, data))
		return 0;
	return tengu_filter_buf(ctx, buf, len, s->wirelen);
}

/*
 * The linear part of the frame is what can be read from here; a multi-buffer
 * frame is captured up to its first buffer, with its whole length as wire length.
 */
static __always_inline int traced(void *ctx, struct xdp_buff *xdp, bool exit, __u64 verdict)
{
	void *data = xdp->data;
	__u64 linear = xdp->data_end - data;
	struct sample s = { .flags = DIR_IN, .wirelen = linear };
	__u64 len, n;
	int err;

	if (have_xdp_load)
		s.wirelen = bpf_xdp_get_buff_len((struct xdp_md *)xdp);
	s.iface = iface_of(xdp->rxq->dev->ifindex);
	s.cnt = ledger_of(s.iface, DIR_IN);
	if (!s.cnt)
		return 0;
	s.cnt->seen++;
	if (!traced_match(ctx, &s, data, linear))
		return 0;
	len = exit ? sizeof(struct epb_tail_verdict) : sizeof(struct epb_tail);
	if (begin(&s, linear, len, &len))
		return 0;
	n = s.caplen;
	BOUND(n, snaplen);
	err = bpf_probe_read_kernel(s.rec->data, n, data);
	if (exit && !err) {
		fill_tail_verdict(&s, len, verdict);
		commit(&s, len);
		barrier();
		s.ctl->busy = 0;
		return 0;
	}
	finish(&s, len, err);
	return 0;
}

SEC("fentry/xdp")
int BPF_PROG(tengu_entry, struct xdp_buff *xdp)
{
	return traced(ctx, xdp, false, 0);
}

SEC("fexit/xdp")
int BPF_PROG(tengu_exit, struct xdp_buff *xdp, int verdict)
{
	return traced(ctx, xdp, true, (__u32)verdict);
}
