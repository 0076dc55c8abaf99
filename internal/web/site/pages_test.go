package site_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/edition"
)

func TestStoryReadsInOrder(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	a := article(7, "ekonomi", "Köprü iki yıl sonra açıldı", h.now.Add(-2*time.Hour))
	a.Byline, a.Dateline, a.Changed = "Ece Doğruer", "BOLU", h.now.Add(-time.Hour)
	a.Credit = newsroom.Credit{Agency: "KA", Cited: []string{"Göl Gazetesi"}}
	a.Notes = []newsroom.Correction{{Text: "Uzunluk 40 metre olarak düzeltildi.", At: a.Changed}}
	a.Body = newsroom.Body{
		{Kind: newsroom.Paragraph, Text: newsroom.Text("Birinci paragraf.")},
		{Kind: newsroom.Subhead, Text: newsroom.Text("NE OLMUŞTU?")},
		{Kind: newsroom.Paragraph, Text: []newsroom.Span{{Text: "Kalın", Strong: true}, {Text: " ve "}, {Text: "bağlantı", Href: "https://a.example/"}}},
		{Kind: newsroom.Quote, Text: newsroom.Text("Geçtik."), By: "Hamit Usta"},
		{Kind: newsroom.List, Items: [][]newsroom.Span{newsroom.Text("bir"), newsroom.Text("iki")}},
		{Kind: newsroom.Table, Head: true, Rows: [][][]newsroom.Span{{newsroom.Text("Yıl"), newsroom.Text("Boy")}, {newsroom.Text("2026"), newsroom.Text("40 m")}}},
		{Kind: newsroom.Background, Text: newsroom.Text("Arka plan"), Blocks: []newsroom.Block{{Kind: newsroom.Paragraph, Text: newsroom.Text("Kutudaki söz.")}}},
	}
	h.publish(a)
	h.reads.set(time.Hour, 7)
	doc := h.page("/ekonomi/kopru-iki-yil-sonra-acildi-7", 200)
	text := strings.Join(strings.Fields(doc.Find("main").Text()), " ")
	at := 0
	for _, part := range []string{
		"Ekonomi", "Köprü iki yıl sonra açıldı", "Kısa bir açıklama", "Yayınlanma: 23.11.2026 10:00", "Güncelleme: 23.11.2026 11:00", "Ece Doğruer",
		"Uzunluk 40 metre", "BOLU", "Birinci paragraf.", "NE OLMUŞTU?", "Kalın ve bağlantı", "Geçtik.", "Hamit Usta", "bir", "iki", "2026", "40 m", "Arka plan", "Kutudaki söz.",
		"Haber Kaynağı: KA (Göl Gazetesi)", "Çok Okunanlar",
	} {
		i := strings.Index(text[at:], part)
		if i < 0 {
			t.Fatalf("%q is not where it belongs in %q", part, text)
		}
		at += i
	}
	want(t, doc, "h1", "Köprü iki yıl sonra açıldı")
	if first, _ := doc.Find(".dates time").First().Attr("datetime"); first != "2026-11-23T10:00:00+03:00" {
		t.Errorf("machine time %q", first)
	}
}

func TestNoUpdateNoSecondDate(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	h.publish(article(1, "spor", "Maç", h.now))
	if have := texts(h.page("/spor/mac-1", 200), ".changed"); len(have) != 0 {
		t.Errorf("a story that was never updated shows %q", have)
	}
}

// JSON-LD and the head say what the page says, whatever is in the text.
func TestStoryForMachines(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	hostile := `"</script><script>alert(1)</script> & <em>Başlık</em>`
	h.publish(article(1, "spor", hostile, h.now))
	w := h.get("/spor/x-1")
	doc := h.page(strings.TrimPrefix(w.Header().Get("Location"), "http://gazete.test"), 200)
	var ld struct {
		Type          string `json:"@type"`
		Headline      string `json:"headline"`
		DatePublished string `json:"datePublished"`
	}
	if err := json.Unmarshal([]byte(doc.Find(`script[type="application/ld+json"]`).Text()), &ld); err != nil {
		t.Fatal(err)
	}
	if ld.Type != "NewsArticle" || ld.Headline != hostile || ld.DatePublished == "" {
		t.Errorf("%+v", ld)
	}
	if n := doc.Find("script:not([src]):not([type='application/ld+json'])").Length() + doc.Find("em").Length(); n != 0 {
		t.Errorf("%d elements came out of the headline", n)
	}
	if have, _ := doc.Find(`meta[property="og:title"]`).Attr("content"); have != hostile {
		t.Errorf("og:title %q", have)
	}
	want(t, doc, "h1", hostile)
}

