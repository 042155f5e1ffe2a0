package dialogue

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestZZ(t *testing.T) {
	if os.Getenv("ZZ") == "" {
		t.Skip()
	}
	s, end, err := DemoShop(t.Context(), Suite{Customer: os.Getenv("CUST"), Language: os.Getenv("LANG2")})
	if err != nil {
		t.Fatal(err)
	}
	defer end()
	for _, say := range strings.Split(os.Getenv("ZZ"), "|") {
		d := s.(*demo)
		var g Got
		if p, ok := strings.CutPrefix(say, "/"); ok {
			g, err = d.Press(t.Context(), p)
		} else {
			g, err = d.Say(t.Context(), say)
		}
		dec, _ := d.talk.Decision(t.Context())
		var m map[string]any
		json.Unmarshal(dec.Data, &m)
		u := m["understanding"].(map[string]any)
		b, _ := json.Marshal(m["commands"])
		seg, _ := json.Marshal(u["segments"])
		ent, _ := json.Marshal(u["entities"])
		tr, _ := json.Marshal(m["trail"])
		tl, _ := json.Marshal(m["tools"])
		fmt.Printf("== %s (err %v)\n  cat %v intent %v %.2v emo %v %.2v intents %v\n  seg %s\n  ent %s\n  cmds %s\n  trail %s\n  tools %s\n", say, err, u["category"], u["intent"], u["intent_p"], u["emotion"], u["intensity"], u["intents"], seg, ent, b, tr, tl)
		fmt.Println(strings.TrimSpace(g.words()))
	}
}
