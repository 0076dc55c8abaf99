// Package ftp opens a folder on an FTP server: plain, with TLS from the first
// byte (ftps), or with TLS asked for before the password (ftpes).
//
// Files come over second connections. They are made to the host of the first
// one alone, whatever host the server names.
//
// Knows: FTP, connections it is given. Never imports: a room, another machine, a door.
package ftp

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/textproto"
	"strconv"
	"time"

	ftplib "github.com/jlaffaye/ftp"

	"github.com/rotatif/newsroom/internal/agency"
)

// Security is how the connection is kept from others' eyes.
type Security int

// The sorts of security.
const (
	Plain    Security = iota // not at all
	Implicit                 // TLS from the first byte
	Explicit                 // TLS asked for before the password
)

// Door makes connections.
type Door interface {
	// Dial makes a connection to host:port.
	Dial(ctx context.Context, address string) (net.Conn, error)
	// Beside makes a second connection to the host of the first.
	Beside(ctx context.Context, first net.Conn, port uint16) (net.Conn, error)
}

// Server is a folder on a server.
type Server struct {
	Address        string // host:port
	Folder         string // empty: where the login leads
	Security       Security
	User, Password string
	TLS            *tls.Config   // for tests; nil: the machine's authorities
	Answer         time.Duration // for every answer and every block of a file; 0: twenty seconds
	Door           Door
}

// The bounds of an answer.
const (
	usual      = 20 * time.Second
	maxListing = 8 << 20  // bytes
	longList   = 3        // times of an answer that a listing may take
	block      = 32 << 10 // bytes of a file that come within the time of an answer
)

// What a server refuses.
var (
	ErrLogin   = errors.New("ftp: the server does not let us in")
	ErrRefused = errors.New("ftp: the server refuses")
)

// shelf is an open folder.
type shelf struct {
	server  Server
	ctx     context.Context
	client  *ftplib.ServerConn
	control *agency.Line // the first connection
	data    *agency.Line // the last second one
	lines   *lines       // that came over it
}

// Open connects, signs in and goes to the folder.
func (s Server) Open(ctx context.Context) (agency.Shelf, error) {
	if s.Answer == 0 {
		s.Answer = usual
	}
	if s.Security != Plain {
		s.TLS = s.secured()
	}
	o := &shelf{server: s, ctx: ctx}
	if err := o.open(); err != nil {
		_ = o.Close() // why it failed is known
		return nil, err
	}
	return o, nil
}

// secured is how TLS is spoken: with the server's own name, and with second
// connections that go on with the session of the first, as servers want it.
func (s Server) secured() *tls.Config {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	if s.TLS != nil {
		c = s.TLS.Clone()
	}
	c.ServerName, _, _ = net.SplitHostPort(s.Address)
	c.ClientSessionCache = tls.NewLRUClientSessionCache(4)
	return c
}

func (o *shelf) open() error {
	options := []ftplib.DialOption{ftplib.DialWithDialFunc(o.dial)}
	switch o.server.Security {
	case Implicit:
		options = append(options, ftplib.DialWithTLS(o.server.TLS))
	case Explicit:
		options = append(options, ftplib.DialWithExplicitTLS(o.server.TLS))
	case Plain:
	}
	client, err := ftplib.Dial(o.server.Address, options...)
	if err != nil {
		return told("connecting", err)
	}
	o.client = client
	err = login(client.Login(o.server.User, o.server.Password), o.server.Password)
	if err != nil || o.server.Folder == "" {
		return err
	}
	return told("folder", client.ChangeDir(o.server.Folder))
}

// login tells the server's number and not its words: they may repeat the password.
func login(err error, password string) error {
	said := (*textproto.Error)(nil)
	switch {
	case err == nil:
		return nil
	case errors.As(err, &said):
		return fmt.Errorf("%w: status %d", ErrLogin, said.Code)
	}
	return agency.Told("ftp: signing in", err, password)
}

