// Package edition is what the public may see, and the press that prints it.
//
// The press follows the journal and is the only writer. It prints a run of
// facts as one sheet: the stories, tombstones and front that the run comes to,
// together with the press's place in the journal, in one transaction. So a
// crash leaves the edition before or the edition after, and every fact is
// printed exactly once. The types here have no field for a draft, a slugline,
// a note or an embargo.
//
// Knows: articles, cards, fronts, tombstones. Never imports: the desk, the wire, the staff, a machine.
package edition

import (
	"context"
	"fmt"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/journal"
)

// Press prints the edition from the journal.
type Press struct {
	Journal journal.Store
	Plate   Plate
	Now     func() time.Time
}

// run is how many facts go on one sheet.
const run = 200

// CatchUp prints all facts there are. It returns the present place and the
// number of the newest edition it printed, 0 when there was nothing to print.
func (p Press) CatchUp(ctx context.Context) (newsroom.Seq, Number, error) {
	place, err := p.Plate.Place(ctx)
	if err != nil {
		return 0, 0, fmt.Errorf("press: own place: %w", err)
	}
	var printed Number
	for {
		facts, err := p.Journal.Facts(ctx, place, run)
		if err != nil {
			return place, printed, fmt.Errorf("press: facts after %d: %w", place, err)
		}
		if len(facts) == 0 {
			return place, printed, nil
		}
		sheet := Compose(facts, newsroom.Micro(p.Now()))
		number, err := p.Plate.Print(ctx, sheet)
		if err != nil {
			return place, printed, fmt.Errorf("press: printing up to %d: %w", sheet.Upto, err)
		}
		place = sheet.Upto
		if !sheet.Blank() {
			printed = number
		}
	}
}
