package imap_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	imaplib "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"github.com/rotatif/newsroom/internal/agency"
	"github.com/rotatif/newsroom/internal/agency/imap"
	"github.com/rotatif/newsroom/internal/egress"
)

const password = "cok-gizli"

// post is a mail server with one user, how it is called, and what came of it.
type post struct {
	t    *testing.T
	user *imapmemserver.User
	box  *imap.Mailbox
	came []string
	slow atomic.Int64           // nanoseconds that every byte takes
	tire atomic.Pointer[string] // words with which it becomes slow
}

// serve starts a mail server on the loopback.
func serve(t *testing.T, asked bool) *post {
	t.Helper()
	p := &post{t: t, user: imapmemserver.NewUser("haber@gazete.example", password)}
	if err := p.user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	memory := imapmemserver.New()
	memory.AddUser(p.user)
	web := httptest.NewTLSServer(nil) // for its certificate
	t.Cleanup(web.Close)
	theirs := &tls.Config{Certificates: web.TLS.Certificates, MinVersion: tls.VersionTLS12}
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return memory.NewSession(), nil, nil
		},
		Caps: imaplib.CapSet{imaplib.CapIMAP4rev1: {}}, TLSConfig: theirs, InsecureAuth: !asked /* TLS is below what is slow */, Logger: log.New(io.Discard, "", 0),
	})
	plain, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l := plain
	if !asked {
		l = tls.NewListener(plain, theirs)
	}
	go func() { _ = server.Serve(slowing{l, p}) }() // ends with the server
	t.Cleanup(func() { _ = server.Close() })
	trusted := x509.NewCertPool()
	trusted.AddCert(web.Certificate())
	at := netip.MustParseAddrPort(plain.Addr().String())
	p.box = &imap.Mailbox{
		Address: at.String(), Asked: asked, User: "haber@gazete.example", Password: password, Charset: "windows-1254",
		From: []string{"servis@kuzey.example", "@bati.example"}, TLS: &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12}, Answer: 5 * time.Second,
		Door: egress.New(egress.Policy{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Ports: []uint16{at.Port()}}),
		Keep: func(_ context.Context, d agency.Delivery) error {
			p.came = append(p.came, fmt.Sprintf("%s=%.60s", d.Name, d.Raw))
			return nil
		},
	}
	return p
}

// slowing are connections on which every byte takes a time.
type slowing struct {
	net.Listener
	post *post
}

// Accept implements net.Listener.
func (l slowing) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return slowly{c, l.post}, err
}

type slowly struct {
	net.Conn
	post *post
}

// Write implements io.Writer.
func (c slowly) Write(p []byte) (int, error) {
	if words := c.post.tire.Load(); words != nil && bytes.Contains(p, []byte(*words)) {
		n, err := c.Conn.Write(p[:bytes.Index(p, []byte(*words))])
		if err != nil {
			return n, err
		}
		c.post.tire.Store(nil)
		c.post.slow.Store(int64(10 * time.Millisecond))
		m, err := c.Write(p[n:])
		return n + m, err
	}
	if c.post.slow.Load() == 0 {
		return c.Conn.Write(p)
	}
	for i := range p {
		time.Sleep(time.Duration(c.post.slow.Load()))
		if _, err := c.Conn.Write(p[i : i+1]); err != nil {
			return i, err
		}
	}
	return len(p), nil
}

// literal is a message as the server takes it.
type literal struct{ *strings.Reader }

// Size implements imap.LiteralReader.
func (l literal) Size() int64 { return l.Reader.Size() }

// send puts a message into the box.
func (p *post) send(from, subject, text string, flags ...imaplib.Flag) {
	p.t.Helper()
	p.raw(fmt.Sprintf("From: %s\r\nTo: haber@gazete.example\r\nSubject: %s\r\n\r\n%s\r\n", from, subject, text), flags...)
}

func (p *post) raw(message string, flags ...imaplib.Flag) {
	p.t.Helper()
	if _, err := p.user.Append("INBOX", literal{strings.NewReader(message)}, &imaplib.AppendOptions{Flags: flags}); err != nil {
		p.t.Fatal(err)
	}
}

