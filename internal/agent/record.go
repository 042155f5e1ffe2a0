package agent

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/flow"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// record is the decision record while it grows; docs/architecture.md tells its JSON.
type record struct {
	Commands   []flow.Command
	flows      []string
	trail      []map[string]string
	path       []map[string]string // the trail with every step between, for the figures of flows
	tools      []map[string]any
	effects    []map[string]any
	passages   []map[string]any
	answerable *bool
	checks     []map[string]any
	why        []id.Text
	slots      map[string]string // of every flow that was open in this turn, for offers and summaries
	labels     map[string]string
}

// begin notes where the turn starts.
func (r *record) begin(t *turn) {
	r.slots, r.labels = map[string]string{}, map[string]string{}
	r.keep(t.mem.Flow)
	if f := t.mem.Flow.Active(); f != nil {
		r.because("进行中的流程："+f.Flow, "flow in progress: "+f.Flow)
	}
	if t.spoke {
		r.because(fmt.Sprintf("理解为 %s（%s，%.2f），情绪 %s", t.u.Intent, t.u.Category, t.u.IntentP, t.u.Emotion),
			fmt.Sprintf("understood as %s (%s, %.2f), emotion %s", t.u.Intent, t.u.Category, t.u.IntentP, t.u.Emotion))
	}
}

func (r *record) because(zh, en string) {
	if len(r.why) < 40 {
		r.why = append(r.why, id.Text{ZH: zh, EN: en})
	}
}

// keep remembers slots.
func (r *record) keep(s flow.State) {
	for _, f := range s.Stack {
		for name, v := range f.Slots {
			r.slots[name], r.labels[name] = v.Value, v.Value
			if v.Label != "" {
				r.labels[name] = v.Label
			}
		}
	}
}

// flow notes what happened to a flow.
func (r *record) flow(name, what string) {
	if name == "" {
		return
	}
	if !slices.Contains(r.flows, name) {
		r.flows = append(r.flows, name)
	}
	r.trail = append(r.trail, map[string]string{"flow": name, "what": what})
	r.pass(name, what)
	r.because("流程 "+name+"："+what, "flow "+name+": "+what)
}

// pass notes a mark on the way through a flow: the number of a step, or what became of it.
func (r *record) pass(name, mark string) {
	r.path = append(r.path, map[string]string{"flow": name, "mark": mark})
}

// tool notes a call and how it ended.
func (r *record) tool(a flow.Action, err error) {
	outcome := string(a.Kind)
	if err != nil {
		outcome = errs.CodeOf(err)
	}
	name := a.Tool
	if name == "" {
		name = "confirmation"
	}
	for slot, v := range a.Args {
		if s, ok := v.(string); ok && r.slots[slot] == "" {
			r.slots[slot], r.labels[slot] = s, s
		}
	}
	r.tools = append(r.tools, map[string]any{"name": name, "args": a.Args, "outcome": outcome})
	r.because("工具 "+name+"："+outcome, "tool "+name+": "+outcome)
}

// effect notes a change of the world.
func (r *record) effect(e tool.Effect) {
	r.effects = append(r.effects, map[string]any{"id": e.ID, "tool": e.Tool, "state": e.State})
	r.because("操作 "+e.Tool+"："+string(e.State), "effect "+e.Tool+": "+string(e.State))
}

// answered notes what knowledge said.
func (r *record) answered(a knowledge.Answer, err error) {
	ok := err == nil && a.Answerable
	r.answerable = &ok
	for _, c := range a.Citations {
		r.passages = append(r.passages, map[string]any{"id": c.PassageID, "score": a.Confidence})
	}
	if ok {
		r.because(fmt.Sprintf("知识库能回答，把握 %.2f", a.Confidence), fmt.Sprintf("knowledge can answer, confidence %.2f", a.Confidence))
	} else {
		r.because("知识库没有可靠的答案", "knowledge has no reliable answer")
	}
}

// matter is the flow a person takes over.
func (r *record) matter(t *turn) string {
	if len(r.flows) > 0 {
		return t.title(r.flows[len(r.flows)-1])
	}
	return ""
}

func (r *record) collected() string {
	var out []string
	for k, v := range r.labels {
		out = append(out, k+"="+clip(v, 60))
	}
	sort.Strings(out)
	return strings.Join(out, ", ")
}

func (r *record) tried() string {
	var out []string
	for _, m := range r.tools {
		out = append(out, fmt.Sprintf("%s (%s)", m["name"], m["outcome"]))
	}
	return strings.Join(out, ", ")
}

// json writes the record.
func (r *record) json(t *turn) json.RawMessage {
	first, last := t.in.Inputs[0].Seq, t.in.Inputs[len(t.in.Inputs)-1].Seq
	out := map[string]any{
		"turn_id": t.in.ID, "conversation_id": t.in.Conversation.ID, "seq_from": first, "seq_to": last, "at": t.in.At,
		"took_ms": t.agent.d.Now().Sub(t.in.At).Milliseconds(), "understanding": t.u, "commands": r.Commands, "flow": t.standing(), "flows": r.flows,
		"trail": r.trail, "path": r.path, "tools": r.tools, "effects": r.effects, "passages": r.passages, "checks": r.checks, "why": r.why,
	}
	if r.answerable != nil {
		out["answerable"] = *r.answerable
	}
	if m := t.modelJSON(); m != nil {
		out["model"] = m
	}
	if t.out.handoff != nil {
		out["handoff"] = t.out.handoff.Reason
	}
	return mustJSON(out)
}

// standing is the flow that goes on after this turn, or the last that was touched.
func (t *turn) standing() map[string]any {
	if f := t.mem.Flow.Active(); f != nil {
		slots := map[string]string{}
		for k, v := range f.Slots {
			slots[k] = v.Value
		}
		return map[string]any{"name": f.Flow, "step": f.Step, "waits": f.Wait.For, "slots": slots}
	}
	if n := len(t.rec.flows); n > 0 {
		return map[string]any{"name": t.rec.flows[n-1], "step": -1}
	}
	return nil
}
