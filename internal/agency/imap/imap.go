// Package imap reads a mailbox: what agencies send by e-mail.
//
// Anybody can write any sender on a message. The list of senders keeps out what
// comes by mistake; only the mailbox itself can keep out what is forged.
//
// Knows: IMAP, e-mail, connections it is given. Never imports: a room, another machine, a door.
package imap

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/mail"
	"slices"
	"strings"
	"time"

	imaplib "github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"

	"github.com/rotatif/newsroom/internal/agency"
)

// Door makes connections.
type Door interface {
	// Dial makes a connection to host:port.
	Dial(ctx context.Context, address string) (net.Conn, error)
}

// Mailbox is a folder of messages on a server. What is new in it is what nobody
// has seen yet, and what came after the first look, seen or not.
type Mailbox struct {
	Address        string // host:port
	Folder         string // such as INBOX
	Asked          bool   // TLS is asked for before the password, and not spoken from the first byte
	User, Password string
	From           []string      // senders whose messages are read: addresses, or domains with @ before
	Charset        string        // of text that does not say
	TLS            *tls.Config   // for tests; nil: the machine's authorities
	Answer         time.Duration // for every answer and every block of a message; 0: twenty seconds
	Door           Door
	// Keep is given the text and every attachment of a message, and returns nil when they are durably kept.
	Keep func(context.Context, agency.Delivery) error

	validity uint32               // of the numbers below
	next     imaplib.UID          // the lowest number that a message after the first look can have
	past     map[imaplib.UID]bool // done with, or not from a sender on the list
	fails    map[imaplib.UID]int  // how often a message could not be had
}

// The bounds of a call.
const (
	usual      = 20 * time.Second
	longest    = 15 * time.Minute
	batch      = 200      // messages
	maxPast    = 10_000   // numbers remembered
	block      = 32 << 10 // bytes of a message that come within the time of an answer
	maxMessage = agency.MaxDelivery / 3 * 4
	maxAnswer  = 8 << 20
)

// What a server refuses.
var (
	ErrLogin   = errors.New("imap: the server does not let us in")
	ErrRefused = errors.New("imap: the server refuses")
	ErrBig     = errors.New("imap: a message that is too big")
)

// box is an open mailbox.
type box struct {
	*Mailbox
	line   *agency.Line
	client *imapclient.Client
	broken bool        // nothing more can be asked
	newest imaplib.UID // the number that the next message will have
}

// Ask looks once and takes the messages that are new.
func (m *Mailbox) Ask(ctx context.Context) (answer agency.Answer, err error) {
	ctx, cancel := context.WithTimeout(ctx, longest)
	defer cancel()
	b, err := m.open(ctx)
	if err != nil {
		return answer, err
	}
	defer b.close()
	uids, err := b.search()
	if err != nil {
		return answer, err
	}
	for _, uid := range uids {
		kept, err := b.message(ctx, uid)
		answer.New = answer.New || kept
		if err != nil {
			m.fails[uid]++
			answer.Flaw = fmt.Errorf("imap: message %d: %w", uid, err)
		}
		if b.broken || b.line.Err() != nil {
			break
		}
	}
	return answer, nil
}

