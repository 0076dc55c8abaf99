// Package postgres opens the stores of a cluster: three schemas of one
// database, newsroom, edition and reads. Whoever serves the public may be given
// a role that can do nothing but SELECT in the edition.
//
// Knows: PostgreSQL and its settings. Never imports: a room, a door, the app.
package postgres

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"

	"github.com/rotatif/newsroom/internal/store"
)

// Connections of one store. Writers queue for one lock anyway; they have a pool
// of their own so that waiting writers never take the readers' places.
const (
	writers = 4
	readers = 8
)

// OpenNewsroom opens, and if need be makes, the desk's store.
func OpenNewsroom(ctx context.Context, dsn string) (*store.Newsroom, error) {
	db, err := open(ctx, dsn, store.NewsroomPart)
	if err != nil {
		return nil, err
	}
	news, err := store.OpenNewsroom(ctx, db)
	if err != nil {
		return nil, errors.Join(err, news.Close())
	}
	return news, nil
}

// OpenEdition opens, and if need be makes, the edition for the press.
func OpenEdition(ctx context.Context, dsn string) (*store.Edition, error) {
	db, err := open(ctx, dsn, store.EditionPart)
	return &store.Edition{EditionReader: store.EditionReader{DB: db}}, err
}

// OpenReads opens, and if need be makes, the log of reads.
func OpenReads(ctx context.Context, dsn string) (*store.Reads, error) {
	db, err := open(ctx, dsn, store.ReadsPart)
	return &store.Reads{DB: db}, err
}

// OpenEditionReader opens an edition that the press has made, so that nothing
// can be written through it. The role of the address needs USAGE on the schema
// edition and SELECT on its tables, and should have nothing else.
func OpenEditionReader(ctx context.Context, dsn string) (*store.EditionReader, error) {
	db, err := connect(dsn, store.EditionPart, readers, map[string]string{"default_transaction_read_only": "on"})
	if err != nil {
		return nil, err
	}
	reader := &store.EditionReader{DB: &store.DB{Write: db, Read: db, Dialect: dialect(store.EditionPart)}}
	if _, err := reader.Number(ctx); err != nil {
		if code(err) == undefinedTable {
			err = fmt.Errorf("%w: %w", store.ErrNoEdition, err)
		}
		return nil, errors.Join(fmt.Errorf("postgres: opening the edition to read: %w", err), db.Close())
	}
	return reader, nil
}

// connect makes a pool whose every connection has the settings from its start.
func connect(dsn string, part store.Part, most int, more map[string]string) (*sql.DB, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, fmt.Errorf("postgres: address: %w", err) // pgx leaves the password out
	}
	config.RuntimeParams["search_path"] = string(part)
	config.RuntimeParams["default_transaction_isolation"] = "read committed"
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "rotatif " + string(part)
	}
	for name, value := range more {
		config.RuntimeParams[name] = value
	}
	db := stdlib.OpenDB(*config)
	db.SetMaxOpenConns(most)
	db.SetMaxIdleConns(most)
	return db, nil
}

func open(ctx context.Context, dsn string, part store.Part) (*store.DB, error) {
	durable, err := settings(ctx, dsn, part)
	if err != nil {
		return nil, err
	}
	write, err := connect(dsn, part, writers, durable)
	if err != nil {
		return nil, err
	}
	if err := store.Migrate(ctx, write, dialect(part), part, store.Locking{Session: migrator{part}}); err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read, err := connect(dsn, part, readers, map[string]string{"default_transaction_read_only": "on"})
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	return &store.DB{Write: write, Read: read, Dialect: dialect(part)}, nil
}

// settings looks at the server before anything is made in it: the text must be
// UTF-8, and a commit must not be acknowledged before it is on the disk. A
// stricter setting of the operator, such as remote_apply, is left alone.
func settings(ctx context.Context, dsn string, part store.Part) (map[string]string, error) {
	db, err := connect(dsn, part, 1, nil)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }() // nothing was written
	var encoding, commit string
	row := db.QueryRowContext(ctx, "SELECT current_setting('server_encoding'), current_setting('synchronous_commit')")
	if err := row.Scan(&encoding, &commit); err != nil {
		return nil, fmt.Errorf("postgres: opening %s: %w", part, err)
	}
	if encoding != "UTF8" {
		return nil, fmt.Errorf("postgres: the database keeps text as %s; it must be made with ENCODING 'UTF8'", encoding)
	}
	if err := makeSchema(ctx, db, part); err != nil {
		return nil, err
	}
	if commit == "off" {
		return map[string]string{"synchronous_commit": "on"}, nil
	}
	return nil, nil
}

// makeSchema makes the part's schema when there is none. It looks first,
// because asking to make one needs a right that the role may rightly lack.
func makeSchema(ctx context.Context, db *sql.DB, part store.Part) error {
	var missing bool
	if err := db.QueryRowContext(ctx, "SELECT to_regnamespace($1) IS NULL", string(part)).Scan(&missing); err != nil {
		return fmt.Errorf("postgres: looking for schema %s: %w", part, err)
	}
	if !missing {
		return nil
	}
	_, err := db.ExecContext(ctx, schema(part))
	if c := code(err); c == duplicateSchema || c == uniqueViolation {
		return nil // another program was faster
	}
	if err != nil {
		return fmt.Errorf("postgres: making schema %s: %w", part, err)
	}
	return nil
}

func schema(part store.Part) string {
	switch part {
	case store.NewsroomPart:
		return "CREATE SCHEMA newsroom"
	case store.EditionPart:
		return "CREATE SCHEMA edition"
	default:
		return "CREATE SCHEMA reads"
	}
}

// The server's codes that mean something to us.
const (
	uniqueViolation      = "23505"
	duplicateSchema      = "42P06"
	undefinedTable       = "42P01"
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
)

// code is the server's code of an error, "" when it has none.
func code(err error) string {
	var refused *pgconn.PgError
	if errors.As(err, &refused) {
		return refused.Code
	}
	return ""
}
