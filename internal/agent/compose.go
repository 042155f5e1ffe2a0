package agent

import (
	"context"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/llm"
)

// maxPassages is how many passages an answer may be composed from.
const maxPassages = 4

// plain is the confidence from which an answer's own passage is enough.
const plain = 0.9

// Passages finds more passages near a question; composing takes them along.
type Passages interface {
	Search(ctx context.Context, query string, sc knowledge.Scope, limit int) ([]knowledge.Hit, error)
}

// composed puts an answer into a model's words, each sentence checked against the passage it names. Where that fails, or there is
// no model or no time, the exact sentences of the passages stand.
func (t *turn) composed(ctx context.Context, q string, ans knowledge.Answer) knowledge.Answer {
	m, left := t.agent.d.Words, t.left()
	if m == nil || left < leastTime || len(ans.Citations) == 0 {
		return ans
	}
	d := &draft{passages: t.passages(ctx, q, ans)}
	res, err := m.Stream(ctx, t.composition(q, d.passages, min(composeTime, left)), func(p llm.Delta) {
		for _, s := range d.take(p.Text) {
			t.live(s, false)
		}
	})
	c := consulted("compose", res, err)
	if err == nil {
		rest := d.end(res)
		if d.fault != "" {
			c.Outcome, c.Detail, rest = "refused", d.fault, nil
		}
		for _, s := range rest {
			t.live(s, false)
		}
	}
	t.note(c)
	if c.Outcome != "used" {
		if d.shown {
			t.live("", true)
		}
		return ans
	}
	t.rec.checks = append(t.rec.checks, map[string]any{"check": "composed", "passed": true, "sentences": d.trail})
	ans.Text, ans.Citations = d.text.String(), d.cited()
	return ans
}

// composition is the question to the model.
func (t *turn) composition(q string, passages []knowledge.Citation, left time.Duration) llm.Request {
	var b strings.Builder
	for i, p := range passages {
		raw, _ := json.Marshal(clip(p.Text, 1500))
		fmt.Fprintf(&b, "[%d] %s\n", i+1, raw)
	}
	with := map[string]string{"passages": b.String(), "emotion": t.u.Emotion}
	return llm.Request{Role: llm.Strong, Conversation: string(t.in.Conversation.ID), Purpose: "compose", Prompt: PromptVersion, MaxTokens: 500, Timeout: left,
		Messages: []llm.Message{{Author: llm.System, Text: prompt("compose", t.lang, with)}, {Author: llm.User, Text: clip(q, 1000)}}}
}

// passages are those of the answer, and near ones.
func (t *turn) passages(ctx context.Context, q string, ans knowledge.Answer) []knowledge.Citation {
	out := append([]knowledge.Citation(nil), ans.Citations[:min(len(ans.Citations), maxPassages)]...)
	if t.agent.d.Passages == nil || ans.Confidence >= plain { // one passage says it; looking for more is work for nothing
		return out
	}
	hits, err := t.agent.d.Passages.Search(ctx, q, t.scope(), maxPassages)
	if err != nil {
		return out
	}
	for _, h := range hits {
		known := false
		for _, c := range out {
			known = known || c.PassageID == h.PassageID
		}
		if !known && len(out) < maxPassages && !h.Foreign {
			out = append(out, knowledge.Citation{ArticleID: h.ArticleID, PassageID: h.PassageID, Title: h.Title, Text: h.Text, URL: h.URL})
		}
	}
	return out
}

func (t *turn) live(text string, reset bool) {
	if t.agent.d.Live != nil {
		t.agent.d.Live.Delta(t.in.Conversation.ID, t.in.ID, text, reset)
	}
}

// draft reads a composed answer while it comes: a piece ends with the numbers of its passages. Only what has passed the checks
// goes on; after a fault nothing does.
type draft struct {
	passages []knowledge.Citation
	wait     string
	text     strings.Builder
	used     []int
	trail    []map[string]any
	fault    string
	shown    bool
}

var mark = regexp.MustCompile(`((?:\s*[\[［【]\s*[0-9]{1,2}\s*[\]］】])+)([。．.!！?？]?)`)

// take gives the sentences that are complete and hold.
func (d *draft) take(piece string) (out []string) {
	if d.fault != "" {
		return nil
	}
	d.wait += piece
	for {
		at := mark.FindStringSubmatchIndex(d.wait)
		if at == nil || at[1] == len(d.wait) { // more marks may follow
			return out
		}
		if s := d.piece(at); s != "" {
			out = append(out, s)
			d.shown = true
		}
		if d.fault != "" {
			return out
		}
	}
}

// end reads what is left. Words without a source at the end are not said; an answer of such words only is none.
func (d *draft) end(r llm.Response) (out []string) {
	if r.Finish != llm.Stopped || len(r.Calls) > 0 {
		d.fault = "the answer did not end by itself"
	}
	for d.fault == "" {
		at := mark.FindStringSubmatchIndex(d.wait)
		if at == nil {
			break
		}
		if s := d.piece(at); s != "" {
			out = append(out, s)
			d.shown = true
		}
	}
	if d.fault == "" && d.text.Len() == 0 {
		d.fault = "no sentence names its passage"
	}
	return out
}

// piece checks the words up to a mark and takes them over.
func (d *draft) piece(at []int) string {
	words := strings.TrimSpace(d.wait[:at[2]] + d.wait[at[4]:at[5]])
	marks := d.wait[at[2]:at[3]]
	d.wait = d.wait[at[1]:]
	var sources []string
	var ids []string
	for _, n := range number.FindAllString(marks, -1) {
		i, err := strconv.Atoi(n)
		if err != nil || i < 1 || i > len(d.passages) {
			d.fault = "a passage that was not given: " + n
			return ""
		}
		sources, ids = append(sources, d.passages[i-1].Text+"\n"+d.passages[i-1].Title), append(ids, string(d.passages[i-1].PassageID))
		d.used = append(d.used, i-1)
	}
	if why := unfounded(words, sources); why != "" {
		d.fault = why
		return ""
	}
	return d.add(words, ids)
}

func (d *draft) add(words string, ids []string) string {
	if words == "" {
		return ""
	}
	if n := d.text.Len(); n > 0 && words[0] < 0x80 && d.text.String()[n-1] < 0x80 {
		words = " " + words
	}
	d.text.WriteString(words)
	d.trail = append(d.trail, map[string]any{"text": clip(words, 80), "passages": ids})
	return words
}

// cited are the passages that were used, in the order of their first use.
func (d *draft) cited() (out []knowledge.Citation) {
	seen := map[int]bool{}
	for _, i := range d.used {
		if !seen[i] {
			seen[i] = true
			out = append(out, d.passages[i])
		}
	}
	return out
}
