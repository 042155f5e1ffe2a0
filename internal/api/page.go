package api

import (
	"encoding/base64"
	"strconv"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Person names somebody or some team.
type Person struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func person(pid, name string) *Person {
	if pid == "" {
		return nil
	}
	return &Person{pid, name}
}

// Paging is the input of every list.
type Paging struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"Rows of a page"`
	Cursor string `query:"cursor" maxLength:"200" doc:"next_cursor of the page before"`
}

// cursor is time of change and id, opaque to callers.
func cursor(at int64, rowID string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(at, 36) + "." + rowID))
}

func (p Paging) at() (at int64, rowID string, err error) {
	if p.Cursor == "" {
		return 0, "", nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(p.Cursor)
	if err == nil {
		head, tail, ok := strings.Cut(string(raw), ".")
		if at, err = strconv.ParseInt(head, 36, 64); err == nil && ok {
			return at, tail, nil
		}
	}
	return 0, "", errs.New(errs.Invalid, "cursor_invalid", "The cursor is not one that this list gave.").With("query.cursor", "use next_cursor of the page before, or none")
}

// when leaves the zero time out of the JSON.
func when(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	u := t.UTC()
	return &u
}

func orEmpty[T any](v []T) []T {
	if v == nil {
		return []T{}
	}
	return v
}

// lang is the language to answer a member in.
func lang(l id.Lang) id.Lang {
	if l == "" {
		return id.ZH
	}
	return l
}
