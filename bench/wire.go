package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/store/sqlite"
	"github.com/rotatif/newsroom/internal/wire"
)

const (
	drained = 6000    // dispatches that come at once
	listed  = 200_000 // items of the list
	looks   = 40      // at each list
	rush    = 20      // dispatches a second that come while it is looked at
)

// prose writes invented copy with words as often and as varied as in a language.
type prose struct {
	r     *rand.Rand
	words []string
	often *rand.Zipf
}

func newProse() *prose {
	r := rand.New(rand.NewPCG(4, 2))
	syllables := strings.Fields("ka le mi ta ner so yu pa zi der bal kı şe ul an to gö lü mek har ba rış sel do ğan tü çam er ci fı nar kul vo")
	p := &prose{r: r, often: rand.NewZipf(r, 1.07, 2, 29_999)}
	for len(p.words) < 30_000 {
		word := ""
		for range 2 + r.IntN(3) {
			word += syllables[r.IntN(len(syllables))]
		}
		p.words = append(p.words, word)
	}
	return p
}

func (p *prose) text(words int) string {
	var b strings.Builder
	for range words {
		b.WriteString(p.words[p.often.Uint64()] + " ")
	}
	return strings.TrimSpace(b.String())
}

// wireRoom measures how fast copy is read and settled, and how fast a long list
// is looked through.
func wireRoom(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "rotatif-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	news, err := sqlite.OpenNewsroom(ctx, filepath.Join(dir, "newsroom.db"))
	if err != nil {
		return err
	}
	defer func() { _ = news.Close() }()
	p := newProse()
	for _, each := range []int{1, 30} {
		if err := drain(ctx, news, p, each); err != nil {
			return err
		}
	}
	if err := fill(ctx, news, p); err != nil {
		return err
	}
	if err := lists(ctx, news, p, "", 0); err != nil {
		return err
	}
	return busyLists(ctx, news, p)
}

// busyLists looks at the list while copy comes in as fast as on a great day.
func busyLists(ctx context.Context, news wire.Store, p *prose) error {
	const each, looked = time.Second / rush, 25 * time.Millisecond
	files := make([][]byte, 60*rush)
	for i := range files {
		files[i] = message(p, 1, drained+i)
	}
	ctx, stop := context.WithCancel(ctx)
	came := make(chan error, 1)
	reception := &wire.Reception{Store: news, Now: time.Now, Beside: func(do func()) { go do() }, Nudge: func() {}, Sources: map[string]wire.Source{"ka": {Provider: "ka", Language: "tr"}}}
	settled := 0
	go func() {
		tick := time.NewTicker(each)
		defer tick.Stop()
		for i, raw := range files {
			select {
			case <-ctx.Done():
				came <- nil
				return
			case <-tick.C:
			}
			_, err := reception.Receive(context.WithoutCancel(ctx), wire.Receipt{Source: "ka", Channel: "push", Name: fmt.Sprint("busy ", i)}, raw)
			if err == nil {
				_, err = reception.Settle(context.WithoutCancel(ctx))
			}
			if err != nil {
				came <- err
				return
			}
			settled++
		}
		came <- nil
	}()
	begun := time.Now()
	err := lists(ctx, news, p, ", copy coming", looked)
	took := time.Since(begun)
	stop()
	if failed := <-came; failed != nil {
		return failed
	}
	fmt.Printf("came in meanwhile: %d dispatches in %s, %.0f/s\n", settled, took.Round(time.Millisecond), float64(settled)/took.Seconds())
	return err
}

// drain hands in dispatches, so many a delivery, and reads and settles them all.
func drain(ctx context.Context, news wire.Store, p *prose, each int) error {
	reception := &wire.Reception{Store: news, Now: time.Now, Beside: func(do func()) { go do() }, Sources: map[string]wire.Source{"ka": {Provider: "ka", Language: "tr"}}}
	files := make([][]byte, drained/each)
	for i := range files {
		files[i] = message(p, each, i)
	}
	wake, settled := make(chan struct{}, 1), make(chan error, 1)
	reception.Nudge = func() {
		select {
		case wake <- struct{}{}:
		default:
		}
	}
	begun := time.Now()
	go func() { // as the house does: what has come is settled while more comes
		for done := 0; done < len(files); {
			<-wake
			n, err := reception.Settle(ctx)
			if err != nil {
				settled <- err
				return
			}
			done += n
		}
		settled <- nil
	}()
	for i, raw := range files {
		if _, err := reception.Receive(ctx, wire.Receipt{Source: "ka", Channel: "push", Name: fmt.Sprint(i)}, raw); err != nil {
			return err
		}
	}
	kept := time.Since(begun)
	if err := <-settled; err != nil {
		return err
	}
	all := time.Since(begun)
	rate := func(d time.Duration) float64 { return float64(drained) / d.Seconds() }
	fmt.Printf("dispatches at once, %2d a delivery              n=%-4d all kept after %s, all settled after %s: %.0f/s\n",
		each, drained, kept.Round(time.Millisecond), all.Round(time.Millisecond), rate(all))
	return nil
}

