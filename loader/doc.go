// Package loader brings the capture programs into the kernel: it splices the
// compiled filter into them, fixes their configuration, loads them, attaches
// them by a ladder of hooks, counts what they see, and takes them out again.
//
//	c, err := loader.Load(loader.Config{Interfaces: []string{"eth0"}})
//	… map the rings (c.Rings), open the sinks …
//	err = c.Attach()
//	… read …
//	err = c.Detach()      // from here on nothing new appears: drain the rings
//	led := c.Ledger()
//	err = c.Close()
//
// Links live on file descriptors of this process, so a killed tengu leaves
// nothing behind; on kernels without tcx its cls_bpf filters stay, and the next
// tengu on the interface removes them.
package loader
