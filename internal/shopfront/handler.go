package shopfront

import (
	"context"
	"crypto/hmac"
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/problem"
)

// Deps is what the storefront's data comes from.
type Deps struct {
	Shop       *commerce.Service
	Name       func(ctx context.Context, c id.Customer) (string, error) // of a customer
	Sign       func(c id.Customer) string                               // the web channel's signature of a customer's id
	Picture    func(name string) (svg []byte, ok bool)
	Categories []commerce.Category
	Services   map[string]id.Text // what stores offer, in words
	Demo       []id.Customer      // who may log in without a password
	Log        *slog.Logger
}

// cookieName carries the login.
const cookieName = "xiaoer_shop"

type front struct{ Deps }

// New makes the handler of /shop/api/ and /shop/pictures/.
func New(d Deps) http.Handler {
	f := front{d}
	mux := http.NewServeMux()
	for pattern, h := range map[string]func(*http.Request, id.Lang) (any, error){
		"GET /shop/api/categories": f.categories, "GET /shop/api/products": f.products, "GET /shop/api/products/{id}": f.product,
		"GET /shop/api/stores": f.stores, "GET /shop/api/guides": f.guides, "GET /shop/api/guides/{id}": f.guide, "GET /shop/api/orders": f.orders,
	} {
		mux.HandleFunc(pattern, f.answer(h))
	}
	mux.HandleFunc("GET /shop/api/me", f.me)
	mux.HandleFunc("POST /shop/api/login", f.login)
	mux.HandleFunc("POST /shop/api/logout", f.logout)
	mux.HandleFunc("GET /shop/pictures/{name}", f.picture)
	mux.HandleFunc("/shop/api/", func(w http.ResponseWriter, r *http.Request) {
		problem.Write(w, r, d.Log, errs.New(errs.NotFound, "route_unknown", "There is nothing at %.100q.", r.URL.Path))
	})
	return mux
}

func locale(r *http.Request) id.Lang { return id.ParseLang(r.URL.Query().Get("locale")) }

func (f front) answer(h func(*http.Request, id.Lang) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v, err := h(r, locale(r))
		if err != nil {
			problem.Write(w, r, f.Log, err)
			return
		}
		writeJSON(w, v)
	}
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	_ = json.NewEncoder(w).Encode(v)
}

// customer is who is logged in, "" for a visitor.
func (f front) customer(r *http.Request) id.Customer {
	c, err := r.Cookie(cookieName)
	if err != nil {
		return ""
	}
	who, sig, _ := strings.Cut(c.Value, "|")
	if who == "" || !hmac.Equal([]byte(sig), []byte(f.Sign(id.Customer(who)))) {
		return ""
	}
	return id.Customer(who)
}

type meView struct {
	CustomerID id.Customer `json:"customer_id"`
	Name       string      `json:"name"`
	Signature  string      `json:"signature"`
	Tier       string      `json:"tier"`
	Points     int64       `json:"points"`
	Coupons    int         `json:"coupons"`
}

func (f front) view(r *http.Request, c id.Customer) (meView, error) {
	name, err := f.Name(r.Context(), c)
	if err != nil {
		return meView{}, err
	}
	m, err := f.Shop.For(c).Member(r.Context())
	if err != nil {
		return meView{}, err
	}
	coupons, err := f.Shop.For(c).Coupons(r.Context())
	return meView{c, name, f.Sign(c), f.Shop.Policies().Tier(m.Tier).Name.In(locale(r)), m.Points, len(coupons)}, err
}

func (f front) me(w http.ResponseWriter, r *http.Request) {
	c := f.customer(r)
	if c == "" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	f.show(w, r, c)
}

func (f front) show(w http.ResponseWriter, r *http.Request, c id.Customer) {
	v, err := f.view(r, c)
	if err != nil {
		problem.Write(w, r, f.Log, err)
		return
	}
	writeJSON(w, v)
}

func (f front) login(w http.ResponseWriter, r *http.Request) {
	var in struct {
		CustomerID id.Customer `json:"customer_id"`
	}
	if err := problem.ReadJSON(w, r, 1<<10, &in); err != nil {
		problem.Write(w, r, f.Log, err)
		return
	}
	if !slices.Contains(f.Demo, in.CustomerID) {
		problem.Write(w, r, f.Log, errs.New(errs.NotFound, "login_unknown", "There is no demo login %.60q.", in.CustomerID))
		return
	}
	http.SetCookie(w, f.cookie(r, string(in.CustomerID)+"|"+f.Sign(in.CustomerID), 30*24*3600))
	f.show(w, r, in.CustomerID)
}

func (f front) logout(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, f.cookie(r, "", -1))
	w.WriteHeader(http.StatusNoContent)
}

func (front) cookie(r *http.Request, value string, age int) *http.Cookie {
	return &http.Cookie{Name: cookieName, Value: value, Path: "/", MaxAge: age, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil}
}

func (f front) picture(w http.ResponseWriter, r *http.Request) {
	name, ok := strings.CutSuffix(r.PathValue("name"), ".svg")
	svg, found := []byte(nil), false
	if ok {
		svg, found = f.Picture(name)
	}
	if !found {
		problem.Write(w, r, f.Log, errs.New(errs.NotFound, "picture_unknown", "There is no picture %.60q.", name))
		return
	}
	h := w.Header()
	h.Set("Content-Type", "image/svg+xml")
	h.Set("Cache-Control", "public, max-age=86400")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
	_, _ = w.Write(svg)
}
