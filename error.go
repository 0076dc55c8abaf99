package newsroom

import (
	"errors"
	"fmt"
)

// Kind is the closed list of ways in which something can fail for a person.
type Kind string

// The kinds. Anything that is none of these is Internal: logged in full, shown as nothing.
const (
	Invalid   Kind = "invalid"   // what was given is wrong; the sentence says what
	NotFound  Kind = "not_found" // there is no such thing, or not for this person
	Gone      Kind = "gone"      // there was one; it has been taken down
	Conflict  Kind = "conflict"  // somebody else was faster, or the state does not allow it
	Forbidden Kind = "forbidden" // this person may not
	SignedOut Kind = "signed_out"
	Held      Kind = "held" // an embargo, a kill or a hold stands in the way
	TooMuch   Kind = "too_much"
	Internal  Kind = "internal"
)

// Error is a failure with two audiences: Key and Args name a sentence of the
// message catalogue for the person, Err is what the machine said, for the log.
type Error struct {
	Kind Kind
	Key  string
	Args map[string]string
	Err  error
}

// Error is the operator's form.
func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %s: %v", e.Kind, e.Key, e.Err)
	}
	return fmt.Sprintf("%s: %s", e.Kind, e.Key)
}

// Unwrap gives the machine's cause.
func (e *Error) Unwrap() error { return e.Err }

// Refuse makes an error of a kind with the key of its sentence; args are
// name, value pairs for the sentence's blanks.
func Refuse(kind Kind, key string, args ...string) *Error {
	e := &Error{Kind: kind, Key: key}
	for i := 0; i+1 < len(args); i += 2 {
		if e.Args == nil {
			e.Args = map[string]string{}
		}
		e.Args[args[i]] = args[i+1]
	}
	return e
}

// KindOf tells the kind of any error; nil has none, the unknown is Internal.
func KindOf(err error) Kind {
	if err == nil {
		return ""
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}
