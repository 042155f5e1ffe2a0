package webchat_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"testing"
)

// png is a real picture of one pixel.
var png, _ = base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")

func (w *world) upload(token, field, name, mime string, data []byte) answer {
	w.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	h := textproto.MIMEHeader{}
	h.Set("Content-Disposition", fmt.Sprintf(`form-data; name=%q; filename="%s"`, field, name))
	h.Set("Content-Type", mime)
	p, err := m.CreatePart(h)
	w.ok(err)
	_, _ = p.Write(data)
	w.ok(m.Close())
	return w.send("POST", "/widget/v1/attachments", b.Bytes(), header{"Content-Type", m.FormDataContentType()}, bearer(token))
}

type uploaded struct{ ID, URL string }

func TestAttachments(t *testing.T) {
	w := newWorld(t)
	s := w.open(`{}`)
	t.Run("a picture is kept, sent and shown so that it cannot run", func(t *testing.T) {
		a := w.upload(s.Token, "file", "broken cup.png", "image/png", png)
		if a.status != http.StatusCreated {
			t.Fatalf("%d %s", a.status, a.body)
		}
		var u uploaded
		a.into(t, &u)
		m := w.post("/messages", s.Token, `{"client_id":"p1","attachment_ids":["`+u.ID+`"]}`)
		if m.status != http.StatusAccepted {
			t.Fatalf("%d %s", m.status, m.body)
		}
		var sent accepted
		m.into(t, &sent)
		w.answered(s, sent.Seq) // what is counted below must not move by itself
		p := w.read("", s.Token)
		if len(p.Messages) == 0 || p.Messages[0].Kind != "image" || p.Messages[0].Attachments[0].Name != "brokencup.png" || p.Messages[0].Attachments[0].URL != u.URL {
			t.Errorf("%+v", p)
		}
		got := w.send("GET", u.URL+"?token="+s.Token, nil)
		if got.status != 200 || !bytes.Equal(got.body, png) || got.head.Get("Content-Type") != "image/png" || got.head.Get("X-Content-Type-Options") != "nosniff" || !strings.Contains(got.head.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%d %v", got.status, got.head)
		}
		other := w.open(`{}`)
		before := w.rows()
		w.send("GET", u.URL, nil, bearer(other.Token)).problem(t, http.StatusNotFound, "attachment_unknown")
		w.post("/messages", other.Token, `{"client_id":"p1","attachment_ids":["`+u.ID+`"]}`).problem(t, http.StatusNotFound, "attachment_unknown")
		w.send("GET", u.URL, nil).problem(t, http.StatusUnauthorized, "token_invalid")
		if w.rows() != before {
			t.Error("a foreign picture changed something")
		}
	})
	t.Run("what a browser could run is refused, whatever it is called", func(t *testing.T) {
		svg := []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)
		html := []byte(`<!DOCTYPE html><html><script>alert(1)</script></html>`)
		before := w.rows()
		for name, f := range map[string]struct {
			name, mime string
			data       []byte
		}{
			"svg": {"a.svg", "image/svg+xml", svg}, "svg as png": {"a.png", "image/png", svg}, "html as png": {"a.png", "image/png", html}, "html": {"a.html", "text/html", html},
			"xml svg": {"a.png", "image/png", append([]byte(`<?xml version="1.0"?>`), svg...)}, "pdf": {"a.png", "image/png", []byte("%PDF-1.7 ...")}, "zip": {"a.png", "image/png", []byte("PK\x03\x04....")},
			"script": {"a.gif", "image/gif", []byte("#!/bin/sh\n")}, "exe": {"a.jpg", "image/jpeg", []byte("MZ\x90\x00")}, "half a magic": {"a.png", "image/png", png[:3]}, "bmp": {"a.bmp", "image/bmp", []byte("BM......")},
			"ico": {"a.ico", "image/x-icon", []byte("\x00\x00\x01\x00....")}, "png behind html": {"a.png", "image/png", append(html, png...)},
		} {
			t.Run(name, func(t *testing.T) {
				w.upload(s.Token, "file", f.name, f.mime, f.data).problem(t, http.StatusUnprocessableEntity, "image_kind")
			})
		}
		if w.rows() != before {
			t.Error("something refused was kept")
		}
	})
	t.Run("a polyglot is only ever the picture it begins as", func(t *testing.T) {
		gif := []byte("GIF89a/*<script>alert(1)</script>*/=1;")
		a := w.upload(s.Token, "file", "x.html", "text/html", gif)
		var u uploaded
		a.into(t, &u)
		got := w.send("GET", u.URL, nil, bearer(s.Token))
		if got.head.Get("Content-Type") != "image/gif" || got.head.Get("X-Content-Type-Options") != "nosniff" || !strings.HasPrefix(got.head.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%v", got.head)
		}
	})
	t.Run("names are harmless", func(t *testing.T) {
		for name, want := range map[string]string{
			"../../etc/passwd": "passwd.png", `..\\..\\boot.ini`: "boot.png", "a\u202egnp.exe": "agnp.png", "a\u200bb.png": "ab.png", "坏了的杯子.jpeg": "坏了的杯子.png", "...": "picture.png", "": "picture.png",
			"con;rm -rf.png": "conrm-rf.png", "<img src=x>.png": "imgsrcx.png", "a%00b.png": "a00b.png", strings.Repeat("很", 500) + ".png": strings.Repeat("很", 60) + ".png", "a&#13;&#10;X-Evil: 1.png": "a1310X-Evil1.png",
		} {
			a := w.upload(s.Token, "file", name, "image/png", png)
			if a.status == http.StatusUnprocessableEntity && name == "" {
				continue // a part without a file name may be refused as no file
			}
			var u uploaded
			a.into(t, &u)
			stored, err := w.app.DB().FileOf(t.Context(), s.ConversationID, idOf(u.ID))
			w.ok(err)
			if stored.Name != want || stored.MIME != "image/png" {
				t.Errorf("%.40q is kept as %.80q (%s)", name, stored.Name, stored.MIME)
			}
		}
		// Control characters break the form's own syntax; what arrives must be harmless or refused.
		for _, name := range []string{"a\x00b.png", "a\r\nX-Evil: 1.png", "a\x1b[31m.png"} {
			a := w.upload(s.Token, "file", name, "image/png", png)
			if a.status != http.StatusCreated && a.status != http.StatusUnprocessableEntity {
				t.Errorf("%q: %d %s", name, a.status, a.body)
			}
		}
	})
	t.Run("bounds", func(t *testing.T) {
		full := append(bytes.Clone(png), make([]byte, 5<<20-len(png))...)
		before := w.rows()
		w.upload(s.Token, "file", "a.png", "image/png", append(full, 0)).problem(t, http.StatusRequestEntityTooLarge, "image_too_large")
		w.upload(s.Token, "file", "a.png", "image/png", make([]byte, 7<<20)).problem(t, http.StatusRequestEntityTooLarge, "image_too_large")
		w.upload(s.Token, "file", "a.png", "image/png", nil).problem(t, http.StatusUnprocessableEntity, "file_broken")
		w.upload(s.Token, "picture", "a.png", "image/png", png).problem(t, http.StatusUnprocessableEntity, "file_missing")
		w.send("POST", "/widget/v1/attachments", []byte("--x\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\nhalf"), header{"Content-Type", "multipart/form-data; boundary=x"}, bearer(s.Token)).problem(t, http.StatusUnprocessableEntity, "file_broken")
		w.send("POST", "/widget/v1/attachments", png, header{"Content-Type", "multipart/form-data"}, bearer(s.Token)).problem(t, http.StatusUnprocessableEntity, "multipart")
		if w.rows() != before {
			t.Error("something refused was kept")
		}
		if a := w.upload(s.Token, "file", "a.png", "image/png", full); a.status != http.StatusCreated {
			t.Errorf("exactly 5 MB: %d %s", a.status, a.body)
		}
	})
}
