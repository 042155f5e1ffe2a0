package ingest_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge/ingest"
)

func read(t *testing.T, name string, data []byte) ([]ingest.Item, error) {
	t.Helper()
	r := ingest.Reader{}
	return r.Read(t.Context(), name, "", bytes.NewReader(data))
}

func one(t *testing.T, name string, data []byte) ingest.Item {
	t.Helper()
	items, err := read(t, name, data)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if len(items) != 1 || items[0].Err != nil {
		t.Fatalf("%s gives %+v", name, items)
	}
	return items[0]
}

func refused(t *testing.T, name string, data []byte, want ...errs.Kind) {
	t.Helper()
	items, err := read(t, name, data)
	if err == nil {
		t.Fatalf("%s was read: %d items", name, len(items))
	}
	for _, k := range want {
		if errs.Is(err, k) {
			return
		}
	}
	t.Fatalf("%s gives %v, want kind %v", name, err, want)
}

func TestMarkdownTitleAndLanguage(t *testing.T) {
	it := one(t, "return.md", []byte("# 退货说明\n\n七天内可以退货。\n"))
	if it.Article.Content.Title != "退货说明" || it.Article.Lang != id.ZH || strings.Contains(it.Article.Content.Body, "#") {
		t.Fatalf("%+v", it.Article)
	}
	it = one(t, "Opening hours.txt", []byte("We open at ten every day."))
	if it.Article.Content.Title != "Opening hours" || it.Article.Lang != id.EN {
		t.Fatalf("%+v", it.Article)
	}
}

func TestFrontMatterIsStrict(t *testing.T) {
	it := one(t, "hours.en.md", []byte("---\ntitle: Hours\ncategory: stores\nvalid_until: 2026-12-31\nscope:\n  stores: [hz-1]\n---\nTen to ten.\n"))
	if it.Article.Key != "hours" || it.Article.Content.Limits.Stores[0] != "hz-1" || it.Article.Content.ValidUntil.IsZero() {
		t.Fatalf("%+v", it.Article)
	}
	items, err := read(t, "hours.en.md", []byte("---\ntitel: Hours\n---\nTen.\n"))
	if err != nil || items[0].Err == nil {
		t.Fatal("an unknown field must be told")
	}
}

func TestEncodings(t *testing.T) {
	text := "# 营业时间\n\n每天十点到二十二点，周末照常营业。欢迎光临。"
	gb, _ := simplifiedchinese.GB18030.NewEncoder().String(text)
	le, _ := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(text)
	be, _ := unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().String(text)
	bare, _ := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String("Open from ten to ten, every day of the week.")
	for name, data := range map[string]string{"utf8": text, "mark": "\ufeff" + text, "gb18030": gb, "utf16le": le, "utf16be": be} {
		if it := one(t, name+".md", []byte(data)); it.Article.Content.Title != "营业时间" {
			t.Errorf("%s: title %q", name, it.Article.Content.Title)
		}
	}
	if it := one(t, "bare.txt", []byte(bare)); !strings.HasPrefix(it.Article.Content.Body, "Open from ten") {
		t.Errorf("UTF-16 without mark: %q", it.Article.Content.Body)
	}
	refused(t, "noise.txt", []byte{0xff, 0xff, 0x80, 0x81, 0xfe, 0xff, 0xff, 0x00, 0x01}, errs.Invalid)
}

func TestHTMLKeepsTheReadablePart(t *testing.T) {
	para := strings.Repeat("Returns are accepted within seven days of receipt when the goods are intact. ", 8)
	page := `<html lang="en"><head><title>Returns</title><script>alert(1)</script></head><body><nav><a href="/x">Home</a></nav><article><h1>Returns</h1><p>` + para + `</p><p onclick="x()">` + para + `<img src="http://127.0.0.1/x.png"></p></article></body></html>`
	it := one(t, "page.html", []byte(page))
	body := it.Article.Content.Body
	if it.Article.Content.Title != "Returns" || !strings.Contains(body, "within seven days") || strings.Contains(body, "alert") || strings.Contains(body, "onclick") {
		t.Fatalf("%q", body)
	}
	refused(t, "empty.html", []byte("<html></html>"), errs.Invalid)
	_, _ = read(t, "deep.html", []byte(strings.Repeat("<div>", 200_000))) // must come back, whatever it says
}

