package index

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// traditional and simplified are parallel: the characters that shoppers from Hong Kong and Taiwan write in retail talk.
const (
	traditional = "貨買賣錢價會員點數發單訂購運費退換維修電話號碼門時間開關機號產質樣顏鞋襪褲號長寬體積優惠禮劵帳戶註冊碼密網頁頻題問對應該幫麼為嗎們這個還沒過來說請謝歡見聽讀寫書學習師歲寶東車軟硬體儲務業後從處與無線燈飯鍋爐壺淨潔護膚潤髮條紙筆箱傘帳篷壞損傷險證據實際補償賠訴態度經理聯繫絡轉區縣廣場樓層號達遲誤縮擴邊帶動靜態熱溫涼風雨輕鬆緊適選擇參考據積兌換劃續費額滿減贈驗貼標簽簡繁郵件寄遞歷史結餘錄頭腦隱權條約隨時幾當兩萬億"
	simplified  = "货买卖钱价会员点数发单订购运费退换维修电话号码门时间开关机号产质样颜鞋袜裤号长宽体积优惠礼券账户注册码密网页频题问对应该帮么为吗们这个还没过来说请谢欢见听读写书学习师岁宝东车软硬体储务业后从处与无线灯饭锅炉壶净洁护肤润发条纸笔箱伞帐篷坏损伤险证据实际补偿赔诉态度经理联系络转区县广场楼层号达迟误缩扩边带动静态热温凉风雨轻松紧适选择参考据积兑换划续费额满减赠验贴标签简繁邮件寄递历史结余录头脑隐权条约随时几当两万亿"
)

var toSimplified = func() map[rune]rune {
	t, s := []rune(traditional), []rune(simplified)
	m := make(map[rune]rune, len(t))
	for i := range min(len(t), len(s)) {
		if t[i] != s[i] {
			m[t[i]] = s[i]
		}
	}
	return m
}()

// Fold brings text to the form that is compared: NFKC, lower case, simplified characters, no invisible characters.
func Fold(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	return strings.Map(foldRune, norm.NFKC.String(s))
}

func foldRune(r rune) rune {
	if r < 0x80 {
		return unicode.ToLower(r)
	}
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	if c, ok := toSimplified[r]; ok {
		return c
	}
	return unicode.ToLower(r)
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// isCJK tells whether r belongs to a script written without spaces.
func isCJK(r rune) bool {
	if r < 0x2E80 {
		return false
	}
	return r >= 0x4E00 && r <= 0x9FFF || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul)
}
