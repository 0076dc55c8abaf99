package browser

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rotatif/newsroom/internal/need"
)

// Violation is something that keeps a person from using a page.
type Violation struct {
	Rule   string   `json:"id"`     // axe's name of the rule
	Impact string   `json:"impact"` // minor, moderate, serious or critical
	Help   string   `json:"help"`   // the rule in a sentence
	Where  []string `json:"where"`  // the elements, as HTML
}

// String is the violation in a few lines.
func (v Violation) String() string {
	return v.Rule + " (" + v.Impact + "): " + v.Help + "\n\t" + strings.Join(v.Where, "\n\t")
}

// axeRun runs every rule and keeps what a person needs to find the fault.
const axeRun = `axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v => ({
	id: v.id, impact: v.impact, help: v.help,
	where: v.nodes.map(n => n.html + (n.any.length ? "  ← " + n.any[0].message : "")),
})))`

// Axe asks axe-core what is wrong with the page as it stands: as wide as it is,
// in the colours it has.
func Axe(p *Page) []Violation {
	p.t.Helper()
	script, err := os.ReadFile(filepath.Join(nodeFolder(p.t), "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		need.Missing(p.t, "browser: axe: %v (scripts/setup-tests installs it)", err)
	}
	Eval[bool](p, string(script)+"\n;true") // as a debugger does it: the policy of the page has no say
	return Eval[[]Violation](p, axeRun)
}

// Validate asks html-validate about many pages at once, by name, because node
// takes its time to start. Every string is one fault: name, line, rule, sentence.
func Validate(t testing.TB, pages map[string]string) []string {
	t.Helper()
	node := nodeFolder(t)
	program := filepath.Join(node, "node_modules", ".bin", "html-validate")
	if _, err := exec.LookPath(program); err != nil {
		need.Missing(t, "browser: html-validate: %v (scripts/setup-tests installs it)", err)
	}
	if _, err := exec.LookPath("node"); err != nil {
		need.Missing(t, "browser: node: %v (scripts/setup-tests installs it)", err)
	}
	folder := t.TempDir()
	if err := write(folder, pages); err != nil {
		t.Fatalf("browser: %v", err)
	}
	cmd := exec.CommandContext(t.Context(), program, "--config", filepath.Join(node, "htmlvalidate.json"), "--formatter", "json", ".")
	cmd.Dir = folder
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		t.Fatalf("browser: html-validate: %v\n%s%s", err, out, stderr(err))
	}
	faults, err := read(out)
	if err != nil {
		t.Fatalf("browser: html-validate: %v\n%s", err, out)
	}
	return faults
}

func stderr(err error) []byte {
	exit := (*exec.ExitError)(nil)
	if errors.As(err, &exit) {
		return exit.Stderr
	}
	return nil
}

// write puts every page into a file named like it.
func write(folder string, pages map[string]string) error {
	if len(pages) == 0 {
		return errors.New("no pages to validate")
	}
	for name, html := range pages {
		file := strings.NewReplacer("/", "_", "\\", "_", "?", "_").Replace(name) + ".html"
		if err := os.WriteFile(filepath.Join(folder, file), []byte(html), 0o600); err != nil {
			return fmt.Errorf("page %s: %w", name, err)
		}
	}
	return nil
}

// read turns html-validate's answer into sentences.
func read(answer []byte) ([]string, error) {
	var files []struct {
		Path     string `json:"filePath"`
		Messages []struct {
			Line, Column int
			Rule         string `json:"ruleId"`
			Message      string
		}
	}
	if err := json.Unmarshal(answer, &files); err != nil {
		return nil, fmt.Errorf("reading the answer: %w", err)
	}
	faults := []string{}
	for _, f := range files {
		for _, m := range f.Messages {
			name := strings.TrimSuffix(filepath.Base(f.Path), ".html")
			faults = append(faults, fmt.Sprintf("%s:%d:%d: %s: %s", name, m.Line, m.Column, m.Rule, m.Message))
		}
	}
	slices.Sort(faults)
	return faults, nil
}

// nodeFolder is test/node, found from any package's folder.
func nodeFolder(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatalf("browser: %v", err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return filepath.Join(dir, "test", "node")
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("browser: the test does not run inside the module")
		}
		dir = up
	}
}
