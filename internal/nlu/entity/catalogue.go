package entity

import (
	"strings"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
)

// catalogue is an index over the names of products and stores. It is built once per change and only read after.
type catalogue struct {
	names  []name
	phrase map[string][]int32 // whole names and parts of names, plain, to the names they may mean
	reach  map[byte]int       // longest phrase by first byte
	codes  map[string]int32   // SKU codes without separators
	sound  map[uint64][]int32 // names and parts by the sound of their characters
	words  map[string]int32   // Latin words of names
	spelt  []string
	near   map[uint64][]int32 // words by what is left when one letter is taken out
	byWord [][]int32          // word -> names
	grams  map[[2]rune][]int32
}

// name is one name of an item.
type name struct {
	kind  string
	id    string
	plain string
	runes []rune
	words []int32
	head  int32 // the word that names the thing: the last that is no attribute; -1 when there is none
	whole bool  // the name itself, not a part of it
}

func newCatalogue(products, stores []Item) *catalogue {
	c := &catalogue{phrase: map[string][]int32{}, reach: map[byte]int{}, codes: map[string]int32{}, sound: map[uint64][]int32{},
		words: map[string]int32{}, near: map[uint64][]int32{}, grams: map[[2]rune][]int32{}}
	for _, it := range products {
		c.item(Product, it)
	}
	for _, it := range stores {
		c.item(Store, it)
	}
	return c
}

func (c *catalogue) item(kind string, it Item) {
	for _, n := range it.Names {
		plain := strings.TrimSpace(fold.Fold(n).Plain)
		if utf8.RuneCountInString(plain) < 2 {
			continue
		}
		if kind == Product && isCode(plain) {
			c.names = append(c.names, name{kind: SKU, id: it.ID, plain: strings.ToUpper(plain)})
			c.codes[squeeze(plain)] = int32(len(c.names) - 1)
			continue
		}
		c.name(kind, it.ID, plain)
	}
}

// isCode tells whether a name is a code: digits and letters without blanks, at least two digits, no Han.
func isCode(s string) bool {
	letters, digits := count(strings.ToUpper(s))
	return digits >= 2 && len(s) >= 4 && strings.IndexByte(s, ' ') < 0 && letters+digits+strings.Count(s, "-")+strings.Count(s, "_") == len(s) && (letters > 0 || digits >= 6)
}

func squeeze(s string) string {
	return strings.NewReplacer("-", "", "_", "", " ", "").Replace(strings.ToUpper(s))
}

func (c *catalogue) name(kind, id, plain string) {
	k := int32(len(c.names))
	n := name{kind: kind, id: id, plain: plain, runes: []rune(plain), head: -1, whole: true}
	for _, w := range strings.FieldsFunc(plain, func(r rune) bool { return !(r < 0x80 && word(byte(r))) && r != '\'' }) {
		wid := c.word(w)
		n.words = append(n.words, wid)
		c.byWord[wid] = append(c.byWord[wid], k)
		if !attribute(w) {
			n.head = wid
		}
	}
	c.names = append(c.names, n)
	c.put(plain, k)
	han := hanPart(n.runes)
	for _, part := range parts(kind, han) {
		c.put(string(part), k)
		if h, ok := soundOf(part); ok && len(part) >= 2 {
			c.sound[h] = appendNew(c.sound[h], k)
		}
	}
	if len(han) >= 4 {
		for i := 0; i+1 < len(han); i++ {
			g := [2]rune{han[i], han[i+1]}
			c.grams[g] = appendNew(c.grams[g], k)
		}
	}
}

func (c *catalogue) word(w string) int32 {
	if id, ok := c.words[w]; ok {
		return id
	}
	id := int32(len(c.byWord))
	c.words[w] = id
	c.spelt = append(c.spelt, w)
	c.byWord = append(c.byWord, nil)
	if len(w) >= 5 {
		c.near[hash(w, -1)] = append(c.near[hash(w, -1)], id)
		for i := range len(w) {
			h := hash(w, i)
			c.near[h] = appendNew(c.near[h], id)
		}
	}
	return id
}

func (c *catalogue) put(phrase string, k int32) {
	c.phrase[phrase] = appendNew(c.phrase[phrase], k)
	c.reach[phrase[0]] = max(c.reach[phrase[0]], len(phrase))
}

func appendNew(list []int32, k int32) []int32 {
	for _, v := range list {
		if v == k {
			return list
		}
	}
	return append(list, k)
}

// hash is FNV-1a of a word without the letter at skip.
func hash(w string, skip int) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(w) {
		if i != skip {
			h = (h ^ uint64(w[i])) * 1099511628211
		}
	}
	return h
}

// hanPart is the longest run of Han characters of a name.
func hanPart(rs []rune) []rune {
	var best []rune
	for i := 0; i < len(rs); {
		j := i
		for j < len(rs) && rs[j] >= 0x3400 && rs[j] <= 0x9FFF {
			j++
		}
		if j-i > len(best) {
			best = rs[i:j]
		}
		i = j + 1
	}
	return best
}

// parts lists what people call a thing by: its name and the ends of it (缓震跑鞋, 跑鞋); of stores only ends of three characters or more.
func parts(kind string, han []rune) [][]rune {
	if len(han) < 2 {
		return nil
	}
	out := [][]rune{han}
	shortest := 2
	if kind == Store {
		shortest = 3
	}
	for i := 1; len(han)-i >= shortest; i++ {
		if p := han[i:]; !generic[string(p)] {
			out = append(out, p)
		}
	}
	if kind == Store && len(han) >= 4 && han[len(han)-1] == '店' {
		out = append(out, han[:len(han)-1])
	}
	return out
}

// generic are ends of names that name no thing.
var generic = map[string]bool{"套装": true, "系列": true, "新款": true, "经典": true, "礼盒": true, "组合": true, "专用": true, "配件": true, "商品": true, "产品": true, "衣服": true,
	"东西": true, "旗舰店": true, "专卖店": true, "体验店": true, "门店": true, "两件": true, "三件": true, "件套": true, "男款": true, "女款": true, "公斤": true, "毫升": true, "黑色": true, "白色": true, "蓝色": true, "红色": true, "尺码": true, "大号": true, "小号": true, "中号": true, "电子": true, "生活馆": true, "购物中心": true}

// attribute tells whether a word of a name only describes.
func attribute(w string) bool {
	if isDigit(w[0]) || len(w) < 3 {
		return true
	}
	if n, _ := colourLexicon().longest(w, 0); n == len(w) {
		return true
	}
	switch w {
	case "pro", "max", "mini", "plus", "lite", "classic", "new", "premium", "set", "the", "for", "with", "and", "kit", "series", "edition", "men", "women", "mens", "womens", "kids",
		"small", "medium", "large", "store", "shop", "branch", "mall", "pack", "ml", "inch", "men's", "women's", "flagship", "plaza", "center", "centre":
		return true
	}
	return false
}
