// Package bpf holds the capture programs, written in C, and what bpf2go makes of
// them: the compiled objects for amd64 and arm64 and the Go types of the memory
// they share with user space. Package loader puts them to use.
//
// The objects are committed, so that building tengu needs no clang. They are
// made with Debian bookworm's clang-19 by `make generate`, which CI repeats.
package bpf

//go:generate go tool bpf2go -go-package bpf -cc clang-19 -strip llvm-strip-19 -target amd64,arm64 -type ring_ctl -type ledger Capture capture.c -- -O2 -g -Wall -Werror -mcpu=v3 -idirafter /usr/include/x86_64-linux-gnu -idirafter /usr/include/aarch64-linux-gnu
