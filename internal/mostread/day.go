package mostread

import "time"

// dayStart is the hour at which a reading day begins, in the trough of the night.
const dayStart = 4

// day is a reading day, from 04:00 to 04:00 in the zone. Within one a reader
// counts once for a story.
type day struct {
	name     string // 2026-11-23: byte order is the order of days
	from, to time.Time
}

func dayOf(t time.Time, zone *time.Location) day {
	local := t.In(zone)
	y, m, d := local.Date()
	if local.Hour() < dayStart {
		d--
	}
	from := time.Date(y, m, d, dayStart, 0, 0, 0, zone)
	return day{from.Format(time.DateOnly), from, time.Date(y, m, d+1, dayStart, 0, 0, 0, zone)}
}

func (d day) holds(t time.Time) bool { return !t.Before(d.from) && t.Before(d.to) }

// minuteOf numbers the minutes of all time; every window is made of whole ones.
func minuteOf(t time.Time) uint32 {
	if t.Unix() < 0 {
		return 0
	}
	return uint32(t.Unix() / 60)
}
