package voice

import "regexp"

// The parts of the patterns. A name begins with a capital; Go's \b knows ASCII
// alone, so word borders are said with what may stand before.
const (
	before  = `(?:^|[\s("“«'‘,;:–—-])`
	word    = `(?:\p{Lu}[\p{L}\d&.-]*|dpa)`
	proper  = `(` + word + `(?:[ ](?:(?:della |of )?` + word + `|\d{1,2})){0,4})`
	medium  = `(?:[Hh]aber [Aa]jansı|[Aa]jansı|[Gg]azetesi|[Tt]elevizyonu|[Dd]ergisi|[Kk]analı|[Rr]adyosu|[Hh]aber [Ss]itesi|[Ii]nternet [Ss]itesi|[Yy]ayın [Kk]uruluşu|[Tt]elevizyon [Kk]analı)`
	abroad  = `(?:[^().!?\n]|\p{Lu}[\p{L}.]{0,5}\.){2,80}` // "TUCSON, Ariz."
	maybe   = `(?:[ ]` + medium + `)?`
	genit   = `(?:['’]?n?[ıiuü]n)`
	locat   = `(?:['’]?n?[dt][ae])`
	from    = `(?:['’]n?[dt][ae]n|nd[ae]n)`
	dative  = `(?:['’]?[yn]?[ae])`
	more    = `(?:[ ]*[/,][ ]*` + word + `(?:[ ]` + word + `)?){0,3}`
	besides = `(?:[ ]*[/,|–-][^.!?\n]{0,80})?[ .]*$` // "Kaynak: AA / Ayşe Kaya - Güncel"
	called  = `(?:[ ]\([^()]{1,20}\))?`
	aside   = called + `,?`
	gap     = `(?:[ ][^.!?;"“”\n]{0,100}?)?[ ]`

	held   = `(?:[ ](?:[\p{Ll}-]+[ ]){0,3}?(?:haber|bilgi|belge|veri|rapor|taslağ|metn|metin|kayıt|kayd|yazışma|tutanak|tutanağ|mektub|mektup|ses kayd)(?:l[ae]r)?[ıi]?[yn]?[ae][ ]göre)`
	gotten = `(?:aldığı|ulaştığı|ele geçirdiği|edindiği|elde ettiği|eriştiği|incelediği|gördüğü|derlediği|sızdırdığı|geçtiği|dayandırdığı|aktardığı|verdiği|paylaştığı|servis ettiği|duyurduğu|yayımladığı|yayınladığı|abonelerine geçtiği)`
	byNews = `(?:(?:haberine|haberlerine|haberinde|haberlerinde|aktardığına|aktardıklarına|bildirdiğine|duyurduğuna|yazdığına|iddiasına|analizine|makalesine|anketine|dosyasına|hesaplamasına|hesaplamalarına)(?:[ ]göre)?|` + gotten + held + `)`
	inNews = `(?:yer alan|yayımlanan|yayınlanan|çıkan)[ ](?:bir[ ])?(?:haber|analiz|rapor|makale|yazı)(?:(?:i|s)?n?[dt][ae]|ında|sında|(?:e|a|[yn]a|[yn]e|ine|ına)[ ]göre)`
	byMan  = `(?:muhabir(?:ine|lerine),[ ]|muhabir(?:i|leri)(?:ne|nin|nden)[ ](?:[^.!?;"\n]{0,60}?)(?:(?:bilgi|veri)(?:ye|lere)[ ]göre|aktardığına|bildirdiğine|tespitlerine göre|konuşan|açıklama|değerlendirme|anlatan|anlattı|bilgi veren|demeç|sorularını yanıtla|röportaj))`
	toThem = `(?:konuşan|değerlendiren|anlatan|aktaran|açıklayan|doğrulayan|doğruladı|açıklamada bulunan|açıklama yapan|açıklamalarda bulunan|demeç veren|röportaj veren|bilgi veren|değerlendirmede bulunan|mülakat veren|konuştu|demeç verdi|yaptığı açıklama|yaptıkları açıklama|(?:verdiği )?(?:özel )?(?:demecinde|röportajında|mülakatında|söyleşisinde)|verdiği (?:demeç|röportaj|mülakat|söyleşi|bilgi))`

	// Whoever says that others did something reports; whoever speaks of its own affairs does not.
	others  = `(?:\p{L}{3,}n?[ıiuü]n|\p{Lu}\p{L}*['’]n?[ıiuü]n)[ ][^.!?\n]{0,120}?`
	strange = `(?:\p{L}{3,}(?:[^n\s][ıiuü]n|[aeoö]n[ıiuü]n)|\p{Lu}\p{L}*['’]n?[ıiuü]n)[ ][^.!?\n]{0,120}?`
	passive = `\p{L}+[ıiuü][ln](?:[dt][ıiuü]ğ|acağ|eceğ)[ıiuü]n[ıiuü][ ]`

	amongst = `(?:basınından|basın kuruluşlarından|gazetelerinden|ajanslarından|televizyonlarından|kanallarından|dergilerinden|sitelerinden|organlarından)`
	based   = `dayan(?:d[ıi]r(?:dığı|dıkları|dı|ıldı|an|arak|ılan|ıyor)|arak|an|dı)[ ,.]`
	named   = `(?:kaynak|referans)[ ](?:olarak[ ])?(?:göster|al)`

	houseSo = `[^.!?\n]{3,200}[ ](?:bildirdi|yazdı|haberleştirdi|öne sürdü|iddia etti|geçti)\.|[^.!?\n]{0,160}?(?:` + others + `|` + passive + `)(?:duyurdu|aktardı|belirtti|kaydetti|açıkladı)\.`

	saysSo = `(?:[^.!?\n]{3,200}[ ](?:yazdı|haberleştirdi)|[^.!?\n]{0,80}?(?:` + others + `|` + passive + `)(?:bildirdi|öne sürdü|iddia etti)|[^.!?\n]{0,80}?(?:` + strange + `|` + passive + `)(?:duyurdu|aktardı|belirtti|kaydetti))\.`

	enMedium = `(?:[Nn]ews [Aa]gency|newspaper|daily|broadcaster|television|state TV|magazine|news site|news website|wire service)`
	enMaybe  = `(?:[ ]` + enMedium + `|['’]s[ ](?:\p{L}+[ ]){0,2}(?:service|bureau|correspondent|channel|affiliate))?`
	enEnd    = `(?:$|[\s,.;:!?)"”])`
	enLeads  = `(?:[Aa]ccording to|[Cc]iting|(?:[Rr]eported|quoted|cited|carried|published|broadcast|aired|seen|obtained|reviewed|released|distributed|broken|revealed|uncovered) by|[Ii]n an interview with|[Ss]peaking to|[Ss]poke to|told)[ ](?:an? (?:[\p{Ll}-]+ )?(?:report|article|story|interview) (?:by|in|from|with) )?(?:[Tt]he )?(?:(?:\p{Lu}[\p{L}.-]*[ ]){0,3}\p{Lu}[\p{L}.-]*['’]s?[ ])?`
)

