package app

import (
	"fmt"
	"time"
)

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
