package app

import (
	"context"
	"net/http"

	"github.com/xiaoer-cs/xiaoer/internal/channels/webchat"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/shopfront"
	"github.com/xiaoer-cs/xiaoer/seed"
)

// demoCustomers may log in to the demo storefront without a password; they are a stable surface of the seed.
var demoCustomers = []id.Customer{"li-na", "wang-wei", "emma"}

// demoShop serves the storefront: its pages, and the data they read.
func (a *App) demoShop(mux *http.ServeMux) {
	s := seed.Load(a.opt.Clock.Now())
	services := map[string]id.Text{}
	for k, w := range s.Services {
		services[k] = id.Text(w)
	}
	data := shopfront.New(shopfront.Deps{Shop: a.services.commerce, Name: a.customerName, Picture: seed.Picture, Categories: s.Categories, Services: services,
		Sign: func(c id.Customer) string { return webchat.Sign(a.front.secret, c) }, Demo: demoCustomers, Log: a.log})
	mux.Handle("/shop/api/", data)
	mux.Handle("GET /shop/pictures/", data)
	mux.Handle("/shop/", newStatic("shop", "/shop/", "index.html", policy("'self'")))
}

func (a *App) customerName(ctx context.Context, c id.Customer) (string, error) {
	got, err := a.db.Customer(ctx, c)
	return got.Name, err
}
