package entity

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// cities adds the cities named: Value is the Chinese name without 市 for cities of China, the English name for others.
func (s *search) cities() {
	lex := cityLexicon()
	for i := 0; i < len(s.s); {
		n, value := lex.longest(s.s, i)
		if n == 0 || s.taken(i, i+n) || !s.cityFits(i, i+n) {
			_, size := utf8.DecodeRuneInString(s.s[i:])
			i += size
			continue
		}
		end, _ := after(s.s, i+n, "市")
		s.add(City, value, i, end, nil)
		i = end
	}
}

// cityFits keeps out words that only begin like a city: 南京路, 北京时间, 长沙发.
func (s *search) cityFits(i, end int) bool {
	_, other := after(s.s, end, "路", "东路", "西路", "南路", "北路", "时间", "烤鸭", "银行", "发沙", "大道", "街", "话", "菜", "牌")
	company := strings.Index(s.s[end:min(len(s.s), end+45)], "公司")
	return !other && (company < 0 || strings.ContainsAny(s.s[end:end+company], " ,。的"))
}

var cityLexicon = sync.OnceValue(func() *lexicon {
	l := newLexicon()
	for _, entry := range strings.Fields(citiesWithEnglish) {
		zh, en, _ := strings.Cut(entry, ":")
		l.put(zh, zh)
		l.put(strings.ReplaceAll(en, "_", " "), zh)
	}
	for _, zh := range strings.Fields(citiesChinese) {
		l.put(zh, zh)
	}
	for _, en := range strings.Fields(citiesAbroad) {
		en = strings.ReplaceAll(en, "_", " ")
		l.put(en, strings.ToUpper(en[:1])+titled(en[1:]))
	}
	return l
})

// titled puts the first letter of the later words in upper case.
func titled(s string) string {
	b := []byte(s)
	for i := 1; i < len(b); i++ {
		if b[i-1] == ' ' {
			b[i] -= 'a' - 'A'
		}
	}
	return string(b)
}

const citiesWithEnglish = `北京:beijing 上海:shanghai 天津:tianjin 重庆:chongqing 广州:guangzhou 深圳:shenzhen 杭州:hangzhou 南京:nanjing 苏州:suzhou 成都:chengdu 武汉:wuhan
西安:xi'an 长沙:changsha 郑州:zhengzhou 青岛:qingdao 宁波:ningbo 厦门:xiamen 福州:fuzhou 济南:jinan 合肥:hefei 大连:dalian 沈阳:shenyang 哈尔滨:harbin 长春:changchun
昆明:kunming 贵阳:guiyang 南宁:nanning 海口:haikou 三亚:sanya 无锡:wuxi 常州:changzhou 佛山:foshan 东莞:dongguan 珠海:zhuhai 中山:zhongshan 惠州:huizhou 温州:wenzhou
嘉兴:jiaxing 绍兴:shaoxing 金华:jinhua 义乌:yiwu 南昌:nanchang 石家庄:shijiazhuang 太原:taiyuan 兰州:lanzhou 银川:yinchuan 西宁:xining 乌鲁木齐:urumqi 拉萨:lhasa
呼和浩特:hohhot 烟台:yantai 威海:weihai 潍坊:weifang 徐州:xuzhou 扬州:yangzhou 南通:nantong 泉州:quanzhou 桂林:guilin 洛阳:luoyang 唐山:tangshan 香港:hong_kong 澳门:macau 台北:taipei 湖州:huzhou 台州:taizhou 镇江:zhenjiang 盐城:yancheng 汕头:shantou`

const citiesChinese = `保定 廊坊 秦皇岛 邯郸 邢台 张家口 承德 沧州 衡水 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛
吉林市 四平 辽源 通化 白山市 松原 白城 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化 连云港 淮安 泰州 宿迁 昆山 江阴 张家港 常熟 衢州 舟山 丽水 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城
莆田 三明 漳州 南平 龙岩 宁德 晋江 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶 淄博 枣庄 东营 济宁 泰安 日照 临沂 德州 聊城 滨州 菏泽 开封 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州 恩施
株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底 韶关 江门 湛江 茂名 肇庆 梅州 汕尾 河源 阳江 清远 潮州 揭阳 云浮 柳州 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾市 崇左 三沙 儋州 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳
六盘水 遵义 安顺 毕节 铜仁 曲靖 玉溪 保山 昭通 丽江 普洱 临沧 大理 西双版纳 日喀则 昌都 林芝 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康市 商洛 嘉峪关 金昌 白银市 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南 海东 石嘴山 吴忠 固原 中卫 克拉玛依 吐鲁番 哈密 喀什 伊犁 台中 高雄 台南 新竹`

const citiesAbroad = `london new_york los_angeles san_francisco chicago boston seattle houston dallas toronto vancouver sydney melbourne singapore tokyo osaka seoul paris berlin munich madrid rome milan amsterdam dublin manchester edinburgh birmingham bangkok kuala_lumpur dubai auckland springfield austin denver miami atlanta philadelphia portland phoenix san_diego montreal brisbane perth`
