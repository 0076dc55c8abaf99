package agency_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rotatif/newsroom/internal/agency"
)

// shelf is an agency's folder as a test wishes it.
type shelf struct {
	files    map[string]string
	changed  map[string]time.Time
	trouble  map[string]error // at reading a file, by its name
	listing  error
	stays    bool // nothing can be put away
	onListed func(n int)
	lists    int
	read     []string
	put      []string
}

func (s *shelf) List() ([]agency.File, error) {
	s.lists++
	if s.onListed != nil {
		s.onListed(s.lists)
	}
	all := []agency.File{}
	for _, name := range slices.Sorted(maps.Keys(s.files)) {
		all = append(all, agency.File{Name: name, Size: int64(len(s.files[name])), Changed: s.changed[name]})
	}
	return all, s.listing
}

func (s *shelf) Read(name string, most int64) ([]byte, error) {
	s.read = append(s.read, name)
	text, there := s.files[name]
	if !there {
		return nil, fs.ErrNotExist
	}
	return []byte(text[:min(int64(len(text)), most+1)]), s.trouble[name]
}

func (s *shelf) Remove(name string) error { return s.Move(name, "") }

func (s *shelf) Move(name, to string) error {
	if s.stays {
		return errors.New("may not")
	}
	s.put = append(s.put, name+">"+to)
	delete(s.files, name)
	return nil
}

func (s *shelf) Close() error { return nil }

// desk is a puller, its agency, and what came.
type desk struct {
	*agency.Puller
	*shelf
	came []string
	t    *testing.T
}

func pulling(t *testing.T, files map[string]string) *desk {
	t.Helper()
	d := &desk{shelf: &shelf{files: files, changed: map[string]time.Time{}, trouble: map[string]error{}}, t: t}
	d.Puller = &agency.Puller{
		Open: func(context.Context) (agency.Shelf, error) { return d.shelf, nil },
		Keep: func(_ context.Context, got agency.Delivery) error {
			d.came = append(d.came, fmt.Sprintf("%s=%.20s", got.Name, got.Raw))
			return nil
		},
	}
	return d
}

// ask calls once and gives what came by it.
func (d *desk) ask(want ...string) agency.Answer {
	d.t.Helper()
	d.came = nil
	answer, err := d.Ask(d.t.Context())
	if err != nil {
		d.t.Fatal(err)
	}
	if !slices.Equal(d.came, want) {
		d.t.Errorf("came %q, want %q", d.came, want)
	}
	if answer.New != (len(want) > 0) {
		d.t.Errorf("new: %v", answer.New)
	}
	time.Sleep(time.Minute) // of a clock that costs nothing
	return answer
}

func TestAFileIsTakenOnceWhenItIsWhole(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := pulling(t, map[string]string{"a.xml": "<a/>", "b.xml": "<b", "c.xml.part": "<c/>", ".d.xml": "<d/>"})
		d.onListed = func(n int) {
			if n == 2 {
				d.files["b.xml"] += "/>" // it grew between two looks
			}
		}
		d.ask("a.xml=<a/>")
		d.ask("b.xml=<b/>")
		d.ask()
		d.files["a.xml"], d.changed["a.xml"] = "<A/>", time.Unix(1, 0) // older than what was had, and still new
		d.ask("a.xml=<A/>")
		d.files["z.xml"], d.changed["z.xml"] = "<z/>", time.Unix(0, 0)
		d.ask("z.xml=<z/>")
		d.ask()
	})
}

func TestAFileThatDoesNotEndIsWaitedFor(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := pulling(t, map[string]string{"a.xml": "<a>Köprü açıl", "b.txt": "Düz metin."})
		d.ask()
		d.ask()
		d.files["a.xml"] += "dı</a>"
		d.ask("a.xml=<a>Köprü açıldı</a>", "b.txt=Düz metin.")
		if n := len(d.read); n != 4 {
			t.Errorf("read %q", d.read)
		}
	})
}

func TestSendersWhoSayThatAFileIsWhole(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := pulling(t, map[string]string{"a.txt": "metin", "b.txt": "metin", "b.txt.done": ""})
		d.Ready, d.After = ".done", "delete"
		d.ask("b.txt=metin")
		d.files["a.txt.done"] = ""
		d.ask("a.txt=metin")
		d.ask()
		if len(d.files) != 0 || d.lists != 3 {
			t.Errorf("left %v after %d listings", d.files, d.lists)
		}
		d = pulling(t, map[string]string{"a.txt": "metin", "b.txt.tmp": "metin"})
		d.Ready = "renamed"
		d.ask("a.txt=metin")
		delete(d.files, "b.txt.tmp")
		d.files["b.txt"] = "metin"
		d.ask("b.txt=metin")
	})
}

