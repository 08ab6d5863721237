package filter

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// syntaxText is what libpcap says of everything its grammar refuses.
const syntaxText = "can't parse filter expression: syntax error"

// SyntaxError is an expression that cannot be compiled.
type SyntaxError struct {
	Expr     string
	Pos, Len int    // what is wrong, in bytes
	Msg      string // libpcap's text where libpcap has one
	Hint     string // what to do about it, or ""
}

func (e *SyntaxError) Error() string {
	if e.Hint == "" {
		return e.Msg
	}
	return e.Msg + ": " + e.Hint
}

// Caret returns two lines: the expression, and a caret under the place. A long
// expression is cut to what is around the place.
func (e *SyntaxError) Caret() string {
	const before, after = 50, 28
	line := strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r == '\r' {
			return ' '
		}
		return r
	}, e.Expr)
	pos := min(e.Pos, len(line))
	end := min(pos+e.Len, len(line))
	head, what, tail := []rune(line[:pos]), []rune(line[pos:end]), []rune(line[end:])
	if len(head) > before+3 {
		head = append([]rune("..."), head[len(head)-before:]...)
	}
	if len(what) > before {
		what, tail = what[:before], append(what[before:], tail...)
	}
	if len(tail) > after+3 {
		tail = append(tail[:after:after], []rune("...")...)
	}
	return string(head) + string(what) + string(tail) + "\n" +
		strings.Repeat(" ", len(head)) + strings.Repeat("^", max(len(what), 1))
}

func errAt(expr string, pos, n int, format string, args ...any) *SyntaxError {
	return &SyntaxError{Expr: expr, Pos: pos, Len: n, Msg: fmt.Sprintf(format, args...)}
}

func withHint(e *SyntaxError, format string, args ...any) *SyntaxError {
	e.Hint = fmt.Sprintf(format, args...)
	return e
}

// wordEnd is the length of the word at the start of s.
func wordEnd(s string) int {
	n := strings.IndexAny(s, " \t\r\n()")
	if n < 0 {
		n = len(s)
	}
	_, first := utf8.DecodeRuneInString(s)
	return max(n, min(first, len(s)), 1)
}
