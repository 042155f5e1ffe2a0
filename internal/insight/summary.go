package insight

import (
	"context"
	"slices"
	"sort"
	"strconv"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// MaxRange bounds one summary.
const MaxRange = 400 * 24 * time.Hour

// DurableAfter is how long a customer must not come back for an answer to count as durable.
const DurableAfter = 7 * 24 * time.Hour

// Fact is one conversation as the figures see it.
type Fact struct {
	CustomerID string
	BeganAt    time.Time
	Channel    string
	Category   string
	Intent     string
	Emotion    string
	Rating     int
	Customer   int // messages by each side
	Agent      int
	Staff      int
	HandedOff  bool          // a person was asked for
	FirstReply time.Duration // from the first message to the first answer; 0 when there is none
	Waited     time.Duration // from asking for a person to the person's first words; 0 when there is none
}

// TicketFigures count tickets opened in the range.
type TicketFigures struct {
	Opened   int
	Breached int
}

// Store reads the facts.
type Store interface {
	// Facts gives every conversation begun in [from, to) in which the customer spoke, oldest first.
	Facts(ctx context.Context, from, to time.Time) ([]Fact, error)
	TicketFigures(ctx context.Context, from, to time.Time) (TicketFigures, error)
}

// Totals are the figures of the whole range.
type Totals struct {
	Conversations   int     `json:"conversations"`
	Messages        int     `json:"messages"`
	Answered        int     `json:"answered" doc:"Conversations the agent or a person answered"`
	Automated       int     `json:"automated" doc:"Answered by the agent alone"`
	AutomationRate  float64 `json:"automation_rate" doc:"automated / conversations"`
	Durable         int     `json:"durable" doc:"Automated, and the customer did not come back about the same intent within 7 days"`
	DurableRate     float64 `json:"durable_rate" doc:"durable / conversations"`
	Recontacts      int     `json:"recontacts" doc:"Conversations followed by another one of the same customer and intent within 7 days"`
	Handoffs        int     `json:"handoffs"`
	WaitingP50      int64   `json:"waiting_p50_ms"`
	WaitingP90      int64   `json:"waiting_p90_ms"`
	FirstReplyP50   int64   `json:"first_reply_p50_ms"`
	RatingCount     int     `json:"rating_count"`
	RatingMean      float64 `json:"rating_mean"`
	TicketsOpened   int     `json:"tickets_opened"`
	TicketsBreached int     `json:"tickets_breached"`
}

// Day is one day's figures.
type Day struct {
	Day           string `json:"day" doc:"In the shop's time zone, 2026-01-31"`
	Conversations int    `json:"conversations"`
	Automated     int    `json:"automated"`
	Handoffs      int    `json:"handoffs"`
}

// Count is a group's size.
type Count struct {
	Key string `json:"key"`
	N   int    `json:"n"`
}

// Summary is the overview of a range.
type Summary struct {
	From       time.Time `json:"from"`
	To         time.Time `json:"to"`
	Totals     Totals    `json:"totals"`
	ByDay      []Day     `json:"by_day"`
	ByCategory []Count   `json:"by_category"`
	ByEmotion  []Count   `json:"by_emotion"`
	ByIntent   []Count   `json:"by_intent"`
	ByChannel  []Count   `json:"by_channel"`
	ByRating   []Count   `json:"by_rating"`
}

// Service makes summaries.
type Service struct {
	store Store
	zone  *time.Location
}

// New makes a Service; days are the zone's.
func New(s Store, zone *time.Location) *Service { return &Service{s, zone} }

// Summary counts everything begun in [from, to).
func (s *Service) Summary(ctx context.Context, from, to time.Time) (Summary, error) {
	if !to.After(from) || to.Sub(from) > MaxRange {
		return Summary{}, errs.New(errs.Invalid, "range_invalid", "The range must end after it begins and span at most 400 days.").With("query.to", "after from, at most 400 days later")
	}
	facts, err := s.store.Facts(ctx, from, to.Add(DurableAfter)) // later ones only tell who came back
	if err != nil {
		return Summary{}, err
	}
	tickets, err := s.store.TicketFigures(ctx, from, to)
	if err != nil {
		return Summary{}, err
	}
	sum := count(facts, from, to, s.zone)
	sum.Totals.TicketsOpened, sum.Totals.TicketsBreached = tickets.Opened, tickets.Breached
	return sum, nil
}

// Automated tells whether the agent alone answered.
func (f Fact) Automated() bool { return f.Agent > 0 && f.Staff == 0 && !f.HandedOff }

func count(facts []Fact, from, to time.Time, zone *time.Location) Summary {
	sum := Summary{From: from.UTC(), To: to.UTC(), ByDay: days(from, to, zone)}
	place := map[string]int{}
	for i, d := range sum.ByDay {
		place[d.Day] = i
	}
	back := comebacks(facts)
	g := groups{}
	var waits, firsts []time.Duration
	for i, f := range facts {
		if !f.BeganAt.Before(to) {
			break
		}
		sum.Totals.add(f, back[i])
		g.add(f)
		if n, ok := place[f.BeganAt.In(zone).Format(time.DateOnly)]; ok {
			sum.ByDay[n].add(f)
		}
		waits, firsts = some(waits, f.Waited), some(firsts, f.FirstReply)
	}
	sum.Totals.finish(waits, firsts)
	sum.ByCategory, sum.ByEmotion, sum.ByIntent, sum.ByChannel, sum.ByRating = g.of("category"), g.of("emotion"), g.of("intent"), g.of("channel"), g.of("rating")
	return sum
}

func some(ds []time.Duration, d time.Duration) []time.Duration {
	if d > 0 {
		return append(ds, d)
	}
	return ds
}

// comebacks tells, per fact, whether the same customer came back about the same intent soon after.
func comebacks(facts []Fact) []bool {
	next := map[[2]string]time.Time{}
	out := make([]bool, len(facts))
	for i := len(facts) - 1; i >= 0; i-- {
		f := facts[i]
		key := [2]string{f.CustomerID, f.Intent}
		at, ok := next[key]
		out[i] = ok && at.Sub(f.BeganAt) <= DurableAfter
		next[key] = f.BeganAt
	}
	return out
}

func (t *Totals) add(f Fact, cameBack bool) {
	t.Conversations++
	t.Messages += f.Customer + f.Agent + f.Staff
	inc(&t.Answered, f.Agent+f.Staff > 0)
	inc(&t.Automated, f.Automated())
	inc(&t.Durable, f.Automated() && !cameBack)
	inc(&t.Recontacts, cameBack)
	inc(&t.Handoffs, f.HandedOff)
	if f.Rating > 0 {
		t.RatingMean = (t.RatingMean*float64(t.RatingCount) + float64(f.Rating)) / float64(t.RatingCount+1)
		t.RatingCount++
	}
}

func (t *Totals) finish(waits, firsts []time.Duration) {
	if t.Conversations > 0 {
		t.AutomationRate = float64(t.Automated) / float64(t.Conversations)
		t.DurableRate = float64(t.Durable) / float64(t.Conversations)
	}
	t.WaitingP50, t.WaitingP90, t.FirstReplyP50 = percentile(waits, 50), percentile(waits, 90), percentile(firsts, 50)
}

func (d *Day) add(f Fact) {
	d.Conversations++
	inc(&d.Automated, f.Automated())
	inc(&d.Handoffs, f.HandedOff)
}

func inc(n *int, yes bool) {
	if yes {
		*n++
	}
}

// percentile is the nearest-rank percentile in milliseconds, 0 of nothing.
func percentile(ds []time.Duration, p int) int64 {
	if len(ds) == 0 {
		return 0
	}
	slices.Sort(ds)
	rank := (p*len(ds) + 99) / 100
	return ds[max(rank, 1)-1].Milliseconds()
}

// days lists every day the range touches, also those without conversations.
func days(from, to time.Time, zone *time.Location) []Day {
	out := []Day{}
	y, m, d := from.In(zone).Date()
	for at := time.Date(y, m, d, 0, 0, 0, 0, zone); at.Before(to); at = at.AddDate(0, 0, 1) {
		out = append(out, Day{Day: at.Format(time.DateOnly)})
	}
	return out
}

// groups count by dimension and value.
type groups map[string]map[string]int

func (g groups) add(f Fact) {
	values := map[string]string{"category": f.Category, "emotion": f.Emotion, "intent": f.Intent, "channel": f.Channel}
	if f.Rating > 0 {
		values["rating"] = strconv.Itoa(f.Rating)
	}
	for dim, v := range values {
		if v == "" {
			continue
		}
		if g[dim] == nil {
			g[dim] = map[string]int{}
		}
		g[dim][v]++
	}
}

// of lists a dimension, largest group first.
func (g groups) of(dim string) []Count {
	out := []Count{}
	for k, n := range g[dim] {
		out = append(out, Count{k, n})
	}
	sort.Slice(out, func(i, j int) bool {
		if out[i].N != out[j].N {
			return out[i].N > out[j].N
		}
		return out[i].Key < out[j].Key
	})
	return out
}
