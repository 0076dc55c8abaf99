package ftp_test

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goftp.io/server/v2"
	"goftp.io/server/v2/driver/file"

	"github.com/rotatif/newsroom/internal/agency"
	"github.com/rotatif/newsroom/internal/agency/ftp"
	"github.com/rotatif/newsroom/internal/egress"
)

const password = "cok-gizli"

// host is an FTP server over a folder.
type host struct {
	t      *testing.T
	dir    string
	listen net.Listener
	answer ftp.Server // how it is called
}

// serve starts a server; what is special about it is set by a function.
func serve(t *testing.T, special func(*server.Options)) *host {
	t.Helper()
	h := &host{t: t, dir: t.TempDir()}
	driver, err := file.NewDriver(h.dir)
	if err != nil {
		t.Fatal(err)
	}
	options := &server.Options{
		Driver: driver, Auth: &server.SimpleAuth{Name: "gazete", Password: password},
		Perm: server.NewSimplePerm("a", "a"), Logger: &server.DiscardLogger{}, Hostname: "127.0.0.1", PublicIP: "127.0.0.1",
	}
	if special != nil {
		special(options)
	}
	s, err := server.NewServer(options)
	if err != nil {
		t.Fatal(err)
	}
	if options.TLS {
		_ = s.ListenAndServe() // it cannot listen there, and knows its certificate from then on
	}
	h.on(func(l net.Listener) { _ = s.Serve(l) })
	return h
}

// on listens on the loopback and says how the server is called there.
func (h *host) on(serve func(net.Listener)) {
	h.t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		h.t.Fatal(err)
	}
	h.listen = l
	h.t.Cleanup(func() { _ = l.Close() })
	go serve(l) // ends with the listener
	at := netip.MustParseAddrPort(l.Addr().String())
	h.answer = ftp.Server{
		Address: at.String(), User: "gazete", Password: password, Answer: 5 * time.Second,
		Door: egress.New(egress.Policy{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Ports: []uint16{at.Port()}}),
	}
}

// put lays a file on the server.
func (h *host) put(name, text string) {
	h.t.Helper()
	if err := os.MkdirAll(filepath.Dir(filepath.Join(h.dir, name)), 0o755); err != nil {
		h.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(h.dir, name), []byte(text), 0o600); err != nil {
		h.t.Fatal(err)
	}
}

func (h *host) open() agency.Shelf {
	h.t.Helper()
	shelf, err := h.answer.Open(h.t.Context())
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { _ = shelf.Close() })
	return shelf
}

// everyVerb lists, reads, moves and deletes.
func (h *host) everyVerb() {
	h.t.Helper()
	h.put("in/haber ğ.xml", "<haber/>")
	h.put("in/baska.xml", "<baska/>")
	h.put("in/gone/x", "x")
	h.answer.Folder = "in"
	shelf := h.open()
	files, err := shelf.List()
	if err != nil || len(files) != 2 || files[1].Name != "haber ğ.xml" || files[1].Size != 8 || files[1].Changed.IsZero() {
		h.t.Fatalf("%+v %v", files, err)
	}
	if raw, err := shelf.Read("haber ğ.xml", 100); err != nil || string(raw) != "<haber/>" {
		h.t.Errorf("%q %v", raw, err)
	}
	if raw, err := shelf.Read("yok.xml", 100); !errors.Is(err, fs.ErrNotExist) {
		h.t.Errorf("a file that is not there: %q %v", raw, err)
	}
	if raw, err := shelf.Read("baska.xml", 3); err != nil || string(raw) != "<bas" {
		h.t.Errorf("a file with more than the most: %q %v", raw, err)
	}
	if err := shelf.Move("haber ğ.xml", "gone/haber.xml"); err != nil {
		h.t.Error(err)
	}
	if err := shelf.Move("baska.xml", "gone/x"); !errors.Is(err, ftp.ErrRefused) {
		h.t.Errorf("moving over what is there: %v", err)
	}
	if err := shelf.Remove("baska.xml"); err != nil {
		h.t.Error(err)
	}
	if err := shelf.Remove("baska.xml"); !errors.Is(err, ftp.ErrRefused) {
		h.t.Errorf("removing what is gone: %v", err)
	}
	if files, err := shelf.List(); err != nil || len(files) != 0 {
		h.t.Errorf("left %+v %v", files, err)
	}
	if _, err := os.Stat(filepath.Join(h.dir, "in/gone/haber.xml")); err != nil {
		h.t.Error(err)
	}
}

