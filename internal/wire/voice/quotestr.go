package voice

import (
	"regexp"
	"strings"
)

// What may follow a quote and says that it was said. The tense endings are
// those of news: -dı, -mıştı, -yor, -acak.
const (
	past    = `(?:d[ıiuü]|t[ıiuü]|m[ıiuü]şt[ıiuü]r?|[ıiuü]yor(?:du)?|d[ıiuü]lar|t[ıiuü]ler|t[ıiuü]lar|d[ıiuü]ler|m[ıiuü]ş)`
	diye    = `diye (?:[\p{Ll}]+ )?[\p{Ll}]+` + past
	words   = `(?:ifade(?:lerini|sini|yi|leri)|söz(?:lerini|ünü|leri)|cümle(?:lerini|sini)|sözcüklerini|kelimelerini) (?:kullan|sarf et|dile getir|söyle|ekle|paylaş)` + past
	room    = `(?:ifade(?:lerine|sine)|söz(?:lerine|üne)|görüş(?:lerine|üne)|cümle(?:lerine|sine)|satırlarına|değerlendirmesine|açıklamasına) yer ver(?:di|ildi|ilmişti|mişti|iliyor|iyor|diler)`
	deeds   = `(?:değerlendirme|açıklama|çağrı|uyarı|öneri|yorum|paylaşım|itiraf|temenni|eleştiri|savunma|tespit|vurgu|hatırlatma|talep|istek|öngörü|iddia|serzeniş|tavsiye)`
	actions = `(?:vurgusu|uyarısı|çağrısı|yorumu|açıklaması|değerlendirmesi|benzetmesi|esprisi|göndermesi|itirafı|savunması|çıkışı|paylaşımı|hatırlatması|eleştirisi|tespiti|sitemi)`
	made    = deeds + `(?:s[ıiuü]nd[ae]|l[ae]r[ıi]nd[ae]|[ıiuü]nd[ae]) bulun` + past
	did     = actions + ` yap` + past
	gave    = `(?:ifadesini|yanıtını|cevabını|karşılığını|mesajını|bilgisini|sözünü|müjdesini|öğüdünü|tepkisini|sinyalini|örneğini|güvencesini|notunu|görüşünü|yorumunu|değerlendirmesini|açıklamasını|çağrısını|uyarısını|paylaşımını|önerisini|sorusunu|itirazını|talebini|iddiasını|dileğini|temennisini|teşekkürünü|vurgusunu|eleştirisini|tespitini|savunmasını|itirafını) (?:ver|yap|paylaş|dile getir|aktar|ilet|yönelt|sor|savun|yinele|gönder|al|ekle|tekrarla|göster|düş|kullan|ifade et|seslendir)` + past
	way     = `(?:şeklinde|biçiminde|diyerek) (?:konuş|yanıt ver|cevap ver|karşılık ver|açıklama yap|açıklamada bulun|ifade et|ifade kullan|ifadeler kullan|değerlendir|değerlendirmede bulun|görüş bildir|yanıtla|cevapla|paylaşım yap|tepki göster|seslen|özetle|uyar|yaz)` + past
	with    = `(?:sözleriyle|ifadesiyle|ifadeleriyle|sözüyle|sözleri ile|ifadeleri ile|cümlesiyle|cümleleriyle) (?:[\p{L}]+ ){0,4}?[\p{L}]+` + past
	stood   = `(?:denildi|dendi|denilmişti|denilmiştir|deniliyor|denilmekte|(?:ifadeler(?:i|ine)|ifadesi|görüşü|bilgisi|değerlendirmesi|sözleri|cümleleri|cümlesi) (?:yer aldı|kullanıldı|yer alıyor|paylaşıldı|aktarıldı|verildi|yer almıştı))`
	saidV   = `(?:dedi(?:ler|m)?|diyor(?:du|lar)?|demişti(?:r)?|demiş)`

	endsTR = `(?:$|[\s.,;:!?…)”"])`
)

