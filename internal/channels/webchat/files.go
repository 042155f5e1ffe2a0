package webchat

import (
	"context"
	"errors"
	"io"
	"net/http"
	"path"
	"strings"
	"unicode"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

const (
	maxImage       = 5 << 20
	maxAttachments = 5
)

// images are the kinds that browsers show and cannot run. SVG is not among them.
var images = map[string]string{"image/png": ".png", "image/jpeg": ".jpg", "image/webp": ".webp", "image/gif": ".gif"}

func (s *Server) postAttachment(w http.ResponseWriter, r *http.Request, c conversation.Conversation) error {
	if err := s.limit.message("f" + string(c.ID)); err != nil {
		return err
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxImage+64<<10)
	data, name, err := firstFile(r)
	if err != nil {
		return err
	}
	mime := http.DetectContentType(data) // what it is, not what it says it is
	if images[mime] == "" {
		return errs.New(errs.Invalid, "image_kind", "Only PNG, JPEG, WebP and GIF pictures can be sent.").With("body.file", "PNG, JPEG, WebP or GIF")
	}
	aid := id.Attachment(s.IDs.New("att"))
	if err := s.Files.PutFile(r.Context(), c.ID, aid, safeName(name, images[mime]), mime, data); err != nil {
		return err
	}
	return answer(w, http.StatusCreated, map[string]string{"id": string(aid), "url": urlOf(aid)})
}

func urlOf(aid id.Attachment) string { return "/widget/v1/attachments/" + string(aid) }

func firstFile(r *http.Request) (data []byte, name string, err error) {
	mr, err := r.MultipartReader()
	if err != nil {
		return nil, "", errs.New(errs.Invalid, "multipart", "Send the picture as multipart/form-data with a field \"file\".")
	}
	part, err := mr.NextPart()
	for err == nil && part.FormName() != "file" {
		part, err = mr.NextPart()
	}
	if err != nil {
		return nil, "", errs.New(errs.Invalid, "file_missing", "The form has no field \"file\".").With("body.file", "required")
	}
	data, err = io.ReadAll(io.LimitReader(part, maxImage+1))
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) || len(data) > maxImage {
		return nil, "", errs.New(errs.TooLarge, "image_too_large", "A picture has at most 5 MB; make it smaller.")
	}
	if err != nil || len(data) == 0 {
		return nil, "", errs.New(errs.Invalid, "file_broken", "The picture did not arrive whole; send it again.")
	}
	return data, part.FileName(), nil
}

// safeName keeps letters, digits and a few marks of a file's base name, and the ending of what the file really is.
func safeName(name, ending string) string {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	base = strings.TrimSuffix(base, path.Ext(base))
	base = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' {
			return r
		}
		return -1
	}, base)
	if r := []rune(base); len(r) > 60 {
		base = string(r[:60])
	}
	if base == "" {
		base = "picture"
	}
	return base + ending
}

// attached resolves ids inside the conversation's own set.
func (s *Server) attached(ctx context.Context, cid id.Conversation, ids []id.Attachment) (out []conversation.Attachment, err error) {
	if len(ids) > maxAttachments {
		return nil, errs.New(errs.Invalid, "too_many_attachments", "A message has at most %d pictures.", maxAttachments)
	}
	for _, aid := range ids {
		name, mime, data, err := s.Files.FileOf(ctx, cid, aid)
		if err != nil {
			return nil, err
		}
		out = append(out, conversation.Attachment{ID: aid, Name: name, MIME: mime, Size: int64(len(data)), URL: urlOf(aid)})
	}
	return out, nil
}

func (s *Server) getAttachment(w http.ResponseWriter, r *http.Request, c conversation.Conversation) error {
	name, mime, data, err := s.Files.FileOf(r.Context(), c.ID, id.Attachment(r.PathValue("id")))
	if err != nil {
		return err
	}
	ServeImage(w, name, mime, data)
	return nil
}

// ServeImage sends a stored picture so that a browser can show it and nothing else.
func ServeImage(w http.ResponseWriter, name, mime string, data []byte) {
	h := w.Header()
	if images[mime] == "" {
		mime = "application/octet-stream"
		h.Set("Content-Disposition", "attachment")
	}
	h.Set("Content-Type", mime)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, max-age=86400")
	_, _ = w.Write(data)
}
