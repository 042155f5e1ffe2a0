package staff_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
)

func TestPermissionsGrowWithTheRole(t *testing.T) {
	for _, p := range staff.Viewer.Permissions() {
		if !staff.Admin.May(p) {
			t.Errorf("admin lacks %s", p)
		}
	}
	for role, want := range map[staff.Role]map[staff.Permission]bool{
		staff.Agent:      {staff.ConversationReply: true, staff.ConversationAll: false, staff.StaffWrite: false, staff.KnowledgePublish: false, staff.AuditRead: false, staff.CustomerSecrets: false},
		staff.Supervisor: {staff.ConversationAll: true, staff.KnowledgePublish: true, staff.StaffWrite: false, staff.AuditRead: true},
		staff.Marketer:   {staff.ConversationRead: false, staff.TicketRead: false, staff.InsightRead: true, staff.JourneyWrite: true},
		staff.Viewer:     {staff.ConversationRead: false, staff.KnowledgeRead: true, staff.KnowledgeWrite: false, staff.CustomerRead: false},
		"root":           {staff.StaffRead: false},
		"":               {staff.StaffRead: false},
	} {
		for p, may := range want {
			if role.May(p) != may {
				t.Errorf("%q may %s: %v", role, p, !may)
			}
		}
	}
	for _, role := range staff.Roles {
		if ps := role.Permissions(); !slices.IsSorted(ps) || len(slices.Compact(ps)) != len(role.Permissions()) {
			t.Errorf("%s: %v", role, ps)
		}
	}
}

func TestScope(t *testing.T) {
	anna := staff.Principal{ID: "stf_1", Role: staff.Agent, Teams: []id.Team{"team_a"}}.Scope(staff.ConversationAll)
	lead := staff.Principal{ID: "stf_2", Role: staff.Supervisor}.Scope(staff.ConversationAll)
	for _, c := range []struct {
		assignee id.Staff
		team     id.Team
		anna     bool
	}{{"stf_1", "team_b", true}, {"stf_9", "team_a", true}, {"", "team_a", true}, {"", "", true}, {"stf_9", "", false}, {"", "team_b", false}, {"stf_9", "team_b", false}} {
		if anna.Sees(c.assignee, c.team) != c.anna || !lead.Sees(c.assignee, c.team) {
			t.Errorf("%+v", c)
		}
	}
}

func TestOnlyAdministratorsAdminister(t *testing.T) {
	h := newHouse(t)
	m := h.add("anna", staff.Agent)
	for _, role := range []staff.Role{staff.Supervisor, staff.Agent, staff.Marketer, staff.Viewer, "", "root"} {
		by := staff.Principal{ID: "stf_x", Role: role}
		if _, err := h.Add(t.Context(), by, staff.Member{Login: "new", Name: "n", Role: staff.Admin}, password); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%q adds: %v", role, err)
		}
		if _, err := h.Change(t.Context(), by, m.ID, staff.Change{}); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%q changes: %v", role, err)
		}
		if err := h.SetShifts(t.Context(), by, m.ID, nil); !errs.Is(err, errs.Forbidden) {
			t.Errorf("%q sets shifts: %v", role, err)
		}
	}
}

func TestNobodyTakesTheirOwnRoleAway(t *testing.T) {
	h := newHouse(t)
	boss := h.add("boss", staff.Admin)
	viewer := staff.Viewer
	if _, err := h.Change(t.Context(), boss.Principal(), boss.ID, staff.Change{Role: &viewer}); errs.CodeOf(err) != "own_role" {
		t.Errorf("%v", err)
	}
	if _, err := h.Change(t.Context(), boss.Principal(), boss.ID, staff.Change{Active: new(bool)}); errs.CodeOf(err) != "own_role" {
		t.Errorf("%v", err)
	}
}

