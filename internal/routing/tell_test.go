package routing_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/routing"
)

func TestNewsIsToldAndMovesNobody(t *testing.T) {
	b := fresh(t)
	before := b.now()
	n := routing.News{Text: id.Text{ZH: "好了", EN: "It is done"}, Cards: []conversation.Card{{Kind: "ticket", Title: "Ticket T1"}}, Rate: true}
	must(t, b.desk.Tell(t.Context(), b.conv.ID, n))
	must(t, b.desk.Tell(t.Context(), b.conv.ID, n)) // the rating is being asked for already
	b.work()
	b.want("system/notice: It is done", "system/card: ", "system/card: ", "system/notice: It is done", "system/card: ")
	after := b.now()
	if after.Handler != before.Handler || after.Status != before.Status || len(b.agent.turns) != 0 {
		t.Errorf("it moved: %+v, %d turns", after, len(b.agent.turns))
	}
	msgs, err := b.db.After(t.Context(), b.conv.ID, 0, 10)
	must(t, err)
	kinds, ids := "", map[id.Card]bool{}
	for _, m := range msgs {
		if m.Card != nil {
			kinds += m.Card.Kind + " " + m.Card.Status + " "
			ids[m.Card.ID] = true
		}
	}
	if kinds != "ticket open rating open ticket open " || len(ids) != 3 {
		t.Errorf("cards %q, ids %v", kinds, ids)
	}
}

func TestNewsIsPartOfItsTransaction(t *testing.T) {
	b := fresh(t)
	broken := errors.New("the rest failed")
	err := b.db.InTx(t.Context(), func(ctx context.Context) error {
		if err := b.desk.Tell(ctx, b.conv.ID, routing.News{Text: id.Text{ZH: "好了", EN: "done"}}); err != nil {
			return err
		}
		return broken
	})
	if !errors.Is(err, broken) || b.transcript() != "" {
		t.Errorf("%v; said %q", err, b.transcript())
	}
}

func TestANoteIsForStaffAndPriorityOnlyRises(t *testing.T) {
	b := fresh(t)
	must(t, b.desk.Note(t.Context(), b.conv.ID, id.Text{ZH: "快到时限", EN: "nearly late"}))
	b.want("system/note: nearly late")
	for _, p := range []int{2, 1} {
		must(t, b.desk.Raise(t.Context(), b.conv.ID, p))
		if got := b.now().Priority; got != 2 {
			t.Errorf("priority %d", got)
		}
	}
	must(t, b.desk.Note(t.Context(), "cnv_gone", id.Text{ZH: "x", EN: "x"}))
	must(t, b.desk.Raise(t.Context(), "cnv_gone", 3))
	if err := b.desk.Tell(t.Context(), "cnv_gone", routing.News{}); !errs.Is(err, errs.NotFound) {
		t.Errorf("news for nobody: %v", err)
	}
	if strings.Contains(b.transcript(), "x") {
		t.Error(b.transcript())
	}
}
