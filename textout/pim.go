package textout

func (d *dissector) pim1(b []byte, length int) { d.proto = "pimv1" }
