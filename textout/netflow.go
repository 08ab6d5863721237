package textout

// netflowTCPFlags are shown in this order.
var netflowTCPFlags = []name{{1, "F"}, {2, "S"}, {4, "R"}, {8, "P"}, {16, "A"}, {32, "U"}}

// cnfp prints Cisco NetFlow versions 1, 5 and 6 (-T cnfp).
func (d *dissector) cnfp(b []byte, _ int) {
	d.proto = "cnfp"
	version := d.u16(b, 0)
	header := map[uint16]int{1: 16, 5: 24, 6: 24}[version]
	if header == 0 {
		d.printf("NetFlow v%x", version)
		return
	}
	d.need(b, header)
	// tcpdump reads four bytes for the count of two.
	records, uptime := d.u32(b, 2), d.u32(b, 4)
	d.printf("NetFlow v%x, %d.%03d uptime, %d.%09d, ", version, uptime/1000, uptime%1000, d.u32(b, 8), d.u32(b, 12))
	if version != 1 {
		d.printf("#%d, ", d.u32(b, 16))
	}
	d.printf("%2d recs", records)
	size := 52
	for off := header; records != 0; records, off = records-1, off+size {
		d.need(b, off+size)
		d.netflowRecord(version, b[off:off+size])
	}
}

func (d *dissector) netflowRecord(version uint16, r []byte) {
	start, last := d.u32(r, 24), d.u32(r, 28)
	d.printf("\n  started %d.%03d, last %d.%03d", start/1000, start%1000, last/1000, last%1000)
	proto, tos, flags := r[38], r[39], r[37]
	srcMask, dstMask := "", ""
	if version == 1 {
		tos, flags = r[39], r[40]
	} else {
		srcMask = "/" + utoa(uint32(r[44])) + ":" + utoa(uint32(d.u16(r, 40)))
		dstMask = "/" + utoa(uint32(r[45])) + ":" + utoa(uint32(d.u16(r, 42)))
	}
	d.printf("\n    %s%s:%d > %s%s:%d >> %s\n    ", ipNumber(r[0:4]), srcMask, d.u16(r, 32), ipNumber(r[4:8]), dstMask,
		d.u16(r, 34), ipNumber(r[8:12]))
	if s := protocolWords[proto]; s != "" && !d.opt.NoNames {
		d.printf("%s ", s)
	} else {
		d.printf("%d ", proto)
	}
	if proto == protoTCP {
		for _, f := range netflowTCPFlags {
			d.putIf(uint32(flags)&f.v != 0, f.s)
		}
		d.putIf(flags != 0, " ")
	}
	d.printf("tos %d, %d (%d octets) ", tos, d.u32(r, 16), d.u32(r, 20))
	if version == 6 {
		d.printf("(%d<>%d encaps)", r[46], r[47])
	}
}
