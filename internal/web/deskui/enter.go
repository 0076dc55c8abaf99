package deskui

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/web"
)

// cookie is the name of the session's cookie. Over https its prefix makes
// browsers refuse it from anybody but this very host.
func (d *door) cookie() string {
	if d.Secure {
		return "__Host-desk"
	}
	return "desk"
}

func (d *door) setCookie(v *visit, name, value string, age int) {
	http.SetCookie(v.w, &http.Cookie{
		Name: name, Value: value, Path: "/", HttpOnly: true, Secure: d.Secure,
		SameSite: http.SameSiteStrictMode, MaxAge: age,
	})
}

// home is the screen a person begins with.
func (d *door) home(v *visit) error {
	if v.person.May(newsroom.ReadWire) {
		return v.see("/wire")
	}
	return v.see("/people")
}

// enterPage is the way in: signing in, or naming the first admin of a house.
type enterPage struct {
	chrome
	Login, FullName, Language string
	Token, Next               string
}

// lostPage keeps a text whose writer is signed out.
type lostPage struct {
	chrome
	At     string // where it was sent
	Fields url.Values
	Body   string
}

// toSignIn leads to the way in and back. What was typed into a form whose
// session has ended is not thrown away: it is shown, to be sent again.
func (d *door) toSignIn(v *visit) {
	if v.r.Method == http.MethodPost && strings.HasPrefix(v.r.URL.Path, "/stories") && readForm(v.r) == nil && v.r.PostForm.Has("body") {
		page := lostPage{chrome: d.chrome(v, "", "desk.lost.title"), At: v.r.URL.Path, Fields: v.r.PostForm, Body: clean(v.r.PostFormValue("body"))}
		if err := d.show(v, http.StatusUnauthorized, "lost.html", page); err == nil {
			return
		}
	}
	address := "/sign-in"
	if v.r.Method == http.MethodGet && v.r.URL.Path != "/" && !strings.HasSuffix(v.r.URL.Path, "/live") {
		address += "?" + url.Values{"next": {v.r.URL.RequestURI()}}.Encode()
	}
	_ = v.see(address)
}

// next is where to go after signing in: a place of this desk or the home screen.
func next(wish string) string {
	u, err := url.Parse(wish)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || len(wish) > 2000 ||
		!strings.HasPrefix(wish, "/") || strings.HasPrefix(wish, "//") || strings.ContainsAny(wish, "\\\r\n\t") {
		return "/"
	}
	return u.RequestURI()
}

func (d *door) signInPage(v *visit) error {
	to := next(v.r.URL.Query().Get("next"))
	if v.person.ID != 0 {
		return v.see(to)
	}
	return d.show(v, http.StatusOK, "sign-in.html", enterPage{chrome: d.chrome(v, "", "desk.sign_in.title"), Next: to})
}

func (d *door) signIn(v *visit) error {
	login := v.typed("login")
	to := next(v.r.PostFormValue("next"))
	secret, _, err := d.Staff.SignIn(v.ctx(), login, v.r.PostFormValue("password"), v.r.UserAgent())
	if err != nil {
		page := enterPage{chrome: d.chrome(v, "", "desk.sign_in.title"), Login: login, Next: to}
		return d.again(v, err, "sign-in.html", &page.chrome, &page)
	}
	d.setCookie(v, d.cookie(), secret, 0)
	return v.see(to)
}

// again shows a form once more, with what was typed and what was wrong. What
// nobody foresaw is not the form's affair.
func (d *door) again(v *visit, err error, file string, c *chrome, page web.Page) error {
	kind := newsroom.KindOf(err)
	if kind == newsroom.Internal || kind == newsroom.SignedOut {
		return err
	}
	c.Wrong = web.Sentence(v.words, err)
	return d.show(v, web.Status(kind), file, page)
}

func (d *door) signOut(v *visit) error {
	if err := d.Staff.SignOut(v.ctx(), v.secret); err != nil {
		return err
	}
	d.setCookie(v, d.cookie(), "", -1)
	return v.see("/sign-in")
}

func (d *door) claim(v *visit) error {
	token := v.r.URL.Query().Get("token")
	if err := d.Staff.CheckClaim(v.ctx(), token); err != nil {
		return err
	}
	return d.show(v, http.StatusOK, "claim.html", enterPage{chrome: d.chrome(v, "", "desk.claim.title"), Token: token, Language: v.words.Lang()})
}

func (d *door) useClaim(v *visit) error {
	page := enterPage{
		chrome: d.chrome(v, "", "desk.claim.title"), Token: v.r.PostFormValue("token"),
		Login: v.typed("login"), FullName: v.typed("name"), Language: d.Catalog.In(v.typed("language")).Lang(),
	}
	secret, _, err := d.Staff.UseClaim(v.ctx(), page.Token, page.Login, page.FullName, v.r.PostFormValue("password"), page.Language, v.r.UserAgent())
	if newsroom.KindOf(err) == newsroom.NotFound {
		return err
	}
	if err != nil {
		return d.again(v, err, "claim.html", &page.chrome, &page)
	}
	d.setCookie(v, d.cookie(), secret, 0)
	return v.see("/")
}

// helpPage lists the keys.
type helpPage struct{ chrome }

func (d *door) help(v *visit) error {
	return d.show(v, http.StatusOK, "help.html", helpPage{d.chrome(v, "", "desk.help.title")})
}
