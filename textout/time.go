package textout

import (
	"time"

	"tengu/capture"
)

// clock prints time stamps. The local time of day is computed once per
// quarter of an hour (no zone changes its offset more often) and once per
// second.
type clock struct {
	opt *Options
	// ref is the packet that -ttt and -ttttt count from.
	ref    capture.Time
	hasRef bool

	zone   *time.Location
	from   int64 // offset holds for seconds in [from, from+900)
	offset int64
	sec    int64 // text is the time of day, with date if asked, of sec
	text   []byte
}

const quarterHour = 900

// localOffset returns the seconds east of UTC at sec.
func (c *clock) localOffset(sec int64) int64 {
	if sec < c.from || sec >= c.from+quarterHour || c.zone == nil {
		c.zone = time.Local
		c.from = sec - sec%quarterHour
		_, off := time.Unix(c.from, 0).In(c.zone).Zone()
		c.offset = int64(off)
	}
	return c.offset
}

// stamp appends p's time in the style of -t, and the blank after it.
func (c *clock) stamp(dst []byte, t capture.Time) []byte {
	switch c.opt.TimeStyle {
	case 0:
		dst = c.local(dst, t, false)
	case 1:
		return dst
	case 2:
		dst = c.unix(dst, t)
	case 4:
		dst = c.local(dst, t, true)
	default:
		dst = c.since(dst, t)
	}
	return append(dst, ' ')
}

const badTime = "[Error converting time]"

// tooLate says that tcpdump cannot print t: it tests the sign of 32 bits.
func tooLate(sec int64) bool { return uint32(sec)&0x80000000 != 0 }

func (c *clock) local(dst []byte, t capture.Time, date bool) []byte {
	if tooLate(t.Sec) {
		return append(dst, badTime...)
	}
	if t.Sec != c.sec || c.text == nil {
		c.sec = t.Sec
		at := t.Sec + c.localOffset(t.Sec)
		c.text = c.text[:0]
		if date {
			c.text = time.Unix(at, 0).UTC().AppendFormat(c.text, "2006-01-02 ")
		}
		c.text = appendTimeOfDay(c.text, at)
	}
	dst = append(dst, c.text...)
	return c.fraction(dst, t.Nsec)
}

func (c *clock) unix(dst []byte, t capture.Time) []byte {
	if tooLate(t.Sec) {
		return append(dst, badTime...)
	}
	dst = appendPadded(dst, uint64(uint32(t.Sec)), 1)
	return c.fraction(dst, t.Nsec)
}

// since prints the time from the previous (-ttt) or first (-ttttt) packet.
func (c *clock) since(dst []byte, t capture.Time) []byte {
	t.Nsec -= t.Nsec % c.unit()
	if !c.hasRef {
		c.ref, c.hasRef = t, t != capture.Time{}
		if !c.hasRef {
			c.ref = t
		}
	}
	a, b, sign := t, c.ref, byte(' ')
	if a.Sec < b.Sec || a.Sec == b.Sec && a.Nsec < b.Nsec {
		a, b, sign = b, a, '-'
	}
	diff := capture.Time{Sec: a.Sec - b.Sec, Nsec: a.Nsec - b.Nsec}
	if diff.Nsec < 0 {
		diff.Sec--
		diff.Nsec += 1e9
	}
	if c.opt.TimeStyle == 3 {
		c.ref, c.hasRef = t, t != capture.Time{}
	}
	dst = append(dst, sign)
	if tooLate(diff.Sec) {
		return append(dst, badTime...)
	}
	dst = appendTimeOfDay(dst, diff.Sec)
	return c.fraction(dst, diff.Nsec)
}

// unit is the resolution printed, in nanoseconds.
func (c *clock) unit() int64 {
	if c.opt.Nano {
		return 1
	}
	return 1000
}

// fraction prints the part of a second. A damaged file may have more than a
// second there; tcpdump prints what it finds.
func (c *clock) fraction(dst []byte, nsec int64) []byte {
	dst = append(dst, '.')
	if c.opt.Nano {
		return appendPadded(dst, uint64(nsec), 9)
	}
	if us := uint32(nsec / 1000); nsec >= 0 && us < 1e6 {
		a, b, c := us/10000*2, us/100%100*2, us%100*2
		return append(dst, digitPairs[a], digitPairs[a+1], digitPairs[b], digitPairs[b+1], digitPairs[c], digitPairs[c+1])
	}
	return appendPadded(dst, uint64(nsec/1000), 6)
}

// appendTimeOfDay appends HH:MM:SS of sec since the epoch.
func appendTimeOfDay(dst []byte, sec int64) []byte {
	s := uint64((sec%86400 + 86400) % 86400)
	dst = appendPadded(dst, s/3600, 2)
	dst = append(dst, ':')
	dst = appendPadded(dst, s/60%60, 2)
	dst = append(dst, ':')
	return appendPadded(dst, s%60, 2)
}

// appendPadded appends n in at least width digits.
func appendPadded(dst []byte, n uint64, width int) []byte {
	var tmp [20]byte
	i := len(tmp)
	for n > 0 || width > 0 {
		i--
		tmp[i] = byte('0' + n%10)
		n /= 10
		width--
	}
	return append(dst, tmp[i:]...)
}
