package letters

import (
	"fmt"
	"time"
	_ "time/tzdata" // the zone of a newsroom must not depend on the machine

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/en"
	"github.com/go-playground/locales/tr"
)

func locale(lang string) locales.Translator {
	if turkish(lang) {
		return tr.New()
	}
	return en.New()
}

// Day is the date in words, in the time's own zone: "23 Kasım 2026 Pazartesi",
// "Monday, 23 November 2026".
func Day(lang string, t time.Time) string {
	l := locale(lang)
	if turkish(lang) {
		return fmt.Sprintf("%d %s %d %s", t.Day(), l.MonthWide(t.Month()), t.Year(), l.WeekdayWide(t.Weekday()))
	}
	return fmt.Sprintf("%s, %d %s %d", l.WeekdayWide(t.Weekday()), t.Day(), l.MonthWide(t.Month()), t.Year())
}

// Stamp is date and clock in the time's own zone: "23.11.2026 14:05",
// "23 November 2026, 14:05".
func Stamp(lang string, t time.Time) string {
	if turkish(lang) {
		return t.Format("02.01.2006 15:04")
	}
	return fmt.Sprintf("%d %s %d, %s", t.Day(), locale(lang).MonthWide(t.Month()), t.Year(), t.Format("15:04"))
}

// Short is the clock for today and the date for another day, for dense lists.
func Short(lang string, t, now time.Time) string {
	now = now.In(t.Location())
	if t.YearDay() == now.YearDay() && t.Year() == now.Year() {
		return t.Format("15:04")
	}
	if t.Year() == now.Year() {
		return fmt.Sprintf("%d %s", t.Day(), locale(lang).MonthAbbreviated(t.Month()))
	}
	return t.Format("02.01.2006")
}