func TestOneAddressAStory(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	h.publish(article(12, "spor", "Işık hızında çözüm", h.now))
	const right = "/spor/isik-hizinda-cozum-12"
	h.page(right, 200)
	for _, path := range []string{"/spor/yanlis-12", "/ekonomi/isik-hizinda-cozum-12", "/yok/x-12"} {
		w := h.get(path)
		if w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != "http://gazete.test"+right && w.Header().Get("Location") != right {
			t.Errorf("%s answers %d to %q", path, w.Code, w.Header().Get("Location"))
		}
	}
	for _, path := range []string{"/spor/isik-hizinda-cozum-012", "/spor/isik-hizinda-cozum-+12", "/spor/isik-99", "/spor/isik", "/spor/-", "/yok", "/SPOR", "/spor/", "/spor/isik-99999999999999999999"} {
		if w := h.get(path); w.Code != http.StatusNotFound || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s answers %d, %q", path, w.Code, w.Header().Get("Cache-Control"))
		}
	}
}

func TestKilledIsGoneAtTheNextRequest(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	h.publish(many(12, h.now)...)
	h.reads.set(time.Hour, 12, 11, 10)
	all := []string{"/", "/gundem", "/rss", "/rss/gundem", "/sitemap-202611.xml", "/news-sitemap.xml"}
	story := ""
	h.page("/", 200).Find("a").Each(func(_ int, s *goquery.Selection) {
		if href, _ := s.Attr("href"); strings.HasSuffix(href, "-12") {
			story = href
		}
	})
	for _, path := range append(all, story) {
		if w := h.get(path); w.Code != 200 || !strings.Contains(w.Body.String(), "haber-12") {
			t.Fatalf("%s answers %d without the story", path, w.Code)
		}
	}
	h.kill(12)
	for _, path := range all {
		if w := h.get(path); w.Code != 200 || strings.Contains(w.Body.String(), "haber-12") || strings.Contains(w.Body.String(), "Haber 12") {
			t.Errorf("%s answers %d and still has it", path, w.Code)
		}
	}
	if w := h.get(story); w.Code != http.StatusGone || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("its page answers %d, %q", w.Code, w.Header().Get("Cache-Control"))
	}
}

func TestFrontWithAnyNumberOfStories(t *testing.T) {
	t.Parallel()
	for _, n := range []int{0, 1, 2, 3, 12, 300} {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			t.Parallel()
			h := open(t, "tr")
			if n > 0 {
				h.publish(many(n, h.now)...)
			}
			doc := h.page("/", 200)
			if have := doc.Find(".slot").Length(); have != min(n, 9) {
				t.Errorf("%d slots for %d stories", have, n)
			}
			seen := map[string]int{}
			for _, headline := range texts(doc, ".slot .headline, .blocks .headline") {
				seen[headline]++
			}
			for headline, times := range seen {
				if times > 1 && headline != "" {
					t.Errorf("%q stands on the front %d times", headline, times)
				}
			}
			if n == 0 && doc.Find(".notice").Length() != 1 {
				t.Error("an empty front does not say so")
			}
		})
	}
}

func TestTheChiefEditorsOrder(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	h.publish(many(20, h.now)...)
	h.print(edition.Sheet{Front: &newsroom.Front{Version: 1, Slots: []newsroom.Slot{{Story: 3, Headline: "Manşete özel başlık"}, {Story: 999}, {Story: 5}}}})
	have := texts(h.page("/", 200), ".slot .headline")
	if len(have) < 3 || have[0] != "Manşete özel başlık" || have[1] != "Haber 5" || have[2] != "Haber 20" {
		t.Errorf("slots %q", have)
	}
}

func TestMostReadIsHonest(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	h.publish(many(14, h.now)...)
	newest := h.page("/", 200)
	if n := newest.Find(".most").Length(); n != 0 {
		t.Errorf("nothing was read, and there are %d most-read boxes", n)
	}
	h.reads.set(time.Hour, 4, 99, 2, 8)
	want(t, h.page("/", 200), ".most li a", "Haber 4", "Haber 2", "Haber 8")
	ids := []newsroom.StoryID{}
	for id := newsroom.StoryID(14); id > 0; id-- {
		ids = append(ids, id)
	}
	h.reads.set(time.Hour, ids...)
	if n := h.page("/", 200).Find(".most li").Length(); n != 10 {
		t.Errorf("%d headlines in most read", n)
	}
}

