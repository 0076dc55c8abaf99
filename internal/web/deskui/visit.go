package deskui

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/web"
)

// visit is one request: who asks, in which language, and for what.
type visit struct {
	w      http.ResponseWriter
	r      *http.Request
	person newsroom.Person
	words  web.Words
	secret string // of the session
}

func (v *visit) ctx() context.Context { return v.r.Context() }

// maxForm bounds a form: a full body in percent signs, and the rest of it.
const maxForm = 8 << 20

const secrecy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
	"base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types rotatif-rows rotatif-alarms"

// guard lets a request to its route only when the person may.
func (d *door) guard(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", secrecy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		v := &visit{w: w, r: r, words: d.Catalog.In(preferred(r, d.Catalog.Languages()))}
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := d.enter(v, rt.action); err != nil {
			d.refuse(v, err)
			return
		}
		if r.Method == http.MethodPost {
			if err := readForm(r); err != nil {
				d.refuse(v, err)
				return
			}
		}
		if err := rt.do(v); err != nil {
			d.refuse(v, err)
		}
	})
}

// enter finds out who asks and refuses whoever may not.
func (d *door) enter(v *visit, action newsroom.Action) error {
	if c, err := v.r.Cookie(d.cookie()); err == nil {
		v.secret = c.Value
	}
	person, err := d.Staff.Who(v.ctx(), v.secret)
	if err == nil {
		v.person, v.words = person, d.Catalog.In(person.Language)
	}
	if action == anybody {
		return nil
	}
	if err != nil {
		return err
	}
	if action != staffOnly && !person.May(action) {
		return newsroom.Refuse(newsroom.Forbidden, "error.forbidden")
	}
	return nil
}

func readForm(r *http.Request) error {
	err := r.ParseForm()
	var big *http.MaxBytesError
	switch {
	case errors.As(err, &big):
		return newsroom.Refuse(newsroom.TooMuch, "error.body_too_long")
	case err != nil:
		return &newsroom.Error{Kind: newsroom.Invalid, Key: "error.form_invalid", Err: err}
	default:
		return nil
	}
}

// preferred is the first of our languages that the browser asks for.
func preferred(r *http.Request, ours []string) string {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Language"), ",") {
		tag, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		short, _, _ := strings.Cut(strings.ToLower(tag), "-")
		for _, lang := range ours {
			if short == lang {
				return lang
			}
		}
	}
	return ours[0]
}

// refuse answers what went wrong: the way in for who is signed out, else the
// page that says so.
func (d *door) refuse(v *visit, err error) {
	kind := newsroom.KindOf(err)
	if kind == newsroom.SignedOut {
		d.toSignIn(v)
		return
	}
	if kind == newsroom.Internal && v.ctx().Err() == nil {
		d.Log.Error("deskui: page failed", "method", v.r.Method, "path", v.r.URL.Path, "error", err)
	}
	page := refusalPage{chrome: d.chrome(v, "", "desk.refusal.title"), Sentence: web.Sentence(v.words, err)}
	if err := d.show(v, web.Status(kind), "refusal.html", page); err != nil {
		d.Log.Error("deskui: refusal failed", "error", err)
		http.Error(v.w, v.words.T("error.internal"), http.StatusInternalServerError)
	}
}

// refusalSentence is what a person is told of a refusal.
func refusalSentence(v *visit, err error) string { return web.Sentence(v.words, err) }

// refusalPage says what went wrong.
type refusalPage struct {
	chrome
	Sentence string
}

// show renders a page whole before a byte is sent.
func (d *door) show(v *visit, status int, file string, page web.Page) error {
	body, err := d.templates.Render(file, "page", page)
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.WriteHeader(status)
	if v.r.Method != http.MethodHead {
		_, _ = v.w.Write(body) // who has gone away is not told
	}
	return nil
}

// see sends the browser on after a change.
func (v *visit) see(address string) error {
	http.Redirect(v.w, v.r, address, http.StatusSeeOther)
	return nil
}

// typed is a field of the form, without what a keyboard cannot have meant.
func (v *visit) typed(name string) string { return oneLine(v.r.PostFormValue(name)) }
