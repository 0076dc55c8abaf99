package app

import (
	"bufio"
	"crypto/ed25519"
	"crypto/tls"
	"encoding/pem"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	imaplib "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"
	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
)

// trustOurselves makes this machine's servers trusted whose certificate is that
// of httptest, before anybody asks whom the system trusts. What it gives ends it.
func trustOurselves() (end func()) {
	s := httptest.NewTLSServer(nil)
	defer s.Close()
	f, err := os.CreateTemp("", "rotatif-test-*.pem")
	if err != nil {
		panic(err)
	}
	defer func() { _ = f.Close() }()
	if err := pem.Encode(f, &pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw}); err != nil {
		panic(err)
	}
	_ = os.Setenv("SSL_CERT_FILE", f.Name()) // of a good name, it cannot fail
	return func() { _ = os.Remove(f.Name()) }
}

// lineServer answers every connection by a function until the test ends.
func lineServer(t *testing.T, secure bool, talk func(net.Conn)) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	web := httptest.NewTLSServer(nil) // for its certificate
	web.Close()
	go func() { // ends with the listener
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			if secure {
				c = tls.Server(c, &tls.Config{Certificates: web.TLS.Certificates, MinVersion: tls.VersionTLS12})
			}
			go func() {
				defer func() { _ = c.Close() }()
				talk(c)
			}()
		}
	}()
	return l.Addr().String()
}

// rudeness is what any server can do to those who connect, before a word is said.
func rudeness() map[string]func(net.Conn) {
	forever := func(c net.Conn, text string, pause time.Duration) {
		for {
			if _, err := io.WriteString(c, text); err != nil {
				return
			}
			time.Sleep(pause) // this is what it does
		}
	}
	return map[string]func(net.Conn){
		"stall":   func(c net.Conn) { _, _ = io.Copy(io.Discard, c) },
		"drip":    func(c net.Conn) { forever(c, "2", time.Second) },
		"flood":   func(c net.Conn) { forever(c, strings.Repeat("220-* OK bekleyiniz\r\n", 1000), 0) },
		"garbage": func(c net.Conn) { _, _ = c.Write([]byte("\x16\x03\x01\x02\x00\xff\xfe\r\n\x00 220\r\n")) },
		"reset": func(c net.Conn) {
			if tcp, is := c.(*net.TCPConn); is {
				_ = tcp.SetLinger(0)
			}
		},
	}
}

// odd are the files of a server that lies: their names, and their sizes.
func odd() map[string]int64 {
	return map[string]int64{"../../x": 5, "/etc/passwd": 5, `..\x`: 5, "..": 5, strings.Repeat("n", 3000): 5, "az.xml": 1 << 60, "cok.xml": 3}
}

// oddFile is what such a file holds: one has no end.
func oddFile(name string) io.Reader {
	if strings.HasSuffix(name, "cok.xml") {
		return endless{}
	}
	return strings.NewReader(g2of("lie:"+filepath.Base(name), 1, "usable", "none", "Yalan", "Yalan."))
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}

// ReadAt implements io.ReaderAt.
func (endless) ReadAt(p []byte, _ int64) (int, error) { return endless{}.Read(p) }

// liar is an FTP server that lies; silent, it opens second connections and says nothing on them.
func liar(silent bool) func(net.Conn) {
	return func(c net.Conn) {
		say := func(line string) { _, _ = io.WriteString(c, line+"\r\n") }
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return
		}
		defer func() { _ = l.Close() }()
		over := func(send func(io.Writer)) {
			say("150 geliyor")
			d, err := l.Accept()
			if err != nil {
				return
			}
			defer func() { _ = d.Close() }()
			if silent {
				_, _ = io.Copy(io.Discard, d)
			}
			send(d)
			_ = d.Close()
			say("226 bitti")
		}
		say("220 hazır")
		for lines := bufio.NewScanner(c); lines.Scan(); {
			verb, name, _ := strings.Cut(lines.Text(), " ")
			switch strings.ToUpper(verb) {
			case "USER":
				say("331 parola")
			case "PASS":
				say("230 girildi")
			case "FEAT":
				say("211-x\r\n MLST type*;size*;modify*;\r\n211 son")
			case "EPSV":
				say(fmt.Sprintf("229 tamam (|||%d|)", l.Addr().(*net.TCPAddr).Port))
			case "MLSD":
				over(func(w io.Writer) {
					for name, size := range odd() {
						_, _ = fmt.Fprintf(w, "type=file;size=%d;modify=20261128090000; %s\r\n", size, name)
					}
				})
			case "RETR":
				over(func(w io.Writer) { _, _ = io.Copy(w, oddFile(name)) })
			case "QUIT":
				say("221 iyi günler")
				return
			default:
				say("200 tamam")
			}
		}
	}
}

