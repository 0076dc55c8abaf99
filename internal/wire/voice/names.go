package voice

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rotatif/newsroom/internal/letters"
)

// run is a row of words that begin with a capital; at and end are its bytes.
type run struct {
	words   []string
	at, end int
}

// names finds the rows of capitals in a clause whose last word stands in the
// nominative: one with a suffix behind an apostrophe is no subject.
func names(clause string) []run {
	var found []run
	var row []string
	at, start := 0, 0
	flush := func(end int) {
		if len(row) > 0 {
			found = append(found, run{row, start, end})
		}
		row = nil
	}
	for at < len(clause) {
		for at < len(clause) && clause[at] == ' ' {
			at++
		}
		end := at + strings.IndexByte(clause[at:]+" ", ' ')
		word := strings.TrimRight(clause[at:end], ",;:")
		first, _ := utf8.DecodeRuneInString(word)
		switch {
		case word == "":
		case len(row) > 0 && (word == "de" || word == "da") && deGroot.MatchString(clause[end:]):
			row = append(row, word)
		case len(row) > 0 && particle(word) && capital(clause[min(end+1, len(clause)):]):
			row = append(row, word)
		case !unicode.IsUpper(first) || strings.ContainsAny(word, "\"“”«»()"):
			flush(at - 1)
		case strings.ContainsAny(word, "'’"):
			row = nil
		case caseless.MatchString(word):
			row = nil
		default:
			if len(row) == 0 {
				start = at
			}
			row = append(row, word)
			if word != clause[at:end] {
				flush(at + len(word))
			}
		}
		if end >= len(clause) {
			flush(end)
		}
		at = end
	}
	return found
}

// caseless is an office's name with a case ending and no apostrophe, as the
// rules of spelling want it: "Bakanlığının", "Müdürlüğünden", "Valiliğe".
var caseless = regexp.MustCompile(`(?:[ıiuü]n[ıiuü]n|[aeıiuü]s[ıiuü]n[aeıiuü]|[lk][ıiuü]ğ[ıiuü]n[aeıiuü]|l[ıiuü]ğ(?:[ıiuü]n|[ae])|[ğsl][ıiuü]n[dt][ae]n?|l[ae]rd[ae]n?|l[ae]r[ıi]nd[ae]n?)$`)

// deGroot is what follows "de" within a name, not behind one, where it is the
// word for "as well": the last name, set off.
var deGroot = regexp.MustCompile(`^[ ]\p{Lu}\p{L}+(?:,|[ ]*$)`)

// particle says whether a word in small letters stands within names.
func particle(word string) bool {
	switch word {
	case "van", "von", "der", "bin", "ibn", "bint", "al", "el", "di", "del", "della", "du", "dos", "la", "le", "zu":
		return true
	}
	return false
}

// capital says whether a text goes on with a name, behind such words or at once.
func capital(rest string) bool {
	for _, w := range strings.Fields(start(rest, 60)) {
		first, _ := utf8.DecodeRuneInString(w)
		if !particle(w) {
			return unicode.IsUpper(first)
		}
	}
	return false
}

// untitled is the name in a row of capitals, without the titles before it. A
// row of titles alone is a name ("Vali"); a word that only begins a sentence is none.
func untitled(words []string) string {
	if len(words) == 0 || len(words) == 1 && (opener(words[0]) || ofSome.MatchString(words[0]) && title(words[0])) {
		return ""
	}
	if opener(words[0]) {
		words = words[1:]
	}
	from := 0
	for i, w := range words[:max(len(words)-1, 0)] { // the last may be a surname: "Ali Usta"
		if title(w) || callingOf.MatchString(w) || i == 0 && (calling(w) || len(words) > 2 && kin(w)) || partisan.MatchString(w) {
			from = i + 1
		}
	}
	if from < len(words)-1 || from == len(words)-1 && !title(words[from]) {
		words = words[from:]
	}
	return strings.Join(words, " ")
}

// ofSome is a title that says of what it is, which stands alone only where that
// has been lost: "(TÜSİAD) Başkanı".
var ofSome = regexp.MustCompile(`(?:s[ıiuü]|[nr][ıiuü])$`)

