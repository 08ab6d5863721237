package textout

var (
	hsrpOps    = []name{{0, "hello"}, {1, "coup"}, {2, "resign"}}
	hsrpStates = []name{{0, "initial"}, {1, "learn"}, {2, "listen"}, {4, "speak"}, {8, "standby"}, {16, "active"}}
)

// hsrp prints Cisco's hot standby router protocol, version 0 (RFC 2281).
func (d *dissector) hsrp(b []byte, length int) {
	d.proto = "hsrp"
	version := d.u8(b, 0)
	d.printf("HSRPv%d", version)
	if version != 0 {
		return
	}
	d.put("-")
	d.printf("%s ", d.tok(hsrpOps, uint32(d.u8(b, 1)), "unknown (%u)"))
	d.printf("%d: ", length)
	d.printf("state=%s ", d.tok(hsrpStates, uint32(d.u8(b, 2)), "Unknown (%u)"))
	d.printf("group=%d ", d.u8(b, 6))
	if r := d.u8(b, 7); r != 0 {
		d.printf("[reserved=%d!] ", r)
	}
	d.printf("addr=%s", d.ip4Text(b, 16))
	if d.opt.Verbose == 0 {
		return
	}
	d.put(" hellotime=")
	d.putAge(uint32(b[3]))
	d.put(" holdtime=")
	d.putAge(uint32(b[4]))
	d.printf(" priority=%d", b[5])
	d.put(` auth="`)
	d.putSafeJZ(b[8:], 8)
	d.put(`"`)
}
