package inbox

import "time"

// tellAgain is how long a refusal of a source is not told once more: whoever
// reaches the door can be refused as often as they like.
const tellAgain = time.Minute

// tell writes to the log that a source is refused, for whoever sets it up; of
// what was sent nothing. A name that is no source is told of nowhere.
func (d *Door) tell(source, why string) {
	_, opened := d.Tokens[source]
	_, signs := d.Secrets[source]
	if !opened && !signs {
		return
	}
	d.mu.Lock()
	l := d.lane(source)
	again := l.told.IsZero() || l.at.Sub(l.told) >= tellAgain
	if again {
		l.told = l.at
	}
	d.mu.Unlock()
	if again {
		d.Log.Warn("a delivery was refused", "source", source, "why", why)
	}
}
