package netlab

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// Wire is a packet socket that sends frames out of one end, as they are.
type Wire struct {
	fd   int
	vnet bool
}

// NewWire opens a sender at an end; it closes with the test.
func NewWire(t testing.TB, e *End) *Wire {
	t.Helper()
	w, err := openWire(e, false)
	if err != nil {
		t.Fatalf("open packet socket on %s: %v", e.Name, err)
	}
	t.Cleanup(func() { _ = unix.Close(w.fd) })
	return w
}

// NewBulkWire opens a sender whose frames carry a virtio header, so that they
// may be non-linear and larger than the MTU: see SendBulk.
func NewBulkWire(t testing.TB, e *End) *Wire {
	t.Helper()
	w, err := openWire(e, true)
	if err != nil {
		t.Fatalf("open packet socket on %s: %v", e.Name, err)
	}
	t.Cleanup(func() { _ = unix.Close(w.fd) })
	return w
}

func openWire(e *End, vnet bool) (*Wire, error) {
	w := &Wire{fd: -1, vnet: vnet}
	err := e.Do(func() (err error) {
		// Protocol 0: it receives nothing.
		if w.fd, err = unix.Socket(unix.AF_PACKET, unix.SOCK_RAW|unix.SOCK_CLOEXEC, 0); err != nil {
			return err
		}
		return unix.Bind(w.fd, &unix.SockaddrLinklayer{Ifindex: e.Index})
	})
	if err == nil && vnet {
		err = unix.SetsockoptInt(w.fd, unix.SOL_PACKET, unix.PACKET_VNET_HDR, 1)
	}
	if err != nil {
		return nil, errors.Join(err, unix.Close(w.fd))
	}
	return w, nil
}

// Send sends frames, in order. It waits when the device is busy.
func (w *Wire) Send(frames ...[]byte) error {
	for i, f := range frames {
		if err := w.write(f); err != nil {
			return fmt.Errorf("send frame %d of %d bytes: %w", i, len(f), err)
		}
	}
	return nil
}

func (w *Wire) write(b []byte) error {
	for {
		_, err := unix.Write(w.fd, b)
		if !errors.Is(err, unix.ENOBUFS) && !errors.Is(err, unix.EINTR) {
			return err
		}
		time.Sleep(100 * time.Microsecond)
	}
}

// The GSO types of linux/virtio_net.h.
const (
	GSONone  = 0
	GSOTCPv4 = 1
	GSOTCPv6 = 4
)

// SendBulk sends a frame of which the first head bytes are linear and the rest
// is in pages. gso is one of the types above, and segment the payload of each
// segment; the frame is an IP packet with a TCP header that ends at head then.
func (w *Wire) SendBulk(frame []byte, head int, gso byte, segment int) error {
	hdr := make([]byte, 10, 10+len(frame))
	le := binary.LittleEndian // host order, on the machines tengu knows
	hdr[1] = gso
	le.PutUint16(hdr[2:], uint16(head))
	if gso != GSONone {
		hdr[0] = 1 // VIRTIO_NET_HDR_F_NEEDS_CSUM
		le.PutUint16(hdr[4:], uint16(segment))
		le.PutUint16(hdr[6:], uint16(head-20))
		le.PutUint16(hdr[8:], 16)
	}
	if err := w.write(append(hdr, frame...)); err != nil {
		return fmt.Errorf("send frame of %d bytes: %w", len(frame), err)
	}
	return nil
}

// Converse holds a TCP conversation over the pair: the far end connects to the
// near one, sends a request, gets an answer of the given size, and both close.
// With reset the client ends it by RST.
func (l *Lab) Converse(t testing.TB, network string, answer int, reset bool) {
	t.Helper()
	ip := l.Near.V4
	if network == "tcp6" {
		ip = l.Near.V6
	}
	ln, err := net.Listen(network, net.JoinHostPort(ip.String(), "0"))
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	served := make(chan error, 1)
	go func() { served <- serve(ln, answer) }()
	err = l.Far.Do(func() error { return request(network, ln.Addr().String(), answer, reset) })
	if err != nil {
		t.Fatalf("converse: %v", err)
	}
	if err := <-served; err != nil {
		t.Fatalf("serve: %v", err)
	}
}

const request1 = "GET / HTTP/1.0\r\n\r\n"

func serve(ln net.Listener, answer int) error {
	c, err := ln.Accept()
	if err != nil {
		return err
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(30 * time.Second))
	if _, err := io.ReadFull(c, make([]byte, len(request1))); err != nil {
		return err
	}
	if _, err := c.Write(make([]byte, answer)); err != nil {
		return err
	}
	_, err = c.Read(make([]byte, 1)) // until the client has gone
	if errors.Is(err, io.EOF) || errors.Is(err, unix.ECONNRESET) {
		return nil
	}
	return err
}

func request(network, addr string, answer int, reset bool) error {
	c, err := net.DialTimeout(network, addr, 10*time.Second)
	if err != nil {
		return err
	}
	defer c.Close()
	_ = c.SetDeadline(time.Now().Add(30 * time.Second))
	if _, err := io.WriteString(c, request1); err != nil {
		return err
	}
	if _, err := io.ReadFull(c, make([]byte, answer)); err != nil {
		return err
	}
	if reset {
		return c.(*net.TCPConn).SetLinger(0)
	}
	return nil
}
