// Command demo shows tengu at work: it makes two network namespaces with a veth
// pair between them, has real TCP connections end by FIN and by RST over it,
// captures those at XDP, prints them, writes a savefile and reads it back. What
// it makes it removes.
package main

import (
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"time"

	"github.com/vishvananda/netlink"
	"github.com/vishvananda/netns"
	"golang.org/x/sys/unix"
)

const expr = "tcp[tcpflags] & (tcp-rst|tcp-fin) != 0"

func main() {
	tengu := flag.String("tengu", "bin/tengu", "the binary to show")
	flag.Parse()
	if err := demo(*tengu); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

func demo(tengu string) error {
	runtime.LockOSThread() // and never unlocked: the thread ends with its namespace
	server, client, err := pair()
	if err != nil {
		return fmt.Errorf("make network namespaces (this needs root): %w", err)
	}
	defer server.Close()
	defer client.Close()
	dir, err := os.MkdirTemp("", "tengu-demo")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file := dir + "/resets.pcapng"

	if err := netns.Set(server); err != nil {
		return err
	}
	l, err := net.Listen("tcp", "10.77.0.1:8080")
	if err != nil {
		return err
	}
	defer l.Close()
	go serve(l)

	say("tengu -i tg0 --hook xdp -nn --print -l -w resets.pcapng '%s'", expr)
	capture := exec.Command(tengu, "-i", "tg0", "--hook", "xdp", "-nn", "--print", "-l", "-w", file, expr)
	capture.Stdout, capture.Stderr = os.Stdout, os.Stderr
	if err := capture.Start(); err != nil {
		return err
	}
	time.Sleep(time.Second) // until it says "listening"
	if err := traffic(client); err != nil {
		return errors.Join(err, capture.Process.Kill())
	}
	time.Sleep(200 * time.Millisecond)
	if err := capture.Process.Signal(unix.SIGINT); err != nil {
		return err
	}
	if err := capture.Wait(); err != nil {
		return fmt.Errorf("capture: %w", err)
	}
	return readBack(tengu, file)
}

func say(format string, args ...any) { fmt.Printf("\n$ "+format+"\n", args...) }

// readBack shows the resets of the savefile, read by tengu itself.
func readBack(tengu, file string) error {
	for _, args := range [][]string{
		{"-nn", "-t", "-r", file, "tcp[tcpflags] & tcp-rst != 0"},
		{"-r", file, "--count"},
	} {
		say("tengu %s", join(args))
		c := exec.Command(tengu, args...)
		c.Stdout, c.Stderr = os.Stdout, os.Stderr
		if err := c.Run(); err != nil {
			return fmt.Errorf("read back: %w", err)
		}
	}
	return nil
}

func join(args []string) string {
	s := ""
	for i, a := range args {
		if i > 0 {
			s += " "
		}
		if a == expr || len(a) > 20 && a[0] != '/' {
			a = "'" + a + "'"
		}
		s += a
	}
	return s
}

// pair makes two namespaces, joined by tg0 (10.77.0.1) and tg1 (10.77.0.2).
// Nothing names them, so they vanish with this process.
func pair() (server, client netns.NsHandle, err error) {
	if client, err = netns.New(); err != nil {
		return
	}
	if server, err = netns.New(); err != nil {
		return
	}
	veth := &netlink.Veth{LinkAttrs: netlink.NewLinkAttrs(), PeerName: "tg1"}
	veth.Name = "tg0"
	if err = netlink.LinkAdd(veth); err != nil {
		return
	}
	peer, err := netlink.LinkByName("tg1")
	if err != nil {
		return
	}
	if err = netlink.LinkSetNsFd(peer, int(client)); err != nil {
		return
	}
	if err = up("tg0", "10.77.0.1/24"); err != nil {
		return
	}
	if err = netns.Set(client); err != nil {
		return
	}
	err = up("tg1", "10.77.0.2/24")
	return
}

func up(name, addr string) error {
	l, err := netlink.LinkByName(name)
	if err != nil {
		return err
	}
	a, err := netlink.ParseAddr(addr)
	if err != nil {
		return err
	}
	return errors.Join(netlink.AddrAdd(l, a), netlink.LinkSetUp(l))
}

// serve answers each connection with a line of HTTP and closes it; every second
// one abortively (SO_LINGER 0), so that the kernel sends a RST.
func serve(l net.Listener) {
	for n := 0; ; n++ {
		c, err := l.Accept()
		if err != nil {
			return
		}
		_, _ = c.Read(make([]byte, 512))
		if n%2 == 1 {
			_ = c.(*net.TCPConn).SetLinger(0)
		} else {
			_, _ = c.Write([]byte("HTTP/1.0 200 OK\r\nContent-Length: 3\r\n\r\nok\n"))
		}
		_ = c.Close()
	}
}

// traffic makes connections that end in every way: by FIN, by an abortive close
// of the server, by a closed port.
func traffic(client netns.NsHandle) error {
	done := make(chan error)
	go func() {
		runtime.LockOSThread()
		if err := netns.Set(client); err != nil {
			done <- err
			return
		}
		for range 6 {
			if err := get("10.77.0.1:8080"); err != nil {
				done <- err
				return
			}
		}
		if c, err := net.Dial("tcp", "10.77.0.1:9"); err == nil {
			c.Close()
			done <- errors.New("port 9 is open in an empty namespace")
			return
		}
		done <- nil
	}()
	return <-done
}

func get(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	defer c.Close()
	_, _ = c.Write([]byte("GET / HTTP/1.0\r\n\r\n"))
	buf := make([]byte, 512)
	for {
		if _, err := c.Read(buf); err != nil {
			return nil // FIN or RST: what we are here for
		}
	}
}
