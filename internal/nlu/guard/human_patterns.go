package guard

// humanPatterns are the ways of asking for a person. What "sure" finds counts always; a "wish" counts unless a "not" is there too.
const humanPatterns = `
sure:
机器人 .. 别|闭嘴|不行|不要|停 .. 真人|人工|让人|换人|人来
转|找|接|要|换 人公|仁公|人共|人宫
^ 人工|人攻|仁工|人功|人公|仁公|人共|任工|真人|活人|转人|人|人工服务|人工客服|真人客服|人工座席|人工坐席|人工台|人工呢|人工吧|人工啊|人工人工|人工人工人工|在线人工|rengong|ren_gong|rg|转rg|zrg|zhuanrengong|zhuan_rengong|zhuan_ren_gong|转rengong|rengongkefu|rengong_kefu|zhenren|zhenren_kefu|zhenrenkefu|rengong_fuwu|kefu|人攻服务|人攻客服|仁工服务|人功服务|人宫客服|真人在吗|真人在不在|活人在吗|客服人员|人工服务员|按0|按零|0号键 $
不要|别|不想|不跟|不和|不需要|拒绝|受够|讨厌|烦死|不愿|懒得|不用|甭|莫 .. 机器人|机器|智能客服|自动回复|人机|ai|智障 .. 人|真人|人工|说话|聊|回复|跟我|糊弄|敷衍 !不需要人工|不要人工
不要|别|不想|不跟|不和|受够|甭 .. 机器人|智能客服|自动回复|人机 $
not|no|don't|dont|never|hate|stop|sick_of|tired_of|won't|refuse_to|done_with .. talk|speak|chat|talking|speaking|chatting .. bot|bots|robot|robots|machine|machines|chatbot|ai|computer|automated*
humna|huamn|hooman|hooman|huuman|humman|agnet|agetn|reprsentative|represenative|representitive|persn .. pls|please|plz|now
^ human|humans|agent|operator|representative|rep|person|real_person|live_agent|live_person|real_human|human_agent|human_being|customer_service|human_please|agent_please|operator_please|representative_please|person_please|live_chat|live_support|human_now|a_human|a_person|an_agent|human_human|agent_agent|agent_now|real_agent|human_support|human_help|humanoid_please|customer_service_please|customer_support_please|live_agent_please|real_person_please|customer_rep|service_rep|customer_service_representative|customer_support_agent|customer_support_representative|customer_service_agent|service_agent|support_agent|support_person|customer_support|customer_care|helpdesk|help_desk|transfer|transfer_me|transfer_please|escalate|please_escalate|no_bot|no_bots|no_robot|no_robots|no_ai|not_a_bot|someone_real|somebody_real|hu-man|a-gent|real_people|people|supervisor|manager|humna|huamn|hooman|agnet|represenative|representitive|human_operator $
speak|talk|chat|connect* .. real_person|real_human|actual_person|actual_human|human_being|live_person|live_agent|real_agent|human_agent
wish:
a_human|a_real_person|a_real_human|an_agent|real_human|an_advisor|a_representative|a_live_agent|human_agent|a_rep|live_agent|live_person|actual_person|actual_human|human_being|human_agents|real_agent|a_live_person|an_operator|customer_service_rep* !hand_made|made_by
人工|真人|活人 !人工智能|人工费|人工成本
有人管|没人管|没有人管|有没有人管|有人理|没人理我|没人管我
听懂人话|会说人话|说人话|讲人话
客服 .. 出来|说句话|理我一下|理一下|吱声|回我|客服 !说明
talk|talking|speak|speaking|chat .. someone|somebody|a_person|person !who_is_the|gift
out_of_this_bot|this_bot_is|this_bot_isn't|the_bot_isn't|transfer_this_chat|transfer_this_conversation|transfer_the_chat|in_touch_with
跟|和|找|喊|叫|让|请|要|同|与|派|喊一下|通知|揾|搵|麻烦|给我|帮我 .. 客服|值班客服|售后|售后人员|人工|店长|主管|经理|主任|老板|总监|专员|同事 .. 说|通话|通电话|打电话|聊|沟通|回电|联系|谈|倾计|倾|对话|理论|处理|出面|过来|出来|介入|跟进|回我|回话 !聊天记录|说明书|处理好了|客服说
找|喊|叫|喊一下|叫一下|找一下|找下|呼|联系一下|联系下|联系 .. 客服|值班客服|售后|售后客服|售后人员|店长|主管|经理|你们老板 $
客服|主管|经理|店长|领导|负责人|管理人员 .. 在吗|在不在|在么|在线吗|有人吗|呢 $
给我|帮我|快给我|赶快给我|赶紧给我|快帮我|帮忙|快点|快 转|转一下|转下|转接|转过去|转走|转接一下 $
别废话|少废话|废话少说|别啰嗦|快|赶紧|赶快 .. 叫人|喊人|找人|换人|来人
给我|跟我|和我|向我 .. 回电|回电话|回个电话|回一个电话|打电话|打个电话|来个电话|打过来|致电 !快递员|快递|配送|送货|骑手|师傅|别给我|不要给我|不用|先|之前
打电话给我|回电话给我|回电给我|电话联系我|打我电话|电话回访我|打我手机 !快递员|快递|配送|送货|骑手|师傅|别|不要|到了|送到|签收
你能|能不能|可以|能|麻烦|请|让 .. 打电话给我|给我打电话|给我回电 !快递|配送|骑手|师傅
接|找|换|给我接|叫|来 .. 能做决定|能拍板|能处理的|能解决的|能负责的|说了算|做得了主|管用的|懂业务
有木有|有没得|有么有|有没有|咋找|咋转|怎样找|如何找|怎么叫|怎么喊|咋喊|跪求|求|速来|快来 .. 人工|真人|活人|客服
人工|真人|活人 .. 速来|快来|嘞|呗|喂|呢|在哪|哪里|速度|拜托|帮帮|救命 !智能
机器人 .. 让真人|换真人|别说话|别说|闭嘴|让真人|别说话|别回|停止|别再
不要|别再|别|停止|能不能不|不许 .. 自动回复|机器回复|机器人回复|自动应答|机械回复|模板回复|复制粘贴
人类|人类客服|活人类 .. 客服|服务|说话|帮|在吗|来 !人类学
同 .. 客服 .. 倾
is|are|any .. supervisor|manager|agent|representative|human|advisor|rep .. available|around|on_duty|there|online|free
call_me|phone_me|ring_me|call_me_back|ring_me_back|give_me_a_call|give_me_a_ring|give_me_a_callback|request_a_callback|request_a_call|a_callback_please !delivery|courier|driver|don't_call|do_not_call|before_delivery|when_it_arrives|before_arriv*
get|want|need|request|have|receive .. callback|call_back|phone_call|a_call .. from|person|human|someone|team|you|back|$
transferred|connected|forwarded|escalated|passed|handed|redirected .. agent|human|person|representative|someone|manager|team|support|supervisor|colleague|staff
need|want|get|give|find|contact|reach|through_to|real|actual|proper .. customer_support|customer_service|customer_care|real_support|live_support|support_staff|support_team|support_person|real_help|human_help|support_please|support $
hand|pass|forward|refer|send|transfer|give .. me|this|it|us .. colleague*|team|staff|department|coworker|someone_else|supervisor|manager
talk|speak|chat .. whoever|colleague*|department|store_manager|the_manager|someone_else|shop_assistant|humans|real_humans|people|staff|support|customer_service|sales
prefer|rather|like .. human*|person|people|real_person .. than|over|instead|$
someone|somebody|anyone .. real_one|real|actual_human|human
agent|representative|operator|human|real_person|live_person|supervisor $
转|转接|转给|转到|转去|转回|转个|转为|转成|切|切换|切到|换|换成|接|接通|接入|接个|找|找个|要|叫|叫个|喊|喊个|呼叫|联系|连线|连接|安排|派|给我|帮我|麻烦|请|让|来个|来位|来一个|来一位|需要|想|能不能|可以|可不可以|有没有|有冇|冇|是否有|进|召唤|换个|换一个|求|要求|我|搞个|弄个|拨|打给|同|跟|和|与|揾|搵|将|把我|帮|快|直接|只|赶紧|就|上|去|跟个|找下|还是 .. 人工|真人|活人|人攻|仁工|人功|任工|仁攻|人宫|大活人|活的人|真的人|真正的人|正常人|rengong|ren_gong|zhenren !人工智能|人工费|人工成本
找|叫|喊|换|要|来|跟|和|同|与|让|派|转|帮我|安排|给我|联系|接|求|请|有没有|揾|搵|需要|麻烦|想 .. 客服人员|工作人员|值班经理|负责人|你们领导|你们经理|你们主管|主管|领导|经理来|客服小姐姐|客服小哥哥|客服妹妹|客服小哥|客服小姐|客服专员|客服代表|你们老板|服务人员|值班人员|管事的|能做主的|说得上话的|专员|人来处理|人来解决|人来接|人跟我说|人跟我聊|人跟我谈|人和我说|人和我聊|个人说话|个人聊|个人来|个人问|个人回|个人接|个人处理|个人解决|个人帮|个人讲|个人给我|个人同我|个人嚟|个会说话的|个能说话的|个喘气的|个喘气儿的|个懂的人|个懂行的|个懂人话的|位同事|你们同事|同事来|个管事|个人儿|个人唠|个能听懂|个听得懂|个人工 !什么样的人|送|配送|师傅|安装|上门|配件|导购
转|接|找|连|连线|连接|呼叫|转接|切换|换|打给|叫 .. 客服 !客服电话是|客服态度|机器客服|智能客服|退换
给|给我 .. 人工|真人 !人工智能|人工费|人工成本
把|让|叫|请|喊 .. 主管|领导|经理|负责人|老板 .. 叫来|叫过来|过来|来|出来|联系我|给我打|回我|接|跟我|回电
安排|派|让|叫|找|喊|请|来 .. 人|个人|专人|人员 .. 联系我|给我打|打给我|打个电话|回电|回个电话|来跟我|跟我联系|跟我说|跟我谈|跟进|来处理|来解决|来看 !送货|上门|安装
whoever|someone|somebody|person .. in_charge .. talk|speak|contact
talk|speak .. them|whoever .. in_charge
^ 客服|找客服|转客服|客服在吗|客服呢|客服出来|客服人呢|客服客服|叫客服|在线客服|呼叫客服|人呢|人呢人呢|有人吗|有人么|有人在吗|有人没|有人没有|有没有人|有人木有|有人不|有人冇|活人呢|真人呢|人在吗|人在哪|人去哪了|没人吗|都没人吗|还有人吗|来个人|来人|来人啊|来人吖|找人|找个人|换人|换个人|叫人来|喊人|有活人吗|有真人吗|是真人吗有真人吗|有喘气的吗|出来个人|能来个人吗|来个活的|来个能说话的|来个懂的|人工在吗|人工在不在|人工在线吗|人工上班了吗|人工呢人工呢 $
人工 .. 在吗|在线吗|在不在|上班|几点|怎么转|如何转|怎么找|怎么联系|怎么接|入口|通道|按钮|怎么打|在哪 !智能
人工客服|人工服务|人工坐席|人工座席|真人客服|人工台|活人客服|真人服务|人工热线|人工电话|真人接待|人工接待|人工处理|人工帮|人工回复|人工解决|人工介入|人工咨询|人工对接|人工通道|人工入口|人工接听|人工专员|人攻客服|仁工客服|人功客服|真人回复|真人对话|真人沟通|真人说话|真人聊|真人来|真人解决|真人处理|真人跟|活人跟|活人说|活人聊|活人来
跟|和|同|与 .. 人 .. 说话|聊|讲|谈|沟通|对话|通话|倾|唠 !机器|家人|别人|朋友|人说|老人|大人|商量|店员聊
不是 .. 机器人|机器|ai .. 转|人|真的
机器人 .. 没用|听不懂|答非所问|解决不了|说不清|没法沟通|沟通不了|不懂|笨|蠢|傻|闭嘴|滚|走开|一边去|别烦|换人|太笨 !扫地|扫地机器人|拖地|玩具|炒菜|吸尘
听不懂人话|跟你说不清|跟你说不明白|你解决不了|你处理不了|你又不是人|不跟你说|不想跟你说|不想跟你聊|不想和你说|跟你讲不通|跟你扯不清
talk|speak|chat|spk|tlk|speek|tak .. to|with|2|w .. human*|person|people|agent*|representative*|rep|reps|operator*|someone|somebody|manager*|supervisor*|advisor*|adviser*|associate|specialist|staff|staffer|your_boss|employee|team_member|humna|huamn|hooman|persn|agnet|represenative|representitive|customer_service|customer_support|customer_care|support_team|a_real|real_one|an_actual|a_live|an_adult|a_grown_up|an_actual_one|ur_manager|csr !talk_to_someone_about_wholesale|personal
connect|transfer|put|switch|pass|hand|escalate|forward|redirect|route|refer|patch|get|give|bring|send|call|find|want|need|wanna|like|prefer|request|demand|require|may_i_have|let|let_me|fetch|reach|contact|where_is|wheres|where's|is_there|are_there|any|can|could|please|pls|plz|gimme|id_like|i'd_like|hand_me|looking_for|how_do_i|how_can_i|page|summon|raise .. human*|real_person|real_human|real_people|actual_person|live_person|live_agent*|live_human|live_representative|live_rep|live_chat|agent|agents|representative|representatives|customer_rep|rep|service_rep|support_rep|sales_rep|operator|manager|supervisor|real_agent|real_representative|human_being|humna|huamn|hooman|agnet|represenative|representitive|customer_service_person|service_person|support_person|support_agent|service_agent|customer_service_agent|a_person|actual_human|breathing_person|someone_real|somebody_real|person_instead|person_please|person_not|person_who|csr|support_staff|someone_from_your_team|someone_on_your_team|higher_up|someone_in_charge|whoever_is_in_charge|person_in_charge|your_boss|live_support|live_help|live_operator|flesh_and_blood|someone_human|somebody_human
connect|transfer|put|switch|pass|hand|escalate|patch|get .. me|us|this|through|over|call|chat .. person|someone|somebody|customer_service|customer_support|customer_care|support_team|service_desk|help_desk|staff|support|service_team !invoice|package
real_person|real_human|actual_human|actual_person|live_agent|live_person|human_agent|human_being|real_people|live_human|human_support|human_help|human_operator|human_assistance|human_rep|human_representative|human_customer .. please|pls|plz|now|instead|asap|right_now|only|not|or_nothing|immediately|required|needed|requested|wanted
please|pls|plz|just|only|no .. human|real_person|live_agent|a_person|an_agent|operator|representative
agent|human|representative|operator|rep|person .. please|pls|plz|now|asap|right_now|immediately !user_agent|contact_person|delivery_person|travel_agent|person_now_wearing
no|not|stop|enough|hate|tired|sick|don't|dont|without|done|fed_up|quit .. bot|bots|robot|robots|chatbot|chatbots|ai|automated|machine|machines|automatic_repl* .. human|person|someone|agent|people|talk|talking|speak|chat|replies|responses|answers !robot_vacuum|coffee_machine|washing_machine
i_want|i_need|want|need|get_me|give_me|gimme .. someone|somebody|a_person|people .. who_can|real|to_help|to_call|to_talk|to_speak|alive|that_can|human|competent|with_a_brain|who_understands|who_actually|on_the_phone|on_the_line
someone|somebody|anyone|anybody|person|people|staff .. call_me|ring_me|phone_me|call_back|talk_to_me|speak_to_me|speak_with_me|talk_with_me|contact_me|get_back_to_me|reach_out_to_me|take_over|step_in|real_there|alive_there|human_there
anyone|anybody|someone|somebody|any_human|any_humans|any_person|a_human|humans|human .. there|here|available|around|alive|online|real
is|are .. this|there|you .. human|person|real_person|someone|live_agent .. i_can|can_i|to_talk|available|who_can_help|i_could|around|there
press|dial|hit|pressing .. 0|zero .. human|agent|operator|person|talk|speak
you .. bot|robot|machine|chatbot .. useless|not_helping|don't_understand|stupid|dumb|get_me|give_me !robot_vacuum
you're_useless|you_are_useless|this_bot_is_useless|bot_is_useless|useless_bot|stupid_bot|dumb_bot|this_bot_sucks
let_me .. talk|speak .. someone|somebody|person|human
human .. intervention|assistance|takeover|hand_over|handover|handoff|escalation
escalate .. this|my|it|to|the|case
not:
是不是|是|真人 .. 机器人|真人 .. 还是|吗|么|嘛|呀 !转|找|要|换|接|叫
你是 .. 真人|人工|活人 !转|找|要|换|接|叫
真人|活人 .. 模特|上身|试穿|秀|大小|等身|实拍|照片|图片|测评|兽|示范 !客服
人工 .. 智能|合成|草坪|皮革|皮|湖|钻|宝石|费|成本|林|繁殖|培育|养殖|色素|香精|降雨|授粉|制造|制作|编织|缝制|打磨|雕刻|呼吸|泪液|髋|关节|牛黄|晶体|多少钱|收费|安装费|手工|纤维|水晶|毛 !转人工|找人工|人工客服
不用|不需要|不必|不要|无需|别|先不|不想|取消|没必要|莫|勿 .. 人工|真人 !别给我机器人|别用机器人|不要机器人|不想跟机器人
人工|真人 .. 已经|刚才|刚刚|上次|昨天|说过|告诉我 !转|找|再
纯人工|全人工|半人工|非人工
made|handmade|crafted|sewn|written|tested|worn|designed|packed|photographed .. by
contact_person|delivery_person|sales_person|salesperson|person_of_contact|each_person|per_person|one_person|two_person|second_person|single_person|third_person|in_person|person_years|another_person|other_person|same_person|different_person|personal|person_in_the_photo|person_on_the|tall_person|short_person|heavy_person|elderly_person|what_kind_of_person|authorised_person|authorized_person
human_hair|human_rights|human_size|human_body|human_made|human_resources|human_sized|human_food|human_grade|human_error|human_use|human_skin|human_consumption|human_readable|human_friendly|human_ear
cleaning_agent|travel_agent|user_agent|bonding_agent|estate_agent|bleaching_agent|foaming_agent|whitening_agent|secret_agent|agent_orange|drying_agent|agent_x|shipping_agent|customs_agent|buying_agent|purchasing_agent|agent_price|become_an_agent|an_agent_for|agent_of_your_brand|agents_in_my|be_an_agent|anti_caking_agent|cooling_agent|agent_program*
file_manager|password_manager|cable_manager|manager_role|manager_position|manager_job|manager_title|the_manager_said|manager_told|manager_promised|product_manager|task_manager|store_manager_recommend*|store_manager_said|store_manager_told
machine_operator|operator_manual|mobile_operator|tour_operator|network_operator|phone_operator_discount|sim_operator
are_you .. a_human|human|a_real|real|a_person|bot|a_bot|robot|an_agent|ai !talk|speak|connect|transfer|get_me|want|need|please|or_can
am_i .. talking|speaking|chatting .. human|person|bot|robot|ai !want|need|connect|please|get
don't_need|do_not_need|no_need|don't_want|not_necessary|without_talking|no_longer_need|don't_have_to|without_speaking|without_having|don't_connect|don't_transfer|stop_transferring .. human|agent|person|representative|someone|to_talk|to_speak !bot|robot
already .. spoke|talked|spoken|chatted .. agent|human|someone|representative
spoke|talked|chatted|spoken|an_agent_told|agent_told|agent_said|rep_said|representative_said|agent_promised|the_last_agent|your_agent_said .. agent|rep|representative|someone|me|human|that|you !again|want|need|connect|transfer
gift .. for|person
`
