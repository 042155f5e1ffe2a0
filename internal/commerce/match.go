package commerce

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Named finds the products that words name, best first: an id, or a sentence that holds a name or an alias, or a part of
// a name. The longest name that occurs wins, so "咖啡机" is not mistaken for "咖啡".
func (s *Service) Named(ctx context.Context, words string) ([]Product, error) {
	all, err := s.books.Products(ctx)
	if err != nil {
		return nil, err
	}
	return best(all, func(p Product) int { return p.Mentioned(words) }), nil
}

// best keeps what scores highest.
func best[T any](all []T, score func(T) int) (out []T) {
	top := 0
	for _, v := range all {
		switch n := score(v); {
		case n > top:
			top, out = n, []T{v}
		case n == top && n > 0:
			out = append(out, v)
		}
	}
	return out
}

// Mentioned weighs how much of the words names the product; 0 is not at all.
func (p Product) Mentioned(words string) (n int) {
	if strings.EqualFold(strings.TrimSpace(words), string(p.ID)) {
		return 1000
	}
	for _, name := range append([]string{p.Name.ZH, p.Name.EN}, p.Aliases...) {
		n = max(n, mention(words, name))
	}
	if _, ok := p.SKU(strings.TrimSpace(words)); ok {
		n = 1000
	}
	return n
}

// mention is the length of the name when it occurs in the words, or half that of the words when they are part of it.
func mention(words, name string) int {
	words, name = strings.ToLower(strings.TrimSpace(words)), strings.ToLower(name)
	if name == "" || words == "" {
		return 0
	}
	if i := strings.Index(words, name); i >= 0 && wholeWord(words, i, len(name)) {
		return 2 * utf8.RuneCountInString(name)
	}
	if utf8.RuneCountInString(words) >= 2 && strings.Contains(name, words) {
		return utf8.RuneCountInString(words)
	}
	return 0
}

// wholeWord keeps "cap" out of "capacity"; a plural s is let through. Chinese has no such borders.
func wholeWord(s string, i, n int) bool {
	first, _ := utf8.DecodeRuneInString(s[i:])
	if !isLatin(first) {
		return true
	}
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(strings.TrimPrefix(s[i+n:], "s"))
	return !isLatin(before) && !isLatin(after)
}

func isLatin(r rune) bool { return r < 0x250 && unicode.IsLetter(r) }

// StoresNamed lists the stores that a store's id or name and a city leave; empty words leave all.
func (s *Service) StoresNamed(ctx context.Context, store, city string) ([]Store, error) {
	all, err := s.books.Stores(ctx)
	if err != nil {
		return nil, err
	}
	if city != "" {
		all = slices.DeleteFunc(slices.Clone(all), func(st Store) bool { return !st.in(city) })
	}
	if store == "" {
		return all, nil
	}
	return best(all, func(st Store) int { return st.mentioned(store) }), nil
}

func (s Store) in(city string) bool {
	return mention(city, s.City.ZH) > 0 || mention(city, s.City.EN) > 0
}

func (s Store) mentioned(words string) (n int) {
	if words == string(s.ID) {
		return 1000
	}
	for _, name := range append([]string{s.Name.ZH, s.Name.EN}, s.Aliases...) {
		n = max(n, mention(words, name))
	}
	return n
}

// Summary is an order's goods in a few words: "跑鞋等 2 件".
func (o Order) Summary(l id.Lang) string {
	if len(o.Lines) == 0 {
		return ""
	}
	n, first := 0, o.Lines[0].Name.In(l)
	for _, x := range o.Lines {
		n += x.Quantity
	}
	if len(o.Lines) == 1 && n == 1 {
		return first
	}
	if l == id.EN {
		if len(o.Lines) == 1 {
			return strconv.Itoa(n) + " × " + first
		}
		return first + " and " + strconv.Itoa(len(o.Lines)-1) + " more"
	}
	return first + "等 " + strconv.Itoa(n) + " 件"
}
