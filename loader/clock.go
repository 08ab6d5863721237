package loader

import (
	"fmt"
	"time"

	"golang.org/x/sys/unix"
)

const (
	clockPeriod = time.Second
	// clockStep is how far the offset must move to be taken for a step of the
	// wall clock, in ns. Slewing moves both clocks alike; what is left is the
	// jitter of reading them.
	clockStep = 20_000
)

// startClock sets the programs' clock offset and keeps it current until Close.
func (c *Capture) startClock() error {
	off := clockOffset()
	if err := c.setClock(off); err != nil {
		return err
	}
	stop := make(chan struct{})
	done := make(chan struct{})
	go func() {
		defer close(done)
		t := time.NewTicker(clockPeriod)
		defer t.Stop()
		for {
			select {
			case <-stop:
				return
			case <-t.C:
			}
			if now := clockOffset(); now-off > clockStep || off-now > clockStep {
				off = now
				if err := c.setClock(off); err != nil {
					c.cfg.Log.Error("clock not updated: timestamps may be off", "error", err)
				}
			}
		}
	}()
	c.stop = append(c.stop, func() { close(stop); <-done })
	return nil
}

func (c *Capture) setClock(off int64) error {
	if err := c.maps[".bss"].Put(uint32(0), uint64(off)); err != nil {
		return fmt.Errorf("set clock offset: %w", err)
	}
	return nil
}

// clockOffset returns CLOCK_REALTIME minus CLOCK_MONOTONIC in ns: the tightest
// of several sandwiched readings.
func clockOffset() int64 {
	var best, off int64 = 1 << 62, 0
	for range 8 {
		a := clock(unix.CLOCK_MONOTONIC)
		w := clock(unix.CLOCK_REALTIME)
		b := clock(unix.CLOCK_MONOTONIC)
		if b-a < best {
			best, off = b-a, w-(a+b)/2
		}
	}
	return off
}

func clock(id int32) int64 {
	var ts unix.Timespec
	if err := unix.ClockGettime(id, &ts); err != nil {
		panic(fmt.Sprintf("clock_gettime(%d): %v", id, err)) // these clocks always exist
	}
	return ts.Nano()
}
