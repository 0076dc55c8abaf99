package app

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/rotatif/newsroom/internal/store"
)

// Verify checks the stores against their promises, prints every breach as a
// line, and gives their number. looked is told of every row that was checked.
// It may run beside a working newsroom.
func Verify(ctx context.Context, c Config, w io.Writer, looked func()) (int, error) {
	if err := Standing(c); err != nil {
		return 0, err
	}
	stores, err := OpenStores(ctx, c)
	if err != nil {
		return 0, err
	}
	stores.Newsroom.Looked, stores.Edition.Looked = looked, looked
	found := 0
	report := func(f store.Finding) {
		found++
		_, _ = fmt.Fprintf(w, "%s: %s: %s\n", f.Check, f.Subject, f.Detail) // the count is what is returned
	}
	err = stores.Newsroom.Verify(ctx, report)
	err = errors.Join(err, store.VerifyEdition(ctx, stores.Newsroom, &stores.Edition.EditionReader, report))
	return found, errors.Join(err, stores.Close())
}
