package sqlite

import "github.com/ncruces/go-sqlite3/vfs"

// onlyRead opens every file for reading alone. The system's own way would ask
// for the -wal to be writable even by a connection that only reads, so that a
// public side under a user of its own could not open the edition.
type onlyRead struct{ vfs.VFSFilename }

// onlyReadName is how a connection string asks for it.
const onlyReadName = "rotatif-only-read"

// OpenFilename opens the file for reading, whatever is asked for.
func (v onlyRead) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	if flags&(vfs.OPEN_MAIN_DB|vfs.OPEN_WAL) != 0 {
		flags = flags&^(vfs.OPEN_READWRITE|vfs.OPEN_CREATE) | vfs.OPEN_READONLY
	}
	return v.VFSFilename.OpenFilename(name, flags)
}

// registerOnlyRead makes the name known to the engine; again is as good as once.
func registerOnlyRead() {
	if system, ok := vfs.Find("").(vfs.VFSFilename); ok {
		vfs.Register(onlyReadName, onlyRead{system})
	}
}
