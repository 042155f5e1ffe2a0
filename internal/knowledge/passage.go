package knowledge

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/knowledge/index"
)

// passageMax is about the length of a passage in characters: long enough to carry its context, short enough to be read.
const passageMax = 600

// Passage is a stretch of an article's text without markup.
type Passage struct {
	Heading string // of the section; "" before the first
	Text    string
}

// Passages cuts a Markdown body at headings and, where a section is long, between paragraphs and sentences.
func Passages(body string) (out []Passage) {
	heading, section := "", []string{}
	flush := func() {
		for _, t := range pack(section) {
			out = append(out, Passage{heading, t})
		}
		section = section[:0]
	}
	fenced := false
	for _, line := range strings.Split(strings.ReplaceAll(body, "\r\n", "\n"), "\n") {
		if strings.HasPrefix(strings.TrimSpace(line), "```") {
			fenced = !fenced
			continue
		}
		if h, ok := headingOf(line); ok && !fenced {
			flush()
			heading = h
			continue
		}
		if t := Plain(line); t != "" {
			section = append(section, t)
		}
	}
	flush()
	return out
}

func headingOf(line string) (string, bool) {
	t := strings.TrimLeft(line, "#")
	n := len(line) - len(t)
	if n == 0 || n > 6 || !strings.HasPrefix(t, " ") {
		return "", false
	}
	return Plain(t), true
}

// pack joins lines up to passageMax; a longer line is cut between sentences.
func pack(lines []string) (out []string) {
	cur, size := []string{}, 0
	flush := func() {
		if len(cur) > 0 {
			out = append(out, strings.Join(cur, "\n"))
		}
		cur, size = cur[:0], 0
	}
	for _, l := range lines {
		for _, part := range splitLong(l) {
			n := utf8.RuneCountInString(part)
			if size > 0 && size+n > passageMax {
				flush()
			}
			cur, size = append(cur, part), size+n
		}
	}
	flush()
	return out
}

func splitLong(line string) (out []string) {
	if utf8.RuneCountInString(line) <= passageMax {
		return []string{line}
	}
	cur := ""
	for _, s := range index.Sentences(line) {
		if cur != "" && utf8.RuneCountInString(cur)+utf8.RuneCountInString(s) > passageMax {
			out, cur = append(out, cur), ""
		}
		if cur != "" && cur[len(cur)-1] < utf8.RuneSelf {
			cur += " "
		}
		cur += s
	}
	return append(out, cur)
}

var (
	linkMark  = regexp.MustCompile(`!?\[([^\]]*)\]\([^)\s]*(?:\s+"[^"]*")?\)`)
	htmlMark  = regexp.MustCompile(`<[^>]{1,200}>`)
	lineMark  = regexp.MustCompile(`^\s*(?:[-*+]\s+|>\s*|\|)`)
	ruleMark  = regexp.MustCompile(`^[\s|:*_-]*$`)
	emphasis  = strings.NewReplacer("**", "", "__", "", "`", "", "~~", "")
	tableCell = regexp.MustCompile(`\s*\|\s*`)
)

// Plain is one line of Markdown as a person reads it.
func Plain(line string) string {
	if ruleMark.MatchString(line) {
		return ""
	}
	line = lineMark.ReplaceAllString(line, "")
	line = emphasis.Replace(htmlMark.ReplaceAllString(linkMark.ReplaceAllString(line, "$1"), ""))
	return strings.Trim(tableCell.ReplaceAllString(line, " · "), " \t·*")
}

// Documents gives what an article's live version puts into the index.
func Documents(a Article, base string) (docs []index.Doc) {
	c := a.Content
	scope := index.Scope{Stores: c.Limits.Stores, Regions: c.Limits.Regions, Tiers: c.Limits.Tiers, Channels: c.Limits.Channels, From: millis(c.ValidFrom), Until: millis(c.ValidUntil), HoldOut: c.Limits.HoldOut, HoldKey: string(a.ID)}
	for n, p := range Passages(c.Body) {
		title := c.Title
		if p.Heading != "" && p.Heading != c.Title {
			title += " · " + p.Heading
		}
		docs = append(docs, index.Doc{ID: passageID(a, n), Group: string(a.ID), Key: a.Key, Lang: string(a.Lang), Title: title, Questions: c.Questions, Text: p.Text, URL: base + Address(a), Scope: scope})
	}
	return docs
}

// passageID names a passage of a version: a citation of an older version does not show newer words.
func passageID(a Article, n int) string {
	return "psg_" + strings.TrimPrefix(string(a.ID), "art_") + "." + strconv.Itoa(a.Live) + "." + strconv.Itoa(n)
}

// Address is the public page of an article.
func Address(a Article) string { return "/help/" + string(a.Lang) + "/" + a.Key }

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
