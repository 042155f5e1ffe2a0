package openai

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	wire "github.com/openai/openai-go/v3"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/llm"
)

var cut = errs.New(errs.Unavailable, "model_cut", "The model's answer broke off.")

// whole reads an answer that came in one piece.
func whole(res *wire.ChatCompletion) (llm.Response, error) {
	if len(res.Choices) == 0 {
		return llm.Response{}, errs.New(errs.Unavailable, "model_malformed", "The model's endpoint answered without an answer.")
	}
	c := res.Choices[0]
	if c.FinishReason == "" {
		return llm.Response{}, cut
	}
	out := llm.Response{Text: bare(c.Message.Content), Finish: llm.Finish(c.FinishReason), Usage: usage(res.Usage)}
	for _, t := range c.Message.ToolCalls {
		out.Calls = append(out.Calls, llm.ToolCall{ID: t.ID, Name: t.Function.Name, Args: json.RawMessage(t.Function.Arguments)})
	}
	return out, checked(out.Calls)
}

func usage(u wire.CompletionUsage) llm.Usage {
	return llm.Usage{In: int(max(u.PromptTokens, 0)), Out: int(max(u.CompletionTokens, 0))}
}

// checked refuses arguments that are no JSON, before they can be copied anywhere.
func checked(list []llm.ToolCall) error {
	for _, c := range list {
		if !json.Valid(c.Args) {
			return errs.New(errs.Unavailable, "model_malformed", "The model called a tool with arguments that are no JSON.")
		}
	}
	return nil
}

// maxCalls bounds how many tool calls one answer may make.
const maxCalls = 16

// partial gathers an answer that comes in pieces.
type partial struct {
	text   strings.Builder
	calls  []llm.ToolCall
	args   []strings.Builder
	finish string
	usage  llm.Usage
}

// follow reads a stream to its end. Only an answer that says how it ended is one.
func (c *Client) follow(ctx context.Context, p wire.ChatCompletionNewParams, tell func(llm.Delta)) (llm.Response, error) {
	s := c.chat.NewStreaming(ctx, p)
	defer func() { _ = s.Close() }()
	var got partial
	for s.Next() {
		if err := got.add(s.Current(), tell); err != nil {
			return llm.Response{Usage: got.usage}, err
		}
	}
	if err := s.Err(); err != nil {
		return llm.Response{Text: got.text.String(), Usage: got.usage}, mapped(ctx, err)
	}
	if got.finish == "" {
		return llm.Response{Text: got.text.String(), Usage: got.usage}, cut
	}
	return got.whole()
}

func (g *partial) add(c wire.ChatCompletionChunk, tell func(llm.Delta)) error {
	if c.Usage.TotalTokens > 0 {
		g.usage = usage(c.Usage)
	}
	if len(c.Choices) == 0 {
		return nil
	}
	x := c.Choices[0]
	if x.FinishReason != "" {
		g.finish = x.FinishReason
	}
	for _, t := range x.Delta.ToolCalls {
		if t.Index < 0 || t.Index >= maxCalls {
			return errs.New(errs.Unavailable, "model_malformed", "The model called too many tools at once.")
		}
		g.call(t)
	}
	if x.Delta.Content != "" {
		g.text.WriteString(x.Delta.Content)
		tell(llm.Delta{Text: x.Delta.Content})
	}
	return nil
}

// call adds a piece of a tool call.
func (g *partial) call(t wire.ChatCompletionChunkChoiceDeltaToolCall) {
	for int64(len(g.calls)) <= t.Index {
		g.calls = append(g.calls, llm.ToolCall{})
		g.args = append(g.args, strings.Builder{})
	}
	c := &g.calls[t.Index]
	if t.ID != "" {
		c.ID = t.ID
	}
	c.Name += t.Function.Name
	g.args[t.Index].WriteString(t.Function.Arguments)
}

func (g *partial) whole() (llm.Response, error) {
	for i := range g.calls {
		g.calls[i].Args = json.RawMessage(g.args[i].String())
	}
	return llm.Response{Text: g.text.String(), Calls: g.calls, Finish: llm.Finish(g.finish), Usage: g.usage}, checked(g.calls)
}

// mapped turns an error of the wire into one of the house. Nothing of the provider's text reaches a customer; it is kept as the cause.
func mapped(ctx context.Context, err error) error {
	var house *errs.Error
	if errors.As(err, &house) {
		return house
	}
	var api *wire.Error
	if !errors.As(err, &api) {
		if ctx.Err() != nil {
			return errs.Wrap(err, errs.Unavailable, "model_timeout", "The model did not answer in time.")
		}
		if broken(err) {
			return errs.Wrap(err, errs.Unavailable, "model_cut", "The model's answer broke off.")
		}
		return errs.Wrap(err, errs.Unavailable, "model_down", "The model cannot be reached.")
	}
	e := status(api)
	e.Err, e.RetryAfter = errors.New(api.Error()), retryAfter(api.Response)
	return e
}

// broken tells an answer that began and did not end well.
func broken(err error) bool {
	s := err.Error()
	return strings.Contains(s, "unexpected EOF") || strings.Contains(s, "unexpected end of JSON") || strings.Contains(s, "invalid character") || strings.Contains(s, "error parsing")
}

func status(api *wire.Error) *errs.Error {
	why := strings.ToLower(api.Message + " " + api.Param + " " + api.RawJSON())
	switch {
	case api.StatusCode == http.StatusTooManyRequests:
		return errs.New(errs.RateLimited, "model_busy", "The model takes no more questions for a while.")
	case api.StatusCode == http.StatusUnauthorized, api.StatusCode == http.StatusForbidden:
		return errs.New(errs.Unauthenticated, "model_key", "The model's endpoint refuses the key.")
	case api.StatusCode < 500 && strings.Contains(why, "stream_options"):
		return errs.New(errs.Invalid, "model_options", "The model's endpoint knows no stream_options.")
	case api.StatusCode < 500 && (strings.Contains(why, "response_format") || strings.Contains(why, "json_schema") || strings.Contains(why, "json_object")):
		return errs.New(errs.Invalid, "model_form", "The model's endpoint knows no such form of answer.")
	case api.StatusCode == http.StatusNotFound:
		return errs.New(errs.Unavailable, "model_unknown", "The endpoint does not know this model, or lives elsewhere.")
	case api.StatusCode >= 400 && api.StatusCode < 500:
		return errs.New(errs.Invalid, "model_refused", "The model's endpoint refuses the question (%d).", api.StatusCode)
	}
	return errs.New(errs.Unavailable, "model_down", "The model's endpoint failed (%d).", api.StatusCode)
}

// retryAfter reads seconds; the form with a date is measured against the answer's own date, so that no clock is needed.
func retryAfter(res *http.Response) time.Duration {
	if res == nil {
		return 0
	}
	v := res.Header.Get("Retry-After")
	if n, err := strconv.ParseFloat(v, 64); err == nil && n >= 0 {
		return min(time.Duration(n*float64(time.Second)), time.Hour)
	}
	at, err := http.ParseTime(v)
	from, err2 := http.ParseTime(res.Header.Get("Date"))
	if err != nil || err2 != nil || at.Before(from) {
		return 0
	}
	return min(at.Sub(from), time.Hour)
}
