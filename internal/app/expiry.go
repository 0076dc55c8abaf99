package app

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/rotatif/newsroom/internal/wire"
)

// keeps is for how long unused copy is kept, by provider: the longest that one
// of its sources names. A provider with a source that names none is left out.
func (c Config) keeps() map[string]time.Duration {
	all, forever := map[string]time.Duration{}, map[string]bool{}
	for _, s := range c.Sources {
		all[s.Provider] = max(all[s.Provider], s.Keep.Span())
		forever[s.Provider] = forever[s.Provider] || s.Keep == 0
	}
	maps.DeleteFunc(all, func(provider string, _ time.Duration) bool { return forever[provider] })
	return all
}

// expire lets old copy go that nobody used, and says how much by provider.
func (a *App) expire(ctx context.Context) error {
	gone, err := wire.Expiry{Attic: a.stores.Newsroom, Keep: a.Config.keeps(), Now: a.now}.Sweep(ctx)
	for _, provider := range slices.Sorted(maps.Keys(gone)) {
		a.Log.Info("unused copy was let go", "provider", provider, "items", gone[provider].Items, "deliveries", gone[provider].Deliveries)
	}
	return err
}
