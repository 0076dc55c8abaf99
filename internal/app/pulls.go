package app

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rotatif/newsroom/internal/agency"
	"github.com/rotatif/newsroom/internal/agency/ftp"
	"github.com/rotatif/newsroom/internal/agency/imap"
	"github.com/rotatif/newsroom/internal/agency/sftp"
	"github.com/rotatif/newsroom/internal/egress"
	"github.com/rotatif/newsroom/internal/wire"
)

// usualPorts are the schemes of the addresses that sources are pulled from,
// with the ports they mean.
func usualPorts() map[string]string {
	return map[string]string{"ftp": "21", "ftps": "990", "ftpes": "21", "sftp": "22", "imaps": "993", "imap": "143"}
}

// schemes are those that a kind of source is pulled over.
func schemes(kind string) []string {
	switch kind {
	case "ftp":
		return []string{"ftp", "ftps", "ftpes"}
	case "imap":
		return []string{"imaps", "imap"}
	default:
		return []string{kind}
	}
}

// away is where a pulled source's server is, and the door that leads there alone.
type away struct {
	scheme, address, folder string
	user, password          string
	door                    *egress.Door
}

func (s Source) away() (away, error) {
	u, err := url.Parse(s.URL)
	if err != nil {
		return away{}, fmt.Errorf("source %s: the address cannot be used", s.Name)
	}
	port := u.Port()
	if port == "" {
		port = usualPorts()[u.Scheme]
	}
	at := away{scheme: u.Scheme, address: net.JoinHostPort(u.Hostname(), port), folder: strings.TrimPrefix(u.Path, "/")}
	if at.user, at.password, err = s.credentials(); err != nil {
		return away{}, err
	}
	policy := egress.Policy{}
	if policy.Allow, err = s.private(); err != nil {
		return away{}, err
	}
	if n, err := strconv.ParseUint(port, 10, 16); err == nil {
		policy.Ports = []uint16{uint16(n)}
	}
	at.door = egress.New(policy)
	return at, nil
}

// private are the networks that the operator has named for the source.
func (s Source) private() ([]netip.Prefix, error) {
	all := []netip.Prefix{}
	for _, block := range s.Private {
		prefix, err := netip.ParsePrefix(block)
		if err != nil {
			return nil, fmt.Errorf("source %s: %w", s.Name, err)
		}
		all = append(all, prefix)
	}
	return all, nil
}

// pull sets a source going whose files are fetched from a folder on a server.
func (a *App) pull(s Source, account *agency.Account) error {
	open, err := s.shelf()
	if err != nil {
		return err
	}
	p := &agency.Puller{
		Open: open, After: s.After, Ready: s.Ready,
		Keep: func(ctx context.Context, d agency.Delivery) error { return a.keep(ctx, s, d.Name, d.Raw, d.TooBig) },
	}
	a.call(s, account, p.Ask)
	return nil
}

// readMail sets a source going that is a mailbox.
func (a *App) readMail(s Source, account *agency.Account) error {
	at, err := s.away()
	if err != nil {
		return err
	}
	m := &imap.Mailbox{
		Address: at.address, Asked: at.scheme == "imap", Folder: s.Mailbox, User: at.user, Password: at.password, From: s.From, Charset: s.Charset, Door: at.door,
		Keep: func(ctx context.Context, d agency.Delivery) error { return a.keep(ctx, s, d.Name, d.Raw, d.TooBig) },
	}
	a.call(s, account, m.Ask)
	return nil
}

// keep gives the wire a delivery of a source, or what there is of one that is too big.
func (a *App) keep(ctx context.Context, s Source, name string, raw []byte, tooBig bool) error {
	receipt := wire.Receipt{Source: s.Name, Channel: s.Kind, Name: name}
	if tooBig {
		_, err := a.Reception.Refuse(ctx, receipt, raw, "wire.reason.too_big", strconv.Itoa(agency.MaxDelivery))
		return err
	}
	_, err := a.Reception.Receive(ctx, receipt, raw)
	return err
}