func docx(t *testing.T, document string, extra map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	put := func(name, text string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = w.Write([]byte(text))
	}
	put("word/document.xml", document)
	for name, text := range extra {
		put(name, text)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const wordHead = `<?xml version="1.0"?><w:document xmlns:w="w"><w:body>`

func TestDOCX(t *testing.T) {
	doc := wordHead + `<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>退货规则</w:t></w:r></w:p>` +
		`<w:p><w:r><w:t>七天内</w:t></w:r><w:r><w:t>可以退货。</w:t></w:r></w:p>` +
		`<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>商品完好</w:t></w:r></w:p>` +
		`<w:tbl><w:tr><w:tc><w:p><w:r><w:t>家电</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12 个月</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>`
	it := one(t, "rules.docx", docx(t, doc, map[string]string{"word/media/huge.png": "\x89PNG claims to be 50000x50000"}))
	if c := it.Article.Content; c.Title != "退货规则" || !strings.Contains(c.Body, "七天内可以退货。") || !strings.Contains(c.Body, "- 商品完好") || !strings.Contains(c.Body, "家电 | 12 个月") {
		t.Fatalf("%+v", c)
	}
}

func TestHostileArchives(t *testing.T) {
	body := wordHead + `<w:p><w:r><w:t>x</w:t></w:r></w:p></w:body></w:document>`
	many := map[string]string{}
	for i := range 5000 {
		many[fmt.Sprintf("e%d", i)] = ""
	}
	for name, data := range map[string][]byte{
		"bomb":      docx(t, body, map[string]string{"word/a.xml": strings.Repeat("\x00", 65<<20)}),
		"entries":   docx(t, body, many),
		"traversal": docx(t, body, map[string]string{"../../etc/cron.d/x": "x"}),
		"absolute":  docx(t, body, map[string]string{"/etc/passwd": "x"}),
		"backslash": docx(t, body, map[string]string{`..\evil`: "x"}),
		"cut":       docx(t, body, nil)[:60],
		"xxe":       docx(t, `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>`+`<w:document xmlns:w="w"><w:p><w:t>&e;</w:t></w:p></w:document>`, nil),
		"laughs":    docx(t, `<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document xmlns:w="w"><w:t>&b;</w:t></w:document>`, nil),
		"deep":      docx(t, wordHead+strings.Repeat("<w:p>", 100_000), nil),
		"nodoc":     docx(t, "", nil),
		"notzip":    []byte("just text"),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := time.Now()
		refused(t, name+".docx", data, errs.Invalid, errs.TooLarge)
		runtime.ReadMemStats(&after)
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s took %s", name, d)
		}
		if grown := int64(after.HeapSys) - int64(before.HeapSys); grown > 200<<20 {
			t.Errorf("%s grew the heap by %d", name, grown)
		}
	}
}

func TestALinkInAnArchiveIsRefused(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	h := &zip.FileHeader{Name: "word/document.xml"}
	h.SetMode(0o777 | 1<<27) // a symbolic link
	w, _ := z.CreateHeader(h)
	_, _ = w.Write([]byte("/etc/passwd"))
	_ = z.Close()
	refused(t, "link.docx", b.Bytes(), errs.Invalid)
}

func TestCSVQuestionList(t *testing.T) {
	csv := "问题,答案,分类,相似问法,生效日期\n怎么退货,七天内可以退。,退货,如何退货|想退掉,2026-01-01\n,没有标题,x,,\n坏日期,答案,,,明天\n"
	items, err := read(t, "faq.csv", []byte(csv))
	if err != nil || len(items) != 3 {
		t.Fatalf("%v %+v", err, items)
	}
	if c := items[0].Article.Content; items[0].Err != nil || len(c.Questions) != 2 || c.ValidFrom.IsZero() || c.Category != "退货" {
		t.Fatalf("%+v %v", c, items[0].Err)
	}
	for i, where := range map[int]string{1: "row 3", 2: "row 4"} {
		if items[i].Err == nil || !strings.Contains(items[i].Err.Error(), where) {
			t.Errorf("item %d must tell its row: %v", i, items[i].Err)
		}
	}
	if items, err := read(t, "faq.csv", []byte("Question;Answer\nHow?;So.\n")); err != nil || items[0].Article.Content.Body != "So." {
		t.Fatalf("semicolons: %v %+v", err, items)
	}
	refused(t, "nohead.csv", []byte("a,b\n1,2\n"), errs.Invalid)
	refused(t, "quote.csv", []byte("question,answer\n\"open,x\n"), errs.Invalid)
	refused(t, "rows.csv", []byte("question,answer\n"+strings.Repeat("q,a\n", 20_001)), errs.TooLarge)
}

func TestXLSXQuestionList(t *testing.T) {
	x := excelize.NewFile()
	for i, row := range [][]any{{"Question", "Answer", "Language"}, {"How long is the warranty?", "Twelve months.", "en"}, {"", "no title", "en"}} {
		_ = x.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row)
	}
	var b bytes.Buffer
	if err := x.Write(&b); err != nil {
		t.Fatal(err)
	}
	items, err := read(t, "faq.xlsx", b.Bytes())
	if err != nil || len(items) != 2 || items[0].Err != nil || items[0].Article.Lang != id.EN || items[1].Err == nil {
		t.Fatalf("%v %+v", err, items)
	}
	refused(t, "broken.xlsx", docx(t, "x", nil), errs.Invalid)
}

