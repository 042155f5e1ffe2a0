package api_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/api"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

// ops are all operations of the described API, so that a new route is in the matrix without being named here.
func ops(t *testing.T) (out []op) {
	t.Helper()
	raw, err := api.Document("")
	check(t, err)
	var doc struct {
		Paths map[string]map[string]struct {
			OperationID string `json:"operationId"`
			Description string
			Security    []any
		}
	}
	check(t, json.Unmarshal(raw, &doc))
	for path, methods := range doc.Paths {
		for method, o := range methods {
			need := ""
			if _, rest, ok := strings.Cut(o.Description, "Needs the permission `"); ok {
				need, _, _ = strings.Cut(rest, "`")
			}
			out = append(out, op{o.OperationID, strings.ToUpper(method), strings.TrimPrefix(path, api.Base), staff.Permission(need), len(o.Security) == 0})
		}
	}
	slices.SortFunc(out, func(a, b op) int { return strings.Compare(a.id, b.id) })
	return out
}

type op struct {
	id, method, path string
	need             staff.Permission
	open             bool
}

// bodies make every write well-formed, so that what refuses it is the rule and not its shape.
var bodies = map[string]string{
	"login": `{"login":"x","password":"y"}`, "set-password": `{"current":"x","password":"long enough pass"}`, "set-presence": `{"presence":"online"}`,
	"say": `{"client_id":"c1","text":"hello","kind":"note"}`, "assign-conversation": `{"team_id":"team_b"}`, "typing": `{"on":true}`, "read-conversation": `{"seq":1}`, "conversation-presence": `{"state":"viewing"}`,
	"open-ticket": `{"type":"question","title":"t"}`, "change-ticket": `{"priority":"high"}`, "comment-ticket": `{"text":"t"}`, "merge-ticket": `{"into":"tkt_none"}`,
	"create-article": `{"title":{"zh":"标题","en":""},"body":{"zh":"内容。","en":""}}`, "save-article": `{"version":1,"title":{"zh":"标题","en":""},"body":{"zh":"内容。","en":""}}`, "publish-article": `{}`, "withdraw-article": `{}`,
	"check-flow": `{"text":"id: x1"}`, "reject": `{"reason":"no"}`, "save-draft": `{"version":1,"title":"t","questions":[],"body":"b"}`, "prove-draft": `{}`, "accept-draft": `{}`, "reject-draft": `{"reason":"r"}`, "roll-back-draft": `{}`, "save-journey": `{"version":7,"table":{"nodes":[]}}`, "create-staff": `{"login":"x1","name":"x","role":"viewer","password":"long enough pass"}`, "change-staff": `{"name":"x"}`,
}

// ids of things that exist outside the asker's scope, that do not exist, and that are odd. All must look the same.
func (w *world) oddIDs(path string) []string {
	foreign := w.foreignC
	if strings.HasPrefix(path, "/tickets") {
		foreign = w.foreignT
	}
	if strings.HasPrefix(path, "/customers") || strings.HasPrefix(path, "/staff") || strings.HasPrefix(path, "/articles") || strings.HasPrefix(path, "/approvals") {
		foreign = "none"
	}
	return []string{foreign, "missing", "1", "[1]", "1.0", "null", "%20", "*", "..%2f..", "%27%20OR%201%3D1", "%E7%A7%98", strings.ToUpper(foreign), foreign + "%20"}
}

func (o op) at(id string) string {
	return strings.ReplaceAll(strings.ReplaceAll(o.path, "{aid}", "att_own"), "{id}", id)
}

func (o op) query() string {
	if o.id == "search" {
		return "?q=%E7%A7%98%E5%AF%86"
	}
	return ""
}

// TestMatrix asks every route as every role with own, foreign, missing and odd ids (reliability A01, A13).
func TestMatrix(t *testing.T) {
	w := newWorld(t)
	logins := []string{"", "admin", "super", "anna", "mark", "view"}
	cells := 0
	for _, o := range ops(t) {
		if o.id == "stream" || o.id == "logout" {
			continue // tested by themselves: one stays open, one ends the session
		}
		for _, login := range logins {
			for _, c := range w.cells(o) {
				a := w.ask(login, o.method, o.at(c)+o.query(), bodies[o.id])
				cells++
				w.judge(o, login, c, a)
			}
		}
	}
	if cells < 2000 {
		t.Errorf("only %d cells", cells)
	}
	t.Logf("%d cells", cells)
}

