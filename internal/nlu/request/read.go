package request

import (
	"regexp"
	"slices"
	"strings"
)

// maxRequests bounds what one message may ask for.
const maxRequests = 8

// Read lists the requests of a message in order. Rest is what belongs to none of them; questions keep their mark.
func Read(text string) (list []Request, rest []string) {
	for _, p := range sentences(text) {
		r, ok := head(p)
		n := len(list)
		switch {
		case ok && n < maxRequests:
			list = append(list, r)
		case n > 0 && list[n-1].goesOn(p):
			list[n-1].more(p)
			list[n-1].End = p.end
		default:
			rest = append(rest, strings.TrimSpace(p.text)+p.asks())
		}
	}
	return list, rest
}

// sentence is a part of the message; mask is its text with everything in braces and brackets blanked, byte for byte.
type sentence struct {
	text, mask string
	start, end int
	mark       rune // what ended it
}

func (s sentence) asks() string {
	if s.mark == '?' || s.mark == '？' {
		return string(s.mark)
	}
	return ""
}

// sentences cuts at semicolons, line breaks and full stops that are not inside braces or numbers.
func sentences(text string) (out []sentence) {
	mask := blank(text)
	from := 0
	add := func(to, next int, mark rune) {
		s := sentence{text: text[from:to], mask: mask[from:to], start: from, end: to, mark: mark}
		if strings.TrimSpace(s.text) != "" {
			out = append(out, s)
		}
		from = next
	}
	for i, r := range mask {
		switch r {
		case ';', '；', '。', '\n', '!', '！', '?', '？':
			add(i, i+len(string(r)), r)
		case '.':
			if i+1 == len(mask) || mask[i+1] == ' ' || mask[i+1] == '\n' {
				add(i, i+1, r)
			}
		}
	}
	add(len(text), len(text), 0)
	return out
}

// blank replaces what stands in braces and brackets by spaces.
func blank(text string) string {
	b, depth := []byte(text), 0
	for i, c := range b {
		if c == '{' || c == '(' {
			depth++
		}
		if depth > 0 {
			b[i] = ' '
		}
		if (c == '}' || c == ')') && depth > 0 {
			depth--
		}
	}
	return string(b)
}

// number is an order's number: after #, or letters and digits of some length.
var number = regexp.MustCompile(`#\s?([A-Za-z]{0,5}\d{3,20})\b|\b([A-Za-z]{1,5}\d{6,20})\b|\b(\d{9,20})\b`)

// acts are the words that order something done; the first that is found counts. Lists of options never hold them.
var acts = []struct {
	act   Act
	words *regexp.Regexp
}{
	{Payment, regexp.MustCompile(`(?i)\b(?:change|switch|update|move)\s+(?:the\s+|its\s+|my\s+)?payment(?:\s+method)?\s+to\b|支付方式(?:改|换|变更)(?:成|为|到)|(?:改用|换用)`)},
	{Address, regexp.MustCompile(`(?i)\b(?:change|update|correct)\s+(?:the\s+|its\s+|my\s+)?(?:delivery\s+|shipping\s+)?address\s+to\b|(?:收货|收件)?地址(?:改|换|变更)(?:成|为|到)|(?:改|换|寄|送)到`)},
	{Cancel, regexp.MustCompile(`(?i)\bcancel\b|取消`)},
	{Exchange, regexp.MustCompile(`(?i)\b(?:exchange|swap)\b|换成|换为|换货`)},
	{Modify, regexp.MustCompile(`(?i)\b(?:modify|change)\b|改成|改为`)},
	{Return, regexp.MustCompile(`(?i)\b(?:return|send\s+back)\b|退货|退掉|退了|退回|退`)},
}

// polite is what may stand before the act: asking words, the order, nothing that makes the sentence a tale or a question.
var polite = regexp.MustCompile(`(?i)^(?:hello|hi|please|pls|kindly|and|also|then|next|finally|i|we|'d|’d|would|like|love|want|need|wish|to|wanna|can|could|you|help|me|for|from|in|on|of|with|my|the|order|number|no|,|，|:|：|、|请|麻烦|帮我|帮忙|给我|我想|我要|我|想|要|把|将|另外|还有|再|同时|然后|顺便|订单号|订单|里面的|里的|里|中的|中|的|你好|您好|\s)*$`)

