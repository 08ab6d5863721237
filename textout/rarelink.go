package textout

import "tengu/capture"

// rareLink prints link types that servers seldom see; false if it knows it not.
func (d *dissector) rareLink(t capture.LinkType, b []byte, length int) bool {
	switch t {
	case 8:
		d.llHdr = d.slip(b, length)
	case 9:
		d.llHdr = d.pppLink(b, length)
	case 50:
		d.llHdr = d.pppSerial(b, length)
	case 51:
		d.llHdr = d.pppoe(b, length)
	case 104:
		d.llHdr = d.chdlc(b, length)
	case 117:
		d.llHdr = d.pflog(b, length)
	case 239:
		d.llHdr = d.nflog(b, length)
	case 271:
		d.llHdr = d.vsock(b)
	case 281:
		d.llHdr = d.brcm(b, length)
	case 282:
		d.llHdr = d.brcmPrepend(b, length)
	case 284:
		d.llHdr = d.dsa(b, length)
	case 285:
		d.llHdr = d.edsa(b, length)
	default:
		return false
	}
	return true
}
