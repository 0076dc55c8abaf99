package agency_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/rotatif/newsroom/internal/agency"
)

func TestTold(t *testing.T) {
	t.Parallel()
	if err := agency.Told("ftp: listing", nil, "gizli"); err != nil {
		t.Error(err)
	}
	err := agency.Told("ftp: listing", fmt.Errorf("%w: \x1b[31mkırmızı\r\n%s", io.EOF, strings.Repeat("x", 1000)), "gizli")
	if text := err.Error(); !errors.Is(err, io.EOF) || strings.ContainsAny(text, "\x1b\r\n") || !strings.HasPrefix(text, "ftp: listing: EOF: ·[31mkırmızı··xxx") || len(text) > 300 {
		t.Errorf("%q", text)
	}
	if err := agency.Told("ftp: listing", fmt.Errorf("%w: is it gizli?", io.EOF), "gizli"); !errors.Is(err, io.EOF) || strings.Contains(err.Error(), "gizli") {
		t.Errorf("%q", err)
	}
}
