package filter

import (
	"fmt"
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

// keywords of pcap-filter(7), with their canonical spelling (scanner.l).
var keywords = map[string]string{
	"dst": "dst", "src": "src", "link": "link", "ether": "link", "ppp": "link", "slip": "link",
	"fddi": "link", "tr": "link", "wlan": "link",
	"arp": "arp", "rarp": "rarp", "ip": "ip", "sctp": "sctp", "tcp": "tcp", "udp": "udp",
	"icmp": "icmp", "igmp": "igmp", "igrp": "igrp", "pim": "pim", "vrrp": "vrrp", "carp": "carp",
	"radio": "radio", "ip6": "ip6", "icmp6": "icmp6", "ah": "ah", "esp": "esp",
	"atalk": "atalk", "aarp": "aarp", "decnet": "decnet", "lat": "lat", "sca": "sca",
	"moprc": "moprc", "mopdl": "mopdl", "iso": "iso", "esis": "esis", "es-is": "esis",
	"isis": "isis", "is-is": "isis", "l1": "l1", "l2": "l2", "iih": "iih", "lsp": "lsp",
	"snp": "snp", "csnp": "csnp", "psnp": "psnp", "clnp": "clnp", "stp": "stp", "ipx": "ipx",
	"netbeui": "netbeui",
	"host":    "host", "net": "net", "mask": "mask", "port": "port", "portrange": "portrange",
	"proto": "proto", "protochain": "protochain", "gateway": "gateway",
	"less": "less", "greater": "greater", "byte": "byte", "broadcast": "broadcast",
	"multicast": "multicast", "len": "len", "length": "len",
	"inbound": "inbound", "outbound": "outbound", "ifindex": "ifindex",
	"vlan": "vlan", "mpls": "mpls", "pppoed": "pppoed", "pppoes": "pppoes", "geneve": "geneve",
	"and": "and", "or": "or", "not": "not", "in": "in",
	"address1": "addr1", "addr1": "addr1", "address2": "addr2", "addr2": "addr2",
	"address3": "addr3", "addr3": "addr3", "address4": "addr4", "addr4": "addr4",
	"ra": "ra", "ta": "ta", "type": "type", "subtype": "subtype", "direction": "direction", "dir": "direction",
	"on": "on", "ifname": "on", "rset": "rset", "ruleset": "rset", "rnr": "rnr", "rulenum": "rnr",
	"srnr": "srnr", "subrulenum": "srnr", "reason": "reason", "action": "action",
	"lane": "lane", "llc": "llc", "metac": "metac", "bcc": "bcc", "oam": "oam", "oamf4": "oamf4",
	"oamf4ec": "oamf4ec", "oamf4sc": "oamf4sc", "sc": "sc", "ilmic": "ilmic", "vpi": "vpi", "vci": "vci",
	"connectmsg": "connectmsg", "metaconnect": "metaconnect",
	"fisu": "fisu", "lssu": "lssu", "lsu": "lssu", "msu": "msu", "hfisu": "hfisu", "hlssu": "hlssu",
	"hmsu": "hmsu", "sio": "sio", "opc": "opc", "dpc": "dpc", "sls": "sls", "hsio": "hsio",
	"hopc": "hopc", "hdpc": "hdpc", "hsls": "hsls",
}

// constants are the names that stand for numbers in arithmetic.
var constants = map[string]uint32{
	"icmptype": 0, "icmpcode": 1, "icmp-echoreply": 0, "icmp-unreach": 3, "icmp-sourcequench": 4,
	"icmp-redirect": 5, "icmp-echo": 8, "icmp-routeradvert": 9, "icmp-routersolicit": 10,
	"icmp-timxceed": 11, "icmp-paramprob": 12, "icmp-tstamp": 13, "icmp-tstampreply": 14,
	"icmp-ireq": 15, "icmp-ireqreply": 16, "icmp-maskreq": 17, "icmp-maskreply": 18,
	"icmp6type": 0, "icmp6code": 1, "icmp6-destinationunreach": 1, "icmp6-packettoobig": 2,
	"icmp6-timeexceeded": 3, "icmp6-parameterproblem": 4, "icmp6-echo": 128, "icmp6-echoreply": 129,
	"icmp6-multicastlistenerquery": 130, "icmp6-multicastlistenerreportv1": 131,
	"icmp6-multicastlistenerdone": 132, "icmp6-routersolicit": 133, "icmp6-routeradvert": 134,
	"icmp6-neighborsolicit": 135, "icmp6-neighboradvert": 136, "icmp6-redirect": 137,
	"icmp6-routerrenum": 138, "icmp6-nodeinformationquery": 139, "icmp6-nodeinformationresponse": 140,
	"icmp6-ineighbordiscoverysolicit": 141, "icmp6-ineighbordiscoveryadvert": 142,
	"icmp6-multicastlistenerreportv2": 143, "icmp6-homeagentdiscoveryrequest": 144,
	"icmp6-homeagentdiscoveryreply": 145, "icmp6-mobileprefixsolicit": 146,
	"icmp6-mobileprefixadvert": 147, "icmp6-certpathsolicit": 148, "icmp6-certpathadvert": 149,
	"icmp6-multicastrouteradvert": 151, "icmp6-multicastroutersolicit": 152,
	"icmp6-multicastrouterterm": 153,
	"tcpflags":                  13, "tcp-fin": 1, "tcp-syn": 2, "tcp-rst": 4, "tcp-push": 8, "tcp-ack": 16,
	"tcp-urg": 32, "tcp-ece": 64, "tcp-cwr": 128,
}

// operators, longest first.
var operators = []string{
	"<<", ">>", "<=", ">=", "!=", "==", "&&", "||",
	"(", ")", "[", "]", ":", "/", "*", "+", "-", "%", "&", "|", "^", "<", ">", "=", "!",
}

var operatorNames = map[string]string{"==": "=", "&&": "and", "||": "or", "!": "not"}

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
			n := i + 1
			for n < len(expr) && !strings.ContainsRune(" \t\r\n()", rune(expr[n])) {
				n++
			}
			out = append(out, token{kind: tFile, text: expr[i+1 : n], pos: i})
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
		return errAt(expr, i, n, "syntax error: %q is a typographic quote, pasted from a formatted page; write the expression without it, or with plain quotes for the shell", r)
	}
	return errAt(expr, i, n, "syntax error")
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
	for n < len(s) && (isAlnum(s[n]) || s[n] == '_' || (s[n] == '-' || s[n] == '.') && n > 0) {
		n++
	}
	for n > 0 && (s[n-1] == '-' || s[n-1] == '.') {
		n-- // a name ends with a letter or digit
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
			return t, errAt(expr, i, n, "syntax error")
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
	w := t.text
	if !isDigit(w[0]) {
		t.kind = tID
		return t, nil
	}
	if strings.Trim(w, "0123456789") == "" || strings.HasPrefix(w, "0x") || strings.HasPrefix(w, "0X") {
		return number(expr, t)
	}
	parts := strings.Split(w, ".")
	if len(parts) < 2 || len(parts) > 4 || strings.Trim(w, "0123456789.") != "" {
		t.kind = tID
		return t, nil
	}
	t.kind = tHID
	return t, nil
}

