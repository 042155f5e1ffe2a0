package guard

import (
	"strings"
	"unicode/utf8"

	"github.com/xiaoer-cs/xiaoer/internal/nlu/fold"
)

// surnames are the common family names, compound ones first.
const compound = "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 夏侯 端木 南宫"

const surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"

var nameCues = []string{"我叫", "我的名字是", "我的名字叫", "姓名是", "姓名:", "姓名", "收件人是", "收件人:", "收件人改成", "收件人改为", "收件人", "收货人是", "收货人:", "收货人改成", "收货人", "联系人是", "联系人:", "联系人", "本人", "名字是", "名字叫", "名字:", "称呼", "我是", "抬头个人", "机主", "登记的是", "户名", "持卡人", "用户名叫", "留的名字是", "写的是"}

var titles = []string{"先生", "女士", "小姐", "太太", "老师", "经理", "师傅", "阿姨", "大哥", "大姐"}

// names finds names of persons: after words that announce one, before titles, and in capitals in English.
func names(t *fold.Text, out []Personal) []Personal {
	s := t.Plain
	for _, cue := range nameCues {
		for from := 0; ; {
			k := strings.Index(s[from:], cue)
			if k < 0 {
				break
			}
			i := from + k + len(cue)
			from = i
			for i < len(s) && (s[i] == ' ' || s[i] == ':') {
				i++
			}
			if end := zhName(s, i, cue == "我是" || cue == "本人" || cue == "写的是" || cue == "称呼"); end > 0 && !overlaps(out, i, end) {
				out = append(out, Personal{Name, s[i:end], i, end})
			}
		}
	}
	if strings.Contains(s, "收件人") || strings.Contains(s, "收货人") || strings.Contains(s, "联系人") || strings.Contains(s, "名字") {
		for _, cue := range []string{"改成", "改为", "换成", "写成", "应该是", "写"} {
			if k := strings.LastIndex(s, cue); k >= 0 {
				i := k + len(cue)
				if end := zhName(s, i, true); end > 0 && !overlaps(out, i, end) {
					out = append(out, Personal{Name, s[i:end], i, end})
				}
			}
		}
	}
	out = titled(s, out)
	return enNames(t, out)
}

// zhName is where a Chinese name of two or three characters that begins at i ends, 0 when there is none. Strict means that
// the name must be closed by a mark or the end, because the cue is weak.
func zhName(s string, i int, strict bool) int {
	n := 1
	r, size := utf8.DecodeRuneInString(s[min(i, len(s)):])
	if size == 0 || r < 0x4E00 {
		return 0
	}
	j := i + size
	if strings.HasPrefix(s[i:], "叫") {
		return 0
	}
	for _, c := range strings.Fields(compound) {
		if strings.HasPrefix(s[i:], c) {
			j, n = i+len(c), 2
		}
	}
	if n == 1 && !strings.ContainsRune(surnames, r) {
		return 0
	}
	given := 0
	for given < 2 && j < len(s) {
		x, m := utf8.DecodeRuneInString(s[j:])
		if x < 0x4E00 || x > 0x9FFF || strings.ContainsRune("的是了吗呢吧啊哦手电住在要想收地我你他", x) || given > 0 && strings.ContainsRune("先女小同订买", x) {
			break
		}
		j += m
		given++
	}
	if given == 0 {
		return 0
	}
	for _, t := range titles {
		if strings.HasSuffix(s[i:j], t) || strings.HasPrefix(s[j:], t) && given == 0 {
			return 0
		}
	}
	if x, _ := utf8.DecodeRuneInString(s[min(j, len(s)):]); strict && j < len(s) && x >= 0x4E00 {
		return 0
	}
	return j
}

// titled finds a family name before a title: 王女士, 李明先生.
func titled(s string, out []Personal) []Personal {
	for _, t := range titles[:4] {
		for from := 0; ; {
			k := strings.Index(s[from:], t)
			if k < 0 {
				break
			}
			end := from + k
			from = end + len(t)
			i := end
			if i = nameStart(s, end); i < end && !overlaps(out, i, end) {
				out = append(out, Personal{Name, s[i:end], i, end})
			}
		}
	}
	return out
}

