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
		"Anka Haber Ajansı": "ANKA", "Anka": "ANKA", "Deutsche Welle": "DW", "Deutsche Welle Türkçe": "DW Türkçe", "El Cezire Türk": "Al Jazeera", "El Pais": "El País", "Repubblica": "La Repubblica", "Liberation": "Libération", "Suddeutsche Zeitung": "Süddeutsche Zeitung", "Yediot Aharonot": "Yediot Ahronot", "Clarin": "Clarín", "La Nacion": "La Nación", "CTK": "ČTK", "Tesnim": "Tasnim", "Rûdaw": "Rudaw", "Sinhua": "Xinhua", "El Arabiya": "Al Arabiya", "El-Cezire": "Al Jazeera", "The Economist": "Economist", "Reuters Haber Ajansı": "Reuters", "Kiodo": "Kyodo", "Yonhap Haber Ajansı": "Yonhap", "Agence France Presse": "AFP", "Deutsche Presse-Agentur": "dpa", "Agencia EFE": "EFE",
		"WaPo": "Washington Post", "FT": "Financial Times", "The Financial Times": "Financial Times", "The Sunday Times": "Sunday Times", "The Moscow Times": "Moscow Times", "The Irish Times": "Irish Times", "The Kyiv Independent": "Kyiv Independent", "The Jerusalem Post": "Jerusalem Post", "The Globe and Mail": "Globe and Mail", "The Atlantic": "The Atlantic", "The Athletic": "The Athletic",
		"El Cezire": "Al Jazeera", "The New York Times": "New York Times", "NYT": "New York Times", "WSJ": "Wall Street Journal",
		"The Wall Street Journal": "Wall Street Journal", "The Washington Post": "Washington Post", "The Guardian": "Guardian", "The Times of Israel": "Times of Israel",
		"The Telegraph": "Telegraph", "The Independent": "Independent", "Der Spiegel": "Spiegel",
		"Hurriyet": "Hürriyet", "Sozcu": "Sözcü", "Yeni Safak": "Yeni Şafak", "BirGun": "BirGün", "Haberturk": "Habertürk", "Ihlas News Agency": "İHA", "Demiroren News Agency": "DHA",
	}
	for _, name := range strings.Split(`AA|DHA|İHA|ANKA|İGFA|HHA|İLKHA|Mezopotamya Ajansı|JinNews|Reuters|AFP|AP|UPI|dpa|Yonhap|Xinhua|TASS|RIA Novosti|RIA|Interfax|Sputnik|Kyodo|ANSA|EFE|APA|IRNA|ISNA|Tasnim|Mehr|Fars|`+
		`WAFA|SANA|KUNA|WAM|BTA|MTI|PAP|ČTK|Ritzau|STT|ANA-MPA|AMNA|Tanjug|Azertac|Kazinform|KCNA|PTI|IANS|Bloomberg|Dow Jones|Ukrinform|UNIAN|Belta|BELTA|`+
		`New York Times|Washington Post|Wall Street Journal|Financial Times|Guardian|Daily Telegraph|Daily Mail|Daily Mirror|Bild|Spiegel|Die Welt|FAZ|Frankfurter Allgemeine Zeitung|Süddeutsche Zeitung|Le Monde|Le Figaro|Libération|`+
		`El País|El Mundo|La Repubblica|Corriere della Sera|La Stampa|Haaretz|Jerusalem Post|Times of Israel|Yediot Ahronot|Yedioth Ahronoth|Maariv|Asahi|Asahi Şimbun|Nikkei|Politico|Axios|Economist|Newsweek|Kathimerini|Le Parisien|`+
		`BirGün|Evrensel|Yeni Şafak|Habertürk|Yeniçağ|T24|Bianet|Gazete Duvar|Diken|Medyascope|Kısa Dalga|Independent Türkçe|Sözcü|Hürriyet|Milliyet|Cumhuriyet|Agos|De Telegraaf|Bloomberg HT|Haber Global|TGRT Haber|Ekol TV|Kanal D|Show TV|TV100|A Spor|beIN Sports|Yeni Akit|Ekonomim|Karar TV|BirGün TV|Özgür Politika|JINNEWS|Handelsblatt|Les Echos|Il Sole 24 Ore|El Ahram|Hindustan Times|Times of India|South China Morning Post|Global Times|Straits Times|Sydney Morning Herald|Globe and Mail|Toronto Star|USA Today|Los Angeles Times|The Verge|The Sun|Daily Star|Daily Record|TechCrunch|Marca|Mundo Deportivo|Gazzetta dello Sport|Corriere dello Sport|Tuttosport|Gazete Oksijen|`+
		`Euronews|DW|DW Türkçe|BBC|BBC Türkçe|BBC News|CNN|CNN Türk|CNN International|NTV|TRT|TRT Haber|TRT World|A Haber|Halk TV|Tele1|Fox News|NBC|NBC News|CBS|CBS News|ABC News|NPR|CNBC|CNBC-e|Sky News|ITV|Al Jazeera|Al Arabiya|ZDF|ARD|RAI|NHK|Kanal 12|Kanal 13|KBS|RT|France 24|VOA|`+
		`Sky Sports|BT Sport|TNT Sports|ESPN|Eurosport|CBC|CBC News|CTV News|GB News|LBC|TF1|RTL|RTBF|RTE|RTÉ|Telemundo|Univision|Radio Free Europe|TMZ|Variety|Hollywood Reporter|Rolling Stone|Wired|Mynet|Ensonhaber|Webtekno|ShiftDelete|Donanımhaber|Kyiv Independent|Kyiv Post|Ukrainska Pravda|Moscow Times|Meduza|Kommersant|Vedomosti|Izvestia|Rossiya 24|Irish Times|Irish Independent|Sunday Times|The Atlantic|The Athletic|The Hill|The Intercept|ProPublica|Semafor|MSNBC|NewsNation|Newsmax|PBS|Barron's|MarketWatch|Forbes|Business Insider|Chicago Tribune|Boston Globe|Miami Herald|Dallas Morning News|Denver Post|Houston Chronicle|San Francisco Chronicle|Philadelphia Inquirer|`+
		`Evening Standard|Daily Express|Channel 4|Channel 4 News|ITV News|Agerpres|HINA|Hina|SRNA|BNS|NTB|Lusa|Belga|Keystone-SDA|Kronen Zeitung|Der Standard|Die Presse|Die Zeit|Tagesspiegel|n-tv|NDR|WDR|Le Soir|De Standaard|NRC|Volkskrant|L'Equipe|BFM TV|BFMTV|Mediapart|La Croix|L'Express|Ouest-France|La Vanguardia|El Confidencial|Il Messaggero|Il Fatto Quotidiano|RaiNews|Sky TG24|Sky Sport|SVT|NRK|Yle|Aftonbladet|Expressen|Verdens Gang|Dagens Nyheter|Helsingin Sanomat|`+
		`Ta Nea|To Vima|Press TV|IRIB|Al Mayadin|El Meyadin|Al-Mayadeen|Al Hadath|El Hadath|Şark-ul Avsat|Asharq Al-Awsat|Al Monitor|Al-Monitor|Middle East Eye|NNA|QNA|Rudaw|Kurdistan 24|MENA|SPA|Channel 12|Channel 13|Israel Hayom|Ynet|Geo News|Geo TV|The Hindu|NDTV|Times Now|Bernama|Yomiuri|Yomiuri Şimbun|Mainichi|Jiji|Jiji Press|Chosun Ilbo|Korea Herald|Korea Times|Caixin|CCTV|CGTN|People's Daily|The Australian|NZ Herald|RNZ|Folha de S.Paulo|O Globo|Clarín|La Nación|Telam|Infobae|El Universal|Prensa Latina|Telesur|`+
		`Serbestiyet|Artı Gerçek|Artı TV|Gerçek Gündem|KRT|Sözcü TV|Flash Haber|Ulusal Kanal|TVNET|Ülke TV|Akit TV|Türkgün|Yeni Asya|Yeni Mesaj|Milli Gazete|Millî Gazete|Yeni Birlik|Yeni Asır|Cumhuriyet TV|Onedio|Odatv|OdaTV|ODATV|soL|SoL|soL Haber|İleri Haber|Yeni Yaşam|Duvar English|Daily Sabah|Hürriyet Daily News|Turkish Minute|Turkiye Today|Türkiye Today|Sputnik Türkiye|Voice of America|Amerika'nın Sesi|VOA Türkçe|Fanatik|Fotomaç|Fotospor|Sporx|Ajansspor|NTV Spor|HT Spor|TRT Spor|S Sport|Patronlar Dünyası|Doğruluk Payı|Anadolu Haber Ajansı|İnterpress|Etkin Haber Ajansı|ETHA|Kıbrıs Postası|Yenidüzen|BRT|BRTK`, "|") {
		known[name] = name
	}
	return known
}

// inCapitals is the medium that a name in nothing but capitals is of: "İHLAS
// HABER AJANSI". Empty when none is known.
func inCapitals(row string, all map[string]string) string {
	if len(row) < 5 || !letters.AllCaps(row) {
		return ""
	}
	for name, credited := range all {
		if letters.Upper("tr", name) == row {
			return credited
		}
	}
	return ""
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
	for _, tongue := range []string{" Türkçe", " Farsça", " Arapça", " Kürtçe", " Rusça", " Azerice", " İngilizce", " Persian", " Arabic", " Turkish", " Russian", " Mundo", " Afrique", " Sport", " Finans", " Ekonomi", " Spor"} {
		if bare, ok := strings.CutSuffix(row, tongue); ok && all[row] == "" {
			if name := known(bare, all); name != "" {
				return name + tongue
			}
		}
	}
	for _, kind := range []string{" News Agency", " Agency", " News", " Haber Ajansı", " Ajansı", " Gazetesi", " Televizyonu", " Dergisi", " TV"} {
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
