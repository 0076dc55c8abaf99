package app

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rotatif/newsroom/internal/wire"
)

// page is what a person reads of a file. Nothing of the file steers the console.
func (e Explainer) page(x explained, reading wire.Reading) (string, error) {
	var b strings.Builder
	b.WriteString(e.bold(plainLine(x.File)) + "\n")
	if x.Format != nil {
		e.line(&b, "format", *x.Format, "")
	}
	if reading.Encoding != "" {
		e.line(&b, "encoding", reading.Encoding, "")
	}
	if x.Error != nil {
		e.line(&b, "error", *x.Error, "")
	}
	for i, item := range x.Items {
		fmt.Fprintf(&b, "\n  %s %d/%d\n", e.bold(e.words.T("wire.field.item")), i+1, len(x.Items))
		e.item(&b, item, reading.Format)
	}
	b.WriteString("\n")
	return b.String(), nil
}

// item tells every field that the file has, and where such files have it.
func (e Explainer) item(b *strings.Builder, t wire.Told, format string) {
	from := places(format)
	for _, field := range fieldsOf(t) {
		if field.value != "" {
			e.line(b, field.name, field.value, from[field.name])
		}
	}
	for _, image := range t.Images {
		e.line(b, "image", fmt.Sprintf("%s (%d)", strings.TrimSpace(text(image.Caption)+" "+text(image.Credit)), len(image.Renditions)), from["image"])
	}
	for _, w := range t.Warnings {
		key, detail, _ := strings.Cut(w, ":")
		e.line(b, "repair", strings.TrimSpace(e.words.T("wire.warning."+key)+" "+detail), "")
	}
	b.WriteString("\n")
	for _, block := range t.Body {
		rows := strings.Split(block.Text, "\n")
		for i, row := range rows {
			rows[i] = plainLine(row)
		}
		fmt.Fprintf(b, "    %-10s %s\n", block.Type, strings.Join(rows, "\n               "))
	}
}

type field struct{ name, value string }

func fieldsOf(t wire.Told) []field {
	return []field{
		{"kind", string(t.Kind)}, {"identity", text(t.ID)}, {"version", text(t.Version)}, {"status", string(t.PubStatus)}, {"embargo", text(t.Embargo)},
		{"language", text(t.Language)}, {"kicker", text(t.Kicker)}, {"headline", text(t.Headline)}, {"standfirst", text(t.Standfirst)},
		{"byline", text(t.Byline)}, {"dateline", text(t.Dateline)}, {"credit", text(t.Credit)}, {"urgency", count(t.Urgency)},
		{"priority", count(t.Priority)}, {"slug", text(t.Slug)}, {"ednote", text(t.EdNote)}, {"notice", text(t.Notice)},
		{"rights", text(t.Rights.Text)}, {"barred", blocked(t.Rights)}, {"related", strings.Join(t.Related, ", ")}, {"cites", strings.Join(t.Cites, ", ")},
	}
}

func blocked(r wire.ToldRights) string {
	if !r.TerritoryBlocked {
		return ""
	}
	return "TURKEY"
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func count(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}

// line is one labelled line; from is the place in the file, if it is known.
func (e Explainer) line(b *strings.Builder, name, value, from string) {
	if from != "" {
		from = e.faint("  ← " + from)
	}
	fmt.Fprintf(b, "    %-14s %s%s\n", e.words.T("wire.field."+name), plainLine(strings.ReplaceAll(value, "\n", " / ")), from)
}

func (e Explainer) bold(s string) string  { return e.styled("\x1b[1m", s) }
func (e Explainer) faint(s string) string { return e.styled("\x1b[2m", s) }

func (e Explainer) styled(style, s string) string {
	if !e.Colour {
		return s
	}
	return style + s + "\x1b[0m"
}

// places tells where files of a format have a field, the usual place first.
func places(format string) map[string]string {
	switch format {
	case "newsml-g2":
		return map[string]string{
			"kind": "itemClass", "identity": "@guid", "version": "@version", "status": "pubStatus", "embargo": "embargoed", "language": "language, @xml:lang",
			"kicker": "headline[@role, @rank]", "headline": "headline, hl1, title", "standfirst": "description[@role=summary]", "byline": "by", "dateline": "dateline, p[1]",
			"credit": "creditline", "urgency": "urgency", "priority": "priority", "slug": "slugline", "ednote": "edNote", "rights": "rightsInfo", "related": "link",
			"cites": "infoSource, p", "image": "remoteContent",
		}
	case "newsml-1":
		return map[string]string{
			"kind": "NewsItemType, MediaType", "identity": "NewsIdentifier", "version": "RevisionId", "status": "Status", "embargo": "StatusWillChange", "language": "Language",
			"headline": "NewsLines/HeadLine", "standfirst": "SubHeadLine", "byline": "ByLine", "dateline": "DateLine, p[1]", "credit": "CreditLine", "urgency": "Urgency",
			"priority": "Priority", "slug": "SlugLine, NameLabel", "ednote": "Instruction, AdvisoryLine", "rights": "UsageRights, RightsLine", "related": "AssociatedWith, DerivedFrom",
			"cites": "SourceLine, p", "image": "NewsComponent[Role]",
		}
	case "nitf":
		return map[string]string{
			"identity": "doc-id/@id-string", "version": "du-key/@version", "status": "docdata/@management-status", "embargo": "date.release", "headline": "hl1, headline, title",
			"standfirst": "abstract, hl2", "byline": "byline", "dateline": "dateline, p[1]", "urgency": "urgency/@ed-urg",
			"slug": "du-key/@key", "ednote": "ed-msg, note", "rights": "doc.rights, doc.copyright", "related": "correction, management-doc-idref", "cites": "byline, p", "image": "media",
		}
	case "ninjs":
		return map[string]string{
			"kind": "type", "identity": "uri", "version": "version", "status": "pubstatus, pubStatus", "embargo": "embargoed, embargoedUntil", "language": "language",
			"headline": "headline, headlines[]", "standfirst": "description_text, descriptions[]", "byline": "byline, by", "dateline": "located, p[1]", "urgency": "urgency",
			"slug": "slugline, slug", "ednote": "ednote, edNote", "rights": "usageterms, usageTerms, rightsinfo", "related": "associations", "cites": "infosource, p", "image": "renditions, associations",
		}
	case "rss", "rdf", "atom", "jsonfeed":
		return map[string]string{
			"identity": "guid, id, rdf:about, link", "headline": "title", "standfirst": "description, summary", "byline": "dc:creator, author", "dateline": "p[1]", "language": "language, @xml:lang",
			"rights": "rights, copyright, media:restriction", "cites": "source, p", "image": "enclosure, media:content", "credit": "source, dc:source",
		}
	default:
		return nil
	}
}
