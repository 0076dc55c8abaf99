package agency_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rotatif/newsroom/internal/agency"
	"github.com/rotatif/newsroom/internal/wire/profile"
)

// document is one that an agency has.
type document struct {
	id, title, text string
	at              time.Time
}

// lists is an agency that is asked for a list and then for documents, as AA and
// as ANKA are.
type lists struct {
	mu        sync.Mutex
	all       []document // the newest first
	session   string     // that is open; ANKA's
	logins    int
	asked     []string // paths, with the day and hour from which on is searched
	at        []time.Time
	interrupt func(w http.ResponseWriter, r *http.Request) bool // answers in the place of the agency
}

// add puts a document on the list at its time.
func (a *lists) add(id string, at time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.all = append(a.all, document{id, "Başlık " + id, "Metin " + id, at})
	slices.SortStableFunc(a.all, func(x, y document) int { return y.at.Compare(x.at) })
}

// documents are the ids that were asked for since the last time.
func (a *lists) documents() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	ids := []string{}
	for _, path := range a.asked {
		for part := range strings.SplitSeq(strings.TrimPrefix(strings.TrimPrefix(path, "/document/"), "/news/get/"), "/") {
			if part != "" && path[1:] != part {
				ids = append(ids, part)
			}
			break
		}
	}
	a.asked = nil
	return ids
}

func (a *lists) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.asked, a.at = append(a.asked, r.URL.Path), append(a.at, time.Now())
	if a.interrupt != nil && a.interrupt(w, r) {
		return
	}
	switch {
	case r.URL.Path == "/search/":
		a.search(w, r)
	case strings.HasPrefix(r.URL.Path, "/document/"):
		a.document(w, r)
	case r.URL.Path == "/users/login/":
		a.login(w, r)
	default:
		a.anka(w, r)
	}
}

// search answers as AA does, in pages of at most 50 whatever is asked for.
func (a *lists) search(w http.ResponseWriter, r *http.Request) {
	from, err := time.Parse(time.RFC3339, r.PostFormValue("start_date"))
	offset, _ := strconv.Atoi(r.PostFormValue("offset"))
	if user, password, _ := r.BasicAuth(); user != "ece" || password != "cok-gizli" || r.Method != "POST" || err != nil || r.PostFormValue("end_date") != "NOW" || r.PostFormValue("filter_type") != "1" {
		w.WriteHeader(401)
		return
	}
	result := []map[string]any{}
	for _, d := range a.all {
		if !d.at.Before(from) {
			result = append(result, map[string]any{"id": d.id, "type": "text", "date": d.at.Format(time.RFC3339), "title": d.title, "group_id": nil})
		}
	}
	total := len(result)
	result = result[min(offset, total):min(offset+50, total)]
	_ = json.NewEncoder(w).Encode(map[string]any{"response": map[string]any{"success": true, "code": 200}, "data": map[string]any{"total": total, "result": result}})
}

func (a *lists) document(w http.ResponseWriter, r *http.Request) {
	id, form, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/document/"), "/")
	i := slices.IndexFunc(a.all, func(d document) bool { return d.id == id })
	if _, password, _ := r.BasicAuth(); password != "cok-gizli" || form != "newsml29" || i < 0 {
		w.WriteHeader(404)
		return
	}
	_, _ = fmt.Fprintf(w, "<newsItem>%s</newsItem>", a.all[i].text)
}

func (a *lists) login(w http.ResponseWriter, r *http.Request) {
	a.logins++
	if r.PostFormValue("username") != "ece" || r.PostFormValue("password") != "cok-gizli" {
		_, _ = w.Write([]byte(`{"success":false,"message":"cok-gizli yanlış"}`))
		return
	}
	a.session = fmt.Sprintf("oturum-%d", a.logins)
	_, _ = fmt.Fprintf(w, `{"success":true,"data":{"session_id":%q}}`, a.session)
}

// anka answers with four stories a page.
func (a *lists) anka(w http.ResponseWriter, r *http.Request) {
	if c, err := r.Cookie("ANKA"); err != nil || c.Value != a.session || a.session == "" || r.Header.Get("Authorization") != "" {
		w.WriteHeader(403)
		return
	}
	if id, is := strings.CutPrefix(r.URL.Path, "/news/get/"); is {
		_, _ = fmt.Fprintf(w, `{"success":true,"data":{"id":%q,"title":"x","body":"y"}}`, strings.TrimSuffix(id, "/"))
		return
	}
	page, _ := strconv.Atoi(r.URL.Query().Get("sayfa"))
	news := []map[string]any{}
	for _, d := range a.all[min(4*(page-1), len(a.all)):min(4*page, len(a.all))] {
		news = append(news, map[string]any{"id": json.Number(d.id), "title": d.title, "created_at": d.at.Format(time.DateTime)})
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"success": true, "data": map[string]any{"news": news}})
}

