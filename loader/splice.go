package loader

import (
	"errors"
	"fmt"

	"github.com/cilium/ebpf/asm"
	"github.com/cilium/ebpf/btf"
)

var errNoStub = errors.New("stub not found")

// splice replaces the subprogram named stub in insns by body, which may bring
// subprograms of its own. The first instruction keeps the stub's symbol and BTF
// function record; the kernel wants one for every subprogram, so the others get
// the like.
func splice(insns asm.Instructions, stub string, body asm.Instructions) (asm.Instructions, error) {
	begin := -1
	end := len(insns)
	for i := range insns {
		switch sym := insns[i].Symbol(); {
		case sym == stub:
			begin = i
		case sym != "" && begin >= 0:
			end = i
		}
		if begin >= 0 && end == i {
			break
		}
	}
	if begin < 0 {
		return nil, fmt.Errorf("splice %s: %w", stub, errNoStub)
	}
	out := make(asm.Instructions, 0, len(insns)-(end-begin)+len(body))
	out = append(out, insns[:begin]...)
	head := body[0]
	ref := head.Reference()
	head.Metadata = insns[begin].Metadata
	if ref != "" {
		head = head.WithReference(ref)
	}
	out = append(out, head)
	fn := btf.FuncMetadata(&insns[begin])
	for _, ins := range body[1:] {
		if name := ins.Symbol(); name != "" && fn != nil {
			ins = btf.WithFuncMetadata(ins, &btf.Func{Name: name, Type: fn.Type, Linkage: btf.StaticFunc})
		}
		out = append(out, ins)
	}
	return append(out, insns[end:]...), nil
}