// ask looks once and wants what is given to come.
func (p *post) ask(want ...string) agency.Answer {
	p.t.Helper()
	p.came = nil
	answer, err := p.box.Ask(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	if !slices.Equal(p.came, want) || answer.New != (len(want) > 0) {
		p.t.Errorf("came %q, want %q; new: %v", p.came, want, answer.New)
	}
	return answer
}

// unseen counts the messages that are not marked.
func (p *post) unseen() uint32 {
	p.t.Helper()
	s, err := p.user.Status("INBOX", &imaplib.StatusOptions{NumUnseen: true})
	if err != nil {
		p.t.Fatal(err)
	}
	return *s.NumUnseen
}

func TestMessagesAreTakenOnce(t *testing.T) {
	t.Parallel()
	for name, asked := range map[string]bool{"TLS from the first byte": false, "TLS asked for": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := serve(t, asked)
			p.send("Kuzey <servis@kuzey.example>", "Eski", "Okunmuş.", imaplib.FlagSeen)
			p.send("Kuzey <Servis@Kuzey.example>", "=?utf-8?q?K=C3=B6pr=C3=BC?=", "Köprü açıldı.")
			p.send("birisi@baska.example", "Sahte", "Sahte.")
			p.ask("INBOX 2 #1=Köprü\n\nKöprü açıldı.\r\n")
			if n := p.unseen(); n != 1 {
				t.Errorf("%d messages are not marked", n)
			}
			p.ask()
			p.send("haber@bati.example", "Yeni", "Biri önce baktı.", imaplib.FlagSeen)
			p.ask("INBOX 4 #1=Yeni\n\nBiri önce baktı.\r\n")
			p.ask()
			p.box = &imap.Mailbox{Address: p.box.Address, Asked: asked, User: p.box.User, Password: password, From: p.box.From, TLS: p.box.TLS, Door: p.box.Door, Keep: p.box.Keep}
			p.ask() // after a restart
		})
	}
}

func TestWhatIsNotKeptIsNotMarked(t *testing.T) {
	t.Parallel()
	p := serve(t, false)
	p.send("servis@kuzey.example", "Bir", "Bir.")
	p.send("servis@kuzey.example", "İki", "İki.")
	keep := p.box.Keep
	p.box.Keep = func(ctx context.Context, d agency.Delivery) error {
		if strings.HasPrefix(string(d.Raw), "Bir") {
			return errors.New("the disk is full")
		}
		return keep(ctx, d)
	}
	if answer := p.ask("INBOX 2 #1=İki\n\nİki.\r\n"); answer.Flaw == nil || p.unseen() != 1 {
		t.Errorf("flaw %v, %d not marked", answer.Flaw, p.unseen())
	}
	p.box.Keep = keep
	if p.ask("INBOX 1 #1=Bir\n\nBir.\r\n"); p.unseen() != 0 {
		t.Errorf("%d not marked", p.unseen())
	}
}

// Whose message it is must be one address, and one that is on the list.
func TestSenders(t *testing.T) {
	t.Parallel()
	p := serve(t, false)
	for _, from := range []string{
		"servis@kuzey.example.kotu.example", "servis@kuzey.example, birisi@kotu.example", "\"servis@kuzey.example\" <birisi@kotu.example>",
		"birisi@alt.bati.example", "", "servis@kuzey.example\r\nFrom: birisi@kotu.example", "<<servis@kuzey.example",
	} {
		p.send(from, "Sahte", "Sahte.")
	}
	if p.ask(); p.unseen() != 7 {
		t.Errorf("%d of seven are left alone", p.unseen())
	}
}

func TestAMessageThatIsTooBig(t *testing.T) {
	t.Parallel()
	p := serve(t, false)
	p.send("servis@kuzey.example", "Büyük", strings.Repeat("x", agency.MaxDelivery/3*4))
	big := agency.Delivery{}
	p.box.Keep = func(_ context.Context, d agency.Delivery) error { big = d; return nil }
	if answer, err := p.box.Ask(t.Context()); err != nil || answer.Flaw != nil || !big.TooBig || len(big.Raw) != agency.TooBig || p.unseen() != 0 {
		t.Errorf("%d bytes, %v, %v %v", len(big.Raw), big.TooBig, answer.Flaw, err)
	}
}

