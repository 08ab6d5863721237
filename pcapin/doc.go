// Package pcapin reads savefiles: pcap and pcapng in every byte order and
// timestamp resolution, plain or compressed by gzip, zstd or lz4. Its errors are
// in libpcap's words (sf-pcap.c, sf-pcapng.c), which scripts look for.
package pcapin