// asking marks a question about rules or about what was done.
var asking = regexp.MustCompile(`(?i)多久|怎么|为什么|为何|进度|到账|了吗|了没|能不能|可以.{0,6}吗|是否|\b(?:how|why|when|where|what|already|did)\b`)

// head reads a sentence that opens a request.
func head(s sentence) (Request, bool) {
	m := number.FindStringSubmatchIndex(s.mask)
	if m == nil || s.asks() != "" || asking.MatchString(s.mask) {
		return Request{}, false
	}
	for _, a := range acts {
		at := a.words.FindStringIndex(s.mask)
		if at == nil || !opens(s.mask, at, m, a.act) {
			continue
		}
		r := Request{Act: a.act, Order: orderOf(s.mask, m), Start: s.start, End: s.end}
		r.body(s, at, m)
		return r, true
	}
	return Request{}, false
}

func orderOf(s string, m []int) string {
	for g := 2; g+1 < len(m); g += 2 {
		if m[g] >= 0 {
			return strings.ToUpper(s[m[g]:m[g+1]])
		}
	}
	return ""
}

// opens tells whether the sentence orders the act: before its word stand only asking words and the order, or, in Chinese,
// the things themselves ("把订单 W1 里的保温杯退掉").
func opens(mask string, at, num []int, a Act) bool {
	before := mask[:at[0]]
	if num[1] <= at[0] {
		if lead := mask[:num[0]]; !polite.MatchString(lead) {
			return false
		}
		before = mask[num[1]:at[0]]
		if mask[at[0]] >= 0x80 && a != Cancel { // Chinese: the things stand between
			return true
		}
	}
	return polite.MatchString(before)
}

// body reads what the opening sentence says beside act and order.
func (r *Request) body(s sentence, at, num []int) {
	before, after := "", s.text[at[1]:]
	switch {
	case num[1] <= at[0]:
		before = s.text[num[1]:at[0]]
	case num[0] >= at[1]:
		after = s.text[at[1]:num[0]] + " " + s.text[num[1]:]
	}
	if !polite.MatchString(blank(before)) { // things before a Chinese verb
		verb := s.text[at[0]:at[1]]
		if r.Act == Exchange || r.Act == Modify {
			after = before + verb + after
		} else {
			after = before + "，" + after
		}
	}
	r.take(after)
}

// goesOn tells whether a sentence can belong to the request before it: things listed one after the other, or how it is paid.
func (r *Request) goesOn(s sentence) bool {
	if s.asks() != "" || asking.MatchString(s.mask) || number.MatchString(s.mask) {
		return false
	}
	return r.Act == Return || r.Act == Exchange || r.Act == Modify || payment.MatchString(s.mask)
}

func (r *Request) more(s sentence) { r.take(s.text) }

// payment is how it is paid or refunded, at the end of what is said about a request.
var payment = regexp.MustCompile(`(?i)(?:\b(?:via|using|through|with|by|refund(?:ed)?\s+(?:it\s+|me\s+)?to|back\s+to|pay(?:ing)?\s+(?:with|by))\s+(?:my\s+|the\s+)?|(?:退款|钱)?(?:退到|退回到?|退至|用|使用|通过|走)\s*(?:我的)?\s*)` + wayWords + `(?:支付|付款|付|结算)?`)

// wayWords name a payment method: its id, or its kind with the last figures.
const wayWords = `([a-z]+(?:_[a-z]+)*_\d+|pay\s?pal|gift\s+card|(?:credit|debit|bank)?\s*card(?:\s+ending\s+(?:in|with)\s+\d{4})?|alipay|wechat(?:\s+pay)?|礼品卡|支付宝|微信(?:支付)?|(?:银行|信用)卡(?:尾号\s*\d{4})?)`

var way = regexp.MustCompile(`(?i)` + wayWords)

