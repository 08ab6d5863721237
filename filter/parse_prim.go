package filter

import "strings"

var protocols = map[string]bool{
	"link": true, "ip": true, "arp": true, "rarp": true, "sctp": true, "tcp": true, "udp": true,
	"icmp": true, "igmp": true, "igrp": true, "pim": true, "vrrp": true, "carp": true,
	"atalk": true, "aarp": true, "decnet": true, "lat": true, "sca": true, "moprc": true,
	"mopdl": true, "ip6": true, "icmp6": true, "ah": true, "esp": true, "iso": true, "esis": true,
	"isis": true, "l1": true, "l2": true, "iih": true, "lsp": true, "snp": true, "csnp": true,
	"psnp": true, "clnp": true, "stp": true, "ipx": true, "netbeui": true, "radio": true,
}

var types = map[string]bool{
	"host": true, "net": true, "port": true, "portrange": true, "proto": true, "protochain": true,
	"gateway": true,
}

// undirected are the types that no direction may precede.
var undirected = map[string]bool{"proto": true, "protochain": true, "gateway": true}

// wlanDirs are directions of 802.11 alone.
var wlanDirs = map[string]bool{"addr1": true, "addr2": true, "addr3": true, "addr4": true, "ra": true, "ta": true}

// primitive parses qualifiers and an identifier, a protocol, or one of the
// keywords that stand for themselves.
func (p *parser) primitive() (Node, Qual, error) {
	t := p.peek()
	bad := Qual{bad: true}
	var q Qual
	if protocols[t.text] {
		q.Proto = p.next().text
	}
	if p.is("broadcast") || p.is("multicast") {
		return &Special{Name: p.next().text, Proto: q.Proto, Pos: t.pos}, bad, nil
	}
	if msg, ok := wlanOnly[p.peek().text]; ok && p.peek().kind == tWord {
		return nil, bad, p.errorf(p.peek(), "%s", msg)
	}
	if q.Proto == "" && !p.startsQual() {
		n, err := p.special()
		return n, bad, err
	}
	if w := p.peek(); p.is("src") || p.is("dst") {
		q.Dir = p.direction()
	} else if w.kind == tWord && wlanDirs[w.text] {
		q.Dir = p.next().text
	}
	if w := p.peek(); w.kind == tWord && types[w.text] {
		if q.Dir != "" && undirected[w.text] {
			return nil, bad, p.syntax(w)
		}
		q.Type = p.next().text
	}
	if q.Dir == "" && q.Type == "" {
		return &Proto{Name: q.Proto, Pos: t.pos}, bad, nil
	}
	if w := p.peek(); w.kind == tID && w.text == "in" && p.peekAt(1).kind == tFile {
		p.next()
		n, err := p.set(q, t)
		return n, q, err
	}
	n, err := p.id(q)
	return n, q, err
}

// startsQual says that the next token is a direction or a type.
func (p *parser) startsQual() bool {
	t := p.peek()
	return t.kind == tWord && (t.text == "src" || t.text == "dst" || types[t.text] || wlanDirs[t.text])
}

// direction parses src, dst, and both joined by and or or.
func (p *parser) direction() string {
	first := p.next().text
	if op := p.peek(); op.op("or") || op.op("and") {
		if o := p.peekAt(1); o.kind == tWord && (o.text == "src" || o.text == "dst") && o.text != first {
			// "src or dst host x" is one direction; "src 1.2.3.4 or dst …"
			// does not come here
			p.i += 2
			return "src " + op.text + " dst"
		}
	}
	return first
}

// set parses what follows in: @FILE.
func (p *parser) set(q Qual, t token) (Node, error) {
	f := p.next()
	if f.text == "" {
		return nil, withHint(p.errorf(f, "no file name"), "write host in @FILE")
	}
	switch q.Type {
	case "host", "net", "port":
	case "":
		q.Type = "host"
	default:
		return nil, withHint(p.errorf(t, "'%s' in @FILE", q.Type), "sets are for host, net and port")
	}
	return &Prim{Qual: q, Kind: tFile, Text: f.text, Bits: -1, Pos: f.pos}, nil
}

