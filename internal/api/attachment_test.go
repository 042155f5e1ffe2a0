package api_test

import (
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/store"
)

func TestStaffOpensWhatWasSent(t *testing.T) {
	w := newWorld(t)
	cid := id.Conversation(w.ownC)
	_, err := w.db.Append(t.Context(), cid, conversation.Message{ID: "msg_pic", Author: conversation.Customer, Kind: conversation.Image,
		Attachments: []conversation.Attachment{{ID: "att_own", Name: "a.png", MIME: "image/png", URL: "/widget/v1/attachments/att_own"}}})
	check(t, err)
	var list struct{ Items []conversation.Message }
	w.ask("anna", "GET", "/conversations/"+w.ownC+"/messages", "").into(t, &list)
	url := list.Items[len(list.Items)-1].Attachments[0].URL
	path, ok := strings.CutPrefix(url, "/api/v1")
	if !ok {
		t.Fatalf("staff is pointed at %s", url)
	}
	a := w.ask("anna", "GET", path, "")
	if a.Status != 200 || a.Body != "ownword" || a.Header.Get("Content-Type") != "image/png" || !strings.Contains(a.Header.Get("Content-Security-Policy"), "sandbox") {
		t.Errorf("%d %q %v", a.Status, a.Body, a.Header)
	}
	for who, path := range map[string]string{
		"another team's":                    "/conversations/" + w.foreignC + "/attachments/att_foreign",
		"another team's, by one's own":      "/conversations/" + w.ownC + "/attachments/att_foreign",
		"one that is not there":             "/conversations/" + w.ownC + "/attachments/none",
		"one's own, by another team's door": "/conversations/" + w.foreignC + "/attachments/att_own",
	} {
		if a := w.ask("anna", "GET", path, ""); a.Status != 404 || strings.Contains(a.Body, "foreignword") {
			t.Errorf("%s: %d %s", who, a.Status, a.Body)
		}
	}
	if a := w.ask("mark", "GET", path, ""); a.Status != 403 {
		t.Errorf("a marketer: %d", a.Status)
	}
}

func TestWhatIsNoPictureIsOnlySaved(t *testing.T) {
	w := newWorld(t)
	check(t, w.db.PutFile(t.Context(), store.File{ID: "att_svg", ConversationID: id.Conversation(w.ownC), Name: "x.svg", MIME: "image/svg+xml", Data: []byte("<svg onload=alert(1)>")}))
	a := w.ask("anna", "GET", "/conversations/"+w.ownC+"/attachments/att_svg", "")
	if a.Header.Get("Content-Type") != "application/octet-stream" || a.Header.Get("Content-Disposition") != "attachment" || a.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("%v", a.Header)
	}
}
