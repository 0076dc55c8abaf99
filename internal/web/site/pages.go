package site

import (
	"context"
	"fmt"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/rotatif/newsroom/internal/edition"
)

// stamp says of which moment a page is.
type stamp struct {
	number  edition.Number
	version uint64 // of the most-read list
	hour    int64
}

// pages are the rendered pages in memory, bounded in bytes.
type pages struct {
	cache *otter.Cache[string, *page]
}

func newPages(memory int64) (*pages, error) {
	cache, err := otter.New(&otter.Options[string, *page]{
		MaximumWeight: uint64(memory),
		Weigher:       func(key string, p *page) uint32 { return uint32(len(key)) + p.weight },
	})
	if err != nil {
		return nil, fmt.Errorf("site: page memory: %w", err)
	}
	return &pages{cache: cache}, nil
}

// fresh gives the page of a key when it is of the present moment.
func (c *pages) fresh(key string, now stamp) *page {
	if p, ok := c.cache.GetIfPresent(key); ok && p.of(now) {
		return p
	}
	return nil
}

// of says whether the page still shows what is: a page is of its edition or a
// later one, because what it was read from may have been ahead of the stamp.
func (p *page) of(now stamp) bool {
	return p.stamp.number >= now.number &&
		(!p.ranked || p.stamp.version == now.version) &&
		(!p.hourly || p.stamp.hour == now.hour)
}

// drop removes a stale page, unless somebody has replaced it already.
func (c *pages) drop(key string, stale *page) {
	c.cache.Compute(key, func(old *page, found bool) (*page, otter.ComputeOp) {
		if found && old == stale {
			return nil, otter.InvalidateOp
		}
		return old, otter.CancelOp
	})
}

// renderTime bounds the making of a page; it does not end with the request
// that began it, because others may be waiting for the same page.
const renderTime = 10 * time.Second

// tries bounds how often a page is made again because the edition moved on
// while it was being made.
const tries = 4

// fetch gives the fresh page of a key, making it at most once however many
// wait for it. A page that was begun before the present edition is not given
// to one who came after it.
func (s *Site) fetch(ctx context.Context, key string, q ask, how maker) (*page, error) {
	now := s.stamp()
	for range tries {
		if p, ok := s.pages.cache.GetIfPresent(key); ok {
			if p.of(now) {
				return p, nil
			}
			s.pages.drop(key, p)
		}
		p, err := s.pages.cache.Get(ctx, key, otter.LoaderFunc[string, *page](func(ctx context.Context, _ string) (*page, error) {
			return s.print(ctx, q, how)
		}))
		if err != nil || p.of(now) {
			return p, err
		}
	}
	return s.print(ctx, q, how)
}

// print makes a page of one single edition and compresses it.
func (s *Site) print(ctx context.Context, q ask, how maker) (*page, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), renderTime)
	defer cancel()
	var made reply
	var was stamp
	for range tries {
		was = s.stamp()
		number, err := s.Store.Number(ctx)
		if err != nil {
			return nil, fmt.Errorf("site: edition number: %w", err)
		}
		was.number = number
		q.now = time.Unix(was.hour*3600, 0).UTC()
		if made, err = how(ctx, q); err != nil {
			return nil, err
		}
		after, err := s.Store.Number(ctx)
		if err != nil {
			return nil, fmt.Errorf("site: edition number: %w", err)
		}
		if after == number {
			break
		}
	}
	return s.bind(made, was)
}
