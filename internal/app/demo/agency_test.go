package demo

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/agency"
	"github.com/rotatif/newsroom/internal/handclock"
	"github.com/rotatif/newsroom/internal/store"
	"github.com/rotatif/newsroom/internal/store/sqlite"
	"github.com/rotatif/newsroom/internal/wire"
)

// pace is the time between two sendings of these tests.
const pace = 10 * time.Second

// subscriber polls the three agencies over real HTTP into a real wire.
type subscriber struct {
	*handclock.Clock
	t         *testing.T
	agency    *Agency
	store     *store.Newsroom
	reception *wire.Reception
	pollers   map[string]*agency.Poller
	kept      int
}

func subscribe(t *testing.T, lang string, opening int) *subscriber {
	t.Helper()
	s := &subscriber{Clock: handclock.At(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)), t: t, pollers: map[string]*agency.Poller{}}
	s.agency = NewAgency(Plan(pieces(t, lang), opening, pace), lang, s.Now)
	server := httptest.NewServer(s.agency)
	t.Cleanup(server.Close)
	var err error
	if s.store, err = sqlite.OpenNewsroom(t.Context(), filepath.Join(t.TempDir(), "newsroom.db")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.store.Close(); err != nil {
			t.Error(err)
		}
	})
	s.reception = &wire.Reception{Store: s.store, Sources: map[string]wire.Source{}, Now: s.Now}
	for _, code := range []string{"ka", "lha", "dp"} {
		s.reception.Sources[code] = wire.Source{Name: Name(code), Provider: code, Language: lang}
		s.pollers[code] = &agency.Poller{URL: server.URL + "/" + code, Door: server.Client(), Keep: func(ctx context.Context, raw []byte) error {
			s.kept++
			_, err := s.reception.Receive(ctx, wire.Receipt{Source: code, Channel: "poll"}, raw)
			return err
		}}
	}
	return s
}

// poll asks every agency once and settles what came. A failed delivery, which
// is one of the scenes, is a fault that the poller tells of.
func (s *subscriber) poll() {
	s.t.Helper()
	for code, p := range s.pollers {
		if _, err := p.Ask(s.t.Context()); err != nil && !errors.Is(err, agency.ErrPage) {
			s.t.Fatalf("%s: %v", code, err)
		}
	}
	if _, err := s.reception.Settle(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

// items gives every item by the name of its piece.
func (s *subscriber) items() map[string]newsroom.WireItem {
	s.t.Helper()
	all, err := s.store.Items(s.t.Context(), wire.Filter{At: s.Now(), Limit: 500})
	if err != nil {
		s.t.Fatal(err)
	}
	named := map[string]newsroom.WireItem{}
	for _, w := range all {
		named[w.Key.ID[strings.LastIndexByte(w.Key.ID, ':')+1:]] = w
	}
	if len(named) != len(all) {
		s.t.Fatalf("%d items of %d names", len(all), len(named))
	}
	return named
}

// toTheEnd polls every five seconds until everything has been sent.
func (s *subscriber) toTheEnd() {
	s.t.Helper()
	for s.poll(); !s.agency.Done(); s.poll() {
		s.Move(pace / 2)
	}
}

func TestTheWireReadsWhatTheAgencyWrites(t *testing.T) {
	t.Parallel()
	for _, lang := range []string{"tr", "en"} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			s := subscribe(t, lang, 12)
			s.toTheEnd()
			items := s.items()
			for _, p := range pieces(t, lang) {
				w, there := items[p.Name]
				broken := strings.HasPrefix(p.Name, "26-")
				if there == broken {
					t.Errorf("%s is on the list: %v", p.Name, there)
				}
				if there && !w.Killed {
					read(t, p, w)
				}
			}
		})
	}
}

