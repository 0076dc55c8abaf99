package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/rotatif/newsroom"
	"github.com/rotatif/newsroom/internal/app"
)

// userCommand looks after people from the console.
type userCommand struct {
	List     userList     `cmd:"" help:"List everybody."`
	Add      userAdd      `cmd:"" help:"Add a person; the password is read from standard input."`
	Password userPassword `cmd:"" help:"Set a password, read from standard input. Ends the person's sessions."`
	Disable  userDisable  `cmd:"" help:"Take away every right at once. Ends the person's sessions."`
	Enable   userEnable   `cmd:"" help:"Give the rights back."`
}

type userList struct{}

// Run lists.
func (userList) Run(ctx context.Context, c *commands) error {
	return withStaff(ctx, c, func(p *app.People) error {
		people, err := p.List(ctx)
		for _, one := range people {
			state := ""
			if one.Disabled {
				state = "  (disabled)"
			}
			fmt.Printf("%-20s %-30s %v%s\n", one.Login, one.Name, one.Roles, state)
		}
		return err
	})
}

type userAdd struct {
	Login string   `arg:"" help:"User name."`
	Name  string   `required:"" help:"Name as colleagues see it."`
	Role  []string `required:"" enum:"writer,editor,chief,admin" help:"writer, editor, chief, admin; several with commas."`
	Lang  string   `default:"tr" enum:"tr,en" help:"Language of the person's desk."`
}

// Run adds.
func (u userAdd) Run(ctx context.Context, c *commands) error {
	password, err := readPassword()
	if err != nil {
		return err
	}
	roles := []newsroom.Role{}
	for _, r := range u.Role {
		roles = append(roles, newsroom.Role(r))
	}
	settings, err := c.settings()
	if err != nil {
		return err
	}
	return withStaffOf(ctx, settings, func(p *app.People) error {
		return p.Add(ctx, newsroom.Person{Login: u.Login, Name: u.Name, Roles: roles, Language: u.Lang}, password)
	})
}

type userPassword struct {
	Login string `arg:"" help:"User name."`
}

// Run sets the password.
func (u userPassword) Run(ctx context.Context, c *commands) error {
	password, err := readPassword()
	if err != nil {
		return err
	}
	return withStaff(ctx, c, func(p *app.People) error { return p.SetPassword(ctx, u.Login, password) })
}

type userDisable struct {
	Login string `arg:"" help:"User name."`
}

// Run disables.
func (u userDisable) Run(ctx context.Context, c *commands) error {
	return withStaff(ctx, c, func(p *app.People) error { return p.SetDisabled(ctx, u.Login, true) })
}

type userEnable struct {
	Login string `arg:"" help:"User name."`
}

// Run enables.
func (u userEnable) Run(ctx context.Context, c *commands) error {
	return withStaff(ctx, c, func(p *app.People) error { return p.SetDisabled(ctx, u.Login, false) })
}

// withStaff does something with the people of a newsroom that is there.
func withStaff(ctx context.Context, c *commands, do func(*app.People) error) error {
	settings, err := c.settings()
	if err != nil {
		return err
	}
	if err := app.Standing(settings); err != nil {
		return err
	}
	return withStaffOf(ctx, settings, do)
}

// withStaffOf does it with those of a new one, too.
func withStaffOf(ctx context.Context, settings app.Config, do func(*app.People) error) error {
	people, err := app.OpenPeople(ctx, settings)
	if err != nil {
		return err
	}
	defer func() { _ = people.Close() }() // every change has been committed
	return do(people)
}

// readPassword reads one line, unseen on a terminal; a password on the command
// line would stand in the shell's history.
func readPassword() (string, error) {
	fmt.Fprint(os.Stderr, "Password: ")
	if in := int(os.Stdin.Fd()); term.IsTerminal(in) {
		typed, err := term.ReadPassword(in)
		fmt.Fprintln(os.Stderr)
		if err != nil {
			return "", fmt.Errorf("reading the password: %w", err)
		}
		return string(typed), nil
	}
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil && line == "" {
		return "", fmt.Errorf("reading the password: %w", err)
	}
	return strings.TrimRight(line, "\r\n"), nil
}
