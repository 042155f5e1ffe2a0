package app

import (
	"context"
	"encoding/json"
	"math"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/agent"
	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/llm"
	"github.com/xiaoer-cs/xiaoer/internal/llms/openai"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
)

// models is the way to language models; nil egress: none.
type models struct {
	egress *llm.Egress
	copies *llm.Ring
	off    atomic.Bool
}

// ModelsOff is the setting that switches all models off while it says "yes"; every node looks at it every two seconds.
const ModelsOff = "models.off"

const (
	lookAtSwitch = 2 * time.Second
	keptCopies   = 500
)

// wireModels makes the egress and puts models behind the agent's interpreter. With no model everything stays as it is.
func (a *App) wireModels(ctx context.Context) error {
	list := a.cfg.Models
	if len(list) == 0 && a.cfg.ModelsAuto && a.opt.Environ != nil {
		list = a.discover(ctx)
	}
	if len(list) == 0 {
		return nil
	}
	d := llm.Deps{Redact: redactor{}, Ledger: a.db, Zone: a.zone, Clock: a.opt.Clock, Jitter: rand.Float64, Log: a.log, Limits: limitsOf(a.cfg.ModelLimits),
		On: func() bool { return !a.models.off.Load() }}
	for _, m := range list {
		got, err := modelOf(m)
		if err != nil {
			return err
		}
		d.Models, d.Allow = append(d.Models, got), append(d.Allow, got.Host)
		a.log.Info("language model", "name", got.Name, "role", got.Role, "host", got.Host, "data_export", llm.Foreign(got.Host))
	}
	a.models.copies = llm.NewRing(keptCopies)
	d.Capture = a.models.copies
	egress, err := llm.New(d)
	if err != nil {
		return err
	}
	a.models.egress = egress
	a.stops = append(a.stops, func(context.Context) error { egress.Close(); return nil })
	a.LookAtModels(ctx)
	if a.opt.Answer == nil {
		a.brain.answer = agent.New(a.agentDeps())
	}
	return nil
}

// agentDeps are the agent's parts, with models where there are some.
func (a *App) agentDeps() agent.Deps {
	d := agent.Deps{NLU: a.brain.nlu, Knowledge: a.services.knowledge, Gate: a.brain.gate, Tools: a.brain.registry, Book: a.brain.book, Now: a.opt.Clock.Now, Location: a.zone}
	if e := a.models.egress; e != nil {
		d.Interpreter, d.Words, d.Passages, d.Live = agent.ModelInterpreter{Model: e}, e, a.services.knowledge, liveWords{a}
	}
	return d
}

func modelOf(m config.Model) (llm.Model, error) {
	host, err := openai.HostOf(m.BaseURL)
	if err != nil {
		return llm.Model{}, err
	}
	w, err := openai.New(openai.Config{BaseURL: m.BaseURL, Key: m.Secret()})
	if err != nil {
		return llm.Model{}, err
	}
	role := llm.Role(m.Role)
	if role == "" {
		role = llm.Strong
	}
	return llm.Model{Name: m.Name, Role: role, ID: m.Model, Host: host, Export: m.DataExport, PriceIn: micro(m.PriceIn), PriceOut: micro(m.PriceOut), Timeout: m.Timeout.Std(), Wire: w}, nil
}

// micro makes the price of a million tokens the price of one in millionths; a part of a millionth counts as a whole.
func micro(perMillion float64) int64 { return int64(math.Ceil(perMillion)) }

func limitsOf(l config.ModelLimits) llm.Limits {
	return llm.Limits{ConversationTokens: l.ConversationTokens, DayTokens: l.DayTokens, ConversationCost: int64(l.ConversationCost * 1e6), DayCost: int64(l.DayCost * 1e6)}
}

// followModels watches the switch until the app stops.
func (a *App) followModels() {
	if a.models.egress == nil {
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			select {
			case <-a.opt.Clock.After(lookAtSwitch):
				a.LookAtModels(ctx)
			case <-ctx.Done():
				return
			}
		}
	}()
	a.stops = append(a.stops, func(context.Context) error { cancel(); <-done; return nil })
}

