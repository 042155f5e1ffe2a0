package routing

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/job"
)

const (
	giveUpAfter = 3  // failing tries, after which a person is asked for
	maxInputs   = 50 // messages answered by one turn; more make another turn
	maxRecent   = 40 // messages the agent sees of what was before
	turnTimeout = 60 * time.Second
)

// Turns answers conversations.
type Turns struct{ Deps }

// Handle is the job handler of TurnKind.
func (t Turns) Handle(ctx context.Context, j job.Job, done job.Done) error {
	var p turnPayload
	if err := json.Unmarshal(j.Payload, &p); err != nil {
		return fmt.Errorf("turn payload: %w", err)
	}
	turn, ok, err := t.gather(ctx, p.ConversationID)
	if err != nil || !ok {
		return err
	}
	thinking, cancel := context.WithTimeout(ctx, turnTimeout)
	reply, err := t.Answer.Turn(thinking, turn)
	cancel()
	if err != nil {
		if j.Attempt < giveUpAfter {
			return err
		}
		reply = sorry(turn, err)
	}
	var spoke bool
	err = t.Tx.InTx(ctx, func(ctx context.Context) (err error) {
		spoke, err = t.store(ctx, turn, reply, done)
		return err
	})
	if err == nil && spoke {
		t.count(ctx, reply)
	}
	return err
}

// count tells what was cited. It is a statistic: the answer stands, whether or not it could be counted.
func (t Turns) count(ctx context.Context, r conversation.Reply) {
	if t.Citing == nil {
		return
	}
	seen := map[string]bool{}
	for _, m := range r.Messages {
		for _, c := range m.Citations {
			if c.ArticleID != "" && !seen[c.ArticleID] {
				seen[c.ArticleID] = true
				_ = t.Citing.Cited(ctx, id.Article(c.ArticleID))
			}
		}
	}
}

// gather makes the turn; ok is false when there is nothing to answer.
func (t Turns) gather(ctx context.Context, cid id.Conversation) (turn conversation.Turn, ok bool, err error) {
	c, err := t.Threads.Conversation(ctx, cid)
	if err != nil {
		return turn, false, err
	}
	inputs, err := t.Pending.Unanswered(ctx, cid, c.AnsweredSeq, maxInputs)
	if err != nil || len(inputs) == 0 {
		return turn, false, err
	}
	if c.Handler != conversation.ByAgent {
		return turn, false, t.passOver(ctx, c, inputs)
	}
	return t.fill(ctx, c, inputs)
}

func (t Turns) fill(ctx context.Context, c conversation.Conversation, inputs []conversation.Message) (turn conversation.Turn, ok bool, err error) {
	turn = conversation.Turn{ID: turnID(c.ID, inputs[0].Seq), Conversation: c, Inputs: inputs, At: t.Clock.Now()}
	if turn.Recent, err = t.Messages.Before(ctx, c.ID, inputs[0].Seq, maxRecent); err != nil {
		return turn, false, err
	}
	if turn.State, err = t.Memory.State(ctx, c.ID); err != nil {
		return turn, false, err
	}
	who, err := t.Customers.Get(ctx, c.CustomerID)
	turn.CustomerName = who.Name
	return turn, err == nil, err
}

// turnID depends only on what is answered, so that a turn that runs again is the same turn.
func turnID(cid id.Conversation, seq int64) id.Turn {
	return id.Turn(fmt.Sprintf("trn_%s_%d", cid, seq))
}

// passOver notes that a person, not the agent, has to answer these.
func (t Turns) passOver(ctx context.Context, c conversation.Conversation, inputs []conversation.Message) error {
	return t.Tx.InTx(ctx, func(ctx context.Context) error {
		now, err := t.Threads.Conversation(ctx, c.ID)
		if err != nil {
			return err
		}
		now.AnsweredSeq = max(now.AnsweredSeq, inputs[len(inputs)-1].Seq)
		return t.Threads.PutConversation(ctx, now)
	})
}