// firstName is the first name in what follows a participle: "diyen Belediye
// Başkanı Ayşe Demir, …", with a suffix cut off.
func firstName(rest string) string {
	var row, between []string
	for i, word := range strings.Fields(rest) {
		first, _ := utf8.DecodeRuneInString(word)
		bare := strings.TrimRight(word, ",.;:")
		if partisan.MatchString(bare) {
			row, between = nil, nil
			continue
		}
		if !unicode.IsUpper(first) {
			switch {
			case len(row) > 0 && particle(word):
				row = append(row, word)
				continue
			case len(row) == 0 && i > 4, len(row) > 0 && (bare != word || len(between) > 2):
				return surname(row)
			case len(row) > 0:
				between = append(between, word)
			}
			continue
		}
		if len(between) > 0 { // "Ukraynalı müzakereci Olena Bondar"
			if !office(between[len(between)-1]) {
				return surname(row)
			}
			row, between = nil, nil
		}
		suffix := strings.IndexAny(bare, "'’")
		if suffix > 0 {
			bare = bare[:suffix]
		}
		row = append(row, bare)
		if suffix > 0 || bare != word && !abbreviated(strings.TrimRight(word, ".")) {
			break
		}
	}
	return surname(row)
}

// surname is a row without the small words it may end with, and its titles.
func surname(row []string) string {
	for len(row) > 0 && particle(row[len(row)-1]) {
		row = row[:len(row)-1]
	}
	return untitled(row)
}

// office says whether a word in small letters is what somebody is by work.
func office(word string) bool {
	first, size := utf8.DecodeRuneInString(word)
	capital := letters.Upper("tr", string(first)) + word[size:]
	return title(capital) || calling(capital)
}

// partisan is a word that says whose man somebody is: "CHP'li".
var partisan = regexp.MustCompile(`['’]l[ıiuü]$`)

// calling says whether a capitalised word is an occupation by its ending, as
// most of those are that begin a sentence: "Üretici", "Balıkçı".
func calling(word string) bool {
	switch word {
	case "Naci", "Hacı", "Raci", "Nuci", "Gucci", "Vinci", "Medici", "Ricci", "Tucci":
		return false
	}
	return utf8.RuneCountInString(word) > 4 && callings.MatchString(word)
}

var callings = regexp.MustCompile(`(?:[cç][ıiuü]s?[ıiuü]?|zede|sever|olog|ist)$`)

// callingOf is an occupation somewhere: "AB Elçisi".
var callingOf = regexp.MustCompile(`[cç][ıiuü]s[ıiuü]$`)

// whence is a word that says from where somebody is: "Ankaralı".
var whence = regexp.MustCompile(`(?:[aı][^aeıioöuü]{0,2}lı|[ei][^aeıioöuü]{0,2}li|[ou][^aeıioöuü]{0,2}lu|[öü][^aeıioöuü]{0,2}lü)$`)

// kin says whether a word that begins a row is how family and age are called.
// Some are given names as well, so that only before two more names they count.
func kin(word string) bool {
	switch word {
	case "Anne", "Baba", "Dede", "Nine", "Babaanne", "Anneanne", "Amca", "Teyze", "Abla", "Ağabey", "Gazi", "Genç", "Veli", "Eş", "Kardeş":
		return true
	}
	return utf8.RuneCountInString(word) > 6 && whence.MatchString(word)
}

// manyCallings are people by their work: "Üreticiler".
var manyCallings = regexp.MustCompile(`[cç][ıiuü]l[ae]r$`)

