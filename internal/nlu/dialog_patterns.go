package nlu

// actPatterns are yes, no, "I mean" and "never mind".
const actPatterns = `
yes:
^ 是|是的|是滴|对|对的|对对|对对对|嗯对|好|好的|好滴|好哒|好嘞|好吧|行|行的|行吧|可以|可以的|没问题|嗯|嗯嗯|恩|恩恩|哦好|确认|确定|我确认|我确定|没错|是啊|要|要的|需要|同意|ok|okk|okay|okey|k|yes|yeah|yep|yup|ya|sure|sure_thing|of_course|confirm|confirmed|correct|right|that's_right|that_is_right|exactly|absolutely|definitely|yes_please|please_do|go_ahead|do_it|sounds_good|fine|alright|all_right|y|1_yes|works_for_me|i_confirm|i_agree|agreed|perfect|that_works|yes_it_is|yes_that's_right|yes_i_do|yes_do_it|就这样|就这么办|就它了|就这个|办吧|那就办|提交吧|中|得|得嘞|冇问题|系|系呀|成|成吧|妥|妥了|肯定|当然|必须的|正确|帮我办吧|继续|请继续|下一步|可以啊|可以可以|好啊|好呀|行啊|👌|👍 $
^ 好的|可以|行|对|是的|嗯|没问题|确认|yes|yeah|ok|okay|sure|correct .. 就这样|办吧|提交|麻烦你了|帮我办|退吧|换吧|取消吧|请办理|please|go_ahead|do_it|that's_right|that_is_correct|confirm $
no:
^ 不|不是|不是的|不对|不要|不用|不用了|不行|不可以|不需要|不想|不了|不必|不必了|否|算了吧|没有|没|别|先别|别了|不好|不同意|不确认|错了|不是这个|都不是|no|nope|nah|no_thanks|no_thank_you|not_really|don't|do_not|not_now|not_yet|n|no_way|negative|incorrect|wrong|that's_wrong|that's_not_right|not_that_one|none|none_of_them|neither|i_don't|no_i_don't|no_don't|please_don't|不要这个|不是这单|唔系|唔要|唔使|冇|莫|甭|no_need|i'd_rather_not|nothing $
^ 不|不是|不对|不用|no|nope|nah|not .. 谢谢|thanks|thank_you|了 $
^ 不是|不对|no|nope !不是吗|不对吗|no_problem|no_idea|no_worries|no_one|no_longer|not_only|no_update
correct:
我是说|我说的是|我的意思是|说错了|打错了|输错了|写错了|搞错了|弄错了|报错了|发错了 !商品发错|货发错|给我发错|你们发错|发错货|发错了货|地址写错
^ 不是|不对|错了 .. 是|应该是|而是|改成|换成
不是 .. 是|应该是|而是 !是不是|还是
应该是|改成|更正|纠正|改一下是 .. 才对|不是|吧 !能不能改成
i_mean|i_meant|i_meant_to_say|i_misspoke|i_mistyped|typo|my_mistake|my_bad|correction|scratch_that|let_me_correct|what_i_meant|sorry_i_meant|wrong_number_i
^ no|nope|sorry|actually|wait|oops .. it's|it_is|i_meant|the|my|make_it|should_be|not !no_problem|thanks|it's_fine|it's_ok|it's_okay
not .. but|it's|rather !not_only|not_working|why_not|but_not|not_yet
actually .. make_it|change_it|it's|it_is|i_want|instead
cancel:
算了|不用了|先不办|先不用|先不弄|先不退|先不换|取消吧|不办了|不弄了|没事了|当我没说|不退了|不换了|不修了|不查了|先这样吧|不搞了|还是算了|放弃|不需要了|终止|停止办理|退出|不继续了|作罢|唔使啦|算鸟|打住 !算了多少|算了一下
never_mind|nevermind|nvm|forget_it|forget_about_it|cancel_that|cancel_this|don't_bother|stop_that|drop_it|leave_it|skip_it|changed_my_mind|i've_changed_my_mind|not_anymore|no_longer_need|don't_want_it_anymore|let's_not|stop_this|abort|quit|exit|i_give_up|scrap_that !forget_it's
`