// signer is the key of our SSH servers.
func signer(t *testing.T) ssh.Signer {
	t.Helper()
	k, err := ssh.NewSignerFromKey(ed25519.NewKeyFromSeed([]byte(strings.Repeat("h", ed25519.SeedSize))))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// sshServer lets everybody in and hands the channel on.
func sshServer(t *testing.T, serve func(io.ReadWriteCloser)) (address string) {
	t.Helper()
	config := &ssh.ServerConfig{PasswordCallback: func(ssh.ConnMetadata, []byte) (*ssh.Permissions, error) { return nil, nil }}
	config.AddHostKey(signer(t))
	return lineServer(t, false, func(c net.Conn) {
		_, channels, requests, err := ssh.NewServerConn(c, config)
		if err != nil {
			return
		}
		go ssh.DiscardRequests(requests)
		for wanted := range channels {
			channel, asked, err := wanted.Accept()
			if err != nil {
				return
			}
			go func() {
				for r := range asked {
					_ = r.Reply(r.Type == "subsystem", nil)
				}
			}()
			serve(channel)
		}
	})
}

// lyingFiles are the files of an SFTP server that lies.
type lyingFiles struct{}

// Fileread implements sftp.FileReader.
func (lyingFiles) Fileread(r *sftp.Request) (io.ReaderAt, error) {
	switch f := oddFile(r.Filepath).(type) {
	case endless:
		return f, nil
	case *strings.Reader:
		return f, nil
	default:
		return nil, fs.ErrNotExist
	}
}

// Filelist implements sftp.FileLister.
func (lyingFiles) Filelist(r *sftp.Request) (sftp.ListerAt, error) {
	all := listed{}
	for name, size := range odd() {
		if r.Method == "List" || filepath.Base(r.Filepath) == name {
			all = append(all, claim{name, size})
		}
	}
	return all, nil
}

type listed []fs.FileInfo

// ListAt implements sftp.ListerAt.
func (l listed) ListAt(to []fs.FileInfo, from int64) (int, error) {
	n := copy(to, l[min(int(from), len(l)):])
	if n < len(to) {
		return n, io.EOF
	}
	return n, nil
}

// claim is what a server says of a file.
type claim struct {
	name string
	size int64
}

func (c claim) Name() string       { return c.name }
func (c claim) Size() int64        { return c.size }
func (c claim) Mode() fs.FileMode  { return 0o644 }
func (c claim) ModTime() time.Time { return time.Date(2026, 11, 28, 9, 0, 1, 0, time.UTC) }
func (c claim) IsDir() bool        { return false }
func (c claim) Sys() any           { return nil }

// rudePost is a mail server that speaks well until it is asked for messages:
// then it gives numbers without an end, or a message that is longer than it says
// it is, and longer than anything.
func rudePost(numbers bool) func(net.Conn) {
	return func(c net.Conn) {
		say := func(format string, args ...any) error { _, err := fmt.Fprintf(c, format+"\r\n", args...); return err }
		_ = say("* OK [CAPABILITY IMAP4rev1] hazır")
		for lines := bufio.NewScanner(c); lines.Scan(); {
			tag, rest, _ := strings.Cut(lines.Text(), " ")
			words := strings.Fields(strings.ToUpper(rest) + " - -")
			switch {
			case words[0] == "SELECT":
				_ = say("* 1 EXISTS\r\n* FLAGS (\\Seen)\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 2] x")
			case words[1] == "SEARCH" && numbers:
				for _, err := io.WriteString(c, "* SEARCH"); err == nil; {
					_, err = io.WriteString(c, strings.Repeat(" 1 2 3", 10_000))
				}
			case words[1] == "SEARCH":
				_ = say("* SEARCH 1")
			case words[1] == "FETCH":
				_ = say("* 1 FETCH (UID 1 RFC822.SIZE 10 BODY[] {4294967295}")
				_, _ = io.Copy(c, endless{})
			case words[0] == "CAPABILITY":
				_ = say("* CAPABILITY IMAP4rev1")
			case words[0] == "LOGOUT":
				_ = say("* BYE")
			}
			if say("%s OK tamam", tag) != nil {
				return
			}
		}
	}
}

// goodPost is a mail server as it should be, and its box.
func goodPost(t *testing.T) (address string, box *imapmemserver.User) {
	t.Helper()
	box = imapmemserver.NewUser("gazete", "cok-gizli")
	if err := box.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	memory := imapmemserver.New()
	memory.AddUser(box)
	web := httptest.NewTLSServer(nil) // for its certificate
	web.Close()
	secure := &tls.Config{Certificates: web.TLS.Certificates, MinVersion: tls.VersionTLS12}
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return memory.NewSession(), nil, nil
		},
		Caps: imaplib.CapSet{imaplib.CapIMAP4rev1: {}}, TLSConfig: secure, Logger: log.New(io.Discard, "", 0),
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = server.Serve(tls.NewListener(l, secure)) }() // ends with the server
	t.Cleanup(func() { _ = server.Close() })
	return l.Addr().String(), box
}

