package app

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

// The board knows of a file that lies in a folder and is not taken, and for how
// long copy is kept.
func TestWhatTheBoardKnowsOfAFolder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	old := time.Now().Add(2 * time.Minute).Truncate(time.Second) // a clock ahead of ours: it is not still yet
	path := filepath.Join(folder, "yarim.xml")
	if err := os.WriteFile(path, []byte("<newsItem>"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
	h := open(t, time.Now, Source{Name: "klasor", Provider: "ka", Kind: "folder", Folder: folder, Keep: 90})
	h.until("the file to be seen", func() bool { return h.sourceStates()[0].Unread.Equal(old) })
	if keep := h.sourceStates()[0].Keep; keep != 90*24*time.Hour {
		t.Errorf("kept for %v", keep)
	}
	h.until("the file to be taken in the end", func() bool { return h.sourceStates()[0].Unread.IsZero() })
}
