package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/rotatif/newsroom/internal/wire"
)

const selectHours = `SELECT source, received / 3600000000, COUNT(*), SUM(items), SUM(CASE WHEN outcome = 'quarantined' THEN 1 ELSE 0 END),
	MAX(received), MIN(CASE WHEN outcome = '' THEN received END)
	FROM receipts WHERE received >= ? GROUP BY source, received / 3600000000 ORDER BY received / 3600000000, source`

// hourMicros is an hour in microseconds.
const hourMicros = int64(time.Hour / time.Microsecond)

// Hours implements wire.Board.
func (n *Newsroom) Hours(ctx context.Context, since time.Time) ([]wire.Hour, error) {
	rows, err := n.query(ctx, selectHours, micros(since))
	return scan(rows, err, func(rows *sql.Rows) (wire.Hour, error) {
		var h wire.Hour
		var hour, last int64
		var waiting sql.NullInt64
		err := rows.Scan(&h.Source, &hour, &h.Deliveries, &h.Items, &h.Quarantined, &last, &waiting)
		h.At, h.Last, h.Waiting = fromMicros(hour*hourMicros), fromMicros(last), fromMicros(waiting.Int64)
		return h, err
	})
}
