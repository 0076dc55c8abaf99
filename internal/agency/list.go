package agency

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/rotatif/newsroom/internal/wire/profile"
)

// Lister asks for a list and then, one by one, for the documents on it that it
// has not had. What was kept is known by its name, also after a restart; what
// comes late is found because the agency is asked again for what lies behind.
type Lister struct {
	URL    string // which the paths of the list continue
	List   profile.List
	Filter url.Values // fields of the list's form, beside the profile's or in their place
	Key
	Door    Caller
	Jar     http.CookieJar // the door's; needed where there is a session
	Account *Account       // each call waits for its turn
	Memory  Memory
	// Keep is given every new document and returns nil when it is durably kept.
	Keep func(context.Context, Delivery) error

	known  map[string]bool   // names of what was kept; nil: not read yet
	late   map[string]*delay // documents that could not be had, by name
	inside bool              // a session has been begun
	texts  bool              // the last document was an error's text
	guard  Key               // the key and the session
}

// Memory is what a lister knows after a restart.
type Memory interface {
	// Names are those of what was kept since a time.
	Names(ctx context.Context, since time.Time) ([]string, error)
	// ListedTo is up to when all that was listed has been kept; zero when it never was.
	ListedTo(ctx context.Context) (time.Time, error)
	// MoveListed durably keeps it.
	MoveListed(ctx context.Context, to time.Time) error
}

// delay is a document that could not be had.
type delay struct {
	fails int
	again time.Time
}

// listing is one look at the list and what it leads to.
type listing struct {
	*Lister
	begun  time.Time
	answer Answer
	signed bool // a session was begun in this look
}

// entry is a document on the list.
type entry struct {
	id, name string
	nth      int // on the list
	fails    int
}

// The bounds of a look.
const (
	maxPages    = 50
	maxEntries  = 10_000
	maxID       = 200 // bytes
	mostOfALook = 100 // documents; the others come with the next
	longestLook = 5 * time.Minute
	farthest    = 7 * 24 * time.Hour  // {from} lies back, after however long a silence
	remembered  = 30 * 24 * time.Hour // names of what was kept
	maxKnown    = 200_000
	patient     = 3 // failures of a document until the others go on without it
)

// What a list or a document can be besides good.
var (
	ErrEntry = errors.New("agency: an entry of the list whose id is not one")
	ErrList  = errors.New("agency: the answer is not the list that was asked for")
	ErrPages = fmt.Errorf("agency: the list has more than %d pages or %d new entries; the others are not looked at", maxPages, maxEntries)
	ErrText  = errors.New("agency: an error's text in place of a document")
)

// Ask looks at the list once and takes what is new.
func (l *Lister) Ask(ctx context.Context) (Answer, error) {
	r := &listing{Lister: l, begun: time.Now()}
	err := r.run(ctx)
	l.Account.Rest(r.answer.Wish)
	r.answer.Flaw = l.guard.told(r.answer.Flaw)
	return r.answer, l.guard.told(l.told(err))
}

func (r *listing) run(ctx context.Context) error {
	to, err := r.remember(ctx)
	if err != nil {
		return fmt.Errorf("agency: %w", err)
	}
	if r.List.Login != nil && !r.inside {
		if err := r.signIn(ctx); err != nil {
			return err
		}
	}
	found, err := r.entries(ctx, to)
	if err != nil {
		return err
	}
	if left, err := r.takeAll(ctx, found); err != nil || left {
		return err
	}
	return r.Memory.MoveListed(ctx, r.begun)
}

// remember reads what is known, the names once, and up to when all has been had.
func (r *listing) remember(ctx context.Context) (time.Time, error) {
	if r.known == nil || len(r.known) > maxKnown {
		names, err := r.Memory.Names(ctx, r.begun.Add(-remembered))
		if err != nil {
			return time.Time{}, err
		}
		r.known, r.late = map[string]bool{}, map[string]*delay{}
		for _, name := range names {
			r.known[name] = true
		}
	}
	return r.Memory.ListedTo(ctx)
}

// from is the time from which on is asked.
func (r *listing) from(to time.Time) time.Time {
	if to.IsZero() || to.After(r.begun) {
		to = r.begun
	}
	from := to.Add(-r.List.LookBack.Duration)
	if far := r.begun.Add(-farthest); from.Before(far) {
		return far
	}
	return from
}

// entries turns the pages of the list and gives what is new, in its order. Of a
// span of time all pages are read. Of a list without an end they are turned until
// one has nothing new; at the first look ever, as few as may be.
func (r *listing) entries(ctx context.Context, to time.Time) ([]entry, error) {
	fresh, seen, had := []entry{}, map[string]bool{}, 0
	for page := 0; page < maxPages && len(fresh) < maxEntries; page++ {
		all, err := r.page(ctx, r.from(to), page, had)
		if err != nil {
			return nil, err
		}
		had += len(all)
		more, news := false, false
		for _, e := range all {
			if seen[e.name] {
				continue
			}
			seen[e.name], more = true, true
			if !r.known[e.name] {
				e.nth, news = len(fresh), true
				fresh = append(fresh, e)
			}
		}
		onward := r.List.Windowed() || page+1 < r.List.Pages || news && !to.IsZero()
		if !more || !onward {
			return fresh, nil
		}
	}
	r.answer.Flaw = ErrPages
	return fresh, nil
}

