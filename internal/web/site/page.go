package site

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

// page is a rendered page in every form in which it can be asked for.
type page struct {
	stamp
	ranked, hourly bool
	weight         uint32
	headers        []header // the same for every form
	forms          [3]form
}

// header is a response header with its value ready to be put in place.
type header struct {
	name  string
	value []string
}

// form is the page in one encoding.
type form struct {
	body                   []byte
	tag                    string
	etag, length, encoding []string
}

// coding is a content encoding.
type coding int

// The codings, in the order of forms.
const (
	identity coding = iota
	gzipped
	brotlied
)

const (
	pageCaching   = "public, max-age=10, s-maxage=10, stale-while-revalidate=20, stale-if-error=600"
	assetCaching  = "public, max-age=31536000, immutable"
	secrecy       = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'"
	htmlText      = "text/html; charset=utf-8"
	plainText     = "text/plain; charset=utf-8"
	xmlText       = "application/xml; charset=utf-8"
	feedText      = "application/rss+xml; charset=utf-8"
	pageBrotli    = 5
	assetBrotli   = 11
	noStore       = "no-store"
	overhead      = 1024 // bytes a page weighs beside its bodies
	compressAbove = 256  // bytes; less is not worth a decoder
)

// bind makes a page of a reply: compressed, tagged, its headers written.
func (s *Site) bind(made reply, was stamp) (*page, error) {
	p, err := newPage(made.kind, pageCaching, made.body, pageBrotli)
	if err != nil {
		return nil, err
	}
	p.stamp, p.ranked, p.hourly = was, made.ranked, made.hourly
	p.headers = append(p.headers, header{"X-Edition", []string{strconv.FormatInt(int64(was.number), 10)}})
	return p, nil
}

func newPage(kind, caching string, body []byte, level int) (*page, error) {
	p := &page{headers: []header{
		{"Content-Type", []string{kind}},
		{"Cache-Control", []string{caching}},
		{"Vary", []string{"Accept-Encoding"}},
		{"X-Content-Type-Options", []string{"nosniff"}},
		{"Referrer-Policy", []string{"strict-origin-when-cross-origin"}},
		{"Content-Security-Policy", []string{secrecy}},
	}}
	small, smaller, err := compress(kind, body, level)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	tag := base64.RawURLEncoding.EncodeToString(sum[:12])
	p.forms[identity] = newForm(body, tag, "")
	p.forms[gzipped], p.forms[brotlied] = p.forms[identity], p.forms[identity]
	if small != nil {
		p.forms[gzipped] = newForm(small, tag+"-g", "gzip")
		p.forms[brotlied] = newForm(smaller, tag+"-b", "br")
	}
	p.weight = uint32(len(body) + len(small) + len(smaller) + overhead)
	return p, nil
}

func newForm(body []byte, tag, encoding string) form {
	f := form{body: body, tag: `"` + tag + `"`, length: []string{strconv.Itoa(len(body))}}
	f.etag = []string{f.tag}
	if encoding != "" {
		f.encoding = []string{encoding}
	}
	return f
}

// send answers with the page, or with 304 when the reader has it already.
func (p *page) send(w http.ResponseWriter, r *http.Request) {
	p.sendAs(w, r, http.StatusOK)
}

func (p *page) sendAs(w http.ResponseWriter, r *http.Request, status int) {
	f := &p.forms[accepted(r.Header["Accept-Encoding"])]
	h := w.Header()
	for i := range p.headers {
		h[p.headers[i].name] = p.headers[i].value
	}
	if status == http.StatusOK {
		h["Etag"] = f.etag
		if match := r.Header["If-None-Match"]; match != nil && matches(match, f.tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	if f.encoding != nil {
		h["Content-Encoding"] = f.encoding
	}
	h["Content-Length"] = f.length
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(f.body) // who has gone away is not told
	}
}

// guard puts the headers of safety on an answer that is not a page.
func (s *Site) guard(h http.Header) {
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", secrecy)
	h.Set("Referrer-Policy", "strict-origin-when-cross-origin")
}

// matches says whether one of the tags of If-None-Match is the form's own.
func matches(lines []string, tag string) bool {
	for _, line := range lines {
		for candidate := range strings.SplitSeq(line, ",") {
			candidate = strings.TrimPrefix(strings.TrimSpace(candidate), "W/")
			if candidate == tag || candidate == "*" {
				return true
			}
		}
	}
	return false
}

// accepted is the best coding that the reader takes.
func accepted(lines []string) coding {
	best := identity
	for _, line := range lines {
		for part := range strings.SplitSeq(line, ",") {
			name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
			if refused(weight) {
				continue
			}
			switch strings.TrimSpace(name) {
			case "br":
				return brotlied
			case "gzip":
				best = gzipped
			}
		}
	}
	return best
}

// refused says whether a quality value is zero.
func refused(weight string) bool {
	value, ok := strings.CutPrefix(strings.TrimSpace(weight), "q=")
	return ok && strings.Trim(value, "0.") == ""
}

// compress gives the gzip and brotli forms, or none when the bytes are few or packed already.
func compress(kind string, body []byte, level int) ([]byte, []byte, error) {
	if len(body) < compressAbove || strings.HasPrefix(kind, "font/") {
		return nil, nil, nil
	}
	var g, b bytes.Buffer
	gz, err := gzip.NewWriterLevel(&g, 6)
	if err != nil {
		return nil, nil, fmt.Errorf("site: gzip: %w", err)
	}
	br := brotli.NewWriterLevel(&b, level)
	for _, w := range []interface {
		Write([]byte) (int, error)
		Close() error
	}{gz, br} {
		if _, err := w.Write(body); err != nil {
			return nil, nil, fmt.Errorf("site: compressing: %w", err)
		}
		if err := w.Close(); err != nil {
			return nil, nil, fmt.Errorf("site: compressing: %w", err)
		}
	}
	return g.Bytes(), b.Bytes(), nil
}
