package textout

// ikeAttribute names an attribute type and its values.
type ikeAttribute struct {
	name   string
	values []string
}

var ikeProtocols = []string{"", "isakmp", "ipsec-ah", "ipsec-esp", "ipcomp"}

var ikePayloads = []string{
	"none", "sa", "p", "t", "ke", "id", "cert", "cr", "hash", "sig", "nonce", "n", "d", "vid",
	"pay14", "pay15", "pay16", "pay17", "pay18", "pay19", "pay20", "pay21", "pay22", "pay23",
	"pay24", "pay25", "pay26", "pay27", "pay28", "pay29", "pay30", "pay31", "pay32",
	"v2sa", "v2ke", "v2IDi", "v2IDr", "v2cert", "v2cr", "v2auth", "v2nonce", "v2n", "v2d",
	"v2vid", "v2TSi", "v2TSr", "v2e", "v2cp", "v2eap",
}

var ikeExchanges = []string{
	0: "none", 1: "base", 2: "ident", 3: "auth", 4: "agg", 5: "inf",
	32: "oakley-quick", 33: "oakley-newgroup",
	34: "ikev2_init", 35: "ikev2_auth", 36: "child_sa", 37: "inf2",
}

// Transforms by what they are for.
var (
	ikeISAKMPTransforms = []string{"", "ike"}
	ikeAHTransforms     = []string{"", "(reserved)", "md5", "sha", "1des", "sha2-256", "sha2-384", "sha2-512"}
	ikeESPTransforms    = []string{"", "1des-iv64", "1des", "3des", "rc5", "idea", "cast",
		"blowfish", "3idea", "1des-iv32", "rc4", "null", "aes"}
	ikeIPCompTransforms = []string{"", "oui", "deflate", "lzs"}
	ikePRFs             = []string{"", "hmac-md5", "hmac-sha", "hmac-tiger", "aes128_xcbc"}
	ikeIntegrity        = []string{"", "hmac-md5", "hmac-sha", "dec-mac", "kpdk-md5", "aes-xcbc"}
	ikeESN              = []string{"no-esn", "esn"}
	ikeGroups           = []string{"", "modp768", "modp1024", "EC2N 2^155", "EC2N 2^185", "modp1536",
		"iana-grp06", "iana-grp07", "iana-grp08", "iana-grp09", "iana-grp10", "iana-grp11",
		"iana-grp12", "iana-grp13", "modp2048", "modp3072", "modp4096", "modp6144", "modp8192"}
	ikev2TransformTypes = []string{"", "encr", "prf", "integ", "dh", "esn"}
)

var ikeLifeTypes = []string{"", "sec", "kb"}

// ikeAttrGroups is the group list as attributes show it: without the last.
var ikeAttrGroups = ikeGroups[:18]

var ikeOakleyAttrs = []ikeAttribute{
	{},
	{"enc", []string{"", "1des", "idea", "blowfish", "rc5", "3des", "cast", "aes"}},
	{"hash", []string{"", "md5", "sha1", "tiger", "sha2-256", "sha2-384", "sha2-512"}},
	{"auth", []string{"", "preshared", "dss", "rsa sig", "rsa enc", "rsa enc revised"}},
	{"group desc", ikeAttrGroups},
	{"group type", []string{"", "MODP", "ECP", "EC2N"}},
	{"group prime", nil},
	{"group gen1", nil},
	{"group gen2", nil},
	{"group curve A", nil},
	{"group curve B", nil},
	{"lifetype", ikeLifeTypes},
	{"lifeduration", nil},
	{"prf", nil},
	{"keylen", nil},
	{"field", nil},
	{"order", nil},
}

var ikeIPsecAttrs = []ikeAttribute{
	{},
	{"lifetype", ikeLifeTypes},
	{"life", nil},
	{"group desc", ikeAttrGroups},
	{"enc mode", []string{"", "tunnel", "transport"}},
	{"auth", []string{"", "hmac-md5", "hmac-sha1", "1des-mac", "keyed"}},
	{"keylen", nil},
	{"rounds", nil},
	{"dictsize", nil},
	{"privalg", nil},
}

