package learning

import (
	"context"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/event"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

// SignalFilter narrows signals; zero fields do not. Newest come first.
type SignalFilter struct {
	Gap       string
	Article   id.Article
	Kind      Kind
	Ungrouped bool // those that belong to a gap and have none yet; oldest first
	Since     time.Time
	Limit     int
}

// Signals keeps signals.
type Signals interface {
	// PutSignals writes them by id; a gap already given stays.
	PutSignals(ctx context.Context, list ...Signal) error
	Signals(ctx context.Context, f SignalFilter) ([]Signal, error)
	// AssignSignals gives signals to a gap.
	AssignSignals(ctx context.Context, gap string, ids ...string) error
}

// FlowCount is how often a flow was begun, or left at a step.
type FlowCount struct {
	Flow, Step            string
	Runs, Dropped, People int
	First, Last           time.Time
}

// FlowCounts counts the runs of flows since a time, by flow and by the step at which they stood last.
type FlowCounts interface {
	FlowCounts(ctx context.Context, since time.Time) ([]FlowCount, error)
}

// GapFilter narrows gaps; zero fields do not. The largest impact comes first.
type GapFilter struct {
	State GapState
	Kind  GapKind
	Limit int
}

// Gaps keeps gaps.
type Gaps interface {
	PutGap(ctx context.Context, g Gap) error
	Gap(ctx context.Context, gid string) (Gap, error) // NotFound without one
	Gaps(ctx context.Context, f GapFilter) ([]Gap, error)
}

// Dropper removes gaps that were joined with another.
type Dropper interface {
	DropGap(ctx context.Context, gid string) error
}

// DraftFilter narrows drafts; zero fields do not. The newest change comes first.
type DraftFilter struct {
	Gap   string
	State DraftState
	Limit int
}

// Drafts keeps drafts.
type Drafts interface {
	// PutDraft writes one; was is the version the caller saw, 0 for a new one. A Conflict when it has moved on.
	PutDraft(ctx context.Context, d Draft, was int) error
	Draft(ctx context.Context, did string) (Draft, error) // NotFound without one
	Drafts(ctx context.Context, f DraftFilter) ([]Draft, error)
}

// Past reads what was said before.
type Past interface {
	// ConversationsChanged gives conversations changed from a moment on, oldest change first, after the one named.
	ConversationsChanged(ctx context.Context, from time.Time, after id.Conversation, limit int) ([]conversation.Conversation, error)
	// CameBack tells whether the customer had another conversation about the same intent in the seven days before this one.
	CameBack(ctx context.Context, c conversation.Conversation) (bool, error)
	// AnsweredLately gives the newest decision records of turns that knowledge answered.
	AnsweredLately(ctx context.Context, limit int) ([]conversation.Decision, error)
}

// Talk reads one conversation.
type Talk interface {
	After(ctx context.Context, cid id.Conversation, seq int64, limit int) ([]conversation.Message, error)
	Decisions(ctx context.Context, cid id.Conversation, limit int) ([]conversation.Decision, error)
}

// Marks keeps small values; the collector's place is one.
type Marks interface {
	Setting(ctx context.Context, key string) (string, error) // NotFound without one
	PutSetting(ctx context.Context, key, value string) error
}

// Transactor runs a function in one durable transaction.
type Transactor interface {
	InTx(ctx context.Context, fn func(context.Context) error) error
}

// Library tries knowledge and looks for clashes.
type Library interface {
	Trial(ctx context.Context, with ...knowledge.Article) *knowledge.Trial
	Clashes(ctx context.Context, a knowledge.Article) ([]knowledge.Finding, error)
	Search(ctx context.Context, query string, sc knowledge.Scope, limit int) ([]knowledge.Hit, error)
}

// Shelf reads articles.
type Shelf interface {
	Article(ctx context.Context, aid id.Article) (knowledge.Article, error)
	Articles(ctx context.Context, f knowledge.Filter) ([]knowledge.Article, error)
}

// Editor publishes and withdraws.
type Editor interface {
	Import(ctx context.Context, n knowledge.NewArticle, publish bool, by string) (knowledge.Article, knowledge.Outcome, error)
	Withdraw(ctx context.Context, aid id.Article, was int, by, note string) (knowledge.Article, error)
}

// Case is one question of a suite: Keys are the articles that answer it, none when nothing does.
type Case struct {
	Text string
	Lang id.Lang
	Keys []string
}

// Settings bound the loop; zero fields get the default.
type Settings struct {
	HoldOut  int           // percent of conversations without a new article while it is watched
	HarmMax  float64       // an article whose share of harm is surely above this is withdrawn
	HarmMin  int           // answers before that is judged
	KeepFrom int           // answers after which it is kept, the hold-out ended
	KeepAge  time.Duration // and how long it must have been live
	Window   time.Duration // how far back signals are grouped and flows counted
}

// Defaults are the settings of a shop that sets none.
var Defaults = Settings{HoldOut: 10, HarmMax: 0.3, HarmMin: 8, KeepFrom: 30, KeepAge: 14 * 24 * time.Hour, Window: 90 * 24 * time.Hour}

// Deps is what the verb works with. Suite may be empty: the articles' own questions are always asked.
type Deps struct {
	Tx       Transactor
	Signals  Signals
	Flows    FlowCounts
	Gaps     Gaps
	Dropper  Dropper
	Drafts   Drafts
	Past     Past
	Talk     Talk
	Marks    Marks
	Library  Library
	Shelf    Shelf
	Editor   Editor
	Events   event.Appender
	Suite    []Case
	Settings Settings
	NewID    func(prefix string) string
	Now      func() time.Time
}

// Service is the learning loop of one shop.
type Service struct{ d Deps }

// New makes a Service.
func New(d Deps) *Service {
	if d.Settings == (Settings{}) {
		d.Settings = Defaults
	}
	return &Service{d}
}