var reason = regexp.MustCompile(`(?i)[,，]?\s*(?:\bbecause\b(?:\s+of)?|\bsince\b|\breason\s*[:：]|因为|由于|原因(?:是|[:：]))\s*(?:it(?:'s|\s+is|\s+was)\s+|i\s+|我)?(.+)$`)

// take reads the things, the payment method, the reason or the address out of a text.
func (r *Request) take(text string) {
	if r.Act == Address {
		r.address(text)
		return
	}
	if m := reason.FindStringSubmatchIndex(blank(text)); m != nil && r.Reason == "" {
		r.Reason, text = strings.Trim(text[m[2]:m[3]], " ,，。."), text[:m[0]]
	}
	if r.Act == Payment {
		if m := way.FindString(text); m != "" && r.Method == "" {
			r.Method = m
		}
		return
	}
	if m := payment.FindStringSubmatchIndex(blank(text)); m != nil && r.Method == "" {
		r.Method = text[m[2]:m[3]]
		text = text[:m[0]] + " ; " + text[m[1]:]
	}
	if r.Act == Cancel {
		return
	}
	for _, part := range split(text, r.Act) {
		if it, ok := item(part, r.Act); ok {
			r.Items = append(r.Items, it)
		}
	}
}

func (r *Request) address(text string) {
	if m := braces.FindString(text); m != "" {
		text = m
	} else {
		text = strings.TrimSpace(brackets.ReplaceAllString(text, ""))
	}
	if r.Address == "" {
		r.Address = strings.Trim(text, " :：,，")
	}
}

var brackets = regexp.MustCompile(`\([^()]*\)`)

// split parts things that stand side by side. Where each says what it is to become, only clear marks part them.
func split(text string, a Act) []string {
	mask := blank(text)
	marks := lists
	if a != Return {
		marks = swaps
	}
	var out []string
	from := 0
	for _, m := range marks.FindAllStringIndex(mask, -1) {
		out = append(out, text[from:m[0]])
		from = m[1]
	}
	return append(out, text[from:])
}

var (
	lists = regexp.MustCompile(`(?i)[;:；：,，、](?:\s*and\s)?|\sand\s|和|以及|还有|跟`)
	swaps = regexp.MustCompile(`[;；，]`)
	into  = regexp.MustCompile(`(?i)\b(?:to|into|for)\b|换成|换为|改成|改为|→|->`)
)

// filler are words around a thing that name nothing.
var filler = []string{"the", "my", "a", "an", "from", "of", "in", "order", "items", "item", "please", "them", "it", "this", "that", "订单", "里的", "里面的", "中的", "里", "的", "商品", "了", "掉", "货", "都", "这件", "那件"}

func item(text string, a Act) (Item, bool) {
	it := Item{Words: trim(text)}
	if a != Return {
		m := into.FindStringIndex(blank(text))
		if m == nil {
			return Item{}, false
		}
		it = Item{Words: trim(text[:m[0]]), To: strings.Trim(text[m[1]:], " ,，"), Swap: true}
		if len(Pairs(it.To)) == 0 && strings.HasPrefix(it.To, "{") {
			it.To = ""
		}
	}
	return it, len([]rune(Plain(it.Words))) >= 2
}

// trim takes filler off both ends.
func trim(s string) string {
	for changed := true; changed; {
		changed = false
		s = strings.Trim(s, " ,，:：")
		low := strings.ToLower(s)
		if i := slices.IndexFunc(filler, func(w string) bool { return leads(low, w) }); i >= 0 {
			s, changed = s[len(filler[i]):], true
		} else if m := tail.FindStringIndex(s); m != nil {
			s, changed = s[:m[0]], true
		}
	}
	return s
}

// tail is what an order's number leaves behind when it stood after the things.
var tail = regexp.MustCompile(`(?i)\s+(?:from|in|of|on)(?:\s+(?:my|the))?(?:\s+order)?(?:\s+number)?$`)

// leads tells whether a text begins with a whole word.
func leads(s, w string) bool {
	if !strings.HasPrefix(s, w) {
		return false
	}
	return w[0] >= 0x80 || len(s) == len(w) || s[len(w)] == ' '
}
