package textout

import (
	"strconv"
	"strings"
)

// zephyrServerAck is the kind of notice that acknowledges another.
const zephyrServerAck = 5

// zephyrNotice holds the fields of a notice that are printed.
type zephyrNotice struct {
	kind                                   int32
	class, inst, opcode, sender, recipient string
	version                                string
}

// zephyrReader takes NUL-terminated fields one after another.
type zephyrReader struct {
	d    *dissector
	b    []byte
	left int
	ok   bool
}

func (r *zephyrReader) next() string {
	for i := 0; ; i++ {
		if i == r.left {
			r.ok = false
			r.b, r.left = from(r.b, i), 0
			return ""
		}
		if r.d.u8(r.b, i) == 0 {
			s := string(r.b[:i])
			r.b, r.left = r.b[i+1:], r.left-i-1
			return s
		}
	}
}

// zephyrNumber reads a hexadecimal number as far as it is one.
func zephyrNumber(s string) int32 {
	s = strings.TrimPrefix(strings.TrimPrefix(s, "0x"), "0X")
	n := 0
	for n < len(s) && strings.IndexByte("0123456789abcdefABCDEF", s[n]) >= 0 {
		n++
	}
	v, _ := strconv.ParseUint(s[:n], 16, 63)
	return int32(v)
}

// zephyr prints a notice of MIT's Zephyr.
func (d *dissector) zephyr(b []byte, length int) {
	d.proto = "zephyr"
	r := &zephyrReader{d: d, b: b, left: length, ok: true}
	var z zephyrNotice
	z.version = r.next()
	if !r.ok {
		d.invalid()
		return
	}
	if !strings.HasPrefix(z.version, "ZEPH") {
		return
	}
	r.next() // number of fields
	z.kind = zephyrNumber(r.next())
	for range 5 { // uid, port, authentication, its length, its data
		r.next()
	}
	z.class, z.inst, z.opcode, z.sender, z.recipient = r.next(), r.next(), r.next(), r.next(), r.next()
	for range 4 { // format, checksum, multi, multi uid
		r.next()
	}
	if !r.ok {
		d.invalid()
		return
	}
	d.put(" zephyr")
	if !strings.HasPrefix(z.version[4:], "0.2") {
		d.zephyrWord(" v", z.version[4:])
		return
	}
	d.printf(" %s", d.tok(zephyrTypes, uint32(z.kind), "type %d"))
	if z.kind == zephyrServerAck {
		if ack := r.next(); r.ok && ack != "SENT" {
			d.zephyrWord("/", zephyrLower(ack))
		}
	}
	if z.sender != "" {
		d.zephyrWord(" ", z.sender)
	}
	d.zephyrBody(&z, r)
}

func (d *dissector) zephyrWord(before, s string) {
	d.put(before)
	d.putSafe([]byte(s))
}

// zephyrCut is tcpdump's buffer for words that it makes.
func zephyrCut(s string) string { return s[:min(len(s), 255)] }

func zephyrLower(s string) string {
	b := []byte(zephyrCut(s))
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

func zephyrTriple(class, inst, recipient string) string {
	if recipient == "" {
		recipient = "*"
	}
	return zephyrCut("<" + class + "," + inst + "," + recipient + ">")
}

var zephyrRealm = map[string]string{
	"ADD_SUBSCRIBE": " realm add-subs", "REQ_SUBSCRIBE": " realm req-subs",
	"RLM_SUBSCRIBE": " realm rlm-sub", "RLM_UNSUBSCRIBE": " realm rlm-unsub",
}

// zephyrBody prints what the notice is about.
func (d *dissector) zephyrBody(z *zephyrNotice, r *zephyrReader) {
	switch {
	case z.class == "USER_LOCATE" && z.opcode == "USER_HIDE":
		d.put(" hide")
	case z.class == "USER_LOCATE" && z.opcode == "USER_UNHIDE":
		d.put(" unhide")
	case z.class == "USER_LOCATE":
		d.zephyrWord(" locate ", z.inst)
	case z.class == "ZEPHYR_ADMIN":
		d.zephyrWord(" zephyr-admin ", zephyrLower(z.opcode))
	case z.class == "ZEPHYR_CTL" && z.inst == "CLIENT":
		d.zephyrClient(z, r)
	case z.class == "ZEPHYR_CTL" && z.inst == "HM":
		d.zephyrWord(" ", zephyrLower(z.opcode))
	case z.class == "ZEPHYR_CTL" && z.inst == "REALM":
		d.put(zephyrRealm[z.opcode])
	case z.class == "HM_CTL":
		d.zephyrWord(" hm_ctl ", zephyrLower(z.inst))
		d.zephyrWord(" ", zephyrLower(z.opcode))
	case z.class == "HM_STAT" && z.inst == "HMST_CLIENT" && z.opcode == "GIMMESTATS":
		d.put(" get-client-stats")
	case z.class == "WG_CTL":
		d.zephyrWord(" wg_ctl ", zephyrLower(z.inst))
		d.zephyrWord(" ", zephyrLower(z.opcode))
	case z.class == "LOGIN" && z.opcode == "USER_FLUSH":
		d.put(" flush_locs")
	case z.class == "LOGIN" && zephyrExposure(z.opcode):
		d.zephyrWord(" set-exposure ", zephyrLower(z.opcode))
	default:
		d.zephyrWord(" to ", zephyrTriple(z.class, z.inst, z.recipient))
		if z.opcode != "" {
			d.zephyrWord(" op ", z.opcode)
		}
	}
}

func zephyrExposure(op string) bool {
	switch op {
	case "NONE", "OPSTAFF", "REALM-VISIBLE", "REALM-ANNOUNCED", "NET-VISIBLE", "NET-ANNOUNCED":
		return true
	}
	return false
}

func (d *dissector) zephyrClient(z *zephyrNotice, r *zephyrReader) {
	switch z.opcode {
	case "SUBSCRIBE", "SUBSCRIBE_NODEFS", "UNSUBSCRIBE":
		// tcpdump calls both others "un".
		d.printf(" %ssub%s", either(z.opcode != "SUBSCRIBE", "un", ""), either(z.opcode == "SUBSCRIBE_NODEFS", "-nodefs", ""))
		if z.kind != zephyrServerAck {
			if class, inst, to := r.next(), r.next(), r.next(); r.ok {
				d.zephyrWord(" ", zephyrTriple(class, inst, to))
			}
		}
	case "GIMME":
		d.put(" ret")
	case "GIMMEDEFS":
		d.put(" gimme-defs")
	case "CLEARSUB":
		d.put(" clear-subs")
	default:
		d.zephyrWord(" ", zephyrLower(z.opcode))
	}
}
