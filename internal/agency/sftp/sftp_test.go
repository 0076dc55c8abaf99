package sftp_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	sftplib "github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"

	"github.com/rotatif/newsroom/internal/agency"
	"github.com/rotatif/newsroom/internal/agency/sftp"
	"github.com/rotatif/newsroom/internal/egress"
)

const password = "cok-gizli"

// key is made from one letter, so that a test knows it again.
func key(t *testing.T, letter string) ssh.Signer {
	t.Helper()
	k, err := ssh.NewSignerFromKey(ed25519.NewKeyFromSeed([]byte(strings.Repeat(letter, ed25519.SeedSize))))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// ecdsaKey is another sort of key.
func ecdsaKey(t *testing.T) ssh.Signer {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	k, err := ssh.NewSignerFromKey(private)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// A server that has keys of several sorts is known by any of them.
func TestServersWithSeveralKeys(t *testing.T) {
	t.Parallel()
	second := ecdsaKey(t)
	_, server := serve(t, nil, second)
	for _, k := range []ssh.Signer{key(t, "h"), second, key(t, "h")} {
		server.HostKey = ssh.FingerprintSHA256(k.PublicKey())
		_ = open(t, server)
	}
}

// A server's words are shown as one line, and not when they repeat the password.
func TestTheServersWords(t *testing.T) {
	t.Parallel()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	config := &ssh.ServerConfig{PasswordCallback: func(ssh.ConnMetadata, []byte) (*ssh.Permissions, error) { return nil, nil }}
	config.AddHostKey(key(t, "h"))
	words := make(chan string, 2)
	go func() { // ends with the listener
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			if _, channels, requests, err := ssh.NewServerConn(c, config); err == nil {
				go ssh.DiscardRequests(requests)
				_ = (<-channels).Reject(ssh.Prohibited, <-words)
			}
		}
	}()
	at := netip.MustParseAddrPort(l.Addr().String())
	server := &sftp.Server{Address: at.String(), User: "gazete", Password: password, HostKey: ssh.FingerprintSHA256(key(t, "h").PublicKey()),
		Door: egress.New(egress.Policy{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Ports: []uint16{at.Port()}})}
	for said, want := range map[string]string{"\x1b[31mred\r\n" + strings.Repeat("x", 1000): "[31mred", "it was " + password: ""} {
		words <- said
		_, err := server.Open(t.Context())
		if err == nil || strings.ContainsAny(err.Error(), "\x1b\r\n") || strings.Contains(err.Error(), password) || len(err.Error()) > 400 || !strings.Contains(err.Error(), want) {
			t.Errorf("%q", err)
		}
	}
}

// serve starts a server of SSH on the loopback. What it does with a session is
// the session's; nil: files of a folder.
func serve(t *testing.T, session func(io.ReadWriteCloser), more ...ssh.Signer) (dir string, called *sftp.Server) {
	t.Helper()
	dir = t.TempDir()
	if session == nil {
		session = func(c io.ReadWriteCloser) {
			if s, err := sftplib.NewServer(c, sftplib.WithServerWorkingDirectory(dir)); err == nil {
				_ = s.Serve() // ends with the connection
			}
		}
	}
	allowed := key(t, "k").PublicKey().Marshal()
	config := &ssh.ServerConfig{
		PasswordCallback: func(c ssh.ConnMetadata, given []byte) (*ssh.Permissions, error) {
			if c.User() == "gazete" && string(given) == password {
				return nil, nil
			}
			return nil, errors.New("no: " + string(given))
		},
		PublicKeyCallback: func(_ ssh.ConnMetadata, shown ssh.PublicKey) (*ssh.Permissions, error) {
			if string(shown.Marshal()) == string(allowed) {
				return nil, nil
			}
			return nil, errors.New("no")
		},
	}
	for _, k := range more {
		config.AddHostKey(k)
	}
	config.AddHostKey(key(t, "h"))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go accept(l, config, session) // ends with the listener
	at := netip.MustParseAddrPort(l.Addr().String())
	return dir, &sftp.Server{
		Address: at.String(), User: "gazete", Password: password, Answer: 5 * time.Second, HostKey: ssh.FingerprintSHA256(key(t, "h").PublicKey()),
		Door: egress.New(egress.Policy{Allow: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}, Ports: []uint16{at.Port()}}),
	}
}

func accept(l net.Listener, config *ssh.ServerConfig, session func(io.ReadWriteCloser)) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
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
				go session(channel)
			}
		}()
	}
}

func open(t *testing.T, s *sftp.Server) agency.Shelf {
	t.Helper()
	shelf, err := s.Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = shelf.Close() })
	return shelf
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestEveryVerb(t *testing.T) {
	t.Parallel()
	dir, server := serve(t, nil)
	put(t, dir, "in/haber ğ.xml", "<haber/>")
	put(t, dir, "in/baska.xml", strings.Repeat("<baska/>", 10_000))
	put(t, dir, "in/gone/x", "x")
	server.Folder = "in"
	shelf := open(t, server)
	files, err := shelf.List()
	if err != nil || len(files) != 2 || files[1].Name != "haber ğ.xml" || files[1].Size != 8 || files[1].Changed.IsZero() {
		t.Fatalf("%+v %v", files, err)
	}
	if raw, err := shelf.Read("baska.xml", 1<<20); err != nil || len(raw) != 80_000 {
		t.Errorf("%d bytes, %v", len(raw), err)
	}
	if raw, err := shelf.Read("baska.xml", 3); err != nil || string(raw) != "<bas" {
		t.Errorf("a file with more than the most: %q %v", raw, err)
	}
	if raw, err := shelf.Read("yok.xml", 100); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %q %v", raw, err)
	}
	if err := shelf.Move("haber ğ.xml", "gone/haber.xml"); err != nil {
		t.Error(err)
	}
	if err := shelf.Remove("baska.xml"); err != nil {
		t.Error(err)
	}
	if files, err := shelf.List(); err != nil || len(files) != 0 {
		t.Errorf("left %+v %v", files, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "in/gone/haber.xml")); err != nil {
		t.Error(err)
	}
}