// A second file that lay there before tells nothing of what is written over the first.
func TestALeftMark(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := pulling(t, map[string]string{"a.txt": "metin", "a.txt.done": ""})
		d.Ready = ".done"
		d.ask("a.txt=metin")
		d.files["a.txt"], d.changed["a.txt"] = "yarı", time.Now()
		d.ask()
		d.files["a.txt"], d.changed["a.txt"] = "yarım kalmış", time.Now()
		d.ask()
		d.changed["a.txt.done"] = time.Now()
		d.ask("a.txt=yarım kalmış")
		d.files["a.txt"], d.changed["a.txt"] = "son", time.Now()
		d.ask()
		d.ask()
		d.ask("a.txt=son") // nobody can be writing it any more
	})
}

// A server that tells times by the minute hides a correction of the same length.
func TestACorrectionInTheSameMinute(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := pulling(t, map[string]string{"a.xml": "<a>1</a>", "b.xml": "<b>1</b>", "old.xml": "<o>1</o>", "exact.xml": "<e>1</e>"})
		now := time.Now().Truncate(time.Minute)
		d.changed = map[string]time.Time{"a.xml": now, "b.xml": now.Add(3 * time.Hour), "old.xml": now.Add(-100 * time.Hour), "exact.xml": now.Add(7 * time.Second)}
		d.After = "delete"
		d.ask("old.xml=<o>1</o>", "a.xml=<a>1</a>", "exact.xml=<e>1</e>", "b.xml=<b>1</b>")
		d.files["a.xml"] = "<a>2</a>"
		d.ask("a.xml=<a>2</a>")
		d.ask()
		d.ask()
		d.ask()
		if len(d.files) != 0 || len(d.read) != 7 {
			t.Errorf("left %v, read %q", d.files, d.read)
		}
	})
}

func TestWhatWasKeptIsPutAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := pulling(t, map[string]string{"a.xml": "<a/>"})
		d.After = "move:had"
		d.ask("a.xml=<a/>")
		d.files["a.xml"] = "<other/>" // written over before it was put away
		d.ask("a.xml=<other/>")
		d.ask()
		if !slices.Equal(d.put, []string{"a.xml>had/a.xml"}) {
			t.Errorf("put away %q", d.put)
		}
		d.files["b.xml"], d.stays = "<b/>", true
		d.ask("b.xml=<b/>")
		d.files["c.xml"] = "<c/>" // what is new does not suffer
		if answer := d.ask("c.xml=<c/>"); answer.Flaw == nil || !strings.Contains(answer.Flaw.Error(), "b.xml") {
			t.Errorf("nobody was told: %v", answer.Flaw)
		}
		d.stays = false
		time.Sleep(time.Hour)
		if answer := d.ask(); answer.Flaw != nil || len(d.files) != 0 {
			t.Errorf("%v, left %v", answer.Flaw, d.files)
		}
	})
}

// One file that cannot be had does not keep the others waiting.
func TestAFileThatCannotBeHad(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := pulling(t, map[string]string{"a.xml": "<a/>", "b.xml": "<b/>"})
		d.trouble["a.xml"] = agency.ErrLate
		begun := time.Now()
		if answer := d.ask(); !errors.Is(answer.Flaw, agency.ErrLate) || !answer.Unread.Equal(begun) {
			t.Errorf("nobody was told: %v, unread since %v", answer.Flaw, answer.Unread)
		}
		if answer := d.ask("b.xml=<b/>"); !errors.Is(answer.Flaw, agency.ErrLate) || !answer.Unread.Equal(begun) {
			t.Errorf("nobody was told: %v, unread since %v", answer.Flaw, answer.Unread)
		}
		delete(d.trouble, "a.xml")
		if answer := d.ask("a.xml=<a/>"); !answer.Unread.IsZero() {
			t.Errorf("still unread since %v", answer.Unread)
		}
	})
}

func TestAFileThatVanishes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := pulling(t, map[string]string{"a.xml": "<a/>", "b.xml": "<b/>"})
		d.trouble["a.xml"] = fs.ErrNotExist
		if answer := d.ask("b.xml=<b/>"); answer.Flaw != nil {
			t.Errorf("told of a file that somebody else took: %v", answer.Flaw)
		}
		if answer := d.ask(); !errors.Is(answer.Flaw, fs.ErrNotExist) {
			t.Errorf("a file that is listed and never there: %v", answer.Flaw)
		}
		delete(d.files, "a.xml")
		if answer := d.ask(); answer.Flaw != nil {
			t.Errorf("told of what is gone: %v", answer.Flaw)
		}
	})
}

