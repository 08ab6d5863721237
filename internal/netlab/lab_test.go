package netlab

import (
	"net"
	"testing"

	"github.com/vishvananda/netlink"
)

func TestMain(m *testing.M) { Main(m) }

func TestPairComesAndGoes(t *testing.T) {
	var name string
	t.Run("made", func(t *testing.T) {
		l := New(t, Config{MTU: 9000})
		name = l.Near.Name
		link, err := netlink.LinkByName(name)
		if err != nil || link.Attrs().MTU != 9000 || link.Attrs().Flags&net.FlagUp == 0 {
			t.Fatalf("near end: %+v, %v", link, err)
		}
		if err := NewWire(t, &l.Far).Send(UDP4(9014, 1)); err != nil {
			t.Error(err)
		}
	})
	if name == "" {
		t.Skip("no pair was made")
	}
	if _, err := netlink.LinkByName(name); err == nil {
		t.Errorf("%s is still there", name)
	}
}

func TestConversations(t *testing.T) {
	l := New(t, Config{Addresses: true})
	for _, network := range []string{"tcp4", "tcp6"} {
		l.Converse(t, network, 100_000, false)
		l.Converse(t, network, 10, true)
	}
}

func TestFrameSizes(t *testing.T) {
	for _, c := range []struct {
		name  string
		frame []byte
		want  int
	}{
		{"udp4", UDP4(60, 1), 60},
		{"udp6", UDP6(62, 1), 62},
		{"vlan", UDP4(1514, 1, Tag{0x8100, 5}), 1514},
		{"qinq", UDP6(1518, 1, Tag{0x88a8, 5}, Tag{0x8100, 6}), 1518},
		{"tcp4", TCP4(0, 4, 1), 54},
	} {
		if len(c.frame) != c.want {
			t.Errorf("%s: %d bytes, want %d", c.name, len(c.frame), c.want)
		}
	}
}
