package dialogue

import (
	"context"
	"fmt"
)

// Session is one conversation with a shop of its own.
type Session interface {
	Say(ctx context.Context, text string) (Got, error)
	Press(ctx context.Context, action string) (Got, error)
	// Counts are the numbers made since the session began.
	Counts(ctx context.Context) (map[string]int, error)
}

// Opener makes a fresh shop and a conversation in it, and says how to end both.
type Opener func(ctx context.Context, s Suite) (Session, func(), error)

// Result is how the suites went.
type Result struct {
	Total    int       `json:"total"`
	Passed   int       `json:"passed"`
	Failed   int       `json:"failed"`
	Failures []Failure `json:"-"`
}

// Play plays all suites, one after the other; each tells a failure as it happens.
func Play(ctx context.Context, suites []Suite, open Opener, tell func(Failure)) (Result, error) {
	var r Result
	for _, s := range suites {
		fs, err := play(ctx, s, open)
		if err != nil {
			return r, fmt.Errorf("%s: %w", s.File, err)
		}
		r.Total++
		if len(fs) == 0 {
			r.Passed++
		} else {
			r.Failed++
		}
		for _, f := range fs {
			r.Failures = append(r.Failures, f)
			tell(f)
		}
	}
	return r, nil
}

func play(ctx context.Context, s Suite, open Opener) (out []Failure, err error) {
	session, end, err := open(ctx, s)
	if err != nil {
		return nil, err
	}
	defer end()
	note := func(turn int, said string, fs []Failure) {
		for _, f := range fs {
			f.File, f.Name, f.Turn, f.Said = s.File, s.Name, turn, said
			out = append(out, f)
		}
	}
	for i, t := range s.Turns {
		said := t.Say + t.Press
		got, err := t.play(ctx, session)
		if err != nil {
			note(i+1, said, []Failure{{What: "turn", Want: "an answer", Got: err.Error()}})
			continue
		}
		note(i+1, said, t.Expect.judge(got))
	}
	counts, err := session.Counts(ctx)
	if err != nil {
		return out, err
	}
	for _, k := range []string{"effects", "returns", "exchanges", "refunds", "cancellations", "tickets"} {
		if want, ok := s.State[k]; ok && counts[k] != want {
			note(0, "", []Failure{{What: "state " + k, Want: fmt.Sprint(want), Got: fmt.Sprint(counts[k])}})
		}
	}
	return out, nil
}

func (t Turn) play(ctx context.Context, s Session) (Got, error) {
	if t.Press != "" {
		return s.Press(ctx, t.Press)
	}
	return s.Say(ctx, t.Say)
}