// open connects, signs in and chooses the folder.
func (m *Mailbox) open(ctx context.Context) (*box, error) {
	conn, err := m.Door.Dial(ctx, m.Address)
	if err != nil {
		return nil, fmt.Errorf("imap: %w", err)
	}
	b := &box{Mailbox: m, line: agency.NewLine(ctx, conn, cmp.Or(m.Answer, usual))}
	if err := b.signIn(); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

func (b *box) signIn() error {
	secure := &tls.Config{MinVersion: tls.VersionTLS12}
	if b.TLS != nil {
		secure = b.TLS.Clone()
	}
	secure.ServerName, _, _ = net.SplitHostPort(b.Address)
	if b.Asked {
		client, err := imapclient.NewStartTLS(b.line, &imapclient.Options{TLSConfig: secure})
		if err != nil {
			return b.told("connecting", err)
		}
		b.client = client
	} else {
		conn := tls.Client(b.line, secure)
		if err := conn.Handshake(); err != nil {
			return b.told("connecting", err)
		}
		b.client = imapclient.New(conn, nil)
	}
	if err := b.client.WaitGreeting(); err != nil {
		return b.told("connecting", err)
	}
	if err := b.client.Login(b.User, b.Password).Wait(); err != nil {
		if refused := (*imaplib.Error)(nil); errors.As(err, &refused) {
			return ErrLogin // its words may repeat ours
		}
		return b.told("signing in", err)
	}
	chosen, err := b.client.Select(cmp.Or(b.Folder, "INBOX"), nil).Wait()
	if err != nil {
		return b.told("folder", err)
	}
	b.newest = chosen.UIDNext
	b.begin(chosen)
	return nil
}

// begin begins anew when the numbers of the folder are other numbers than before.
func (m *Mailbox) begin(chosen *imaplib.SelectData) {
	if m.past != nil && m.validity == chosen.UIDValidity && len(m.past) < maxPast {
		return
	}
	if m.past == nil || m.validity != chosen.UIDValidity {
		m.next = chosen.UIDNext
	}
	m.validity, m.past, m.fails = chosen.UIDValidity, map[imaplib.UID]bool{}, map[imaplib.UID]int{}
}

// search finds the messages that are new, those first that have not failed before.
func (b *box) search() ([]imaplib.UID, error) {
	uids, err := b.find(imaplib.SearchCriteria{NotFlag: []imaplib.Flag{imaplib.FlagSeen, imaplib.FlagDeleted}})
	if err != nil {
		return nil, err
	}
	if b.next > 0 {
		later, err := b.find(imaplib.SearchCriteria{
			UID: []imaplib.UIDSet{{imaplib.UIDRange{Start: b.next}}}, NotFlag: []imaplib.Flag{imaplib.FlagDeleted},
		})
		if err != nil {
			return nil, err
		}
		// The last message is among them even when its number is lower.
		later = slices.DeleteFunc(later, func(uid imaplib.UID) bool { return uid < b.next })
		b.next = slices.Min(append(later, max(b.next, b.newest)))
		uids = append(uids, later...)
	}
	slices.Sort(uids)
	uids = slices.Compact(uids)
	slices.SortStableFunc(uids, func(x, y imaplib.UID) int { return cmp.Compare(b.fails[x], b.fails[y]) })
	return uids[:min(len(uids), batch)], nil
}

// find gives the numbers of messages that are not done with.
func (b *box) find(wanted imaplib.SearchCriteria) ([]imaplib.UID, error) {
	b.line.Await(maxAnswer, 3)
	defer b.line.Again()
	found, err := b.client.UIDSearch(&wanted, nil).Wait()
	if err != nil {
		return nil, b.told("searching", err)
	}
	return slices.DeleteFunc(found.AllUIDs(), func(uid imaplib.UID) bool { return b.past[uid] }), nil
}

// message takes one message: who sends it, then what is in it, and only when
// that is kept is the message marked as seen.
func (b *box) message(ctx context.Context, uid imaplib.UID) (bool, error) {
	head, size, err := b.fetch(uid, &imaplib.FetchItemBodySection{Specifier: imaplib.PartSpecifierHeader, HeaderFields: []string{"From"}, Peek: true}, maxAnswer)
	if err != nil {
		return false, err
	}
	if size < 0 || !b.listed(head) {
		b.past[uid] = true // gone, or nothing to us
		return false, nil
	}
	name := fmt.Sprintf("%s %d", cmp.Or(b.Folder, "INBOX"), uid)
	all := []agency.Delivery{}
	whole := &imaplib.FetchItemBodySection{Peek: true}
	if size > maxMessage {
		whole.Partial = &imaplib.SectionPartial{Size: agency.TooBig}
	}
	raw, _, err := b.fetch(uid, whole, maxMessage)
	if err != nil {
		return false, err
	}
	if size > maxMessage {
		all = append(all, agency.Delivery{Name: name, Raw: raw, TooBig: true})
	} else {
		all = take(name, raw, b.Charset)
	}
	for _, d := range all {
		if err := b.Keep(ctx, d); err != nil {
			return false, err
		}
	}
	b.past[uid] = true // even if it cannot be marked
	return true, b.seen(uid)
}

// fetch gives a section of a message and the size of the whole; less than
// nothing when there is no such message any more.
func (b *box) fetch(uid imaplib.UID, section *imaplib.FetchItemBodySection, most int64) (raw []byte, size int64, err error) {
	size = -1
	command := b.client.Fetch(imaplib.UIDSetNum(uid), &imaplib.FetchOptions{RFC822Size: true, UID: true, BodySection: []*imaplib.FetchItemBodySection{section}})
	for m := command.Next(); m != nil && err == nil; m = command.Next() {
		for item := m.Next(); item != nil && err == nil; item = m.Next() {
			switch item := item.(type) {
			case imapclient.FetchItemDataRFC822Size:
				size = max(0, item.Size)
			case imapclient.FetchItemDataBodySection:
				if item.Literal == nil {
					continue
				}
				if raw, err = agency.Blocks(item.Literal, most, block, b.line); int64(len(raw)) > most {
					err = ErrBig
				}
				size = max(size, 0)
			}
		}
	}
	if err != nil {
		b.broken = true // what follows is not waited for
		return nil, size, b.told("fetching", err)
	}
	return raw, size, b.told("fetching", command.Close())
}

// listed says whether a message names one sender, and one that is on the list.
func (m *Mailbox) listed(head []byte) bool {
	parsed, err := mail.ReadMessage(bytes.NewReader(append(bytes.TrimSpace(head), "\r\n\r\n"...)))
	if err != nil || len(parsed.Header["From"]) != 1 {
		return false
	}
	senders, err := (&mail.AddressParser{WordDecoder: decoder()}).ParseList(parsed.Header.Get("From"))
	if err != nil || len(senders) != 1 {
		return false
	}
	address := strings.ToLower(senders[0].Address)
	_, domain, _ := strings.Cut(address, "@")
	return slices.ContainsFunc(m.From, func(allowed string) bool {
		allowed = strings.ToLower(allowed)
		return allowed == address || allowed == "@"+domain
	})
}

// seen marks a message as seen.
func (b *box) seen(uid imaplib.UID) error {
	flags := &imaplib.StoreFlags{Op: imaplib.StoreFlagsAdd, Silent: true, Flags: []imaplib.Flag{imaplib.FlagSeen}}
	return b.told("marking as seen", b.client.Store(imaplib.UIDSetNum(uid), flags, nil).Close())
}

// close ends the call with the connection; a server that does not answer any more is not asked.
func (b *box) close() {
	_ = b.line.Close()
	if b.client != nil {
		_ = b.client.Close() // it has ended with the connection
	}
}

// told says what was being done and what was wrong, first of all with the line.
func (b *box) told(doing string, err error) error {
	refused := (*imaplib.Error)(nil)
	switch {
	case err == nil:
		return nil
	case b.line.Err() != nil:
		err = b.line.Err()
	case errors.As(err, &refused):
		return fmt.Errorf("%w: %s, %s", ErrRefused, doing, agency.Shown(string(refused.Code)))
	}
	return agency.Told("imap: "+doing, err, b.Password)
}