var (
	afterTR  = regexp.MustCompile(`^[\s,]*(` + strings.Join([]string{diye, words, room, made, did, gave, way, with, stood, saidV}, "|") + `)` + endsTR)
	useTR    = regexp.MustCompile(`^[\s,]*(der(?:ler)?)(?:$|[.,;!?])`) // "der" begins German clauses
	andTR    = regexp.MustCompile(`^[\s,]*(diyerek|derken|deyip|demekle yetin` + past + `|deme(?:yi|ği) ihmal etme` + past + `)` + endsTR)
	doerTR   = regexp.MustCompile(`^[\s,]*(diyen|diye (?:konuşan|ekleyen|seslenen|soran|yanıt veren|uyaran|tepki gösteren|yazan)|(?:ifadelerini|ifadesini|sözlerini) kullanan|(?:ifadelerine|sözlerine) yer veren|` + deeds + `(?:s[ıiuü]nd[ae]|l[ae]r[ıi]nd[ae]) bulunan|` + actions + ` yapan|şeklinde konuşan|(?:yanıtını|cevabını|mesajını) veren)[\s,]+(.*)`)
	colonTR  = regexp.MustCompile(`(?:^|[\s,])((?:şöyle|şunları|şunu|şu (?:[\p{L}]+ ){0,2}?[\p{L}]+) (?:[\p{L}]+ )?(?:konuş|söyle|de|kaydet|belirt|ifade et|aktar|kullan|anlat|dile getir|sırala|yer ver|ekle|paylaş|bulun|açıkla|yaz|vurgula|sürdür|devam et|seslen|yanıt ver|cevap ver|özetle|ver|yap)(?:` + past + `|erek|ildi|di|dı))[\s]*:[\s]*$`)
	plainTR  = regexp.MustCompile(`(?:^|[\s,])(ekledi|sordu|dedi ki|seslendi|bağırdı|yazdı|anlattı|açıkladı|söyledi|yanıtladı|cevapladı)[\s]*:[\s]*$`)
	innerTR  = regexp.MustCompile(`["“«][^"”»]*["”»]`)
	titleTR  = regexp.MustCompile(`^[\s]*((?:[\p{Lu}][\p{L}.'’-]*[ ]?){1,7})[\s]*:[\s]*$`)
	houseTR  = regexp.MustCompile(`(?:^|[\s,])((?:\p{Lu}[\p{L}.&-]*[ ]){0,5}\p{Lu}[\p{L}.&-]*(?:['’][\p{L}]+)?)[ ](?:[\p{Ll}]+[ ]){0,3}?(?:tarafından[ ])?(?:yapılan|gelen|paylaşılan|yayımlanan|yayınlanan|verilen)[ ](?:[\p{L}]+[ ]){0,3}?(?:açıklamada|duyuruda|paylaşımda|bilgilendirmede|bildiride|mesajda|uyarıda|raporda|cevapta|yanıtta)`)
	perTR    = regexp.MustCompile(`((?:\p{Lu}[\p{L}.&-]*[ ]){0,4}\p{Lu}[\p{L}.&-]*)['’][yn]?[ae][ ]göre[,]?[\s]*$`)
	calledTR = regexp.MustCompile(`^[\s,]*diye (?:adlandır|çağır|çağrıl|bilin|anıl|anılı|tanın|isimlendir|nitelen|nitelendir|bil|hitap|geç|tanımlan|tanımla|sorul|bekle|bekli|düşün|umut|umu|kork|merak|endişe|çalış|uğraş)`)
	openQTR  = regexp.MustCompile(`^[\s,]*(?:\p{L}+[ ]){0,2}?(?:projesi|adlı|isimli|lakab|filmi|kitab|operasyon|kampanya|uygulama)`)
	commaTR  = regexp.MustCompile(`^(?:[ ]\(\d{1,3}\))?(?:,|[ ](?:ise|de|da)(?:[ ,]|$)|[ ]*$)`)
	behindTR = regexp.MustCompile(`^[ ](?:\p{Ll}{3,}[ ]){0,3}?((?:\p{Lu}[\p{L}-]*\.?[ ]){0,6}\p{Lu}[\p{L}-]+)(?:[.,;!]|$)`)
	speechTR = regexp.MustCompile(`^[ ](?:\p{Ll}+[ ]){0,2}?(?:ifadesinde|konuşmasında|açıklamasında|mesajında|paylaşımında|savunmasında|yazısında|demecinde|değerlendirmesinde|yanıtında|cevabında|sözlerinde|röportajında)[ ,]*$`)
	paperTR  = regexp.MustCompile(`((?:\p{Lu}[\p{L}.&-]*[ ]|\d{1,2}\.[ ]){0,5}\p{Lu}[\p{L}.&-]*(?:['’]n?[ıiuü]n)?)[ ](?:[\p{L}-]+[ ]){0,4}?(?:açıklama|rapor|karar|gerekçe|bildiri|duyuru|mesaj|paylaşım|mektub|yazı|cevab|yanıt|tutanağ|iddianame|bülten|dilekçe|bildirim|uyarı|rehber|çağrı)(?:lar|ler)?s?[ıiuü]nd[ae],?$`)
	goesTR   = regexp.MustCompile(`^[ ](?:dün|bugün|önceki|geçen|sonra|ardından|önce|maç|\p{Ll}+l[ae]r[ae]|\p{Ll}+[dt][ıiuü](?:ğ[ıiuü]n[ıiuü]|kl[ae]r[ıi]n[ıi]))(?:$|[ ,])|^[ ](?:[\p{L}'’]+[ ]){0,8}?(?:yaptığı|verdiği|yayımladığı|yayınladığı|paylaştığı|katıldığı|düzenlediği|yazdığı)[ ](?:[\p{L}]+[ ]){0,3}?\p{Ll}+[dt][ae],?$`)
	postTR   = regexp.MustCompile(`^[ ](?:adl[ıi]|isimli|lakap|gibi|için|ile|hakkında|adına|yerine|tarafından|kadar|sonrası|öncesi|doğumlu|merkezli|\p{L}+(?:yl[ae]|nc[ae]|s[ıiuü]|[ıiuü]n[ıiuü]n))(?:$|[ ,])`)
	places   = regexp.MustCompile(`[ ](?:X|NSosyal|Twitter|Instagram|Facebook|YouTube|Telegram|Next)$`)
	accounts = regexp.MustCompile(`[ ](?:hesab|sayfas|sites|kanal)`)
	ownedTR  = regexp.MustCompile(`^(?:(.+)['’]n?[ıiuü]n|(.+(?:[ıiuü]|y[ae]))n[ıiuü]n|(.+[ğb])[ıiuü]n|(.+[^aeıioöuü])[ıiuü]n)$`)
	ablative = regexp.MustCompile(`^(.*?)(?:['’]n?[dt][ae]n)$`)
)