func TestPlain(t *testing.T) {
	t.Parallel()
	serve(t, nil).everyVerb()
}

// certificate is one of this machine, and who vouches for it.
func certificate(t *testing.T) (theirs, ours *tls.Config) {
	t.Helper()
	s := httptest.NewTLSServer(nil)
	t.Cleanup(s.Close)
	trusted := x509.NewCertPool()
	trusted.AddCert(s.Certificate())
	return &tls.Config{Certificates: s.TLS.Certificates, MinVersion: tls.VersionTLS12}, &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12}
}

func TestTLSAskedFor(t *testing.T) {
	t.Parallel()
	theirs, ours := certificate(t)
	h := serve(t, func(o *server.Options) {
		o.TLS, o.TLSConfig, o.ExplicitFTPS, o.ForceTLS, o.Port = true, theirs, true, true, -1
	})
	h.answer.Security = ftp.Explicit
	if _, err := h.answer.Open(t.Context()); !errors.As(err, new(*tls.CertificateVerificationError)) {
		t.Errorf("a certificate that nobody vouches for: %v", err)
	}
	h.answer.TLS = ours
	h.everyVerb()
}

func TestTLSFromTheFirstByte(t *testing.T) {
	t.Parallel()
	theirs, ours := certificate(t)
	h := &host{t: t}
	h.on(func(l net.Listener) { secret(tls.NewListener(l, theirs), theirs) })
	h.answer.Security, h.answer.TLS = ftp.Implicit, ours
	shelf := h.open()
	files, err := shelf.List()
	if err != nil || len(files) != 1 || files[0].Name != "haber.xml" {
		t.Fatalf("%+v %v", files, err)
	}
	if raw, err := shelf.Read("haber.xml", 100); err != nil || string(raw) != "<haber/>" {
		t.Errorf("%q %v", raw, err)
	}
}

// secret is a server of one client that speaks nothing but TLS, on both connections.
func secret(l net.Listener, config *tls.Config) {
	c, err := l.Accept()
	if err != nil {
		return
	}
	defer func() { _ = c.Close() }()
	in, say := bufio.NewScanner(c), func(line string) { _, _ = io.WriteString(c, line+"\r\n") }
	var data net.Listener
	say("220 hi")
	for in.Scan() {
		switch verb, _, _ := strings.Cut(in.Text(), " "); verb {
		case "USER":
			say("331 and?")
		case "PASS":
			say("230 come in")
		case "EPSV":
			if data, err = tls.Listen("tcp", "127.0.0.1:0", config); err != nil {
				return
			}
			say(fmt.Sprintf("229 here (|||%d|)", netip.MustParseAddrPort(data.Addr().String()).Port()))
		case "LIST", "RETR":
			say("150 now")
			if second, err := data.Accept(); err == nil {
				_, _ = io.WriteString(second, map[string]string{"RETR": "<haber/>", "LIST": "-rw-r--r-- 1 a a 8 Nov 23 09:00 haber.xml\r\n"}[verb])
				_ = second.Close()
			}
			say("226 that was it")
			_ = data.Close()
		default:
			say("200 as you like")
		}
	}
}

