package textout

import "bytes"

// flowKey is a connection, its ends in the order tcpdump takes: the lower port
// first, of equal ports the lower address.
type flowKey struct {
	a, b  [16]byte
	ports uint32
	v6    bool
}

// seqBase are the first sequence numbers of a connection, and whether the packet
// goes the other way.
type seqBase struct {
	seq, ack uint32
	rev      bool
}

// maxFlows bounds the flows of one generation; a flow that is not seen while
// maxFlows others are is forgotten, and begins anew as tcpdump's does when it
// sees a connection for the first time. Two generations of 48 bytes each.
const maxFlows = 1 << 19

// seqTable remembers where connections began, in two generations.
type seqTable struct {
	young, old map[flowKey]seqBase
}

func (t *seqTable) find(k *flowKey) (seqBase, bool) {
	if s, ok := t.young[*k]; ok {
		return s, true
	}
	s, ok := t.old[*k]
	if ok {
		t.set(k, s)
	}
	return s, ok
}

func (t *seqTable) set(k *flowKey, s seqBase) {
	if t.young == nil {
		t.young = map[flowKey]seqBase{}
	}
	if len(t.young) >= maxFlows {
		t.old, t.young = t.young, make(map[flowKey]seqBase, maxFlows)
	}
	t.young[*k] = s
}

// relative makes seq and ack relative to the connection's first numbers, from its
// second packet on, and records those of a new connection (tcp_print).
func (d *dissector) relative(sport, dport uint16, flags uint8, seq, ack *uint32) seqBase {
	if m := d.note; m != nil && m.known {
		*seq, *ack = m.seq, m.ack
		return m.base
	}
	k := flowKey{v6: d.ip.v6}
	src, dst := d.ip.hdr[12:16], d.ip.hdr[16:20]
	if k.v6 {
		src, dst = d.ip.hdr[8:24], d.ip.hdr[24:40]
	}
	rev := sport > dport || sport == dport && bytes.Compare(src, dst) > 0
	if rev {
		src, dst, sport, dport = dst, src, dport, sport
	}
	copy(k.a[:], src)
	copy(k.b[:], dst)
	k.ports = uint32(sport)<<16 | uint32(dport)
	t := &d.pr.seqs
	base, known := t.find(&k)
	if !known || flags&tcpSYN != 0 {
		if rev {
			base = seqBase{ack: *seq, seq: *ack - 1}
		} else {
			base = seqBase{seq: *seq, ack: *ack - 1}
		}
		t.set(&k, base)
	} else if rev {
		*seq -= base.ack
		*ack -= base.seq
	} else {
		*seq -= base.seq
		*ack -= base.ack
	}
	base.rev = rev
	return base
}
