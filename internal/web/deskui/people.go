package deskui

import (
	"net/http"

	"github.com/rotatif/newsroom"
)

// peoplePage lists the staff.
type peoplePage struct {
	chrome
	People []newsroom.Person
	Form   newsroom.Person // who is being added
}

// Roles are the roles to choose from.
func (p peoplePage) Roles() []newsroom.Role {
	return []newsroom.Role{newsroom.Writer, newsroom.Editor, newsroom.Chief, newsroom.Admin}
}

func (d *door) peoplePage(v *visit) (*peoplePage, error) {
	people, err := d.Staff.People(v.ctx())
	return &peoplePage{
		chrome: d.chrome(v, "people", "desk.people.title"), People: people,
		Form: newsroom.Person{Language: v.words.Lang(), Roles: []newsroom.Role{newsroom.Writer}},
	}, err
}

func (d *door) people(v *visit) error {
	page, err := d.peoplePage(v)
	if err != nil {
		return err
	}
	d.pickUp(v, &page.chrome)
	return d.show(v, http.StatusOK, "people.html", page)
}

func (d *door) addPerson(v *visit) error {
	p := newsroom.Person{Login: v.typed("login"), Name: v.typed("name"), Language: d.Catalog.In(v.typed("language")).Lang(), Roles: readRoles(v)}
	_, err := d.Staff.Save(v.ctx(), p, v.r.PostFormValue("password"))
	return d.savedPerson(v, p, err)
}

func (d *door) savedPerson(v *visit, p newsroom.Person, refusal error) error {
	if refusal == nil {
		return d.leave(v, "/people", note{Kind: "person"})
	}
	page, err := d.peoplePage(v)
	if err != nil {
		return err
	}
	page.Form = p
	return d.again(v, refusal, "people.html", &page.chrome, page)
}

func readRoles(v *visit) []newsroom.Role {
	roles := []newsroom.Role{}
	for _, role := range (peoplePage{}).Roles() {
		for _, chosen := range v.r.PostForm["role"] {
			if chosen == string(role) {
				roles = append(roles, role)
			}
		}
	}
	return roles
}

// changePerson lets somebody in or shuts them out. Nobody shuts themselves out.
func (d *door) changePerson(v *visit) error {
	p, err := d.Staff.Person(v.ctx(), v.r.PathValue("login"))
	if err != nil {
		return err
	}
	if p.ID == v.person.ID {
		return newsroom.Refuse(newsroom.Invalid, "desk.refusal.self")
	}
	switch v.typed("do") {
	case "disable":
		p.Disabled = true
	case "enable":
		p.Disabled = false
	default:
		return newsroom.Refuse(newsroom.Invalid, "error.form_invalid")
	}
	_, err = d.Staff.Save(v.ctx(), p, "")
	return d.savedPerson(v, newsroom.Person{Language: v.words.Lang()}, err)
}
