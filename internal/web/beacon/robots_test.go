package beacon_test

import (
	"fmt"
	"testing"

	"github.com/rotatif/newsroom/internal/web/beacon"
)

func TestProgramsAreNotReaders(t *testing.T) {
	t.Parallel()
	s := open(t)
	for i, agent := range []string{
		"", "curl/8.9.1", "Wget/1.25", "python-requests/2.32", "Go-http-client/2.0", "okhttp/5.1", "axios/1.9", "Java/21",
		"Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
		"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
		"Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; +https://openai.com/bot",
		"Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/140.0.0.0 Safari/537.36",
		"Mozilla/5.0 (compatible; YandexBot/3.0)", "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 Mobile Safari/537.36 (compatible; Bytespider)",
		"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36",
		"facebookexternalhit/1.1", "WhatsApp/2.24", "TelegramBot (like TwitterBot)", "Mozilla/5.0 Chrome-Lighthouse",
		"Pingdom.com_bot_version_1.4", "Mozilla/5.0 (compatible; UptimeRobot/2.0)", "CCBot/2.0", "PetalBot", "Scrapy/2.13",
	} {
		s.read(fmt.Sprintf("198.51.100.%d", i), agent, 1)
		if s.reads(1) != 0 {
			t.Fatalf("%q is a reader", agent)
		}
	}
}

func TestReadersAreNotPrograms(t *testing.T) {
	t.Parallel()
	s := open(t)
	agents := []string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/146.0.0.0 Safari/537.36 Edg/146.0.0.0",
		"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0.0.0 Mobile Safari/537.36",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/520.0.0.38.101]",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) GSA/375.0 Mobile/15E148 Safari/604.1",
		"Mozilla/5.0 (Linux; Android 14; SM-A546E; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/140.0.0.0 Mobile Safari/537.36 Instagram 390.0.0.43.81 Android",
		"Mozilla/5.0 (Linux; Android 13; M2101K6G; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/138.0.0.0 Mobile Safari/537.36 Telegram-Android/11.13.2",
		"Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36",
		"Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
		"Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko",
		"Opera/9.80 (Android; Opera Mini/58.0/191.308; U; tr) Presto/2.12.423 Version/12.16",
	}
	for i, agent := range agents {
		s.read(fmt.Sprintf("198.51.100.%d", i), agent, 1, "Sec-Fetch-Site", "same-origin", "Origin", "https://haber.example")
		if have := s.reads(1); int(have) != i+1 {
			t.Errorf("%q is no reader", agent)
		}
	}
	old := []string{
		agents[3], agents[5], agents[6], agents[9], agents[10], "Mozilla/5.0 (X11; rv:78.0) Gecko/20100101 Firefox/78.0",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/15.6 Safari/605.1.15",
	}
	for i, agent := range old { // these need not tell where a request comes from
		s.read(fmt.Sprintf("203.0.113.%d", i), agent, 2, "Origin", "https://haber.example")
		if have := s.reads(2); int(have) != i+1 {
			t.Errorf("%q is no reader", agent)
		}
	}
	if n := s.door.Refused(beacon.Bot) + s.door.Refused(beacon.Origin); n != 0 {
		t.Errorf("%d refused", n)
	}
}
