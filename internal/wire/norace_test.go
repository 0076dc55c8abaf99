//go:build !race

package wire

// slack is how many times more may be allocated than the bound says: not more.
const slack = 1
