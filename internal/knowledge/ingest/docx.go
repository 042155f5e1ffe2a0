package ingest

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

func (f *file) docx() ([]Item, error) {
	z, err := f.open()
	if err != nil {
		return nil, err
	}
	part, err := z.Open("word/document.xml")
	if err != nil {
		return nil, f.bad("bad_docx", "it has no word/document.xml; save it again as .docx")
	}
	defer part.Close()
	d := docx{limit: f.limits.Text}
	if err := d.read(part); err != nil {
		return nil, f.bad("bad_docx", "%v", err)
	}
	text := strings.TrimSpace(d.out.String())
	if text == "" {
		return nil, f.bad("no_text", "it holds no text")
	}
	title, body := f.title(text)
	return []Item{{Article: knowledge.NewArticle{Content: knowledge.Content{Title: title, Body: body}}}}, nil
}

// docx gathers the text of a document's paragraphs and tables as Markdown.
type docx struct {
	out   strings.Builder
	par   strings.Builder
	level int  // of a heading, 0 for a plain paragraph
	list  bool // item of a list
	text  bool // inside w:t
	cells int  // open table cells: their paragraphs are joined into a row
	row   []string
	depth int
	limit int
}

// xmlDepth bounds nesting.
const xmlDepth = 200

func (d *docx) read(r io.Reader) error {
	x := xml.NewDecoder(r)
	for {
		t, err := x.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return errors.New("its XML is damaged or refers to undeclared entities")
		}
		switch t := t.(type) {
		case xml.Directive:
			return errors.New("it declares a document type, which no office program writes")
		case xml.StartElement:
			d.start(t)
		case xml.EndElement:
			d.end(t.Name.Local)
		case xml.CharData:
			if d.text {
				d.par.Write(t)
			}
		}
		if d.depth > xmlDepth || d.out.Len()+d.par.Len() > 4*d.limit {
			return errors.New("it is nested too deep or too long; split it")
		}
	}
}

func (d *docx) start(t xml.StartElement) {
	d.depth++
	switch t.Name.Local {
	case "p":
		d.par.Reset()
		d.level, d.list = 0, false
	case "t":
		d.text = true
	case "tab":
		d.par.WriteByte(' ')
	case "br", "cr":
		d.par.WriteByte('\n')
	case "pStyle":
		d.level = headingLevel(attr(t, "val"))
	case "numPr":
		d.list = true
	case "tr":
		d.row = nil
	case "tc":
		d.cells++
		d.row = append(d.row, "")
	}
}

func (d *docx) end(name string) {
	d.depth--
	switch name {
	case "t":
		d.text = false
	case "p":
		d.paragraph(strings.TrimSpace(d.par.String()))
		d.par.Reset()
	case "tc":
		d.cells--
	case "tr":
		if d.cells == 0 {
			d.out.WriteString(strings.Join(d.row, " | ") + "\n\n")
		}
	}
}

func (d *docx) paragraph(text string) {
	switch {
	case text == "":
	case d.cells > 0 && len(d.row) > 0:
		d.row[len(d.row)-1] = strings.TrimSpace(d.row[len(d.row)-1] + " " + text)
	case d.level > 0:
		d.out.WriteString(strings.Repeat("#", d.level) + " " + text + "\n\n")
	case d.list:
		d.out.WriteString("- " + text + "\n")
	default:
		d.out.WriteString(text + "\n\n")
	}
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// headingLevel reads a style's name: Title, Heading1, and the bare numbers that Chinese Word writes.
func headingLevel(style string) int {
	s := strings.ToLower(style)
	if s == "title" {
		return 1
	}
	n, err := strconv.Atoi(strings.TrimSpace(strings.TrimPrefix(s, "heading")))
	if err != nil || n < 1 || n > 6 {
		return 0
	}
	return n
}
