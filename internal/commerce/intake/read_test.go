package intake_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/commerce/intake"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// known has one product with the SKU K1, one customer ann and the order number OLD.
type known struct{}

func (known) ProductOf(_ context.Context, sku string) (commerce.Product, error) {
	if sku != "K1" {
		return commerce.Product{}, errs.New(errs.NotFound, "sku_unknown", "no")
	}
	return commerce.Product{ID: "kite", SKUs: []commerce.SKU{{Code: "K1"}}}, nil
}

func (known) MemberOf(_ context.Context, c id.Customer) (commerce.Member, error) {
	if c != "ann" {
		return commerce.Member{CustomerID: c}, nil
	}
	return commerce.Member{CustomerID: c, Version: 3, Methods: []commerce.PaymentMethod{{ID: "w"}}}, nil
}

func (known) NumberTaken(_ context.Context, n string) (bool, error) { return n == "OLD", nil }

// places reads a file that must fail and lists where.
func places(t *testing.T, what, format, body string) string {
	t.Helper()
	_, err := intake.Read(t.Context(), what, format, strings.NewReader(body), known{})
	var e *errs.Error
	if !errors.As(err, &e) {
		t.Fatalf("%s was taken: %v", what, err)
	}
	var out []string
	for _, d := range e.Details {
		if d.Message == "" {
			t.Errorf("%s: no message", d.Location)
		}
		out = append(out, d.Location)
	}
	if len(out) == 0 {
		return e.Code
	}
	return strings.Join(out, "; ")
}

func TestEveryMistakeIsToldWithItsPlace(t *testing.T) {
	for _, c := range []struct{ what, format, body, want string }{
		{"products", "csv", "product_id,sku,price,colour\nkite,K1,1,red\n", "line 1, column colour; line 2, column name_zh"},
		{"products", "csv", "product_id,sku\nkite,K1\n", "line 1, column price; line 2, column price; line 2, column name_zh"},
		{"products", "csv", "product_id,name_zh,sku,price\nkite,风筝,K1,1e3\nkite,,K1,-2\nkite,,K3,１０\n", "line 2, column price; line 3, column price; line 3, column sku; line 4, column price"},
		{"products", "csv", "product_id,name_zh,sku,price\nkite,风筝,K1\n", "line 2; line 2, column price"},
		{"products", "csv", "product_id,name_zh,sku,price\nkite,\"风筝,K1,1\n", "line 2"},
		{"products", "json", `[{"product_id":"kite","name_en":"Kite","sku":"K1","price":1.5},{"product_id":"kite","sku":"K2","price":{"a":1}}]`, "item 2, column price; item 2, column price"},
		{"products", "csv", "product_id,name_zh,sku,price,options,on_sale\nkite,风筝,K1,1,red,maybe\n", "line 2, column options; line 2, column on_sale"},
		{"stock", "csv", "sku,place,on_hand,reserved\nK1,w,1,2\nK1,w,x,\nK9,w,1,\n", "line 2, column reserved; line 3, column on_hand; line 3, column sku; line 4, column sku"},
		{"stores", "csv", "store_id,phone,hours,zone,latitude\na,1,10-22,Mars/Base,NaN\na,1,closed,,91\n", "line 2, column latitude; line 2, column zone; " +
			strings.TrimSuffix(strings.Repeat("line 2, column hours; ", 7), "; ") + "; line 3, column latitude; line 3, column store_id"},
		{"customers", "csv", "customer_id,name,points,joined_at\nann,Ann,-1,yesterday\nann,,1,\n", "line 3, column name; line 2, column joined_at; line 2, column points; line 3, column customer_id"},
		{"orders", "csv", "number,customer_id,status,placed_at,sku,quantity,price\nOLD,ann,paid,2026-03-01,K1,1,5\n", "line 2, column paid_at; line 2, column number"},
		{"orders", "csv", "number,customer_id,status,placed_at,sku,quantity,price\nN1,bob,lost,2026-03-01,K9,1000,5\n", "line 2, column status; line 2, column paid_at; line 2, column customer_id; line 2, column sku; line 2, column quantity; order N1"},
		{"orders", "csv", "number,customer_id,status,placed_at,sku,quantity,price,discount\nN1,ann,unpaid,2026-03-01,K1,1,5,9\n", "order N1; order N1"},
		{"orders", "csv", "number,customer_id,status,placed_at,sku,quantity,price,currency\nN1,ann,unpaid,2026-03-01,K1,1,5,USD\nN1,bob,unpaid,2026-03-01,K1,1,5,CNY\n", "line 3, column customer_id; order N1"},
		{"cats", "csv", "", "import_kind"},
		{"stock", "xml", "", "import_format"},
		{"stock", "csv", "", "import_empty"},
		{"stock", "json", `{"sku":1}`, "import_json"},
		{"stock", "csv", "sku,place,on_hand\nK\xff,w,1\n", "import_encoding"},
	} {
		if got := places(t, c.what, c.format, c.body); got != c.want {
			t.Errorf("%s %q:\n got %s\nwant %s", c.what, c.body, got, c.want)
		}
	}
}