func TestWhatIsNotKeptIsFetchedAgain(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := pulling(t, map[string]string{"a.xml": "<a/>"})
		keep := d.Keep
		d.Keep = func(context.Context, agency.Delivery) error { return errors.New("the disk is full") }
		if answer := d.ask(); answer.Flaw == nil {
			t.Error("a failure to keep was not told")
		}
		d.Keep = keep
		d.ask("a.xml=<a/>")
	})
}

// After a restart nothing is remembered: everything comes once more, byte for
// byte, and the wire knows it.
func TestARestartBringsTheSameBytes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := pulling(t, map[string]string{"a.xml": "<a/>"})
		d.ask("a.xml=<a/>")
		d.Puller = &agency.Puller{Open: d.Open, Keep: d.Keep}
		d.ask("a.xml=<a/>")
		d.ask()
	})
}

func TestNamesThatAreNone(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := pulling(t, map[string]string{
			"../../x.xml": "<x/>", "..": "<x/>", "a\r\nDELE b": "<x/>", `c:\x.xml`: "<x/>", "/etc/x": "<x/>", strings.Repeat("n", 2000): "<x/>", "": "<x/>",
			"\xe7.xml": "<latin/>", "ğ.xml": "<utf8/>", "-rf": "<dash/>",
		})
		answer := d.ask("-rf=<dash/>", "ğ.xml=<utf8/>", "·.xml=<latin/>")
		if !errors.Is(answer.Flaw, agency.ErrName) || strings.ContainsAny(answer.Flaw.Error(), "\r\n") || len(answer.Flaw.Error()) > 500 {
			t.Errorf("%v", answer.Flaw)
		}
		if slices.ContainsFunc(d.read, func(name string) bool { return strings.ContainsAny(name, "/\\\n") }) {
			t.Errorf("asked for %q", d.read)
		}
	})
}

// Of a folder that is too full the newest files are looked at, and somebody is told.
func TestAFolderThatIsTooFull(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := pulling(t, map[string]string{})
		for i := range 20_000 {
			name := fmt.Sprintf("h%05d.xml.part", i) // not fetched, so that the test is quick
			d.files[name], d.changed[name] = "<x/>", time.Unix(int64(i), 0)
		}
		d.files["a-new.xml"], d.changed["a-new.xml"] = "<new/>", time.Unix(30_000, 0)
		d.files["z-old.xml"], d.changed["z-old.xml"] = "<old/>", time.Unix(0, 0)
		if answer := d.ask("a-new.xml=<new/>"); !errors.Is(answer.Flaw, agency.ErrFiles) {
			t.Errorf("%v", answer.Flaw)
		}
	})
}

func TestListingsThatAreNotWhole(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, what := range []error{agency.ErrMuch, agency.ErrLines} {
			d := pulling(t, map[string]string{"a.xml": "<a/>"})
			d.listing = fmt.Errorf("listing: %w", what)
			if answer := d.ask("a.xml=<a/>"); answer.Flaw == nil {
				t.Errorf("%v was not told", what)
			}
			clear(d.files)
			if _, err := d.Ask(t.Context()); err == nil {
				t.Errorf("%v and nothing else is no empty folder", what)
			}
		}
	})
}

func TestAFileThatIsTooBig(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := pulling(t, map[string]string{"a.xml": "<a>" + strings.Repeat("x", agency.MaxDelivery)})
		big := agency.Delivery{}
		d.Keep = func(_ context.Context, got agency.Delivery) error { big = got; return nil }
		if answer, err := d.Ask(t.Context()); err != nil || answer.Flaw != nil || !big.TooBig || len(big.Raw) != 1<<20 {
			t.Errorf("%d bytes, %v, %v %v", len(big.Raw), big.TooBig, answer.Flaw, err)
		}
	})
}

// A flaw is told once, on the board as a failure, and nothing is called less for it.
func TestAFlawIsNoPause(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		d := pulling(t, map[string]string{"a.xml": "<a/>"})
		d.trouble["a.xml"] = agency.ErrLate
		told := []error{}
		rounds := agency.Rounds{Every: 10 * time.Second, Trouble: func(err error) { told = append(told, err) }}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Minute)
		defer cancel()
		d.onListed = func(n int) {
			if n != 30 {
				return
			}
			if s := rounds.Status(); s.Failures < 10 || s.Trouble == "" {
				t.Errorf("status %+v", s)
			}
			delete(d.trouble, "a.xml")
		}
		rounds.Run(ctx, d.Ask)
		if len(d.read) < 20 || len(told) != 2 || !errors.Is(told[0], agency.ErrLate) || told[1] != nil || len(d.came) != 1 {
			t.Errorf("read %d times, told %v, came %q", len(d.read), told, d.came)
		}
		if s := rounds.Status(); s.Failures != 0 || s.Copy.IsZero() {
			t.Errorf("status %+v", s)
		}
	})
}
