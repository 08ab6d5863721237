package textout

import "net"

// ifname is the name of an interface of this machine, as tcpdump has it for
// SLL2: the file does not say where it was captured. It is looked up once.
func (p *Printer) ifname(index uint32) string {
	if s, ok := p.ifnames[index]; ok {
		return s
	}
	s := "?"
	if i, err := net.InterfaceByIndex(int(index)); err == nil {
		s = i.Name
	}
	if p.ifnames == nil || len(p.ifnames) > 4096 {
		p.ifnames = map[uint32]string{}
	}
	p.ifnames[index] = s
	return s
}