// pattern is a way of naming a source. The first group of words is the name. A
// line without any of the needs is not looked at.
type pattern struct {
	words *regexp.Regexp
	trust trust
	needs []string
}

// trust is how far a pattern is trusted to stand before a medium's name.
type trust int

const (
	told   trust = iota // the words say by themselves that it is a medium
	listed              // the name must be that of a known medium
	sole                // and one that means nothing else
)

var (
	trDateline = regexp.MustCompile(`^[ ]*` + abroad + `\([ ]*([\p{Lu}][\p{Lu}\d.&-]{1,9}|dpa|Reuters|Xinhua)` + more + `[ ]*\)\.?[ ]*[-–—]`)
	trSlashed  = regexp.MustCompile(`^[ ]*\p{Lu}(?:[\p{L}.& -]{1,60}/)?[\p{Lu}, -]{1,30}[/,-][ ]?\(?(AA|DHA|İHA|ANKA|İGFA|İLKHA|HHA)\)?[ ]*(?:[-–—]|$)`)
	trDashed   = regexp.MustCompile(`^[ ]*\p{Lu}[\p{Lu}, ]{1,30}[ ]?[-–—][ ]?\((AA|DHA|İHA|ANKA|İGFA|İLKHA|HHA)\)`)
	trCredit   = regexp.MustCompile(`^[ ]*(?:(?:[Hh]aber(?:in)? )?[Kk]ayna[kğ]ı?|(?:HABER )?KAYNA[KĞ]I?)[ ]*:[ ]*` + proper + maybe + called + more + besides)
	trBy       = regexp.MustCompile(before + proper + maybe + genit + aside + gap + byNews)
	trIn       = regexp.MustCompile(before + proper + maybe + locat + aside + gap + inNews)
	trMan      = regexp.MustCompile(before + proper + called + `[ ]` + byMan)
	trPer      = regexp.MustCompile(before + proper + dative + `[ ]göre`)
	trTo       = regexp.MustCompile(before + proper + maybe + dative + called + `[ ]` + toThem)
	trOut      = regexp.MustCompile(before + proper + `(?:['’]n?[dt][ae]n|[ ]` + medium + `['’]?nd[ae]n)[ ]` + proper + genit + `[ ](?:[\p{Ll}]+[ ]){0,3}?` + byNews)
	trHand     = regexp.MustCompile(before + proper + maybe + `[ ](?:\p{Lu}\p{L}+[ ])?(?:[Yy]azarı|[Mm]uhabiri|[Tt]emsilcisi|[Ee]ditörü|[Mm]üdürü)[ ]` + proper + genit + `[ ](?:[\p{Ll}]+[ ]){0,3}?` + byNews)
	trMediumBy = regexp.MustCompile(before + proper + `[ ](?:` + medium + `|sitesi|portalı|bülteni)` + `['’]?n[ıiuü]n` + aside + gap + byNews)
	trNamedBy  = regexp.MustCompile(before + medium + `[ ]` + proper + genit + aside + gap + byNews)
	trMediumTo = regexp.MustCompile(before + proper + `[ ]` + medium + `['’]?n[ae][ ](?:göre|` + toThem + `)`)
	trNamedTo  = regexp.MustCompile(before + `(?:ajansı|gazetesi|televizyonu|kanalı|dergisi|radyosu)[ ](` + word + `)` + called + `(?:['’][yn]?[ae])[ ](?:göre|` + toThem + `)`)
	trMediumIn = regexp.MustCompile(before + proper + `[ ]` + medium + `['’]?nd[ae][ ](?:[^.!?;"\n]{0,40}?)` + inNews)
	trMediumSo = regexp.MustCompile(before + proper + `[ ]` + medium + `,[ ][^.!?\n]{3,200}[ ](?:bildirdi|yazdı|duyurdu|aktardı|öne sürdü|iddia etti|geçti)\.`)
	trSo       = regexp.MustCompile(`^` + proper + maybe + `,[ ]` + saysSo)
	trHouseSo  = regexp.MustCompile(`^[^.!?,\n]{0,60}?(?:` + medium + `|` + amongst + `|aktaran|duyuran|yazan|haberleştiren)[ ]` + proper + `,[ ](?:` + houseSo + `)`)
	trBased    = regexp.MustCompile(before + proper + maybe + dative + `[ ](?:[^.!?;,"\n]{0,40}?[ ])??` + based)
	trMedBased = regexp.MustCompile(before + proper + `[ ]` + medium + `['’]?n[ae][ ](?:dayandır|dayanarak)`)
	trBare     = regexp.MustCompile(before + proper + `[ ](?:(?:haberine|haberlerine|analizine|anketine)[ ]göre|kaynaklı[ ](?:haber|bilgi|iddia))`)
	trNewsSo   = regexp.MustCompile(`[Hh]aber(?:i|ini|leri|lerini)[ ](?:ilk[ ])?(?:kez[ ])?` + proper + `[ ]` + medium + `[ ](?:ilk[ ])?(?:duyurdu|verdi|yazdı|geçti|yayımladı|yayınladı|servis etti|gündeme getirdi)`)
	trMet      = regexp.MustCompile(before + proper + maybe + genit + `[ ](?:(?:görüştüğü|konuştuğu|ulaştığı)[ ](?:\p{Ll}+[ ]){0,3}?(?:kaynak|yetkili|kişi|isim|diplomat|görevli|uzman|tanık)|sorularını[ ](?:yanıtla|cevapla)(?:yan|dı))`)
	trNamedAs  = regexp.MustCompile(before + proper + maybe + `(?:['’]?[yn]?[ıiuü])[ ]` + named)
	trPlain    = regexp.MustCompile(`(?:^|[.!?:;,][ ]|\s\p{Ll}+[ ])(` + word + `)['’]n?[ıiuü]n[ ](?:(?:dünkü|bugünkü|özel|son|ilgili|\p{L}+ tarihli|\p{L}+ günkü)[ ])?haberine göre`)
	trHead     = regexp.MustCompile(`^` + proper + `:[ ]\p{Lu}`)
	trNews     = regexp.MustCompile(`^[ ]*\(?(?:[Hh]aber|HABER)[ ]*:[ ]*` + proper + `[ .)]*$`)
	trNewsBy   = regexp.MustCompile(`^[ ]*(?:[Hh]aber|HABER)(?:[ ](?:ve|-)[ ]\p{L}+)?[ ]*:[ ]*[^.!?()\n]{3,120}[ ]?\(` + proper + `\)[ .]*$`)
	trEnd      = regexp.MustCompile(`[.!?…]["”’']?[ ]?\([ ]?` + proper + more + `[ ]?\)\.?$`)
	trFrom     = regexp.MustCompile(before + proper + maybe + from + `[ ](?:alınan[ ](?:bilgi|haber|veri)|aktaran|aktardı|aktararak|alıntıla)`)
	trTaken    = regexp.MustCompile(`(?:[Hh]aber|[Mm]etin|[Bb]ilgi|[Yy]azı|[İi]çerik|[Bb]ülten)\p{Ll}*[ ](?:\p{L}+[ ]){0,3}?` + proper + maybe + from + `[ ](?:alın|derlen|aktarıl|çevril)`)
	trBylined  = regexp.MustCompile(`^[ ]*(?:[Hh]aber|HABER|[Mm]uhabir|MUHABİR|By|BY)[ ]?:?[ ][^:.!?\n]{3,60}?[ ]?[/,|–-][ ]?` + proper + `[ ]*$`)
	trTail     = regexp.MustCompile(`[ ][-–—][ ]` + proper + `[ ]*$`)

	enCredit   = regexp.MustCompile(`^[ ]*(?:[Ss]ources?|SOURCES?)[ ]*:[ ]*` + proper + more + besides)
	enDateline = regexp.MustCompile(`^[ ]*` + abroad + `\([ ]*` + proper + more + `[ ]*\)\.?[ ]*[-–—]`)
	enBy       = regexp.MustCompile(before + enLeads + `(?:(?:[\p{Ll}-]+ )?` + enMedium + `[ ])?` + proper + enMaybe + enEnd)
	enNamed    = regexp.MustCompile(before + enLeads + proper + `[ ]` + enMedium + enEnd)
	enMediumOf = regexp.MustCompile(before + `(?:[\p{L}’'-]+[ ]){0,4}?` + enMedium + `[ ]` + proper + `[ ](?:has )?(?:reported|said|reports|wrote)` + enEnd)
	enReports  = regexp.MustCompile(before + proper + enMaybe + `[ ](?:has )?(?:reported|reports|wrote|first reported|quoted|cited)` + enEnd)
	enCiting   = regexp.MustCompile(before + proper + enMaybe + `(?:[ ](?:has )?(?:said|reported))?,[ ](?:citing|quoting)[ ]`)
	enSaid     = regexp.MustCompile(`,[”"]?[ ](?:[Tt]he )?` + proper + enMaybe + `[ ](?:said|reported)(?:[ ](?:(?:on|late|early|earlier|in|from)[ ])?[\p{L}\d ]{3,40})?\.?$`)
	enBegins   = regexp.MustCompile(`^(?:The )?` + proper + enMaybe + `[ ]said[ ](?:on \p{Lu}\p{Ll}+ )?(?:that )?(?:the|an?|at least|more than|several|some|two|three|police|\p{Lu}\p{L}+)[ ]`)
	enState    = regexp.MustCompile(before + `(?:[Ss]tate-run|[Ss]tate-owned|[Oo]fficial|[Ss]emi-official)[ ]` + proper + enMaybe + `[ ](?:reported|said|reports)` + enEnd)
	enTheNamed = regexp.MustCompile(before + `(?:[Tt]he[ ](?:[\p{Ll}-]+[ ]){0,2})?` + proper + `[ ](?:[\p{Ll}-]+[ ])?` + enMedium + `[ ](?:has )?(?:reported|said|says|reports|wrote|writes)`)
)

