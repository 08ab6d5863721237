package textout

// textLine prints a protocol made of text lines, such as HTTP and FTP, whose name
// is in d.proto (txtproto_print). With commands only packets are shown that begin
// with one of them or with a three-digit code; second says that the code is the
// line's second word.
func (d *dissector) textLine(b []byte, length int, commands []string, second bool) {
	show := commands == nil || textBegins(b, length, commands, second)
	for i := range len(d.proto) {
		d.putByte(upper(d.proto[i]))
	}
	switch {
	case !show:
	case d.opt.Verbose > 0:
		d.put(", length: ")
		d.putInt(int64(length))
		for at := 0; at < length; {
			next := d.textRow("\n\t", b, at, length)
			if next == 0 {
				break
			}
			at = next
		}
	default:
		d.textRow(": ", b, 0, length)
	}
}

func upper(c byte) byte {
	if c >= 'a' && c <= 'z' {
		return c - 'a' + 'A'
	}
	return c
}

// textBegins says that b begins with a command or a code.
func textBegins(b []byte, length int, commands []string, second bool) bool {
	word, next := textToken(b, 0, length)
	if next == 0 {
		return false
	}
	for _, c := range commands {
		if sameWord(word, c) {
			return true
		}
	}
	if second {
		if word, next = textToken(b, next, length); next == 0 {
			return false
		}
	}
	return len(word) == 3 && digit(word[0]) && digit(word[1]) && digit(word[2])
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

func sameWord(a []byte, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i, c := range a {
		if upper(c) != upper(b[i]) {
			return false
		}
	}
	return true
}

// maxToken is how long a word may be.
const maxToken = 128

// textToken finds the word at b[at] and where the next one begins; next is 0 if
// there is none.
func textToken(b []byte, at, length int) (word []byte, next int) {
	i := at
	for ; i < length; i++ {
		if i >= len(b) || b[i] >= 0x80 {
			return nil, 0
		}
		c := b[i]
		if c == ' ' || c == '\t' || c == '\r' || c == '\n' {
			break
		}
		if c < 0x20 || c == 0x7f || i-at >= maxToken {
			return nil, 0
		}
	}
	if i == at {
		return nil, 0
	}
	word = b[at:i]
	for ; i < length && i < len(b) && b[i] == ' '; i++ {
		// A tab is no printable character: it ends the blanks too.
	}
	return word, i
}

// textRow prints the line at b[at] and returns where the next begins, 0 if there
// is none or the line is no text.
func (d *dissector) textRow(lead string, b []byte, at, length int) int {
	for i := at; i < length; i++ {
		switch c := d.u8(b, i); {
		case c == '\n':
			d.put(lead)
			d.out = append(d.out, b[at:i]...)
			return i + 1
		case c == '\r':
			if i+1 >= length || d.u8(b, i+1) != '\n' {
				return 0
			}
			d.put(lead)
			d.out = append(d.out, b[at:i]...)
			return i + 2
		case (c < 0x20 || c >= 0x7f) && c != '\t':
			return 0
		}
	}
	d.put(lead)
	d.out = append(d.out, b[at:length]...)
	d.truncMark()
	return 0
}