func TestAddRefusesWithPlaces(t *testing.T) {
	h := newHouse(t)
	h.add("anna", staff.Agent)
	for place, m := range map[string]staff.Member{
		"body.login": {Login: "Ä!", Name: "n", Role: staff.Agent}, "body.name": {Login: "ok", Name: " ", Role: staff.Agent}, "body.role": {Login: "ok", Name: "n", Role: "root"},
		"body.capacity": {Login: "ok", Name: "n", Role: staff.Agent, Capacity: -1}, "body.teams": {Login: "ok", Name: "n", Role: staff.Agent, Teams: []id.Team{"team_x"}},
	} {
		_, err := h.Add(t.Context(), h.root, m, password)
		if e, ok := err.(*errs.Error); !ok || e.Details[0].Location != place {
			t.Errorf("%s: %v", place, err)
		}
	}
	if _, err := h.Add(t.Context(), h.root, staff.Member{Login: "anna", Name: "n", Role: staff.Agent}, password); !errs.Is(err, errs.Conflict) {
		t.Errorf("a taken login: %v", err)
	}
	if len(h.m.members) != 1 {
		t.Errorf("%d members", len(h.m.members))
	}
}

func TestPasswords(t *testing.T) {
	for pass, ok := range map[string]bool{"123456789": false, "1234567890": true, strings.Repeat("长夜", 64): true, strings.Repeat("ab", 65): false, "my-anna-password": false, "ANNA-anna-1": false, "aaaaaaaaaaaa": false, "\xff\xfe\xfd\xff\xff\xff\xff\xff\xff\xff": false} {
		if err := staff.CheckPassword("anna", pass); (err == nil) != ok {
			t.Errorf("%q: %v", pass, err)
		}
	}
	h := staff.NewHasher(staff.Argon{Memory: 64, Time: 1, Threads: 1}, nil)
	a, b := h.Hash(password), h.Hash(password)
	if a == b || strings.Contains(a, password) || !strings.HasPrefix(a, "$argon2id$v=19$m=64,t=1,p=1$") {
		t.Errorf("hashes %s %s", a, b)
	}
	other := staff.NewHasher(staff.Argon{Memory: 128, Time: 2, Threads: 1}, nil)
	if !h.Matches(a, password) || !other.Matches(a, password) || h.Matches(a, password+" ") || h.Matches("", "no account has this password") {
		t.Error("a hash carries its parameters; an empty one matches nothing")
	}
	for _, odd := range []string{"x", "$argon2id$v=19$m=1$x$y", "$bcrypt$a$b$c$d", "$argon2id$v=19$m=64,t=1,p=1$!$!"} {
		if h.Matches(odd, password) {
			t.Errorf("%q matches", odd)
		}
	}
}

func TestTheFirstAdministrator(t *testing.T) {
	h := newHouse(t)
	login, pass, err := h.EnsureAdmin(t.Context())
	h.must(err)
	if login != "admin" || len(pass) < 20 {
		t.Fatalf("%q %q", login, pass)
	}
	_, err = h.signIn(login, pass, "192.0.2.1")
	h.must(err)
	if _, again, err := h.EnsureAdmin(t.Context()); err != nil || again != "" {
		t.Errorf("a second start made another one: %q %v", again, err)
	}
	other := newHouse(t)
	if _, p, _ := other.EnsureAdmin(t.Context()); p == pass {
		t.Error("two installations share a password")
	}
}

func TestDemo(t *testing.T) {
	h := newHouse(t)
	for range 2 {
		logins, err := h.EnsureDemo(t.Context())
		h.must(err)
		for _, l := range logins {
			if _, err := h.signIn(l.Login, l.Password, "192.0.2.1"); err != nil {
				t.Errorf("%s: %v", l.Login, err)
			}
		}
		roles := map[staff.Role]bool{}
		for _, l := range logins {
			roles[l.Role] = true
		}
		if len(roles) != len(staff.Roles) || len(h.m.members) != len(logins) {
			t.Errorf("roles %v, %d members", roles, len(h.m.members))
		}
	}
}