func TestSigningIn(t *testing.T) {
	t.Parallel()
	_, server := serve(t, nil)
	for _, c := range []struct {
		name string
		set  func(*sftp.Server)
		want error
	}{
		{"a password", func(*sftp.Server) {}, nil},
		{"a key", func(s *sftp.Server) { s.Key, s.Password = key(t, "k"), "" }, nil},
		{"a wrong password", func(s *sftp.Server) { s.Password = "yanlis-gizli" }, sftp.ErrLogin},
		{"a wrong key", func(s *sftp.Server) { s.Key = key(t, "x") }, sftp.ErrLogin},
		{"another server's key", func(s *sftp.Server) { s.HostKey = ssh.FingerprintSHA256(key(t, "x").PublicKey()) }, sftp.ErrHostKey},
		{"no key written down", func(s *sftp.Server) { s.HostKey = "" }, sftp.ErrHostKey},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := *server
			c.set(&s)
			shelf, err := s.Open(t.Context())
			if !errors.Is(err, c.want) {
				t.Fatal(err)
			}
			if err == nil {
				_ = shelf.Close()
			} else if strings.Contains(err.Error(), "gizli") {
				t.Error(err)
			}
			if c.want == sftp.ErrHostKey && !strings.Contains(err.Error(), server.HostKey) {
				t.Errorf("the operator is not told which key: %v", err)
			}
		})
	}
}

func TestPrivateNetworksAreNamed(t *testing.T) {
	t.Parallel()
	_, server := serve(t, nil)
	port := netip.MustParseAddrPort(server.Address).Port()
	for _, address := range []string{server.Address, "169.254.169.254:22", "10.0.0.1:22"} {
		server.Address, server.Door = address, egress.New(egress.Policy{Ports: []uint16{22, port}})
		if _, err := server.Open(t.Context()); !errors.Is(err, egress.ErrAddress) {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// slow are files of which a byte comes now and then, until the test ends.
type slow struct {
	every time.Duration
	ended <-chan struct{}
}

// Fileread implements sftp.FileReader.
func (s slow) Fileread(*sftplib.Request) (io.ReaderAt, error) { return s, nil }

// ReadAt implements io.ReaderAt.
func (s slow) ReadAt(p []byte, _ int64) (int, error) {
	select {
	case <-s.ended:
		return 0, io.EOF
	case <-time.After(s.every):
		return copy(p, "x"), nil
	}
}

// A server that drips or hangs is cut off, however many answers its bytes come in.
func TestSlowServers(t *testing.T) {
	t.Parallel()
	for name, every := range map[string]time.Duration{"drips": 10 * time.Millisecond, "hangs": time.Hour} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, server := serve(t, func(c io.ReadWriteCloser) {
				_ = sftplib.NewRequestServer(c, sftplib.Handlers{FileGet: slow{every, t.Context().Done()}}).Serve()
			})
			server.Answer = 300 * time.Millisecond
			if raw, err := open(t, server).Read("haber.xml", 1000); !errors.Is(err, agency.ErrLate) {
				t.Errorf("%q %v", raw, err)
			}
		})
	}
	t.Run("says nothing", func(t *testing.T) {
		t.Parallel()
		_, server := serve(t, func(io.ReadWriteCloser) {})
		server.Answer = 300 * time.Millisecond
		if _, err := server.Open(t.Context()); !errors.Is(err, agency.ErrLate) {
			t.Error(err)
		}
	})
	t.Run("the house closes", func(t *testing.T) {
		t.Parallel()
		ctx, cancel := context.WithCancel(t.Context())
		_, server := serve(t, func(io.ReadWriteCloser) { cancel() })
		server.Answer = time.Hour
		if _, err := server.Open(ctx); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	})
}

// crowd is a folder with more files than are looked at.
type crowd struct{}

// Filelist implements sftp.FileLister.
func (c crowd) Filelist(*sftplib.Request) (sftplib.ListerAt, error) { return c, nil }

// ListAt implements sftp.ListerAt.
func (crowd) ListAt(into []fs.FileInfo, at int64) (int, error) {
	n := 0
	for ; n < len(into) && at < 20_000; n++ {
		into[n] = named{"../../h" + time.Duration(at).String()}
		at++
	}
	if n < len(into) {
		return n, io.EOF
	}
	return n, nil
}

// named is what a server tells of a file.
type named struct{ name string }

func (n named) Name() string       { return n.name }
func (n named) Size() int64        { return 8 }
func (n named) Mode() fs.FileMode  { return 0o644 }
func (n named) ModTime() time.Time { return time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC) }
func (n named) IsDir() bool        { return false }
func (n named) Sys() any           { return nil }

// The names of a hostile listing lead nowhere but into the folder itself.
func TestManyAndStrangeNames(t *testing.T) {
	t.Parallel()
	_, server := serve(t, func(c io.ReadWriteCloser) {
		_ = sftplib.NewRequestServer(c, sftplib.Handlers{FileList: crowd{}}).Serve()
	})
	files, err := open(t, server).List()
	if err != nil || len(files) != 20_000 || strings.Contains(files[7].Name, "/") {
		t.Errorf("%d files, %v", len(files), err)
	}
}
