package store

import (
	"fmt"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// maxUnpacked bounds what kept bytes may unpack to; nothing larger is ever kept.
const maxUnpacked = 64 << 20

// packer compresses raw bytes for keeping and gives them back. To begin a
// compressor costs more than to compress a dispatch, so they are used again.
type packer struct{ encoders, decoders sync.Pool }

// pack compresses raw bytes for keeping.
func (p *packer) pack(raw []byte) []byte {
	enc, ok := p.encoders.Get().(*zstd.Encoder)
	if !ok {
		var err error
		enc, err = zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
		if err != nil { // only wrong options fail
			panic("store: zstd: " + err.Error())
		}
	}
	defer p.encoders.Put(enc)
	return enc.EncodeAll(raw, make([]byte, 0, len(raw)/2+64))
}

// unpack gives back what pack was given.
func (p *packer) unpack(packed []byte) ([]byte, error) {
	dec, ok := p.decoders.Get().(*zstd.Decoder)
	if !ok {
		var err error
		dec, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(maxUnpacked))
		if err != nil {
			return nil, fmt.Errorf("store: zstd: %w", err)
		}
	}
	defer p.decoders.Put(dec)
	raw, err := dec.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("store: unpacking kept bytes: %w", err)
	}
	return raw, nil
}
