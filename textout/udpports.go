package textout

// udpApp prints the payload of a well-known port; false if it has no printer.
func (d *dissector) udpApp(b []byte, length int, sport, dport uint16) bool {
	return false
}

// udpTyped prints the payload as -T says; false if that does not concern UDP.
func (d *dissector) udpTyped(b []byte, length int, sport, dport uint16) bool {
	return false
}
