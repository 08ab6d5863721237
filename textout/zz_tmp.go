package textout

import "tengu/capture"

// Placeholder until the core lands: whoever brings New and AppendPacket deletes
// this file.

func New(o Options) (*Printer, error) { return &Printer{opt: o}, nil }

// AppendPacket is a placeholder.
func (p *Printer) AppendPacket(dst []byte, k *capture.Packet) []byte {
	return append(dst, "packet\n"...)
}