var ikev2EncryptionAttrs = []ikeAttribute{14: {"keylen", nil}}

var (
	ikeIPsecIDTypes = []string{"", "IPv4", "FQDN", "user FQDN", "IPv4net", "IPv6", "IPv6net",
		"IPv4range", "IPv6range", "ASN1 DN", "ASN1 GN", "keyid"}
	ikeCertificates = []string{"none", "pkcs7", "pgp", "dns", "x509sign", "x509ke", "kerberos",
		"crl", "arl", "spki", "x509attr"}
	ikev2AuthMethods = []string{"invalid", "rsasig", "shared-secret", "dsssig"}
)

// Notifications of version 1, by range of numbers.
var (
	ikeNotifyErrors = []string{"", "INVALID-PAYLOAD-TYPE", "DOI-NOT-SUPPORTED", "SITUATION-NOT-SUPPORTED",
		"INVALID-COOKIE", "INVALID-MAJOR-VERSION", "INVALID-MINOR-VERSION", "INVALID-EXCHANGE-TYPE",
		"INVALID-FLAGS", "INVALID-MESSAGE-ID", "INVALID-PROTOCOL-ID", "INVALID-SPI",
		"INVALID-TRANSFORM-ID", "ATTRIBUTES-NOT-SUPPORTED", "NO-PROPOSAL-CHOSEN", "BAD-PROPOSAL-SYNTAX",
		"PAYLOAD-MALFORMED", "INVALID-KEY-INFORMATION", "INVALID-ID-INFORMATION", "INVALID-CERT-ENCODING",
		"INVALID-CERTIFICATE", "CERT-TYPE-UNSUPPORTED", "INVALID-CERT-AUTHORITY", "INVALID-HASH-INFORMATION",
		"AUTHENTICATION-FAILED", "INVALID-SIGNATURE", "ADDRESS-NOTIFICATION", "NOTIFY-SA-LIFETIME",
		"CERTIFICATE-UNAVAILABLE", "UNSUPPORTED-EXCHANGE-TYPE", "UNEQUAL-PAYLOAD-LENGTHS"}
	ikeIPsecNotifyErrors = []string{"RESERVED"}
	ikeNotifyStatus      = []string{"CONNECTED"}
	ikeIPsecNotifyStatus = []string{"RESPONDER-LIFETIME", "REPLAY-STATUS", "INITIAL-CONTACT"}
)

// ikev2Notification says how a notification of version 2 is shown.
type ikev2Notification struct {
	name    string
	showSPI bool
	// data: its data is shown, shortened when long.
	data bool
}

var ikev2Notifications = map[uint16]ikev2Notification{
	1:     {"unsupported_critical_payload", false, false},
	4:     {"invalid_ike_spi", true, false},
	5:     {"invalid_major_version", false, false},
	7:     {"invalid_syntax", true, false},
	9:     {"invalid_message_id", true, false},
	11:    {"invalid_spi", true, false},
	14:    {"no_protocol_chosen", true, false},
	17:    {"invalid_ke_payload", true, false},
	24:    {"authentication_failed", true, false},
	34:    {"single_pair_required", true, false},
	35:    {"no_additional_sas", false, false},
	36:    {"internal_address_failure", false, false},
	37:    {"failed:cp_required", false, false},
	39:    {"invalid_selectors", false, false},
	16384: {"initial_contact", false, false},
	16385: {"set_window_size", false, false},
	16386: {"additional_ts_possible", false, false},
	16387: {"ipcomp_supported", false, false},
	16388: {"nat_detection_source_ip", true, false},
	16389: {"nat_detection_destination_ip", true, false},
	16390: {"cookie", true, true},
	16391: {"use_transport_mode", false, false},
	16392: {"http_cert_lookup_supported", false, false},
	16393: {"rekey_sa", true, false},
	16394: {"tfc_padding_not_supported", false, false},
	16395: {"non_first_fragment_also", false, false},
}