func TestFeeds(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	a := article(3, "spor", "Gol & <em>ofsayt</em> ]]>", h.now)
	a.Body = newsroom.Body{{Kind: newsroom.Paragraph, Text: newsroom.Text("<script>alert(1)</script> ]]> son")}}
	h.publish(a, article(2, "gundem", "Öbür", h.now.Add(-time.Minute)))
	var feed struct {
		Items []struct {
			Title string `xml:"title"`
			Link  string `xml:"link"`
			GUID  string `xml:"guid"`
			Body  string `xml:"http://purl.org/rss/1.0/modules/content/ encoded"`
		} `xml:"channel>item"`
	}
	w := h.get("/rss")
	if err := xml.Unmarshal(w.Body.Bytes(), &feed); err != nil {
		t.Fatalf("%v in %s", err, w.Body)
	}
	if len(feed.Items) != 2 || feed.Items[0].Title != "Gol & <em>ofsayt</em> ]]>" || !strings.HasPrefix(feed.Items[0].Link, "http://gazete.test/spor/") ||
		strings.Contains(feed.Items[0].Body, "<script") {
		t.Errorf("%+v", feed.Items)
	}
	if w := h.get("/rss/spor"); strings.Count(w.Body.String(), "<item>") != 1 {
		t.Errorf("the section's feed: %s", w.Body)
	}
	if w := h.get("/rss/yok"); w.Code != http.StatusNotFound {
		t.Errorf("the feed of no section answers %d", w.Code)
	}
}

func TestSitemaps(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	h.publish(article(1, "spor", "Eski", h.now.Add(-72*time.Hour)), article(2, "spor", "Yeni", h.now))
	for path, holds := range map[string][]string{
		"/sitemap.xml": {"sitemap-202611.xml"}, "/sitemap-202611.xml": {"eski-1", "yeni-2"}, "/news-sitemap.xml": {"yeni-2"}, "/robots.txt": {"http://gazete.test/sitemap.xml"},
	} {
		body := h.get(path).Body.String()
		for _, part := range holds {
			if !strings.Contains(body, part) {
				t.Errorf("%s lacks %s: %s", path, part, body)
			}
		}
	}
	if strings.Contains(h.get("/news-sitemap.xml").Body.String(), "eski-1") {
		t.Error("the news sitemap has a story of three days ago")
	}
}

func TestSectionPages(t *testing.T) {
	t.Parallel()
	h := open(t, "tr")
	list := []newsroom.Article{}
	for i := range 70 {
		list = append(list, article(newsroom.StoryID(70-i), "spor", fmt.Sprintf("Maç %d", 70-i), h.now.Add(-time.Duration(i)*time.Minute)))
	}
	h.publish(list...)
	seen := map[string]bool{}
	for path := "/spor"; path != ""; {
		doc := h.page(path, 200)
		for _, headline := range texts(doc, ".stream .headline") {
			if seen[headline] {
				t.Fatalf("%q on two pages", headline)
			}
			seen[headline] = true
		}
		path, _ = doc.Find(".older a").Attr("href")
	}
	if len(seen) != 70 {
		t.Errorf("%d of 70 stories on the section's pages", len(seen))
	}
	if doc := h.page("/ekonomi", 200); doc.Find(".notice").Length() != 1 {
		t.Error("an empty section does not say so")
	}
}

func TestImprintIsOneClickAway(t *testing.T) {
	t.Parallel()
	h := open(t, "en")
	h.publish(article(1, "spor", "Maç", h.now))
	for _, path := range []string{"/", "/spor", "/spor/mac-1"} {
		if n := h.page(path, 200).Find(`a[href="/iletisim"]`).Length(); n < 2 {
			t.Errorf("%s links to the imprint %d times", path, n)
		}
	}
	text := h.page("/iletisim", 200).Find("main").Text()
	if !strings.Contains(text, "Körfez Yayıncılık A.Ş.") || !strings.Contains(text, "Kuzey Barındırma") {
		t.Errorf("the imprint says %q", text)
	}
}
