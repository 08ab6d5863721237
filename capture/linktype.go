package capture

import (
	"strconv"
	"strings"
)

// LinkType is a LINKTYPE_ value as it stands in savefiles
// (https://www.tcpdump.org/linktypes.html).
type LinkType uint16

const (
	LinkNull      LinkType = 0
	LinkEthernet  LinkType = 1
	LinkRaw       LinkType = 101
	LinkLoop      LinkType = 108
	LinkLinuxSLL  LinkType = 113
	LinkIPv4      LinkType = 228
	LinkIPv6      LinkType = 229
	LinkLinuxSLL2 LinkType = 276
)

// linkNames holds libpcap's DLT name and description of a link type
// (pcap_datalink_val_to_name, pcap_datalink_val_to_description).
var linkNames = map[LinkType][2]string{
	LinkNull:      {"NULL", "BSD loopback"},
	LinkEthernet:  {"EN10MB", "Ethernet"},
	LinkRaw:       {"RAW", "Raw IP"},
	LinkLoop:      {"LOOP", "OpenBSD loopback"},
	LinkLinuxSLL:  {"LINUX_SLL", "Linux cooked v1"},
	LinkIPv4:      {"IPV4", "Raw IPv4"},
	LinkIPv6:      {"IPV6", "Raw IPv6"},
	LinkLinuxSLL2: {"LINUX_SLL2", "Linux cooked v2"},
}

// String returns libpcap's name, such as EN10MB, or the number.
func (l LinkType) String() string {
	if n, ok := linkNames[l]; ok {
		return n[0]
	}
	return strconv.Itoa(int(l))
}

// Description returns libpcap's words for l, such as "Ethernet", or "".
func (l LinkType) Description() string { return linkNames[l][1] }

// LinkTypeByName finds a link type by libpcap's DLT name, in any case.
func LinkTypeByName(name string) (LinkType, bool) {
	for l, n := range linkNames {
		if strings.EqualFold(n[0], name) {
			return l, true
		}
	}
	return 0, false
}