func TestAThousandMistakesAreAHundredAndACount(t *testing.T) {
	var b strings.Builder
	b.WriteString("sku,place,on_hand\n")
	for i := range 1000 {
		fmt.Fprintf(&b, "X%d,w,1\n", i)
	}
	_, err := intake.Read(t.Context(), "stock", "csv", strings.NewReader(b.String()), known{})
	var e *errs.Error
	if !errors.As(err, &e) || len(e.Details) != 101 || !strings.Contains(e.Details[100].Message, "900 more") {
		t.Errorf("%v", err)
	}
}

func TestProductsGatherTheirVariants(t *testing.T) {
	b, err := intake.Read(t.Context(), "products", "json", strings.NewReader(`[
		{"product_id":"kite","name_zh":"风筝","aliases":["纸鸢","kites"],"traits":"custom","sku":"K1","price":"20.50","was":30,"options":{"color":"red","size":"L"}},
		{"product_id":"top","name_en":"Top","sku":"T1","price":3,"on_sale":false},
		{"product_id":"kite","sku":"K2","price":25.7,"options":"color=blue|size=L"}]`), known{})
	if err != nil || b.Size() != 2 {
		t.Fatalf("%+v %v", b, err)
	}
	k := b.Products[0]
	if len(k.SKUs) != 2 || k.SKUs[1].Price.Amount != 2570 || k.SKUs[0].Was != 3000 || len(k.Options) != 2 || len(k.Options[0].Values) != 2 || len(k.Options[1].Values) != 1 || !k.Is(commerce.Custom) || len(k.Aliases) != 2 {
		t.Errorf("%+v", k)
	}
	if b.Products[1].SKUs[0].OnSale {
		t.Error("the top is on sale")
	}
}

func TestMembersKeepWhatTheFileDoesNotTell(t *testing.T) {
	b, err := intake.Read(t.Context(), "customers", "csv", strings.NewReader("customer_id,name,points,tier\nann,Ann,5,gold\n"), known{})
	if err != nil || len(b.Members) != 1 || b.Members[0].Version != 3 || len(b.Members[0].Methods) != 1 || b.Members[0].Points != 5 {
		t.Errorf("%+v %v", b.Members, err)
	}
}

func TestStoresOpenPastMidnight(t *testing.T) {
	b, err := intake.Read(t.Context(), "stores", "csv", strings.NewReader("store_id,phone,hours,weekend_hours\na,1,10:00-22:00,18:00-02:00\n"), known{})
	if err != nil || b.Stores[0].Week[6] != (commerce.Hours{Open: 1080, Close: 1560}) || b.Stores[0].Week[1].String() != "10:00-22:00" {
		t.Errorf("%+v %v", b.Stores, err)
	}
}
