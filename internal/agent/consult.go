package agent

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/llm"
)

// Model is the way to language models: the egress.
type Model interface {
	Chat(ctx context.Context, r llm.Request) (llm.Response, error)
	Stream(ctx context.Context, r llm.Request, tell func(llm.Delta)) (llm.Response, error)
}

// Live shows words while they are made. What it shows is a hint; the message that follows replaces it.
type Live interface {
	Delta(c id.Conversation, turn id.Turn, text string, reset bool)
}

// Bounds of what models may take of a turn. Nobody waits longer than fifteen seconds: two questions, and time for our own work.
const (
	maxConsults   = 2
	modelTime     = 13 * time.Second
	interpretTime = 6 * time.Second
	composeTime   = 8 * time.Second
	leastTime     = time.Second // less is not worth asking
)

// Consulted is what a model was asked in a turn, and what came of it.
type Consulted struct {
	Purpose string        `json:"purpose"`
	Outcome string        `json:"outcome"` // used; unsure: nothing of it could be used; refused: a check failed; or an error's code
	Name    string        `json:"name,omitempty"`
	Prompt  string        `json:"prompt,omitempty"`
	Tokens  int           `json:"tokens"`
	Cost    int64         `json:"cost"`
	Took    time.Duration `json:"-"`
	Latency int64         `json:"latency_ms"`
	Detail  string        `json:"detail,omitempty"`
}

// consulted tells how a question went.
func consulted(purpose string, r llm.Response, err error) Consulted {
	c := Consulted{Purpose: purpose, Outcome: "used", Name: r.Name, Prompt: PromptVersion, Tokens: r.Usage.Total(), Cost: r.Cost, Latency: r.Took.Milliseconds()}
	if err != nil {
		c.Outcome = errs.CodeOf(err)
	}
	return c
}

// consult is what the interpreter may spend of the turn.
func (t *turn) consult() Consult {
	return Consult{Conversation: t.in.Conversation.ID, Left: t.left(), Note: t.note}
}

// left is the time models may still take in this turn; none when it has asked often enough.
func (t *turn) left() time.Duration {
	if len(t.models) >= maxConsults {
		return 0
	}
	return modelTime - t.agent.d.Now().Sub(t.began)
}

// note keeps what a model did for the decision record, and whether service was reduced by it.
func (t *turn) note(c Consulted) {
	t.models = append(t.models, c)
	switch c.Outcome {
	case "used":
		t.rec.because("模型 "+c.Name+" 参与："+c.Purpose, "model "+c.Name+" took part: "+c.Purpose)
	case "unsure", "refused":
		t.rec.because("模型的结果未采用（"+c.Purpose+"）："+c.Detail, "the model's work was not used ("+c.Purpose+"): "+c.Detail)
	case "model_off":
		t.rec.because("模型已关闭，由内置引擎处理", "models are switched off; the embedded engine went on")
	default:
		t.reduced = true
		t.rec.because("模型不可用（"+c.Outcome+"），由内置引擎处理", "the model was not available ("+c.Outcome+"); the embedded engine went on")
	}
}

// tellReduced says once in a conversation that service is reduced.
func (t *turn) tellReduced() {
	if !t.reduced || t.mem.Reduced {
		return
	}
	t.mem.Reduced = true
	text := t.pick("提示：智能模型暂时不可用，我先用基础模式为您服务。查询和办理都照常，随时可以转人工。",
		"Note: my language model is not available right now, so I am answering in a simpler way. Lookups and requests work as usual, and a person is one message away.")
	t.out.messages = append([]conversation.Message{{Kind: conversation.Notice, Text: text}}, t.out.messages...)
}

// modelJSON is the part of the decision record about models; nil when none was asked.
func (t *turn) modelJSON() map[string]any {
	if len(t.models) == 0 {
		return nil
	}
	tokens, cost, latency, name := 0, int64(0), int64(0), ""
	for _, c := range t.models {
		tokens, cost, latency = tokens+c.Tokens, cost+c.Cost, latency+c.Latency
		if c.Name != "" {
			name = c.Name
		}
	}
	return map[string]any{"name": name, "tokens": tokens, "cost": cost, "latency_ms": latency, "reduced": t.reduced, "calls": t.models}
}
