package tau

import (
	"context"
	"crypto/rand"
	_ "embed"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/store"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
	"github.com/xiaoer-cs/xiaoer/internal/tools"
)

//go:embed policies.yaml
var policiesYAML []byte

// Report is what a replay came to.
type Report struct {
	Tasks   int            `json:"tasks"`
	Equal   int            `json:"equal"`
	Parts   map[string]int `json:"parts"`   // tasks by file
	Actions int            `json:"actions"` // carried out
	Refused int            `json:"refused"` // by policy
	Wrong   []Difference   `json:"different"`
	Seconds float64        `json:"seconds"`
}

// Difference is one task whose end is not the expected one, and where.
type Difference struct {
	Task  string `json:"task"`
	Where string `json:"where"`
}

func lineID(i int) string { return strconv.Itoa(i + 1) }

// Replay replays every task of dir and compares the ends.
func Replay(ctx context.Context, dir string) (Report, error) {
	start := time.Now()
	r, all, done, err := prepare(ctx, dir)
	if err != nil {
		return Report{}, err
	}
	defer done()
	for _, p := range all {
		for _, t := range p.tasks {
			if err := r.task(ctx, t, p.expect[t.ID]); err != nil {
				return r.report, fmt.Errorf("task %s: %w", t.ID, err)
			}
		}
		r.report.Parts[p.name] = len(p.tasks)
	}
	r.report.Seconds = math.Round(time.Since(start).Seconds()*10) / 10
	return r.report, nil
}

// prepare reads the folder and fills the database that every task starts from; done takes it away.
func prepare(ctx context.Context, dir string) (r *runner, all []part, done func(), err error) {
	db, err := load(dir)
	if err != nil {
		return nil, nil, nil, err
	}
	if all, err = parts(dir); err != nil {
		return nil, nil, nil, err
	}
	tmp, err := os.MkdirTemp("", "xiaoer-tau-")
	if err != nil {
		return nil, nil, nil, err
	}
	done = func() { _ = os.RemoveAll(tmp) }
	r = &runner{db: db, dir: tmp, known: map[string]string{}, report: Report{Parts: map[string]int{}, Wrong: []Difference{}}}
	if err = yaml.Unmarshal(policiesYAML, &r.policies); err == nil {
		err = r.template(ctx)
	}
	if err != nil {
		done()
	}
	return r, all, done, err
}

// runner replays tasks, each on a copy of one filled database.
type runner struct {
	db       database
	dir      string
	policies commerce.Policies
	report   Report
	known    map[string]string // our JSON of what equals the benchmark's beginning, by order number or user
}

func (r *runner) template(ctx context.Context) error {
	books, err := store.Open(ctx, store.Options{Path: filepath.Join(r.dir, "template.db")})
	if err != nil {
		return err
	}
	if err := r.db.fill(ctx, books); err != nil {
		_ = books.Close()
		return err
	}
	return books.Close()
}

// fresh opens a copy of the template.
func (r *runner) fresh(ctx context.Context) (*store.DB, func(), error) {
	b, err := os.ReadFile(filepath.Join(r.dir, "template.db"))
	if err != nil {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp(r.dir, "task-")
	if err != nil {
		return nil, nil, err
	}
	path := filepath.Join(dir, "shop.db")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		return nil, nil, err
	}
	books, err := store.Open(ctx, store.Options{Path: path})
	if err != nil {
		return nil, nil, err
	}
	return books, func() { _ = books.Close(); _ = os.RemoveAll(dir) }, nil
}

func (r *runner) task(ctx context.Context, t Task, want expected) error {
	if want.ID == "" {
		return errs.New(errs.Invalid, "tau_no_expectation", "There is no expected end of this task.")
	}
	books, done, err := r.fresh(ctx)
	if err != nil {
		return err
	}
	defer done()
	gate, err := r.gate(books)
	if err != nil {
		return err
	}
	for i, a := range t.Actions {
		if err := r.act(ctx, gate, books, t, i, a); err != nil {
			return err
		}
	}
	where, err := r.compare(ctx, books, want)
	if err != nil {
		return err
	}
	r.report.Tasks++
	if where == "" {
		r.report.Equal++
	} else {
		r.report.Wrong = append(r.report.Wrong, Difference{t.ID, where})
	}
	return nil
}

func (r *runner) gate(books *store.DB) (*tool.Gate, error) {
	g, _, err := r.gateAndTools(books)
	return g, err
}

