package wire_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/wire"
	"github.com/rotatif/newsroom/internal/wire/wiretest"
)

// nitfDoc is a document sent at the hour, with what its docdata says beside.
func nitfDoc(id string, hour int, docdata, text string) string {
	return fmt.Sprintf(`<nitf><head><docdata %s><doc-id id-string=%q/><date.issue norm="20261123T%02d0000+0300"/></docdata></head>`+
		`<body><body.head><hedline><hl1>%s</hl1></hedline></body.head><body.content><p>%s metni.</p></body.content></body></nitf>`, docdata, id, hour, text, text)
}

// newsMLItem is a revision of an item; one with update A has no text.
func newsMLItem(id string, revision int, update, status, text string) string {
	content := ""
	if text != "" {
		content = `<NewsComponent><NewsLines><HeadLine>` + text + `</HeadLine></NewsLines><ContentItem><MediaType FormalName="Text"/><DataContent><p>` + text + ` metni.</p></DataContent></ContentItem></NewsComponent>`
	}
	return fmt.Sprintf(`<NewsML><NewsItem><Identification><NewsIdentifier><ProviderId>k</ProviderId><DateId>20261123</DateId><NewsItemId>%s</NewsItemId><RevisionId Update=%q>%d</RevisionId>`+
		`<PublicIdentifier>urn:newsml:k:20261123:%s:%d%s</PublicIdentifier></NewsIdentifier></Identification><NewsManagement><ThisRevisionCreated>20261123T%02d0000Z</ThisRevisionCreated>%s</NewsManagement>%s</NewsItem></NewsML>`,
		id, update, revision, id, revision, strings.Trim(update, "N"), revision, status, content)
}

func said(w newsroom.WireItem) string { return strings.Join(w.Text.Body.Lines(), " ") }

// A document that says of another one that it is dead kills it, in whatever
// order they come; it lives itself, and the dead keeps its text.
func TestDocumentKillsAnother(t *testing.T) {
	t.Parallel()
	victim := nitfDoc("a", 9, `management-status="usable"`, "Eski")
	killer := nitfDoc("b", 10, `management-status="usable" management-doc-idref="a" management-idref-status="canceled"`, "Yeni")
	for name, order := range map[string][]string{"in order": {victim, killer}, "kill first": {killer, victim}, "twice": {victim, killer, victim, killer}} {
		b := open(t)
		for _, raw := range order {
			b.send("kuzey", raw)
			b.settle()
		}
		if w := b.item("kuzey", "a"); !w.Killed || w.State(wiretest.Received()) != newsroom.ItemKilled {
			t.Errorf("%s: the victim lives: %+v", name, w)
		}
		if w := b.item("kuzey", "b"); w.State(wiretest.Received()) != newsroom.ItemUsable || said(w) != "Yeni metni." {
			t.Errorf("%s: the document that kills is %s", name, w.State(wiretest.Received()))
		}
	}
}

// A held document is free again when another one says so. Neither takes the text.
func TestDocumentHoldsAndFreesAnother(t *testing.T) {
	t.Parallel()
	b := open(t)
	for _, c := range []struct {
		raw   string
		state newsroom.ItemState
	}{
		{nitfDoc("a", 9, ``, "Eski"), newsroom.ItemUsable},
		{nitfDoc("b", 10, `management-doc-idref="a" management-idref-status="withheld"`, "Bekletme"), newsroom.ItemWithheld},
		{nitfDoc("c", 11, `management-doc-idref="a" management-idref-status="usable"`, "Serbest"), newsroom.ItemUsable},
	} {
		b.send("kuzey", c.raw)
		b.settle()
		w := b.item("kuzey", "a")
		if state := w.State(wiretest.Received()); state != c.state || said(w) != "Eski metni." || w.Text.Headline != "Eski" {
			t.Errorf("%s, wanted %s; it says %q", state, c.state, said(w))
		}
	}
}

// What one agency says of an id is nothing to another agency's copy; but a
// person is called.
func TestNobodyKillsAnothersDocument(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.send("kuzey", nitfDoc("a", 9, ``, "Eski"))
	b.send("guney", nitfDoc("b", 10, `management-doc-idref="a" management-idref-status="canceled"`, "Yeni"))
	b.settle()
	if w := b.item("kuzey", "a"); w.Killed {
		t.Error("killed by another agency")
	}
	if w := b.item("guney", "a"); !w.Killed || !w.Call.Open() || w.Call.Why != newsroom.CallKill {
		t.Errorf("nobody is called to it: %+v", w.Call)
	}
}

