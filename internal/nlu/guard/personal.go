package guard

import (
	"sort"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
)

// Personal is a piece of personal data; Start and End are offsets into the folded text.
type Personal struct {
	Kind       string // phone email id_card bank_card plate passport address name
	Value      string // normalised: phone as E.164, digits without separators
	Start, End int
}

// The kinds of personal data.
const (
	Phone    = "phone"
	Email    = "email"
	IDCard   = "id_card"
	BankCard = "bank_card"
	Plate    = "plate"
	Passport = "passport"
	Address  = "address"
	Name     = "name"
)

// FindPersonal lists the personal data of a message by place, without overlap.
func FindPersonal(t *fold.Text) []Personal {
	var out []Personal
	s := t.Plain
	if strings.IndexByte(s, '@') >= 0 || strings.Contains(s, " at ") || strings.Contains(s, "艾特") || strings.Contains(s, "圈a") || strings.Contains(s, "小老鼠") {
		out = emails(s, out)
	}
	out = numbers(s, out)
	out = plates(s, out)
	out = passports(s, out)
	out = addresses(s, out)
	out = names(t, out)
	return settle(out)
}

// settle sorts by place and, where two overlap, keeps the earlier of the more certain kinds.
func settle(list []Personal) []Personal {
	if len(list) < 2 {
		return list
	}
	sort.SliceStable(list, func(i, j int) bool { return certainty(list[i].Kind) < certainty(list[j].Kind) })
	kept := list[:0]
	for _, p := range list {
		if !overlaps(kept, p.Start, p.End) {
			kept = append(kept, p)
		}
	}
	sort.Slice(kept, func(i, j int) bool { return kept[i].Start < kept[j].Start })
	return kept
}

func certainty(kind string) int {
	switch kind {
	case Email:
		return 0
	case IDCard:
		return 1
	case Phone:
		return 2
	case BankCard:
		return 3
	case Address:
		return 5
	case Name:
		return 6
	}
	return 4
}

func overlaps(list []Personal, start, end int) bool {
	for _, p := range list {
		if start < p.End && p.Start < end {
			return true
		}
	}
	return false
}
