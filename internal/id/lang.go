package id

import "strings"

// Lang is a language the product speaks: "zh" or "en".
type Lang string

// The two languages.
const (
	ZH Lang = "zh"
	EN Lang = "en"
)

// ParseLang reads a locale such as "zh-CN" or "en_GB"; anything unknown is Chinese, the first market.
func ParseLang(s string) Lang {
	if strings.HasPrefix(strings.ToLower(s), "en") {
		return EN
	}
	return ZH
}

// Text is one text in both languages.
type Text struct {
	ZH string `json:"zh" yaml:"zh"`
	EN string `json:"en" yaml:"en"`
}

// In is the text in language l; where that is missing, the other one.
func (t Text) In(l Lang) string {
	if (l == EN && t.EN != "") || t.ZH == "" {
		return t.EN
	}
	return t.ZH
}

// Empty tells whether both languages are missing.
func (t Text) Empty() bool { return t.ZH == "" && t.EN == "" }
