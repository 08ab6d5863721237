package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"tengu/capture"
	"tengu/loader"
	"tengu/pcapout"
	"tengu/textout"
)

// options are the flags of the root command.
type options struct {
	interfaces []string
	readFile   string
	readList   string
	writeFile  string
	exprFile   string
	format     string
	hook       string
	order      string
	direction  string
	stats      string
	linkType   string
	user       string
	stampType  string
	precision  string
	count      string
	skip       string
	snapLen    string
	bufferSize string

	listDevices, listLinkTypes, listStampTypes bool
	version                                    bool
	countOnly                                  bool
	noPromisc                                  bool
	noOptimize                                 bool
	immediate                                  bool
	packetBuffered, lineBuffered               bool
	print                                      bool
	monitorMode                                bool
	micro                                      bool
	overwrite                                  bool
	verbose, timeStyle                         int
	hex, hexASCII, ascii                       int
	dump, noNames                              int

	text textout.Options

	// parsed by check
	maxPackets, skipPackets uint64
	snap                    uint32
	buffer                  uint64
	dir                     loader.Direction
	link                    capture.LinkType
	linkGiven               bool
	outFormat               pcapout.Format
}

// bind registers the flags: tcpdump's names and letters wherever tcpdump has
// the option.
func (o *options) bind(f *pflag.FlagSet) {
	f.SortFlags = false
	f.StringArrayVarP(&o.interfaces, "interface", "i", nil, "capture on `INTERFACE`, its number in -D, or any; may be repeated")
	f.StringVarP(&o.readFile, "read", "r", "", "read packets from `FILE` (pcap or pcapng, also compressed; - is standard input)")
	f.StringVarP(&o.readList, "read-list", "V", "", "read the names of savefiles from `FILE`")
	f.StringVarP(&o.writeFile, "write", "w", "", "write packets to `FILE` instead of printing them (- is standard output)")
	f.StringVarP(&o.exprFile, "filter-file", "F", "", "read the expression from `FILE`; SIGHUP reads it again")
	f.StringVar(&o.format, "format", "", "savefile `FORMAT`: pcap or pcapng (default: by the name's ending)")
	f.StringVar(&o.hook, "hook", string(loader.HookTC), "where to take packets: "+hookNames())
	f.StringVar(&o.order, "order", "time", "`ORDER` of packets from several CPUs: time, or block (fastest)")
	f.StringVarP(&o.direction, "direction", "Q", "inout", "capture packets going `in`, out or inout")
	f.StringVarP(&o.count, "max-packets", "c", "", "exit after `COUNT` packets")
	f.StringVar(&o.skip, "skip", "", "leave out the first `COUNT` packets")
	f.BoolVar(&o.countOnly, "count", false, "print only how many packets there are (with -r)")
	f.StringVarP(&o.snapLen, "snapshot-length", "s", "0", "capture at most `BYTES` of each packet (0: 262144)")
	f.StringVarP(&o.bufferSize, "buffer-size", "B", "", "memory of all rings together, in `KiB` (default 32768)")
	f.BoolVarP(&o.noPromisc, "no-promiscuous-mode", "p", false, "leave the interface's promiscuous mode alone")
	f.BoolVar(&o.immediate, "immediate-mode", false, "hand over every packet at once (default when printing to a terminal)")
	f.BoolVarP(&o.packetBuffered, "packet-buffered", "U", false, "write every packet to the file at once")
	f.BoolVarP(&o.lineBuffered, "line-buffered", "l", false, "write every line at once")
	f.BoolVar(&o.print, "print", false, "print packets also when writing them with -w")
	f.BoolVar(&o.overwrite, "flight-recorder", false, "keep the newest packets in memory, writing them to -w on SIGUSR2 and at the end")
	f.StringVar(&o.stats, "stats", "text", "closing words as `text` or json (the whole ledger)")
	f.StringVarP(&o.user, "relinquish-privileges", "Z", "", "change to `USER` once the capture is open")
	f.BoolVarP(&o.listDevices, "list-interfaces", "D", false, "list the interfaces")
	f.BoolVarP(&o.listLinkTypes, "list-data-link-types", "L", false, "list the interface's link types")
	f.BoolVarP(&o.listStampTypes, "list-time-stamp-types", "J", false, "list the interface's time stamp types")
	f.StringVarP(&o.linkType, "linktype", "y", "", "the link `TYPE` to capture or to compile for")
	f.StringVarP(&o.stampType, "time-stamp-type", "j", "", "the time stamp `TYPE`: host")
	f.StringVar(&o.precision, "time-stamp-precision", "", "`PRECISION` of time stamps: micro or nano")
	f.BoolVar(&o.micro, "micro", false, "microseconds (the default)")
	f.BoolVar(&o.text.Nano, "nano", false, "nanoseconds")
	f.BoolVarP(&o.noOptimize, "no-optimize", "O", false, "do not optimise the filter")
	f.CountVarP(&o.dump, "dump", "d", "print the compiled filter and exit: -d its steps, -dd eBPF, -ddd raw words")
	f.BoolVarP(&o.monitorMode, "monitor-mode", "I", false, "802.11 monitor mode (not available)")
	o.bindText(f)
	f.BoolVar(&o.version, "version", false, "print the version")
	f.SetNormalizeFunc(abbreviations(f))
}

