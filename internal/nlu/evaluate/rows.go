package evaluate

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// Row is one labelled text.
type Row struct{ Text, Label string }

// Fields tell how rows are written. The zero value reads {"text","label"} and takes every split.
type Fields struct {
	Text, Label string // names; empty: text, and the first of label, intent, labels that the first row has
	Split       string // take only rows whose split is this
}

// maxLine bounds one row.
const maxLine = 4 << 20

// labelNames are tried in this order when no name is given.
var labelNames = []string{"label", "intent", "labels"}

// Read reads rows as JSON lines. A label may be a text, a number or a list; rows whose list has not exactly one label are
// skipped and counted.
func Read(r io.Reader, f Fields) (rows []Row, skipped int, err error) {
	if f.Text == "" {
		f.Text = "text"
	}
	sc := bufio.NewScanner(r)
	sc.Buffer(make([]byte, 1<<16), maxLine)
	line := 0
	for sc.Scan() {
		line++
		raw := strings.TrimSpace(strings.TrimPrefix(sc.Text(), "\ufeff"))
		if raw == "" {
			continue
		}
		row, use, err := f.row(raw, line)
		if err != nil {
			return nil, 0, err
		}
		switch {
		case row.Label != "":
			rows = append(rows, row)
		case use:
			skipped++
		}
	}
	if sc.Err() != nil {
		return nil, 0, bad(line+1, "cannot be read (%v); a row must be one line of at most 4 MB", sc.Err())
	}
	if len(rows) == 0 {
		return nil, 0, errs.New(errs.Invalid, "no_rows", "no labelled rows%s; the form is one {\"text\":...,\"label\":...} a line", f.ofSplit())
	}
	return rows, skipped, nil
}

func (f *Fields) ofSplit() string {
	if f.Split == "" {
		return ""
	}
	return " with split \"" + f.Split + "\""
}

func bad(line int, format string, args ...any) error {
	return errs.New(errs.Invalid, "bad_row", "line %d: "+format, append([]any{line}, args...)...)
}

// row reads one line; use tells whether the split wants it.
func (f *Fields) row(raw string, line int) (row Row, use bool, err error) {
	var m map[string]json.RawMessage
	if err := json.Unmarshal([]byte(raw), &m); err != nil {
		return row, false, bad(line, "is no JSON object (%v); write {\"text\":...,\"label\":...}", err)
	}
	if f.Split != "" && word(m["split"]) != f.Split {
		return row, false, nil
	}
	if err := json.Unmarshal(m[f.Text], &row.Text); err != nil || strings.TrimSpace(row.Text) == "" {
		return row, false, bad(line, "has no text in field %q; add it or name the field with --text-field", f.Text)
	}
	if !utf8.ValidString(row.Text) {
		return row, false, bad(line, "is not UTF-8; convert the file")
	}
	if f.Label == "" {
		f.detect(m)
	}
	label, ok := m[f.Label]
	if !ok || f.Label == "" {
		return row, false, bad(line, "has no label; add \"label\" or name the field with --label-field")
	}
	row.Label, err = one(label, line)
	return row, true, err
}

// detect settles the label's field on the first row.
func (f *Fields) detect(m map[string]json.RawMessage) {
	for _, n := range labelNames {
		if _, ok := m[n]; ok {
			f.Label = n
			return
		}
	}
}

// one is the single label of a value, "" when a list has none or several.
func one(v json.RawMessage, line int) (string, error) {
	var list []json.RawMessage
	if json.Unmarshal(v, &list) == nil && list != nil {
		if len(list) != 1 {
			return "", nil
		}
		v = list[0]
	}
	if w := word(v); w != "" {
		return w, nil
	}
	return "", bad(line, "has a label that is no text or number: %.40s", v)
}

// word is a JSON text or number or truth as text; "" for anything else.
func word(v json.RawMessage) string {
	var s string
	if json.Unmarshal(v, &s) == nil {
		return s
	}
	t := strings.TrimSpace(string(v))
	if t == "" || t == "null" || t[0] == '{' || t[0] == '[' {
		return ""
	}
	return t
}
