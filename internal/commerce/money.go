package commerce

import (
	"math"
	"strconv"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Money is an amount in minor units (fen, cents) of one currency. Nothing here ever computes with fractions.
type Money struct {
	Amount   int64  `json:"amount"`
	Currency string `json:"currency"`
}

// Limit is the largest amount the house accepts: ten million yuan. It keeps every sum of a bounded order far from overflow.
const Limit = 1_000_000_000

// CNY is an amount in fen.
func CNY(fen int64) Money { return Money{fen, "CNY"} }

// Check refuses amounts that are negative or beyond Limit, and currencies that are not three letters.
func (m Money) Check() error {
	switch {
	case m.Amount < 0:
		return errs.New(errs.Invalid, "amount_negative", "The amount %d is negative; give zero or more.", m.Amount)
	case m.Amount > Limit:
		return errs.New(errs.Invalid, "amount_too_large", "The amount %d is over the limit of %d minor units.", m.Amount, int64(Limit))
	case len(m.Currency) != 3 || strings.ToUpper(m.Currency) != m.Currency:
		return errs.New(errs.Invalid, "currency_unknown", "The currency %q is not a code of three capital letters.", m.Currency)
	}
	return nil
}

// Add is the sum; other currencies and overflow are refused.
func (m Money) Add(o Money) (Money, error) {
	if m.Currency != o.Currency {
		return Money{}, errs.New(errs.Invalid, "currency_mixed", "Amounts in %s and %s cannot be added.", m.Currency, o.Currency)
	}
	if (o.Amount > 0 && m.Amount > math.MaxInt64-o.Amount) || (o.Amount < 0 && m.Amount < math.MinInt64-o.Amount) {
		return Money{}, errs.New(errs.Invalid, "amount_too_large", "The sum of the amounts is too large.")
	}
	return Money{m.Amount + o.Amount, m.Currency}, nil
}

// Times is the amount n times; a quantity below 0 or an overflow is refused.
func (m Money) Times(n int) (Money, error) {
	if n < 0 || n > MaxQuantity {
		return Money{}, errs.New(errs.Invalid, "quantity_out_of_range", "The quantity %d is not between 0 and %d.", n, MaxQuantity)
	}
	if m.Amount > Limit || m.Amount < -Limit {
		return Money{}, errs.New(errs.Invalid, "amount_too_large", "The amount %d is over the limit.", m.Amount)
	}
	return Money{m.Amount * int64(n), m.Currency}, nil
}

// ParseMoney reads a decimal such as "129.90" with at most two places. Full-width digits, exponents, signs and
// thousands separators are refused, so that one spelling has one meaning.
func ParseMoney(s, currency string) (Money, error) {
	bad := errs.New(errs.Invalid, "amount_malformed", "The amount %q is not a number such as 129.90.", s)
	whole, frac, dotted := strings.Cut(strings.TrimSpace(s), ".")
	if whole == "" || len(whole) > 12 || len(frac) > 2 || (dotted && frac == "") || !digits(whole) || !digits(frac) {
		return Money{}, bad
	}
	n, err := strconv.ParseInt(whole+(frac + "00")[:2], 10, 64)
	if err != nil {
		return Money{}, bad
	}
	m := Money{n, currency}
	return m, m.Check()
}

func digits(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < '0' || r > '9' }) < 0
}

// String is the bare decimal, "129.90".
func (m Money) String() string {
	sign, n := "", m.Amount
	if n < 0 {
		sign, n = "-", -n
	}
	d := strconv.FormatInt(n%100, 10)
	if len(d) == 1 {
		d = "0" + d
	}
	return sign + strconv.FormatInt(n/100, 10) + "." + d
}

// Text is the amount as people read it: "¥129.90", "$12.00", "EUR 3.50".
func (m Money) Text(id.Lang) string {
	mark := map[string]string{"CNY": "¥", "USD": "$"}[m.Currency]
	if mark == "" {
		mark = m.Currency + " "
	}
	return mark + m.String()
}
