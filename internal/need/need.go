// Package need is for tests that use something of the machine: a database
// server, a browser, a program of node. On a developer's machine a test that
// lacks it is skipped and says what to install; where everything has to run,
// in CI above all, ROTATIF_REQUIRE_ALL=1 makes the same lack a failure, so
// that no promise goes untested without anybody noticing.
//
// Knows: one environment variable. Never imports: any package of the program; only tests import it.
package need

import (
	"os"
	"testing"
)

// Variable is the environment variable that turns a lack into a failure when it is "1".
const Variable = "ROTATIF_REQUIRE_ALL"

// Missing ends the test: skipped, or failed where everything is required. The
// format says what is missing and how to get it.
func Missing(t testing.TB, format string, args ...any) {
	t.Helper()
	if Everything() {
		t.Fatalf(format, args...)
	}
	t.Skipf(format, args...)
}

// Everything tells whether nothing may be skipped.
func Everything() bool { return os.Getenv(Variable) == "1" }
