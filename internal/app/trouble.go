package app

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"syscall"

	"github.com/rotatif/newsroom/internal/agency"
	"github.com/rotatif/newsroom/internal/agency/ftp"
	"github.com/rotatif/newsroom/internal/agency/imap"
	"github.com/rotatif/newsroom/internal/agency/sftp"
	"github.com/rotatif/newsroom/internal/egress"
)

// troubles are the ways a call or a folder fails that a person can do something about, the
// more telling first; the desk has a sentence for each.
func troubles() []struct {
	why  string
	errs []error
} {
	return []struct {
		why  string
		errs []error
	}{
		{"address", []error{egress.ErrAddress}},
		{"port", []error{egress.ErrPort}},
		{"redirect", []error{egress.ErrRedirect, egress.ErrScheme}},
		{"page", []error{agency.ErrPage}},
		{"login", []error{agency.ErrLogin, ftp.ErrLogin, sftp.ErrLogin, imap.ErrLogin}},
		{"key", []error{sftp.ErrHostKey}},
		{"long", []error{egress.ErrBody}},
		{"late", []error{agency.ErrLate, context.DeadlineExceeded, os.ErrDeadlineExceeded}},
		{"closed", []error{syscall.ECONNREFUSED}},
		{"broken", []error{io.ErrUnexpectedEOF, io.EOF, syscall.ECONNRESET}},
		{"status", []error{agency.ErrStatus}},
		{"rights", []error{fs.ErrPermission}},
		{"absent", []error{fs.ErrNotExist, syscall.ENOTDIR}},
	}
}

// trouble is the way in which a call or a folder failed; empty when it is none of those.
func trouble(err error) string {
	var nowhere *net.DNSError
	var forged *tls.CertificateVerificationError
	switch {
	case errors.As(err, &nowhere):
		return "name"
	case errors.As(err, &forged):
		return "key"
	}
	for _, t := range troubles() {
		for _, one := range t.errs {
			if errors.Is(err, one) {
				return t.why
			}
		}
	}
	return ""
}
