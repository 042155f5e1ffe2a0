package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/uptrace/bun"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// File is a stored attachment.
type File struct {
	ID             id.Attachment
	ConversationID id.Conversation
	Name, MIME     string
	Data           []byte
	CreatedAt      time.Time
}

type attachmentRow struct {
	bun.BaseModel  `bun:"table:attachments"`
	ID             string `bun:",pk"`
	ConversationID string
	Name           string
	Mime           string
	Size           int64
	Sha256         string
	Data           []byte
	CreatedAt      int64
}

// PutFile stores an attachment.
func (d *DB) PutFile(ctx context.Context, f File) error {
	sum := sha256.Sum256(f.Data)
	row := attachmentRow{ID: string(f.ID), ConversationID: string(f.ConversationID), Name: f.Name, Mime: f.MIME, Size: int64(len(f.Data)), Sha256: hex.EncodeToString(sum[:]), Data: f.Data, CreatedAt: ms(d.now())}
	return d.writeTx(ctx, func(ctx context.Context, q bun.IDB) error {
		_, err := q.NewInsert().Model(&row).Exec(ctx)
		return err
	})
}

// FileOf reads an attachment of a conversation; one of another conversation is NotFound.
func (d *DB) FileOf(ctx context.Context, cid id.Conversation, aid id.Attachment) (File, error) {
	var r attachmentRow
	err := mapErr(d.q(ctx).NewRaw(`SELECT * FROM attachments WHERE id = ? AND conversation_id = ?`, string(aid), string(cid)).Scan(ctx, &r))
	if errs.Is(err, errs.NotFound) {
		err = errs.New(errs.NotFound, "attachment_unknown", "There is no attachment %q here.", aid)
	}
	return File{ID: id.Attachment(r.ID), ConversationID: id.Conversation(r.ConversationID), Name: r.Name, MIME: r.Mime, Data: r.Data, CreatedAt: at(r.CreatedAt)}, err
}