// opener says whether a capitalised word is one that begins sentences, not a name.
func opener(word string) bool {
	switch word {
	case "Ancak", "Ayrıca", "Fakat", "Ama", "Öte", "Bunun", "Daha", "Burada", "Sonra", "Ardından", "Sonuçta", "Özellikle", "Bugün", "Dün", "Yarın", "Evet", "Hayır", "Ve", "Bu", "Şu", "O", "Onlar",
		"Biz", "Ben", "Sen", "Bir", "Her", "Olay", "Konuyla", "Konuya", "Yapılan", "Toplantıda", "Törende", "Programda", "Etkinlikte", "Mecliste", "Yazılı", "Öyle", "Böyle", "Şöyle", "İki", "Üç",
		"Bazı", "Kendisi", "Kendi", "Yine", "Hatta", "Üstelik", "Oysa", "Aynı", "İlk", "Son", "Geçen", "Bugüne", "Nihayet", "Peki", "Yetkililer", "Vatandaşlar", "Köylüler", "Taraftarlar", "Veliler", "Komşular", "Uzmanlar", "Doktorlar", "Sürücüler", "Yolcular", "Turistler", "Gençler", "Kadınlar", "Görgü", "Esnaftan", "Halktan", "Aileden", "Köyden", "Partiden",
		"Duyuruda", "Paylaşımda", "Mesajda", "Raporda", "Bildiride", "Kararda", "Mektupta", "İfadede", "Dilekçede", "İddianamede", "Haberde", "Videoda", "Metinde", "Yazıda", "Röportajda", "Afişte", "Pankartta", "Davada":
		return true
	}
	if manyCallings.MatchString(word) {
		return true
	}
	for _, ending := range []string{"sında", "sinde", "sunda", "sünde", "ında", "inde", "unda", "ünde", "erek", "arak", "ıyla", "iyle", "ken", "ınca", "ince", "dıktan", "dikten", "mada", "mede", "lıkla", "likle"} {
		if strings.HasSuffix(word, ending) && utf8.RuneCountInString(word) > 6 {
			return true
		}
	}
	return false
}

// title says whether a word is an office, a rank or a form of address.
func title(word string) bool {
	last, size := utf8.DecodeLastRuneInString(word) // "Öğretmeni"
	return titled(word) || strings.ContainsRune("ıiuü", last) && titled(word[:len(word)-size])
}

