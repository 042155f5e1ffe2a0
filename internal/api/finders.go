package api

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/conversation"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
	"github.com/xiaoer-cs/xiaoer/internal/staff"
	"github.com/xiaoer-cs/xiaoer/internal/ticket"
)

// TextIndex finds words in conversations, customers and tickets within scopes.
type TextIndex interface {
	FindText(ctx context.Context, query string, kinds []string, cs conversation.Scope, ts ticket.Scope, limit int, fn func(kind, ref, title, text string, at time.Time)) error
}

// TextFinder searches what the text index keeps.
type TextFinder struct {
	Index TextIndex
	Inbox conversation.Inbox
}

// Kinds implements Finder.
func (TextFinder) Kinds() []string { return []string{"conversation", "customer", "ticket"} }

// Find implements Finder. A conversation is titled by its customer.
func (f TextFinder) Find(ctx context.Context, p staff.Principal, query string, kinds []string, limit int) (out []Found, err error) {
	err = f.Index.FindText(ctx, query, kinds, inboxScope(p), ticketScope(p), limit, func(kind, ref, title, text string, at time.Time) {
		if kind == "customer" {
			text = "" // what was matched may be a phone number that the searcher sees masked
		}
		out = append(out, Found{Kind: kind, ID: ref, Title: title, Snippet: text, At: at, Ref: &Ref{kind, ref}})
	})
	for i := range out {
		if out[i].Kind != "conversation" || limit > 50 { // beyond a screenful only ids are wanted
			continue
		}
		r, err := f.Inbox.InboxRow(ctx, inboxScope(p), id.Conversation(out[i].ID))
		if err != nil {
			return nil, err
		}
		out[i].Title = cmp.Or(r.CustomerName, r.Channel) // a visitor has no name yet
	}
	return out, err
}

// OrderBook finds orders by a part of their number.
type OrderBook interface {
	OrdersLike(ctx context.Context, part string, limit int) ([]commerce.Order, error)
}

// OrderFinder searches orders.
type OrderFinder struct{ Book OrderBook }

// Kinds implements Finder.
func (OrderFinder) Kinds() []string { return []string{"order"} }

// Find implements Finder. An order opens with its customer.
func (f OrderFinder) Find(ctx context.Context, p staff.Principal, query string, _ []string, limit int) (out []Found, err error) {
	part := strings.TrimSpace(query)
	if len(part) < 3 {
		return nil, nil
	}
	os, err := f.Book.OrdersLike(ctx, part, limit)
	for _, o := range os {
		out = append(out, Found{Kind: "order", ID: string(o.ID), Title: o.Number, Snippet: o.Status.Text().In(lang(p.Language)), At: o.PlacedAt, Ref: &Ref{"customer", string(o.CustomerID)}})
	}
	return out, err
}

// ArticleFinder searches articles by title and key.
type ArticleFinder struct{ Articles Articles }

// Kinds implements Finder.
func (ArticleFinder) Kinds() []string { return []string{"article"} }

// Find implements Finder.
func (f ArticleFinder) Find(ctx context.Context, _ staff.Principal, query string, _ []string, limit int) (out []Found, err error) {
	as, err := f.Articles.Articles(ctx, knowledge.Filter{Text: strings.TrimSpace(query), Limit: limit})
	for _, a := range as {
		out = append(out, Found{Kind: "article", ID: a.Key, Title: a.Content.Title, Snippet: clipText(firstPassage(a.Content.Body), 120), At: a.UpdatedAt, Ref: &Ref{"article", a.Key}})
	}
	return out, err
}

func firstPassage(body string) string {
	if ps := knowledge.Passages(body); len(ps) > 0 {
		return ps[0].Text
	}
	return ""
}

// Shelf lists the products.
type Shelf interface {
	Products(ctx context.Context) ([]commerce.Product, error)
}

// ProductFinder searches products by name and SKU.
type ProductFinder struct{ Shelf Shelf }

// Kinds implements Finder.
func (ProductFinder) Kinds() []string { return []string{"product"} }

// Find implements Finder.
func (f ProductFinder) Find(ctx context.Context, p staff.Principal, query string, _ []string, limit int) (out []Found, err error) {
	all, err := f.Shelf.Products(ctx)
	q := strings.ToLower(strings.TrimSpace(query))
	has := func(s string) bool { return strings.Contains(strings.ToLower(s), q) }
	for _, x := range all {
		if len(out) == limit {
			break
		}
		sku := slices.ContainsFunc(x.SKUs, func(s commerce.SKU) bool { return has(s.Code) })
		if sku || has(x.Name.ZH) || has(x.Name.EN) {
			out = append(out, Found{Kind: "product", ID: string(x.ID), Title: x.Name.In(lang(p.Language)), Snippet: x.Category, Ref: &Ref{"product", string(x.ID)}})
		}
	}
	return out, err
}