// bindText registers the options of printing.
func (o *options) bindText(f *pflag.FlagSet) {
	t := &o.text
	f.CountVarP(&o.noNames, "no-names", "n", "print numbers instead of names (-nn is the same)")
	f.BoolVarP(&t.NoDomain, "no-domain", "N", false, "print host names without their domain")
	f.BoolVarP(&t.Foreign, "foreign-numeric", "f", false, "print foreign addresses as numbers")
	f.CountVarP(&o.timeStyle, "time-style", "t", "time: -t none, -tt seconds, -ttt since the last, -tttt date, -ttttt since the first")
	f.CountVarP(&o.verbose, "verbose", "v", "print more; -vv and -vvv still more")
	f.BoolVarP(&t.LinkHeader, "link-header", "e", false, "print the link-level header")
	f.BoolVarP(&t.Quiet, "quick", "q", false, "print less")
	f.BoolVarP(&t.AbsoluteSeq, "absolute-tcp-sequence-numbers", "S", false, "print TCP sequence numbers as they are")
	f.CountVarP(&o.hex, "hex", "x", "print the packet in hex; -xx with the link-level header")
	f.CountVarP(&o.hexASCII, "hex-ascii", "X", "print the packet in hex and ASCII; -XX with the link-level header")
	f.CountVarP(&o.ascii, "ascii", "A", "print the packet in ASCII; -AA with the link-level header")
	f.BoolVarP(&t.Number, "number", "#", false, "number the packets")
	f.BoolVarP(&t.NoChecksum, "dont-verify-checksums", "K", false, "do not verify checksums")
	f.BoolVarP(&t.ASDot, "asdot", "b", false, "print AS numbers in ASDOT notation")
	f.BoolVarP(&t.NFSHandles, "nfs-handles", "u", false, "print undecoded NFS handles")
	f.BoolVarP(&t.Mesh, "mesh", "H", false, "look for 802.11s mesh headers")
	f.BoolVar(&t.Lengths, "lengths", false, "print captured and original lengths")
	f.StringVarP(&t.Type, "type", "T", "", "take packets for `TYPE` (aodv, carp, cnfp, domain, lmp, pgm, radius, resp, rpc, rtcp, rtp, snmp, someip, tftp, vat, vxlan, wb, zmtp1)")
	f.StringVarP(&t.ESPSecret, "esp-secret", "E", "", "decrypt ESP with `SPI@ADDR ALGO:SECRET`")
	f.StringVarP(&t.MD5Secret, "md5-secret", "M", "", "check TCP-MD5 signatures with `SECRET`")
}

func hookNames() string {
	var names []string
	for _, h := range loader.Hooks {
		names = append(names, string(h))
	}
	return strings.Join(names, ", ")
}

// abbreviations lets long options be shortened as getopt_long does.
func abbreviations(f *pflag.FlagSet) func(*pflag.FlagSet, string) pflag.NormalizedName {
	return func(_ *pflag.FlagSet, name string) pflag.NormalizedName {
		match, n := name, 0
		f.VisitAll(func(fl *pflag.Flag) {
			if fl.Name == name {
				match, n = name, 2
			} else if n < 2 && strings.HasPrefix(fl.Name, name) {
				match, n = fl.Name, n+1
			}
		})
		if n == 1 {
			return pflag.NormalizedName(match)
		}
		return pflag.NormalizedName(name)
	}
}

// check parses what the flags left as text, in tcpdump's words where it fails.
func (o *options) check() error {
	if err := o.checkNumbers(); err != nil {
		return err
	}
	if err := o.checkChoices(); err != nil {
		return err
	}
	return o.checkText()
}