func TestWrongPassword(t *testing.T) {
	t.Parallel()
	h := serve(t, nil)
	h.answer.Password = "yanlis-gizli"
	_, err := h.answer.Open(t.Context())
	if !errors.Is(err, ftp.ErrLogin) || strings.Contains(err.Error(), "gizli") {
		t.Error(err)
	}
}

// A server that repeats the password in its refusal does not get it into the log.
func TestTheServerRepeatsThePassword(t *testing.T) {
	t.Parallel()
	h := &host{t: t}
	h.on(func(l net.Listener) {
		c, err := l.Accept()
		if err != nil {
			return
		}
		defer func() { _ = c.Close() }()
		in := bufio.NewScanner(c)
		for answer := "220 hi"; ; answer = "530 " + in.Text() {
			if strings.Contains(answer, "USER") {
				answer = "331 the password"
			}
			if _, err := io.WriteString(c, answer+"\r\n"); err != nil || !in.Scan() {
				return
			}
		}
	})
	if _, err := h.answer.Open(t.Context()); !errors.Is(err, ftp.ErrLogin) || strings.Contains(err.Error(), password) {
		t.Error(err)
	}
}

// The operator did not name the loopback, so it is not called.
func TestPrivateNetworksAreNamed(t *testing.T) {
	t.Parallel()
	h := serve(t, nil)
	for _, address := range []string{h.answer.Address, "169.254.169.254:21", "10.0.0.1:21"} {
		h.answer.Address, h.answer.Door = address, egress.New(egress.Policy{Ports: []uint16{21, netip.MustParseAddrPort(h.listen.Addr().String()).Port()}})
		if _, err := h.answer.Open(t.Context()); !errors.Is(err, egress.ErrAddress) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// A server that names another host for its data is called at its own.
func TestDataComesFromTheSameHost(t *testing.T) {
	t.Parallel()
	h := serve(t, func(o *server.Options) { o.PublicIP, o.Commands = "10.9.8.7", without("EPSV", "MLSD", "MLST") })
	h.everyVerb()
}

// without are the usual commands but some.
func without(names ...string) map[string]server.Command {
	s, err := server.NewServer(&server.Options{Driver: server.NewMultiDriver(nil), Perm: server.NewSimplePerm("a", "a"), Auth: &server.SimpleAuth{}})
	if err != nil {
		panic(err)
	}
	commands := maps.Clone(s.Commands)
	for _, name := range names {
		delete(commands, name)
	}
	return commands
}

// slow is a driver whose files come as a test wishes.
type slow struct {
	server.Driver
	body func() io.ReadCloser
}

// GetFile implements server.Driver.
func (s slow) GetFile(*server.Context, string, int64) (int64, io.ReadCloser, error) {
	return 1000, s.body(), nil
}

// drip is a body of which a byte comes now and then, until it is closed.
type drip struct {
	every  time.Duration
	closed chan struct{}
}

// Read implements io.Reader.
func (d drip) Read(p []byte) (int, error) {
	select {
	case <-d.closed:
		return 0, io.EOF
	case <-time.After(d.every):
		return copy(p, "x"), nil
	}
}

// Close implements io.Closer.
func (d drip) Close() error { return nil }

// A server that drips or hangs is cut off, in the middle of a file and before the first word.
func TestSlowServers(t *testing.T) {
	t.Parallel()
	for name, every := range map[string]time.Duration{"drips": 10 * time.Millisecond, "hangs": time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			closed := make(chan struct{})
			defer close(closed)
			h := serve(t, func(o *server.Options) {
				o.Driver = slow{o.Driver, func() io.ReadCloser { return drip{every, closed} }}
			})
			h.put("haber.xml", "<haber/>")
			h.answer.Answer = 300 * time.Millisecond
			if raw, err := h.open().Read("haber.xml", 1000); !errors.Is(err, agency.ErrLate) {
				t.Errorf("%q %v", raw, err)
			}
		})
	}
	t.Run("says nothing", func(t *testing.T) {
		t.Parallel()
		h := &host{t: t}
		h.on(func(l net.Listener) {
			if c, err := l.Accept(); err == nil {
				_, _ = io.Copy(io.Discard, c)
			}
		})
		h.answer.Answer = 100 * time.Millisecond
		if _, err := h.answer.Open(t.Context()); !errors.Is(err, agency.ErrLate) {
			t.Error(err)
		}
	})
}

