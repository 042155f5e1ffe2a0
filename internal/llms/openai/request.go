package openai

import (
	"encoding/json"
	"strings"

	wire "github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/shared"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/llm"
)

// The forms of structured output, from the strictest; an endpoint that refuses one is asked in the next from then on.
const (
	bySchema int32 = iota
	byObject
	byWords
)

// shaped asks in the strictest form the endpoint takes.
func (c *Client) shaped(r llm.Request, ask func(wire.ChatCompletionNewParams) (llm.Response, error)) (llm.Response, error) {
	for {
		form := c.form.Load()
		res, err := ask(params(r, form))
		switch {
		case err != nil && errs.CodeOf(err) == "model_options" && !c.noUse.Load():
			c.noUse.Store(true)
		case err != nil && errs.CodeOf(err) == "model_form" && r.Shape != nil && form < byWords:
			c.form.CompareAndSwap(form, form+1)
		default:
			return res, err
		}
	}
}

func params(r llm.Request, form int32) wire.ChatCompletionNewParams {
	p := wire.ChatCompletionNewParams{Model: r.Model, Messages: messages(r.Messages), MaxTokens: wire.Int(int64(r.MaxTokens)), Temperature: wire.Float(0)}
	for _, t := range r.Tools {
		p.Tools = append(p.Tools, wire.ChatCompletionFunctionTool(shared.FunctionDefinitionParam{Name: t.Name, Description: wire.String(t.Description), Parameters: t.Schema}))
	}
	if r.Shape == nil {
		return p
	}
	switch form {
	case bySchema:
		p.ResponseFormat.OfJSONSchema = &shared.ResponseFormatJSONSchemaParam{JSONSchema: shared.ResponseFormatJSONSchemaJSONSchemaParam{Name: r.Shape.Name, Strict: wire.Bool(true), Schema: r.Shape.Schema}}
		return p
	case byObject:
		p.ResponseFormat.OfJSONObject = &shared.ResponseFormatJSONObjectParam{}
	}
	schema, _ := json.Marshal(r.Shape.Schema)
	p.Messages = append(p.Messages, wire.SystemMessage("Answer with one JSON object of this schema and nothing else: "+string(schema)))
	return p
}

func messages(list []llm.Message) (out []wire.ChatCompletionMessageParamUnion) {
	for _, m := range list {
		switch m.Author {
		case llm.System:
			out = append(out, wire.SystemMessage(m.Text))
		case llm.Tool:
			out = append(out, wire.ToolMessage(m.Text, m.CallID))
		case llm.Assistant:
			out = append(out, said(m))
		default:
			out = append(out, wire.UserMessage(m.Text))
		}
	}
	return out
}

// said is a message of the assistant, with what it called.
func said(m llm.Message) wire.ChatCompletionMessageParamUnion {
	a := wire.AssistantMessage(m.Text)
	for _, c := range m.Calls {
		a.OfAssistant.ToolCalls = append(a.OfAssistant.ToolCalls, wire.ChatCompletionMessageToolCallUnionParam{OfFunction: &wire.ChatCompletionMessageFunctionToolCallParam{
			ID: c.ID, Function: wire.ChatCompletionMessageFunctionToolCallFunctionParam{Name: c.Name, Arguments: string(c.Args)}}})
	}
	return a
}

// bare takes the fence of a code block off, which models without structured output like to put around JSON.
func bare(s string) string {
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(s, "```"); ok {
		rest = strings.TrimPrefix(rest, "json")
		return strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "```"))
	}
	return s
}
