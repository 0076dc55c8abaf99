package wire

import (
	"testing"
	"time"
)

// monday is a Monday morning at ten in the zone of the house.
var monday = time.Date(2026, 11, 23, 7, 0, 0, 0, time.UTC)

var house = time.FixedZone("", 3*3600)

// habitual makes the hours of a source that sends n deliveries an hour from
// eight to twenty on workdays, until some time before the present.
func habitual(name string, days, n int, silence time.Duration) []Hour {
	var hours []Hour
	for at := monday.AddDate(0, 0, -days); at.Before(monday.Add(-silence)); at = at.Add(time.Hour) {
		local := at.In(house)
		if off(local) == 1 || local.Hour() < 8 || local.Hour() > 20 {
			continue
		}
		hours = append(hours, Hour{Source: name, At: at, Deliveries: n, Items: 2 * n, Last: at.Add(59 * time.Minute)})
	}
	return hours
}

func TestSilenceThatIsUnusual(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		hours []Hour
		now   time.Time
		quiet bool
	}{
		{"a busy wire, silent for two hours of the morning", habitual("ka", 14, 6, 2*time.Hour), monday, true},
		{"the same wire at night", habitual("ka", 14, 6, 0), monday.Add(16 * time.Hour), true},
		{"the same wire, half an hour later", habitual("ka", 14, 6, 0), monday.Add(30 * time.Minute), false},
		{"a sparse wire, silent for two hours", habitual("ka", 14, 1, 2*time.Hour), monday, false},
		{"a wire that we know since yesterday", habitual("ka", 1, 60, 2*time.Hour), monday, false},
		{"nothing ever came", nil, monday, false},
	} {
		if h := Healths(c.hours, c.now, house, nil)["ka"]; h.Quiet != c.quiet {
			t.Errorf("%s: quiet %v, %.1f expected since %s", c.name, h.Quiet, h.Expected, h.Last)
		}
	}
}

// A week-end without copy is no silence for a wire that never works then.
func TestDaysOff(t *testing.T) {
	t.Parallel()
	sunday := monday.AddDate(0, 0, -1)
	hours := []Hour{}
	for _, h := range habitual("ka", 14, 6, 0) {
		if h.At.Before(sunday) {
			hours = append(hours, h)
		}
	}
	if h := Healths(hours, sunday, house, nil)["ka"]; h.Quiet {
		t.Errorf("%.1f expected on a Sunday", h.Expected)
	}
}

func TestWhatASourceDid(t *testing.T) {
	t.Parallel()
	waits := monday.Add(-10 * time.Minute)
	h := Healths([]Hour{
		{Source: "ka", At: monday.Add(-30 * time.Hour), Deliveries: 1, Items: 5, Quarantined: 1, Last: monday.Add(-30 * time.Hour)},
		{Source: "ka", At: monday.Add(-2 * time.Hour), Deliveries: 2, Items: 7, Quarantined: 1, Last: monday.Add(-90 * time.Minute)},
		{Source: "ka", At: monday.Add(-time.Hour), Deliveries: 1, Last: waits, Waiting: waits},
		{Source: "ba", At: monday.Add(-time.Hour), Deliveries: 1, Items: 1, Last: monday.Add(-time.Hour)},
	}, monday, house, nil)
	ka := h["ka"]
	if ka.Items != 7 || ka.Quarantined != 1 || !ka.Last.Equal(waits) || !ka.Waiting.Equal(waits) || ka.Today[8] != 7 || h["ba"].Items != 1 {
		t.Errorf("%+v", h)
	}
	if ka.Usual[8] != 3.5 {
		t.Errorf("usually %v", ka.Usual)
	}
}

// An agency that rests at night is not missed at night, and is in the morning.
func TestHoursOfRest(t *testing.T) {
	t.Parallel()
	var hours []Hour
	for day := 1; day <= 10; day++ {
		for hour := range 24 {
			at := time.Date(2026, 3, day, hour, 0, 0, 0, house)
			hours = append(hours, Hour{Source: "ka", At: at.UTC(), Deliveries: 3, Items: 3, Last: at.Add(50 * time.Minute)})
		}
	}
	now := time.Date(2026, 3, 11, 6, 30, 0, 0, house)
	for rest, quiet := range map[string]bool{"": true, "00-06": false, "23-07": false, "12-18": true} {
		r, err := ParseRest(rest)
		if err != nil {
			t.Fatal(err)
		}
		h := Healths(hours, now, house, map[string]Rest{"ka": r})["ka"]
		if h.Quiet != quiet {
			t.Errorf("rest %q: %.1f expected, quiet %t", rest, h.Expected, h.Quiet)
		}
	}
	for _, wrong := range []string{"1", "6-6", "25-3", "a-b", "-1-5"} {
		if _, err := ParseRest(wrong); err == nil {
			t.Errorf("%q is a rest", wrong)
		}
	}
}