// When the house closes nothing is waited for.
func TestTheEndEndsAWait(t *testing.T) {
	t.Parallel()
	closed := make(chan struct{})
	defer close(closed)
	ctx, cancel := context.WithCancel(t.Context())
	h := serve(t, func(o *server.Options) {
		o.Driver = slow{o.Driver, func() io.ReadCloser { cancel(); return drip{time.Hour, closed} }}
	})
	h.answer.Answer = time.Hour
	shelf, err := h.answer.Open(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := shelf.Read("haber.xml", 1000); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// dawdling is a driver whose listing takes longer than an answer.
type dawdling struct {
	server.Driver
	long time.Duration
}

// ListDir implements server.Driver.
func (d dawdling) ListDir(ctx *server.Context, path string, each func(fs.FileInfo) error) error {
	time.Sleep(d.long)
	return d.Driver.ListDir(ctx, path, each)
}

// A long listing has longer than an answer, on both connections.
func TestAListingThatTakesLong(t *testing.T) {
	t.Parallel()
	h := serve(t, func(o *server.Options) { o.Driver = dawdling{o.Driver, 600 * time.Millisecond} })
	h.put("haber.xml", "<haber/>")
	h.answer.Answer = 400 * time.Millisecond
	if files, err := h.open().List(); err != nil || len(files) != 1 {
		t.Errorf("%v %v", files, err)
	}
}

// crowd is a driver with more files than are looked at, and names that are none.
type crowd struct{ server.Driver }

// ListDir implements server.Driver.
func (c crowd) ListDir(_ *server.Context, _ string, each func(fs.FileInfo) error) error {
	for i := range 20_000 {
		if err := each(named{fmt.Sprintf("h%05d.xml", i)}); err != nil {
			return err
		}
	}
	for _, name := range []string{"../../x.xml", "a\x01b.xml", "\xe7.xml", strings.Repeat("n", 30_000)} {
		if err := each(named{name}); err != nil {
			return err
		}
	}
	return nil
}

// named is what a server tells of a file.
type named struct{ name string }

func (n named) Name() string       { return n.name }
func (n named) Size() int64        { return 8 }
func (n named) Mode() fs.FileMode  { return 0o644 }
func (n named) ModTime() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }
func (n named) IsDir() bool        { return false }
func (n named) Sys() any           { return nil }

// What a server says of its files comes as it says it; the puller judges it.
func TestManyAndStrangeNames(t *testing.T) {
	t.Parallel()
	h := serve(t, func(o *server.Options) { o.Driver = crowd{o.Driver} })
	files, err := h.open().List()
	if err != nil || len(files) != 20_004 || files[20_002].Name != "\xe7.xml" {
		t.Errorf("%d files, %v", len(files), err)
	}
}

// A listing in a form that nobody knows is told of, not taken for an empty folder.
func TestAListingOfAnotherForm(t *testing.T) {
	t.Parallel()
	h := serve(t, func(o *server.Options) {
		o.Commands = without("MLSD", "MLST")
		o.Driver = lister{o.Driver, "dosya.xml\nbir satir\nbir satir daha"}
	})
	if files, err := h.open().List(); !errors.Is(err, agency.ErrLines) {
		t.Errorf("%v %v", files, err)
	}
}

// lister is a driver whose one file has a name of several lines.
type lister struct {
	server.Driver
	name string
}

// ListDir implements server.Driver.
func (l lister) ListDir(_ *server.Context, _ string, each func(fs.FileInfo) error) error {
	return each(named{l.name})
}