// pdfOf makes a small PDF with one line of text.
func pdfOf(text string) []byte {
	var b bytes.Buffer
	var at []int
	obj := func(s string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	b.WriteString("%PDF-1.4\n")
	obj("<</Type/Catalog/Pages 2 0 R>>")
	obj("<</Type/Pages/Kids[3 0 R]/Count 1>>")
	obj("<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>")
	stream := "BT /F1 12 Tf 20 100 Td (" + text + ") Tj ET"
	obj(fmt.Sprintf("<</Length %d>>stream\n%s\nendstream", len(stream), stream))
	obj("<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>")
	xref := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, o := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF", len(at)+1, xref)
	return b.Bytes()
}

func TestPDF(t *testing.T) {
	pdf := &ingest.PDF{}
	defer pdf.Close()
	r := ingest.Reader{PDF: pdf}
	items, err := r.Read(t.Context(), "manual.pdf", "", bytes.NewReader(pdfOf("Press the button for five seconds.")))
	if err != nil || len(items) != 1 || !strings.Contains(items[0].Article.Content.Body, "Press the button") {
		t.Fatalf("%v %+v", err, items)
	}
	for name, data := range map[string][]byte{"damaged": []byte("%PDF-1.4\nnothing"), "empty": pdfOf("")} {
		if _, err := r.Read(t.Context(), name+".pdf", "", bytes.NewReader(data)); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	refused(t, "off.pdf", pdfOf("x"), errs.Invalid)
}

func TestOddFiles(t *testing.T) {
	refused(t, "picture.png", []byte("\x89PNG\r\n"), errs.Invalid)
	refused(t, "sheet.docx.exe", []byte("MZ"), errs.Invalid)
	refused(t, "fake.pdf", []byte("hello"), errs.Invalid)
	r := ingest.Reader{Limits: ingest.Limits{Bytes: 10}}
	if _, err := r.Read(t.Context(), "a.txt", "", strings.NewReader("more than ten bytes")); !errs.Is(err, errs.TooLarge) {
		t.Fatal(err)
	}
	items, err := read(t, "long.txt", bytes.Repeat([]byte("x"), 300_000))
	if err != nil || !errs.Is(items[0].Err, errs.TooLarge) {
		t.Fatalf("%v %+v", err, items[0].Err)
	}
	_, err = read(t, "../../\u202eevil\r\n.exe", []byte("x"))
	if err == nil || strings.ContainsAny(err.Error(), "\r\n\u202e") || strings.Contains(err.Error(), "..") {
		t.Fatalf("the name must be cleaned in the error: %q", err)
	}
}
