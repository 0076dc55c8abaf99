//go:build !race

package wiretest

// Slack is how many times more may be allocated than the bound says: not more.
const Slack = 1