// special parses the keywords that are no qualifiers.
func (p *parser) special() (Node, error) {
	t := p.next()
	n := &Special{Name: t.text, Pos: t.pos}
	switch t.text {
	case "inbound", "outbound", "pppoed":
		return n, nil
	case "less", "greater", "ifindex":
		n.HasNum = true
		return n, p.number(&n.Num, false)
	case "vlan", "mpls", "pppoes", "geneve", "vxlan":
		if n.HasNum = p.peek().kind == tNum || p.is("("); n.HasNum {
			return n, p.number(&n.Num, true)
		}
		return n, nil
	case "byte":
		return n, p.byteTest(n)
	case "llc":
		return n, p.llc(n)
	}
	if msg, ok := otherLinks[t.text]; ok {
		return nil, p.errorf(t, "%s", msg)
	}
	p.i--
	return nil, p.syntax(t)
}

// llc parses the type of frame that may follow the keyword.
func (p *parser) llc(n *Special) error {
	switch t := p.peek(); {
	case t.kind == tWord && t.text == "rnr":
		n.Text = p.next().text
	case t.kind == tID:
		n.Text = strings.ToLower(p.next().text)
		if _, ok := llcTypes[n.Text]; !ok {
			return p.errorf(t, "unknown LLC type name \"%s\"", t.text)
		}
	}
	return nil
}

// byteTest parses the old form: byte IDX OP NUM.
func (p *parser) byteTest(n *Special) error {
	n.HasNum = true
	if err := p.number(&n.Num, false); err != nil {
		return err
	}
	op := p.next()
	if op.kind != tOp || !strings.Contains("=<>&|", op.text) {
		return p.syntax(op)
	}
	n.Op = op.text
	return p.number(&n.Num2, false)
}

const wlanTypes = "802.11 link-layer types supported only on 802.11"

var wlanOnly = map[string]string{
	"type": wlanTypes, "subtype": wlanTypes, "direction": "frame direction supported only with 802.11 headers",
}

// otherLinks are keywords of link types that a Linux capture never meets.
var otherLinks = map[string]string{
	"lane": "'lane' supported only on raw ATM", "metac": "'metac' supported only on raw ATM",
	"bcc": "'bcc' supported only on raw ATM", "oam": "'oam' supported only on raw ATM",
	"oamf4": "'oamf4' supported only on raw ATM", "oamf4ec": "'oam4ec' supported only on raw ATM",
	"oamf4sc": "'oam4sc' supported only on raw ATM", "sc": "'sc' supported only on raw ATM",
	"ilmic": "'ilmic' supported only on raw ATM", "connectmsg": "'connectmsg' supported only on raw ATM",
	"metaconnect": "'metaconnect' supported only on raw ATM", "vpi": "'vpi' supported only on raw ATM",
	"vci":  "'vci' supported only on raw ATM",
	"fisu": "'fisu' supported only on MTP2", "lssu": "'lssu' supported only on MTP2", "msu": "'msu' supported only on MTP2",
	"hfisu": "'hfisu' supported only on MTP2_HSL", "hlssu": "'hlssu' supported only on MTP2_HSL", "hmsu": "'hmsu' supported only on MTP2_HSL",
	"sio": "'sio' supported only on SS7", "opc": "'opc' supported only on SS7", "dpc": "'dpc' supported only on SS7", "sls": "'sls' supported only on SS7",
	"hsio": "'sio' supported only on SS7", "hopc": "'opc' supported only on SS7", "hdpc": "'dpc' supported only on SS7", "hsls": "'sls' supported only on SS7",
	"on": "ifname supported only on PF linktype", "rset": "ruleset supported only on PF linktype",
	"rnr": "rnr supported only on PF linktype", "srnr": "srnr supported only on PF linktype",
	"reason": "reason supported only on PF linktype", "action": "action supported only on PF linktype",
}
