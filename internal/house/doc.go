// Package house holds the house to its rules. It has no code but tests: they
// read the source files of the whole module and say, with file and line, what
// stands in the wrong room, what has outgrown its shape and what nobody has
// explained. docs/house.md tells the rules in prose; floors_test.go is the plan.
//
// The files are read here, not asked of the go command in a child process:
// Go's test cache would not see that they have changed, and answer "ok (cached)".
//
// Knows: how the program should be built. Never imports: any package of the program; nothing imports it.
package house