func TestWhoIsNotLetIn(t *testing.T) {
	t.Parallel()
	p := serve(t, false)
	p.send("servis@kuzey.example", "Bir", "Bir.")
	for _, c := range []struct {
		name string
		set  func(*imap.Mailbox)
		want error
	}{
		{"a wrong password", func(m *imap.Mailbox) { m.Password = "yanlis-gizli" }, imap.ErrLogin},
		{"a folder that is not there", func(m *imap.Mailbox) { m.Folder = "Yok" }, imap.ErrRefused},
		{"a private network", func(m *imap.Mailbox) {
			m.Door = egress.New(egress.Policy{Ports: []uint16{netip.MustParseAddrPort(m.Address).Port()}})
		}, egress.ErrAddress},
		{"a cloud's metadata", func(m *imap.Mailbox) {
			m.Address, m.Door = "169.254.169.254:993", egress.New(egress.Policy{Ports: []uint16{993}})
		}, egress.ErrAddress},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := *p.box
			c.set(&m)
			if _, err := m.Ask(t.Context()); !errors.Is(err, c.want) || strings.Contains(err.Error(), "gizli") {
				t.Error(err)
			}
		})
	}
	t.Run("a certificate that nobody vouches for", func(t *testing.T) {
		m := *p.box
		m.TLS = nil
		if _, err := m.Ask(t.Context()); !errors.As(err, new(*tls.CertificateVerificationError)) {
			t.Error(err)
		}
	})
}

// A server that asks for the password before TLS does not get it.
func TestNoPasswordWithoutTLS(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	heard := make(chan string, 1)
	go func() {
		c, err := l.Accept()
		if err != nil {
			return
		}
		_, _ = io.WriteString(c, "* PREAUTH [CAPABILITY IMAP4rev1] come in\r\n")
		words := make([]byte, 1000)
		n, _ := c.Read(words)
		_, _ = io.WriteString(c, strings.Fields(string(words[:n]) + " x")[0]+" NO not here\r\n")
		all, _ := io.ReadAll(c)
		heard <- string(words[:n]) + string(all)
	}()
	at := netip.MustParseAddrPort(l.Addr().String())
	m := &imap.Mailbox{Address: at.String(), Asked: true, User: "a", Password: password, Answer: time.Second,
		Door: egress.New(egress.Policy{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Ports: []uint16{at.Port()}})}
	if _, err := m.Ask(t.Context()); err == nil {
		t.Error("it was spoken to without TLS")
	}
	if words := <-heard; strings.Contains(words, password) {
		t.Errorf("it heard %q", words)
	}
}

// A server that drips is cut off, wherever it begins to, and what is left comes later.
func TestSlowServers(t *testing.T) {
	t.Parallel()
	t.Run("at once", func(t *testing.T) {
		t.Parallel()
		p := serve(t, false)
		p.box.Answer = 300 * time.Millisecond
		p.slow.Store(int64(10 * time.Millisecond))
		if _, err := p.box.Ask(t.Context()); !errors.Is(err, agency.ErrLate) {
			t.Error(err)
		}
	})
	t.Run("at the second message", func(t *testing.T) {
		t.Parallel()
		p := serve(t, false)
		p.box.Answer = 500 * time.Millisecond
		p.send("servis@kuzey.example", "Bir", "Bir.")
		p.send("servis@kuzey.example", "İki", strings.Repeat("i", 1000))
		second := "Subject: İki"
		p.tire.Store(&second)
		if answer := p.ask("INBOX 1 #1=Bir\n\nBir.\r\n"); !errors.Is(answer.Flaw, agency.ErrLate) {
			t.Error(answer.Flaw)
		}
		p.slow.Store(0)
		p.ask("INBOX 2 #1=İki\n\n" + strings.Repeat("i", 55))
	})
	t.Run("the house closes", func(t *testing.T) {
		t.Parallel()
		p := serve(t, false)
		p.box.Answer = time.Hour
		p.slow.Store(int64(time.Hour))
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		if _, err := p.box.Ask(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	})
}

// A folder that was made anew counts anew.
func TestNumbersThatBeginAgain(t *testing.T) {
	t.Parallel()
	p := serve(t, false)
	p.send("servis@kuzey.example", "Bir", "Bir.")
	p.ask("INBOX 1 #1=Bir\n\nBir.\r\n")
	if err := p.user.Delete("INBOX"); err != nil {
		t.Fatal(err)
	}
	if err := p.user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	p.send("servis@kuzey.example", "Başka", "Başka.")
	p.ask("INBOX 1 #1=Başka\n\nBaşka.\r\n")
}
