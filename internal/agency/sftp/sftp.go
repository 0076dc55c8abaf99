// Package sftp opens a folder on a server over SSH. The server shows a key; it
// is the one whose fingerprint the operator has written down, or nothing more is said to it.
//
// Knows: SSH, connections it is given. Never imports: a room, another machine, a door.
package sftp

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"path"
	"strings"
	"time"

	sftplib "github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"

	"github.com/rotatif/newsroom/internal/agency"
)

// Door makes connections.
type Door interface {
	// Dial makes a connection to host:port.
	Dial(ctx context.Context, address string) (net.Conn, error)
}

// Server is a folder on a server.
type Server struct {
	Address        string // host:port
	Folder         string // empty: where the login leads
	HostKey        string // SHA-256 fingerprint of the server's key, as ssh-keygen -l writes it
	User, Password string
	Key            ssh.Signer    // in place of the password; may be nil
	Answer         time.Duration // for every answer and every block of a file; 0: twenty seconds
	Door           Door

	sort int // of the key that the server showed last
}

// The bounds of an answer.
const (
	usual      = 20 * time.Second
	maxListing = 16 << 20 // bytes
	block      = 32 << 10 // bytes of a file that come within the time of an answer
)

// What keeps us out.
var (
	ErrHostKey = errors.New("sftp: the server shows another key than the one that is written down")
	ErrLogin   = errors.New("sftp: the server does not let us in")
	ErrRefused = errors.New("sftp: the server refuses")
)

// shelf is an open folder.
type shelf struct {
	ctx    context.Context
	folder string
	secret string // that no error tells
	line   *agency.Line
	client *sftplib.Client
	secure *ssh.Client
}

// Open connects, looks at the server's key, and signs in. A server may have keys
// of several sorts; it is asked for one sort after the other.
func (s *Server) Open(ctx context.Context) (agency.Shelf, error) {
	all, shown := sorts(), error(nil)
	for try := range all {
		sort := (s.sort + try) % len(all)
		shelf, err := s.open(ctx, all[sort])
		if err == nil {
			s.sort = sort
			return shelf, nil
		}
		if none := (*ssh.AlgorithmNegotiationError)(nil); !errors.Is(err, ErrHostKey) && !errors.As(err, &none) {
			return nil, err
		} else if none == nil || shown == nil {
			shown = err
		}
	}
	return nil, shown
}

// sorts are the sorts of keys that a server may show, by the names of their signatures.
func sorts() [][]string {
	return [][]string{
		{ssh.KeyAlgoED25519},
		{ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521},
		{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256},
	}
}

func (s *Server) open(ctx context.Context, keys []string) (agency.Shelf, error) {
	conn, err := s.Door.Dial(ctx, s.Address)
	if err != nil {
		return nil, fmt.Errorf("sftp: %w", err)
	}
	o := &shelf{ctx: ctx, folder: s.Folder, secret: s.Password, line: agency.NewLine(ctx, conn, cmp.Or(s.Answer, usual))}
	if err := s.signIn(o, keys); err != nil {
		_ = o.Close() // why it failed is known
		return nil, err
	}
	return o, nil
}

// ParseKey reads a private key as ssh-keygen writes it, without a passphrase.
func ParseKey(raw []byte) (ssh.Signer, error) {
	key, err := ssh.ParsePrivateKey(raw)
	if err != nil {
		return nil, errors.New("sftp: this is no private key without a passphrase")
	}
	return key, nil
}

func (s *Server) signIn(o *shelf, keys []string) error {
	auth := []ssh.AuthMethod{ssh.Password(s.Password), ssh.KeyboardInteractive(s.answers)}
	if s.Key != nil {
		auth = []ssh.AuthMethod{ssh.PublicKeys(s.Key)}
	}
	conn, channels, requests, err := ssh.NewClientConn(o.line, s.Address, &ssh.ClientConfig{
		User: s.User, Auth: auth, HostKeyCallback: s.pinned, HostKeyAlgorithms: keys, ClientVersion: "SSH-2.0-Rotatif",
	})
	if err != nil && strings.Contains(err.Error(), "unable to authenticate") {
		return ErrLogin // its words name the ways that were tried, and may name more
	}
	if err != nil {
		return o.told("connecting", err)
	}
	o.secure = ssh.NewClient(conn, channels, requests)
	o.client, err = sftplib.NewClient(o.secure, sftplib.MaxConcurrentRequestsPerFile(1))
	return o.told("opening", err)
}

// answers gives the password to a server that asks for it in words.
func (s *Server) answers(_, _ string, questions []string, _ []bool) ([]string, error) {
	all := make([]string, len(questions))
	for i := range all {
		all[i] = s.Password
	}
	return all, nil
}

// pinned accepts one key alone. What the server shows is no secret, and tells
// the operator what to write down after asking the agency.
func (s *Server) pinned(_ string, _ net.Addr, key ssh.PublicKey) error {
	if shown := ssh.FingerprintSHA256(key); s.HostKey == "" || shown != s.HostKey {
		return fmt.Errorf("%w: it shows %s (%s)", ErrHostKey, shown, key.Type())
	}
	return nil
}

// List implements agency.Shelf.
func (o *shelf) List() ([]agency.File, error) {
	o.line.Await(maxListing, 3)
	defer o.line.Again()
	entries, err := o.client.ReadDirContext(o.ctx, path.Join(".", o.folder))
	files := []agency.File{}
	for _, e := range entries {
		if e.Mode().IsRegular() {
			files = append(files, agency.File{Name: e.Name(), Size: e.Size(), Changed: e.ModTime()})
		}
	}
	return files, o.told("listing", err)
}

// at is where a file of the folder is on the server.
func (o *shelf) at(name string) string {
	if o.folder == "" {
		return name
	}
	return strings.TrimSuffix(o.folder, "/") + "/" + name
}

// Read implements agency.Shelf.
func (o *shelf) Read(name string, most int64) ([]byte, error) {
	in, err := o.client.Open(o.at(name))
	if errors.Is(err, fs.ErrPermission) {
		err = fmt.Errorf("%w: %w", fs.ErrNotExist, err) // there is none for us
	}
	if err != nil {
		return nil, o.told("fetching", err)
	}
	raw, err := agency.Blocks(in, most, block, o.line)
	if err != nil {
		return nil, o.told("fetching", err)
	}
	return raw, o.told("fetching", in.Close())
}

// Remove implements agency.Shelf.
func (o *shelf) Remove(name string) error { return o.told("deleting", o.client.Remove(o.at(name))) }

// Move implements agency.Shelf.
func (o *shelf) Move(name, to string) error {
	return o.told("moving", o.client.Rename(o.at(name), o.at(to)))
}

// Close implements agency.Shelf. It ends with the connection, so that a server
// that does not answer any more is not asked.
func (o *shelf) Close() error {
	err := o.line.Close()
	if o.secure != nil {
		_ = o.secure.Wait() // what was spoken over the connection has ended with it
	}
	if o.client != nil {
		_ = o.client.Close()
	}
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return o.told("closing", err)
}

// told says what was being done and what was wrong, first of all with the line.
func (o *shelf) told(doing string, err error) error {
	said := (*sftplib.StatusError)(nil)
	switch {
	case err == nil:
		return nil
	case o.line.Err() != nil:
		err = o.line.Err()
	case errors.As(err, &said):
		return fmt.Errorf("%w: %s, status %d", ErrRefused, doing, said.Code)
	}
	return agency.Told("sftp: "+doing, err, o.secret)
}
