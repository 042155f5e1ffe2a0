package learning

import (
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

// Kind is what a signal tells.
type Kind string

// The kinds of signals.
const (
	NoAnswer      Kind = "no_answer"      // knowledge had no answer
	LowConfidence Kind = "low_confidence" // it answered, and was not sure
	Unhelpful     Kind = "unhelpful"      // the customer rated it badly
	HandedOff     Kind = "handed_off"     // a person was asked for right after the question
	Recontact     Kind = "recontact"      // the customer came back about the same thing within seven days
	StaffAnswer   Kind = "staff_answer"   // a member of staff answered what the agent could not
	Cited         Kind = "cited"          // an answer from knowledge; Harmed when the customer was worse off after it
	FlowRun       Kind = "flow_run"       // a process was begun; Harmed when the customer dropped out at Step
)

// pains weigh what a signal costs the customer; a signal that only counts weighs nothing.
var pains = map[Kind]float64{NoAnswer: 2, LowConfidence: 1, Unhelpful: 3, HandedOff: 3, Recontact: 2, StaffAnswer: 2}

// Signal is one thing that went less well than it could, or that is counted to compare with. Texts carry no personal data.
type Signal struct {
	ID           string          `json:"id"` // conversation, message and kind: reading again gives the same
	Kind         Kind            `json:"kind"`
	Conversation id.Conversation `json:"conversation_id"`
	Customer     id.Customer     `json:"customer_id"`
	Seq          int64           `json:"seq"`
	Lang         id.Lang         `json:"language"`
	Text         string          `json:"text"`
	Intent       string          `json:"intent,omitempty"`
	Flow         string          `json:"flow,omitempty"`
	Step         string          `json:"step,omitempty"`
	Answer       string          `json:"answer,omitempty" doc:"What staff said to it"`
	Article      id.Article      `json:"article_id,omitempty"`
	Harmed       bool            `json:"harmed,omitempty"`
	Gap          string          `json:"gap_id,omitempty"`
	At           time.Time       `json:"at"`
}

// GapKind tells what a gap is about.
type GapKind string

// The kinds of gaps.
const (
	OfKnowledge GapKind = "knowledge"
	OfFlow      GapKind = "flow"
)

// GapState is where a gap stands.
type GapState string

// The states of a gap.
const (
	GapOpen    GapState = "open"
	GapDrafted GapState = "drafted"
	GapClosed  GapState = "closed"
)

// Gap is a question knowledge could not answer, or a step at which customers drop out, with all who met it.
type Gap struct {
	ID        string     `json:"id"`
	Kind      GapKind    `json:"kind" enum:"knowledge,flow"`
	Lang      id.Lang    `json:"language,omitempty"`
	Title     string     `json:"title"`
	State     GapState   `json:"state" enum:"open,drafted,closed"`
	People    int        `json:"people" doc:"Different customers"`
	Signals   int        `json:"signals"`
	Answers   int        `json:"answers" doc:"How often staff answered it"`
	Pain      float64    `json:"pain" doc:"Mean weight of the signals"`
	Impact    float64    `json:"impact" doc:"people x pain"`
	Phrasings []string   `json:"phrasings" doc:"The ways it was asked"`
	Flow      string     `json:"flow,omitempty"`
	Step      string     `json:"step,omitempty"`
	Share     float64    `json:"share,omitempty" doc:"Of those who began the flow, how many left at this step"`
	Article   id.Article `json:"article_id,omitempty" doc:"The article that closed it"`
	FirstAt   time.Time  `json:"first_at"`
	LastAt    time.Time  `json:"last_at"`
}

// DraftKind tells what a draft changes.
type DraftKind string

// The kinds of drafts.
const (
	NewArticle DraftKind = "article" // an article of its own
	Phrases    DraftKind = "phrases" // more ways to ask for an article that is there
	FlowChange DraftKind = "flow"    // a proposal about a step of a flow
)

// DraftState is where a draft stands; doc.go draws the moves.
type DraftState string

// The states of a draft.
const (
	Drafted    DraftState = "draft"
	Proved     DraftState = "proved"
	Failed     DraftState = "failed"
	Rejected   DraftState = "rejected"
	Accepted   DraftState = "accepted"
	Published  DraftState = "published"
	Kept       DraftState = "kept"
	RolledBack DraftState = "rolled_back"
)

// Draft is a change somebody may accept.
type Draft struct {
	ID        string            `json:"id"`
	Gap       string            `json:"gap_id"`
	Kind      DraftKind         `json:"kind" enum:"article,phrases,flow"`
	State     DraftState        `json:"state" enum:"draft,proved,failed,rejected,accepted,published,kept,rolled_back"`
	Lang      id.Lang           `json:"language,omitempty"`
	Content   knowledge.Content `json:"content"`
	Proposal  *Proposal         `json:"proposal,omitempty"`
	Notes     []string          `json:"notes,omitempty" doc:"What a person must settle before it can be proved"`
	Had       []string          `json:"had,omitempty" doc:"For phrases: the questions the article had before"`
	Article   id.Article        `json:"article_id,omitempty"`
	Proof     *Proof            `json:"proof,omitempty"`
	Watch     *Watch            `json:"watch,omitempty"`
	Author    string            `json:"author"`
	Reviewer  string            `json:"reviewer,omitempty"`
	Reason    string            `json:"reason,omitempty"`
	Version   int               `json:"version" doc:"Changes by one with every change"`
	CreatedAt time.Time         `json:"created_at"`
	UpdatedAt time.Time         `json:"updated_at"`
	LiveAt    time.Time         `json:"live_at,omitzero"`
}

// Proposal is a change to a flow: where customers drop out, how many, and what mending it would bring.
type Proposal struct {
	Flow    string  `json:"flow"`
	Step    string  `json:"step"`
	Runs    int     `json:"runs" doc:"How often the flow was begun"`
	Dropped int     `json:"dropped" doc:"How many left at this step"`
	Share   float64 `json:"share"`
	Gain    float64 `json:"gain" doc:"Expected further completions of a hundred runs, when half of those who leave here went on"`
	Text    id.Text `json:"text"`
}

// Proof is what the draft would change, asked of a copy of the index. Rates are right answers of all cases.
type Proof struct {
	At        time.Time `json:"at"`
	Passed    bool      `json:"passed"`
	Asked     int       `json:"asked" doc:"Ways the question was asked"`
	Before    int       `json:"before" doc:"Answered before, rightly or not"`
	After     int       `json:"after" doc:"Answered by the draft"`
	Unseen    float64   `json:"unseen" doc:"Share answered when the draft does not hold these very words"`
	Suite     int       `json:"suite" doc:"Cases of the suite and past questions"`
	RateFrom  float64   `json:"suite_before"`
	RateTo    float64   `json:"suite_after"`
	Newly     []Change  `json:"newly_answered"`
	Changed   []Change  `json:"changed"`
	Worse     []Change  `json:"worse"`
	Clashes   []Clash   `json:"clashes"`
	Objection []id.Text `json:"objections" doc:"Why it did not pass"`
}

// Change is one question whose answer is another with the draft.
type Change struct {
	Text   string `json:"text"`
	Source string `json:"source" doc:"gap, past, article or suite"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Clash is what hygiene finds between the draft and a live article.
type Clash struct {
	Kind    string     `json:"kind"`
	Article id.Article `json:"article_id"`
	Detail  string     `json:"detail"`
}

// Watch is how a published draft does. Shares of nothing are 0.
type Watch struct {
	At         time.Time `json:"at"`
	HoldOut    int       `json:"hold_out" doc:"Percent of conversations that do not get it"`
	Cited      int       `json:"cited" doc:"Answers from it"`
	Harmed     int       `json:"harmed" doc:"Of those: a person asked for next, or rated badly"`
	HarmFloor  float64   `json:"harm_floor" doc:"Lower bound of the share harmed (Wilson, 95 percent)"`
	Held       int       `json:"held" doc:"Conversations of the hold-out that asked the same"`
	HeldSolved int       `json:"held_solved"`
	Uplift     float64   `json:"uplift" doc:"Share solved by the agent with it, less that of the hold-out"`
}