// page asks for one page of the list, of which so many entries have come before.
func (r *listing) page(ctx context.Context, from time.Time, page, had int) ([]entry, error) {
	raw, err := r.call(ctx, func() (*http.Request, error) { return r.question(ctx, from, page, had) })
	if err != nil {
		return nil, err
	}
	answer, err := decoded(raw)
	if err != nil {
		return nil, ErrList
	}
	items, is := at(answer, r.List.Entries).([]any)
	if !is {
		return nil, ErrList
	}
	all := []entry{}
	for _, item := range items {
		e := entry{id: scalar(at(item, r.List.ID))}
		if !askableID(e.id) {
			r.answer.Flaw = ErrEntry
			continue
		}
		e.name = r.name(e.id, item)
		all = append(all, e)
	}
	return all, nil
}

// batch is what a look takes, the oldest first, and last what has failed. Of a
// span of time it is the newest, for there may be a flash or a kill among them;
// the span stays open until all is had. Of a list without an end it is the
// oldest: its pages are turned for as long as they have something new.
func (r *listing) batch(ready []entry) []entry {
	order := func(sign int) {
		slices.SortFunc(ready, func(a, b entry) int { return cmp.Or(cmp.Compare(a.fails, b.fails), sign*cmp.Compare(a.nth, b.nth)) })
	}
	if r.List.Windowed() {
		order(+1)
		ready = ready[:min(len(ready), mostOfALook)]
	}
	order(-1)
	return ready[:min(len(ready), mostOfALook)]
}

// takeAll takes what can be had of what is new. It says whether anything is left
// that will be waited for.
func (r *listing) takeAll(ctx context.Context, found []entry) (left bool, err error) {
	ready := []entry{}
	for _, e := range found {
		if d := r.late[e.name]; d != nil {
			if e.fails = d.fails; r.begun.Before(d.again) {
				left = left || d.fails < patient
				continue
			}
		}
		ready = append(ready, e)
	}
	left = left || len(ready) > mostOfALook
	for _, e := range r.batch(ready) {
		if time.Since(r.begun) > longestLook {
			return true, nil
		}
		err := r.take(ctx, e)
		if err == nil {
			continue
		}
		err = fmt.Errorf("%s: %w", e.id, err)
		waited := e.fails+1 < patient
		if !r.odd(e) || waited && !gone(err) {
			return true, err
		}
		left, r.answer.Flaw = left || waited, err
	}
	return left, nil
}

// take fetches one document and hands it on.
func (r *listing) take(ctx context.Context, e entry) error {
	raw, err := r.call(ctx, func() (*http.Request, error) {
		return r.request(ctx, http.MethodGet, strings.ReplaceAll(r.List.Document, "{id}", url.PathEscape(e.id)), nil)
	})
	if err == nil && !strings.HasPrefix(strings.TrimLeft(string(raw[:min(len(raw), 300)]), "\ufeff \t\r\n"), r.List.Begins) {
		err = ErrText
	}
	if err != nil {
		r.failed(ctx, e, raw, err)
		return err
	}
	d := Delivery{Name: e.name, Raw: raw, TooBig: len(raw) > MaxDelivery}
	if d.TooBig {
		d.Raw = raw[:TooBig]
	}
	if err := r.Keep(ctx, d); err != nil {
		return err
	}
	r.known[e.name], r.texts, r.answer.New = true, false, true
	delete(r.late, e.name)
	return nil
}

// odd says whether it was for the document that it could not be had just now.
func (r *listing) odd(e entry) bool { return r.late[e.name] != nil && r.late[e.name].fails > e.fails }

// failed notes when a document is asked for again: later and later. The first
// error text of a row is handed on, so that a person sees it; as it is what calls
// that come too fast are answered with, the account rests.
func (r *listing) failed(ctx context.Context, e entry, raw []byte, err error) {
	var refused refusal
	switch {
	case ctx.Err() != nil, errors.Is(err, ErrLogin), errors.As(err, &refused) && refused.status == http.StatusTooManyRequests:
		return // it is not the document's fault
	case errors.Is(err, ErrText):
		r.answer.Wish = cmp.Or(r.answer.Wish, tooMany)
		r.texts = r.texts || r.Keep(ctx, Delivery{Name: e.id + "?", Raw: raw[:min(len(raw), TooBig)]}) == nil
	}
	pause := min(time.Minute<<min(e.fails, 6), time.Hour)
	r.late[e.name] = &delay{fails: e.fails + 1, again: time.Now().Add(pause - time.Second)}
}
