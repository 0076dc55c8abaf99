package voice

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What may follow a quote and says that it was said. The tense endings are
// those of news: -dı, -mıştı, -yor, -acak.
const (
	past  = `(?:d[ıiuü]|t[ıiuü]|m[ıiuü]şt[ıiuü]r?|[ıiuü]yor(?:du)?|d[ıiuü]lar|t[ıiuü]ler|t[ıiuü]lar|d[ıiuü]ler|m[ıiuü]ş)`
	diye  = `diye (?:[\p{Ll}]+ )?[\p{Ll}]+` + past
	words = `(?:ifade(?:lerini|sini|yi|leri)|söz(?:lerini|ünü|leri)|cümle(?:lerini|sini)|sözcüklerini|kelimelerini) (?:kullan|sarf et|dile getir|söyle|ekle|paylaş)` + going
	noun  = `(?:ifade|açıklama|değerlendirme|savunma|hatırlatma|çağrı|uyarı|öneri|eleştiri|bilgi|övgü|görüş|yorum|tespit|mesaj|vurgu|iddia|itiraf|yanıt|cevab|karşılığ|söz|cümle|soru|tepki|istek|isteğ|taleb|teklif|tavsiye|temenni|dileğ|müjde|tehdid|duyuru|paylaşım|itiraz|sitem|serzeniş|şikayet|şikâyet|rica|ikaz|yakınma|beyan|kınama|yemin|teminat|vaad|özür|iltifat|telkin|tembih|protesto|haykırış|feryad|düzeltme|kanaat|öngörü|tahmin|taahhüd|teşekkür|özeleştiri|suçlama|ihbar|anons|ifşa|öğüd|sinyal|örneğ|güvence|not|espri|benzetme|gönderme|çıkış|çözümleme|nasihat|garanti|ültimatom|ihtar|karar|satır|itham|yalanlama|saptama|belirleme)`
	room  = noun + `(?:s?[ıiuü]n[ae]|l[ae]r[ıi]n[ae]|[ıiuü]ne|[ıiuü]na) yer ver(?:di|ildi|ilmişti|mişti|iliyor|iyor|diler|ilerek|erek|ilirken|irken)`
	made  = noun + `(?:s?[ıiuü]nd[ae]|l[ae]r[ıi]nd[ae]) bulun(?:ul)?` + going
	did   = noun + `s?[ıiuü] (?:yap|ver|paylaş|gönder|yayımla|yayınla|at)(?:[ıi]l)?` + going
	gave  = noun + `(?:s?[ıiuü]n[ıiuü]|l[ae]r[ıi]n[ıi]) (?:ver|yap|paylaş|dile getir|aktar|ilet|yönelt|sor|savun|yinele|gönder|al|ekle|tekrarla|göster|düş|kullan|ifade et|seslendir|söyle|sarf et|sürdür|yayımla|yayınla|bildir|ortaya koy|duyur)` + going
	way   = `(?:şeklinde|biçiminde) (?:konuş|yanıt ver|cevap ver|karşılık ver|açıklama yap|açıklamada bulun|ifade et|ifade kullan|ifadeler kullan|değerlendir|değerlendirmede bulun|görüş bildir|yanıtla|cevapla|paylaşım yap|tepki göster|seslen|özetle|uyar|yaz)` + past
	with  = `(?:sözleriyle|ifadesiyle|ifadeleriyle|sözüyle|sözleri ile|ifadeleri ile|cümlesiyle|cümleleriyle) (?:[\p{L}]+ ){0,4}?[\p{L}]+` + past
	stood = `(?:denildi|dendi|denilerek|denilirken|denilmişti|denilmiştir|deniliyor|denilmekte|(?:ifadelerine|` + noun + `(?:s?[ıiuü]|l[ae]r[ıi])) (?:yer aldı|kullanıldı|yer alıyor|paylaşıldı|aktarıldı|verildi|yer almıştı|yapıldı|iletildi|yinelendi|düşüldü|dile getirildi))`
	saidV = `(?:dedi(?:ler|m)?|diyor(?:du|lar)?|demişti(?:r)?|demiş)`

	going  = `(?:` + past + `|[ae]r[ae]k|[ıiuü]rken)`
	endsTR = `(?:$|[\s.,;:!?…)”"])`
)

