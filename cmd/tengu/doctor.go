package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"tengu/loader"
)

func newDoctor() *cobra.Command {
	asJSON := false
	cmd := &cobra.Command{
		Use:   "doctor [interface...]",
		Short: "Say which hooks this machine offers, why not others, and what would be chosen",
		RunE: func(cmd *cobra.Command, args []string) error {
			m, err := loader.Examine(args)
			if err != nil {
				return err
			}
			if asJSON {
				enc := json.NewEncoder(cmd.OutOrStdout())
				enc.SetIndent("", "  ")
				return enc.Encode(m)
			}
			return diagnose(cmd.OutOrStdout(), m)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// diagnose writes the findings for people.
func diagnose(out io.Writer, m *loader.Machine) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "kernel\t%s\n", m.Release)
	fmt.Fprintf(w, "tcx\t%s\n", yes(m.TCX, "requires kernel >= 6.6; clsact is used instead"))
	fmt.Fprintf(w, "multi-buffer XDP\t%s\n", yes(m.XDPLoad, "requires kernel >= 5.18"))
	fmt.Fprintf(w, "kernel type information\t%s\n", yes(m.BTF, "no /sys/kernel/btf/vmlinux: xdp-entry and xdp-exit cannot work"))
	fmt.Fprintf(w, "JIT\t%s\n", yes(m.JIT, "programs are interpreted: sysctl net.core.bpf_jit_enable=1"))
	fmt.Fprintf(w, "capabilities\t%s\n", yes(len(m.Missing) == 0, "missing "+strings.Join(m.Missing, ", ")))
	if m.Lockdown != "" {
		fmt.Fprintf(w, "lockdown\t%s\n", m.Lockdown)
	}
	if m.MemlockMatters {
		fmt.Fprintf(w, "memlock limit\t%d bytes (counts before kernel 5.11; tengu raises it where permitted)\n", m.Memlock)
	}
	fmt.Fprintf(w, "CPUs\t%d online, one ring each\n", m.CPUs)
	for i := range m.Interfaces {
		diagnosePort(w, &m.Interfaces[i])
	}
	return w.Flush()
}

func yes(ok bool, otherwise string) string {
	if ok {
		return "yes"
	}
	return "no: " + otherwise
}

func diagnosePort(w io.Writer, p *loader.Port) {
	fmt.Fprintf(w, "\n%s\t[%s]\n", p.Name, deviceFlags(p.Device))
	driver := p.Driver
	if driver == "" {
		driver = "none"
	}
	fmt.Fprintf(w, "  driver\t%s, MTU %d, %d receive %s\n", driver, p.MTU, p.RxQueues, plural(uint64(p.RxQueues), "queue"))
	if p.Supported {
		fmt.Fprintf(w, "  link type\t%s\n", linkText(p.LinkType))
	}
	if len(p.Offloads) > 0 {
		fmt.Fprintf(w, "  offloads\t%s%s\n", strings.Join(p.Offloads, " "), offloadNote(p.Offloads))
	}
	if p.XDPProgram != "" {
		fmt.Fprintf(w, "  XDP program\t%s\n", p.XDPProgram)
	}
	for _, t := range p.TCPrograms {
		fmt.Fprintf(w, "  tcx program\t%s\n", t)
	}
	for _, h := range p.Hooks {
		fmt.Fprintf(w, "  %s\t%s\n", h.Hook, yes(h.OK, h.Reason))
	}
	if p.Choice != "" {
		fmt.Fprintf(w, "  --hook tc takes\t%s\n", p.Choice)
	}
	if p.ChoiceXDP != "" {
		fmt.Fprintf(w, "  --hook xdp takes\t%s for incoming, %s for outgoing packets\n", p.ChoiceXDP, p.Choice)
	}
}

// offloadNote says what offloads do to a capture.
func offloadNote(on []string) string {
	for _, o := range on {
		if o == "lro" || o == "gro" || o == "gro-hw" {
			return " (at tc, received segments appear merged; at xdp as they came, but for lro and gro-hw)"
		}
	}
	return ""
}
