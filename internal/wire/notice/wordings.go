package notice

import (
	"regexp"
	"slices"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

// wording is a way of announcing. A loud one counts in capitals alone; unless
// it is set off from what follows, in a line that is not all capitals. A text
// without any word of each of the needs is not held against it: most copy holds
// none, and patterns are slow.
type wording struct {
	kind      newsroom.NoticeKind
	words     *regexp.Regexp
	needs     [][]string
	loud, set bool
}

// may says whether the wording can stand in a soft text of which this was found.
func (w wording) may(found letters.Found) bool {
	return !slices.ContainsFunc(w.needs, func(any []string) bool { return !found.Any(any) })
}

var needles = letters.NeedlesOf(needs()...)

// needs are what all wordings need.
func needs() [][]string {
	var all [][]string
	for _, w := range append(calls(), sayings()...) {
		all = append(all, w.needs...)
	}
	return all
}

// mayStand are the wordings that can stand in a soft text or a part of it.
func mayStand(all []wording, plain string) []wording {
	found := needles.In(plain)
	return slices.DeleteFunc(all, func(w wording) bool { return !w.may(found) })
}

// All wordings are matched against soft text. begins is what may stand before a
// call, ends what sets it off from what follows.
const (
	begins = `^[^\p{L}\d]*(?:(?:urgent|mandatory|bulletin|advisory|eds|attention|achtung|dikkat|acil|editors)[^\p{L}\d]+){0,2}`
	ends   = `\s*(?:[:!*)/–—-]|\.\.|$)`
)

var (
	killShout    = regexp.MustCompile(`\bkill\W{1,3}kill\b|` + begins + `(?:mandatory|bulletin) kill\b|\bstory (?:is |has been )?withdrawn\b`)
	killCall     = regexp.MustCompile(begins + `(?:kill(?:ed)?|withdrawn|withdrawal|withdraws|retracted|(?:story|item|alert|photo|picture) (?:withdrawn|removed|eliminated|killed)|elimination|eliminates|annulation|annule|anulacion|anulada|annullamento|annullat[ao]|annullierung|storno|ruckzug|zuruckgezogen|iptal(?:i|dir)?)` + ends)
	killHeading  = regexp.MustCompile(begins + `(?:haber(?:in|imizin)? iptali|iptal (?:haberi|duyurusu|bildirimi|notu|edilen haber)|geri cekilen haber|haber(?:imiz)? geri cekil\p{L}+|avis d['’ ]annulation|(?:story|item) withdrawn|(?:eil)?meldung (?:zuruckgezogen|annulliert|storniert))` + ends)
	holdShout    = regexp.MustCompile(`\bhold\W{1,3}hold\b`)
	holdCall     = regexp.MustCompile(begins + `(?:hold|withheld|bekletme|beklet(?:in|iniz))` + ends)
	holdHeading  = regexp.MustCompile(begins + `(?:haber bekletme|bekletme (?:notu|duyurusu)|mandatory hold)` + ends)
	releaseCall  = regexp.MustCompile(begins + `(?:hold (?:lifted|released|removed|off)|release of hold|hold is lifted|bekletme (?:kalkti|kaldirildi|sona erdi))\b`)
	correctShout = regexp.MustCompile(begins + `(?:duzeltme|duzeltilmis(?:tir)?|duzeltildi|duzelterek|corrected|correction|corrects|refile[ds]?|corrige|berichtigung|korrektur|berichtigt|rectificatif|correccion|rettelse|rettifica|clarification)\b`)
	correctCall  = regexp.MustCompile(begins + `(?:duzeltme|duzeltilmis(?:tir)?|corrected|correction|corrects|berichtigung|korrektur|rectificatif|correccion|rettelse|rettifica|errata corrige|clarification)` + ends)
	correctTail  = regexp.MustCompile(`\((?:duzeltme|duzeltildi|duzeltilmistir|corrected|correction|refile[ds]?|berichtigung|berichtigt|korrektur|rectificatif|correccion|rettifica)\)\W*$`)
	killTail     = regexp.MustCompile(`\((?:haber iptali|story withdrawn|mandatory kill)\)\W*$`)
)

// calls stand at the head of copy.
func calls() []wording {
	off := []string{"kill", "withdr", "retract", "annul", "anula", "eliminat", "removed", "storno", "ruckzug", "zuruckgezogen", "iptal", "geri cek"}
	wait := []string{"hold", "withheld", "beklet"}
	right := []string{"duzelt", "correct", "corrig", "refile", "berichtig", "korrektur", "rectif", "rettif", "correccion", "rettelse", "clarif"}
	return []wording{
		{kind: newsroom.NoticeKill, words: killShout, needs: [][]string{off}},
		{kind: newsroom.NoticeHold, words: holdShout, needs: [][]string{wait}},
		{kind: newsroom.NoticeRelease, words: releaseCall, needs: [][]string{wait}},
		{kind: newsroom.NoticeKill, words: killHeading, needs: [][]string{off}},
		{kind: newsroom.NoticeKill, words: killTail, needs: [][]string{off}},
		{kind: newsroom.NoticeHold, words: holdHeading, needs: [][]string{wait}},
		{kind: newsroom.NoticeKill, words: killCall, needs: [][]string{off}, loud: true, set: true},
		{kind: newsroom.NoticeHold, words: holdCall, needs: [][]string{wait}, loud: true, set: true},
		{kind: newsroom.NoticeCorrection, words: correctShout, needs: [][]string{right}, loud: true},
		{kind: newsroom.NoticeCorrection, words: correctCall, needs: [][]string{right}},
		{kind: newsroom.NoticeCorrection, words: correctTail, needs: [][]string{right}},
	}
}

// ours is the agency's own copy as it speaks of it; named is copy it names,
// which others do as well ("… başlıklı haberin yayından kaldırılmasına karar
// verildi" is news), so that of named copy only what subscribers are told counts.
const (
	ours  = `(?:haber(?:imiz|lerimiz)\p{L}*|metnimiz\p{L}*|fotograf(?:imiz|larimiz)\p{L}*|goruntu(?:muz|lerimiz)\p{L}*|bultenimiz\p{L}*)`
	named = `(?:baslikli|numarali|nolu|no['’]lu|kodlu|sayili|saatli|mahrecli|servis ettigimiz|gecilen)\W+(?:[^\s.!?]+\W+){0,4}?(?:haber|metin|metn|fotograf|goruntu|bulten)\p{L}*`
	subs  = `(?:abonelerimizin dikkatine|abonelerin dikkatine|yayin notu|editorlerin dikkatine)`

	gone = `(?:iptal ed(?:il)?(?:mis|di|iyor)\p{L}*|iptal ettik|iptaldir|geri cek(?:il)?(?:mis|di|iyor|tik)\p{L}*|gecersizdir|gecersiz sayil\p{L}*|hukumsuzdur)`
	told = `(?:iptal edilmistir|iptal ediyoruz|iptal ettik|iptaldir|geri cekilmistir|geri cekiyoruz|geri cektik|gecersizdir|hukumsuzdur)`
	dont = `(?:(?:kullan(?:il)?|yayi[mn]la(?:n)?|dikkate al(?:in)?)ma(?:yin(?:iz)?|manizi|malarini rica|masini (?:rica|onemle)|masi (?:rica|gerek))|yayindan kaldir(?:in(?:iz)?|manizi|masini rica|ilmasini rica))`
	wait = `(?:bekletiniz|bekletin|bekletmenizi|bekletilmesini|yayina almayiniz|beklemeye al(?:inmistir|diyoruz|iniz))`

	// what a wire calls its products, and such a product as the wire itself names it
	item = `(?:story|item|alert|headline|urgent|snap|dispatch|take|copy|photo|caption|graphic|report)`
	mine = `(?:this|our|the (?:above|following|earlier|attached|preceding|previous)|(?:item|story|alert) \p{L}{0,6}[- ]?\d{2,7})(?: \p{L}+){0,3}?`
	// what those who use copy are asked; others are asked it of other things
	spare = `(?:(?:asked|requested|advised|urged) not to|(?:should|must|may) not) (?:use|publish|run)`
	dpa   = `(?:meldung|eilmeldung|nachricht|korrespondentenbericht|bericht|beitrag|foto|bild)\p{L}*`
	afp   = `(?:depeche|alerte|urgent|factuel|photo)s?`
)

var (
	holdTR    = regexp.MustCompile(`(?:` + ours + `|` + named + `|` + subs + `)[^!?]{0,200}\b(?:kadar\b[^!?]{0,120}` + dont + `|` + wait + `)|\bkadar\b[^!?]{0,120}(?:` + ours + `|` + named + `)[^!?]{0,120}` + dont)
	killTR    = regexp.MustCompile(ours + `[^!?]{0,200}\b(?:` + gone + `|` + dont + `)|` + named + `[^!?]{0,200}\b(?:` + told + `|` + dont + `)|` + subs + `[^!?]{0,300}\b(?:` + gone + `|` + dont + `)|\b\p{L}{2,5}[ -]?\d{2,7}\b[^!?]{0,160}\bhaber\p{L}*\W+(?:lutfen\W+)?` + dont)
	correctTR = regexp.MustCompile(ours + `[^!?]{0,200}\b(?:duzelt\p{L}*|yanlis\p{L}*|sehven|hatali|dogrusu)|` + `\b(?:duzelterek|duzeltilerek|duzeltilmis haliyle|duzeltilmis olarak|tashih ederek)\W+(?:\p{L}+\W+){0,3}?(?:yeniden|tekrar)\W+(?:\p{L}+\W+)?(?:geciyoruz|gecilmistir|servis ed(?:iyoruz|ilmistir)|gonder(?:iyoruz|ilmistir)|yayi[mn]liyoruz|sunuyoruz)|(?:` + ours + `|` + named + `)[^!?]{0,200}\b(?:yeniden|tekrar) (?:geciyoruz|gecilmistir|servis ed(?:iyoruz|ilmistir)|yayi[mn]liyoruz)|^\W*(?:not\W+)?(?:yeniden|tekrar) geciyoruz`)

	holdEN    = regexp.MustCompile(`\bplease hold (?:the |this |our |off )?(?:\p{L}+ )?(?:` + item + `|dpa|afp|ap|reuters|using|publication)\b|^\W*hold (?:item|story|dpa|for further)\b`)
	releaseEN = regexp.MustCompile(`\b` + item + `[^!?]{0,60}\b(?:can|may) (?:now )?be used in its original form\b|\bhold (?:on|of) [^!?]{0,120}\b(?:is|has been) (?:lifted|released|removed)\b`)
	killEN    = regexp.MustCompile(`\bplease (?:kill|withdraw) \p{L}+-\p{L}|^[\s(*-]*we (?:are withdrawing|have withdrawn|withdraw|are killing) (?:the |this |our )?(?:\p{L}+ ){0,2}?(?:story|item|alert|dispatch|copy|photo|headline)\b|\bplease (?:kill|disregard|withdraw|retract|discard|do not (?:use|publish|run)|don['’]t (?:use|publish|run))\b[^!?]{0,160}\b(?:` + item + `)s?\b|` + mine + `[^!?]{0,160}\b(?:should|must|may) not be (?:used|published)\b|` + mine + ` ` + item + ` (?:is|has been|was|is being) (?:hereby )?(?:withdrawn|killed|eliminated|retracted|cancelled|canceled)\b|(?:\b(?:editors|subscribers)|^\W*clients)\b[^!?]{0,40}\b` + spare + `\b[^!?]{0,60}\b` + item + `\b|\b(?:customers|newsrooms|media)\b[^!?]{0,40}\b` + spare + ` (?:this|our) ` + item + `\b|\b(?:story|item|alert)[^!?]{0,100}\b(?:is|has been) (?:hereby )?withdrawn\b[^!?]{0,60}\b(?:eds|editors|subscribers|clients|substitute|replacement|no replacement)\b`)
	correctEN = regexp.MustCompile(`^\W*\((?:corrects|corrected|correction|refiles|refile|clarifies|fixes|adds dropped)\b|^\W*(?:eds\W+)?(?:corrects|clarifies)\b|` + mine + ` ` + item + ` (?:corrects|has been corrected|replaces)\b`)

	holdDE = regexp.MustCompile(`\b` + dpa + `[^!?]{0,120}\b(?:vorerst|vorlaufig|zunachst|bis auf weiteres|bis zur klarung)\b[^!?]{0,40}\bnicht (?:verwenden|veroffentlichen|nutzen)\b|\bbitte[^!?]{0,60}` + dpa + `[^!?]{0,60}\bzuruckhalten\b`)
	killDE = regexp.MustCompile(`\bbitte verwenden sie\b[^!?]{0,40}` + dpa + `[^!?]{0,160}\bnicht\b|\bbitte\b[^!?]{0,60}` + dpa + `[^!?]{0,60}\b(?:loschen|streichen)\b|\bbitte\b[^!?]{0,120}` + dpa + `[^!?]{0,120}\bnicht (?:mehr )?(?:verwenden|veroffentlichen|nutzen)\b|\b` + dpa + `[^!?]{0,120}\b(?:bitte nicht (?:mehr )?verwenden|wird (?:hiermit )?(?:zuruckgezogen|annulliert|storniert)|ist zuruckgezogen)|^\W*achtung[^!?]{0,60}redaktion\p{L}*[^!?]{0,200}\b(?:nicht (?:mehr )?verwenden|zuruckgezogen|annulliert)`)
	killFR = regexp.MustCompile(`\b(?:priere|merci|veuillez)(?: de)? ne pas (?:utiliser|publier|tenir compte|diffuser)\b[^!?]{0,120}\b` + afp + `\b|\b` + afp + `\b[^!?]{0,120}\b(?:est|sont) annulee?s?\b|\bannulons\b[^!?]{0,80}\b` + afp)
	killIT = regexp.MustCompile(`\b(?:si prega|preghiamo|pregasi|invitiamo)[^!?]{0,20}\bnon (?:utilizzare|usare|pubblicare|diffondere)\b[^!?]{0,120}\b(?:notizia|lancio|dispaccio|articolo|(?:nostra|questa) foto)\b|\b(?:notizia|lancio|dispaccio)\b[^!?]{0,120}\b(?:e annullat[ao]|deve intendersi annullat[ao])\b`)
	killES = regexp.MustCompile(`\b(?:rogamos|por favor|se ruega)[^!?]{0,20}\bno (?:utili[cz]|us|publi|difund)\p{L}+[^!?]{0,120}\b(?:noticia|nota|informacion|despacho|urgente)\b|\b(?:noticia|nota|informacion|despacho)\b[^!?]{0,120}\bqueda anulad[ao]\b`)
)

// sayings stand in a sentence. What waits is told from what is killed first.
func sayings() []wording {
	copies := []string{"haber", "metn", "metin", "fotograf", "goruntu", "bulten", "abone", "editor", "yayin notu"}
	dont := []string{"kullan", "lamayin", "lamama", "lanmama", "kaldir", "dikkate al"}
	gone := append([]string{"iptal", "geri cek", "gecersiz", "hukumsuz"}, dont...)
	wait := append([]string{"beklet", "bekleme", "yayina alma", "kadar"}, dont...)
	right := []string{"duzelt", "tashih", "geciyoruz", "gecilmis", "servis ed", "lamaktayiz", "liyoruz", "yanlis", "sehven", "hatali", "dogrusu"}
	return []wording{
		{kind: newsroom.NoticeHold, words: holdTR, needs: [][]string{copies, wait}},
		{kind: newsroom.NoticeHold, words: holdEN, needs: [][]string{{"hold"}}},
		{kind: newsroom.NoticeRelease, words: releaseEN, needs: [][]string{{"original form", "hold o"}}},
		{kind: newsroom.NoticeKill, words: killTR, needs: [][]string{copies, gone}},
		{kind: newsroom.NoticeKill, words: killEN, needs: [][]string{{"please", "withdr", "killing", "killed", "not use", "not publish", "not run", "eliminated", "not to ", "retracted", "cancel", "not be used", "not be published"}}},
		{kind: newsroom.NoticeHold, words: holdDE, needs: [][]string{{"nicht", "zuruckhalten"}}},
		{kind: newsroom.NoticeKill, words: killDE, needs: [][]string{{"nicht", "loschen", "streichen", "zuruckgezogen", "annulliert", "storniert"}}},
		{kind: newsroom.NoticeKill, words: killFR, needs: [][]string{{"ne pas", "annul"}}},
		{kind: newsroom.NoticeKill, words: killIT, needs: [][]string{{"preg", "invitiamo", "annullat"}}},
		{kind: newsroom.NoticeKill, words: killES, needs: [][]string{{"rogamos", "por favor", "ruega", "anulad"}}},
		{kind: newsroom.NoticeCorrection, words: correctTR, needs: [][]string{right}},
		{kind: newsroom.NoticeCorrection, words: correctEN, needs: [][]string{{"correct", "refile", "clarif", "fixes", "adds dropped", "replaces"}}},
	}
}
