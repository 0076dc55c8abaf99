package mostread

// table is a set of 64-bit keys with open addressing: 11 to 21 bytes a key,
// where a Go map takes 30 and more. With room, the lowest bits of a key are not
// part of it but a small number kept with it. Keys are fingerprints already
// and need no further hashing. The zero key is kept as another one; both being
// in one table is less likely than any two fingerprints being the same.
type table struct {
	slots []uint64 // 0 is free
	used  int
	room  uint
}

// key is a fingerprint as the table knows it.
func (t *table) key(print uint64) uint64 {
	if k := print >> t.room; k != 0 {
		return k
	}
	return 1
}

// place is where a key is, or would be. There is always a free slot.
func (t *table) place(key uint64) int {
	mask := uint64(len(t.slots) - 1)
	i := key & mask
	for t.slots[i] != 0 && t.slots[i]>>t.room != key {
		i = (i + 1) & mask
	}
	return int(i)
}

// number is what is kept with a fingerprint, and whether it is there.
func (t *table) number(print uint64) (uint64, bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	slot := t.slots[t.place(t.key(print))]
	return slot & (1<<t.room - 1), slot != 0
}

// put keeps a fingerprint with a number that has to fit into the room.
func (t *table) put(print, number uint64) {
	if 4*(t.used+1) > 3*len(t.slots) {
		t.grow()
	}
	key := t.key(print)
	i := t.place(key)
	if t.slots[i] == 0 {
		t.used++
	}
	t.slots[i] = key<<t.room | number
}

// bump adds one to the number of a fingerprint, as far as the room goes.
func (t *table) bump(print uint64) {
	if n, _ := t.number(print); n < 1<<t.room-1 {
		t.put(print, n+1)
	}
}

func (t *table) grow() {
	old := t.slots
	t.slots = make([]uint64, max(16, 2*len(old)))
	for _, slot := range old {
		if slot != 0 {
			t.slots[t.place(slot>>t.room)] = slot
		}
	}
}

// forget drops everything, and the memory with it.
func (t *table) forget() { t.slots, t.used = nil, 0 }