func trPatterns() []pattern {
	news, house := []string{"göre", "haberinde"}, []string{"jans", "azete", "elevizyon", "ergisi", "anal", "adyo", "ites", "uruluş"}
	said := []string{"bildirdi", "yazdı", "haberleştirdi", "öne sürdü", "iddia etti", "duyurdu", "aktardı", "geçti", "belirtti", "kaydetti"}
	return []pattern{
		{trDateline, told, []string{"("}}, {trSlashed, listed, []string{"/"}}, {trDashed, listed, []string{"("}}, {trCredit, told, []string{"ayna", "AYNA"}}, {trBy, listed, news}, {trIn, listed, []string{"göre", "haber"}},
		{trMan, listed, []string{"muhabir"}}, {trPer, sole, news}, {trTo, listed, []string{"göre", "konuş", "değerlendiren", "anlatan", "aktaran", "açıklayan", "doğrula", "bulunan", "yapan", "ver", "açıklama", "demec", "röport", "mülakat", "söyleşi"}}, {trOut, told, news}, {trHand, listed, []string{"azarı ", "uhabiri ", "emsilcisi ", "ditörü ", "üdürü "}},
		{trMediumBy, told, news}, {trNamedBy, told, news}, {trMediumTo, told, house}, {trNamedTo, told, house}, {trMediumIn, told, house}, {trMediumSo, told, said}, {trSo, listed, said}, {trHouseSo, told, append(said, "açıkladı")}, {trBased, listed, []string{"dayan"}}, {trMedBased, told, []string{"dayan"}}, {trNewsSo, listed, []string{"aberi ", "aberini ", "aberleri"}}, {trMet, listed, []string{"görüştüğü", "konuştuğu", "ulaştığı", "sorularını"}}, {trBare, sole, []string{" haberine", " haberlerine", " analizine", " anketine", " kaynaklı"}}, {trNamedAs, listed, []string{"kaynak", "referans"}},
		{trPlain, told, news}, {trNews, listed, []string{"aber", "ABER"}}, {trEnd, listed, []string{"("}}, {trNewsBy, listed, []string{"aber", "ABER"}}, {trFrom, sole, []string{"alın", "aktar"}}, {trTaken, listed, []string{"alın", "derlen", "aktarıl", "çevril"}}, {trHead, sole, []string{": "}}, {trBylined, listed, []string{"aber", "ABER", "uhabir", "UHABİR", "By", "BY"}}, {trTail, listed, []string{" - ", " – ", " — "}},
	}
}

func enPatterns() []pattern {
	leads := []string{"ccording", "iting", "eported", " by ", "quoted", "cited", "interview", "peaking", "poke", "told"}
	said := []string{"reported", "said", "says", "writes", "reports", "wrote", "quoted", "cited"}
	return []pattern{{enDateline, listed, []string{"("}}, {enCredit, listed, []string{"ource", "OURCE"}}, {enBy, listed, leads}, {enMediumOf, told, said}, {enNamed, told, leads}, {enReports, listed, said}, {enCiting, listed, leads}, {enSaid, sole, said}, {enBegins, sole, said}, {enState, listed, said}, {enTheNamed, told, said}}
}
