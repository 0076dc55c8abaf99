package web

import (
	"errors"
	"net/http"

	"github.com/rotatif/newsroom"
)

// Status is the HTTP status of a kind of error: the one table.
func Status(kind newsroom.Kind) int {
	switch kind {
	case "":
		return http.StatusOK
	case newsroom.Invalid:
		return http.StatusUnprocessableEntity
	case newsroom.NotFound:
		return http.StatusNotFound
	case newsroom.Gone:
		return http.StatusGone
	case newsroom.Conflict, newsroom.Held:
		return http.StatusConflict
	case newsroom.Forbidden:
		return http.StatusForbidden
	case newsroom.SignedOut:
		return http.StatusUnauthorized
	case newsroom.TooMuch:
		return http.StatusRequestEntityTooLarge
	default:
		return http.StatusInternalServerError
	}
}

// Sentence is what a person is told of an error: the sentence of its key, or
// of "error.internal" for anything the house did not foresee.
func Sentence(words Words, err error) string {
	var e *newsroom.Error
	if !errors.As(err, &e) || e.Kind == newsroom.Internal {
		return words.T("error.internal")
	}
	args := make([]any, 0, 2*len(e.Args))
	for name, value := range e.Args {
		args = append(args, name, value)
	}
	return words.T(e.Key, args...)
}
