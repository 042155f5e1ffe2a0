package api

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

type attachmentInput struct {
	ConversationPath
	AID id.Attachment `path:"aid" maxLength:"64"`
}

// pictures are what a browser shows and cannot run; anything else is handed over to be saved.
var pictures = map[string]bool{"image/png": true, "image/jpeg": true, "image/webp": true, "image/gif": true}

// attachment sends a file of a conversation the asker may see.
func (s *server) attachment(ctx context.Context, in *attachmentInput) (*huma.StreamResponse, error) {
	if _, err := s.seen(ctx, in.ID); err != nil {
		return nil, err
	}
	if s.Files == nil {
		return nil, errPart("attachments")
	}
	_, mime, data, err := s.Files.FileOf(ctx, in.ID, in.AID)
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		_, w := humago.Unwrap(hc)
		sendFile(w, mime, data)
	}}, nil
}

func sendFile(w http.ResponseWriter, mime string, data []byte) {
	h := w.Header()
	if !pictures[mime] {
		mime = "application/octet-stream"
		h.Set("Content-Disposition", "attachment")
	}
	h.Set("Content-Type", mime)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, max-age=3600")
	w.WriteHeader(http.StatusOK)
	_, _ = w.Write(data) // the reader has gone when this fails
}

// forStaff points a message's attachments at where staff can open them.
func forStaff(cid id.Conversation, m conversation.Message) conversation.Message {
	if len(m.Attachments) == 0 {
		return m
	}
	as := make([]conversation.Attachment, len(m.Attachments))
	for i, a := range m.Attachments {
		a.URL = Base + "/conversations/" + string(cid) + "/attachments/" + string(a.ID)
		as[i] = a
	}
	m.Attachments = as
	return m
}
