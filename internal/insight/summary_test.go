package insight_test

import (
	"context"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/insight"
)

type facts []insight.Fact

func (f facts) Facts(_ context.Context, from, to time.Time) (out []insight.Fact, err error) {
	for _, x := range f {
		if !x.BeganAt.Before(from) && x.BeganAt.Before(to) {
			out = append(out, x)
		}
	}
	return out, nil
}

func (facts) TicketFigures(context.Context, time.Time, time.Time) (insight.TicketFigures, error) {
	return insight.TicketFigures{Opened: 3, Breached: 1}, nil
}

var (
	shanghai = time.FixedZone("CST", 8*3600)
	monday   = time.Date(2026, 3, 2, 0, 0, 0, 0, shanghai)
)

func at(day, hour int) time.Time {
	return monday.AddDate(0, 0, day).Add(time.Duration(hour) * time.Hour)
}

func sample() facts {
	return facts{
		{CustomerID: "a", BeganAt: at(0, 9), Channel: "webchat", Category: "consultation", Intent: "ask_price", Customer: 2, Agent: 2, FirstReply: time.Second, Rating: 5},
		{CustomerID: "b", BeganAt: at(0, 23), Channel: "webchat", Category: "complaint", Intent: "return", Emotion: "anger", Customer: 3, Agent: 1, Staff: 2, HandedOff: true, FirstReply: 3 * time.Second, Waited: 40 * time.Second, Rating: 2},
		{CustomerID: "a", BeganAt: at(1, 9), Channel: "email", Category: "consultation", Intent: "ask_price", Customer: 1, Agent: 1, FirstReply: 2 * time.Second},
		{CustomerID: "c", BeganAt: at(1, 10), Channel: "webchat", Intent: "return", Customer: 1},
		{CustomerID: "a", BeganAt: at(8, 9), Channel: "webchat", Intent: "ask_price", Customer: 1, Agent: 1},
	}
}

func TestSummaryCountsTheRange(t *testing.T) {
	s := insight.New(sample(), shanghai)
	sum, err := s.Summary(t.Context(), at(0, 0), at(2, 0))
	if err != nil {
		t.Fatal(err)
	}
	x := sum.Totals
	if x.Conversations != 4 || x.Messages != 13 || x.Answered != 3 || x.Automated != 2 || x.Handoffs != 1 || x.AutomationRate != 0.5 {
		t.Errorf("totals %+v", x)
	}
	// a came back within a day about the same thing; the second time held for exactly seven days.
	if x.Recontacts != 2 || x.Durable != 0 {
		t.Errorf("recontacts %d durable %d", x.Recontacts, x.Durable)
	}
	if x.FirstReplyP50 != 2000 || x.WaitingP50 != 40000 || x.WaitingP90 != 40000 || x.RatingCount != 2 || x.RatingMean != 3.5 || x.TicketsOpened != 3 || x.TicketsBreached != 1 {
		t.Errorf("totals %+v", x)
	}
	if len(sum.ByDay) != 2 || sum.ByDay[0].Day != "2026-03-02" || sum.ByDay[0].Conversations != 2 || sum.ByDay[0].Automated != 1 || sum.ByDay[0].Handoffs != 1 || sum.ByDay[1].Conversations != 2 {
		t.Errorf("days %+v", sum.ByDay)
	}
	if len(sum.ByChannel) != 2 || sum.ByChannel[0] != (insight.Count{Key: "webchat", N: 3}) || sum.ByIntent[0].N != 2 || sum.ByRating[0] != (insight.Count{Key: "2", N: 1}) || len(sum.ByEmotion) != 1 {
		t.Errorf("groups %+v %+v %+v", sum.ByChannel, sum.ByIntent, sum.ByRating)
	}
}

func TestDurableMeansNobodyCameBack(t *testing.T) {
	f := sample()[:1]
	later := f[0]
	later.BeganAt = f[0].BeganAt.Add(insight.DurableAfter + time.Second)
	s := insight.New(append(f, later), shanghai)
	sum, err := s.Summary(t.Context(), at(0, 0), at(1, 0))
	if err != nil || sum.Totals.Durable != 1 || sum.Totals.DurableRate != 1 || sum.Totals.Recontacts != 0 {
		t.Errorf("%+v %v", sum.Totals, err)
	}
}

func TestAnEmptyRangeHasItsDaysAndNoDivision(t *testing.T) {
	sum, err := insight.New(facts{}, shanghai).Summary(t.Context(), at(0, 5), at(3, 1))
	if err != nil || len(sum.ByDay) != 4 || sum.Totals.AutomationRate != 0 || sum.ByIntent == nil {
		t.Errorf("%+v %v", sum, err)
	}
}

func TestRanges(t *testing.T) {
	s := insight.New(facts{}, shanghai)
	for name, r := range map[string][2]time.Time{"backwards": {at(1, 0), at(0, 0)}, "empty": {at(0, 0), at(0, 0)}, "endless": {at(0, 0), at(401, 0)}} {
		if _, err := s.Summary(t.Context(), r[0], r[1]); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAutomatedIsTheAgentAlone(t *testing.T) {
	for want, fs := range map[bool][]insight.Fact{true: {{Agent: 1}}, false: {{}, {Staff: 1}, {Agent: 1, Staff: 1}, {Agent: 1, HandedOff: true}}} {
		for _, f := range fs {
			if f.Automated() != want {
				t.Errorf("%+v: %v", f, !want)
			}
		}
	}
}