func (r *runner) gateAndTools(books *store.DB) (*tool.Gate, *tool.Registry, error) {
	shop := commerce.NewService(books, r.policies, books, time.Now, rand.Reader)
	reg, err := tool.NewRegistry(tools.All(tools.Deps{Shop: shop, Events: books, Now: time.Now})...)
	if err != nil {
		return nil, nil, err
	}
	return tool.NewGate(tool.Deps{Registry: reg, Store: books, Ids: id.NewMaker(time.Now, nil), Now: time.Now}), reg, nil
}

func (r *runner) act(ctx context.Context, g *tool.Gate, books *store.DB, t Task, i int, a Action) error {
	s, err := tool.NewSession(tool.Identity{Customer: id.Customer(t.User), Conversation: id.Conversation("cnv_" + t.ID), Turn: id.Turn(fmt.Sprint("trn_", i)),
		Assurance: tool.Verified, Language: id.EN, Channel: "webchat"})
	if err != nil {
		return err
	}
	o := order{}
	if mine, err := books.OrderOf(ctx, id.Customer(t.User), str(a, "order_id")); err == nil {
		o = orderOf(mine, nil)
	}
	c, ok := toolFor(a, o)
	if !ok {
		return nil
	}
	refused, err := perform(ctx, g, s, c)
	switch {
	case err != nil:
		return err
	case refused != nil && c.write:
		r.report.Refused++
	case c.write:
		r.report.Actions++
	}
	return nil
}

// compare holds every order and user against what is expected, or against the beginning; it tells the first difference.
func (r *runner) compare(ctx context.Context, books *store.DB, want expected) (string, error) {
	orders, err := books.OrdersLike(ctx, "", len(r.db.orders)+1)
	if err != nil {
		return "", err
	}
	if len(orders) != len(r.db.orders) {
		return fmt.Sprintf("%d orders instead of %d", len(orders), len(r.db.orders)), nil
	}
	cases := map[id.Customer][]commerce.Case{}
	for _, o := range orders {
		if _, read := cases[o.CustomerID]; !read {
			if cases[o.CustomerID], err = books.CasesOf(ctx, o.CustomerID, 100); err != nil {
				return "", err
			}
		}
		raw, changed := want.Changed.Orders[o.Number]
		if !changed {
			raw = r.db.rawOrder[o.Number]
		}
		if d := r.differ(o.Number, changed, raw, orderOf(o, cases[o.CustomerID])); d != "" {
			return "order " + o.Number + d, nil
		}
	}
	return r.compareUsers(ctx, books, want)
}

func (r *runner) compareUsers(ctx context.Context, books *store.DB, want expected) (string, error) {
	for uid, before := range r.db.users {
		m, err := books.MemberOf(ctx, id.Customer(uid))
		if err != nil {
			return "", err
		}
		c, err := books.Customer(ctx, id.Customer(uid))
		if err != nil {
			return "", err
		}
		raw, changed := want.Changed.Users[uid]
		if !changed {
			raw = r.db.rawUsers[uid]
		}
		if d := r.differ(uid, changed, raw, userOf(m, c, before)); d != "" {
			return "user " + uid + d, nil
		}
	}
	return "", nil
}

// differ compares a value of ours with the benchmark's JSON, numbers to 1e-9; "" is equal. What once equalled the
// beginning and reads the same is not taken apart again.
func (r *runner) differ(key string, changed bool, want json.RawMessage, have any) string {
	b, err := json.Marshal(have)
	if err != nil {
		return ": " + err.Error()
	}
	if !changed && r.known[key] == string(b) {
		return ""
	}
	var x, y any
	if json.Unmarshal(want, &x) != nil || json.Unmarshal(b, &y) != nil {
		return ": not JSON"
	}
	d := diff("", x, y)
	if d == "" && !changed {
		r.known[key] = string(b)
	}
	return d
}

func diff(at string, x, y any) string {
	switch a := x.(type) {
	case map[string]any:
		b, ok := y.(map[string]any)
		if !ok || len(a) != len(b) {
			return fmt.Sprintf("%s: %v instead of %v", at, y, x)
		}
		for k, v := range a {
			if d := diff(at+"."+k, v, b[k]); d != "" {
				return d
			}
		}
		return ""
	case []any:
		b, ok := y.([]any)
		if !ok || len(a) != len(b) {
			return fmt.Sprintf("%s: %v instead of %v", at, y, x)
		}
		for i, v := range a {
			if d := diff(fmt.Sprintf("%s[%d]", at, i), v, b[i]); d != "" {
				return d
			}
		}
		return ""
	case float64:
		if b, ok := y.(float64); ok && math.Abs(a-b) <= 1e-9 {
			return ""
		}
	default:
		if x == y {
			return ""
		}
	}
	return fmt.Sprintf("%s: %v instead of %v", at, y, x)
}
