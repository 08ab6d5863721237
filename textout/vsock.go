package textout

const (
	vsockHeaderLen = 32
	virtioLen      = 44
	vsockVirtio    = 2
	vsockPayload   = 4
)

// vsock prints a packet of Linux' vsockmon device and returns its header's length.
func (d *dissector) vsock(b []byte) int {
	d.proto = "vsock"
	if len(b) < vsockHeaderLen {
		d.truncMark()
		return len(b)
	}
	op, transport := d.le16(b, 24), d.le16(b, 26)
	header := vsockHeaderLen
	if transport == vsockVirtio {
		header += virtioLen
	}
	whole := true
	d.putTok(vsockTransports, uint32(transport), "Invalid transport (%u)")
	switch {
	case d.opt.Verbose == 0:
		d.put(" ")
	case len(b) < header:
		whole = false
	default:
		if transport == vsockVirtio {
			d.virtio(b[vsockHeaderLen:])
		}
		d.put("\n\t")
	}
	d.printf("%d.%d > %d.%d %s, length %d", d.le64(b, 0), d.le32(b, 16), d.le64(b, 8), d.le32(b, 20),
		d.tok(vsockOps, uint32(op), " invalid op (%u)"), len(b))
	switch {
	case !whole:
		d.truncMark()
	case d.opt.Verbose < 2 || op != vsockPayload:
	case len(b) > header:
		d.put("\n")
		d.unknownData(b[header:], "\t", len(b)-header)
	default:
		d.truncMark()
	}
	return vsockHeaderLen
}

func (d *dissector) virtio(b []byte) {
	d.printf(" (len %d, type %s, op %s, flags %x, buf_alloc %d, fwd_cnt %d)", d.le32(b, 24),
		d.tok(virtioTypes, uint32(d.le16(b, 28)), "Invalid type (%u)"),
		d.tok(virtioOps, uint32(d.le16(b, 30)), "Invalid op (%u)"),
		d.le32(b, 32), d.le32(b, 36), d.le32(b, 40))
}
