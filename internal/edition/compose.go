package edition

import (
	"time"

	"github.com/rotatif/newsroom"
)

// Compose is the sheet that a run of facts comes to: of each story only its
// last word counts. It is a pure function; applied to the whole journal it
// gives the whole edition, which is how the edition is verified.
func Compose(facts []newsroom.Fact, at time.Time) Sheet {
	sheet := Sheet{At: at}
	articles := map[newsroom.StoryID]*newsroom.Article{}
	gone := map[newsroom.StoryID]time.Time{}
	order := []newsroom.StoryID{}
	for _, fact := range facts {
		sheet.Upto = fact.Seq
		if !fact.Prints() {
			continue
		}
		switch fact.Kind {
		case newsroom.StoryPublished, newsroom.StoryUpdated, newsroom.StoryCorrected:
			order = append(order, fact.Story)
			articles[fact.Story] = fact.Article
			delete(gone, fact.Story)
		case newsroom.StoryUnpublished, newsroom.StoryKilled:
			order = append(order, fact.Story)
			gone[fact.Story] = fact.At
			delete(articles, fact.Story)
		case newsroom.FrontSet:
			sheet.Front = fact.Front
		}
	}
	return sheet.fill(order, articles, gone)
}

func (s Sheet) fill(order []newsroom.StoryID, articles map[newsroom.StoryID]*newsroom.Article, gone map[newsroom.StoryID]time.Time) Sheet {
	seen := map[newsroom.StoryID]bool{}
	for _, id := range order {
		if seen[id] {
			continue
		}
		seen[id] = true
		if a := articles[id]; a != nil {
			s.Articles = append(s.Articles, *a)
		} else if when, ok := gone[id]; ok {
			s.Gone = append(s.Gone, Tombstone{ID: id, At: when})
		}
	}
	return s
}
