package filter

import (
	"net/netip"
	"strconv"
	"strings"
	"unicode/utf8"
)

// token kinds. Keywords and operators carry their text.
type kind uint8

const (
	tEOF  kind = iota
	tOp        // punctuation and operators, "and", "or", "not" among them
	tWord      // keyword
	tID        // a name
	tNum       // a number
	tHID       // dotted parts of an IPv4 address: 1.2, 1.2.3, 1.2.3.4
	tHID6      // an IPv6 address
	tEID       // a MAC address
	tAID       // an ARCnet address
	tFile      // @FILE
)

type token struct {
	kind kind
	text string
	num  uint32
	pos  int // byte offset in the expression
}

// lex splits an expression into tokens, ending with tEOF.
func lex(expr string) ([]token, error) {
	var out []token
	for i := 0; i < len(expr); {
		switch c := expr[i]; {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			i++
			continue
		case c == '$' && i+1 < len(expr) && isHex(expr[i+1]):
			n := i + 1
			for n < len(expr) && isHex(expr[n]) && n < i+3 {
				n++
			}
			out = append(out, token{kind: tAID, text: expr[i:n], pos: i})
			i = n
			continue
		case c == '@':
			t, n := fileName(expr, i)
			out = append(out, t)
			i = n
			continue
		}
		if n := wordLen(expr[i:]); n > 0 {
			t, err := classify(expr, i, n)
			if err != nil {
				return nil, err
			}
			out = append(out, t)
			i += n
			continue
		}
		op := operatorAt(expr[i:])
		if op == "" {
			return nil, badCharacter(expr, i)
		}
		out = append(out, token{kind: tOp, text: canonical(op), pos: i})
		i += len(op)
	}
	return append(out, token{kind: tEOF, pos: len(expr)}), nil
}

func canonical(op string) string {
	if n, ok := operatorNames[op]; ok {
		return n
	}
	return op
}

func operatorAt(s string) string {
	for _, op := range operators {
		if strings.HasPrefix(s, op) {
			return op
		}
	}
	return ""
}

// badCharacter explains what cannot begin a word; typographic quotes, which web
// pages make of plain ones, are named.
func badCharacter(expr string, i int) error {
	r, n := utf8.DecodeRuneInString(expr[i:])
	switch r {
	case '“', '”', '‘', '’', '„', '«', '»':
		return withHint(errAt(expr, i, n, syntaxText),
			"%c is a typographic quote, as web pages make them; remove it, or write a plain one for the shell", r)
	}
	return errAt(expr, i, n, syntaxText)
}

