package sqlite

import "testing"

func TestSound(t *testing.T) {
	t.Parallel()
	for version, want := range map[string]bool{
		"3.51.3": true, "3.51.2": false, "3.51.10": true, "3.52.0": true, "3.9.9": false, "4.0.0": true, "3.54.1": true, "": false, "x.y.z": false, "3.51": false,
	} {
		if sound(version) != want {
			t.Errorf("%q: want %v", version, want)
		}
	}
}
