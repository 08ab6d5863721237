package main

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"tengu/capture"
	"tengu/loader"
	"tengu/pcapout"
)

// listDevices prints what -D shows.
func listDevices(w io.Writer) error {
	names, err := deviceList()
	if err != nil {
		return err
	}
	for i, d := range names {
		fmt.Fprintf(w, "%d.%s\n", i+1, d.text)
	}
	return nil
}

// listed is a line of -D.
type listed struct{ name, text string }

// deviceList is the interfaces in the order of -D, "any" where libpcap puts it:
// after what is up and running, before loopback.
func deviceList() ([]listed, error) {
	devs, err := loader.Devices()
	if err != nil {
		return nil, err
	}
	anyDev := listed{loader.Any, "any (Pseudo-device that captures on all interfaces) [Up, Running]"}
	var out []listed
	placed := false
	for _, d := range devs {
		if !placed && (d.Loopback || !d.Running) {
			out, placed = append(out, anyDev), true
		}
		out = append(out, listed{d.Name, d.Name + " [" + deviceFlags(d) + "]"})
	}
	if !placed {
		out = append(out, anyDev)
	}
	return out, nil
}

func deviceFlags(d loader.Device) string {
	var f []string
	if d.Up {
		f = append(f, "Up")
	}
	if d.Running {
		f = append(f, "Running")
	}
	if d.Loopback {
		f = append(f, "Loopback")
	} else if d.Up {
		if d.Carrier {
			f = append(f, "Connected")
		} else {
			f = append(f, "Disconnected")
		}
	}
	if len(f) == 0 {
		return "none"
	}
	return strings.Join(f, ", ")
}

// resolve turns what -i says into names: numbers are those of -D; nothing is
// the first of -D.
func resolve(interfaces []string) ([]string, error) {
	devs, err := deviceList()
	if err != nil {
		return nil, err
	}
	if len(interfaces) == 0 {
		for _, d := range devs {
			if d.name != loader.Any {
				return []string{d.name}, nil
			}
		}
		return nil, fmt.Errorf("no interfaces available for capture")
	}
	var out []string
	for _, name := range interfaces {
		n, err := strconv.Atoi(name)
		if err == nil && !exists(devs, name) {
			if n < 1 || n > len(devs) {
				return nil, fmt.Errorf("Invalid adapter index %s (tengu -D lists them)", name)
			}
			name = devs[n-1].name
		}
		out = append(out, name)
	}
	return out, nil
}

func exists(devs []listed, name string) bool {
	for _, d := range devs {
		if d.name == name {
			return true
		}
	}
	return false
}

// listTypes prints what -L and -J show.
func (o *options) listTypes(w io.Writer) error {
	names, err := resolve(o.interfaces)
	if err != nil {
		return err
	}
	lt, err := loader.LinkTypeOf(names[0])
	if err != nil {
		return err
	}
	if o.listStampTypes {
		fmt.Fprintf(w, "Time stamp types for %s (use option -j to set):\n  host (Host)\n", names[0])
		return nil
	}
	fmt.Fprintf(w, "Data link types for %s (use option -y to set):\n  %s (%s)\n", names[0], lt, lt.Description())
	return nil
}

// section describes this machine in a pcapng file.
func section() pcapout.Section {
	var u unix.Utsname
	s := pcapout.Section{Hardware: runtime.GOARCH, OS: runtime.GOOS, Application: "tengu " + version()}
	if unix.Uname(&u) == nil {
		s.Hardware = unix.ByteSliceToString(u.Machine[:])
		s.OS = unix.ByteSliceToString(u.Sysname[:]) + " " + unix.ByteSliceToString(u.Release[:])
	}
	s.Comment = strings.Join(os.Args, " ")
	return s
}

func printVersion(w io.Writer) error {
	fmt.Fprintf(w, "tengu version %s\n", version())
	if info, ok := debug.ReadBuildInfo(); ok {
		fmt.Fprintf(w, "%s %s/%s\n", info.GoVersion, runtime.GOOS, runtime.GOARCH)
		for _, m := range info.Deps {
			if m.Path == "github.com/cilium/ebpf" {
				fmt.Fprintf(w, "%s %s\n", m.Path, m.Version)
			}
		}
	}
	return nil
}

// release is the version of the next release; builds from a checkout add the
// commit.
const release = "0.1.0"

func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release
	}
	rev, dirty := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			rev = "+" + s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = ".dirty"
		}
	}
	return release + rev + dirty
}

// warn tells the user of a fallback.
func warn(msg string, args ...any) { logger().Warn(msg, args...) }

// logger writes plain lines to standard error, in the manner of tcpdump.
func logger() *slog.Logger { return slog.New(&lineHandler{w: os.Stderr}) }

func isTerminal(f *os.File) bool {
	_, err := unix.IoctlGetTermios(int(f.Fd()), unix.TCGETS)
	return err == nil
}

// linkText is "EN10MB (Ethernet)".
func linkText(lt capture.LinkType) string {
	if d := lt.Description(); d != "" {
		return fmt.Sprintf("%s (%s)", lt, d)
	}
	return lt.String()
}