// store keeps the reply, all of it or nothing; spoke is false when a person has taken over meanwhile.
func (t Turns) store(ctx context.Context, turn conversation.Turn, r conversation.Reply, done job.Done) (spoke bool, err error) {
	if err := done(ctx); err != nil {
		return false, err // another node has taken the turn over
	}
	c, err := t.Threads.Conversation(ctx, turn.Conversation.ID)
	if err != nil {
		return false, err
	}
	if c.Handler == conversation.ByAgent && c.Status == conversation.Open {
		if err := t.speak(ctx, &c, turn, r); err != nil {
			return false, err
		}
		spoke = true
	}
	last := turn.Inputs[len(turn.Inputs)-1].Seq
	c.AnsweredSeq = max(c.AnsweredSeq, last)
	if err := t.Threads.PutConversation(ctx, c); err != nil {
		return false, err
	}
	if c.LastSeq > last { // something came in while we thought
		return spoke, t.Jobs.Enqueue(ctx, t.turnJob(c.ID))
	}
	return spoke, nil
}

func (t Turns) speak(ctx context.Context, c *conversation.Conversation, turn conversation.Turn, r conversation.Reply) error {
	for i := range r.Messages {
		r.Messages[i].TurnID, r.Messages[i].Author, r.Messages[i].AIGenerated = turn.ID, conversation.Agent, true
	}
	if _, err := t.append(ctx, c.ID, r.Messages...); err != nil {
		return err
	}
	for _, u := range r.Cards {
		u.Chosen = chosen(turn.Inputs, u)
		if err := t.setCard(ctx, c.ID, u); err != nil && !errs.Is(err, errs.NotFound) {
			return err
		}
	}
	if err := t.remember(ctx, c.ID, turn, r); err != nil {
		return err
	}
	applyFacts(c, r.Facts)
	if r.Handoff != nil {
		if err := t.askPerson(ctx, c, *r.Handoff); err != nil {
			return err
		}
	}
	if r.Close {
		return t.move(ctx, c, conversation.Close, "agent")
	}
	return nil
}

// chosen is the press that closed a card, without its "choose:"; empty when something else closed it.
func chosen(inputs []conversation.Message, u conversation.CardUpdate) string {
	if u.Status != "done" {
		return ""
	}
	for _, m := range inputs {
		if m.Press != nil && m.Press.CardID == u.CardID && m.Press.Action != "human" {
			return strings.TrimPrefix(m.Press.Action, "choose:")
		}
	}
	return ""
}

func (t Turns) remember(ctx context.Context, cid id.Conversation, turn conversation.Turn, r conversation.Reply) error {
	if r.State != nil {
		if err := t.Memory.PutState(ctx, cid, r.State); err != nil {
			return err
		}
	}
	if r.Decision == nil {
		return nil
	}
	return t.Decisions.PutDecision(ctx, cid, conversation.Decision{TurnID: turn.ID, SeqFrom: turn.Inputs[0].Seq, SeqTo: turn.Inputs[len(turn.Inputs)-1].Seq, AtMS: turn.At.UnixMilli(), Data: r.Decision})
}

func applyFacts(c *conversation.Conversation, f conversation.TurnFacts) {
	set := func(to *string, v string) {
		if v != "" {
			*to = v
		}
	}
	if f.Language != "" {
		c.Language = f.Language
	}
	set(&c.Category, f.Category)
	set(&c.Intent, f.Intent)
	if f.Emotion != "" {
		c.Emotion, c.Intensity = f.Emotion, f.Intensity
	}
	c.Priority = max(c.Priority, f.Priority)
}

// sorry is what a customer hears when the agent cannot answer at all.
func sorry(turn conversation.Turn, cause error) conversation.Reply {
	text := id.Text{ZH: "抱歉，我这边出了点问题，没能处理您的消息，马上请人工客服来帮您。", EN: "Sorry, something went wrong on my side and I could not deal with your message. I am calling a person to help you."}
	why, _ := json.Marshal(map[string]any{"turn_id": turn.ID, "why": []id.Text{{ZH: "智能客服出错，已转人工", EN: "The agent failed; a person was asked for"}}, "error": errs.CodeOf(cause)})
	return conversation.Reply{
		Messages: []conversation.Message{{Kind: conversation.Text, Text: text.In(turn.Conversation.Language)}},
		Decision: why,
		Handoff:  &conversation.Handoff{Reason: "agent_failed", Summary: "The agent failed on this turn / 智能客服处理失败"},
	}
}
