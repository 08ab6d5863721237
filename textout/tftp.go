package textout

// TFTP operations, RFC 1350 and RFC 2347.
const (
	tftpRead  = 1
	tftpWrite = 2
	tftpData  = 3
	tftpAck   = 4
	tftpError = 5
	tftpOAck  = 6
)

// tftp prints a TFTP packet.
func (d *dissector) tftp(b []byte, length int) {
	d.proto = "tftp"
	d.printf("TFTP, length %d", length)
	if length < 2 {
		d.trunc()
	}
	op := d.u16(b, 0)
	word, known := lookup(tftpOps, uint32(op))
	if !known {
		d.printf(", tftp-#%d", op)
		return
	}
	d.printf(", %s", word)
	b, length = b[2:], length-2
	switch op {
	case tftpRead, tftpWrite:
		if length == 0 {
			d.trunc()
		}
		d.put(" \"")
		n, ok := d.tftpString(b, length)
		d.put("\"")
		b, length = d.tftpNext(b, length, n, ok)
		d.put(" ")
		n, ok = d.tftpString(b, length)
		b, length = d.tftpAfter(b, length, n, ok)
		d.tftpOptions(b, length)
	case tftpOAck:
		d.tftpOptions(b, length)
	case tftpAck, tftpData:
		if length < 2 {
			d.trunc()
		}
		d.printf(" block %d", d.u16(b, 0))
	case tftpError:
		if length < 2 {
			d.trunc()
		}
		d.printf(" %s", d.tok(tftpErrors, uint32(d.u16(b, 0)), "tftp-err-#%u \""))
		b, length = b[2:], length-2
		if length == 0 {
			d.trunc()
		}
		d.put(" \"")
		_, ok := d.tftpString(b, length)
		d.put("\"")
		if !ok {
			d.trunc()
		}
	default:
		d.printf("(unknown #%d)", op)
	}
}

// tftpNext steps over a string that another must follow.
func (d *dissector) tftpNext(b []byte, length, n int, ok bool) ([]byte, int) {
	b, length = d.tftpAfter(b, length, n, ok)
	if length == 0 {
		d.trunc()
	}
	return b, length
}

func (d *dissector) tftpAfter(b []byte, length, n int, ok bool) ([]byte, int) {
	if !ok {
		d.trunc()
	}
	return b[n:], length - n
}

func (d *dissector) tftpOptions(b []byte, length int) {
	for length != 0 {
		d.putIf(d.u8(b, 0) != 0, " ")
		n, ok := d.tftpString(b, length)
		b, length = d.tftpAfter(b, length, n, ok)
	}
}

// tftpString prints a string and returns its length with the NUL that must end
// it (nd_printztn).
func (d *dissector) tftpString(b []byte, length int) (n int, ok bool) {
	for i, c := range within(b, length) {
		if c == 0 {
			return i + 1, true
		}
		d.putChar(c)
	}
	return 0, false
}