// memory remembers as the store does.
type memory struct {
	names []string
	to    time.Time
}

func (m *memory) Names(context.Context, time.Time) ([]string, error) { return m.names, nil }
func (m *memory) ListedTo(context.Context) (time.Time, error)        { return m.to, nil }
func (m *memory) MoveListed(_ context.Context, to time.Time) error   { m.to = to; return nil }
func (m *memory) keep(_ context.Context, d agency.Delivery) error {
	m.names = append(m.names, d.Name)
	return nil
}

// asking is a lister as the profile describes it.
func asking(t *testing.T, code, address string, door agency.Caller, m *memory) *agency.Lister {
	t.Helper()
	all, err := profile.Read("")
	if err != nil {
		t.Fatal(err)
	}
	return &agency.Lister{URL: address, List: *all[code].List, Key: agency.Key{User: "ece", Password: "cok-gizli"}, Door: door, Memory: m, Keep: m.keep}
}

// serving is the agency on loopback.
func serving(t *testing.T, code string, a *lists, m *memory) *agency.Lister {
	t.Helper()
	s := httptest.NewServer(a)
	t.Cleanup(s.Close)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	client := s.Client()
	client.Jar = jar
	l := asking(t, code, s.URL, client, m)
	l.Jar = jar
	return l
}

// ask looks once and wants these documents to be fetched.
func look(t *testing.T, l *agency.Lister, a *lists, want ...string) agency.Answer {
	t.Helper()
	answer, err := l.Ask(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if have := a.documents(); !slices.Equal(have, want) || answer.New != (len(want) > 0) {
		t.Errorf("fetched %q, want %q; new: %v", have, want, answer.New)
	}
	return answer
}

// What is on the list is fetched once, oldest first; what comes late is found,
// what changes its title is fetched again, and a restart forgets nothing.
func TestAAIsAskedForAListAndThenForDocuments(t *testing.T) {
	t.Parallel()
	a, m, now := &lists{}, &memory{}, time.Now()
	l := serving(t, "aa", a, m)
	a.add("aa:text:1", now.Add(-time.Hour))
	a.add("aa:text:2", now.Add(-time.Minute))
	a.add("aa:text:0", now.Add(-24*time.Hour)) // before the first look
	look(t, l, a, "aa:text:1", "aa:text:2")
	look(t, l, a)
	a.add("aa:text:3", now.Add(-5*time.Hour)) // late
	look(t, l, a, "aa:text:3")
	a.all[0].title = "DÜZELTME Başlık"
	look(t, l, a, "aa:text:2")

	l = serving(t, "aa", a, m)
	look(t, l, a)
	m.to = now.Add(-48 * time.Hour) // nobody was here for two days
	for i := range 120 {
		a.add(fmt.Sprintf("aa:text:%d", 100+i), now.Add(-40*time.Hour+time.Duration(i)*time.Minute))
	}
	l = serving(t, "aa", a, m)
	if _, err := l.Ask(t.Context()); err != nil {
		t.Fatal(err)
	}
	first := a.documents()
	if len(first) != 100 || first[99] != "aa:text:0" || m.to.After(now.Add(-47*time.Hour)) {
		t.Errorf("%d documents at once, %s the newest, listed to %s", len(first), first[len(first)-1], m.to)
	}
	look(t, l, a, "aa:text:100", "aa:text:101", "aa:text:102", "aa:text:103", "aa:text:104", "aa:text:105", "aa:text:106", "aa:text:107", "aa:text:108", "aa:text:109",
		"aa:text:110", "aa:text:111", "aa:text:112", "aa:text:113", "aa:text:114", "aa:text:115", "aa:text:116", "aa:text:117", "aa:text:118", "aa:text:119", "aa:text:120")
	if m.to.Before(now) {
		t.Errorf("all is had, and listed to %s", m.to)
	}
}

// An error's text in the place of a document is no document: it is seen once,
// the account rests, and the document is fetched later.
func TestAnErrorsTextIsNoDocument(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, m := &lists{}, &memory{}
		l := asking(t, "aa", "http://ajans.example", inMemory{a}, m)
		l.Account = &agency.Account{Gap: 500 * time.Millisecond}
		a.add("aa:text:1", time.Now().Add(-time.Hour))
		a.add("aa:text:2", time.Now().Add(-time.Minute))
		a.interrupt = func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.HasPrefix(r.URL.Path, "/document/") {
				return false
			}
			_, _ = w.Write([]byte("Çok sık istek yapıldı (cok-gizli)"))
			return true
		}
		answer, err := l.Ask(t.Context())
		if !errors.Is(err, agency.ErrText) || answer.New || answer.Wish != 30*time.Second || !slices.Equal(m.names, []string{"aa:text:1?"}) || !m.to.IsZero() {
			t.Errorf("%v %+v, kept %q, listed to %s", err, answer, m.names, m.to)
		}
		if have := a.documents(); len(have) != 1 {
			t.Errorf("after the refusal there were more calls: %q", have)
		}
		calls := len(a.at)
		a.interrupt = nil
		look(t, l, a, "aa:text:2") // the other is not asked for so soon
		if rest := a.at[calls].Sub(a.at[calls-1]); rest < 30*time.Second {
			t.Errorf("the account rested for %s", rest)
		}
		time.Sleep(time.Minute) // of a clock that costs nothing
		look(t, l, a, "aa:text:1")
		if m.to.IsZero() {
			t.Error("nothing is left, and nothing is remembered of it")
		}
	})
}

