package main

import (
	"os"

	"tengu/textout"
)

// newPrintSink prints lines on standard output. While capturing, lines that the
// output is too slow for are left out, and counted.
func newPrintSink(o *options) (*textout.Sink, error) {
	pr, err := textout.New(o.text)
	if err != nil {
		return nil, err
	}
	return textout.NewSink(os.Stdout, pr, textout.SinkConfig{
		MaySkip: o.readFile == "" && o.readList == "",
	}), nil
}
