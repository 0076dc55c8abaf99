package mostread

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/netip"
	"time"

	"github.com/rotatif/newsroom"
)

// signer signs open tokens. Its key comes from the day's secret, so that a
// token outlives a restart but not the day after.
type signer struct{ key [32]byte }

func signerOf(salt [16]byte) signer {
	return signer{sha256.Sum256(append([]byte("rotatif open token\x00"), salt[:]...))}
}

// tokenLife is how long after opening a page a read may still be told.
const tokenLife = 6 * time.Hour

// tokenLen is the length of twenty bytes in base64.
const tokenLen = 27

// mac is HMAC-SHA256 cut to 96 bits over fixed-width fields, so that no two
// tokens mean the same bytes.
func (s signer) mac(story newsroom.StoryID, view uint64, at int64, net netip.Addr) [12]byte {
	var buf [40]byte
	binary.BigEndian.PutUint64(buf[0:], uint64(story))
	binary.BigEndian.PutUint64(buf[8:], view)
	binary.BigEndian.PutUint64(buf[16:], uint64(at))
	addr := net.As16()
	copy(buf[24:], addr[:])
	h := hmac.New(sha256.New, s.key[:])
	h.Write(buf[:])
	return [12]byte(h.Sum(nil)[:12])
}

// Open gives the token for a page that has just become visible: 27 characters
// that say when, signed for this story, page view and network. It is signed
// with the secret of the day that the last accepted read was of.
func (c *Counter) Open(story newsroom.StoryID, view uint64, addr netip.Addr) string {
	at := c.now().UnixMilli()
	mac := c.today.Load().sign[0].mac(story, view, at, Network(addr))
	raw := binary.BigEndian.AppendUint64(make([]byte, 0, 20), uint64(at))
	return base64.RawURLEncoding.EncodeToString(append(raw, mac[:]...))
}

// Check says whether the token was given for this story, page view and network,
// long enough ago to have been read and not too long ago.
func (c *Counter) Check(token string, story newsroom.StoryID, view uint64, addr netip.Addr) bool {
	raw, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(raw) != 20 || len(token) != tokenLen { // line breaks would decode too
		return false
	}
	at := int64(binary.BigEndian.Uint64(raw[:8]))
	age := c.now().Sub(time.UnixMilli(at))
	if age < c.options.Dwell || age > tokenLife {
		return false
	}
	for _, sign := range c.today.Load().sign {
		mac := sign.mac(story, view, at, Network(addr))
		if sign != (signer{}) && hmac.Equal(mac[:], raw[8:]) {
			return true
		}
	}
	return false
}
