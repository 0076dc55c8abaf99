package app

import (
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"goftp.io/server/v2"
	"goftp.io/server/v2/driver/file"

	"github.com/rotatif/newsroom/internal/wire"
)

// agencyServer is an FTP server over a folder, on this machine.
func agencyServer(t *testing.T) (dir, address string) {
	t.Helper()
	dir = t.TempDir()
	driver, err := file.NewDriver(dir)
	if err != nil {
		t.Fatal(err)
	}
	s, err := server.NewServer(&server.Options{
		Driver: driver, Auth: &server.SimpleAuth{Name: "gazete", Password: "cok-gizli"},
		Perm: server.NewSimplePerm("a", "a"), Logger: &server.DiscardLogger{}, Hostname: "127.0.0.1", PublicIP: "127.0.0.1",
	})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() { _ = s.Serve(l) }() // ends with the listener
	return dir, l.Addr().String()
}

// pulled is a source of files on the server.
func pulled(t *testing.T, kind, address string) Source {
	t.Helper()
	return Source{
		Name: "ka", Provider: "KA", Kind: kind, URL: kind + "://" + address + "/", Login: write(t, "gazete:cok-gizli\n"),
		Every: Duration{time.Second}, Ready: "renamed", Private: []string{"127.0.0.0/8"},
	}
}

func (h *house) received() []wire.Kept {
	h.t.Helper()
	kept, err := h.stores.Newsroom.Receipts(h.t.Context(), wire.ReceiptFilter{Limit: 100})
	if err != nil {
		h.t.Fatal(err)
	}
	return kept
}

// What lies on an agency's server comes to the list, and a restart brings nothing twice.
func TestAnFTPSource(t *testing.T) {
	t.Parallel()
	dir, address := agencyServer(t)
	data := filepath.Join(t.TempDir(), "data")
	put := func(name, id string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(g2of(id, 1, "usable", "none", "Köprü açıldı "+id, "Köprü açıldı.")), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("bir.xml", "ka:1")
	for _, life := range []struct{ name, file, id string }{{"first", "iki.xml", "ka:2"}, {"after a restart", "uc.xml", "ka:3"}} {
		t.Run(life.name, func(t *testing.T) {
			h := openOn(t, "", time.Now, func(c *Config) { c.Dir = data }, pulled(t, "ftp", address))
			h.until("the first files", func() bool { return !h.Called()["ka"].Copy.IsZero() })
			put(life.file, life.id)
			had := len(h.received())
			h.until("the new file", func() bool { return len(h.received()) > had })
			if kept := h.received(); kept[0].Channel != "ftp" || !strings.HasSuffix(kept[0].Name, ".xml") {
				t.Errorf("%+v", kept[0].Receipt)
			}
			h.until("the new item", func() bool { return h.received()[0].Verdict.Outcome == wire.Settled })
			if text := h.item("KA", life.id).Text; !strings.HasPrefix(text.Headline, "Köprü açıldı") {
				t.Errorf("%+v", text)
			}
			if s := h.Called()["ka"]; s.Failures != 0 || s.Success.IsZero() {
				t.Errorf("%+v", s)
			}
		})
	}
	h := openOn(t, "", time.Now, func(c *Config) { c.Dir = data }, pushed("other"))
	if kept := h.received(); len(kept) != 3 {
		t.Errorf("%d deliveries of three files", len(kept))
	}
}

// A source that fails says so on the board and in no place its password.
func TestAPulledSourceThatFails(t *testing.T) {
	t.Parallel()
	_, address := agencyServer(t)
	for name, change := range map[string]func(*Source){
		"a wrong password":       func(s *Source) { s.Login = write(t, "gazete:yanlis-gizli\n") },
		"a network nobody named": func(s *Source) { s.Private = nil },
		"a folder that is not there": func(s *Source) {
			s.URL += "yok"
		},
		"a server that is not there": func(s *Source) {
			s.Kind, s.URL, s.HostKey = "sftp", "sftp://127.0.0.1:1", "SHA256:"+strings.Repeat("a", 43)
		},
		"a mailbox without TLS": func(s *Source) {
			s.Kind, s.URL, s.From = "imap", "imaps://"+address, []string{"@kuzey.example"}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := pulled(t, "ftp", address)
			change(&s)
			h := open(t, time.Now, s)
			h.until("the failure", func() bool { return h.Called()["ka"].Failures > 0 })
			if said := h.Called()["ka"].Trouble; said == "" || strings.Contains(said, "gizli") {
				t.Errorf("%q", said)
			}
		})
	}
}

// What opens a door is read at the start, and a wrong file stops it.
func TestPulledSourcesNeedTheirFiles(t *testing.T) {
	t.Parallel()
	good := pulled(t, "sftp", "127.0.0.1:22")
	for name, change := range map[string]func(*Source){
		"no login":           func(s *Source) { s.Login = filepath.Join(t.TempDir(), "none") },
		"a login of no kind": func(s *Source) { s.Login = write(t, "cok-gizli") },
		"no key":             func(s *Source) { s.Key = filepath.Join(t.TempDir(), "none") },
		"a key of no kind":   func(s *Source) { s.Key = write(t, "cok-gizli") },
		"no network":         func(s *Source) { s.Private = []string{"here"} },
	} {
		s := good
		change(&s)
		if _, err := s.shelf(); err == nil || strings.Contains(err.Error(), "gizli") || !strings.Contains(err.Error(), "source ka") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Addresses without a port mean their protocol's own.
func TestUsualPorts(t *testing.T) {
	t.Parallel()
	for given, want := range map[string]string{
		"ftp://a.example/in": "a.example:21", "ftps://a.example": "a.example:990", "ftpes://a.example": "a.example:21",
		"sftp://a.example": "a.example:22", "imaps://a.example": "a.example:993", "imap://a.example": "a.example:143", "ftp://a.example:2121/": "a.example:2121", "sftp://[2001:db8::1]/": netip.MustParseAddr("2001:db8::1").String(),
	} {
		at, err := Source{Name: "ka", URL: given}.away()
		if err != nil || !strings.Contains(at.address, want) {
			t.Errorf("%s: %s %v", given, at.address, err)
		}
	}
}