// read compares an item with the piece it is made of.
func read(t *testing.T, p Piece, w newsroom.WireItem) {
	t.Helper()
	d := w.Text
	same := func(what, have, want string) {
		t.Helper()
		if have != want {
			t.Errorf("%s: %s %q, want %q", p.Name, what, have, want)
		}
	}
	if p.Name[:2] != "22" && p.Name[:2] != "01" { // a correction may have another headline
		same("headline", d.Headline, p.Headline)
		same("standfirst", d.Standfirst, p.Standfirst)
		same("byline", d.Byline, p.Byline)
		if len(d.Body) < len(p.Paragraphs) {
			t.Errorf("%s: %d blocks of %d", p.Name, len(d.Body), len(p.Paragraphs))
		}
	}
	if p.Place != "" && d.Dateline.Place != p.Place && !strings.EqualFold(d.Dateline.Place, p.Place) {
		t.Errorf("%s: written in %q, not %q", p.Name, d.Dateline.Place, p.Place)
	}
	subject := ""
	for _, s := range d.Subjects {
		if s.Scheme == "medtop" {
			subject = s.Scheme + ":" + s.Code
		}
	}
	same("subject", subject, p.Subject)
	subheads := []string{}
	for _, b := range d.Body {
		if b.Kind == newsroom.Subhead {
			subheads = append(subheads, newsroom.Plain(b.Text))
		}
	}
	for _, line := range p.Paragraphs {
		if sub, is := strings.CutPrefix(line, "## "); is {
			if len(subheads) == 0 || subheads[0] != sub {
				t.Errorf("%s: subhead %q is not where it was: %q", p.Name, sub, subheads)
				return
			}
			subheads = subheads[1:]
		}
	}
	if d.Kind != newsroom.KindText || d.Version == "" && p.Agency != "dp" || d.VersionCreated.IsZero() || d.Body.Check() != nil {
		t.Errorf("%s: %s version %q of %s", p.Name, d.Kind, d.Version, d.VersionCreated)
	}
	if flash := p.Urgency == 1; d.Flash != flash {
		t.Errorf("%s: flash %v", p.Name, d.Flash)
	}
	if d.Credit == "" && len(d.Chain) == 0 {
		t.Errorf("%s: nobody's copy", p.Name)
	}
	if p.Cited != "" {
		cited := false
		for _, c := range d.Chain {
			cited = cited || strings.EqualFold(c.Name, p.Cited)
		}
		if !cited {
			t.Errorf("%s: %s is not in the chain %+v", p.Name, p.Cited, d.Chain)
		}
	}
}

