package ingest

import (
	"context"
	"strings"
	"sync"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

func (r *Reader) pdf(ctx context.Context, f file) ([]Item, error) {
	if r.PDF == nil {
		return nil, f.bad("pdf_off", "reading PDF is switched off here")
	}
	pages, err := r.PDF.Text(ctx, f.data, f.limits)
	if err != nil {
		return nil, errs.Wrap(err, errs.Invalid, "bad_pdf", "%s: %v", f.name, err)
	}
	body := strings.TrimSpace(strings.Join(pages, "\n\n"))
	if body == "" {
		return nil, f.bad("no_text", "it holds pictures only; use a PDF with text")
	}
	title, _, _ := strings.Cut(body, "\n")
	return []Item{{Article: knowledge.NewArticle{Content: knowledge.Content{Title: short(title), Body: body}}}}, nil
}

// PDF reads the text of PDF files inside a WebAssembly sandbox: no cgo, no file, no network, bounded memory. It starts at
// its first use and holds one instance at a time.
type PDF struct {
	once sync.Once
	pool pdfium.Pool
	err  error
}

// memoryPages bounds the sandbox: 4096 pages of 64 KiB are 256 MiB.
const memoryPages = 4096

// Text gives the text of every page.
func (p *PDF) Text(ctx context.Context, data []byte, l Limits) ([]string, error) {
	p.once.Do(func() {
		run := wazero.NewRuntimeConfig().WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).WithMemoryLimitPages(memoryPages).WithCloseOnContextDone(true)
		p.pool, p.err = webassembly.Init(webassembly.Config{MinIdle: 0, MaxIdle: 1, MaxTotal: 1, RuntimeConfig: run})
	})
	if p.err != nil {
		return nil, errs.Wrap(p.err, errs.Unavailable, "pdf_unavailable", "the PDF reader cannot start")
	}
	inst, err := p.pool.GetInstanceWithContext(ctx)
	if err != nil {
		return nil, errs.Wrap(err, errs.Unavailable, "pdf_busy", "the PDF reader is busy; try again")
	}
	return bounded(ctx, inst, data, l)
}

// bounded kills the instance when the time is up.
func bounded(ctx context.Context, inst pdfium.Pdfium, data []byte, l Limits) ([]string, error) {
	ctx, cancel := context.WithTimeout(ctx, l.Time)
	defer cancel()
	type result struct {
		pages []string
		err   error
	}
	done := make(chan result, 1)
	go func() {
		pages, err := text(ctx, inst, data, l)
		done <- result{pages, err}
	}()
	select {
	case r := <-done:
		_ = inst.Close()
		return r.pages, r.err
	case <-ctx.Done():
		_ = inst.Kill()
		return nil, errs.New(errs.TooLarge, "pdf_too_slow", "reading took longer than %s; split it", l.Time)
	}
}

func text(ctx context.Context, inst pdfium.Pdfium, data []byte, l Limits) (pages []string, err error) {
	doc, err := inst.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		return nil, errs.New(errs.Invalid, "bad_pdf", "it is damaged or protected by a password")
	}
	n, err := inst.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: doc.Document})
	if err != nil {
		return nil, errs.New(errs.Invalid, "bad_pdf", "its pages cannot be counted")
	}
	if n.PageCount > l.Pages {
		return nil, errs.New(errs.TooLarge, "too_many_pages", "it has more than %d pages; split it", l.Pages)
	}
	size := 0
	for i := range n.PageCount {
		t, err := inst.GetPageText(&requests.GetPageText{Page: requests.Page{ByIndex: &requests.PageByIndex{Document: doc.Document, Index: i}}})
		if err != nil || ctx.Err() != nil {
			return nil, errs.New(errs.Invalid, "bad_pdf", "page %d cannot be read", i+1)
		}
		if size += len(t.Text); size > l.Text {
			return nil, errs.New(errs.TooLarge, "text_too_long", "its text is longer than %d bytes; split it", l.Text)
		}
		pages = append(pages, strings.ReplaceAll(t.Text, "\r\n", "\n"))
	}
	return pages, nil
}

// Close ends the sandbox.
func (p *PDF) Close() error {
	if p.pool == nil {
		return nil
	}
	return p.pool.Close()
}
