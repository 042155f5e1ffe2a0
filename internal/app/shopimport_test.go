package app_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/app"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/store"
)

func TestImportKeepsAllOrNothing(t *testing.T) {
	db, err := store.Open(t.Context(), store.Options{Path: filepath.Join(t.TempDir(), "x.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	now := time.Date(2026, 3, 2, 9, 30, 0, 0, time.UTC)
	put := func(what, format, body string) (int, error) {
		return app.ImportShop(t.Context(), db, what, format, strings.NewReader(body), now)
	}
	for _, f := range []struct {
		what, format, body string
		want               int
	}{
		{"products", "csv", "product_id,name_zh,name_en,sku,price,options,aliases\nkite,风筝,Kite,K1,20.50,color=red,纸鸢|kites\nkite,,,K2,25.75,color=blue,\n", 1},
		{"stock", "json", `[{"sku":"K1","place":"warehouse","on_hand":5},{"sku":"K2","place":"warehouse","on_hand":2}]`, 2},
		{"stores", "csv", "store_id,name_zh,phone,hours,weekend_hours\nhz,杭州店,0571-1,10:00-22:00,10:00-02:00\n", 1},
		{"customers", "csv", "\xef\xbb\xbfcustomer_id,name,language,points,tier\nann,Ann,en,120,gold\n", 1},
		{"orders", "csv", "number,customer_id,status,placed_at,paid_at,received_at,sku,quantity,price,shipping,discount\nA1,ann,delivered,2026-02-20 10:00,2026-02-20 10:05,2026-02-22 09:00,K1,2,20.50,8,1\nA1,ann,delivered,2026-02-20 10:00,2026-02-20 10:05,2026-02-22 09:00,K2,1,25.75,8,1\n", 1},
	} {
		if n, err := put(f.what, f.format, f.body); err != nil || n != f.want {
			t.Fatalf("%s: %d, %v", f.what, n, err)
		}
	}
	o, err := db.OrderOf(t.Context(), "ann", "A1")
	if err != nil || o.Total.Amount != 4100+2575+800-100 || len(o.Lines) != 2 || o.Lines[1].Variant.EN != "blue" || o.Balance() != o.Total.Amount {
		t.Fatalf("%+v %v", o, err)
	}
	_, err = put("orders", "csv", "number,customer_id,status,placed_at,sku,quantity,price\nA2,ann,unpaid,2026-02-20,K1,1,20.50\nA1,ann,unpaid,2026-02-20,K1,1,20.50\nA3,bob,unpaid,2026-02-20,K9,0,-1\n")
	var e *errs.Error
	if !errors.As(err, &e) || len(e.Details) < 5 {
		t.Fatalf("%v", err)
	}
	if _, err := db.OrderOf(t.Context(), "ann", "A2"); !errs.Is(err, errs.NotFound) {
		t.Errorf("half of the file was kept: %v", err)
	}
}
