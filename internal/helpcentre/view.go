package helpcentre

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"html/template"
	"net/http"
	"sort"
	"strings"
	"time"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/knowledge"
)

//go:embed pages.html
var pageFile string

//go:embed style.css
var styleFile []byte

//go:embed chat.js
var chatFile []byte

var pages = template.Must(template.New("").Parse(pageFile))

// texts are the fixed words of the pages.
type texts struct {
	Title, Search, Placeholder, Results, None, Home, Helpful, Yes, No, Thanks, Updated, Chat, Ask, Missing, Down, Other, OtherName, Foreign, Skip string
}

var words = map[id.Lang]texts{
	id.ZH: {"帮助中心", "搜索", "想问什么？例如：怎么退货", "搜索结果", "没有找到，换个说法试试，或问问客服。", "首页", "这篇文章有帮助吗？", "有帮助", "没帮助", "谢谢您的反馈。", "更新于", "联系客服", "没有找到答案？", "没有这个页面", "暂时无法打开，请稍后再试", "en", "English", "英文内容", "跳到正文"},
	id.EN: {"Help centre", "Search", "What would you like to know? For example: how do I return something", "Search results", "Nothing found. Try other words, or ask us.", "Home", "Was this helpful?", "Yes", "No", "Thank you for telling us.", "Updated", "Chat with us", "No answer here?", "There is no such page", "This cannot be opened now; please try again later", "zh", "中文", "in Chinese", "Skip to content"},
}

var categoryNames = map[string]id.Text{
	"orders": {ZH: "订单", EN: "Orders"}, "shipping": {ZH: "配送", EN: "Delivery"}, "returns": {ZH: "退换与退款", EN: "Returns and refunds"}, "warranty": {ZH: "保修与维修", EN: "Warranty and repair"},
	"payment": {ZH: "付款与发票", EN: "Payment and invoices"}, "membership": {ZH: "会员、积分与优惠券", EN: "Membership, points, coupons"}, "account": {ZH: "账号与安全", EN: "Account and security"},
	"stores": {ZH: "门店", EN: "Stores"}, "gifts": {ZH: "礼品与定制", EN: "Gifts and engraving"}, "product": {ZH: "商品", EN: "Products"}, "guide": {ZH: "使用与保养", EN: "Use and care"},
	"service": {ZH: "客户服务", EN: "Customer service"}, "company": {ZH: "关于我们", EN: "About us"},
}

func categoryName(c string, lang id.Lang) string {
	if t, ok := categoryNames[c]; ok {
		return t.In(lang)
	}
	return c
}

// category is one group on the home page.
type category struct {
	Name     string
	Articles []link
}

type link struct{ Title, URL string }

// view is what the templates see.
type view struct {
	T                            texts
	Lang                         id.Lang
	HTMLLang                     string
	Shop, Base, Chat             string
	Title, Path, Query, Category string
	Translated, NoIndex, Thanks  bool
	Categories                   []category
	Article                      *knowledge.Article
	Body                         template.HTML
	Hits                         []knowledge.Hit
	Updated                      string
	Data                         template.JS
	Broken                       int
	zone                         *time.Location
}

// Alternate is the address of this page in the other language.
func (v *view) Alternate() string {
	if v.Path == "" {
		return "/help/" + v.T.Other
	}
	return "/help/" + v.T.Other + strings.TrimPrefix(v.Path, "/help/"+string(v.Lang))
}

func (h *Handler) view(r *http.Request, lang id.Lang) *view {
	base := h.o.Public
	if base == "" {
		base = "https://" + r.Host
		if r.TLS == nil {
			base = "http://" + r.Host
		}
	}
	v := &view{T: words[lang], Lang: lang, HTMLLang: "zh-CN", Shop: h.o.Shop.In(lang), Base: strings.TrimSuffix(base, "/"), Chat: h.o.Chat, zone: h.o.Now().Location()}
	if lang == id.EN {
		v.HTMLLang = "en"
	}
	return v
}

// categories groups articles: the known order first, then the rest by name.
func categories(all []knowledge.Article, lang id.Lang) (out []category) {
	order := []string{"orders", "shipping", "returns", "warranty", "payment", "membership", "account", "stores", "gifts", "product", "guide", "service", "company"}
	rank := map[string]int{}
	for n, c := range order {
		rank[c] = n - len(order)
	}
	groups := map[string][]link{}
	for _, a := range all {
		groups[a.Content.Category] = append(groups[a.Content.Category], link{a.Content.Title, knowledge.Address(a)})
	}
	names := make([]string, 0, len(groups))
	for c := range groups {
		names = append(names, c)
	}
	sort.Slice(names, func(i, j int) bool {
		a, b := rank[names[i]], rank[names[j]]
		return a < b || a == b && names[i] < names[j]
	})
	for _, c := range names {
		sort.Slice(groups[c], func(i, j int) bool { return groups[c][i].Title < groups[c][j].Title })
		out = append(out, category{categoryName(c, lang), groups[c]})
	}
	return out
}

var (
	markdown  = goldmark.New(goldmark.WithExtensions(extension.GFM))
	sanitizer = bluemonday.UGCPolicy()
)

// body renders Markdown; raw HTML in it is left out by the renderer, and the rest is sanitised once more.
func body(md string) (template.HTML, error) {
	var b bytes.Buffer
	if err := markdown.Convert([]byte(md), &b); err != nil {
		return "", err
	}
	return template.HTML(sanitizer.SanitizeBytes(b.Bytes())), nil //nolint:gosec // sanitised above
}

// structured is the question and its answer for search engines; json.Marshal escapes what could end a script element.
func structured(a knowledge.Article) template.JS {
	var text strings.Builder
	for _, p := range knowledge.Passages(a.Content.Body) {
		text.WriteString(p.Text + "\n")
	}
	doc := map[string]any{"@context": "https://schema.org", "@type": "FAQPage", "inLanguage": string(a.Lang), "dateModified": a.UpdatedAt.Format(time.RFC3339),
		"mainEntity": []any{map[string]any{"@type": "Question", "name": a.Content.Title, "acceptedAnswer": map[string]any{"@type": "Answer", "text": strings.TrimSpace(text.String())}}}}
	b, err := json.Marshal(doc)
	if err != nil {
		return "{}"
	}
	return template.JS(b) //nolint:gosec // JSON made here
}

// asset serves one file of the pages.
func asset(mime string, file []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", mime+"; charset=utf-8")
		w.Header().Set("Cache-Control", "public, max-age=3600")
		_, _ = w.Write(file)
	}
}
