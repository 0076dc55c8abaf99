// Package tree reads the notations agencies deliver in, XML and JSON, into
// plain trees: bounded in size, depth and count, forgiving of everything else.
//
// Agencies send files that a correct parser refuses: a bare ampersand, an
// undeclared prefix, a tag that is never closed, a file cut off in the middle.
// A reader that gives up there loses the neighbours of the bad item, and one
// day a kill. So reading never fails here: what could be read is given, and
// what is wrong with it is said, on the tree and on the part that suffers.
//
// Entities a document declares for itself are never expanded, nothing is ever
// fetched, and what is read is never written back as XML.
//
// Knows: elements, attributes, objects, text. Never imports: the other rooms, the words, the network.
package tree

// Limits bound what a document may be.
type Limits struct {
	Elements int // of a whole document; JSON values count alike
	Attrs    int // of one element, and of bindings of prefixes in force
	Depth    int
	Text     int // bytes of one text
}

// Bounds are the usual limits. A long story with tables stays below a tenth of each.
func Bounds() Limits { return Limits{Elements: 500_000, Attrs: 256, Depth: 64, Text: 4 << 20} }

// Fault says why a part of a document cannot be trusted to be whole.
type Fault string

// The faults. Whatever lies around a faulty part is not faulty itself, except
// the parts that contain it.
const (
	Whole   Fault = ""
	TooDeep Fault = "too_deep"
	TooBig  Fault = "too_big"
	CutOff  Fault = "truncated" // the document ended before this part did
)
