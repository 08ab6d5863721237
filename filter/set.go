package filter

import (
	"encoding/binary"
)

// minChain is how many alternatives make a set of an or-chain.
const minChain = 8

// Set is the members of an or-chain or a file: addresses (with a prefix length
// for nets) or ports.
type Set struct {
	// Size is the length of a member in bytes: 2, 4 or 16.
	Size    uint8
	members map[uint32]struct{}
}

func (s *Set) contains(b []byte) bool {
	var k uint32
	if len(b) == 2 {
		k = uint32(binary.BigEndian.Uint16(b))
	} else {
		k = binary.BigEndian.Uint32(b)
	}
	_, ok := s.members[k]
	return ok
}

// chain turns a long chain of hosts or ports joined by or into a set. It says
// whether it did.
func (l *lowerer) chain(n *Or) (cond, bool, error) {
	return nil, false, nil
}

func (l *lowerer) setFile(n *Prim) (cond, error) {
	return nil, l.errorf("sets from files are not supported yet")
}
