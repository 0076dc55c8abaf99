package store

import (
	"fmt"

	"github.com/klauspost/compress/zstd"
)

// maxUnpacked bounds what kept bytes may unpack to; nothing larger is ever kept.
const maxUnpacked = 64 << 20

// pack compresses raw bytes for keeping.
func pack(raw []byte) []byte {
	enc, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	if err != nil { // only wrong options fail
		panic("store: zstd: " + err.Error())
	}
	return enc.EncodeAll(raw, make([]byte, 0, len(raw)/2+64))
}

// unpack gives back what pack was given.
func unpack(packed []byte) ([]byte, error) {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxUnpacked))
	if err != nil {
		return nil, fmt.Errorf("store: zstd: %w", err)
	}
	defer dec.Close()
	raw, err := dec.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("store: unpacking kept bytes: %w", err)
	}
	return raw, nil
}
