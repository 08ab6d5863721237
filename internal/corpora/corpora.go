// Package corpora finds the test corpora that lie outside the repository. Only
// tests use it.
package corpora

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

// Dir returns the corpora's folder: $TENGU_CORPORA, else ../shared/corpora
// beside the repository. Where it is missing the test is skipped; under CI=true
// it fails.
func Dir(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("TENGU_CORPORA")
	if dir == "" {
		_, self, _, _ := runtime.Caller(0)
		dir = filepath.Join(filepath.Dir(self), "..", "..", "..", "shared", "corpora")
	}
	if _, err := os.Stat(filepath.Join(dir, "README.md")); err != nil {
		Missing(t, "test corpora not found at "+dir+" (set TENGU_CORPORA)")
	}
	return dir
}

// Missing skips a test for want of something that CI must have, where it fails.
func Missing(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(why)
	}
	t.Skip(why)
}
