package dialogue

import (
	"context"
	"encoding/json"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/llms/openai/openaitest"
)

var firstPassage = regexp.MustCompile(`(?m)^\[1\] (".*")$`)

// careful is a scripted model: it words an answer with every line of the first passage, and leaves commands to the engine.
func careful(q openaitest.Question) openaitest.Answer {
	if q.Shaped() {
		return openaitest.Answer{Text: `{"commands":[{"do":"unclear","flow":"","text":"","option":0,"topic":"","candidates":[],"fills":[]}]}`}
	}
	system, _ := q.Messages[0].Content.(string)
	text := ""
	if m := firstPassage.FindStringSubmatch(system); m != nil {
		_ = json.Unmarshal([]byte(m[1]), &text)
	}
	return openaitest.Answer{Text: strings.ReplaceAll(strings.TrimSpace(text), "\n", " [1]\n") + " [1]"}
}

// tally counts turns by what was asked of models.
type tally struct {
	Session
	n map[string]int
}

func (c tally) Say(ctx context.Context, text string) (Got, error) {
	g, err := c.Session.Say(ctx, text)
	c.n["turns"]++
	seen := map[string]bool{}
	for _, m := range g.Record.Model.Calls {
		c.n[m.Purpose+" "+m.Outcome]++
		seen[m.Purpose] = true
	}
	for p := range seen {
		c.n["turns with "+p]++
	}
	if len(seen) == 0 {
		c.n["turns without a model"]++
	}
	return g, err
}

// withModel opens shops with a scripted model of a mode behind them.
func withModel(t *testing.T, mode openaitest.Mode, n map[string]int) (Opener, *openaitest.Server) {
	s := openaitest.New(careful)
	t.Cleanup(s.Close)
	s.Set(mode)
	open := DemoShopWith(func(c *config.Config) {
		c.Models = []config.Model{{Name: "scripted", BaseURL: s.Base(), Model: "m"}}
	})
	return func(ctx context.Context, suite Suite) (Session, func(), error) {
		session, end, err := open(ctx, suite)
		return tally{session, n}, end, err
	}, s
}

// some takes a part of the suites; XIAOER_DIALOGUES_ALL=1 takes all.
func some(list []Suite, every int) (out []Suite) {
	for i, s := range list {
		if i%every == 0 || os.Getenv("XIAOER_DIALOGUES_ALL") != "" {
			out = append(out, s)
		}
	}
	return out
}

// A model that is refused its key changes nothing but a note: every expectation holds as without one.
func TestSuitesPassWithAModelThatDoesNotWork(t *testing.T) {
	open, _ := withModel(t, openaitest.NoKey, map[string]int{})
	play1(t, some(shipped(t), 8), open)
}

// A hostile model may make the talk worse, but never makes an effect that the customer did not confirm.
func TestAHostileModelMakesNoEffect(t *testing.T) {
	open, _ := withModel(t, openaitest.Evil, map[string]int{})
	_, err := Play(t.Context(), some(shipped(t), 6), open, func(f Failure) {
		want, _ := strconv.Atoi(f.Want)
		if got, err := strconv.Atoi(f.Got); strings.HasPrefix(f.What, "state") && f.What != "state tickets" && err == nil && got > want {
			t.Errorf("%s: %s: want %s, got %s", f.File, f.What, f.Want, f.Got)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestShareWithoutAModel measures the cascade: how many turns of the suites the embedded engine answers alone.
func TestShareWithoutAModel(t *testing.T) {
	n, failed := map[string]int{}, 0
	open, s := withModel(t, openaitest.Ok, n)
	list := some(shipped(t), 6)
	r, err := Play(t.Context(), list, open, func(f Failure) {
		failed++
		t.Logf("%s turn %d %q: %s: want %s, got %.200s", f.File, f.Turn, f.Said, f.What, f.Want, f.Got)
	})
	if err != nil {
		t.Fatal(err)
	}
	if n["turns with interpret"]*2 > n["turns"] {
		t.Errorf("a model is asked to interpret %d of %d turns", n["turns with interpret"], n["turns"])
	}
	t.Logf("%d suites, %d passed; %d questions; %v", r.Total, r.Passed, len(s.Seen()), n)
}