// shelf is how the source's folder is opened.
func (s Source) shelf() (func(context.Context) (agency.Shelf, error), error) {
	at, err := s.away()
	if err != nil {
		return nil, err
	}
	if s.Kind == "ftp" {
		security := map[string]ftp.Security{"ftp": ftp.Plain, "ftps": ftp.Implicit, "ftpes": ftp.Explicit}[at.scheme]
		return ftp.Server{Address: at.address, Folder: at.folder, Security: security, User: at.user, Password: at.password, Door: at.door}.Open, nil
	}
	server := &sftp.Server{Address: at.address, Folder: at.folder, HostKey: s.HostKey, User: at.user, Password: at.password, Door: at.door}
	if s.Key == "" {
		return server.Open, nil
	}
	raw, err := secretText(s.Key)
	if err != nil {
		return nil, fmt.Errorf("source %s: key_file: %w", s.Name, err)
	}
	if server.Key, err = sftp.ParseKey(raw); err != nil {
		return nil, fmt.Errorf("source %s: key_file: %w", s.Name, err)
	}
	return server.Open, nil
}

// checkPull looks at what all pulled sources share.
func (s Source) checkPull(i int) error {
	u, err := url.Parse(s.URL)
	switch {
	case err != nil || !slices.Contains(schemes(s.Kind), u.Scheme) || u.Hostname() == "" || u.RawQuery != "" || u.Fragment != "":
		return wrong{"source", "url", i, fmt.Sprintf("a source of kind %s needs an address such as %s://host/folder", s.Kind, strings.Join(schemes(s.Kind), "://host/folder or "))}
	case u.User != nil:
		return wrong{"source", "url", i, "credentials belong into login_file"}
	case s.Login == "":
		return wrong{"source", "login_file", i, "a source of kind " + s.Kind + " needs the file that holds user:password"}
	case s.After != "leave" && s.After != "delete" && (!strings.HasPrefix(s.After, "move:") || len(s.After) == len("move:")):
		return wrong{"source", "after", i, fmt.Sprintf("%q is not leave, delete or move:FOLDER", s.After)}
	}
	return s.checkCalls(i)
}

// checkFiles looks at what sources of files have besides.
func (s Source) checkFiles(i int) error {
	switch {
	case s.Ready != "" && s.Ready != "renamed" && (!strings.HasPrefix(s.Ready, ".") || len(s.Ready) == 1):
		return wrong{"source", "ready", i, fmt.Sprintf("%q is neither renamed nor the end of a name, such as .done", s.Ready)}
	case s.Kind == "sftp" && (!strings.HasPrefix(s.HostKey, "SHA256:") || len(s.HostKey) != len("SHA256:")+43):
		return wrong{"source", "host_key", i, "an sftp source needs the fingerprint of its server's key, SHA256: and 43 letters, as ssh-keygen -l -f writes it"}
	}
	return s.checkPull(i)
}

// checkMail looks at what a mailbox has besides.
func (s Source) checkMail(i int) error {
	if len(s.From) == 0 {
		return wrong{"source", "from", i, "a mailbox needs the senders whose messages are read; anybody can write to it"}
	}
	for _, from := range s.From {
		if name, domain, ok := strings.Cut(from, "@"); !ok || domain == "" || strings.ContainsAny(name+domain, "@<> ,") {
			return wrong{"source", "from", i, fmt.Sprintf("%q is neither an address nor a domain with @ before it", from)}
		}
	}
	if u, err := url.Parse(s.URL); err == nil && strings.Trim(u.Path, "/") != "" {
		return wrong{"source", "url", i, "the folder belongs into mailbox"}
	}
	if s.After != "leave" {
		return wrong{"source", "after", i, "messages are marked as seen, and stay"}
	}
	return s.checkPull(i)
}

// checkCalls looks at how often a source is called.
func (s Source) checkCalls(i int) error {
	if s.Every.Duration < minEvery {
		return wrong{"source", "every", i, "a source is called at most once a second"}
	}
	if s.Gap.Duration < 0 || s.Slowest.Duration < 0 {
		return wrong{"source", "min_gap", i, "min_gap and slowest are not less than nothing"}
	}
	return nil
}

// minEvery is the shortest pause between two calls.
const minEvery = time.Second
