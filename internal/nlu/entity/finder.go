package entity

import (
	"sort"
	"strings"
	"sync/atomic"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
	"github.com/xiaoer-cs/xiaoer/internal/nlu/guard"
)

// Finder finds entities.
type Finder struct {
	catalogue atomic.Pointer[catalogue]
}

// NewFinder makes a Finder without a catalogue.
func NewFinder() *Finder { return &Finder{} }

// SetCatalogue swaps the names of products and stores; what is being read goes on with the old ones.
func (f *Finder) SetCatalogue(products, stores []Item) {
	f.catalogue.Store(newCatalogue(products, stores))
}

// Find lists the entities of a message by place. personal is what guard.FindPersonal found in the same text.
func (f *Finder) Find(t *fold.Text, personal []guard.Personal, c Context) []Entity {
	s := &search{text: t, s: t.Plain, c: c}
	s.personal(personal)
	s.codes()
	if cat := f.catalogue.Load(); cat != nil {
		cat.find(s)
	}
	s.dates()
	s.amounts()
	s.sizes()
	s.colours()
	s.cities()
	return s.result()
}

// search is the state of reading one message: what was claimed so far, in offsets of the folded text.
type search struct {
	text *fold.Text
	s    string
	c    Context
	out  []Entity
}

// add claims a range for an entity unless a stronger one has it already.
func (s *search) add(kind, value string, start, end int, data map[string]string) bool {
	if start >= end || s.taken(start, end) {
		return false
	}
	s.out = append(s.out, Entity{Kind: kind, Value: value, Start: start, End: end, Data: data})
	return true
}

func (s *search) taken(start, end int) bool {
	for i := range s.out {
		if start < s.out[i].End && s.out[i].Start < end {
			return true
		}
	}
	return false
}

// result sorts by place and maps the ranges to the original text.
func (s *search) result() []Entity {
	sort.Slice(s.out, func(i, j int) bool { return s.out[i].Start < s.out[j].Start })
	for i := range s.out {
		e := &s.out[i]
		e.Start, e.End = s.text.Span(e.Start, e.End)
		e.Text = s.text.Original[e.Start:e.End]
	}
	return s.out
}

// personal takes over the personal data that are entities too. A code that is named as an order's is no bank card.
func (s *search) personal(list []guard.Personal) {
	for _, p := range list {
		switch p.Kind {
		case guard.Passport:
		case guard.BankCard:
			if !s.namedOrder(p.Start) {
				s.add(BankCard, p.Value, p.Start, p.End, nil)
			}
		default:
			s.add(p.Kind, p.Value, p.Start, p.End, nil)
		}
	}
}

func (s *search) dates() {
	now := s.c.Now
	if now.IsZero() {
		return // without a clock, no date can be named
	}
	p := dates{s: s.s, today: dayOf(now), now: now.Hour()*60 + now.Minute(), tense: tenseOf(s.s)}
	p.find(func(start int, m moment) {
		data := map[string]string(nil)
		if m.clock != "" {
			data = map[string]string{"time": m.clock}
			if m.timed {
				data["day"] = "implied"
			}
		}
		s.add(Date, m.period.String(), start, m.end, data)
	})
}

// tenseOf tells whether a message speaks of what was or what will be, for dates without a year.
func tenseOf(s string) tense {
	was, will := holds(s, pastCues), holds(s, futureCues)
	switch {
	case was && !will:
		return past
	case will && !was:
		return future
	}
	return nearest
}

func holds(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

var pastCues = []string{"买的", "买了", "下的单", "下单的", "下了单", "订的", "收到", "签收", "到的货", "付的", "付了", "发的", "寄的", "寄了", "退的", "拍的", "购买的", "拍了", "了条", "了双", "了件", "了个", "了一", "用了", "穿了", "坏了", "还没到", "已经", "去过", "取的", "申请的", "提交的", "充的", "扣了", "扣的",
	"bought", "ordered", "received", "arrived", "paid", "purchased", "was ", "were ", "shipped", "got ", "placed", "returned", "did ", "sent ", "came ", "stopped", "broke", "happened"}

var futureCues = []string{"想要", "打算", "预约", "预订", "能到", "送到", "来取", "去取", "会到", "之前到", "之前送", "可以到", "要用", "过去取", "上门", "安排", "截止", "结束", "帮我约", "改到", "改成", "推迟",
	"will ", "going to", "pick up", "pick it up", "book", "schedule", "deliver by", "arrive by", "come by", "before ", "need it", "appointment", "reschedule", "can you deliver", "expire", "'ll ", "can i ", "may i ", "could i ", "would like to"}
