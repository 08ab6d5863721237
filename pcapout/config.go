package pcapout

import (
	"io"
	"strings"

	"tengu/capture"
)

// Format is a savefile format.
type Format uint8

const (
	// FormatAuto goes by the name's ending: .pcapng and .ntar are pcapng,
	// everything else is pcap, as with tcpdump.
	FormatAuto Format = iota
	FormatPcap
	FormatPcapNG
)

// Config says what to write. The zero value of every field but Path works.
type Config struct {
	// Path is the file; "-" is standard output.
	Path   string
	Format Format
	// Stream replaces Path when set; it is not closed.
	Stream io.Writer
	// LinkType and SnapLen stand in the header of a classic pcap file;
	// SnapLen 0 means 262144.
	LinkType capture.LinkType
	SnapLen  uint32
	// Nano gives a classic pcap file nanosecond timestamps.
	Nano bool
	// Direct writes regular pcapng files past the page cache. Where the file
	// system refuses, Warn is told and the page cache is used.
	Direct bool
	// Unbuffered writes every packet out at once (-U).
	Unbuffered bool
	// Section describes the machine and the capture (pcapng).
	Section Section
	// Owner and Group get the file if they are not 0 (-Z).
	Owner, Group int
	// Warn hears of fallbacks; nil is silent.
	Warn func(msg string, args ...any)
}

// Section is what a pcapng section header says of the capture.
type Section struct {
	Hardware, OS, Application, Comment string
}

func (c *Config) format() Format {
	if c.Format != FormatAuto {
		return c.Format
	}
	for _, end := range []string{".pcapng", ".ntar"} {
		if strings.HasSuffix(c.Path, end) {
			return FormatPcapNG
		}
	}
	return FormatPcap
}

// IsPcapNG says that the file will be pcapng.
func (c *Config) IsPcapNG() bool { return c.format() == FormatPcapNG }

func (c *Config) warn(msg string, args ...any) {
	if c.Warn != nil {
		c.Warn(msg, args...)
	}
}