// A document that never comes keeps back no other, and is told of.
func TestADocumentThatNeverComes(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]func(w http.ResponseWriter){
		"forbidden":  func(w http.ResponseWriter) { w.WriteHeader(403) },
		"broken":     func(w http.ResponseWriter) { w.WriteHeader(500) },
		"a text":     func(w http.ResponseWriter) { _, _ = w.Write([]byte("hata")) },
		"a web page": func(w http.ResponseWriter) { _, _ = w.Write([]byte("<html>hata")) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				a, m := &lists{}, &memory{}
				l := asking(t, "aa", "http://ajans.example", inMemory{a}, m)
				a.interrupt = func(w http.ResponseWriter, r *http.Request) bool {
					bad := strings.HasPrefix(r.URL.Path, "/document/aa:text:1/")
					if bad {
						answer(w)
					}
					return bad
				}
				a.add("aa:text:1", time.Now().Add(-time.Hour))
				a.add("aa:text:2", time.Now().Add(-time.Minute))
				told := ""
				for range 10 {
					answer, err := l.Ask(t.Context())
					told += fmt.Sprint(err, answer.Flaw)
					time.Sleep(2 * time.Minute)
				}
				if !strings.Contains(told, "aa:text:1") || !slices.ContainsFunc(m.names, func(n string) bool { return strings.HasPrefix(n, "aa:text:2 ") }) || m.to.IsZero() {
					t.Errorf("told %q, kept %q, listed to %s", told, m.names, m.to)
				}
				if n := len(a.documents()); n > 8 {
					t.Errorf("%d calls for documents", n)
				}
				a.interrupt = nil
				time.Sleep(time.Hour)
				look(t, l, a, "aa:text:1")
			})
		})
	}
}

// Two sources of one account keep its calls apart, documents and lists alike,
// and one that is refused gives both a rest.
func TestDocumentsOfOneAccountKeepApart(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, account := &lists{}, &agency.Account{Gap: 500 * time.Millisecond}
		for i := range 10 {
			a.add(fmt.Sprintf("aa:text:%d", i), time.Now().Add(-time.Hour))
		}
		refused := time.Time{}
		a.interrupt = func(w http.ResponseWriter, _ *http.Request) bool {
			if len(a.at) == 15 {
				refused = time.Now()
				w.WriteHeader(429)
			}
			return len(a.at) == 15
		}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
		defer cancel()
		var wait sync.WaitGroup
		for range 2 {
			l := asking(t, "aa", "http://ajans.example", inMemory{a}, &memory{})
			l.Account = account
			rounds := agency.Rounds{Every: time.Second}
			wait.Go(func() { rounds.Run(ctx, l.Ask) })
		}
		wait.Wait()
		for i := 1; i < len(a.at); i++ {
			if a.at[i].Sub(a.at[i-1]) < account.Gap {
				t.Fatalf("calls %s apart", a.at[i].Sub(a.at[i-1]))
			}
		}
		after := slices.IndexFunc(a.at, func(at time.Time) bool { return at.After(refused) })
		if rest := a.at[after].Sub(refused); rest < 30*time.Second || len(a.at) < 100 {
			t.Errorf("a rest of %s after 429; %d calls", rest, len(a.at))
		}
	})
}

// inMemory calls an agency without a network, so that clocks can cost nothing.
type inMemory struct{ http.Handler }