// A revision of NewsML that has only a status changes only that.
func TestStatusAlone(t *testing.T) {
	t.Parallel()
	status := func(word string) string { return `<Status FormalName="` + word + `"/>` }
	b := open(t)
	for _, c := range []struct {
		raw   string
		state newsroom.ItemState
	}{
		{newsMLItem("x-1", 1, "N", status("Usable"), "Haber"), newsroom.ItemUsable},
		{newsMLItem("x-1", 2, "A", status("Withheld"), ""), newsroom.ItemWithheld},
		{newsMLItem("x-1", 3, "A", status("Usable"), ""), newsroom.ItemUsable},
		{newsMLItem("x-1", 4, "A", status("Embargoed")+`<StatusWillChange><FutureStatus FormalName="Usable"/><DateAndTime>20261130T100000Z</DateAndTime></StatusWillChange>`, ""), newsroom.ItemEmbargoed},
		{newsMLItem("x-1", 5, "A", status("Canceled"), ""), newsroom.ItemKilled},
		{newsMLItem("x-1", 6, "N", status("Usable"), "Haber yeniden"), newsroom.ItemKilled},
	} {
		b.send("kuzey", c.raw)
		b.settle()
		w := b.item("kuzey", "urn:newsml:k:20261123:x-1")
		if state := w.State(wiretest.Received()); state != c.state {
			t.Errorf("%s, wanted %s", state, c.state)
		}
		if c.state != newsroom.ItemKilled && said(w) != "Haber metni." {
			t.Errorf("the text is gone: %q", said(w))
		}
	}
}

// Instructions to patch a text wait for a person; the text before them stands.
func TestInstructionsAreNotApplied(t *testing.T) {
	t.Parallel()
	b := open(t)
	b.send("kuzey", newsMLItem("x-1", 1, "N", `<Status FormalName="Usable"/>`, "Haber"))
	patch := b.send("kuzey", newsMLItem("x-1", 2, "U", `<Status FormalName="Usable"/>`, "Yama"))
	kill := b.send("kuzey", newsMLItem("x-2", 2, "U", `<Status FormalName="Canceled"/>`, "Yama"))
	b.settle()
	for _, id := range []wire.ReceiptID{patch, kill} {
		if v := b.verdict(id); v.Outcome != wire.Quarantined || v.Reason != "wire.reason.instructions" {
			t.Errorf("%+v", v)
		}
	}
	if w := b.item("kuzey", "urn:newsml:k:20261123:x-1"); said(w) != "Haber metni." {
		t.Errorf("patched: %q", said(w))
	}
	if w := b.item("kuzey", "urn:newsml:k:20261123:x-2"); !w.Killed {
		t.Error("a kill among instructions was lost")
	}
}

// A line that sends in the code page of DOS is set to it, and its telegrams
// and documents have their letters, a kill among them its headline.
func TestTheCodePageOfDOS(t *testing.T) {
	t.Parallel()
	dos := strings.NewReplacer("ü", "\x81", "ç", "\x87", "ı", "\x8d", "ö", "\x94", "İ", "\x98", "Ö", "\x99", "Ş", "\x9e", "ş", "\x9f", "ğ", "\xa7")
	telegram := "\x01KZY0042 3 EKO 085  kzy 0001\r\n\r\nEkonomi/liman/\r\n\x02Çöl ışığı söndü =\r\n\r\nKaratas (KA) - Işığın söndüğü Şile'de\r\ngöğe bakıldı.\r\n050900 Mar 26\x03\r\n\x04"
	b := open(t)
	b.Sources["eski"] = wire.Source{Name: "Eski Hat", Provider: "eski", Language: "tr", Charset: "cp857"}
	b.send("eski", strings.ReplaceAll(dos.Replace(telegram), "Ç", "\x80"))
	b.send("eski", dos.Replace(nitfDoc("a", 9, `management-status="usable"`, "Gölün ağı")))
	b.settle()
	if w := b.item("eski", "kzy0042-20260305"); w.Text.Headline != "Çöl ışığı söndü" || said(w) != "Işığın söndüğü Şile'de göğe bakıldı." {
		t.Errorf("%+v", w.Text)
	}
	if w := b.item("eski", "a"); w.Text.Headline != "Gölün ağı" || said(w) != "Gölün ağı metni." {
		t.Errorf("%+v", w.Text)
	}
}
