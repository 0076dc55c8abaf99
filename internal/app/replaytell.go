package app

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
	"github.com/rotatif/newsroom/internal/wire"
)

// summary is what a replay adds up to.
type summary struct {
	came     int
	outcomes map[string]int                                // deliveries, by the ending of wire.replay.*
	reasons  map[string]int                                // deliveries, by the keys of wire.reason.*
	states   map[newsroom.ItemID]newsroom.ItemState        // as they are now
	calls    map[newsroom.ItemID]map[newsroom.CallWhy]bool // every reason for which a person was called
}

func newSummary() summary {
	return summary{
		outcomes: map[string]int{}, reasons: map[string]int{},
		states: map[newsroom.ItemID]newsroom.ItemState{}, calls: map[newsroom.ItemID]map[newsroom.CallWhy]bool{},
	}
}

// opening says what will be replayed, as which source and into what.
func (h *replaying) opening(plan []planned) string {
	where := h.words.T("wire.replay.into", "dir", h.Dir)
	if h.Dry {
		where = h.words.T("wire.replay.dry")
	}
	src := h.house.Config.Sources[0]
	lasts := plan[len(plan)-1].at.Round(time.Millisecond).String()
	return h.words.N("wire.replay.opening", len(plan), "agency", src.Agency, "source", src.Name, "profile", cmp.Or(src.Profile, "–")) + "\n" +
		h.words.T("wire.replay.settings", "zone", src.Zone, "charset", src.Charset, "embargo", src.Embargo, "lasts", lasts) + "\n" + where + "\n\n"
}

// outcome is how a delivery ended: the ending of its word in the catalogue.
func outcome(v wire.Verdict, repeated bool) string {
	switch {
	case repeated:
		return "repeated"
	case v.Outcome == wire.Quarantined:
		return "quarantined"
	case v.Reason == "wire.reason.partial":
		return "partial"
	default:
		return "kept"
	}
}

// delivery tells what became of a delivery and of the items that it touched.
func (h *replaying) delivery(nth int, p planned, v wire.Verdict, repeated bool, touched []touch) string {
	how := outcome(v, repeated)
	h.sum.came++
	h.sum.outcomes[how]++
	var b strings.Builder
	b.WriteString(h.head(nth, p, how, v.Format))
	if v.Reason != "" && !repeated {
		h.sum.reasons[v.Reason]++
		b.WriteString("        " + h.sentence(v) + "\n")
	}
	for _, t := range touched {
		b.WriteString(h.touch(t))
	}
	if len(touched) == 0 && v.Items > 0 && !repeated {
		b.WriteString("        " + h.words.T("wire.replay.known") + "\n")
	}
	return b.String()
}

// missing tells of a file that could not be read.
func (h *replaying) missing(nth int, p planned, err error) string {
	h.sum.came++
	h.sum.outcomes["missing"]++
	return h.head(nth, p, "missing", "") + "        " + plainLine(unread(h.words, err)) + "\n"
}

func (h *replaying) head(nth int, p planned, how, format string) string {
	at := ""
	if p.at > 0 || h.Original {
		at = fmt.Sprintf("%+10s  ", "+"+p.at.Round(time.Millisecond).String())
	}
	if format != "" {
		format = h.styled("\x1b[2m", "  "+format)
	}
	return fmt.Sprintf("%5d  %s%s  %s%s\n", nth, at, h.styled("\x1b[1m", pad(h.words.T("wire.replay."+how), 12)), plainLine(p.file), format)
}

func (h *replaying) sentence(v wire.Verdict) string {
	if v.Detail == "" {
		return h.words.T(v.Reason)
	}
	return h.words.T(v.Reason) + " (" + plainLine(v.Detail) + ")"
}

// touch is an item's line: how it stands now, and what made it so.
func (h *replaying) touch(t touch) string {
	state := t.item.State(h.house.now())
	h.sum.states[t.item.ID] = state
	line := fmt.Sprintf("        %s  %s  %s", pad(h.words.T("wire.state."+string(state)), 12), plainLine(t.item.Key.ID), plainLine(t.item.Text.Headline))
	if !slices.Contains(t.facts, newsroom.ItemArrived) && t.item.Revisions > 1 {
		line += h.styled("\x1b[2m", "  "+h.words.N("wire.replay.revisions", t.item.Revisions))
	}
	if t.item.Call.Open() {
		if h.sum.calls[t.item.ID] == nil {
			h.sum.calls[t.item.ID] = map[newsroom.CallWhy]bool{}
		}
		h.sum.calls[t.item.ID][t.item.Call.Why] = true
		line += "\n" + strings.Repeat(" ", 22) + h.words.T("desk.call."+string(t.item.Call.Why))
		if t.item.Call.Reason != "" {
			line += ": " + letters.Cut(plainLine(t.item.Call.Reason), 120)
		}
	}
	return line + "\n"
}

// closing sums the replay up.
func (h *replaying) closing(planned int) string {
	var b strings.Builder
	b.WriteString("\n")
	if h.sum.came < planned {
		b.WriteString(h.words.T("wire.replay.stopped", "came", h.sum.came, "planned", planned) + "\n")
	}
	counts := []string{h.words.N("wire.replay.deliveries", h.sum.came)}
	for _, how := range []string{"kept", "partial", "repeated", "quarantined", "missing"} {
		if n := h.sum.outcomes[how]; n > 0 {
			counts = append(counts, fmt.Sprintf("%s %d", h.words.T("wire.replay."+how), n))
		}
	}
	b.WriteString(strings.Join(counts, " · ") + "\n")
	for _, reason := range byCount(h.sum.reasons) {
		fmt.Fprintf(&b, "    %5d  %s\n", h.sum.reasons[reason], h.words.T(reason))
	}
	b.WriteString(h.items())
	if !h.Dry {
		b.WriteString("\n" + h.words.T("wire.replay.look", "dir", h.Dir) + "\n")
	}
	return b.String()
}

// items sums up how the items stand, and what called a person.
func (h *replaying) items() string {
	states, calls := map[string]int{}, map[string]int{}
	for _, s := range h.sum.states {
		states["wire.state."+string(s)]++
	}
	for _, whys := range h.sum.calls {
		for why := range whys {
			calls["desk.call."+string(why)]++
		}
	}
	counts := []string{h.words.N("wire.replay.items", len(h.sum.states))}
	for _, key := range byCount(states) {
		counts = append(counts, fmt.Sprintf("%s %d", h.words.T(key), states[key]))
	}
	text := strings.Join(counts, " · ") + "\n"
	for _, key := range byCount(calls) {
		text += fmt.Sprintf("    %5d  %s\n", calls[key], h.words.T(key))
	}
	return text
}

// byCount gives the names with the highest count first.
func byCount(counts map[string]int) []string {
	return slices.SortedFunc(maps.Keys(counts), func(a, b string) int {
		return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b))
	})
}

// pad fills a word up to a width, in characters.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-len([]rune(s))))
}

func (h *replaying) styled(style, s string) string {
	if !h.Colour {
		return s
	}
	return style + s + "\x1b[0m"
}
