package app

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Days is a number of days written as "90d"; 0 is one that is not given.
type Days int

// UnmarshalText reads the written form.
func (d *Days) UnmarshalText(text []byte) error {
	number, is := strings.CutSuffix(string(text), "d")
	n, err := strconv.ParseUint(number, 10, 16)
	if err != nil || n == 0 || !is {
		return fmt.Errorf("%q is not a number of days such as 90d", text)
	}
	*d = Days(n)
	return nil
}

// String is the written form.
func (d Days) String() string {
	if d == 0 {
		return ""
	}
	return strconv.Itoa(int(d)) + "d"
}

// Span is the same as a duration.
func (d Days) Span() time.Duration { return time.Duration(d) * 24 * time.Hour }

// Duration is a span of time written as "15s" or "2m".
type Duration struct{ time.Duration }

// UnmarshalText reads the written form.
func (d *Duration) UnmarshalText(text []byte) error {
	span, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("%q is not a duration such as 15s or 2m", text)
	}
	d.Duration = span
	return nil
}
