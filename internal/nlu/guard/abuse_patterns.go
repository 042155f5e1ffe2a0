package guard

// abusePatterns are insults by kind. "not" excuses words that only look like one.
const abusePatterns = `
threat:
弄死你|杀了你|砍死|打死你|捅死|炸了你们|烧了你们|你等着死|全家死光|让你横着|弄死你们|找人打你|砸了你们店|宰了你|灭你全家|干死你
kill_you|hurt_you|burn_your|blow_up_your|beat_you_up|find_you_and|you_will_die|shoot_you|i'll_kill|gonna_kill|bomb_your|murder_you|know_where_you_live
insult:
傻逼|傻b|煞笔|傻比|沙比|沙雕|傻叉|傻x|傻缺|傻吊|傻屌|傻狗|傻帽|二逼|二百五|脑残|脑瘫|弱智|智障|白痴|废物|蠢货|蠢猪|蠢驴|猪脑子|猪头|狗东西|狗日的|狗娘养|狗屁|狗杂种|畜生|畜牲|禽兽|王八蛋|王八羔子|混蛋|混账|杂种|贱人|贱货|贱婢|婊子|臭婊|骚货|死全家|全家死|死妈|死马|没妈|你妈死|nmsl|尼玛|你妈的|泥马|你妹的|他妈的|他妈|他喵的|特么|tmd|tnnd|妈的|妈蛋|妈了个|操你|草你|艹你|艹|日你|干你|肏|操蛋|卧槽你|滚蛋|滚犊子|滚粗|滚你|去死|去你妈|去你的|吃屎|吃翔|放屁|屁话|臭傻|人渣|败类|垃圾客服|垃圾东西|垃圾人|垃圾公司|垃圾店|不要脸|臭不要脸|无耻|缺德|缺心眼|神经病|有病吧|脑子有病|脑子进水|脑子坏|狗腿子|死骗子|骗子公司|畜牲不如|丧尽天良|cnm|sb|mdzz|nmb|nmd|wcnm|rnm|zz客服|煞b|傻bi|shabi|sha_bi|caonima|qusi|nima|tama|hundan|wangbadan|naocan|ruozhi|feiwu|扑街|仆街|冚家铲|戆居|死蠢|痴线|粉肠|龟儿子|瓜娃子|哈批|憨批|憨比|哈麻批|棒槌|瘪犊子|瘪三|十三点|册那
fuck*|fuk|fck|fuc|phuck|motherf*|mf|shit|shitty|bullshit|bs_company|crap_company|asshole*|ass_hole|arsehole|bitch*|bastard*|cunt|dick|dickhead|prick|moron*|idiot*|imbecile|stupid|dumbass|dumb_ass|dumb|retard*|scumbag*|scum|loser*|jerk|pathetic|worthless|screw_you|go_to_hell|kill_yourself|kys|stfu|shut_up|piss_off|eff_off|f_off|wtf|suck|sucks|wanker|twat|douche*|jackass|a_hole|trash_company|garbage_company|piece_of_garbage|piece_of_trash|brainless|dimwit|filthy|thieves|crooks|brain_dead|drop_dead
傻|蠢|笨 .. 客服|机器人|东西|玩意|猪|狗 !傻瓜式|傻瓜相机
你|你们|客服|店员 .. 有病|神经|死|滚|瞎|聋|脑子|配吗|不要脸|恶心|下贱|垃圾 !滚筒|滚轮|滚动|眼神|神经痛|死机|锁死|卡死|死锁|死角|垃圾桶|垃圾袋|垃圾处理|垃圾分类|急死|累死|热死|气死|等死|慢死|笑死|饿死|爱死|喜欢死|有病毒|瞎了吗我|死掉|养死|滚珠
滚 !滚筒|滚轮|滚动|翻滚|滚烫|滚水|滚珠|摇滚|滚刷|滚压|滚球|打滚|滚梯|滚边|滚石|滚落|圆滚
骗子|强盗|奸商|黑店|无良 .. 你们|公司|商家|店|客服|全是|都是|平台
你们|这家|就是|都是|什么 .. 骗子|强盗|奸商|黑店|无良商家|垃圾 !垃圾桶|垃圾袋|垃圾处理|垃圾分类|是不是骗子
not:
妈妈的|爸妈的|姑妈的|大妈的|舅妈的|宝妈的|moby_dick|dick's|dickens|dickies|shitake|scunthorpe
垃圾桶|垃圾袋|垃圾处理器|垃圾分类
stupid_question|silly_question|dumb_question|my_stupid|stupid_me|stupid_mistake_i|i'm_stupid|i_am_stupid|i'm_an_idiot|am_i_stupid|dumb_phone|dumb_bell|dumbbell|feel_stupid|me_feel|look_stupid|felt_stupid|suck_up|suction|vacuum .. suck|sucks|suck_up
我 .. 傻|笨|蠢|白痴|智障|二百五 .. 了|不会|搞错|弄错 !客服|你
大傻|傻瓜式|傻瓜相机|傻白甜|沙雕图|智障人士|残障
`

// spamPatterns: "sure" counts double; two points are spam.
const spamPatterns = `
sure:
刷单|刷好评|刷销量|兼职日结|日赚|日入过|月入过万|躺赚|高仿 .. 加|微信|联系|招|日结|起|平台|元
加我微信|加v信|加薇信|加威信|加扣扣|vx:|加vx|加vx:|扫码进群|进群领|加qq群 .. 领|赚|免费|福利|返利|兼职|优惠|了解|货源|代理
代开发票|办证|贷款秒批|无抵押贷款|信用卡套现|花呗套现|博彩|六合彩|彩票内幕|赌博网站|棋牌平台|裸聊|约炮|色情|成人视频|迷药|代孕|私家侦探|股票内幕|荐股|内幕消息|代写论文|网赚|网络兼职|返佣|引流|涨粉|代刷|出售粉丝|微商货源
viagra|cialis|casino|online_casino|forex_signals|payday_loan*|hot_singles|escort_service|seo_services|backlinks|buy_followers|crypto_giveaway|double_your_bitcoin|make_money_fast|work_from_home_and_earn|lottery_winner|nigerian|free_iphone|cheap_meds|adult_webcam|weight_loss_pills|replica_watches|guaranteed_income|earn_$|bitcoin_investment|click_here_to_claim|porn
lure:
加微信|加我|加v|微信号|扫码|二维码|私聊我|+v|威信|薇信|qq群|电报群|telegram|whatsapp_me
赚钱|日结|兼职|返利|代理|免费领|高收益|稳赚|货源|低价出|招代理|红包群|理财|投资回报
click_here|visit_our_website|limited_time_offer|act_now|free_money|earn_money|investment_opportunity|100%_free|risk_free|congratulations_you|you_have_won|claim_your_prize|dm_me|buy_now_at|promote_your|boost_your_sales|grow_your_business|rank_your|cheap_price_factory|we_are_a_manufacturer
`
