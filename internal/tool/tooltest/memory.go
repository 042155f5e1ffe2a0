package tooltest

import (
	"context"
	"maps"
	"slices"
	"sort"
	"sync"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// Memory is a tool.Store in memory.
type Memory struct {
	mu   sync.Mutex
	data data
	undo []func() // of the running transaction, also of whoever takes part in it besides the store
}

type data struct {
	effects map[id.Effect]tool.Effect
	confirm map[id.Confirmation]id.Effect
	live    map[string]id.Effect // by business key
	audit   []tool.Audit
}

type txKey struct{ m *Memory }

// NewMemory makes an empty store.
func NewMemory() *Memory {
	return &Memory{data: data{effects: map[id.Effect]tool.Effect{}, confirm: map[id.Confirmation]id.Effect{}, live: map[string]id.Effect{}}}
}

// InTx runs f alone; an error undoes all it did. Nested calls join.
func (m *Memory) InTx(ctx context.Context, f func(context.Context) error) error {
	if ctx.Value(txKey{m}) != nil {
		return f(ctx)
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.undo = nil
	if err := f(context.WithValue(ctx, txKey{m}, true)); err != nil {
		for _, u := range slices.Backward(m.undo) {
			u()
		}
		return err
	}
	return nil
}

// OnRollback registers what to undo should the running transaction fail.
func (m *Memory) OnRollback(undo func()) { m.undo = append(m.undo, undo) }

// InsertEffect adds a row.
func (m *Memory) InsertEffect(ctx context.Context, e tool.Effect) error {
	return m.InTx(ctx, func(context.Context) error {
		if _, ok := m.live(e.BusinessKey); ok {
			return errs.New(errs.Conflict, "effect_live", "The business key %q has a live effect.", e.BusinessKey)
		}
		m.put(e)
		return nil
	})
}

// put writes a row and its indexes.
func (m *Memory) put(e tool.Effect) {
	old, had := m.data.effects[e.ID]
	m.undo = append(m.undo, func() {
		m.index(e, false)
		delete(m.data.effects, e.ID)
		if had {
			m.data.effects[e.ID] = old
			m.index(old, true)
		}
	})
	m.data.effects[e.ID] = e
	m.index(e, true)
}

func (m *Memory) index(e tool.Effect, present bool) {
	delete(m.data.confirm, e.Confirmation)
	if m.data.live[e.BusinessKey] == e.ID {
		delete(m.data.live, e.BusinessKey)
	}
	if present {
		m.data.confirm[e.Confirmation] = e.ID
		if slices.Contains(tool.Live, e.State) {
			m.data.live[e.BusinessKey] = e.ID
		}
	}
}

// MoveEffect replaces a row that is still in the state from.
func (m *Memory) MoveEffect(ctx context.Context, e tool.Effect, from tool.State) error {
	return m.InTx(ctx, func(context.Context) error {
		if m.data.effects[e.ID].State != from {
			return errs.New(errs.Conflict, "effect_moved", "The effect is not %s any more.", from)
		}
		m.put(e)
		return nil
	})
}

// FindEffect finds one.
func (m *Memory) FindEffect(ctx context.Context, f tool.Find) (out tool.Effect, err error) {
	err = m.InTx(ctx, func(context.Context) error {
		ok := false
		switch {
		case f.ID != "":
			out, ok = m.data.effects[f.ID]
		case f.Confirmation != "":
			out, ok = m.data.effects[m.data.confirm[f.Confirmation]]
		default:
			out, ok = m.live(f.LiveKey)
		}
		if !ok {
			return errs.New(errs.NotFound, "effect_unknown", "There is no such effect.")
		}
		return nil
	})
	return out, err
}

func (m *Memory) live(key string) (tool.Effect, bool) {
	eid, ok := m.data.live[key]
	return m.data.effects[eid], ok
}

// Spent sums what may have been spent.
func (m *Memory) Spent(ctx context.Context, c id.Customer, in id.Conversation, since time.Time) (sum int64, n int, err error) {
	err = m.InTx(ctx, func(context.Context) error {
		for _, e := range m.data.effects {
			counts := e.State == tool.Executing || e.State == tool.Done || e.State == tool.Unknown
			if counts && e.Customer == c && (in == "" || e.Conversation == in) && !e.UpdatedAt.Before(since) {
				sum, n = sum+e.Amount.Amount, n+1
			}
		}
		return nil
	})
	return sum, n, err
}

// EffectsIn lists effects of a state.
func (m *Memory) EffectsIn(ctx context.Context, s tool.State, before time.Time, limit int) (out []tool.Effect, err error) {
	err = m.InTx(ctx, func(context.Context) error {
		for _, e := range m.data.effects {
			if e.State == s && e.UpdatedAt.Before(before) {
				out = append(out, e)
			}
		}
		sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
		out = out[:min(limit, len(out))]
		return nil
	})
	return out, err
}

// ChainAudit chains an entry.
func (m *Memory) ChainAudit(ctx context.Context, a tool.Audit) error {
	return m.InTx(ctx, func(context.Context) error {
		var last tool.Audit
		if n := len(m.data.audit); n > 0 {
			last = m.data.audit[n-1]
		}
		n := len(m.data.audit)
		m.undo = append(m.undo, func() { m.data.audit = m.data.audit[:n] })
		m.data.audit = append(m.data.audit, tool.Chain(a, last))
		return nil
	})
}

// AuditsAfter lists entries.
func (m *Memory) AuditsAfter(ctx context.Context, seq int64, limit int) (out []tool.Audit, err error) {
	err = m.InTx(ctx, func(context.Context) error {
		for _, a := range m.data.audit[min(int(seq), len(m.data.audit)):] {
			if len(out) < limit {
				out = append(out, a)
			}
		}
		return nil
	})
	return out, err
}

// Tamper changes an audit entry behind the store's back.
func (m *Memory) Tamper(change func([]tool.Audit) []tool.Audit) { m.data.audit = change(m.data.audit) }

// Alter changes an effect behind the gate's back.
func (m *Memory) Alter(eid id.Effect, change func(*tool.Effect)) {
	e := m.data.effects[eid]
	change(&e)
	m.data.effects[eid] = e
}

// Effects lists all rows by id.
func (m *Memory) Effects() []tool.Effect {
	out := slices.Collect(maps.Values(m.data.effects))
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}