// nameStart is where the name that ends at end begins: the farthest family name at most three characters back; end when there is none.
func nameStart(s string, end int) int {
	best := end
	i := end
	for n := 0; n < 3 && i > 0; n++ {
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if r < 0x4E00 {
			break
		}
		i -= size
		if strings.ContainsRune(surnames, r) && (n < 2 || best == end || n == 2 && !strings.ContainsRune("和跟给找向于", r)) {
			best = i
		}
	}
	for _, c := range strings.Fields(compound) {
		for _, back := range []int{len(c), len(c) + 3, len(c) + 6} {
			if k := end - back; k >= 0 && strings.HasPrefix(s[k:], c) {
				return k
			}
		}
	}
	return best
}

var enNameCues = []string{"my name is ", "name is ", "name's ", "i am ", "i'm ", "this is ", "name: ", "recipient: ", "recipient is ", "contact: ", "under the name ", "mr. ", "mr ", "mrs. ", "mrs ", "ms. ", "ms ", "miss ", "dr. ", "addressed to ", "speaking with ", "call me ", "signed by ", "regards, ", "regards,\n", "recipient to ", "to the name of "}

// enNames finds one to three capitalised words after a cue; after weak cues (I am, this is) two at least.
func enNames(t *fold.Text, out []Personal) []Personal {
	s := t.Plain
	for _, cue := range enNameCues {
		for from := 0; ; {
			k := strings.Index(s[from:], cue)
			if k < 0 {
				break
			}
			at := from + k
			i := at + len(cue)
			from = i
			if at > 0 && alnum(s[at-1]) {
				continue
			}
			end, words := capitals(t.Folded, i)
			weak := cue == "i am " || cue == "i'm " || cue == "this is " || cue == "call me "
			lower := words == 0 && (cue == "my name is " || cue == "name is ")
			if lower {
				end, words = lowerName(s, i)
			}
			if words == 0 || weak && words < 2 || overlaps(out, i, end) || in(notNames, s[i:end]) {
				continue
			}
			out = append(out, Personal{Name, t.Folded[i:end], i, end})
		}
	}
	return out
}

var notNames = strings.Fields("not very so the a an wrong misspelled spelled on in chinese english nike apple visa")

// capitals follows capitalised words from i on.
func capitals(s string, i int) (end, words int) {
	for j := i; words < 3 && j < len(s); {
		r, _ := utf8.DecodeRuneInString(s[j:])
		if !(r >= 'A' && r <= 'Z' || r >= 0xC0 && r <= 0xDE) {
			break
		}
		k := j
		for k < len(s) && (alnum(s[k]) || s[k] == '\'' || s[k] == '-' || s[k] >= 0xC3 || s[k] >= 0x80 && s[k] < 0xC0) {
			k++
		}
		if k-j == 1 && k < len(s) && s[k] == '.' {
			k++
		}
		if k-j < 2 || in(notNames, strings.ToLower(s[j:k])) || s[j:k] == "I'm" {
			break
		}
		end, words = k, words+1
		if k >= len(s) || s[k] != ' ' {
			break
		}
		j = k + 1
	}
	return end, words
}

// lowerName takes one or two words in small letters after a sure cue, closed by a mark or the end.
func lowerName(s string, i int) (end, words int) {
	j := i
	for words < 2 && j < len(s) {
		k := j
		for k < len(s) && (s[k] >= 'a' && s[k] <= 'z' || s[k] == '\'') {
			k++
		}
		if k-j < 2 || in(notNames, s[j:k]) || s[j:k] == "and" || s[j:k] == "my" {
			break
		}
		end, words = k, words+1
		if k >= len(s) || s[k] != ' ' {
			break
		}
		j = k + 1
	}
	return end, words
}
