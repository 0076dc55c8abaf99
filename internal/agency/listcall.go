package agency

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// refusal is an answer with a status that brings nothing.
type refusal struct{ status int }

// Error names the status.
func (r refusal) Error() string { return fmt.Sprintf("%v: status %d", ErrStatus, r.status) }

// Unwrap tells what sort of error it is.
func (r refusal) Unwrap() error { return ErrStatus }

// gone says whether one document cannot be had while others can.
func gone(err error) bool {
	var refused refusal
	return errors.As(err, &refused) && slices.Contains([]int{http.StatusForbidden, http.StatusNotFound, http.StatusGone}, refused.status)
}

// Errors of a call.
var (
	ErrUnsound = errors.New("agency: the answer says that it is an error")
	ErrLogin   = errors.New("agency: the login was refused")
)

// call asks and gives the whole answer. A session that has lapsed is begun anew,
// once in a look.
func (r *listing) call(ctx context.Context, ask func() (*http.Request, error)) ([]byte, error) {
	raw, err := r.send(ctx, ask)
	if !r.lapsed(err) || r.signed {
		return raw, err
	}
	if err := r.signIn(ctx); err != nil {
		return nil, err
	}
	return r.send(ctx, ask)
}

// lapsed says whether an error can mean that there is no session any more.
func (r *listing) lapsed(err error) bool {
	var refused refusal
	switch {
	case r.List.Login == nil:
		return false
	case errors.As(err, &refused):
		return slices.Contains(r.List.Login.Lapsed, refused.status)
	default:
		return errors.Is(err, ErrUnsound) || errors.Is(err, ErrPage)
	}
}

// send makes one call at the account's turn.
func (r *listing) send(ctx context.Context, ask func() (*http.Request, error)) ([]byte, error) {
	if err := r.Account.Wait(ctx); err != nil {
		return nil, err
	}
	req, err := ask()
	if err != nil {
		return nil, err
	}
	res, err := r.Door.Do(req)
	if err != nil {
		return nil, fmt.Errorf("agency: %w", err)
	}
	defer func() { _ = res.Body.Close() }() // it has been read
	r.answer.Date = res.Header.Get("Date")
	if res.StatusCode != http.StatusOK {
		r.answer.Wish = wished(res)
		return nil, refusal{res.StatusCode}
	}
	raw, err := io.ReadAll(io.LimitReader(res.Body, MaxDelivery+1))
	if err != nil {
		return nil, fmt.Errorf("agency: %w", err)
	}
	raw = r.guard.Blank(r.Blank(raw))
	switch {
	case page(raw):
		return raw, ErrPage
	case r.List.Sound != "" && !r.sound(raw):
		return raw, ErrUnsound
	}
	return raw, nil
}

// sound says whether an answer, if it is JSON, says of itself that it is good.
func (r *listing) sound(raw []byte) bool {
	answer, err := decoded(raw)
	return err != nil || at(answer, r.List.Sound) == true
}

// question asks for a page of the list.
func (r *listing) question(ctx context.Context, from time.Time, page, had int) (*http.Request, error) {
	fields := filled(r.List.Form, "{from}", from.UTC().Format("2006-01-02T15:04:05Z"),
		"{page}", strconv.Itoa(page+1), "{offset}", strconv.Itoa(had), "{size}", strconv.Itoa(r.List.Size))
	maps.Copy(fields, r.Filter)
	return r.request(ctx, r.List.Method, r.List.Path, fields)
}

// filled is a form with its blanks filled in.
func filled(form map[string]string, blanks ...string) url.Values {
	fields, fill := url.Values{}, strings.NewReplacer(blanks...)
	for name, text := range form {
		fields.Set(name, fill.Replace(text))
	}
	return fields
}

// request is a call of a path.
func (r *listing) request(ctx context.Context, method, path string, fields url.Values) (*http.Request, error) {
	body, address := io.Reader(nil), strings.TrimSuffix(r.URL, "/")+"/"+path
	if method == http.MethodPost {
		body = strings.NewReader(fields.Encode())
	}
	req, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return nil, errors.New("agency: the address cannot be used")
	}
	key := r.Key
	if r.List.Login != nil {
		key.User, key.Password = "", "" // the session takes their place
	}
	key.into(req)
	if body != nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		return req, nil
	}
	q := req.URL.Query()
	maps.Copy(q, fields)
	req.URL.RawQuery = q.Encode()
	return req, nil
}

// signIn begins a session.
func (r *listing) signIn(ctx context.Context) error {
	r.signed = true
	login := r.List.Login
	fields := filled(login.Form, "{user}", r.User, "{password}", r.Password)
	var home *url.URL
	raw, err := r.send(ctx, func() (*http.Request, error) {
		req, err := r.request(ctx, http.MethodPost, login.Path, fields)
		if err == nil {
			home = req.URL
		}
		return req, err
	})
	if err != nil {
		return fmt.Errorf("%w: %w", ErrLogin, err)
	}
	if login.Cookie != "" {
		answer, _ := decoded(raw) // what is no JSON holds no value
		value := scalar(at(answer, login.Value))
		if value == "" {
			return ErrLogin
		}
		r.Jar.SetCookies(home, []*http.Cookie{{Name: login.Cookie, Value: value, Path: "/"}})
	}
	r.inside = true
	r.guard = Key{Query: url.Values{}}
	for _, c := range r.Jar.Cookies(home) {
		if c.Name == login.Cookie || unlikeNews(c.Value) { // the others open nothing
			r.guard.Query.Add(c.Name, c.Value)
		}
	}
	return nil
}

// askableID says whether an id can stand in an address and in a list of names.
func askableID(id string) bool {
	return id != "" && id != "." && id != ".." && len(id) <= maxID &&
		!strings.ContainsFunc(id, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) || r == unicode.ReplacementChar })
}

// name is by what a document is known: its id, and what tells that it has changed.
func (r *listing) name(id string, item any) string {
	if len(r.List.Marks) == 0 {
		return id
	}
	marks := []string{}
	for _, mark := range r.List.Marks {
		marks = append(marks, scalar(at(item, mark)))
	}
	sum := sha256.Sum256([]byte(strings.Join(marks, "\x00")))
	return id + " " + hex.EncodeToString(sum[:4])
}

// decoded reads JSON; numbers keep their digits.
func decoded(raw []byte) (any, error) {
	var v any
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	d.UseNumber()
	err := d.Decode(&v)
	return v, err
}

// at goes down a path of names, a.b.c.
func at(v any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		object, is := v.(map[string]any)
		if !is {
			return nil
		}
		v = object[name]
	}
	return v
}

// scalar is a text or a number as text; anything else is nothing.
func scalar(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	default:
		return ""
	}
}
