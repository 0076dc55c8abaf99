package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// load is what one run of wrk told, and what the server spent on it.
type load struct {
	perSecond float64
	cpu       time.Duration // per request, user and system
}

// pages loads a story page of the demo and nginx with the same bytes in turn,
// three times each, and prints the best of each.
func pages(ctx context.Context, rotatif string, seconds int) error {
	dir, err := os.MkdirTemp("", "rotatif-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	site, stopSite, err := startDemo(ctx, rotatif)
	if err != nil {
		return err
	}
	defer stopSite()
	story, body, err := storyPage(site)
	if err != nil {
		return err
	}
	static, stopNginx, err := startNginx(ctx, dir, body)
	if err != nil {
		return err
	}
	defer stopNginx()
	var ours, theirs load
	for range 3 {
		one, err := hammer(ctx, story, site.pid, seconds)
		if err != nil {
			return err
		}
		two, err := hammer(ctx, static.url, static.pid, seconds)
		if err != nil {
			return err
		}
		ours, theirs = better(ours, one), better(theirs, two)
	}
	fmt.Printf("a story page with a live most-read box, %d bytes gzip, wrk -t1 -c32:\n", len(body))
	fmt.Printf("  %-10s %8.0f requests/s  %8s CPU/request\n", "rotatif", ours.perSecond, ours.cpu)
	fmt.Printf("  %-10s %8.0f requests/s  %8s CPU/request\n", "nginx", theirs.perSecond, theirs.cpu)
	fmt.Printf("  ratio      %8.2f             %8.2f\n", ours.perSecond/theirs.perSecond, float64(ours.cpu)/float64(theirs.cpu))
	return nil
}

func better(a, b load) load {
	if a.perSecond == 0 || b.cpu < a.cpu {
		return b
	}
	return a
}

// server is a running program.
type server struct {
	url string
	pid []int
}

func startDemo(ctx context.Context, rotatif string) (server, func(), error) {
	cmd := exec.CommandContext(ctx, rotatif, "demo", "--json", "--site", "127.0.0.1:0", "--desk", "127.0.0.1:0", "--readers", "8", "--pace", "1h")
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		return server{}, nil, err
	}
	if err := cmd.Start(); err != nil {
		return server{}, nil, err
	}
	stop := func() { _ = cmd.Process.Signal(os.Interrupt); _ = cmd.Wait() }
	line, err := bufio.NewReader(out).ReadBytes('\n')
	var told struct{ Site string }
	if err := errors.Join(err, json.Unmarshal(line, &told)); err != nil {
		stop()
		return server{}, nil, fmt.Errorf("the demo said %q: %w", line, err)
	}
	time.Sleep(8 * time.Second) // the front fills and readers come
	return server{told.Site, []int{cmd.Process.Pid}}, stop, nil
}

var link = regexp.MustCompile(`href="(?:https?://[^/"]+)?(/[a-z0-9-]+/[a-z0-9-]+-[0-9]+)"`)

// storyPage gives the address of the front's first story and its compressed bytes.
func storyPage(site server) (string, []byte, error) {
	front, err := fetch(site.url+"/", "")
	if err != nil {
		return "", nil, err
	}
	found := link.FindSubmatch(front)
	if found == nil {
		return "", nil, errors.New("the front has no story")
	}
	url := site.url + string(found[1])
	body, err := fetch(url, "gzip")
	return url, body, err
}

func fetch(url, encoding string) ([]byte, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	if encoding != "" {
		req.Header.Set("Accept-Encoding", encoding)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = res.Body.Close() }()
	return io.ReadAll(res.Body)
}

// startNginx serves the bytes as nginx's best case: a file compressed beforehand.
func startNginx(ctx context.Context, dir string, body []byte) (server, func(), error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return server{}, nil, err
	}
	address := l.Addr().String()
	_ = l.Close()
	config := fmt.Sprintf(`worker_processes auto; daemon off; pid %[1]s/pid; error_log %[1]s/error.log;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000000; default_type "text/html; charset=utf-8";
  open_file_cache max=100; types {}
  server { listen %[2]s; root %[1]s; location / { add_header Content-Encoding gzip; add_header Cache-Control "public, max-age=10"; } } }
`, dir, address)
	if err := errors.Join(os.WriteFile(filepath.Join(dir, "nginx.conf"), []byte(config), 0o644),
		os.WriteFile(filepath.Join(dir, "story"), body, 0o644), os.Chmod(dir, 0o755)); err != nil {
		return server{}, nil, err
	}
	cmd := exec.CommandContext(ctx, "nginx", "-p", dir, "-c", filepath.Join(dir, "nginx.conf"))
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		return server{}, nil, fmt.Errorf("nginx: %w", err)
	}
	stop := func() { _ = cmd.Process.Signal(os.Interrupt); _ = cmd.Wait() }
	time.Sleep(time.Second)
	pids, err := children(cmd.Process.Pid)
	return server{"http://" + address + "/story", pids}, stop, err
}

// children lists a process and those it started.
func children(pid int) ([]int, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", pid, pid))
	if err != nil {
		return nil, err
	}
	all := []int{pid}
	for _, word := range strings.Fields(string(raw)) {
		n, err := strconv.Atoi(word)
		if err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, nil
}

var (
	perSecond = regexp.MustCompile(`Requests/sec:\s+([0-9.]+)`)
	total     = regexp.MustCompile(`([0-9]+) requests in`)
)

// hammer loads an address with wrk and gives what the server spent a request.
func hammer(ctx context.Context, url string, pids []int, seconds int) (load, error) {
	before, err := cpu(pids)
	if err != nil {
		return load{}, err
	}
	out, err := exec.CommandContext(ctx, "wrk", "-t1", "-c32", fmt.Sprintf("-d%ds", seconds), "-H", "Accept-Encoding: gzip", url).CombinedOutput()
	if err != nil {
		return load{}, fmt.Errorf("wrk: %w: %s", err, out)
	}
	after, err := cpu(pids)
	if err != nil {
		return load{}, err
	}
	rate, requests := perSecond.FindSubmatch(out), total.FindSubmatch(out)
	if rate == nil || requests == nil || strings.Contains(string(out), "Non-2xx") {
		return load{}, fmt.Errorf("wrk said: %s", out)
	}
	n, err := strconv.ParseFloat(string(requests[1]), 64)
	if err != nil {
		return load{}, err
	}
	persec, err := strconv.ParseFloat(string(rate[1]), 64)
	return load{persec, time.Duration(float64(after-before) / n).Round(100 * time.Nanosecond)}, err
}

// tick is the unit of /proc times on Linux: a hundredth of a second.
const tick = 10 * time.Millisecond

// cpu is the user and system time that processes have spent.
func cpu(pids []int) (time.Duration, error) {
	var sum time.Duration
	for _, pid := range pids {
		raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
		if err != nil {
			return 0, err
		}
		_, rest, _ := strings.Cut(string(raw), ") ")
		fields := strings.Fields(rest)
		for _, f := range fields[11:13] {
			n, err := strconv.ParseInt(f, 10, 64)
			if err != nil {
				return 0, err
			}
			sum += time.Duration(n) * tick
		}
	}
	return sum, nil
}