func TestTheScenesOfTheDay(t *testing.T) {
	t.Parallel()
	s := subscribe(t, "tr", 12)
	s.poll()
	if n := len(s.items()); n != 12 {
		t.Errorf("%d items at the opening", n)
	}
	embargoed := false
	for s.poll(); !s.agency.Done(); s.poll() {
		w, there := s.items()["20-ambargo"]
		embargoed = embargoed || there && w.State(s.Now()) == newsroom.ItemEmbargoed
		s.Move(pace / 2)
	}
	items := s.items()
	if w := items["20-ambargo"]; !embargoed || w.Embargo.State != newsroom.EmbargoUntil || w.State(s.Now()) != newsroom.ItemUsable {
		t.Errorf("the embargo: stood %v, now %s until %s", embargoed, w.State(s.Now()), w.Embargo.Until)
	}
	if w := items["21-oldurulecek"]; w.State(s.Now()) != newsroom.ItemKilled || !strings.HasPrefix(w.Text.Headline, "Marmara Cam") || w.Revisions != 2 {
		t.Errorf("the kill: %s %q", w.State(s.Now()), w.Text.Headline)
	}
	if w := items["22-duzeltilecek"]; !w.Text.Correction || !strings.Contains(w.Text.Headline, "13 Aralık") || len(w.Text.EdNotes) == 0 {
		t.Errorf("the correction: %v %q %v", w.Text.Correction, w.Text.Headline, w.Text.EdNotes)
	}
	if w := items["23-guncellenecek"]; w.Text.Version != "2" || w.Text.Correction || !strings.Contains(strings.Join(w.Text.Body.Lines(), " "), "kontrol altına alındı") {
		t.Errorf("the update: %q %v", w.Text.Version, w.Text.Correction)
	}
	if w := items["24-once-olen"]; !w.Killed || w.Revisions != 2 {
		t.Errorf("killed before it came: %v after %d revisions", w.Killed, w.Revisions)
	}
	if w := items["25-bekletilecek"]; w.State(s.Now()) != newsroom.ItemWithheld {
		t.Errorf("the withheld: %s", w.State(s.Now()))
	}
	if w := items["01-koprulu"]; !w.Text.Correction || !strings.Contains(strings.Join(w.Text.Body.Lines(), " "), "2 milyon 40 bin ton") {
		t.Errorf("the correction of the opening: %v", w.Text.Correction)
	}
	if w := items["02-gol"]; !w.Killed || !w.Call.Open() {
		t.Errorf("the kill of the opening: %v, call %+v", w.Killed, w.Call)
	}
	if w := items["27-yanlis-haber-x"]; w.State(s.Now()) != newsroom.ItemNotice || w.Text.Notice.Kind != newsroom.NoticeKill {
		t.Errorf("the kill in words: %s", w.State(s.Now()))
	}
	if w := items["29-kosullu"]; w.State(s.Now()) != newsroom.ItemBarred {
		t.Errorf("on terms: %s", w.State(s.Now()))
	}
	quarantined := wire.Quarantined
	broken, err := s.store.Receipts(t.Context(), wire.ReceiptFilter{Outcome: &quarantined, Limit: 10})
	if err != nil || len(broken) != 1 || broken[0].Source != "dp" || broken[0].Verdict.Reason == "" {
		t.Errorf("in quarantine: %+v, %v", broken, err)
	}
}

func TestTheAgencyIsAskedForWhatIsNew(t *testing.T) {
	t.Parallel()
	s := subscribe(t, "tr", 12)
	s.poll()
	if s.kept != 3 {
		t.Fatalf("%d answers to three questions", s.kept)
	}
	s.poll()
	if s.kept != 3 {
		t.Errorf("nothing was new, but %d answers", s.kept)
	}
	s.Move(pace)
	s.poll()
	if s.kept != 4 {
		t.Errorf("one agency had something new, but %d answers", s.kept)
	}
}

func TestOtherAddressesOfTheAgency(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(NewAgency(nil, "tr", time.Now))
	defer server.Close()
	for path, want := range map[string]int{"/": 404, "/ka/": 404, "/x": 404, "/ka": 200, "/lha": 200, "/dp": 200} {
		res, err := http.Get(server.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, res.Body); err != nil || res.StatusCode != want || res.Body.Close() != nil {
			t.Errorf("%s answers %d, %v", path, res.StatusCode, err)
		}
	}
}

func TestADayIsNewEveryTime(t *testing.T) {
	t.Parallel()
	plan := Plan(pieces(t, "tr"), 12, pace)
	first := NewAgency(plan, "tr", func() time.Time { return time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) })
	second := NewAgency(plan, "tr", func() time.Time { return time.Date(2026, 3, 2, 9, 0, 1, 0, time.UTC) })
	if first.id(plan[0]) == second.id(plan[0]) {
		t.Error("two days have the same ids")
	}
	for i := 1; i < len(plan); i++ {
		if gap := plan[i].After - plan[i-1].After; i >= 12 && gap != pace || i < 12 && gap != 0 {
			t.Errorf("sending %d comes %s after the one before", i, gap)
		}
	}
	if all := Plan(pieces(t, "tr"), 1000, pace); all[0].After != 0 || all[len(all)-1].After == 0 {
		t.Error("an opening of more than there is")
	}
}