// LookAtModels reads the switch; every node does so every two seconds. When it cannot be read, what was read last stands.
func (a *App) LookAtModels(ctx context.Context) {
	v, err := a.db.Setting(ctx, ModelsOff)
	if err != nil && !errs.Is(err, errs.NotFound) {
		return
	}
	if off := v == "yes"; a.models.off.Swap(off) != off {
		a.log.Warn("language models", "off", off)
	}
}

// ModelCopies are the newest copies of what was sent to models, for audit.
func (a *App) ModelCopies() []llm.Sent {
	if a.models.copies == nil {
		return nil
	}
	return a.models.copies.All()
}

// redactor lends the guard of the understanding to the egress.
type redactor struct{}

// Redact implements llm.Redactor.
func (redactor) Redact(text string, known map[string]string) (string, map[string]string) {
	return guard.RedactWith(text, known)
}

// Restore implements llm.Redactor.
func (redactor) Restore(text string, known map[string]string) string {
	return guard.Restore(text, known)
}

// liveWords shows words in the widget while they are made.
type liveWords struct{ a *App }

// Delta implements agent.Live.
func (l liveWords) Delta(c id.Conversation, turn id.Turn, text string, reset bool) {
	data := map[string]any{"turn_id": turn, "text": text}
	if reset {
		data["reset"] = true
	}
	listener{l.a.kernel.hub}.Pass(context.Background(), c, "delta", data)
}

// found are the models that an environment variable leads to.
var found = []struct {
	env   string
	model config.Model
}{
	{"DEEPSEEK_API_KEY", config.Model{Name: "deepseek", Role: "strong", BaseURL: "https://api.deepseek.com/v1", Model: "deepseek-chat"}},
	{"DASHSCOPE_API_KEY", config.Model{Name: "qwen", Role: "strong", BaseURL: "https://dashscope.aliyuncs.com/compatible-mode/v1", Model: "qwen-plus"}},
	{"OPENAI_API_KEY", config.Model{Name: "openai", Role: "strong", BaseURL: "https://api.openai.com/v1", Model: "gpt-4o-mini"}},
}

// discover finds models on its own and says so. One that lives abroad is told and left alone.
func (a *App) discover(ctx context.Context) (out []config.Model) {
	for _, f := range found {
		key := lookup(a.opt.Environ, f.env)
		if key == "" {
			continue
		}
		if host, err := openai.HostOf(f.model.BaseURL); err != nil || llm.Foreign(host) {
			a.log.Info("a key was found and is not used: this model lives abroad, and using it exports data; configure it under models with data_export: true", "variable", f.env)
			continue
		}
		m := f.model
		m.Key = key
		a.log.Info("a language model was found; set models_auto: false to do without", "variable", f.env, "model", m.Model)
		out = append(out, m)
	}
	if name := ollama(ctx); name != "" {
		a.log.Info("a language model was found; set models_auto: false to do without", "ollama", ollamaAt, "model", name)
		out = append(out, config.Model{Name: "ollama", Role: "strong", BaseURL: ollamaAt + "/v1", Model: name})
	}
	return out
}

func lookup(environ []string, name string) string {
	for _, kv := range environ {
		if v, ok := strings.CutPrefix(kv, name+"="); ok {
			return v
		}
	}
	return ""
}

const ollamaAt = "http://127.0.0.1:11434"

// ollama is the first model of an Ollama on this machine; "" when there is none. It does not hold up the start.
func ollama(ctx context.Context) string {
	ctx, cancel := context.WithTimeout(ctx, 300*time.Millisecond)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, ollamaAt+"/api/tags", nil)
	if err != nil {
		return ""
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return ""
	}
	defer func() { _ = res.Body.Close() }()
	var list struct{ Models []struct{ Name string } }
	if res.StatusCode != http.StatusOK || json.NewDecoder(http.MaxBytesReader(nil, res.Body, 1<<20)).Decode(&list) != nil || len(list.Models) == 0 {
		return ""
	}
	return list.Models[0].Name
}
