package textout

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"net/netip"
	"os"
	"strconv"
	"strings"
)

// espKeys are the security associations that -E gave, the latest first.
type espKeys struct {
	sas []*espSA
	// other decrypts what no association in sas matches.
	other *espSA
}

// An espSA decrypts one direction of traffic: ESP by SPI and destination, or
// IKE version 2 by its two SPIs.
type espSA struct {
	spi  uint32
	dest netip.Addr

	ike                      bool
	initiator                bool
	initiatorSPI, respondSPI [8]byte

	block   cipher.Block
	authLen int
}

// parseESPSecrets reads the argument of -E: SPI@ADDRESS ALGORITHM:SECRET,
// ALGORITHM:SECRET for everything, "file NAME", or
// "ikev2 I|R 0xSPI 0xSPI AUTH:KEY ALGORITHM:KEY"; several separated by commas or newlines.
func parseESPSecrets(arg string) (espKeys, error) {
	var k espKeys
	for _, line := range strings.FieldsFunc(arg, func(c rune) bool { return c == ',' || c == '\n' }) {
		if err := k.parseLine(line); err != nil {
			return k, fmt.Errorf("parse ESP secret: %w", err)
		}
	}
	return k, nil
}

func (k *espKeys) parseLine(line string) error {
	first, rest, more := cutBlank(line)
	switch {
	case !more:
		sa, err := newESPSA(first)
		if err != nil {
			return err
		}
		k.other = sa
		k.sas = append([]*espSA{sa}, k.sas...)
		return nil
	case strings.EqualFold(first, "file"):
		return k.parseFile(rest)
	case strings.EqualFold(first, "ikev2"):
		return k.parseIKE(rest)
	}
	spi, addr, ok := strings.Cut(first, "@")
	if !ok {
		return fmt.Errorf("%q: no @ between SPI and address", first)
	}
	n, err := strconv.ParseUint(spi, 0, 32)
	if err != nil {
		return fmt.Errorf("SPI %q: %w", spi, err)
	}
	dest, err := netip.ParseAddr(addr)
	if err != nil {
		return err
	}
	sa, err := newESPSA(strings.TrimLeft(rest, " \t\r\n"))
	if err != nil {
		return err
	}
	sa.spi, sa.dest = uint32(n), dest
	k.sas = append([]*espSA{sa}, k.sas...)
	return nil
}

