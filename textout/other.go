package textout

import (
	"fmt"

	"tengu/capture"
)

// The dispatchers below return false for what has no printer: it is then printed
// as tcpdump prints what it does not know. Whoever adds a printer adds its case.

// otherLink prints link types other than the ones in link.go.
func (d *dissector) otherLink(k *capture.Packet) bool { return false }

// otherEthertype prints EtherTypes other than those in ethertypes.go.
func (d *dissector) otherEthertype(typ uint16, b []byte, length int) bool { return false }

// otherProto prints IP protocols other than those in ipproto.go.
func (d *dissector) otherProto(b []byte, length int, nh uint8) bool { return false }

// ciscoSNAP prints Cisco's protocols behind SNAP (CDP, VTP, …).
func (d *dissector) ciscoSNAP(pid uint16, b []byte, length int) bool { return false }

// bridgedSNAP prints frames bridged over SNAP (RFC 2684).
func (d *dissector) bridgedSNAP(pid uint16, b []byte, length int) bool { return false }

// netbeui prints NetBEUI frames.
func (d *dissector) netbeui(control uint16, b []byte, length, hdr int, u bool) bool { return false }

// udpNFS prints NFS over UDP, which goes by port and message direction.
func (d *dissector) udpNFS(b []byte, length int, sport, dport uint16) bool { return false }

func (d *dissector) isoclns(b []byte, length int) { d.unknown(b) }
func (d *dissector) atalk(b []byte, length int)   { d.unknown(b) }
func (d *dissector) ipx(b []byte, length int)     { d.unknown(b) }
func (d *dissector) stp(b []byte, length int)     { d.unknown(b) }
func (d *dissector) atmArp(b []byte, length int)  { d.unknown(b) }
func (d *dissector) q922(b []byte)                { d.putColonHex(b) }
func (d *dissector) mobility(b []byte, length int) {
	d.putProtoName(protoMobility)
	d.putByte(' ')
	d.putInt(int64(length))
}

func (d *dissector) aristaEther(b []byte, length, total int, src, dst []byte) int {
	if d.opt.LinkHeader {
		d.etherType(etherArista, total, false)
	}
	d.unknown(b)
	return 0
}

// mptcp prints a multipath TCP option (RFC 6824); false if it is malformed.
func (d *dissector) mptcp(o []byte, flags uint8) bool { return len(o) >= 3 }

// ah prints an authentication header.
func (d *dissector) ah(b []byte, length int) (next uint8, n int, ok bool) {
	d.proto = "ah"
	next = d.u8(b, 0)
	n = (int(d.u8(b, 1)) + 2) * 4
	d.need(b, 12)
	d.put("AH(")
	if d.opt.Verbose > 0 {
		d.put("length=")
		d.putInt(int64(b[1]))
		d.put("(")
		d.putInt(int64(n))
		d.put("-bytes),")
	}
	d.put("spi=0x")
	d.putHex8(d.u32(b, 4))
	d.putByte(',')
	if d.opt.Verbose > 0 {
		d.put("sumlen=")
		d.putInt(int64(n - 12))
		d.putByte(',')
	}
	d.put("seq=0x")
	d.putHex(uint64(d.u32(b, 8)))
	d.put(",icv=0x")
	d.need(b, n)
	d.putHexString(b[12:n])
	d.put("): ")
	return next, n, true
}

// packetTypes are the words of -T.
var packetTypes = []string{
	"aodv", "carp", "cnfp", "domain", "lmp", "pgm", "pgm_zmtp1", "ptp", "radius", "resp", "rpc", "rtcp", "rtp", "snmp",
	"someip", "tftp", "vat", "vxlan", "wb", "zmtp1",
}

func (p *Printer) checkType() error {
	if p.opt.Type == "" {
		return nil
	}
	for _, t := range packetTypes {
		if t == p.opt.Type {
			return nil
		}
	}
	return fmt.Errorf("unknown packet type `%s'", p.opt.Type)
}
