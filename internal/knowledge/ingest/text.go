package ingest

import (
	"bytes"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

// decode brings text to UTF-8: by its mark, else UTF-8 if it is valid, else UTF-16 if every other byte is often zero, else
// GB18030 if that is valid.
func (f *file) decode() (string, error) {
	d := f.data
	var s string
	var err error
	switch {
	case bytes.HasPrefix(d, []byte("\xff\xfe")), bytes.HasPrefix(d, []byte("\xfe\xff")):
		s, err = with(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), d)
	case utf8.Valid(d) && !bytes.ContainsRune(d, 0):
		s = strings.TrimPrefix(string(d), "\ufeff")
	case zeros(d, 1) > len(d)/8:
		s, err = with(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), d)
	case zeros(d, 0) > len(d)/8:
		s, err = with(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), d)
	default:
		s, err = with(simplifiedchinese.GB18030, d)
	}
	if err != nil || strings.ContainsRune(s, utf8.RuneError) || strings.ContainsRune(s, 0) {
		return "", f.bad("unknown_encoding", "its encoding is not UTF-8, UTF-16 or GB18030; save it as UTF-8")
	}
	return strings.ReplaceAll(s, "\r\n", "\n"), nil
}

func with(e encoding.Encoding, d []byte) (string, error) {
	out, err := e.NewDecoder().Bytes(d)
	return string(out), err
}

// zeros counts zero bytes at odd or even places.
func zeros(d []byte, from int) (n int) {
	for i := from; i < len(d); i += 2 {
		if d[i] == 0 {
			n++
		}
	}
	return n
}

func (f *file) markdown() ([]Item, error) {
	s, err := f.decode()
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(s, "---\n") {
		n, err := knowledge.ReadFile(f.name, []byte(s))
		return []Item{{Article: n, Err: err}}, nil
	}
	title, body := f.title(s)
	return []Item{{Article: knowledge.NewArticle{Content: knowledge.Content{Title: title, Body: body}}}}, nil
}

// title takes a leading heading as the title, else the file's name.
func (f *file) title(body string) (string, string) {
	first, rest, _ := strings.Cut(strings.TrimSpace(body), "\n")
	if h, ok := strings.CutPrefix(first, "# "); ok && strings.TrimSpace(rest) != "" {
		return short(knowledge.Plain(h)), strings.TrimSpace(rest)
	}
	return f.stem(), body
}

func (f *file) stem() string { return short(strings.TrimSuffix(f.name, path.Ext(f.name))) }

func short(s string) string {
	if r := []rune(strings.TrimSpace(s)); len(r) > 200 {
		return string(r[:200])
	}
	return strings.TrimSpace(s)
}
