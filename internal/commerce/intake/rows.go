package intake

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// The bounds of one file.
const (
	maxBytes   = 64 << 20
	maxRows    = 200_000
	maxDetails = 100
)

// row is one record by column names, and where it stands.
type row struct {
	at     string // "line 12" or "item 3"
	fields map[string]string
}

// report collects mistakes.
type report struct {
	err   *errs.Error
	count int
}

func newReport() *report {
	return &report{err: errs.New(errs.Invalid, "import_invalid", "The file has mistakes; nothing was imported. Mend them and import again.")}
}

func (r *report) add(at, column, format string, args ...any) {
	r.count++
	if column != "" {
		at += ", column " + column
	}
	if len(r.err.Details) < maxDetails {
		r.err.With(at, fmt.Sprintf(format, args...))
	}
}

func (r *report) result() error {
	if r.count == 0 {
		return nil
	}
	if r.count > maxDetails {
		r.err.With("file", fmt.Sprintf("and %d more mistakes", r.count-maxDetails))
	}
	return r.err
}

// readRows reads a file of either format; columns outside the list, and missing needed ones, are mistakes.
func readRows(format string, in io.Reader, columns, needed []string, rep *report) ([]row, error) {
	b, err := io.ReadAll(io.LimitReader(in, maxBytes+1))
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "import_unreadable", "The file could not be read to its end.")
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	switch {
	case len(b) > maxBytes:
		return nil, errs.New(errs.TooLarge, "import_too_large", "The file has more than %d MB; split it.", maxBytes>>20)
	case !utf8.Valid(b):
		return nil, errs.New(errs.Invalid, "import_encoding", "The file is not UTF-8; save it as UTF-8 and import again.")
	}
	var rows []row
	switch format {
	case "csv":
		rows, err = fromCSV(b, columns, needed, rep)
	case "json":
		rows, err = fromJSON(b, columns, rep)
	default:
		return nil, errs.New(errs.Invalid, "import_format", "The format %q is unknown; use csv or json.", format)
	}
	if err == nil && len(rows) > maxRows {
		err = errs.New(errs.TooLarge, "import_too_large", "The file has more than %d rows; split it.", maxRows)
	}
	for _, r := range rows {
		for _, c := range needed {
			if strings.TrimSpace(r.fields[c]) == "" {
				rep.add(r.at, c, "is empty, but needed")
			}
		}
	}
	return rows, err
}

func fromCSV(b []byte, columns, needed []string, rep *report) (rows []row, err error) {
	rd := csv.NewReader(bytes.NewReader(b))
	rd.FieldsPerRecord = -1
	head, err := rd.Read()
	if err != nil {
		return nil, errs.New(errs.Invalid, "import_empty", "The file has no header line.")
	}
	for i, c := range head {
		head[i] = strings.TrimSpace(c)
		if !slices.Contains(columns, head[i]) {
			rep.add("line 1", head[i], "is not one of %s", strings.Join(columns, ", "))
		}
	}
	for _, c := range needed {
		if !slices.Contains(head, c) {
			rep.add("line 1", c, "is missing")
		}
	}
	for {
		rec, err := rd.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			rep.add(fmt.Sprintf("line %d", bad.Line), "", "is not CSV: %v", bad.Err)
			return rows, nil
		}
		n, _ := rd.FieldPos(0)
		r := row{fmt.Sprintf("line %d", n), map[string]string{}}
		if len(rec) != len(head) {
			rep.add(r.at, "", "has %d fields, the header has %d", len(rec), len(head))
		}
		for i := range min(len(rec), len(head)) {
			r.fields[head[i]] = strings.TrimSpace(rec[i])
		}
		rows = append(rows, r)
	}
}

func fromJSON(b []byte, columns []string, rep *report) (rows []row, err error) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	var all []map[string]any
	if err := d.Decode(&all); err != nil {
		return nil, errs.New(errs.Invalid, "import_json", "The file is not a JSON array of objects: %v.", err)
	}
	for i, m := range all {
		r := row{"item " + strconv.Itoa(i+1), map[string]string{}}
		for k, v := range m {
			if !slices.Contains(columns, k) {
				rep.add(r.at, k, "is not one of %s", strings.Join(columns, ", "))
				continue
			}
			s, ok := plain(v)
			if !ok {
				rep.add(r.at, k, "must be a text, a number, true, false or a list of texts")
			}
			r.fields[k] = s
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// plain writes a JSON value as a CSV field: lists with bars between, objects as key=value.
func plain(v any) (string, bool) {
	switch x := v.(type) {
	case nil:
		return "", true
	case string:
		return strings.TrimSpace(x), true
	case json.Number:
		return x.String(), true
	case bool:
		return strconv.FormatBool(x), true
	case []any:
		var parts []string
		for _, e := range x {
			s, ok := e.(string)
			if !ok || strings.Contains(s, "|") {
				return "", false
			}
			parts = append(parts, s)
		}
		return strings.Join(parts, "|"), true
	case map[string]any:
		var parts []string
		for k, e := range x {
			s, ok := e.(string)
			if !ok {
				return "", false
			}
			parts = append(parts, k+"="+s)
		}
		slices.Sort(parts)
		return strings.Join(parts, "|"), true
	}
	return "", false
}