func (o *options) checkNumbers() error {
	var err error
	if o.count != "" {
		if o.maxPackets, err = strconv.ParseUint(o.count, 10, 31); err != nil || o.maxPackets == 0 {
			return fmt.Errorf("invalid packet count %s", o.count)
		}
	}
	if o.skip != "" {
		if o.skipPackets, err = strconv.ParseUint(o.skip, 10, 31); err != nil {
			return fmt.Errorf("invalid packet skip count %s", o.skip)
		}
	}
	snap, err := strconv.ParseUint(o.snapLen, 0, 32)
	if err != nil || snap > loader.MaxSnapLen {
		return fmt.Errorf("invalid snaplen %s (must be >= 0 and <= %d)", o.snapLen, loader.MaxSnapLen)
	}
	o.snap = uint32(snap)
	if o.bufferSize != "" {
		kib, err := strconv.ParseUint(o.bufferSize, 10, 31)
		if err != nil || kib == 0 {
			return fmt.Errorf("invalid packet buffer size %s", o.bufferSize)
		}
		o.buffer = kib << 10
	}
	return nil
}

func (o *options) checkChoices() error {
	switch o.direction {
	case "in":
		o.dir = loader.In
	case "out":
		o.dir = loader.Out
	case "inout":
		o.dir = loader.InOut
	default:
		return fmt.Errorf("unknown capture direction `%s'", o.direction)
	}
	switch o.format {
	case "":
		o.outFormat = pcapout.FormatAuto
	case "pcap":
		o.outFormat = pcapout.FormatPcap
	case "pcapng":
		o.outFormat = pcapout.FormatPcapNG
	default:
		return fmt.Errorf("unknown savefile format %q (pcap or pcapng)", o.format)
	}
	if o.order != "time" && o.order != "block" {
		return fmt.Errorf("unknown order %q (time or block)", o.order)
	}
	if o.stats != "text" && o.stats != "json" {
		return fmt.Errorf("unknown form of statistics %q (text or json)", o.stats)
	}
	if !strings.Contains(" "+strings.ReplaceAll(hookNames(), ",", "")+" ", " "+o.hook+" ") {
		return fmt.Errorf("unknown hook %q (one of %s)", o.hook, hookNames())
	}
	if o.linkType != "" {
		if o.link, o.linkGiven = capture.LinkTypeByName(o.linkType); !o.linkGiven {
			return fmt.Errorf("invalid data link type %s", o.linkType)
		}
	}
	switch o.stampType {
	case "", "host":
	default:
		return fmt.Errorf("invalid time stamp type %s (this tool stamps packets by the host's clock: host)", o.stampType)
	}
	if o.monitorMode {
		return fmt.Errorf("-I: monitor mode is not available; put the interface into it with iw(8) first")
	}
	return nil
}

func (o *options) checkText() error {
	switch o.precision {
	case "", "micro":
	case "nano":
		o.text.Nano = true
	default:
		return fmt.Errorf("unable to parse time stamp precision %s (micro or nano)", o.precision)
	}
	if o.timeStyle > 5 {
		return fmt.Errorf("only -t, -tt, -ttt, -tttt, and -ttttt are supported")
	}
	if o.readFile != "" && o.readList != "" {
		return fmt.Errorf("-V and -r are mutually exclusive.")
	}
	reading := o.readFile != "" || o.readList != ""
	if o.text.Foreign && reading {
		return fmt.Errorf("-f can not be used with -V or -r")
	}
	if reading && o.overwrite {
		return fmt.Errorf("--flight-recorder can not be used with -V or -r")
	}
	t := &o.text
	t.NoNames = o.noNames > 0
	t.Verbose, t.TimeStyle = o.verbose, o.timeStyle
	t.Hex, t.HexASCII, t.ASCII = min(o.hex, 2), min(o.hexASCII, 2), min(o.ascii, 2)
	return nil
}

// expression joins the filter's words, or reads -F.
func (o *options) expression(args []string) (string, error) {
	if o.exprFile == "" {
		return strings.Join(args, " "), nil
	}
	var b []byte
	var err error
	if o.exprFile == "-" {
		return "", fmt.Errorf("-F -: read the expression from a file")
	}
	if b, err = os.ReadFile(o.exprFile); err != nil {
		return "", fmt.Errorf("can't open %s: %w", o.exprFile, unwrapPath(err))
	}
	return stripComments(string(b)), nil
}

// stripComments blanks "# ..." and line ends, as tcpdump's read_infile does.
func stripComments(s string) string {
	out := []byte(s)
	comment := false
	for i, c := range out {
		if c == '#' {
			comment = true
		}
		if comment {
			out[i] = ' '
		}
		if c == '\n' {
			comment, out[i] = false, ' '
		}
	}
	return string(out)
}
