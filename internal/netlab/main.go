package netlab

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// insideEnv tells the process that Main started that it is the inner one.
const insideEnv = "TENGU_NETLAB"

// Main runs the tests of a package in a network namespace of their own, by
// starting the test binary again in one: namespaces belong to threads, and a Go
// program cannot move all of its own. Where that is not permitted the tests run
// where they are, and those that need the namespace skip.
func Main(m *testing.M) {
	if os.Getenv(insideEnv) != "" {
		os.Exit(m.Run())
	}
	code, err := again()
	if errors.Is(err, unix.EPERM) {
		os.Exit(m.Run())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "netlab: start tests in a network namespace:", err)
		os.Exit(1)
	}
	os.Exit(code)
}

// again runs this binary in a new namespace and returns its exit code.
func again() (int, error) {
	c := exec.Command("/proc/self/exe", os.Args[1:]...)
	c.Args[0] = os.Args[0]
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	c.Env = append(os.Environ(), insideEnv+"=1")
	c.SysProcAttr = &syscall.SysProcAttr{Cloneflags: unix.CLONE_NEWNET, Pdeathsig: unix.SIGKILL}
	sigs := make(chan os.Signal, 1)
	signal.Notify(sigs, unix.SIGINT, unix.SIGTERM, unix.SIGQUIT)
	if err := c.Start(); err != nil {
		return 0, err
	}
	go func() {
		for s := range sigs {
			_ = c.Process.Signal(s) // gone already
		}
	}()
	err := c.Wait()
	if exit := new(exec.ExitError); errors.As(err, &exit) && exit.ExitCode() >= 0 {
		return exit.ExitCode(), nil
	}
	return 0, err
}

// Private says that this process runs in a namespace made by Main.
func Private() bool { return os.Getenv(insideEnv) != "" }

// Require skips the test if it cannot have its own network: for want of
// privileges or because the package has no Main. Under CI=true it fails.
func Require(t testing.TB) {
	t.Helper()
	if !Private() {
		Missing(t, "needs a network namespace of its own: run as root, with netlab.Main in TestMain")
	}
}

// Permitted skips the test if err, from something it tried, is a lack of
// permission. Under CI=true it fails. Other errors are left to the test.
func Permitted(t testing.TB, err error) {
	t.Helper()
	if errors.Is(err, os.ErrPermission) {
		Missing(t, "not permitted: "+err.Error())
	}
}

// Missing skips the test for want of something that CI must have: under CI=true
// it fails.
func Missing(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("CI") == "true" {
		t.Fatal(why)
	}
	t.Skip(why)
}
