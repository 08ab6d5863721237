package loader

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/sys/unix"
)

// promiscuous puts an interface into promiscuous mode until Close. The kernel
// counts memberships of packet sockets and drops ours with the socket, however
// this process ends (packet(7), PACKET_MR_PROMISC).
func promiscuous(ifindex int) (io.Closer, error) {
	fd, err := unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("open packet socket: %w", err)
	}
	mreq := unix.PacketMreq{Ifindex: int32(ifindex), Type: unix.PACKET_MR_PROMISC}
	if err := unix.SetsockoptPacketMreq(fd, unix.SOL_PACKET, unix.PACKET_ADD_MEMBERSHIP, &mreq); err != nil {
		_ = unix.Close(fd)
		return nil, fmt.Errorf("enter promiscuous mode: %w", err)
	}
	return os.NewFile(uintptr(fd), "promiscuous"), nil
}
