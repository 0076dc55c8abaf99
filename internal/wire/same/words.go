package same

import (
	"strings"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/letters"
)

// spelled is a small number written out; 1 is an article in Turkish.
func spelled(folded string) string {
	switch folded {
	case "iki", "two":
		return "2"
	case "uc", "three":
		return "3"
	case "dort", "four":
		return "4"
	case "bes", "five":
		return "5"
	case "alti", "six":
		return "6"
	case "yedi", "seven":
		return "7"
	case "sekiz", "eight":
		return "8"
	case "dokuz", "nine":
		return "9"
	case "ten":
		return "10"
	default:
		return ""
	}
}

// month says whether a word is a month, also with a suffix.
func month(folded string) bool {
	switch short(folded, nameStem) {
	case "ocak", "subat", "mart", "nisan", "mayis", "haziran", "temmuz", "agustos", "eylul", "ekim", "kasim", "aralik",
		"january", "februar", "march", "april", "may", "june", "july", "august", "septemb", "october", "novembe", "decembe",
		"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "oct", "nov", "dec":
		return true
	}
	return false
}

// person says whether what is counted are people, however they fared.
func person(unit string) bool {
	switch unit {
	case "kisi", "yara", "olu", "oldu", "can", "insa", "peop", "dead", "kill", "inju", "hurt", "pers", "died", "deat", "were", "othe":
		return true
	}
	return false
}

// empty says whether a word tells nothing of an event by itself.
func empty(folded string) bool {
	if len(folded) < 3 {
		return true
	}
	switch folded {
	case "icin", "ile", "gibi", "kadar", "gore", "daha", "cok", "bir", "olarak", "olan", "oldu", "olacak", "oldugu", "var", "yok", "eden", "etti", "edildi", "ediyor", "edecek", "yapti", "yapildi",
		"sonra", "once", "beri", "karsi", "son", "dakika", "flas", "acil", "haber", "haberi", "bugun", "dun", "yarin", "diye", "dedi", "soyledi", "bildirdi", "acikladi", "belirtti", "konustu", "ise", "ama", "ancak",
		"her", "hem", "ayni", "yeni", "ilk", "uzere", "bin", "milyon", "milyar", "the", "and", "for", "with", "from", "that", "this", "after", "before", "over", "into", "says", "said", "say", "has", "have", "had",
		"was", "were", "are", "will", "been", "his", "its", "their", "who", "which", "new", "news", "breaking", "update", "alert", "urgent", "than", "more", "about", "against", "amid", "least", "not", "but", "out", "off":
		return true
	}
	return false
}

// everyday says whether a name is in so much copy that it tells nothing of an
// event. Names are cut as stems are.
func everyday(name string) bool {
	switch name {
	case "turkiye", "turk", "turkey", "ankara", "istanbu", "izmir", "cumhurb", "cumhuri", "baskan", "baskani", "bakan", "bakani", "bakanli", "belediy", "buyukse", "valisi", "vali", "valilig", "milletv", "genel",
		"mudur", "mudurlu", "muduru", "univers", "hastane", "devlet", "emniyet", "jandarm", "itfaiye", "meclis", "meclisi", "tbmm", "mahkeme", "mahalle", "mahalli", "ilcesi", "caddesi", "sokak", "afad", "birlesi", "avrupa", "birligi",
		"akp", "parti", "partisi", "chp", "mhp", "erdogan", "dogu", "bati", "kuzey", "guney", "allah", "anadolu", "ajansi", "dha", "iha", "anka", "reuters", "afp", "yonhap", "spor", "kulubu", "lig", "super", "milli", "dunya", "turki",
		"pazarte", "sali", "carsamb", "persemb", "cuma", "cumarte", "pazar", "monday", "tuesday", "wednesd", "thursda", "friday", "saturda", "sunday", "mevki", "mevkisi", "prof", "doc", "yrd", "egitim", "arastir",
		"presid", "ministe", "prime", "governo", "mayor", "city", "state", "states", "united", "nations", "court", "police", "nationa", "governm", "europea", "union", "agency", "washing", "london", "america", "british",
		"the", "and", "for", "but", "our", "you", "they", "she", "his", "her", "there", "this", "that", "these", "those", "foreign", "chief", "univer", "hospita", "north", "south", "east", "west", "mrs", "general":
		return true
	}
	return month(name)
}

// form says whether copy is of a sort that is written by a template, so that
// many of its words tell nothing: weather, rates, fixtures, draws.
func form(d newsroom.Dispatch) bool {
	head := " " + letters.Fold(d.Headline+" "+d.Slugline) + " "
	for _, words := range []string{
		"hava durumu", "hava tahmin", "hava nasil", "hava sicakl", "meteoroloji verileri", "barajlarda doluluk", "baraj doluluk", "gune yukselisle basla", "gune dususle basla", "gune yatay basla", "gune artisla basla", "gunu yukselisle", "gunu dususle", "gune baslad",
		"serbest piyasada", "doviz kur", "altin fiyat", "altinin gram", "kapalicarsi", "merkez bankasi kur", "bist 100", "borsa gune", "borsa gunu", "petrol fiyat", "brent petrol", "akaryakit fiyat", "sayisal loto", "super loto", "cilgin sayisal", "sans topu", "on numara", "milli piyango",
		"puan durumu", "toplu sonuc", "haftanin programi", "haftanin maclari", "maclarin hakem", "gunun maclari", "at yarisi", "namaz vakit", "iftar vakit", "imsakiye", "burc yorum", "gunun onemli", "gunun haber", "gazete manset", "gunun ajandasi", "gunluk bulten", "tarihte bugun", "nobetci eczane",
		"weather forecast", "weather outlook", "exchange rate", "gold price", "stocks open", "stocks close", "closing prices", "market close", "lottery", "winning numbers", "fixtures", "standings", "results table", "daily schedule", "news schedule", "today in history", "horoscope", "oil prices",
	} {
		if strings.Contains(head, " "+words) {
			return true
		}
	}
	return false
}