func (m inMemory) Do(r *http.Request) (*http.Response, error) {
	rec := httptest.NewRecorder()
	m.ServeHTTP(rec, r)
	return rec.Result(), r.Context().Err()
}

// A session is begun with a login; when it lapses, once more and not again.
func TestANKASignsIn(t *testing.T) {
	t.Parallel()
	a, m, now := &lists{}, &memory{}, time.Now()
	l := serving(t, "anka", a, m)
	for i := range 30 {
		a.add(strconv.Itoa(500+i), now.Add(time.Duration(i)*time.Minute))
	}
	if _, err := l.Ask(t.Context()); err != nil || len(m.names) != 8 || a.logins != 1 {
		t.Fatalf("at first two pages are turned: %q, %d logins (%v)", m.names, a.logins, err)
	}
	a.documents()
	for i := range 9 { // more than two pages came meanwhile
		a.add(strconv.Itoa(600+i), now.Add(time.Duration(100+i)*time.Minute))
	}
	look(t, l, a, "600", "601", "602", "603", "604", "605", "606", "607", "608")
	a.session = "another"
	a.add("700", now.Add(200*time.Minute))
	look(t, l, a, "700")
	if a.logins != 2 {
		t.Errorf("%d logins", a.logins)
	}
	a.interrupt = func(w http.ResponseWriter, r *http.Request) bool { // nobody is let in any more
		if r.URL.Path != "/users/login/" {
			w.WriteHeader(403)
		}
		return r.URL.Path != "/users/login/"
	}
	if _, err := l.Ask(t.Context()); !errors.Is(err, agency.ErrStatus) || a.logins != 3 {
		t.Errorf("%v, %d logins", err, a.logins)
	}
}

// A server sets more than the session, and copy holds the same words.
func TestASessionIsTakenOutAndNoOtherCookie(t *testing.T) {
	t.Parallel()
	a, kept := &lists{}, ""
	l := serving(t, "anka", a, &memory{})
	l.Keep = func(_ context.Context, d agency.Delivery) error {
		kept += string(d.Raw)
		return nil
	}
	a.add("500", time.Now())
	a.interrupt = func(w http.ResponseWriter, r *http.Request) bool {
		w.Header().Add("Set-Cookie", "title=deniz; Path=/")
		if !strings.HasPrefix(r.URL.Path, "/news/get/") {
			return false
		}
		_, _ = fmt.Fprintf(w, `{"success":true,"data":{"id":"500","title":"deniz","link":"?ANKA=%s"}}`, a.session)
		return true
	}
	if _, err := l.Ask(t.Context()); err != nil || !strings.Contains(kept, `"deniz"`) || strings.Contains(kept, a.session) {
		t.Errorf("kept %s (%v)", kept, err)
	}
}

// A login that is refused tells nothing of what was said.
func TestALoginThatIsRefused(t *testing.T) {
	t.Parallel()
	a := &lists{}
	l := serving(t, "anka", a, &memory{})
	l.User = "baskasi"
	_, err := l.Ask(t.Context())
	if !errors.Is(err, agency.ErrLogin) || strings.Contains(err.Error(), "gizli") || a.logins != 1 {
		t.Errorf("%v, %d logins", err, a.logins)
	}
}

// Lists that are none, ids that lead elsewhere, lists without an end.
func TestOddLists(t *testing.T) {
	t.Parallel()
	const good = `{"response":{"success":true},"data":{"result":%s}}`
	for _, c := range []struct {
		name, answer string
		err, flaw    error
	}{
		{"no list", fmt.Sprintf(good, `{"a":1}`), agency.ErrList, nil},
		{"an error", `{"response":{"success":false,"code":500},"data":null}`, agency.ErrUnsound, nil},
		{"a text", `Çok sık istek`, agency.ErrList, nil},
		{"a web page", `<!doctype html>`, agency.ErrPage, nil},
		{"nothing", ``, agency.ErrList, nil},
		{"empty", fmt.Sprintf(good, `[]`), nil, nil},
		{"ids that lead elsewhere", fmt.Sprintf(good, `[{"id":".."},{"id":""},{"id":{"a":1}},{"id":"a\u0000b"},null,7]`), nil, agency.ErrEntry},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := &lists{interrupt: func(w http.ResponseWriter, _ *http.Request) bool { _, _ = w.Write([]byte(c.answer)); return true }}
			l := serving(t, "aa", a, &memory{})
			answer, err := l.Ask(t.Context())
			if !errors.Is(err, c.err) || !errors.Is(answer.Flaw, c.flaw) || len(a.documents()) != 0 {
				t.Errorf("%v, %v", err, answer.Flaw)
			}
		})
	}
	t.Run("without an end", func(t *testing.T) {
		t.Parallel()
		n := 0
		a := &lists{interrupt: func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == "/search/" {
				n++
				_, _ = fmt.Fprintf(w, good, fmt.Sprintf(`[{"id":"../../x?y=%d"}]`, n))
				return true
			}
			_, _ = w.Write([]byte("<x/>"))
			return true
		}}
		m := &memory{}
		l := serving(t, "aa", a, m)
		answer, err := l.Ask(t.Context())
		if err != nil || !errors.Is(answer.Flaw, agency.ErrPages) || len(m.names) != 50 || n != 50 {
			t.Errorf("%v, %v, %d kept of %d pages", err, answer.Flaw, len(m.names), n)
		}
		for _, path := range a.asked {
			if path != "/search/" && !strings.HasPrefix(path, "/document/../../x?y=") {
				t.Errorf("asked for %s", path)
			}
		}
	})
}

