// Package whole tells a file that has come in whole from one that somebody
// still writes, by its name and by the way it ends.
//
// Knows: the ends of files. Never imports: anything of ours.
package whole

import (
	"bytes"
	"strings"
)

// Tail is how many of a file's last bytes tell how it ends.
const Tail = 256

// Ends says whether bytes end the way XML, JSON and telegrams end.
func Ends(raw []byte) bool {
	tail := bytes.TrimRight(raw[max(0, len(raw)-Tail):], " \t\r\n\x00")
	return len(tail) > 0 && bytes.IndexByte([]byte(">}]\x03\x04"), tail[len(tail)-1]) >= 0
}

// Unfinished says whether a name is one that senders give to files they still write.
func Unfinished(name string) bool {
	lower := strings.ToLower(name)
	for _, end := range []string{".tmp", ".part", ".partial", ".filepart", ".crdownload", ".swp", "~"} {
		if strings.HasSuffix(lower, end) {
			return true
		}
	}
	return strings.HasPrefix(name, ".")
}
