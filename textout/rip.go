package textout

import "math/bits"

const ripRouteLen = 20

// rip prints a RIP packet, versions 1 and 2 (RFC 1058, RFC 2453).
func (d *dissector) rip(b []byte, length int) {
	d.proto = "rip"
	left := min(len(b), length)
	if left < 4 {
		d.trunc()
	}
	version, command := b[1], b[0]
	verbose := d.opt.Verbose
	d.printf("%sRIPv%d", either(verbose > 0, "\n\t", ""), version)
	if version == 0 {
		d.unknownData(b, "\n\t", length)
		return
	}
	d.printf(", %s, length: %d", d.tok(ripCommands, uint32(command), "unknown command (%u)"), length)
	if verbose == 0 {
		return
	}
	switch command {
	case 1, 2:
		d.ripEntries(version, b[4:], left-4, length)
	case 4, 5, 6:
	default:
		if verbose <= 1 {
			d.unknownData(b, "\n\t", length)
		}
	}
	if verbose > 1 {
		d.unknownData(b, "\n\t", length)
	}
}

func (d *dissector) ripEntries(version byte, b []byte, left, length int) {
	entry := d.ripEntry1
	switch version {
	case 1:
		d.printf(", routes: %d", length/ripRouteLen)
	case 2:
		d.printf(", routes: %d or less", length/ripRouteLen)
		entry = d.ripEntry2
	default:
		d.put(", unknown version")
		return
	}
	for left != 0 {
		n := entry(b, left)
		if n == 0 {
			d.truncMark()
			return
		}
		if left < n {
			d.printf(" [remaining entries length %d < %d]", left, n)
			d.invalid()
			return
		}
		b, left = from(b, n), left-n
	}
}

// ripEntry1 prints a route of version 1 and returns its length, 0 if it was cut.
func (d *dissector) ripEntry1(b []byte, left int) int {
	if left < ripRouteLen || len(b) < ripRouteLen {
		return 0
	}
	family := d.u16(b, 0)
	switch {
	case family != 2 && family != 0:
		d.printf("\n\t AFI %s, ", d.tok(bsdFamilies, uint32(family), "Unknown (%u)"))
		d.unknownData(b[4:], "\n\t  ", ripRouteLen-4)
	case d.u16(b, 2) != 0 || d.u64(b, 8) != 0:
		d.unknownData(b, "\n\t  ", ripRouteLen)
	default:
		d.printf("\n\t  %s%s, metric: %d", either(family == 0, "AFI 0, ", ""), d.ip4Text(b, 4), d.u32(b, 16))
	}
	return ripRouteLen
}

// ripEntry2 prints a route, or authentication, of version 2.
func (d *dissector) ripEntry2(b []byte, left int) int {
	if left < 4 || len(b) < 4 {
		return 0
	}
	family, tag := d.u16(b, 0), d.u16(b, 2)
	switch {
	case family == 0xffff:
		return d.ripAuth(tag, b[4:], left-4)
	case family != 2 && family != 0:
		d.printf("\n\t  AFI %s", d.tok(bsdFamilies, uint32(family), "Unknown (%u)"))
		d.unknownData(b[4:], "\n\t  ", ripRouteLen-4)
		return ripRouteLen
	case left < ripRouteLen || len(b) < ripRouteLen:
		return 0
	}
	d.printf("\n\t  AFI %s, %15s/%-2d, tag 0x%04x, metric: %d, next-hop: ", d.tok(bsdFamilies, uint32(family), "%u"),
		d.ip4Text(b, 4), prefixLen(d.u32(b, 8)), tag, d.u32(b, 16))
	if d.u32(b, 12) != 0 {
		d.put(d.ip4Text(b, 12))
	} else {
		d.put("self")
	}
	return ripRouteLen
}

func (d *dissector) ripAuth(kind uint16, b []byte, left int) int {
	switch kind {
	case 2:
		d.put("\n\t  Simple Text Authentication data: ")
		d.putSafeJZ(b, 16)
	case 3:
		if len(b) < 16 || left < 16 {
			return 0
		}
		d.printf("\n\t  Auth header: Packet Len %d, Key-ID %d, Auth Data Len %d, SeqNo %d, MBZ %d, MBZ %d",
			d.u16(b, 0), b[2], b[3], d.u32(b, 4), d.u32(b, 8), d.u32(b, 12))
	case 1:
		d.put("\n\t  Auth trailer:")
		d.unknownData(b, "\n\t  ", left)
		return 4 + left
	default:
		d.printf("\n\t  Unknown (%d) Authentication data:", kind)
		d.unknownData(b, "\n\t  ", left)
		return 4 + left
	}
	return ripRouteLen
}

// prefixLen is the length of a netmask, -1 if it has holes.
func prefixLen(mask uint32) int {
	n := bits.LeadingZeros32(^mask)
	if mask<<n != 0 {
		return -1
	}
	return n
}

// ripng prints a RIPng packet, RFC 2080.
func (d *dissector) ripng(b []byte, length int) {
	d.proto = "ripng"
	if v := d.u8(b, 1); v != 1 {
		d.printf(" [vers %d]", v)
		d.invalid()
		return
	}
	command := b[0]
	word := map[byte]string{1: "req", 2: "resp"}[command]
	if word == "" {
		d.printf(" ripng-%d ?? %d", command, length)
		d.invalid()
		return
	}
	if length < 4 {
		d.invalid()
		return
	}
	left := length - 4
	n := left / 20
	if command == 1 && n == 1 && d.u8(b, 23) == 16 && d.u64(b, 4) == 0 && d.u64(b, 12) == 0 {
		d.put(" ripng-req dump")
		return
	}
	if n*20 != left {
		d.printf(" ripng-%s %d[%d]:", word, n, length)
	} else {
		d.printf(" ripng-%s %d:", word, n)
	}
	for off := 4; left >= 20; off, left = off+20, left-20 {
		d.put(either(d.opt.Verbose > 1, "\n\t", " "))
		d.printf("%s/%d", d.ip6Text(b, off), d.u8(b, off+18))
		if tag := d.u16(b, off+16); tag != 0 {
			d.printf(" [%d]", tag)
		}
		if metric := d.u8(b, off+19); metric != 0 && command == 2 {
			d.printf(" (%d)", metric)
		}
	}
	if left != 0 {
		d.invalid()
	}
}
