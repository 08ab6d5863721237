package ringbuf_test

import (
	"testing"
	"time"

	"github.com/cilium/ebpf"
	"github.com/cilium/ebpf/asm"
	"github.com/cilium/ebpf/link"
)

// foreignXDP attaches somebody else's XDP program, which passes everything.
func foreignXDP(t *testing.T, ifindex int) link.Link {
	t.Helper()
	prog, err := ebpf.NewProgram(&ebpf.ProgramSpec{
		Name: "foreign", Type: ebpf.XDP, License: "GPL",
		Instructions: asm.Instructions{asm.Mov.Imm(asm.R0, 2), asm.Return()},
	})
	if err != nil {
		t.Fatalf("load foreign program: %v", err)
	}
	t.Cleanup(func() { _ = prog.Close() })
	l, err := link.AttachXDP(link.XDPOptions{Program: prog, Interface: ifindex})
	if err != nil {
		t.Fatalf("attach foreign program: %v", err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

// deadline returns a function that says when patience is over.
func deadline() func() bool {
	end := time.Now().Add(patience)
	return func() bool { return time.Now().After(end) }
}
