package imap

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/rotatif/newsroom/internal/agency"
)

// shown is what was made of a message: the name and the beginning of each delivery.
func shown(all []agency.Delivery) []string {
	lines := []string{}
	for _, d := range all {
		lines = append(lines, fmt.Sprintf("%s=%.80s", d.Name, d.Raw))
	}
	return lines
}

// message writes a message of several lines.
func message(lines ...string) []byte { return []byte(strings.Join(lines, "\r\n")) }

func TestMessages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		raw  []byte
		want []string
	}{
		{"plain", message("Subject: Bir", "", "Metin."), []string{"m #1=Bir\n\nMetin."}},
		{"without a subject", message("From: a@b.example", "", "Metin."), []string{"m #1=Metin."}},
		{"in another character set", message("Subject: =?windows-1254?Q?=DEehir?=", "Content-Type: text/plain; charset=iso-8859-9", "Content-Transfer-Encoding: quoted-printable", "", "=DEehir I=FE=FDklar=FD"), []string{"m #1=Şehir\n\nŞehir Işıkları"}},
		{"in a character set it does not tell", message("Subject: x", "", "\xdeehir"), []string{"m #1=x\n\nŞehir"}},
		{"markup in place of text", message("Subject: Bir", "", `<?xml version="1.0"?><nitf/>`), []string{`m #1=<?xml version="1.0"?><nitf/>`}},
		{"a telegram in place of text", message("Subject: Bir", "", "ZCZC", "NNNN"), []string{"m #1=ZCZC\r\nNNNN"}},
		{"an attachment", message("Subject: Bir", "Content-Type: multipart/mixed; boundary=x", "",
			"--x", "", "Ekte.", "--x", "Content-Type: application/xml; name=haber.xml", "Content-Transfer-Encoding: base64", "", base64.StdEncoding.EncodeToString([]byte("<nitf/>")), "--x--"),
			[]string{"m #1=Bir\n\nEkte.", "m #2 haber.xml=<nitf/>"}},
		{"an attachment with a name of its own", message("Subject: Bir", "Content-Type: multipart/mixed; boundary=x", "",
			"--x", "Content-Type: application/octet-stream", "Content-Disposition: attachment; filename*=utf-8''..%2F..%2F%C4%9F%0A.json", "", "{}", "--x--"),
			[]string{"m #1 ../../ğ·.json={}"}},
		{"logos and signatures", message("Subject: Bir", "Content-Type: multipart/signed; boundary=x", "",
			"--x", "", "Metin.", "--x", "Content-Type: image/png; name=logo.png", "", "png", "--x", "Content-Type: application/pgp-signature", "", "pgp", "--x--"),
			[]string{"m #1=Bir\n\nMetin."}},
		{"two ways to say it", message("Subject: Bir", "Content-Type: multipart/alternative; boundary=x", "",
			"--x", "Content-Type: text/plain", "", "Köprü açıldı.", "--x", "Content-Type: text/html", "", "<p>Köprü <b>açıldı</b>.</p>", "--x--"),
			[]string{"m #1=Bir\n\nKöprü açıldı."}},
		{"the page says more", message("Subject: Bir", "Content-Type: multipart/alternative; boundary=x", "",
			"--x", "Content-Type: text/plain", "", "HTML okuyun.", "--x", "Content-Type: text/html", "", "<p>Köprü açıldı.</p><p>Törene yüzlerce kişi katıldı.</p>", "--x--"),
			[]string{"m #1=Bir\n\nKöprü açıldı.\nTörene yüzlerce kişi katıldı."}},
		{"a page alone", message("Subject: Bir", "Content-Type: text/html; charset=utf-8", "", "<style>x</style><p>Köprü açıldı.</p>"), []string{"m #1=Bir\n\nKöprü açıldı."}},
		{"a message in a message", message("Subject: İlet", "Content-Type: multipart/mixed; boundary=x", "",
			"--x", "", "Bakın.", "--x", "Content-Type: message/rfc822", "", "Subject: Asıl", "", "Asıl metin.", "--x--"),
			[]string{"m #1=İlet\n\nBakın.", "m #2=Asıl\n\nAsıl metin."}},
		{"nothing", message("Subject: Bir", "", ""), []string{"m=Subject: Bir\r\n\r\n"}},
		{"a head that is none", message("Bu bir başlık değil", "", "Metin."), []string{"m=Bu bir başlık değil\r\n\r\nMetin."}},
		{"parts that do not end", message("Subject: Bir", "Content-Type: multipart/mixed; boundary=x", "", "--x", "", "Yarım"),
			[]string{"m #1=Bir\n\nYarım", "m=Subject: Bir\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\nYarım"}},
		{"parts without a boundary", message("Subject: Bir", "Content-Type: multipart/mixed", "", "Metin."), []string{"m #1=Metin."}},
		{"a broken packing", message("Subject: Bir", "Content-Transfer-Encoding: base64", "", "TWV0aW4u!!!"),
			[]string{"m #1=Bir\n\nMetin.", "m=Subject: Bir\r\nContent-Transfer-Encoding: base64\r\n\r\nTWV0aW4u!!!"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if have := shown(take("m", c.raw, "windows-1254")); !slices.Equal(have, c.want) {
				t.Errorf("have %q\nwant %q", have, c.want)
			}
		})
	}
}

// A message of any number of parts and any depth ends, and is seen whole.
func TestMessagesWithoutEnd(t *testing.T) {
	t.Parallel()
	deep := []byte("Subject: x\r\n")
	for i := range 2000 {
		deep = fmt.Appendf(deep, "Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n", i, i)
	}
	carried := bytes.Repeat([]byte("Content-Type: message/rfc822\r\n\r\n"), 2000)
	wide := []byte("Content-Type: multipart/mixed; boundary=x\r\n\r\n" + strings.Repeat("--x\r\n\r\nmetin\r\n", 20_000) + "--x--\r\n")
	for name, raw := range map[string][]byte{"deep": deep, "carried": carried, "wide": wide} {
		all := take("m", raw, "")
		if n := len(all); n == 0 || n > maxParts+1 || !bytes.Equal(all[n-1].Raw, raw) {
			t.Errorf("%s: %d deliveries", name, n)
		}
	}
}

func FuzzTake(f *testing.F) {
	f.Add(message("Subject: Bir", "Content-Type: multipart/mixed; boundary=x", "", "--x", "", "Metin.", "--x--"))
	f.Add(message("Content-Type: text/html", "Content-Transfer-Encoding: base64", "", "PHA+"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		all := take("m", raw, "windows-1254")
		if len(all) == 0 || len(all) > maxParts+1 {
			t.Errorf("%d deliveries", len(all))
		}
		for _, d := range all {
			if strings.ContainsAny(d.Name, "\r\n\x00") {
				t.Errorf("name %q", d.Name)
			}
		}
	})
}
