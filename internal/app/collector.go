package app

import (
	"os"
	"runtime/debug"
)

// collect is by how many percent the heap may grow before it is collected. Pages
// are served from memory, so a small heap would be collected thousands of times
// for nothing; 300 costs some ten megabytes and saves a tenth of the CPU.
const collect = 300

// CalmCollector lets the garbage collector work less often, unless the operator
// has said otherwise with GOGC.
func CalmCollector() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collect)
	}
}
