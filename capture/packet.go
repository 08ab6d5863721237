package capture

import "net"

// Direction tells which way a packet crossed its interface. The values are
// those of bits 0-1 of epb_flags (draft-ietf-opsawg-pcapng, section 4.3.1).
type Direction uint8

const (
	DirUnknown Direction = iota
	DirIn
	DirOut
)

// Interface describes where packets come from: a network interface while
// capturing, an interface description block or the file header while reading.
// A source hands out pointers that stay valid, and unchanged, for its life.
type Interface struct {
	// ID numbers the interfaces of a source from 0 in order of appearance.
	ID int
	// Index is the kernel's ifindex, 0 if unknown.
	Index int
	// Name, Description and MAC are empty where they are not known.
	Name, Description string
	MAC               net.HardwareAddr
	LinkType          LinkType
	// Hardware is the kernel's ARPHRD_ type (linux/if_arp.h), 0 if unknown.
	Hardware uint16
	// SnapLen is the most bytes captured of a packet; 0 means no limit.
	SnapLen uint32
	// Speed is in bits per second, 0 if unknown.
	Speed uint64
	// Filter is the expression in force, Hook where packets are taken
	// ("tcx", "clsact", "xdp native", …), Offloads the device features that
	// shape what is seen ("gro,tso,rxvlan"). Empty when read from a file
	// that does not say.
	Filter, Hook, Offloads string
	// Nano says that timestamps have nanosecond resolution at their origin.
	Nano bool
}

// Time is a packet's time as its origin gave it: seconds since the Unix epoch
// and nanoseconds. Nsec is below 1e9 unless a damaged savefile said otherwise.
type Time struct {
	Sec, Nsec int64
}

// Nanos returns t as nanoseconds since the Unix epoch.
func (t Time) Nanos() int64 { return t.Sec*1e9 + t.Nsec }

// TimeFromNanos splits ns since the Unix epoch.
func TimeFromNanos(ns uint64) Time {
	return Time{Sec: int64(ns / 1e9), Nsec: int64(ns % 1e9)}
}

// Packet is one captured packet. Data and Raw belong to the source and are
// valid until its next ReadBatch.
type Packet struct {
	Time Time
	// Data is the captured part of the frame, from the link-layer header on,
	// VLAN tags in place.
	Data []byte
	// Raw is the whole pcapng Enhanced Packet Block that holds Data, in host
	// byte order and with Iface.ID as its interface, if the source has it in
	// that form; else nil. Sinks that write pcapng may copy it as it lies.
	Raw []byte
	// WireLen is the length of the frame on the wire, at least len(Data)
	// unless a damaged savefile said otherwise.
	WireLen uint32
	Dir     Direction
	Iface   *Interface
}

// Batch is a reusable slice of packets. The zero value holds DefaultBatch.
type Batch struct {
	Packets []Packet
}

// DefaultBatch is how many packets a batch takes unless its owner gave
// Packets another capacity.
const DefaultBatch = 512

// Reset empties b, keeping its memory, and makes room on first use.
func (b *Batch) Reset() {
	if cap(b.Packets) == 0 {
		b.Packets = make([]Packet, 0, DefaultBatch)
	}
	b.Packets = b.Packets[:0]
}

// Full says that b has no room left.
func (b *Batch) Full() bool { return len(b.Packets) == cap(b.Packets) }
