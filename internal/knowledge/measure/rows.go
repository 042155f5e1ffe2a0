package measure

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

// lineMax bounds one row.
const lineMax = 16 << 20

// Question is a question with the ids of the passages that answer it; none: it cannot be answered.
type Question struct {
	ID   string
	Text string
	IDs  []string
}

type passageRow struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	Question  string   `json:"question"` // of FAQ sets: the head
	Questions []string `json:"questions"`
	Text      string   `json:"text"`
	Answers   []string `json:"answers"` // of FAQ sets: the body
	Lang      string   `json:"lang"`
	Split     string   `json:"split"`
}

type questionRow struct {
	ID        string   `json:"id"`
	Text      string   `json:"text"`
	IDs       []string `json:"ids"`
	FaqID     string   `json:"faq_id"`
	PassageID string   `json:"passage_id"`
	Split     string   `json:"split"`
}

// ReadPassages reads knowledge rows: {"id","title"?,"text"}, or an FAQ's {"id","question","answers":[...]}. A split
// other than "" keeps only its rows.
func ReadPassages(r io.Reader, split string) (docs []index.Doc, err error) {
	seen := map[string]bool{}
	err = eachLine(r, func(n int, line []byte) error {
		var p passageRow
		if err := json.Unmarshal(line, &p); err != nil {
			return bad(n, err.Error(), `{"id":"...","title":"...","text":"..."}`)
		}
		title, text := p.Title, p.Text
		if title == "" {
			title = p.Question
		}
		if text == "" {
			text = strings.Join(p.Answers, "\n")
		}
		if p.ID == "" || text == "" && title == "" || seen[p.ID] {
			return bad(n, "an id that is new and a text are needed", `{"id":"...","title":"...","text":"..."}`)
		}
		if seen[p.ID] = true; split != "" && p.Split != split {
			return nil
		}
		docs = append(docs, index.Doc{ID: p.ID, Title: title, Questions: p.Questions, Text: text, Lang: p.Lang})
		return nil
	})
	return docs, err
}

// ReadQuestions reads question rows: {"text","ids":[...]}; "faq_id" or "passage_id" stand for one id.
// Questions without text cannot be asked: they are left out.
func ReadQuestions(r io.Reader, split string) (qs []Question, err error) {
	err = eachLine(r, func(n int, line []byte) error {
		var q questionRow
		if err := json.Unmarshal(line, &q); err != nil {
			return bad(n, err.Error(), `{"text":"...","ids":["..."]}`)
		}
		if strings.TrimSpace(q.Text) == "" || split != "" && q.Split != split {
			return nil
		}
		for _, id := range []string{q.FaqID, q.PassageID} {
			if id != "" {
				q.IDs = append(q.IDs, id)
			}
		}
		if q.ID == "" {
			q.ID = q.Text
		}
		qs = append(qs, Question{q.ID, q.Text, q.IDs})
		return nil
	})
	return qs, err
}

func eachLine(r io.Reader, f func(n int, line []byte) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 1<<16), lineMax)
	n := 0
	for s.Scan() {
		n++
		line := bytes.TrimSpace(bytes.TrimPrefix(s.Bytes(), []byte("\xef\xbb\xbf")))
		if len(line) == 0 {
			continue
		}
		if err := f(n, line); err != nil {
			return err
		}
	}
	if err := s.Err(); err != nil {
		return errs.Wrap(err, errs.Invalid, "unreadable_rows", "line %d cannot be read", n+1)
	}
	if n == 0 {
		return errs.New(errs.Invalid, "no_rows", "the file has no rows")
	}
	return nil
}

func bad(n int, what, want string) error {
	return errs.New(errs.Invalid, "bad_row", "line %d: %s; a row looks like %s", n, what, want)
}
