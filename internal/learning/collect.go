package learning

import (
	"context"
	"strconv"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// collected is the mark that tells up to which change conversations were read.
const collected = "learning.collected"

const (
	page     = 200
	talkMax  = 1000            // messages of one conversation that are read
	lookBack = 2 * time.Minute // transactions become visible a little out of order; reading twice changes nothing
)

// Collect reads the conversations that changed since the last time, groups their signals and looks after what is watched.
func (s *Service) Collect(ctx context.Context) error {
	for {
		n, err := s.collectPage(ctx)
		if err != nil {
			return err
		}
		if n < page {
			break
		}
	}
	if err := s.Group(ctx); err != nil {
		return err
	}
	if err := s.flowGaps(ctx); err != nil {
		return err
	}
	return s.Watch(ctx)
}

// collectPage reads some conversations and keeps signals and place in one transaction.
func (s *Service) collectPage(ctx context.Context) (int, error) {
	from, after, err := s.place(ctx)
	if err != nil {
		return 0, err
	}
	cs, err := s.d.Past.ConversationsChanged(ctx, from, after, page)
	if err != nil {
		return 0, err
	}
	var all []Signal
	for _, c := range cs {
		list, err := s.signals(ctx, c)
		if err != nil {
			return 0, err
		}
		all = append(all, list...)
	}
	mark := strconv.FormatInt(s.d.Now().Add(-silence-lookBack).UnixMilli(), 10) // a flow left open shows after a day
	if len(cs) == page {
		last := cs[page-1]
		mark = strconv.FormatInt(last.UpdatedAt.UnixMilli(), 10) + " " + string(last.ID)
	}
	return len(cs), s.d.Tx.InTx(ctx, func(ctx context.Context) error {
		if err := s.d.Signals.PutSignals(ctx, all...); err != nil {
			return err
		}
		return s.d.Marks.PutSetting(ctx, collected, mark)
	})
}

func (s *Service) place(ctx context.Context) (time.Time, id.Conversation, error) {
	mark, err := s.d.Marks.Setting(ctx, collected)
	if errs.Is(err, errs.NotFound) {
		return s.d.Now().Add(-s.d.Settings.Window), "", nil
	}
	if err != nil {
		return time.Time{}, "", err
	}
	at, cid, err := cutMark(mark)
	if err != nil {
		return time.Time{}, "", errs.Wrap(err, errs.Internal, "learning_mark", "The collector's place %q cannot be read.", mark)
	}
	return at, cid, nil
}

func cutMark(mark string) (time.Time, id.Conversation, error) {
	head, tail := mark, ""
	for i := range mark {
		if mark[i] == ' ' {
			head, tail = mark[:i], mark[i+1:]
			break
		}
	}
	ms, err := strconv.ParseInt(head, 10, 64)
	return time.UnixMilli(ms).UTC(), id.Conversation(tail), err
}

func (s *Service) signals(ctx context.Context, c conversation.Conversation) ([]Signal, error) {
	ds, err := s.d.Talk.Decisions(ctx, c.ID, talkMax)
	if err != nil {
		return nil, err
	}
	msgs, err := s.d.Talk.After(ctx, c.ID, 0, talkMax)
	if err != nil {
		return nil, err
	}
	back, err := s.d.Past.CameBack(ctx, c)
	if err != nil {
		return nil, err
	}
	return read(c, msgs, ds, back, s.d.Now()), nil
}
