package imap

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"

	"golang.org/x/net/html/charset"

	"github.com/rotatif/newsroom/internal/agency"
	"github.com/rotatif/newsroom/internal/markup"
)

// The bounds of a message.
const (
	maxDepth = 8
	maxParts = 100
)

// errParts is a message that is not taken apart to its end.
var errParts = errors.New("imap: a message of too many parts, or too deep")

// leaf is a part of a message that holds no other.
type leaf struct {
	name, kind string
	raw        []byte
}

// reader takes a message apart.
type reader struct {
	charset string // of text that does not say
	leaves  []leaf
	parts   int
}

// take gives what is handed on of a message: its text under its subject, and
// each attachment. A message that cannot be taken apart is handed on whole
// besides what could be read of it, so that a person sees it.
func take(name string, raw []byte, charset string) []agency.Delivery {
	r := &reader{charset: charset}
	err := r.message(raw, 0)
	all := []agency.Delivery{}
	for i, l := range r.leaves {
		label := fmt.Sprintf("%s #%d %s", name, i+1, l.name)
		all = append(all, delivery(strings.TrimSpace(label), l.raw))
	}
	if err != nil || len(all) == 0 {
		all = append(all, delivery(name, raw))
	}
	return all
}

// delivery is bytes as they are handed on.
func delivery(name string, raw []byte) agency.Delivery {
	d := agency.Delivery{Name: agency.Shown(name), Raw: raw, TooBig: len(raw) > agency.MaxDelivery}
	if d.TooBig {
		d.Raw = raw[:agency.TooBig]
	}
	return d
}

// message reads a message, the outermost or one that is carried by another.
func (r *reader) message(raw []byte, depth int) error {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("imap: %w", err)
	}
	from := len(r.leaves)
	err = r.part(textproto.MIMEHeader(m.Header), m.Body, depth)
	subject := strings.Join(strings.Fields(words(m.Header.Get("Subject"))), " ")
	for i := from; i < len(r.leaves); i++ {
		if l := &r.leaves[i]; (l.kind == "text/plain" || l.kind == "text/html") && l.name == "" && subject != "" && prose(l.raw) {
			l.raw = append([]byte(subject+"\n\n"), l.raw...)
			break // the subject is of the first text
		}
	}
	return err
}

// words are a header's, read from however they were written for the way.
func words(header string) string {
	text, err := decoder().DecodeHeader(header)
	if err != nil {
		return header
	}
	return text
}

func decoder() *mime.WordDecoder { return &mime.WordDecoder{CharsetReader: charset.NewReaderLabel} }

// prose says whether text is for people: no markup, no telegram.
func prose(raw []byte) bool {
	text := bytes.TrimLeft(raw, "\ufeff \t\r\n")
	return len(text) == 0 || bytes.IndexByte([]byte("<{[\x01\x16"), text[0]) < 0 && !bytes.HasPrefix(text, []byte("ZCZC"))
}

// part reads a part of whatever sort.
func (r *reader) part(header textproto.MIMEHeader, body io.Reader, depth int) error {
	if r.parts++; depth > maxDepth || r.parts > maxParts {
		return errParts
	}
	kind, params, err := mime.ParseMediaType(header.Get("Content-Type"))
	if err != nil {
		kind, params = "text/plain", nil
	}
	body = unpacked(header.Get("Content-Transfer-Encoding"), body)
	if strings.HasPrefix(kind, "multipart/") && params["boundary"] != "" {
		return r.several(kind, multipart.NewReader(body, params["boundary"]), depth)
	}
	raw, err := io.ReadAll(body) // within the bounds of the message
	if err != nil && len(raw) == 0 {
		return fmt.Errorf("imap: a part: %w", err)
	}
	if kind == "message/rfc822" {
		return errors.Join(err, r.message(raw, depth+1))
	}
	if carried(kind) && len(bytes.TrimSpace(raw)) > 0 {
		l := leaf{named(header, params), kind, raw}
		l.raw = r.readable(l, params["charset"])
		r.leaves = append(r.leaves, l)
	}
	return err
}

// several reads the parts of a part. Of ways to say the same it keeps one.
func (r *reader) several(kind string, parts *multipart.Reader, depth int) error {
	from := len(r.leaves)
	for {
		p, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("imap: the parts: %w", err)
		}
		if err := r.part(p.Header, p, depth+1); err != nil {
			return err
		}
	}
	if kind == "multipart/alternative" {
		r.leaves = append(r.leaves[:from], alternative(r.leaves[from:])...)
	}
	return nil
}

// alternative keeps the plain text and not the page that says the same, unless
// the plain text is only a word on that the page is the text. What is neither stays.
func alternative(all []leaf) []leaf {
	plain, page := -1, -1
	for i, l := range all {
		switch {
		case l.kind == "text/plain" && l.name == "" && plain < 0:
			plain = i
		case l.kind == "text/html" && l.name == "" && page < 0:
			page = i
		}
	}
	if plain < 0 || page < 0 {
		return all
	}
	without := page
	if 2*letters(all[plain].raw) < letters(all[page].raw) {
		without = plain
	}
	return append(all[:without:without], all[without+1:]...)
}

// letters counts the bytes of a text that are no spaces.
func letters(raw []byte) int { return len(bytes.Join(bytes.Fields(raw), nil)) }

// unpacked undoes how bytes were written for the way.
func unpacked(packing string, body io.Reader) io.Reader {
	switch strings.ToLower(strings.TrimSpace(packing)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		return quotedprintable.NewReader(body)
	default:
		return body
	}
}

// carried says whether a part of this sort can be copy. Logos, pictures and
// signatures come with every message.
func carried(kind string) bool {
	switch kind {
	case "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature":
		return false
	}
	for _, sort := range []string{"image/", "audio/", "video/"} {
		if strings.HasPrefix(kind, sort) {
			return false
		}
	}
	return true
}

// named is the file name of a part, empty for the text of the message.
func named(header textproto.MIMEHeader, params map[string]string) string {
	_, disposition, err := mime.ParseMediaType(header.Get("Content-Disposition"))
	if err == nil && disposition["filename"] != "" {
		return words(disposition["filename"])
	}
	return words(params["name"])
}

// readable gives the text of a message in UTF-8 and without markup. What is
// attached, and markup and telegrams in place of text, say themselves how they
// are written and stay as they came.
func (r *reader) readable(l leaf, label string) []byte {
	page := l.kind == "text/html"
	if l.name != "" || !page && (l.kind != "text/plain" || !prose(l.raw)) {
		return l.raw
	}
	d, err := markup.Decode(l.raw, label, r.charset)
	if err != nil {
		return l.raw
	}
	if !page {
		return []byte(d.Text)
	}
	nodes, cut := markup.Parse(d.Text, markup.Limits{})
	if cut {
		return l.raw
	}
	return []byte(markup.Text(nodes))
}
