package voice

import (
	"strings"

	"github.com/rotatif/newsroom/internal/letters"
)

// outlets are media by the names they go by, and the name they are credited
// with.
func outlets() map[string]string {
	known := map[string]string{
		"Anadolu Ajansı": "AA", "Anadolu Agency": "AA", "İhlas Haber Ajansı": "İHA", "Demirören Haber Ajansı": "DHA", "Doğan Haber Ajansı": "DHA", "Ankara Haber Ajansı": "ANKA",
		"ANKA Haber Ajansı": "ANKA", "Agence France-Presse": "AFP", "Fransız Haber Ajansı": "AFP", "Alman Haber Ajansı": "dpa", "DPA": "dpa", "İnterfaks": "Interfax", "İnterfax": "Interfax", "Şinhua": "Xinhua", "RİA Novosti": "RIA Novosti", "Ria Novosti": "RIA Novosti", "Associated Press": "AP", "The Associated Press": "AP",
		"Deutsche Welle": "DW", "El Cezire": "Al Jazeera", "The New York Times": "New York Times", "NYT": "New York Times", "WSJ": "Wall Street Journal",
		"The Wall Street Journal": "Wall Street Journal", "The Washington Post": "Washington Post", "The Guardian": "Guardian", "The Times of Israel": "Times of Israel",
		"The Telegraph": "Telegraph", "The Independent": "Independent", "Der Spiegel": "Spiegel",
		"Hurriyet": "Hürriyet", "Sozcu": "Sözcü", "Yeni Safak": "Yeni Şafak", "BirGun": "BirGün", "Haberturk": "Habertürk", "Ihlas News Agency": "İHA", "Demiroren News Agency": "DHA",
	}
	for _, name := range strings.Split(`AA|DHA|İHA|ANKA|İGFA|HHA|İLKHA|Mezopotamya Ajansı|JinNews|Reuters|AFP|AP|UPI|dpa|Yonhap|Xinhua|TASS|RIA Novosti|RIA|Interfax|Sputnik|Kyodo|ANSA|EFE|APA|IRNA|ISNA|Tasnim|Mehr|Fars|`+
		`WAFA|SANA|KUNA|WAM|BTA|MTI|PAP|ČTK|NTB|Ritzau|STT|ANA-MPA|AMNA|Tanjug|Azertac|Kazinform|KCNA|PTI|IANS|Bloomberg|Dow Jones|Ukrinform|UNIAN|Belta|BELTA|`+
		`New York Times|Washington Post|Wall Street Journal|Financial Times|Guardian|Daily Telegraph|Daily Mail|Daily Mirror|Bild|Spiegel|Die Welt|FAZ|Frankfurter Allgemeine Zeitung|Süddeutsche Zeitung|Le Monde|Le Figaro|Libération|`+
		`El País|El Mundo|La Repubblica|Corriere della Sera|La Stampa|Haaretz|Jerusalem Post|Times of Israel|Yediot Ahronot|Yedioth Ahronoth|Maariv|Asahi|Asahi Şimbun|Nikkei|Politico|Axios|The Economist|Newsweek|Kathimerini|Le Parisien|`+
		`BirGün|Evrensel|Yeni Şafak|Habertürk|Yeniçağ|T24|Bianet|Gazete Duvar|Diken|Medyascope|Kısa Dalga|Independent Türkçe|Sözcü|Hürriyet|Milliyet|Cumhuriyet|Agos|De Telegraaf|Bloomberg HT|Haber Global|TGRT Haber|Ekol TV|Kanal D|Show TV|TV100|A Spor|beIN Sports|Yeni Akit|Ekonomim|Karar TV|BirGün TV|Özgür Politika|JINNEWS|Handelsblatt|Les Echos|Il Sole 24 Ore|El Ahram|Hindustan Times|Times of India|South China Morning Post|Global Times|Straits Times|Sydney Morning Herald|Globe and Mail|Toronto Star|USA Today|Los Angeles Times|The Verge|TechCrunch|Marca|Mundo Deportivo|Gazzetta dello Sport|Corriere dello Sport|Tuttosport|Gazete Oksijen|`+
		`Euronews|DW|DW Türkçe|BBC|BBC Türkçe|BBC News|CNN|CNN Türk|CNN International|NTV|TRT|TRT Haber|TRT World|A Haber|Halk TV|Tele1|Fox News|NBC|NBC News|CBS|CBS News|ABC News|NPR|CNBC|CNBC-e|Sky News|ITV|Al Jazeera|Al Arabiya|ZDF|ARD|RAI|NHK|Kanal 12|Kanal 13|KBS|RT|France 24|VOA`, "|") {
		known[name] = name
	}
	return known
}

// Same says whether two names are of one medium: "AA" and "Anadolu Ajansı".
func Same(a, b string) bool {
	media := outlets()
	credited := func(name string) string {
		name = strings.Join(strings.Fields(name), " ")
		if known := media[name]; known != "" {
			name = known
		}
		return letters.Fold(name)
	}
	return credited(a) == credited(b)
}

// known is the name with which a medium at the end of a row of capitals is
// credited: of "Fransız Le Monde" it is Le Monde. Empty when none is known.
func known(row string, all map[string]string) string {
	row = strings.Join(strings.Fields(row), " ")
	for _, kind := range []string{" News Agency", " Agency", " News", " Haber Ajansı", " Ajansı", " TV"} {
		if bare, ok := strings.CutSuffix(row, kind); ok && all[row] == "" {
			if name := known(bare, all); name != "" {
				return name
			}
		}
	}
	for {
		if name := all[row]; name != "" {
			return name
		}
		_, rest, more := strings.Cut(row, " ")
		if !more {
			return ""
		}
		row = rest
	}
}