func titled(word string) bool {
	switch strings.TrimSuffix(word, ".") {
	case "Vali", "Valisi", "Bakan", "Bakanı", "Başkan", "Başkanı", "Başkanvekili", "Cumhurbaşkanı", "Başbakan", "Başbakanı", "Müdür", "Müdürü", "Sekreter", "Sekreteri", "Rektör", "Rektörü", "Dekan", "Dekanı", "Muhtar", "Muhtarı",
		"Kaymakam", "Kaymakamı", "Milletvekili", "Sözcü", "Sözcüsü", "Üye", "Üyesi", "Yardımcısı", "Direktör", "Direktörü", "Antrenör", "Antrenörü", "Kaptan", "Kaptanı", "Profesör", "Doktor", "Avukat", "Hâkim", "Hakim", "Savcı",
		"Savcısı", "Başsavcısı", "Komutan", "Komutanı", "Prof", "Dr", "Doç", "Yrd", "Av", "Op", "Uzm", "Öğr", "Gör", "Arş", "Ecz", "Dt", "Koordinatör", "Koordinatörü", "Temsilci", "Temsilcisi", "Danışman", "Danışmanı", "Uzman", "Uzmanı",
		"Şef", "Şefi", "Amir", "Amiri", "Lider", "Lideri", "Senatör", "Büyükelçi", "Büyükelçisi", "Konsolos", "Konsolosu", "Kurucu", "Kurucusu", "Editör", "Editörü", "Yazar", "Yazarı", "Oyuncu", "Oyuncusu", "Hoca", "Hocası", "Teğmen", "Albay", "Sanık", "Şüpheli", "Tanık", "Mağdur", "Müşteki", "Vatandaş", "Mahalleli", "Köylü", "Yurttaş", "Taraftar", "Komşu", "Esnaf", "Emekli", "Öğretmen", "Mühendis", "Mimar", "Hemşire", "Ebe", "Veteriner", "Akademisyen", "Şair", "Ressam",
		"Heykeltıraş", "Yönetmen", "Senarist", "Hakem", "Muhabir", "Spiker", "Ekonomist", "Analist", "Stratejist", "Psikolog", "Psikiyatrist", "Psikiyatr", "Diyetisyen", "Fizyoterapist", "Jeolog", "Meteorolog", "Arkeolog", "Sosyolog",
		"Cerrah", "Kardiyolog", "Pilot", "Hostes", "Şoför", "Çoban", "Bakkal", "Manav", "Kasap", "Berber", "Kuaför", "Terzi", "Usta", "İmam", "Müftü", "Müftüsü", "Papa", "Patrik", "Piskopos", "Rahip", "Kral", "Kralı", "Kraliçe",
		"Kraliçesi", "Prens", "Prensi", "Prenses", "Astsubay", "Binbaşı", "Yüzbaşı", "Üsteğmen", "Yarbay", "Tuğgeneral", "Tümgeneral", "Korgeneral", "Orgeneral", "Müfettiş", "Müsteşar", "Müsteşarı",
		"Hekim", "Hekimi", "Başhekim", "Başhekimi", "Asistan", "Menajer", "Menajeri", "Vekil", "Vekili", "Aktivist", "Gönüllü", "Eğitmen", "Sahibi", "Mucit", "Dalgıç", "Soprano", "Piyanist", "Solist", "Vokalist", "Stajyer", "General", "Amiral",
		"Defterdar", "Yargıç", "Şansölye", "Haham", "Dük", "Düşes", "Mareşal", "Şerif", "Başpiskopos", "Rahibe", "Bahçıvan", "Mübaşir", "Yaver", "Noter", "Kâtip", "Katip", "Başkomiser", "Bilirkişi", "Moderatör", "Polis", "Jandarma", "Zabıta", "Garson", "Kurye", "Motokurye", "Gardiyan", "Müteahhit", "Patron", "İşveren", "Komedyen", "Şovmen", "Manken", "Hattat", "Tenor", "Virtüöz", "Atlet", "Jokey", "Boksör", "Kondisyoner", "Optisyen", "Paramedik", "Teknisyen", "Tekniker", "Operatör", "Memur", "Mezun", "Doçent", "Okutman", "Gezgin", "Çavuş", "Başçavuş", "Onbaşı", "Astronot", "Kozmonot", "Kimyager", "Filozof", "Kameraman", "Müezzin", "Vaiz", "Hasta", "Mahkûm", "Tutuklu", "Hükümlü", "Kayyum", "Kâhya", "Muhasip", "Başyazar", "Masör", "Kaşif", "Yolcu", "Sürücü", "Görevli",
		"Emiri", "Patriği", "Ombudsman", "Delegesi", "Kardinal", "Ataşesi", "Komiser", "Raportör", "Adayı", "Psikoloğu", "Doktoru", "Annesi", "Babası", "Dayı", "Ağabeyi", "Eşi", "Oğlu", "Kızı", "Kardeşi", "Ablası", "Sporcu", "Müzisyen", "Rehber", "Turist", "Bestekâr", "Küratör", "Rejisör", "Avukatı", "Forvet", "Stoper", "Şampiyon", "Arkadaşı", "Yakını", "Torunu", "Gelini", "Damadı", "Halası", "Teyzesi", "Amcası", "Dayısı", "Dedesi", "Ninesi",
		"Lawyer", "Nurse", "Resident", "Firefighter", "Teacher", "Student", "Activist", "Journalist", "Author", "Actor", "Actress", "Singer", "Engineer", "Scientist", "Manager", "Midfielder", "Striker", "Defender", "Goalkeeper", "Driver", "Neighbour", "Neighbor", "Witness", "Villager", "Fisherman", "Historian", "Prosecutor", "Superintendent", "Constable", "Commissioner", "Congressman", "Congresswoman", "Councillor", "Councilman", "Premier", "Midwife", "Surgeon", "Shopkeeper", "Winemaker", "Skipper", "Referee", "Researcher", "Pastor", "Father", "Sister", "Imam", "Archbishop", "Bishop", "Cardinal", "Lieutenant", "Sergeant", "Colonel", "Major", "Admiral", "Justice", "MP",
		"Mr", "Mrs", "Ms", "President", "Minister", "Mayor", "Governor", "Senator", "Secretary", "Professor", "Doctor", "Chairman", "Chairwoman", "Chief", "Director", "Captain", "Judge", "Sheriff", "Coach", "Sir", "Dame", "Lord", "Lady", "Prince", "Princess", "King", "Queen",
		"Pope", "Rev", "Sen", "Rep", "Gov", "Gen", "Col", "Capt", "Lt", "Sgt", "Prime", "Foreign", "Vice", "Librarian", "Spokesman", "Spokeswoman", "Spokesperson", "CEO", "Farmer", "Officer", "Detective", "Inspector", "Deputy", "Attorney", "Chancellor", "Ambassador", "Analyst", "Economist":
		return true
	}
	return false
}