var (
	afterTR  = regexp.MustCompile(`^[\s,]*(` + strings.Join([]string{diye, words, room, made, did, gave, way, with, stood, saidV}, "|") + `)` + endsTR)
	heldTR   = regexp.MustCompile(`^[\s,]*(\p{Ll}{3,}(?:s?[ıiuü]nd[ae]|l[ae]r[ıi]nd[ae]) bulun` + going + `|\p{Ll}{3,}[ıiuü]n[ıiuü] (?:ver|yap|paylaş|dile getir|ilet)` + going + `)` + endsTR)
	wroteTR  = regexp.MustCompile(`^[\s,]*(yazdı|yazıyor|paylaştı|yanıtladı|seslendi|bağırdı|haykırdı)` + endsTR)
	useTR    = regexp.MustCompile(`^[\s,]*(der(?:ler)?)(?:$|[.,;!?])`) // "der" begins German clauses
	andTR    = regexp.MustCompile(`^[\s,]*(diyerek|derken|deyip|demekle yetin` + past + `|deme(?:yi|ği) ihmal etme` + past + `)` + endsTR)
	doerTR   = regexp.MustCompile(`^[\s,]*(diyen|diye (?:konuşan|ekleyen|seslenen|soran|yanıt veren|uyaran|tepki gösteren|yazan)|(?:ifadelerini|ifadesini|sözlerini) kullanan|(?:ifadelerine|sözlerine) yer veren|` + noun + `(?:s?[ıiuü]nd[ae]|l[ae]r[ıi]nd[ae]) bulunan|` + noun + `s?[ıiuü] (?:yapan|veren|paylaşan)|şeklinde konuşan|(?:sözleriyle|ifadesiyle|ifadeleriyle) (?:\p{L}+ ){0,3}?(?:yapan|anlatan|gösteren|eden|veren|getiren|özetleyen|seslenen|değerlendiren|eleştiren|savunan|yanıtlayan)|` + noun + `s?[ıiuü]n[ıiuü] (?:veren|yapan|paylaşan|dile getiren|yineleyen))[\s,]+(.*)`)
	colonTR  = regexp.MustCompile(`(?:^|[\s,])((?:şöyle|şunları|şunu|şu (?:[\p{L}]+ ){0,2}?[\p{L}]+) (?:[\p{L}]+ )?(?:konuş|söyle?|de|kaydet|belirt|ifade e[td]|aktar|kullan|anlat|dile getir|sırala?|yer ver|ekle?|paylaş|bulun|açıkla?|yaz|vurgula?|sürdür|devam e[td]|seslen|yanıt ver|cevap ver|özetle?|ver|yap)(?:` + past + `|erek|ildi|di|dı))[\s]*:[\s]*$`)
	plainTR  = regexp.MustCompile(`(?:^|[\s,])(ekledi|sordu|dedi ki|seslendi|bağırdı|yazdı|anlattı|açıkladı|söyledi|yanıtladı|cevapladı)[\s]*:[\s]*$`)
	innerTR  = regexp.MustCompile(`["“«][^"”»]*["”»]`)
	titleTR  = regexp.MustCompile(`^[\s]*((?:[\p{Lu}][\p{L}.'’-]*[ ]?){1,7})[\s]*:[\s]*$`)
	houseTR  = regexp.MustCompile(`(?:^|[\s,])((?:\p{Lu}[\p{L}.&-]*[ ](?:\d{1,3}\.[ ])?){0,5}\p{Lu}[\p{L}.&-]*(?:['’][\p{L}]+)?)[ ](?:[\p{Ll}]+[ ]){0,3}?(?:tarafından[ ])?(?:yapılan|gelen|paylaşılan|yayımlanan|yayınlanan|verilen)[ ](?:[\p{L}]+[ ]){0,3}?(?:açıklamada|duyuruda|paylaşımda|bilgilendirmede|bildiride|mesajda|uyarıda|raporda|cevapta|yanıtta)`)
	perTR    = regexp.MustCompile(`((?:\p{Lu}[\p{L}.&-]*[ ]){0,4}\p{Lu}[\p{L}.&-]*)['’][yn]?[ae][ ]göre[,]?[\s]*$`)
	calledTR = regexp.MustCompile(`^[\s,]*diye (?:adlandır|çağır|çağrıl|bilin|anıl|anılı|tanın|isimlendir|nitelen|nitelendir|bil|hitap|geç|tanımlan|tanımla|sorul|bekle|bekli|düşün|umut|umu|kork|merak|endişe|çalış|uğraş)`)
	openQTR  = regexp.MustCompile(`^[\s,]*(?:\p{L}+[ ]){0,2}?(?:projesi|adlı|isimli|lakab|filmi|kitab|operasyon|kampanya|uygulama)`)
	commaTR  = regexp.MustCompile(`^(?:[ ]\((?:\d{1,3}|\p{Lu}[\p{L}-]{0,14})\))?(?:[,:]|[ ](?:ise|de|da|ayrıca|devamla)(?:[ ,]|$)|[ ]*$)`)
	behindTR = regexp.MustCompile(`^[ ](?:\p{Ll}{3,}[ ]){0,3}?((?:\p{Lu}[\p{L}-]*\.?[ ]){0,6}\p{Lu}[\p{L}-]+)(?:[.,;!]|$)`)
	speechTR = regexp.MustCompile(`^[ ](?:\p{Ll}+[ ]){0,2}?(?:konuşmasını|sözlerini|yaşadıklarını|duygularını|düşüncelerini|tepkisini|açıklamasını|sevincini|ifadesinde|konuşmasında|açıklamasında|mesajında|paylaşımında|savunmasında|yazısında|demecinde|değerlendirmesinde|yanıtında|cevabında|sözlerinde|röportajında)[ ,]*$`)
	paperTR  = regexp.MustCompile(`((?:\p{Lu}[\p{L}.&-]*[ ]|\d{1,2}\.[ ]){0,5}\p{Lu}[\p{L}.&-]*?(?:['’]n?[ıiuü]n|[ıiuü]n[ıiuü]n|ğ[ıiuü]n))[ ](?:[\p{L}-]+[ ]){0,4}?(?:açıklama|rapor|karar|gerekçe|bildiri|duyuru|mesaj|paylaşım|mektub|yazı|cevab|yanıt|tutanağ|iddianame|bülten|dilekçe|bildirim|uyarı|rehber|çağrı)(?:lar|ler)?s?[ıiuü]nd[ae],?$`)
	goesTR   = regexp.MustCompile(`^[ ](?:dün|bugün|önceki|geçen|sonra|ardından|önce|maç|konuyla|konuya|olayla|kararla|kazayla|maçla|yaptığı|burada|törende|toplantıda|açılışta|kürsüde|mahkemede|duruşmada|konuşmasında|açıklamasında|özetle|ayrıca|sosyal|gözyaşları|\p{Ll}+l[ae]r[ae]|\p{Ll}+[dt][ıiuü](?:ğ[ıiuü]n[ıiuü]|kl[ae]r[ıi]n[ıi]))(?:$|[ ,])|^[ ](?:[\p{L}'’]+[ ]){0,8}?(?:yaptığı|verdiği|yayımladığı|yayınladığı|paylaştığı|katıldığı|düzenlediği|yazdığı)[ ](?:[\p{L}]+[ ]){0,3}?\p{Ll}+[dt][ae],?$`)
	postTR   = regexp.MustCompile(`^[ ](?:adl[ıi]|isimli|lakap|gibi|için|ile|hakkında|adına|yerine|tarafından|kadar|sonrası|öncesi|doğumlu|merkezli|\p{L}+(?:yl[ae]|nc[ae]|s[ıiuü]|[ıiuü]n[ıiuü]n))(?:$|[ ,])`)
	places   = regexp.MustCompile(`[ ](?:X|NSosyal|Twitter|Instagram|Facebook|YouTube|Telegram|Next)$`)
	accounts = regexp.MustCompile(`[ ](?:hesab|sayfas|sites|kanal)`)
	ownedTR  = regexp.MustCompile(`^(?:(.+)['’]n?[ıiuü]n|(.+(?:[ıiuü]|y[ae]))n[ıiuü]n|(.+[ğb])[ıiuü]n|(.+[^aeıioöuü])[ıiuü]n)$`)
	ablative = regexp.MustCompile(`^(.*?)(?:['’]n?[dt][ae]n)$`)
)

