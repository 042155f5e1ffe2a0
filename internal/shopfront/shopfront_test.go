package shopfront_test

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/shopfront"
	"github.com/xiaoer-cs/xiaoer/internal/store"
	"github.com/xiaoer-cs/xiaoer/seed"
)

var now = time.Date(2026, 3, 2, 4, 30, 0, 0, time.UTC)

func sign(c id.Customer) string {
	m := hmac.New(sha256.New, []byte("a secret of the test"))
	m.Write([]byte(c))
	return hex.EncodeToString(m.Sum(nil))
}

func server(t *testing.T) http.Handler {
	t.Helper()
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "x.db")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	s := seed.Load(now)
	if err := s.Write(t.Context(), db); err != nil {
		t.Fatal(err)
	}
	services := map[string]id.Text{}
	for k, w := range s.Services {
		services[k] = id.Text(w)
	}
	return shopfront.New(shopfront.Deps{Shop: commerce.NewService(db, s.Policies, nil, func() time.Time { return now }, rand.Reader),
		Name: func(ctx context.Context, c id.Customer) (string, error) {
			got, err := db.Customer(ctx, c)
			return got.Name, err
		},
		Sign: sign, Picture: seed.Picture, Categories: s.Categories, Services: services, Demo: []id.Customer{"li-na", "emma"}, Log: slog.New(slog.DiscardHandler)})
}

func ask(t *testing.T, h http.Handler, method, path, body string, cookies ...*http.Cookie) (*http.Response, map[string]any) {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for _, c := range cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var v map[string]any
	if strings.Contains(w.Header().Get("Content-Type"), "json") {
		if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
			t.Fatalf("%s: %v in %s", path, err, w.Body)
		}
	}
	return w.Result(), v
}

func TestGoods(t *testing.T) {
	h := server(t)
	if _, v := ask(t, h, "GET", "/shop/api/categories?locale=en", ""); len(v["items"].([]any)) != 8 || v["items"].([]any)[0].(map[string]any)["name"] != "Footwear" {
		t.Errorf("categories: %v", v)
	}
	_, v := ask(t, h, "GET", "/shop/api/products?q=保温杯&locale=zh", "")
	first := v["items"].([]any)[0].(map[string]any)
	if first["product_id"] != "thermos" || first["list_price"] == nil || first["in_stock"] != true {
		t.Errorf("search: %v", first)
	}
	if _, v := ask(t, h, "GET", "/shop/api/products?category=footwear&limit=3", ""); len(v["items"].([]any)) != 3 || v["total"].(float64) != 7 {
		t.Errorf("limit: %v", v)
	}
	if _, v := ask(t, h, "GET", "/shop/api/products?tag=new", ""); len(v["items"].([]any)) < 3 {
		t.Errorf("new: %v", v)
	}
	_, v = ask(t, h, "GET", "/shop/api/products/running-shoes?locale=en", "")
	if len(v["skus"].([]any)) != 18 || len(v["stores"].([]any)) != 8 || len(v["related"].([]any)) == 0 || v["return_text"] != "Return within 7 days, no questions asked" {
		t.Errorf("product: %v", v)
	}
	if _, v := ask(t, h, "GET", "/shop/api/products/boxer-briefs?locale=en", ""); v["return_text"] != "Cannot be returned without a fault" {
		t.Errorf("underwear: %v", v["return_text"])
	}
	if r, v := ask(t, h, "GET", "/shop/api/products/none", ""); r.StatusCode != 404 || v["code"] != "product_unknown" {
		t.Errorf("unknown: %d %v", r.StatusCode, v)
	}
}

func TestStoresGuidesPictures(t *testing.T) {
	h := server(t)
	_, v := ask(t, h, "GET", "/shop/api/stores?locale=en", "")
	st := v["items"].([]any)[0].(map[string]any)
	if st["open_now"] != true || st["city"] != "Hangzhou" || len(st["services"].([]any)) < 5 {
		t.Errorf("store: %v", st)
	}
	_, v = ask(t, h, "GET", "/shop/api/guides/rice-cooker", "")
	if v["title"] != "谷香电饭煲使用指南" || len(v["sections"].([]any)) != 3 {
		t.Errorf("guide: %v", v)
	}
	if r, _ := ask(t, h, "GET", "/shop/api/guides/mug", ""); r.StatusCode != 404 {
		t.Errorf("a mug has a guide: %d", r.StatusCode)
	}
	if r, _ := ask(t, h, "GET", "/shop/pictures/thermos.svg", ""); r.Header.Get("Content-Type") != "image/svg+xml" || r.Header.Get("Content-Security-Policy") == "" {
		t.Errorf("picture: %v", r.Header)
	}
	for _, p := range []string{"/shop/pictures/none.svg", "/shop/pictures/thermos", "/shop/api/nothing"} {
		if r, _ := ask(t, h, "GET", p, ""); r.StatusCode != 404 {
			t.Errorf("%s: %d", p, r.StatusCode)
		}
	}
}

func TestLogin(t *testing.T) {
	h := server(t)
	if r, _ := ask(t, h, "GET", "/shop/api/me", ""); r.StatusCode != 204 {
		t.Errorf("a visitor: %d", r.StatusCode)
	}
	if r, _ := ask(t, h, "GET", "/shop/api/orders", ""); r.StatusCode != 401 {
		t.Errorf("a visitor's orders: %d", r.StatusCode)
	}
	if r, _ := ask(t, h, "POST", "/shop/api/login", `{"customer_id":"wang-li"}`); r.StatusCode != 404 {
		t.Errorf("a stranger: %d", r.StatusCode)
	}
	if r, _ := ask(t, h, "POST", "/shop/api/login", `{"customer":1}`); r.StatusCode != 422 {
		t.Errorf("nonsense: %d", r.StatusCode)
	}
	r, v := ask(t, h, "POST", "/shop/api/login?locale=zh", `{"customer_id":"li-na"}`)
	if v["tier"] != "金卡会员" || v["signature"] != sign("li-na") || len(r.Cookies()) != 1 || !r.Cookies()[0].HttpOnly {
		t.Fatalf("login: %v %v", v, r.Cookies())
	}
	_, orders := ask(t, h, "GET", "/shop/api/orders", "", r.Cookies()...)
	if len(orders["items"].([]any)) != 4 {
		t.Errorf("%d orders", len(orders["items"].([]any)))
	}
	forged := &http.Cookie{Name: "xiaoer_shop", Value: "emma|" + sign("li-na")}
	if r, _ := ask(t, h, "GET", "/shop/api/orders", "", forged); r.StatusCode != 401 {
		t.Errorf("a forged cookie: %d", r.StatusCode)
	}
	out, _ := ask(t, h, "POST", "/shop/api/logout", "", r.Cookies()...)
	if out.StatusCode != 204 || out.Cookies()[0].MaxAge >= 0 {
		t.Errorf("logout: %d %v", out.StatusCode, out.Cookies())
	}
}

func TestOrdersOfAnother(t *testing.T) {
	h := server(t)
	_, v := ask(t, h, "GET", "/shop/api/orders?locale=en", "", &http.Cookie{Name: "xiaoer_shop", Value: "emma|" + sign("emma")})
	items := v["items"].([]any)
	if len(items) != 2 {
		t.Fatalf("%d orders", len(items))
	}
	for _, it := range items {
		o := it.(map[string]any)
		if s, ok := o["shipment"].(map[string]any); !ok || len(s["events"].([]any)) < 3 {
			t.Errorf("shipment: %v", o["shipment"])
		}
	}
}
