package textout

import (
	"bytes"
	"crypto/md5" //nolint:gosec // RFC 2385
	"encoding/binary"
)

type md5Verdict uint8

const (
	md5NoSecret md5Verdict = iota
	md5Short
	md5Valid
	md5Wrong
)

// checkMD5 verifies a TCP-MD5 signature over the pseudo-header, the header
// without options and with a zero checksum, the data, and the secret.
func (d *dissector) checkMD5(seg, sig []byte, length int) md5Verdict {
	if length > len(seg) {
		return md5Short
	}
	if d.opt.MD5Secret == "" {
		return md5NoSecret
	}
	var ph [40]byte
	var pseudo []byte
	if d.ip.v6 {
		copy(ph[:], d.ip.src)
		copy(ph[16:], d.ip.dst)
		binary.BigEndian.PutUint32(ph[32:], uint32(length))
		ph[39] = protoTCP
		pseudo = ph[:]
	} else {
		copy(ph[:], d.ip.src)
		copy(ph[4:], d.ip.hdr[16:20])
		ph[9] = protoTCP
		binary.BigEndian.PutUint16(ph[10:], uint16(length))
		pseudo = ph[:12]
	}
	hdr := [tcpHdrLen]byte(seg[:tcpHdrLen])
	hdr[16], hdr[17] = 0, 0
	h := md5.New()
	h.Write(pseudo)
	h.Write(hdr[:])
	h.Write(seg[int(seg[12]>>4)*4 : length])
	h.Write([]byte(d.opt.MD5Secret))
	if bytes.Equal(h.Sum(nil), sig) {
		return md5Valid
	}
	return md5Wrong
}