// "Too many calls" ends a look, however often its documents have failed before.
func TestTooManyCallsEndALook(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, status := &lists{}, 500
		l := asking(t, "aa", "http://ajans.example", inMemory{a}, &memory{})
		a.interrupt = func(w http.ResponseWriter, r *http.Request) bool {
			if strings.HasPrefix(r.URL.Path, "/document/") {
				w.WriteHeader(status)
			}
			return strings.HasPrefix(r.URL.Path, "/document/")
		}
		for i := range 5 {
			a.add(fmt.Sprintf("aa:text:%d", i), time.Now().Add(-time.Minute))
		}
		for range 30 {
			_, _ = l.Ask(t.Context()) // it fails as it should
			time.Sleep(10 * time.Minute)
		}
		a.documents()
		status = 429
		time.Sleep(time.Hour)
		answer, err := l.Ask(t.Context())
		if have := a.documents(); len(have) != 1 || !errors.Is(err, agency.ErrStatus) || answer.Wish != 30*time.Second {
			t.Errorf("after 429 %q were asked for: %v, %+v", have, err, answer)
		}
	})
}

// Of a list without an end nothing is passed over, though a look takes a hundred
// documents and ends in the middle.
func TestALongListIsHadWhole(t *testing.T) {
	t.Parallel()
	a, m, now := &lists{}, &memory{}, time.Now()
	a.add("500", now)
	l := serving(t, "anka", a, m)
	look(t, l, a, "500")
	for i := range 150 {
		a.add(strconv.Itoa(600+i), now.Add(time.Duration(i+1)*time.Minute))
	}
	l.Keep = func(ctx context.Context, d agency.Delivery) error {
		if len(m.names) == 30 {
			return errors.New("the disk is full")
		}
		return m.keep(ctx, d)
	}
	if _, err := l.Ask(t.Context()); err == nil {
		t.Error("a full disk was not told of")
	}
	l = serving(t, "anka", a, m) // and the program was begun anew
	for range 2 {
		if _, err := l.Ask(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	slices.Sort(m.names)
	if all := slices.Compact(slices.Clone(m.names)); len(all) != 151 || len(m.names) != 151 {
		t.Errorf("%d of 151 stories, %d deliveries", len(all), len(m.names))
	}
}

// Whatever a list says, only documents are asked for, each at most once in a look.
func FuzzLists(f *testing.F) {
	f.Add(`{"response":{"success":true},"data":{"result":[{"id":"aa:text:1","date":"x","title":"y"},{"id":"../x"},{"id":7},null]}}`)
	f.Add(`{"data":{"result":[{"id":"a"},{"id":"a"}]}}`)
	f.Add(`[]`)
	all, err := profile.Read("")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, answer string) {
		asked, m := map[string]int{}, &memory{}
		door := inMemory{http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/search/" {
				_, _ = w.Write([]byte(answer))
				return
			}
			if asked[r.RequestURI]++; !strings.HasPrefix(r.URL.EscapedPath(), "/document/") || !strings.HasSuffix(r.URL.EscapedPath(), "/newsml29") || strings.Count(r.URL.EscapedPath(), "/") != 3 || r.URL.RawQuery != "" {
				t.Errorf("asked for %s", r.URL)
			}
			_, _ = w.Write([]byte("<x/>"))
		})}
		l := &agency.Lister{URL: "http://ajans.example", List: *all["aa"].List, Door: door, Memory: m, Keep: m.keep}
		if _, err := l.Ask(t.Context()); err == nil && len(m.names) > 0 && m.to.IsZero() {
			t.Error("all was had, and nothing is remembered of it")
		}
	})
}