func TestWorking(t *testing.T) {
	h := newHouse(t)
	for _, login := range []string{"here", "away", "later", "gone"} {
		m := h.add(login, staff.Agent)
		p := map[string]staff.Presence{"away": staff.Away}[login]
		if p == "" {
			p = staff.Online
		}
		h.must(h.SetPresence(t.Context(), m.Principal(), p))
		switch login {
		case "later":
			h.must(h.SetShifts(t.Context(), h.root, m.ID, []staff.Shift{{Weekday: time.Monday, From: 660, To: 1080}}))
		case "gone":
			_, err := h.Change(t.Context(), h.root, m.ID, staff.Change{Active: new(bool)})
			h.must(err)
		}
	}
	viewer := h.add("view", staff.Viewer)
	h.must(h.SetPresence(t.Context(), viewer.Principal(), staff.Online))
	for at, want := range map[time.Time]string{start: "here", start.Add(time.Hour): "here later", start.Add(24 * time.Hour): "here"} {
		ms, err := h.Working(t.Context(), at)
		h.must(err)
		names := []string{}
		for _, m := range ms {
			names = append(names, m.Login)
			if m.Hash != "" {
				t.Error("a list carries a hash")
			}
		}
		slices.Sort(names)
		if strings.Join(names, " ") != want {
			t.Errorf("at %v: %v, want %s", at, names, want)
		}
	}
	if err := h.SetPresence(t.Context(), viewer.Principal(), "asleep"); !errs.Is(err, errs.Invalid) {
		t.Errorf("an odd presence: %v", err)
	}
	if err := h.SetShifts(t.Context(), h.root, viewer.ID, []staff.Shift{{From: 100, To: 100}}); !errs.Is(err, errs.Invalid) {
		t.Errorf("an empty shift: %v", err)
	}
}

func TestSensitiveActionsAreRecordedAndSealed(t *testing.T) {
	h := newHouse(t)
	m := h.add("anna", staff.Agent)
	_, _ = h.signIn("anna", "wrong", "192.0.2.1")
	_, _ = h.signIn("my password by mistake", "x", "192.0.2.1")
	_, err := h.signIn("anna", password, "192.0.2.1")
	h.must(err)
	lead, pass := staff.Supervisor, "a brand new one"
	_, err = h.Change(t.Context(), h.root, m.ID, staff.Change{Role: &lead, Password: &pass})
	h.must(err)
	es, broken, err := h.AuditPage(t.Context(), h.root, 0, 50)
	h.must(err)
	actions := ""
	for i := len(es) - 1; i >= 0; i-- {
		actions += es[i].Action + " "
		for _, v := range es[i].Detail {
			if strings.Contains(v, pass) {
				t.Error("a password in the audit")
			}
		}
		if strings.Contains(es[i].Subject, "mistake") {
			t.Error("what was typed as a login is in the audit")
		}
	}
	if actions != "staff.create sign_in.failed sign_in.failed sign_in staff.change " || broken != 0 || es[0].Detail["role"] != "staff -> supervisor" {
		t.Errorf("%s broken %d %v", actions, broken, es[0].Detail)
	}
	h.m.audit[2].Action = "nothing"
	if _, broken, _ := h.AuditPage(t.Context(), h.root, 0, 50); broken != 3 {
		t.Errorf("tampering found at %d, want 3", broken)
	}
	if _, _, err := h.AuditPage(t.Context(), staff.Principal{Role: staff.Agent}, 0, 50); !errs.Is(err, errs.Forbidden) {
		t.Errorf("anybody reads the audit: %v", err)
	}
	if _, _, err := h.AuditPage(t.Context(), h.root, 0, 0); !errs.Is(err, errs.Invalid) {
		t.Errorf("limit 0: %v", err)
	}
}

func TestVerifyFindsWhatWasRemovedOrReordered(t *testing.T) {
	var chain []staff.Entry
	prev := ""
	for i := range 10 {
		e := staff.Entry{Seq: int64(i + 1), At: start, Action: "a", Detail: map[string]string{}}.Seal(prev)
		chain, prev = append(chain, e), e.Hash
	}
	if staff.Verify("", 1, chain) != 0 {
		t.Fatal("a whole chain is called broken")
	}
	for name, c := range map[string]struct {
		spoil func([]staff.Entry) []staff.Entry
		want  int64
	}{
		"removed":   {func(c []staff.Entry) []staff.Entry { return slices.Delete(c, 4, 5) }, 5},
		"reordered": {func(c []staff.Entry) []staff.Entry { c[2], c[3] = c[3], c[2]; return c }, 3},
		"altered":   {func(c []staff.Entry) []staff.Entry { c[7].At = c[7].At.Add(time.Millisecond); return c }, 8},
		"resealed":  {func(c []staff.Entry) []staff.Entry { c[7].Action = "b"; c[7] = c[7].Seal(c[7].Prev); return c }, 9},
		"first one": {func(c []staff.Entry) []staff.Entry { return c[1:] }, 1},
	} {
		if got := staff.Verify("", 1, c.spoil(slices.Clone(chain))); got != c.want {
			t.Errorf("%s: found at %d, want %d", name, got, c.want)
		}
	}
}