type letter struct{ *strings.Reader }

// Size implements imap.LiteralReader.
func (l letter) Size() int64 { return l.Reader.Size() }

// called is a source over one of the schemes.
func called(t *testing.T, name, scheme, address string) Source {
	t.Helper()
	s := pulled(t, strings.TrimSuffix(scheme, "s"), address)
	s.Name, s.Provider, s.URL = name, name, scheme+"://"+address
	switch scheme {
	case "sftp":
		s.HostKey = ssh.FingerprintSHA256(signer(t).PublicKey())
	case "imap", "imaps":
		s.Ready, s.From = "", []string{"@kuzey.example"}
	}
	return s
}

// rudeSources are servers of files and of mail that do what they should not;
// how each is told of is in the name: told- is told at once, late- only when the
// patience for it ends.
func rudeSources(t *testing.T) []Source {
	t.Helper()
	all := []Source{}
	add := func(when, kind, scheme, address string) {
		all = append(all, called(t, when+"-"+scheme+"-"+kind, scheme, address))
	}
	for kind, talk := range rudeness() {
		for _, scheme := range []string{"ftp", "sftp", "imaps", "imap"} {
			when := "told"
			if kind == "stall" || kind == "drip" {
				when = "late"
			}
			add(when, kind, scheme, lineServer(t, false, talk))
		}
	}
	add("told", "lies", "ftp", lineServer(t, false, liar(false)))
	add("late", "silence", "ftp", lineServer(t, false, liar(true)))
	add("told", "lies", "sftp", sshServer(t, func(c io.ReadWriteCloser) {
		_ = sftp.NewRequestServer(c, sftp.Handlers{FileGet: lyingFiles{}, FileList: lyingFiles{}}).Serve() // ends with the connection
	}))
	add("late", "silence", "sftp", sshServer(t, func(c io.ReadWriteCloser) { _, _ = io.Copy(io.Discard, c) }))
	add("told", "numbers", "imaps", lineServer(t, true, rudePost(true)))
	add("told", "literal", "imaps", lineServer(t, true, rudePost(false)))
	return all
}

// goodServers are one server of each kind, as it should be, and what puts an
// item with the id on it.
func goodServers(t *testing.T) (sources []Source, put map[string]func(id string)) {
	t.Helper()
	dir, ftpAddress := agencyServer(t)
	other := t.TempDir()
	sftpAddress := sshServer(t, func(c io.ReadWriteCloser) {
		if s, err := sftp.NewServer(c, sftp.WithServerWorkingDirectory(other)); err == nil {
			_ = s.Serve() // ends with the connection
		}
	})
	postAddress, box := goodPost(t)
	copyOf := func(id string) string {
		return g2of(id, 1, "usable", "none", "Köprü açıldı "+id, "Köprü açıldı.")
	}
	file := func(dir string) func(string) {
		return func(id string) {
			if err := os.WriteFile(filepath.Join(dir, id+".xml.part"), []byte(copyOf(id)), 0o600); err != nil {
				t.Error(err)
			}
			if err := os.Rename(filepath.Join(dir, id+".xml.part"), filepath.Join(dir, id+".xml")); err != nil {
				t.Error(err)
			}
		}
	}
	sources = []Source{called(t, "iyi-ftp", "ftp", ftpAddress), called(t, "iyi-sftp", "sftp", sftpAddress), called(t, "iyi-imaps", "imaps", postAddress)}
	return sources, map[string]func(string){
		"iyi-ftp": file(dir), "iyi-sftp": file(other),
		"iyi-imaps": func(id string) {
			text := "From: servis@kuzey.example\r\nTo: gazete@gazete.example\r\nSubject: " + id + "\r\nContent-Type: application/xml\r\nContent-Disposition: attachment; filename=" + id + ".xml\r\n\r\n" + copyOf(id)
			if _, err := box.Append("INBOX", letter{strings.NewReader(text)}, &imaplib.AppendOptions{}); err != nil {
				t.Error(err)
			}
		},
	}
}

// namesHold wants that no name of a server leads anywhere.
func (h *house) namesHold(sources []Source) {
	h.t.Helper()
	all := []string{}
	for _, s := range sources {
		names, err := h.stores.Newsroom.ReceiptNames(h.t.Context(), s.Name, time.Time{})
		if err != nil {
			h.t.Fatal(err)
		}
		if s.Kind == "ftp" || s.Kind == "sftp" {
			all = append(all, names...)
		}
	}
	if i := slices.IndexFunc(all, func(n string) bool { return n != filepath.Base(n) || n == ".." || strings.Contains(n, `\`) }); i >= 0 || len(all) == 0 {
		h.t.Errorf("of %d deliveries one leads elsewhere: %q", len(all), all)
	}
}