// quoteTR tells whether a quote is speech by what stands around it, and whose.
func quoteTR(head, tail string) (Quote, bool) {
	before := sentence(head)
	if openQTR.MatchString(tail) || calledTR.MatchString(tail) {
		return Quote{}, false
	}
	if m := doerTR.FindStringSubmatch(tail); m != nil {
		return Quote{Verb: m[1], Speaker: firstName(m[2])}, true
	}
	for _, re := range []*regexp.Regexp{afterTR, useTR, andTR} {
		if m := re.FindStringSubmatch(tail); m != nil {
			speaker := speakerTR(before)
			if speaker == "" && before == "" {
				speaker = inverted(tail[len(m[0])-1:])
			}
			return Quote{Verb: m[1], Speaker: speaker}, true
		}
	}
	for _, re := range []*regexp.Regexp{colonTR, plainTR} {
		if m := re.FindStringSubmatchIndex(before); m != nil {
			return Quote{Verb: before[m[2]:m[3]], Speaker: speakerTR(before[:m[2]])}, true
		}
	}
	if m := titleTR.FindStringSubmatch(before); m != nil && strings.TrimSpace(tail) == "" {
		return Quote{Speaker: untitled(strings.Fields(m[1]))}, untitled(strings.Fields(m[1])) != ""
	}
	if m := perTR.FindStringSubmatch(before); m != nil {
		return Quote{Verb: "göre", Speaker: untitled(strings.Fields(m[1]))}, true
	}
	return Quote{}, false
}

// inverted is the name right behind the predicate, that ends the clause: "dedi
// Vali Ayşe Demir."
func inverted(rest string) string {
	m := behindTR.FindStringSubmatch(rest)
	if m == nil {
		return ""
	}
	return untitled(strings.Fields(m[1]))
}

// speakerTR is the subject of the clause before a quote: the institution that
// has issued a statement, else the last name in the nominative that a comma,
// "ise" or the quote itself sets off.
func speakerTR(clause string) string {
	clause = strings.TrimRight(clause, " ")
	if m := houseTR.FindStringSubmatch(clause); m != nil {
		if strings.Contains(m[0], " tarafından ") {
			return m[1]
		}
		if accounts.MatchString(m[0]) {
			return owner(m[1])
		}
		return institution(m[1])
	}
	clause = innerTR.ReplaceAllString(clause, "…")
	runs := names(clause)
	for i := len(runs) - 1; i >= 0; i-- {
		if rest := clause[runs[i].end:]; commaTR.MatchString(rest) || speechTR.MatchString(rest) {
			if name := untitled(runs[i].words); name != "" {
				return name
			}
		}
	}
	if m := paperTR.FindStringSubmatch(clause); m != nil && (strings.ContainsAny(m[1], "'’") || caseless.MatchString(m[1])) {
		return untitled(strings.Fields(owner(m[1])))
	}
	for i := len(runs) - 1; i >= 0; i-- {
		if name := untitled(runs[i].words); name != "" && goesOnTR(name, runs[i], clause[runs[i].end:]) {
			return name
		}
	}
	return ""
}

// goesOnTR says whether a person is the subject though nothing sets the name
// off: one with a title, or with a full name before words that belong to what
// she does.
func goesOnTR(name string, r run, rest string) bool {
	titled := name != strings.Join(r.words, " ") && !opener(r.words[0])
	return !postTR.MatchString(rest) && (titled || strings.Contains(name, " ") && goesTR.MatchString(rest))
}

// institution is the name in "Valilikten", "AFAD'dan", "İçişleri Bakanlığından".
func institution(s string) string {
	if m := ablative.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	for _, ending := range []string{"ndan", "nden", "nca", "nce"} {
		if bare, ok := strings.CutSuffix(s, ending); ok && strings.ContainsAny(bare[len(bare)-min(2, len(bare)):], "ıiuüae") {
			return bare
		}
	}
	for _, ending := range []string{"ten", "tan", "den", "dan", "ça", "çe"} {
		if bare, ok := strings.CutSuffix(s, ending); ok {
			return bare
		}
	}
	return ""
}

// owner is the name in "Bakanlığının hesabından", "Valiliğin hesabından".
func owner(s string) string {
	s = places.ReplaceAllString(s, "")
	m := ownedTR.FindStringSubmatch(s)
	if m == nil {
		return institution(s)
	}
	if soft := m[3]; soft != "" {
		bare := strings.TrimRight(soft, "ğb")
		return bare + strings.NewReplacer("ğ", "k", "b", "p").Replace(soft[len(bare):])
	}
	return m[1] + m[2] + m[4]
}
