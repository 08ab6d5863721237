package loader

import (
	"testing"

	"tengu/internal/netlab"
)

func TestMain(m *testing.M) { netlab.Main(m) }
