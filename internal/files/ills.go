package files

import "sync"

// ills is what could not be done, of this look and of the one before.
type ills struct {
	mu   sync.Mutex
	now  []error
	told map[string]bool
	last error // the first of the last look
}

func (i *ills) add(err error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.now = append(i.now, err)
}

// turn ends a look: it gives what the look before had not, so that a file that
// can never be read does not fill the log.
func (i *ills) turn() []error {
	i.mu.Lock()
	defer i.mu.Unlock()
	fresh, told := []error{}, map[string]bool{}
	i.last = nil
	for _, err := range i.now {
		if i.last == nil {
			i.last = err
		}
		if !i.told[err.Error()] && !told[err.Error()] {
			fresh = append(fresh, err)
		}
		told[err.Error()] = true
	}
	i.now, i.told = nil, told
	return fresh
}

// tell ends a look, and tells what is new of its troubles.
func (f *Folder) tell() {
	for _, err := range f.ills.turn() {
		if f.Trouble != nil {
			f.Trouble(err)
		}
	}
}

// Failing is what could not be done at the last look; nil when all was well. It
// may be asked concurrently.
func (f *Folder) Failing() error {
	f.ills.mu.Lock()
	defer f.ills.mu.Unlock()
	return f.ills.last
}