// dial makes the first connection, and then second ones to its host.
func (o *shelf) dial(_, address string) (net.Conn, error) {
	if o.control == nil {
		conn, err := o.server.Door.Dial(o.ctx, address)
		if err != nil {
			return nil, err
		}
		o.control = agency.NewLine(o.ctx, conn, o.server.Answer)
		return o.wrapped(o.control, o.server.Security == Implicit), nil
	}
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("ftp: %w", err)
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return nil, fmt.Errorf("ftp: %w", err)
	}
	conn, err := o.server.Door.Beside(o.ctx, o.control, uint16(n))
	if err != nil {
		return nil, err
	}
	o.data = agency.NewLine(o.ctx, conn, o.server.Answer)
	o.data.Await(maxListing, longList)
	o.lines = &lines{Conn: o.wrapped(o.data, o.server.Security != Plain)}
	return o.lines, nil
}

func (o *shelf) wrapped(line *agency.Line, secure bool) net.Conn {
	if !secure {
		return line
	}
	return tls.Client(line, o.server.TLS)
}

// List implements agency.Shelf.
func (o *shelf) List() ([]agency.File, error) {
	o.control.Await(maxListing, longList+1) // it has the last word
	defer o.control.Again()
	entries, err := o.client.List("")
	files := []agency.File{}
	for _, e := range entries {
		if e.Type == ftplib.EntryTypeFile {
			files = append(files, agency.File{Name: e.Name, Size: int64(min(e.Size, 1<<62)), Changed: e.Time})
		}
	}
	if err == nil && o.lines.n > len(entries)+1 { // one may be the sum of all
		err = agency.ErrLines
	}
	return files, told("listing", err)
}

// lines counts the lines that come over a connection.
type lines struct {
	net.Conn
	n int
}

// Read implements io.Reader.
func (l *lines) Read(p []byte) (int, error) {
	n, err := l.Conn.Read(p)
	l.n += bytes.Count(p[:n], []byte("\n"))
	return n, err
}

// Read implements agency.Shelf.
func (o *shelf) Read(name string, most int64) ([]byte, error) {
	body, err := o.client.Retr(name)
	if err != nil {
		return nil, told("fetching", missing(err))
	}
	raw, err := agency.Blocks(body, most, block, o.data)
	o.control.Again()
	if err != nil {
		_ = o.data.Close() // what follows is not waited for
		return nil, told("fetching", err)
	}
	err = body.Close()
	if int64(len(raw)) > most {
		return raw, nil // a server that was interrupted says so
	}
	return raw, told("fetching", err)
}

// missing knows the ways to say that there is no such file to be had now.
func missing(err error) error {
	said := (*textproto.Error)(nil)
	if !errors.As(err, &said) {
		return err
	}
	switch said.Code {
	case ftplib.StatusFileActionIgnored, ftplib.StatusFileUnavailable, ftplib.StatusPageTypeUnknown, ftplib.StatusBadFileName:
		return fmt.Errorf("%w: status %d", fs.ErrNotExist, said.Code)
	}
	return err
}

// Remove implements agency.Shelf.
func (o *shelf) Remove(name string) error { return told("deleting", o.client.Delete(name)) }

// Move implements agency.Shelf. Many servers would write over what has the name.
func (o *shelf) Move(name, to string) error {
	if _, err := o.client.FileSize(to); err == nil {
		return fmt.Errorf("%w: moving, the name is taken", ErrRefused)
	}
	return told("moving", o.client.Rename(name, to))
}

// Close implements agency.Shelf.
func (o *shelf) Close() error {
	if o.client != nil {
		_ = o.client.Quit() // a server that has said enough may hang up first
	}
	if o.control == nil {
		return nil
	}
	if err := o.control.Close(); !errors.Is(err, net.ErrClosed) {
		return told("closing", err)
	}
	return nil
}

// told says what was being done, and the server's number but not its words:
// they may repeat what we said.
func told(doing string, err error) error {
	if err == nil {
		return nil
	}
	if said := (*textproto.Error)(nil); errors.As(err, &said) {
		return fmt.Errorf("%w: %s, status %d", ErrRefused, doing, said.Code)
	}
	return agency.Told("ftp: "+doing, err, "")
}