// quoteTR tells whether a quote is speech by what stands around it, and whose.
func quoteTR(head, quote, tail string) (Quote, bool) {
	before := sentence(head)
	if openQTR.MatchString(tail) && !andTR.MatchString(tail) && !doerTR.MatchString(tail) || calledTR.MatchString(tail) {
		return Quote{}, false
	}
	if m := doerTR.FindStringSubmatch(tail); m != nil {
		return Quote{Verb: m[1], Speaker: firstName(m[2])}, true
	}
	for _, re := range []*regexp.Regexp{afterTR, useTR, andTR} {
		if m := re.FindStringSubmatch(tail); m != nil && !naming(before, m[1], quote) {
			speaker := speakerTR(before)
			if speaker == "" && before == "" {
				speaker = inverted(tail[len(m[0])-1:])
			}
			return Quote{Verb: m[1], Speaker: speaker}, true
		}
	}
	if m := heldTR.FindStringSubmatch(tail); m != nil && strings.ContainsAny(quote[len(quote)-1:], ".!?") { // any noun, for a whole sentence
		return Quote{Verb: m[1], Speaker: speakerTR(before)}, true
	}
	if m := wroteTR.FindStringSubmatch(tail); m != nil && len(strings.Fields(quote)) > 2 {
		if speaker := speakerTR(before); speaker != "" {
			return Quote{Verb: m[1], Speaker: speaker}, true
		}
	}
	for _, re := range []*regexp.Regexp{colonTR, plainTR} {
		if !strings.HasSuffix(before, ":") {
			break
		}
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

// naming says whether a predicate gives a thing its name: a "yellow" warning,
// what people call "the giant".
func naming(before, verb, quote string) bool {
	return merely.MatchString(verb) && aWord(quote) || strings.HasPrefix(verb, "diye ") && (oneWord(quote) || aWord(quote)) && !speaks.MatchString(verb) ||
		calls.MatchString(verb) && toThing.MatchString(before) && len(strings.Fields(quote)) < 4 && !strings.ContainsAny(quote[len(quote)-1:], ".!?")
}

var (
	calls   = regexp.MustCompile(`^(?:diyor(?:lar)?|der(?:ler)?|deniyor|denir)$`)
	speaks  = regexp.MustCompile(`(?:konuş|seslen|bağır|haykır|sor|yanıt|cevap|karşılık|anlat|ekle|yaz|uyar|yakın|dert yan|göster|isyan|sitem|ağla|yalvar|fısılda|mırılda|özetle|açıkla|söyle|devam|çağrı|çığlık|feryat|slogan|ifade|yorumla|değerlendir|teşekkür|inle|sürdür|paylaş|gürle|çıkış|karşıla)`)
	toThing = regexp.MustCompile(`\p{Ll}[ae]$`)
)

// oneWord says whether a single word stands in marks, without a stop.
func oneWord(quote string) bool {
	return !strings.ContainsAny(quote, " .!?")
}

// merely is a predicate that as well gives a thing its name: a "yellow" warning.
var merely = regexp.MustCompile(`^(?:uyarı|çağrı|ihtar|anons|not|garanti|karar|mesaj|sinyal|teşekkür|duyuru|vurgu|itiraz|benzetme|tespit)\p{Ll}* (?:yap|ver|yer|bulun|düş)`)

// aWord says whether what stands in marks is a word or two, no sentence.
func aWord(quote string) bool {
	first, _ := utf8.DecodeRuneInString(quote)
	return unicode.IsLower(first) && len(strings.Fields(quote)) < 3 && !strings.ContainsAny(quote[len(quote)-1:], ".!?")
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
		half := clause[:strings.LastIndex(clause, m[0])+strings.Index(m[0], m[1])]
		switch {
		case strings.Contains(m[0], " tarafından "):
			return whole(half, m[1])
		case accounts.MatchString(m[0]):
			return whole(half, owner(m[1]))
		}
		return whole(half, institution(m[1]))
	}
	clause = innerTR.ReplaceAllString(clause, "…")
	runs := names(clause)
	for _, setOff := range []func(run) bool{ // what a comma sets off goes before whose speech it is
		func(r run) bool { return commaTR.MatchString(clause[r.end:]) },
		func(r run) bool {
			return (len(r.words) > 1 || !title(r.words[0])) && speechTR.MatchString(clause[r.end:]) // "Sanık savunmasında": one of many
		},
	} {
		for _, r := range slices.Backward(runs) {
			if name := untitled(r.words); name != "" && setOff(r) {
				return whole(clause[:r.at], name)
			}
		}
	}
	if m := paperTR.FindStringSubmatchIndex(clause); m != nil {
		return whole(clause[:m[2]], untitled(strings.Fields(owner(clause[m[2]:m[3]]))))
	}
	for _, r := range slices.Backward(runs) {
		if name := untitled(r.words); name != "" && goesOnTR(name, r, clause[r.end:]) {
			return name
		}
	}
	return ""
}

// goesOnTR says whether a person is the subject though nothing sets the name
// off: one with a title, or with a full name that is not the first half of a
// compound, whose second half would end in the possessive.
func goesOnTR(name string, r run, rest string) bool {
	if postTR.MatchString(rest) && !goesTR.MatchString(rest) {
		return false
	}
	titled := name != strings.Join(r.words, " ") && !opener(r.words[0])
	return titled || strings.Contains(name, " ") && (goesTR.MatchString(rest) || !halfOf.MatchString(name) && !halfOf.MatchString(firstWord(rest)))
}

// halfOf is a word that belongs to one before it: "taraftarı", "sahilinde".
var halfOf = regexp.MustCompile(`(?:[ıiuü]|[ıiuü]n(?:[dt][ae]n?|[aeıiuü]|[ıiuü]n)|[ıiuü]yl[ae])$`)

func firstWord(s string) string {
	word, _, _ := strings.Cut(strings.TrimLeft(s, " "), " ")
	return strings.TrimRight(word, ",;:")
}

// whole is an office's name with the half of it that stands before "ve": "Kültür
// ve Turizm Bakanlığı".
func whole(before, name string) string {
	if !officeOf.MatchString(name) {
		return name
	}
	return strings.TrimLeft(halfTR.FindString(before), " ,") + name
}

var (
	officeOf = regexp.MustCompile(`[ ](?:Bakanlığı|Başkanlığı|Müdürlüğü|Kurumu|Kurulu|Odası|Birliği|Derneği|Vakfı|Federasyonu|Üniversitesi|Komisyonu|Yönetimi|Merkezi|Enstitüsü|Sendikası)$`)
	halfTR   = regexp.MustCompile(`(?:^|[ ])\p{Lu}\p{L}+(?:[ ]\p{Lu}\p{L}+)?(?:, \p{Lu}\p{L}+)?[ ]ve[ ]$`)
)

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
