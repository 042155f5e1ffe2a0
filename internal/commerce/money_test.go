package commerce_test

import (
	"math"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

func TestParseMoneyTakesOneSpellingOnly(t *testing.T) {
	for in, want := range map[string]int64{"0": 0, "129.9": 12990, "129.90": 12990, "8": 800, " 0.01 ": 1, "10000000": commerce.Limit} {
		if m, err := commerce.ParseMoney(in, "CNY"); err != nil || m.Amount != want {
			t.Errorf("%q gave %v, %v", in, m, err)
		}
	}
	for _, in := range []string{"", "-1", "+1", "1e3", "1e308", "NaN", "Inf", "0x10", "１００", "1,000", "1.999", "1.", ".5", "1 0", "¥5", "0.1+0.2", "99999999999999999999", "10000001"} {
		if m, err := commerce.ParseMoney(in, "CNY"); err == nil {
			t.Errorf("%q was taken for %v", in, m)
		}
	}
	if _, err := commerce.ParseMoney("1", "yuan"); err == nil {
		t.Error("a currency that is none was taken")
	}
}

func TestMoneyRefuses(t *testing.T) {
	if _, err := commerce.CNY(1).Add(commerce.Money{Amount: 1, Currency: "USD"}); err == nil {
		t.Error("two currencies were added")
	}
	for _, p := range [][2]int64{{math.MaxInt64, 1}, {math.MinInt64, -1}} {
		if _, err := commerce.CNY(p[0]).Add(commerce.CNY(p[1])); err == nil {
			t.Errorf("%v overflowed silently", p)
		}
	}
	for _, n := range []int{-1, commerce.MaxQuantity + 1, math.MaxInt} {
		if _, err := commerce.CNY(100).Times(n); err == nil {
			t.Errorf("%d times was taken", n)
		}
	}
	if _, err := commerce.CNY(math.MaxInt64).Times(2); err == nil {
		t.Error("an amount beyond all limits was multiplied")
	}
	for _, m := range []commerce.Money{commerce.CNY(-1), commerce.CNY(commerce.Limit + 1), {Amount: 1}, {Amount: 1, Currency: "cny"}} {
		if m.Check() == nil {
			t.Errorf("%v passed", m)
		}
	}
}

func TestMoneyReads(t *testing.T) {
	for m, want := range map[commerce.Money]string{commerce.CNY(12990): "¥129.90", commerce.CNY(5): "¥0.05", commerce.CNY(-250): "¥-2.50",
		{Amount: 1200, Currency: "USD"}: "$12.00", {Amount: 350, Currency: "EUR"}: "EUR 3.50"} {
		if got := m.Text(id.ZH); got != want {
			t.Errorf("%d %s reads %q, want %q", m.Amount, m.Currency, got, want)
		}
	}
	sum, err := commerce.CNY(10).Add(commerce.CNY(20))
	if err != nil || sum.Amount != 30 {
		t.Errorf("0.1 + 0.2 = %v, %v", sum, err)
	}
}
