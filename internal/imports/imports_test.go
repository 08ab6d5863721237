package imports

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// may lists what each package may import of the project (DESIGN §7). Packages
// import downwards only; sources and sinks never import each other; internal
// packages are for tests, commands and other internal packages.
var may = map[string][]string{
	"capture": {},
	"bpf":     {"capture"},
	"filter":  {"bpf", "capture"},
	"loader":  {"filter", "bpf", "capture"},
	"ringbuf": {"bpf", "capture"},
	"pcapin":  {"capture"},
	"pcapout": {"capture"},
	"textout": {"filter", "capture"},
	"bench":   {"loader", "ringbuf", "filter", "bpf", "capture"},
}

// stdOnly may import nothing outside the standard library.
var stdOnly = []string{"capture"}

// alone lists imports that only some packages may have.
var alone = map[string][]string{
	"unsafe":                         {"ringbuf", "loader", "bench"},
	"github.com/vishvananda/netlink": {"loader", "bench"},
}

type pkg struct {
	ImportPath, Name string
	Imports          []string
}

func TestImportDirections(t *testing.T) {
	pkgs := list(t)
	if len(pkgs) < len(stdOnly) {
		t.Fatal("go list found nothing")
	}
	for _, p := range pkgs {
		name := strings.TrimPrefix(p.ImportPath, "tengu/")
		if strings.HasPrefix(name, "internal/") || strings.HasPrefix(name, "cmd/") {
			continue
		}
		allowed, known := may[name]
		if !known {
			t.Errorf("package %s has no place in the order of imports: add it to the table", name)
		}
		for _, i := range p.Imports {
			if problem := judge(name, allowed, i); problem != "" {
				t.Errorf("package %s imports %s: %s", name, i, problem)
			}
		}
	}
}

func judge(name string, allowed []string, imported string) string {
	local, ours := strings.CutPrefix(imported, "tengu/")
	switch {
	case ours && !slices.Contains(allowed, local):
		return "not below it"
	case !ours && slices.Contains(stdOnly, name) && strings.Contains(imported, "."):
		return "standard library only"
	case alone[imported] != nil && !slices.Contains(alone[imported], name):
		return "only " + strings.Join(alone[imported], ", ") + " may"
	}
	return ""
}

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		name, pkg, imported string
		ok                  bool
	}{
		{"down", "loader", "tengu/capture", true},
		{"up", "capture", "tengu/loader", false},
		{"source to sink", "ringbuf", "tengu/pcapout", false},
		{"internal", "loader", "tengu/internal/netlab", false},
		{"foreign in capture", "capture", "golang.org/x/sys/unix", false},
		{"unsafe", "filter", "unsafe", false},
	} {
		if got := judge(c.pkg, may[c.pkg], c.imported); (got == "") != c.ok {
			t.Errorf("%s: %q", c.name, got)
		}
	}
}

func list(t *testing.T) []pkg {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("no go command here")
	}
	out, err := exec.Command("go", "list", "-json=ImportPath,Name,Imports", "tengu/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var pkgs []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return pkgs
		}
		if err != nil {
			t.Fatal(err)
		}
		pkgs = append(pkgs, p)
	}
}
