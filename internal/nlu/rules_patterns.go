package nlu

// intentPatterns are the high-precision ways of wanting something, by intent. They hold without any trained model.
const intentPatterns = `
order_status:
订单|单子 .. 到哪|状态|进度|怎么样|什么情况|发货了吗|发货没|发了没|处理到哪
查|看|查询|查下|查一下 .. 订单|我的单 !取消|物流|快递
什么时候|啥时候|怎么还不|还没|几时|为什么还没 .. 发货 !现货
where|track|status|check|whats_happening .. order !cancel|tracking_number
my_order .. status|progress|arrived|shipped
has|when .. my_order|order .. ship*|dispatched
where_is|where's|wheres|where_are .. my !store|shop|refund|money|coupon*|points|invoice|package|parcel
track_shipment:
快递|物流|包裹|运单 .. 到哪|在哪|哪里|查|进度|单号|到了吗|什么时候到|几天到|信息 !丢|坏
查|跟踪|追踪 .. 物流|快递|包裹|运单
track*|where .. package|parcel|shipment|delivery
tracking_number|track_my|track_it
when .. arrive|delivered|get_here !refund
cancel_order:
取消|撤销|退掉|撤 .. 订单|单子 !怎么取消不了
不想要了|不要了|别发货|不买了 !退货|退回
cancel*|call_off .. order|purchase|it
change_address:
改|换|修改|更改|变更|填错|写错 .. 地址|收货人|收件|收货
地址 .. 错了|填错|写错|改|换
change|update|edit|wrong|correct .. address|shipping_details
return:
退货|退回|退掉 !多久|几天|政策|规则|运费谁
想|要|申请|可以|能|能不能|怎么 .. 退货|退了|退掉|退吗|退
return|send_back|send .. back|it|this|item|order|shoes|backpack|mug !policy|how_long
exchange:
换货|换一个|换个|换一件|换一双|换双|换成|换大|换小|换新 !地址|人工|话题
exchange|swap|replace* .. it|this|size|colour|color|for|one|item
refund_status:
退款 .. 到哪|进度|到账|没到|还没|什么时候|状态|查
钱 .. 退|没退|退了吗|退到哪
where|when|status|havent|still .. refund
repair:
维修|修一下|保修|报修|返修|修理|送修|能修|坏了能修 !多久|政策
repair*|fix|broken .. it|my|coffee|machine|screen|under_warranty
find_store:
附近|最近|哪里有|哪儿有 .. 门店|店|专卖店|实体店
门店|店|实体店 .. 在哪|地址|哪里
nearest|closest|nearby|find .. store|shop
where .. store|shop
store_stock:
门店|店里|实体店|你们店 .. 有货|现货|有没有|库存
store|shop .. in_stock|have_it|available|carry
invoice:
开|补|要|重开|下载 .. 发票|专票|电子票
发票 .. 抬头|税号|没收到|开
invoice|vat_receipt|tax_receipt
coupons:
优惠券|优惠卷|抵用券|代金券|红包|券 .. 有|领|查|几张|用|多少|哪
coupon*|voucher*|promo_code|discount_code
points:
积分 .. 多少|查|兑换|几|有|换
points|loyalty_points .. balance|many|have|redeem|left
price_protection:
价保|保价|降价|差价|买贵|便宜了
price_match|price_drop*|price_protection|price_adjustment|got_cheaper
complaint_quality:
质量 .. 差|问题|太|不行|垃圾
坏了|裂了|破了|断了|掉色|漏水|开胶|不工作|开不了机|用不了|碎了|有瑕疵|脱胶|起球 !换|修|退
broken|shattered|smashed|dented|leaking|leaks|scratched|torn|ripped|chipped|cracked|won't_turn_on|not_working|defective|faulty|cracked|stopped_working|doesnt_work|falls_apart !return|repair|exchange
complaint_attitude:
态度 .. 差|恶劣|不好|不耐烦|什么
客服|店员|导购|服务员 .. 态度|骂|凶|不理|爱答不理|敷衍
rude|impolite|bad_attitude|ignored_me
complaint_logistics:
快递|物流|配送|送货 .. 太慢|丢|坏|破|不送|扔|暴力|慢死|投诉
lost|late|delayed|damaged .. package|parcel|delivery|shipping
package|parcel|delivery .. lost|late|delayed|damaged|never_came
suggestion:
建议|希望|要是能|最好能|能不能增加|可以增加 .. 你们|增加|出|改|加|推出|支持|优化
suggest*|i_wish|would_be_nice|feature_request|it_would_be_great
review:
评价|好评|差评|晒单
leave|write|post .. review|feedback
human:
转人工|人工客服|真人|找人工
speak|talk .. human|agent|person|someone|representative
ask_price:
多少钱|什么价|价格|几块钱|怎么卖|啥价 !降价|保价
how_much|price_of|what_does_it_cost|whats_the_price !shipping|refund
ask_stock:
有货|现货|补货|有没有货|缺货|断货 !门店|店里
in_stock|back_in_stock|restock*|available
ask_size:
尺码|码数|穿多大|多大码|选码|偏大|偏小|什么码
what_size|which_size|size_chart|size_guide|true_to_size|run_small
ask_material:
材质|面料|什么料|成分|什么做的
material|made_of|fabric
ask_usage:
怎么用|如何使用|使用方法|说明书|怎么操作|怎么设置
how .. use|set_up|operate
ask_compare:
区别|哪个好|对比|比较|有什么不同
difference_between|compare*|which_is_better
ask_recommend:
推荐|介绍几款|有什么好
recommend*|suggest_a|what_should_i_buy
ask_promotion:
优惠活动|打折|活动|促销|满减 !积分
on_sale|promotion*|any_deals|discounts
ask_shipping_time:
几天到|多久到|几天能到|多久发货|多长时间到
how_long .. ship*|deliver*|arrive
ask_shipping_fee:
运费|邮费|包邮
shipping_cost|shipping_fee|free_shipping|delivery_fee
ask_return_policy:
退货政策|退货规则|几天无理由|七天无理由|7天无理由
退货 .. 多久|几天|政策|规则|运费
return_policy|how .. return* .. days|long
ask_warranty_policy:
保修期|保修多久|质保|保修政策|三包
warranty
ask_refund_time:
退款 .. 多久|几天
how_long .. refund
ask_payment:
怎么付|付款方式|支付方式|支持支付宝|微信支付|货到付款
payment_method*|pay_with|pay_by|accept .. paypal|visa|card|alipay
ask_payment_failed:
付不了|支付失败|付款失败|扣款
payment_failed|card_declined|cant_pay
ask_installment:
分期|花呗|白条
installment*|pay_later|klarna
ask_membership:
会员 .. 怎么|权益|等级|好处|升级
membership|member_benefits|loyalty_program*
ask_store_hours:
几点 .. 开门|关门|营业|下班
营业时间|开门时间
opening_hours|what_time .. open|close
ask_store_parking:
停车
parking
ask_pickup:
自提|到店取|门店取
pick_up|pickup|collect_in_store
ask_authenticity:
正品|真的假的|假货
genuine|authentic|fake|counterfeit
ask_care:
怎么洗|能机洗|保养|清洗
how .. wash|clean|machine_wash*
ask_gift_card:
礼品卡|购物卡
gift_card*
ask_bulk:
批发|团购|企业采购|大批量
bulk|wholesale
ask_password:
密码
password
ask_delete_account:
注销
delete .. account
ask_about_bot:
你是机器人|你是人|你是ai|是不是机器人
are_you .. bot|robot|human|ai|real
ask_job:
招聘|招人|应聘
hiring|job_opening*|vacanc*
greet:
^ 你好|您好|在吗|在么|hi|hello|hey|哈喽|嗨|早上好|下午好|晚上好|good_morning $
thanks:
谢谢|多谢|感谢|辛苦了
thanks|thank_you|thx|cheers
bye:
^ 再见|拜拜|88|bye|goodbye|see_you $
praise:
太好了|很满意|真不错|很好用|好喜欢|超赞|好评
great_job|love_it|awesome|excellent|well_done
`
