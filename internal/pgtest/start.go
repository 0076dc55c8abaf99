package pgtest

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
)

// superuser is the role that tests connect as.
const superuser = "postgres"

// watch runs the server until its own input ends, which happens when the test
// binary is gone, then stops it at once and removes the folder.
const watch = `
"$1/postgres" -D "$2/data" -k "$2" -c listen_addresses= -c max_connections=300 -c shared_buffers=64MB \
  -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off </dev/null >"$2/log" 2>&1 &
read -r _
kill -QUIT $!
wait $!
rm -rf "$2"
`

// start makes a cluster and runs it.
func start() (*server, error) {
	bin, err := programs()
	if err != nil {
		return nil, err
	}
	who, err := account()
	if err != nil {
		return nil, err
	}
	dir, err := folder(who)
	if err != nil {
		return nil, err
	}
	if err := makeCluster(bin, dir, who); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	life, err := run(bin, dir, who)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	s := &server{dir: dir, life: life}
	if err := s.wait(); err != nil {
		log, _ := os.ReadFile(filepath.Join(dir, "log"))
		return nil, fmt.Errorf("%w\n%s", err, log)
	}
	return s, nil
}

// account is who the server runs as: PostgreSQL refuses to run as root, so root
// lends itself to another; nil is whoever runs the test.
func account() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil //nolint:nilnil // no credential is a credential here
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		u, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, fmt.Errorf("running as root, and nobody to run the server as: %w", err)
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("user %s: %w", u.Username, err)
	}
	gid, err := strconv.ParseUint(u.Gid, 10, 32)
	if err != nil {
		return nil, fmt.Errorf("user %s: %w", u.Username, err)
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

// folder makes the server's folder, its own and nobody else's.
func folder(who *syscall.Credential) (string, error) {
	dir, err := os.MkdirTemp("", "pgtest")
	if err != nil || who == nil {
		return dir, err
	}
	return dir, os.Chown(dir, int(who.Uid), int(who.Gid))
}

// makeCluster fills the folder. A PostgreSQL without ICU gets byte order.
func makeCluster(bin, dir string, who *syscall.Credential) error {
	base := []string{"-D", filepath.Join(dir, "data"), "-U", superuser, "--auth=trust", "--no-sync", "--encoding=UTF8"}
	turkish := append(slices.Clone(base), "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=tr")
	if initdb(bin, dir, who, turkish) == nil {
		return nil
	}
	return initdb(bin, dir, who, append(base, "--locale=C"))
}

func initdb(bin, dir string, who *syscall.Credential, args []string) error {
	cmd := exec.Command(filepath.Join(bin, "initdb"), args...)
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: who}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

// run starts the server in a process group of its own, so that a Ctrl-C meant
// for the test does not reach it before the test has ended. What it returns is
// the server's life: closed, or gone with the test binary, it ends the server.
func run(bin, dir string, who *syscall.Credential) (io.Closer, error) {
	cmd := exec.Command("sh", "-c", watch, "sh", bin, dir)
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: who, Setpgid: true}
	life, err := cmd.StdinPipe()
	if err != nil {
		return nil, fmt.Errorf("pgtest: %w", err)
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting the server: %w", err)
	}
	return life, nil
}

// programs finds the folder with the server's programs, the newest first.
func programs() (string, error) {
	places := []string{}
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		places = append(places, strings.TrimSpace(string(out)))
	}
	installed, _ := filepath.Glob("/usr/lib/postgresql/*/bin") // fails only for a bad pattern
	slices.SortFunc(installed, func(a, b string) int { return version(b) - version(a) })
	places = append(places, installed...)
	if path, err := exec.LookPath("postgres"); err == nil {
		places = append(places, filepath.Dir(path))
	}
	for _, place := range places {
		if isProgram(filepath.Join(place, "initdb")) && isProgram(filepath.Join(place, "postgres")) {
			return place, nil
		}
	}
	return "", fmt.Errorf("initdb and postgres: %w", exec.ErrNotFound)
}

func isProgram(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

// version is the 15 of /usr/lib/postgresql/15/bin.
func version(bin string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin))) // what is no number is the oldest
	return n
}
