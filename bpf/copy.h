/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * Copying packet bytes into a record. A helper call costs more than copying
 * 64 bytes in the open, so linear data goes in the open as far as STEPS reach.
 */
#ifndef TENGU_COPY_H
#define TENGU_COPY_H

#define STEPS	24	/* of 64 bytes: 1599 bytes with the tail */

struct b64 { __u64 w[8]; };
struct b32 { __u64 w[4]; };
struct b16 { __u64 w[2]; };

#define STEP(n, type) do {						\
	if (len & (n)) {						\
		if (src + (n) > end)					\
			return -1;					\
		*(type *)dst = *(type *)src;				\
		src += (n);						\
		dst += (n);						\
	}								\
} while (0)

/* len must be at most STEPS * 64 + 63. Returns -1 if src ends before that. */
static __always_inline int copy_open(void *dst, void *src, void *end, __u64 len)
{
	__u64 n = len >> 6;

	for (__u64 i = 0; i < STEPS; i++) {
		if (i >= n)
			break;
		if (src + 64 > end)
			return -1;
		*(struct b64 *)dst = *(struct b64 *)src;
		src += 64;
		dst += 64;
	}
	STEP(32, struct b32);
	STEP(16, struct b16);
	STEP(8, __u64);
	STEP(4, __u32);
	STEP(2, __u16);
	STEP(1, __u8);
	return 0;
}

/*
 * Bounds a length for a helper: 1 <= len <= max. Verifiers before 6.8 learn
 * nothing from "!= 0", and clang turns "> 0" into it, hence the asm.
 */
#define BOUND(len, max) \
	asm volatile("if %0 > %1 goto +1\nif %0 > 0 goto +1\n%0 = 1" : "+r"(len) : "r"((__u64)(max)))

#endif
