package wire

import (
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/markup"
	"github.com/rotatif/newsroom/internal/wire/sense"
)

// The bounds of a delivery, decompressed.
const (
	maxFeed  = 32 << 20
	maxOther = 16 << 20
	maxRatio = 100
)

var declaration = regexp.MustCompile(`<\?xml[^>]{0,100}?encoding\s*=\s*["']?([A-Za-z0-9._:-]{1,40})`)

// hinted says whether bytes may hold a kill: whether there is one of the words
// without which no field kills, in any notation of it. It decides in which
// order deliveries are looked at, and nothing else.
func hinted(raw []byte) bool {
	small := bytes.ToLower(raw)
	for _, word := range []string{"cancel", "withdr", "kill", "delete", "iptal", "retract", "rescind", "revoke", "edstat:d"} {
		if bytes.Contains(small, []byte(word)) {
			return true
		}
	}
	return false
}

// text makes text of a delivery's bytes.
func text(raw []byte, src Source) (markup.Decoded, error) {
	raw, err := inflate(raw)
	if err != nil {
		return markup.Decoded{}, err
	}
	if len(raw) > maxFeed {
		return markup.Decoded{}, newsroom.Refuse(newsroom.TooMuch, sense.TooBig)
	}
	declared := ""
	if m := declaration.FindSubmatch(raw[:min(len(raw), 2000)]); m != nil {
		declared = string(m[1])
	}
	if strings.EqualFold(declared, "utf-7") || bytes.HasPrefix(raw, []byte("+ADw-")) { // a set that hides markup from those who look for it
		return markup.Decoded{}, &newsroom.Error{Kind: newsroom.Invalid, Key: "wire.reason.encoding", Err: markup.ErrEncoding}
	}
	d, err := markup.Decode(raw, declared, src.Charset)
	if err != nil {
		return d, &newsroom.Error{Kind: newsroom.Invalid, Key: "wire.reason.encoding", Err: err}
	}
	return d, nil
}

// inflate takes off one layer of gzip.
func inflate(raw []byte) ([]byte, error) {
	if !bytes.HasPrefix(raw, []byte{0x1f, 0x8b}) {
		return raw, nil
	}
	z, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		return raw, nil
	}
	limit := int64(min(maxFeed, maxRatio*len(raw)))
	out, err := io.ReadAll(io.LimitReader(z, limit+1))
	if int64(len(out)) > limit {
		return nil, newsroom.Refuse(newsroom.TooMuch, sense.TooBig)
	}
	if err != nil {
		return nil, &newsroom.Error{Kind: newsroom.Invalid, Key: sense.Truncated, Err: err}
	}
	return out, nil
}
