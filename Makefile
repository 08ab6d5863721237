# tengu: see `make help`
GO     ?= go
CLANG  ?= clang-19
export CGO_ENABLED = 0

# What each target takes from Debian, installed only where a command is missing.
DEMO_NEEDS  = ip:iproute2
TEST_NEEDS  = tcpdump tshark:tshark ip:iproute2 mkfs.ext4:e2fsprogs bpftool:bpftool
GEN_NEEDS   = clang-19:clang-19 llvm-strip-19:llvm-19 /usr/include/bpf/bpf_helpers.h:libbpf-dev

.DEFAULT_GOAL := build

.PHONY: help
help: ## say what can be made
	@sed -n 's/^\([a-z][a-z-]*\):.*## /  \1\t/p' $(MAKEFILE_LIST) | expand -t 20

.PHONY: build
build: ## build bin/tengu, one static binary
	$(GO) build -trimpath -o bin/tengu ./cmd/tengu

.PHONY: cross
cross: ## check that it builds for arm64
	GOARCH=arm64 $(GO) build -o /dev/null ./cmd/tengu
	GOARCH=arm64 $(GO) vet ./...

.PHONY: demo
demo: build ## capture real resets on a private veth pair, print them, write and read a savefile
	@.ci/need $(DEMO_NEEDS)
	$(GO) run ./internal/demo -tengu bin/tengu

.PHONY: test
test: ## run the whole suite (as root it really captures)
	@.ci/need $(TEST_NEEDS)
	@test -z "$$(gofmt -l bpf capture cmd filter internal loader pcapin pcapout ringbuf textout)" || { echo "gofmt -l:"; gofmt -l .; exit 1; }
	$(GO) vet ./...
	$(GO) test -timeout 20m ./...

.PHONY: lint
lint: ## gofmt, vet and staticcheck
	@test -z "$$(gofmt -l .)" || { gofmt -l .; exit 1; }
	$(GO) vet ./...
	$(GO) run honnef.co/go/tools/cmd/staticcheck@2025.1.1 ./...

.PHONY: generate
generate: ## compile the BPF programs anew (clang-19)
	@.ci/need $(GEN_NEEDS)
	$(GO) generate ./bpf

.PHONY: check-generated
check-generated: generate ## fail if generating changes anything
	git diff --exit-code -- bpf

.PHONY: bench
bench: build ## measure: programs, filter, printing, reading
	$(GO) test -run '^$$' -bench . -benchmem ./filter ./textout ./pcapin ./pcapout

.PHONY: fuzz
fuzz: ## fuzz parser, printer and readers for a while each
	$(GO) test -run '^$$' -fuzz FuzzParse -fuzztime 30s ./filter
	$(GO) test -run '^$$' -fuzz FuzzPrinter -fuzztime 30s ./textout
	$(GO) test -run '^$$' -fuzz FuzzReader -fuzztime 30s ./pcapin

.PHONY: test-kernels
test-kernels: ## run the privileged tests on other kernels in qemu
	@.ci/need qemu-system-x86_64:qemu-system-x86 /bin/busybox:busybox-static xz:xz-utils zstd lz4
	$(GO) run ./internal/vmrun/kernels

.PHONY: clean
clean: ## remove what was built
	rm -rf bin
