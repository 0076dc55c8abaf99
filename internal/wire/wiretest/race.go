//go:build race

package wiretest

// Slack is how many times more may be allocated under the race detector, which
// throws away much of what is pooled, as the standard library's patterns do.
const Slack = 4
