package house

import "testing"

// TestHouse is the whole inspection. Every rule has a test of its own beside
// it, which shows that it notices when it is broken.
func TestHouse(t *testing.T) {
	t.Parallel()
	house, err := read(root(t))
	if err != nil {
		t.Fatal(err)
	}
	for name, check := range rules() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, found := range check(house) {
				t.Error(found)
			}
		})
	}
}

func rules() map[string]rule {
	return map[string]rule{
		"every package is on the plan":        onPlan,
		"imports go down only":                downOnly,
		"the way from the hall to the words":  depth,
		"some rooms never meet":               neverMeet,
		"what is for tests stays with tests":  testsOnly,
		"words and tools need nobody":         alone,
		"libraries with one owner":            owned,
		"deeds with one owner":                deeds,
		"goroutines are started in the hall":  goroutines,
		"one door out":                        oneDoorOut,
		"query text is constant":              constantSQL,
		"every package says what it knows":    packageComments,
		"every exported name is explained":    explained,
		"names tell what a thing is":          honestNames,
		"functions are short":                 shortFunctions,
		"files are short":                     shortFiles,
		"nothing is nested deep":              shallow,
		"interfaces are small":                smallInterfaces,
		"no init, no state outside of values": noGlobals,
		"errors keep their chain":             chains,
	}
}