// fileName reads @FILE or @"FILE WITH BLANKS" at i, and says where it ends.
func fileName(expr string, i int) (token, int) {
	t := token{kind: tFile, pos: i}
	if i+1 < len(expr) && (expr[i+1] == '"' || expr[i+1] == '\'') {
		if n := strings.IndexByte(expr[i+2:], expr[i+1]); n >= 0 {
			t.text = expr[i+2 : i+2+n]
			return t, i + n + 3
		}
	}
	n := i + 1
	for n < len(expr) && !strings.ContainsRune(" \t\r\n()", rune(expr[n])) {
		n++
	}
	t.text = expr[i+1 : n]
	return t, n
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func isAlnum(c byte) bool {
	return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'z'
}

// wordLen returns the length of the name, number or address at the start of s.
func wordLen(s string) int {
	if n := ip6Len(s); n > 0 {
		return n
	}
	if n := macLen(s); n > 0 {
		return n
	}
	n := 0
	if s[0] == '\\' {
		n = 1
		for n < len(s) && !strings.ContainsRune(" !()\n\t", rune(s[n])) {
			n++
		}
		return n
	}
	for n < len(s) && (isAlnum(s[n]) || (s[n] == '_' || s[n] == '-' || s[n] == '.') && n > 0) {
		n++
	}
	for n > 0 && (s[n-1] == '-' || s[n-1] == '_') {
		n-- // a name ends with a letter, a digit or a dot
	}
	return n
}

// ip6Len returns the length of an IPv6 address at the start of s.
func ip6Len(s string) int {
	n, colons := 0, 0
	for n < len(s) && (isHex(s[n]) || s[n] == ':' || s[n] == '.') {
		if s[n] == ':' {
			colons++
		}
		n++
	}
	if colons < 2 || n < len(s) && (isAlnum(s[n]) || s[n] == '_' || s[n] == '-') {
		return 0
	}
	for ; n > 1; n-- {
		if a, err := netip.ParseAddr(s[:n]); err == nil && a.Is6() {
			return n
		}
		if s[n-1] != '.' && s[n-1] != ':' {
			break
		}
	}
	return 0
}

// macLen returns the length of a MAC address: six parts of one or two digits
// joined by ':', '-' or '.', three of four, or twelve digits.
func macLen(s string) int {
	n := 0
	for n < len(s) && (isHex(s[n]) || s[n] == ':' || s[n] == '-' || s[n] == '.') {
		n++
	}
	if n < len(s) && (isAlnum(s[n]) || s[n] == '_') {
		return 0
	}
	if _, ok := parseMAC(s[:n]); ok {
		return n
	}
	return 0
}

func parseMAC(s string) (mac [6]byte, ok bool) {
	sep := strings.IndexAny(s, ":-.")
	if sep < 0 {
		return mac, len(s) == 12 && hexInto(mac[:], s)
	}
	parts := strings.Split(s, s[sep:sep+1])
	switch len(parts) {
	case 6:
		for i, p := range parts {
			v, err := strconv.ParseUint(p, 16, 8)
			if err != nil || len(p) > 2 {
				return mac, false
			}
			mac[i] = byte(v)
		}
		return mac, true
	case 3:
		for i, p := range parts {
			if len(p) != 4 || !hexInto(mac[2*i:2*i+2], p) {
				return mac, false
			}
		}
		return mac, s[sep] == '.'
	}
	return mac, false
}

func hexInto(dst []byte, s string) bool {
	for i := range dst {
		v, err := strconv.ParseUint(s[2*i:2*i+2], 16, 8)
		if err != nil {
			return false
		}
		dst[i] = byte(v)
	}
	return true
}

// classify decides what the word expr[i:i+n] is.
func classify(expr string, i, n int) (token, error) {
	w := expr[i : i+n]
	t := token{text: w, pos: i}
	if w[0] == '\\' {
		t.kind, t.text = tID, w[1:]
		if t.text == "" {
			return t, errAt(expr, i, n, syntaxText)
		}
		return t, nil
	}
	if k, ok := keywords[w]; ok {
		t.kind, t.text = tWord, k
		if k == "and" || k == "or" || k == "not" {
			t.kind = tOp
		}
		return t, nil
	}
	if v, ok := constants[w]; ok {
		t.kind, t.num = tNum, v
		return t, nil
	}
	if ip6Len(w) == n {
		t.kind = tHID6
		return t, nil
	}
	if _, ok := parseMAC(w); ok {
		t.kind = tEID
		return t, nil
	}
	return classifyNumber(expr, t)
}

func classifyNumber(expr string, t token) (token, error) {
	if isNumber(t.text) {
		return number(expr, t)
	}
	t.kind = tID
	if parts := strings.Split(t.text, "."); len(parts) >= 2 && len(parts) <= 4 {
		for _, p := range parts {
			if !isNumber(p) {
				return t, nil
			}
		}
		t.kind = tHID
	}
	return t, nil
}

// isNumber says that w is all digits, or 0x and hexadecimal digits.
func isNumber(w string) bool {
	if len(w) > 2 && w[0] == '0' && w[1]|0x20 == 'x' {
		return strings.Trim(w[2:], "0123456789abcdefABCDEF") == ""
	}
	return w != "" && strings.Trim(w, "0123456789") == ""
}

// number reads decimal, octal (0…) and hexadecimal (0x…) numbers of 32 bits.
func number(expr string, t token) (token, error) {
	base, digits := uint64(10), t.text
	switch {
	case len(digits) > 2 && digits[1]|0x20 == 'x':
		base, digits = 16, digits[2:]
	case len(digits) > 1 && digits[0] == '0':
		base, digits = 8, digits[1:]
	}
	t.kind = tNum
	v := uint64(0)
	for i := range len(digits) {
		d, _ := strconv.ParseUint(digits[i:i+1], 16, 8)
		if d >= base {
			return t, errAt(expr, t.pos, len(t.text), "number %s contains non-octal digit", t.text)
		}
		if v = v*base + d; v > 1<<32-1 {
			return t, errAt(expr, t.pos, len(t.text), "number %s overflows 32 bits", t.text)
		}
	}
	t.num = uint32(v)
	return t, nil
}