// number reads decimal, octal (0…) and hexadecimal (0x…) numbers of 32 bits.
func number(expr string, t token) (token, error) {
	w, base := t.text, 10
	digits := w
	switch {
	case len(w) > 2 && (w[1] == 'x' || w[1] == 'X'):
		digits, base = w[2:], 16
	case len(w) > 1 && w[0] == '0':
		digits, base = w[1:], 8
	}
	v, err := strconv.ParseUint(digits, base, 32)
	t.kind, t.num = tNum, uint32(v)
	if err == nil {
		return t, nil
	}
	if base == 8 && strings.ContainsAny(digits, "89") {
		return t, errAt(expr, t.pos, len(w), "number %s contains non-octal digit", w)
	}
	if base == 16 && strings.Trim(digits, "0123456789abcdefABCDEF") != "" {
		t.kind = tID
		return t, nil
	}
	return t, errAt(expr, t.pos, len(w), "number %s overflows 32 bits", w)
}

// SyntaxError is an expression that cannot be compiled. Its text is libpcap's
// where libpcap has one.
type SyntaxError struct {
	Expr     string
	Pos, Len int // what is wrong, in bytes
	Msg      string
}

func (e *SyntaxError) Error() string { return e.Msg }

// Caret returns two lines: the expression, and a caret under the place.
func (e *SyntaxError) Caret() string {
	line := strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' {
			return ' '
		}
		return r
	}, e.Expr)
	width := max(utf8.RuneCountInString(line[e.Pos:min(e.Pos+e.Len, len(line))]), 1)
	return line + "\n" + strings.Repeat(" ", utf8.RuneCountInString(line[:e.Pos])) + strings.Repeat("^", width)
}

func errAt(expr string, pos, n int, format string, args ...any) error {
	return &SyntaxError{Expr: expr, Pos: pos, Len: n, Msg: fmt.Errorf(format, args...).Error()}
}