func (k *espKeys) parseFile(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	for _, line := range strings.Split(string(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if err := k.parseLine(line); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

func (k *espKeys) parseIKE(line string) error {
	f := strings.Fields(line)
	if len(f) < 5 || f[0][0] != 'I' && f[0][0] != 'R' {
		return fmt.Errorf("ikev2 %q: want I|R 0xSPI 0xSPI AUTH:KEY ALGORITHM:KEY", line)
	}
	sa, err := newESPSA(f[4])
	if err != nil {
		return err
	}
	sa.ike, sa.initiator = true, f[0][0] == 'I'
	if sa.initiatorSPI, err = ikeSPI(f[1]); err != nil {
		return err
	}
	if sa.respondSPI, err = ikeSPI(f[2]); err != nil {
		return err
	}
	auth, _, ok := strings.Cut(f[3], ":")
	if !ok {
		return fmt.Errorf("ikev2 %q: want AUTH:KEY", f[3])
	}
	if strings.EqualFold(auth, "sha1") || strings.EqualFold(auth, "md5") {
		sa.authLen = 12
	}
	k.sas = append([]*espSA{sa}, k.sas...)
	return nil
}

func ikeSPI(s string) (spi [8]byte, err error) {
	b, err := hex.DecodeString(strings.TrimPrefix(s, "0x"))
	if err != nil || len(b) != 8 || !strings.HasPrefix(s, "0x") {
		return spi, fmt.Errorf("ikev2 SPI %q: want 0x and 16 hex digits", s)
	}
	return [8]byte(b), nil
}

// cutBlank splits at the first blank or tab.
func cutBlank(s string) (before, after string, ok bool) {
	i := strings.IndexAny(s, " \t")
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+1:], true
}

// newESPSA makes the cipher of ALGORITHM[-cbc][-hmac96]:SECRET. The secret is
// hexadecimal after 0x, else text; it is padded with zeros or cut to the key's size.
func newESPSA(s string) (*espSA, error) {
	name, secret, ok := strings.Cut(s, ":")
	if !ok {
		return nil, fmt.Errorf("%q: no : between algorithm and secret", s)
	}
	sa := &espSA{}
	if short, ok := strings.CutSuffix(name, "-hmac96"); ok && short != "" {
		name, sa.authLen = short, 12
	}
	if short, ok := strings.CutSuffix(name, "-cbc"); ok && short != "" {
		name = short
	}
	key := []byte(secret)
	if digits, ok := strings.CutPrefix(secret, "0x"); ok {
		b, err := hex.DecodeString(digits)
		if err != nil {
			return nil, fmt.Errorf("secret of %s: %w", name, err)
		}
		key = b
	}
	var err error
	sa.block, err = espCipher(name, append(key, make([]byte, 32)...))
	return sa, err
}

// espCipher returns the block cipher that OpenSSL calls name; key is at least 32 bytes.
func espCipher(name string, key []byte) (cipher.Block, error) {
	switch strings.ToLower(name) {
	case "3des", "des3", "des-ede3":
		return des.NewTripleDESCipher(key[:24])
	case "des":
		return des.NewCipher(key[:8])
	case "aes128", "aes-128":
		return aes.NewCipher(key[:16])
	case "aes192", "aes-192":
		return aes.NewCipher(key[:24])
	case "aes256", "aes-256":
		return aes.NewCipher(key[:32])
	}
	return nil, fmt.Errorf("cipher %q: not known (3des-cbc, des-cbc, aes128-cbc, aes192-cbc, aes256-cbc)", name)
}

// decrypt returns the plain text of CBC data that begins with its IV and ends
// with the authentication code, nil when it cannot be that.
func (sa *espSA) decrypt(b []byte) []byte {
	size := sa.block.BlockSize()
	n := len(b) - size - sa.authLen
	if n < 0 || n%size != 0 {
		return nil
	}
	plain := make([]byte, n)
	cipher.NewCBCDecrypter(sa.block, b[:size]).CryptBlocks(plain, b[size:size+n])
	return plain
}

func (k *espKeys) decryptIKE(initiator bool, ispi, rspi, b []byte) []byte {
	for _, sa := range k.sas {
		if sa.ike && sa.initiator == initiator && bytes.Equal(sa.initiatorSPI[:], ispi) && bytes.Equal(sa.respondSPI[:], rspi) {
			if plain := sa.decrypt(b); len(plain) > 0 {
				return plain
			}
			return nil
		}
	}
	return nil
}

// find returns the association for ESP under the IP header ip, nil if none is.
func (k *espKeys) find(spi uint32, ip []byte) *espSA {
	_, dst := ipEnds(ip)
	if len(k.sas) == 0 || dst == nil {
		return nil
	}
	switch ip[0] >> 4 {
	case 4:
		if binary.BigEndian.Uint16(ip[6:])&0x3fff != 0 {
			return nil // a fragment
		}
	case 6:
		if binary.BigEndian.Uint16(ip[4:]) == 0 {
			return nil // a jumbogram
		}
	}
	addr, _ := netip.AddrFromSlice(dst)
	for _, sa := range k.sas {
		if !sa.ike && sa.spi == spi && sa.dest == addr {
			return sa
		}
	}
	return k.other
}

// esp prints an ESP packet, RFC 4303, and what is in it when -E gave its key.
func (d *dissector) esp(b []byte, length int) {
	d.proto = "esp"
	if len(b) <= 8 {
		d.trunc()
	}
	spi := d.u32(b, 0)
	d.put("ESP(spi=0x")
	d.putHex8(spi)
	d.put(",seq=0x")
	d.putHex(uint64(d.u32(b, 4)))
	d.put("), length ")
	d.putUint(uint64(uint32(length)))
	sa := d.pr.esp.find(spi, d.ip.hdr)
	if sa == nil {
		return
	}
	if len(b) < 8+sa.block.BlockSize()+sa.authLen {
		d.trunc()
	}
	plain := sa.decrypt(b[8:])
	if plain == nil {
		return
	}
	if len(plain) < 2 {
		d.trunc()
	}
	pad, next := int(plain[len(plain)-2]), plain[len(plain)-1]
	n := len(plain) - pad - 2
	if n < 0 {
		d.trunc()
	}
	d.put(": ")
	d.ipDemux(plain[:n], n, next)
}

// ipcomp prints an IP payload compression header, RFC 3173.
func (d *dissector) ipcomp(b []byte) {
	d.proto = "ipcomp"
	d.printf("IPComp(cpi=0x%04x)", d.u16(b, 2))
}
