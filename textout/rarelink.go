package textout

import "tengu/capture"

// rareLink prints link types that servers seldom see; false if it knows it not.
func (d *dissector) rareLink(t capture.LinkType, b []byte, length int) bool {
	switch t {
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