// cells are the ids a route is asked with. Routes that change things are not asked with ids that would succeed.
func (w *world) cells(o op) []string {
	if !strings.Contains(o.path, "{id}") {
		return []string{"", "", ""}
	}
	out := w.oddIDs(o.path)
	out = append(out, "0", "true", "%22", "cnv_", "tkt_", "art_", "stf_", "cus_", "undefined", "NaN", "-1", "1e9", "%F0%9F%91%9F", "a'b", "%5Bobject%5D", "id%00x")
	return out
}

func (w *world) judge(o op, login, cell string, a answer) {
	w.t.Helper()
	role := roles[login]
	where := o.method + " " + o.at(cell) + " as " + login
	switch {
	case a.Status >= 500:
		w.t.Errorf("%s: %d %s", where, a.Status, a.Body)
	case strings.Contains(cell, "%00"):
		if a.Status != http.StatusUnprocessableEntity {
			w.t.Errorf("%s: NUL in the address gives %d", where, a.Status)
		}
	case o.open:
	case login == "":
		if a.Status != 401 {
			w.t.Errorf("%s: %d, want 401", where, a.Status)
		}
	case o.need != "" && !role.May(o.need):
		if a.Status != 403 || a.code() != "not_allowed" {
			w.t.Errorf("%s: %d %s, want 403", where, a.Status, a.code())
		}
	case a.Status == 403:
		w.t.Errorf("%s: refused although the role may: %s", where, a.Body)
	case cell != "" && !w.sees(role, cell) && a.Status != 404:
		w.t.Errorf("%s: %d, want 404: %s", where, a.Status, a.Body)
	}
	if role == staff.Agent && strings.Contains(a.Body, "foreignword") {
		w.t.Errorf("%s: a foreign row leaked", where)
	}
}

// sees tells whether the cell names a thing of the other team that this role may see.
func (w *world) sees(role staff.Role, cell string) bool {
	return (cell == w.foreignC || cell == w.foreignT) && role.May(staff.ConversationAll)
}

// TestForeignLooksMissing compares the whole answers, not only their status.
func TestForeignLooksMissing(t *testing.T) {
	w := newWorld(t)
	for _, o := range ops(t) {
		if !strings.Contains(o.path, "{id}") || o.need == "" || !staff.Agent.May(o.need) {
			continue
		}
		foreign, missing := w.ask("anna", o.method, o.at(w.oddIDs(o.path)[0]), bodies[o.id]), w.ask("anna", o.method, o.at("cnv_none"), bodies[o.id])
		if cut(foreign.Body) != cut(missing.Body) || foreign.Status != missing.Status {
			t.Errorf("%s tells foreign from missing:\n%s\n%s", o.id, foreign.Body, missing.Body)
		}
	}
}

// TestOwnIsReached is the other half of the matrix: with the right id every route does its work.
func TestOwnIsReached(t *testing.T) {
	w := newWorld(t)
	for _, o := range ops(t) {
		id := map[string]string{"conversations": w.ownC, "tickets": w.ownT, "customers": "cus_1"}[strings.Split(o.path, "/")[1]]
		if id == "" || !strings.Contains(o.path, "{id}") || o.id == "merge-ticket" {
			continue
		}
		if o.id == "hand-back" { // possible only after it was taken
			w.ask("anna", "POST", "/conversations/"+w.ownC+"/take", "")
		}
		if a := w.ask("anna", o.method, o.at(id), bodies[o.id]); a.Status >= 300 {
			t.Errorf("%s: %d %s", o.id, a.Status, a.Body)
		}
		if o.id == "close-conversation" || o.id == "assign-conversation" {
			w = newWorld(t)
		}
	}
	own := w.ask("anna", "GET", "/conversations/"+w.ownC, "")
	if own.Status != 200 || !strings.Contains(own.Body, "ownword") {
		t.Errorf("the own conversation: %d %s", own.Status, own.Body)
	}
}

// cut removes the request number, which differs by design.
func cut(body string) string { head, _, _ := strings.Cut(body, `"request_id"`); return head }