// message is a delivery of so many dispatches.
func message(p *prose, each, no int) []byte {
	var b strings.Builder
	b.WriteString(`<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>`)
	for i := range each {
		fmt.Fprintf(&b, `<newsItem guid="urn:bench:drain:%d:%d:%d" version="1" xml:lang="tr"><itemMeta><itemClass qcode="ninat:text"/>`+
			`<versionCreated>2026-11-23T09:00:00Z</versionCreated><pubStatus qcode="stat:usable"/></itemMeta><contentMeta><urgency>4</urgency><headline>%s</headline><subject qcode="medtop:04000000"/></contentMeta>`+
			`<contentSet><inlineXML contenttype="application/xhtml+xml"><html><body><p>ANKARA (KA) - Edinilen bilgiye göre %s.</p><p>Vali Ayşe Demir, &quot;Haberi %s.&quot; dedi.</p><p>%s, denildiği haberde yer aldı.</p></body></html></inlineXML></contentSet></newsItem>`,
			each, no, i, fmt.Sprintf("sayi%d ", each*no+i)+p.text(8), p.text(40), p.text(60), p.text(60))
	}
	b.WriteString(`</itemSet></newsMessage>`)
	return []byte(b.String())
}

// fill makes the list long.
func fill(ctx context.Context, news wire.Store, p *prose) error {
	for i := 0; i < listed; {
		batch := []newsroom.Dispatch{}
		for range 500 {
			batch = append(batch, newsroom.Dispatch{
				Key: newsroom.ItemKey{Provider: []string{"ka", "lha", "dp"}[i%3], ID: fmt.Sprint(i)}, Kind: newsroom.KindText, Status: newsroom.Usable, Language: []string{"tr", "tr", "en"}[i%3],
				Headline: p.text(9), Urgency: 1 + i%8, Flash: i%400 == 0, Subjects: []newsroom.Subject{{Scheme: "medtop", Code: fmt.Sprintf("%02d000000", 1+i%17)}},
				Body: newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text(p.text(120))}},
			})
			i++
		}
		id, _, err := news.Keep(ctx, wire.Receipt{Source: "fill", Received: time.Now(), Hash: fmt.Sprint(i)}, []byte(fmt.Sprint(i)))
		if err == nil {
			err = news.Settle(ctx, newsroom.WireItem.Fold, wire.Settlement{ID: id, Verdict: wire.Verdict{Outcome: wire.Settled, At: time.Now()}, Dispatches: batch})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// lists looks at the list through every sort of filter, with a pause between looks.
func lists(ctx context.Context, news wire.Store, p *prose, when string, pause time.Duration) error {
	now := time.Now()
	all := []time.Duration{}
	for _, f := range []struct {
		name   string
		filter func() wire.Filter
	}{
		{"all", func() wire.Filter { return wire.Filter{} }},
		{"an agency", func() wire.Filter { return wire.Filter{Provider: "lha"} }},
		{"a section of three subjects", func() wire.Filter {
			return wire.Filter{Subjects: []string{"medtop:04000000", "medtop:05000000", "medtop:09000000"}}
		}},
		{"killed: none", func() wire.Filter { return wire.Filter{State: newsroom.ItemKilled} }},
		{"flashes, in English", func() wire.Filter { return wire.Filter{Flash: true, Language: "en"} }},
		{"a common word", func() wire.Filter { return wire.Filter{Text: p.words[p.r.IntN(20)]} }},
		{"a rare word", func() wire.Filter { return wire.Filter{Text: p.words[20_000+p.r.IntN(9000)]} }},
		{"two words and an agency", func() wire.Filter {
			return wire.Filter{Provider: "ka", Text: p.words[p.r.IntN(200)] + " " + p.words[p.r.IntN(2000)]}
		}},
		{"a phrase, and not a word", func() wire.Filter {
			return wire.Filter{Text: `"` + p.words[p.r.IntN(30)] + " " + p.words[p.r.IntN(30)] + `" -` + p.words[p.r.IntN(300)]}
		}},
	} {
		took := []time.Duration{}
		for range looks {
			time.Sleep(pause)
			asked := f.filter()
			asked.At, asked.Limit = now, 60
			begun := time.Now()
			if _, err := news.Items(ctx, asked); err != nil {
				return err
			}
			took = append(took, time.Since(begun))
		}
		all = append(all, took...)
		spread(fmt.Sprintf("the list of %d%s: %s", listed, when, f.name), took)
	}
	spread(fmt.Sprintf("the list of %d%s: every look", listed, when), all)
	return nil
}
