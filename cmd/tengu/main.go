// Command tengu captures packets as tcpdump does, matching in the kernel.
package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

// Exit codes.
const (
	exitOK    = 0
	exitError = 1
)

func main() {
	os.Exit(run(os.Args[1:]))
}

// run is the whole command; it returns the exit code.
func run(args []string) int {
	cmd := newRoot()
	cmd.SetArgs(args)
	err := cmd.Execute()
	if err == nil {
		return exitOK
	}
	var said *saidError
	if !errors.As(err, &said) {
		for line := range strings.Lines(err.Error()) {
			fmt.Fprintln(os.Stderr, "tengu:", strings.TrimSuffix(line, "\n"))
		}
	}
	return exitError
}

// saidError is an error that the user has been told of already.
type saidError struct{ error }

func (e *saidError) Unwrap() error { return e.error }

func newRoot() *cobra.Command {
	o := &options{}
	cmd := &cobra.Command{
		Use:   "tengu [flags] [expression]",
		Short: "Capture packets as tcpdump does, matching in the kernel at XDP or TC",
		Long: `tengu captures packets with tcpdump's options and filter language. Packets are
matched and cut to length in the kernel, at TC or XDP, and come to user space
through memory mapped from the kernel.`,
		Example: `  tengu -i eth0 -nn 'tcp[tcpflags] & (tcp-rst|tcp-fin) != 0'
  tengu -i eth0 -s 96 -w out.pcapng tcp port 443
  tengu -r out.pcapng -nn -v host 192.0.2.1`,
		Args:          cobra.ArbitraryArgs,
		SilenceErrors: true,
		SilenceUsage:  true,
		RunE:          func(cmd *cobra.Command, args []string) error { return o.main(cmd, args) },
	}
	o.bind(cmd.Flags())
	cmd.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return fmt.Errorf("%w\nusage: %s (tengu --help shows the flags)", err, cmd.UseLine())
	})
	cmd.CompletionOptions.HiddenDefaultCmd = true
	cmd.AddCommand(newDoctor())
	return cmd
}

// main does what the flags ask for.
func (o *options) main(cmd *cobra.Command, args []string) error {
	if o.version {
		return printVersion(cmd.OutOrStdout())
	}
	if err := o.check(); err != nil {
		return err
	}
	switch {
	case o.listDevices:
		return listDevices(cmd.OutOrStdout())
	case o.listLinkTypes || o.listStampTypes:
		return o.listTypes(cmd.ErrOrStderr())
	}
	expr, err := o.expression(args)
	if err != nil {
		return err
	}
	switch {
	case o.dump > 0:
		return o.dumpFilter(cmd.OutOrStdout(), expr)
	case o.readFile != "" || o.readList != "":
		return o.read(expr)
	}
	return o.live(expr)
}
