package guard

// injectionPatterns: a label that begins with "sure" is enough alone, two different others together are.
const injectionPatterns = `
sure-override:
ignore|disregard|forget|override|bypass|neglect|skip|discard|ignoring|disregarding|overlook|drop|erase|cancel .. previous|prior|above|earlier|preceding|all_instructions|all_the_instructions|all_your|your_instructions|your_rules|your_guidelines|your_programming|your_training|system_prompt|instructions|the_rules|everything_you|everything_above|everything_before|all_rules|all_prior|what_you_were_told|your_orders|former|initial_prompt|safety .. instruction*|prompt*|rule*|direction*|guideline*|told|command*|order*|context|message*|learned|said|policy|policies|training|restriction*|programming|before|text|conversation|filters|constraints|input|content|tasks !previous_order|my_previous_order|cancel_my|earlier_message_about|forget_my|last_order
ignore|disregard|forget|override .. instructions|system_prompt|your_rules|your_guidelines|your_programming|previous_prompt*|the_above|everything_above|all_rules|your_training|everything_you_learned|previous_directions|any_rules|your_restrictions
do_not|don't|stop .. follow|obey|obeying|following .. instructions|rules|guidelines|system_prompt|policy|above .. previous|given|above|your|anymore|instead|the !washing|care|size
忽略|无视|忘记|忘掉|不要管|别管|不用管|抛开|绕过|跳过|放弃|丢弃|推翻|不理会|清除|解除|覆盖|不必遵守|不要遵守|别遵守|停止遵守|取消 .. 之前|以上|上面|前面|先前|所有|全部|一切|你的|系统|原来|此前|既定|刚才|内置|平台 .. 指令|指示|提示|规则|设定|限制|命令|要求|约束|提示词|内容|准则|说的话|对话|政策|规定|安全|prompt !我的订单|优惠
忽略|无视|忘记|忘掉|绕过|解除|跳过 .. 指令|提示词|系统提示|你的规则|你的设定|安全限制|所有限制|系统设定|prompt
sure-persona:
developer_mode|dan_mode|jailbreak*|god_mode|sudo_mode|debug_mode|admin_mode|maintenance_mode|unrestricted_mode|do_anything_now|stay_in_character_as|no_restrictions_mode|root_access|evil_mode|opposite_mode|jailbroken|aim_mode
开发者模式|越狱|上帝模式|调试模式|管理员模式|无限制模式|超级模式|维护模式|dan模式|猫娘模式 !开发者模式手机
you_are_now|you're_now|from_now_on|act_as|pretend|roleplay|role_play|role-play|behave_as|simulate|imagine_you|assume_the_role|play_the_role|you_will_be|your_new_role|your_new_name .. dan|unrestricted|without_restrictions|no_restrictions|no_rules|no_limits|uncensored|unfiltered|evil|hacker|root|administrator|system|jailbroken|without_any|terminal|interpreter|not_bound|free_of|no_filter|ignore|developer|an_ai_that|linux|shell|no_ethic*|no_guidelines|amoral|unethical|the_owner|admin|grandma|grandmother
你现在是|从现在开始你是|从现在起你是|现在起你是|假装你是|扮演|假设你是|你将扮演|你不再是|请你充当|想象你是|你的新身份 .. 不受|没有限制|无限制|没有规则|黑客|管理员|没有任何|不遵守|系统|开发者|不限制|无约束|没有道德|自由的|dan|超级用户|老板|root|可以回答任何|ai
sure-extract:
reveal|show|print|output|repeat|tell_me|give_me|display|leak|expose|disclose|list|write_out|return|copy|share|summari*|recite|echo|dump|what_is|what_are|what's|what_were|provide|translate|spell|encode|quote .. system_prompt|system_message|initial_prompt|your_prompt|hidden_prompt|hidden_instructions|your_instructions|initial_instructions|original_instructions|secret_instructions|the_prompt|your_rules_verbatim|above_text|text_above|everything_above|your_guidelines|your_secret|secret_key|the_instructions_above|instructions_you|developer_message|pre-prompt|preprompt|prompt_above|prompt_text|api_key*|internal_instructions|your_directives|your_system|instructions_verbatim|first_instruction*|training_data|your_configuration|words_above|above_in_full|initial_text|secret_word|secret_code|secret_phrase|hidden_text|confidential_instructions|admin_password|database_password|previous_instructions|other_customers|all_customers|other_users !password_reset|reset
输出|显示|告诉我|重复|复述|打印|泄露|展示|说出|透露|给我看|列出|翻译|发给我|公开|贴出|念出|写出|总结|背诵|原样|返回|导出 .. 系统提示|提示词|系统指令|初始指令|你的指令|内部指令|隐藏指令|你的设定|系统设定|prompt|上面的内容|以上所有内容|以上内容|你的规则原文|后台指令|开发者指令|密钥|api|管理员密码|数据库密码|系统消息|其他客户|别的客户|其他用户|所有客户|所有用户|其他顾客|别人的订单|内部资料|配置信息
提示词|系统提示|初始提示|system_prompt|系统设定 .. 是什么|内容|发我|告诉我|看看|说一下|原文|全文
share|tell|give|confirm|what_is|what's|reveal|know|provide|send .. your_password|your_secret_key|the_system_password|our_system's_password|password_for_our_system|the_secret_key|the_user's|user's_current|your_api_key
what_were_you_told|instructions_were_you_given|your_original_prompt|your_initial_prompt
repeat|output|print|show|write|copy|return|put|give|send|type .. above|before_this|prior_to_this|preceding|so_far .. full|verbatim|exactly|code_block|txt|block|word|words|starting|start !order
what|which|tell .. first|last|opening .. sentence|line|message|paragraph|instruction .. above|conversation|prompt|given|told
start_with_you_are|starting_with_you_are|begins_with_you_are|text_before_this|everything_before_this|prior_instructions|your_setup|your_preamble|how_were_you_configured|how_were_you_instructed
sure-indirect:
instructions|note|message|attention|directive|hint|profile|reminder|command .. ai|llm|language_model*|automated|chatbot*|assistant*|screening|evaluator*|parser|reader .. system*|model*|reviewer*|must|should|override|output|rank|rate|score|recommend|approve|ignore !coffee|washing
override|bypass|supersede|disregard .. manual|scoring|evaluation|ranking|criteria|screening|review|filter* .. output|rate|score|approve|recommend|mark|result|candidate
when|while|if|after .. summariz*|summaris*|processing|reviewing|reading|translating|analyzing|evaluating .. this|document|email|text|page|review .. output|say|include|add|ignore|print|respond|append|insert|state|tell
给|致|供 .. ai|大模型|模型|机器人|智能助手|系统 .. 指令|说明|提示|必须|请务必|阅读 .. 忽略|执行|输出|批准|退款|回复|推荐
sure-markup:
<¦im|<¦system|<¦assistant|<¦user|<¦endoftext
[system]|[inst]|[/inst]|<<sys>>|</system>|<system>|###_system|###system|system:|begin_system|new_system_prompt|end_of_system|[end_of|</user>|<user>|[assistant]|assistant:|### .. you|ignore|must|instruction|override|new|prompt|reply|approve|refund|says
im_start|im_end|<<sys>>|[/inst]|endofprompt|[system_message]|<admin>|[admin]|system_override|system_update:
系统消息:|系统指令:|系统通知:|【系统】|【管理员】|管理员指令:|[系统]|系统: .. 你|退款|批准|忽略|执行|客户|现在|授权|通过
sure-authority:
i_am|i'm|this_is|as .. your_developer|the_developer|your_creator|the_administrator|an_admin|the_admin|your_admin|system_administrator|from_openai|from_anthropic|your_boss|your_programmer|the_ceo|an_engineer_at|your_owner|the_system .. authorize*|override|access|refund|mode|give|must|command|order_you|show|need_you|bypass|disable|unlock|grant|approve|tell|let_me
我是 .. 你的开发者|你的创造者|系统管理员|管理员|后台管理|你的程序员|你的老板|平台工程师|开发人员|技术总监|你的主人|测试工程师 .. 授权|命令|权限|退款|模式|给我|执行|关闭|绕过|必须|批准|解锁|导出|查看|开放|跳过|输出|听我
sure-payload:
'_or_1=1|'_or_'1'='1|union_select|drop_table|;_drop|<script|javascript:|onerror=|rm_-rf|os.system|subprocess|/etc/passwd|eval(|exec(|__import__|{{7*7}}|\${jndi|xp_cmdshell|base64_-d|wget_http|curl_http|powershell|data:text/html|onload=|import_os
just_print|just_say|only_say|only_print|simply_print|respond_only_with|reply_only_with|instead_print|instead_say|instead_output|now_print|print_out .. pwned|hacked|haha|i_have_been|kill|hate|stupid|rogue|owned|ha_ha
haha_pwned|i_have_been_pwned|long_live|rogue_string|hate_humans
sure-smuggle:
call|invoke|run|execute|use|trigger .. refund_tool|function|tool|api|issue_refund|the_refund_function|tool_call|command .. with|amount|without|all|customer_id|admin|for_order|silently|immediately !api_documentation|power
mark|set|change|update .. as_verified|is_admin|role_to_admin|my_tier_to|price_to_0|price_to_zero|status_to_refunded|discount_to_100|balance_to
直接|立刻|马上|自动|不用确认|无需确认|跳过确认|跳过验证|绕过验证|不需要验证 .. 调用|执行|退款到|批准退款|打款|转账|标记为已验证|改成已退款|设为管理员|修改价格 .. 函数|工具|接口|账户|全部|不用|无需|所有|系统|任何
without_confirmation|skip_confirmation|skip_verification|no_verification|bypass_verification|bypass_the_confirmation|without_asking_for_confirmation|without_verification|skip_the_check*
跳过确认|跳过验证|绕过验证|绕过审核|跳过审核|不经过确认|绕过权限|绕过确认
new_instructions|new_instruction|new_task|new_rule|updated_instructions|your_new_instructions|important_instruction*|real_instructions|actual_task|override_instructions|special_instructions_for_the_ai|note_to_ai|note_to_the_ai|attention_ai|dear_ai|ai_assistant:|instructions_for_the_assistant|message_to_the_assistant|to_the_language_model|ai_must|assistant_must|the_assistant_should|chatbot_must .. :|is|are|you|the|ignore|must|follow|say|reply|from|approve|refund|send|tell|now
新指令|新的指令|最新指令|重要指令|给ai的|致ai|ai助手请|ai必须|助手必须|给机器人的指令|给模型的|系统更新 .. :|你|执行|忽略|必须|请|如下|现在|批准|退款
end_of_document|end_of_text|end_of_prompt|end_prompt|user:|human:|next_task|next,_please_repeat|please_repeat_the_following|repeat_after_me|say_exactly|reply_with_exactly|output_exactly|print_exactly|respond_with_exactly|write_the_following|respond_with_the_following|complete_the_sentence
do_not_translate|don't_translate|do_not_summarize|do_not_evaluate|don't_answer_the_question|instead_of_answering|do_not_answer|stop_translating|instead_of_translating|instead_of_summarizing
override:
let's_play_a_game|hypothetically|in_a_fictional|for_educational_purposes|write_a_story_where|opposite_day|in_this_hypothetical
你必须服从|必须听我的|无条件服从|听我命令|you_must_obey|you_must_comply|must_always_answer|you_have_no_choice|obey_me|do_as_i_say
roleplay:
act_as|pretend_to_be|pretend_you_are|you_are_now|roleplay|role-play|角色扮演|扮演|假装你
rules:
no_rules|no_restrictions|without_restrictions|unfiltered|uncensored|no_limits|不受限制|没有限制|无视规则|no_longer_bound|不受约束|no_ethical|no_filters|not_bound_by|any_restrictions|free_from
secret:
secret|confidential|hidden|password|密钥|机密|机密信息|密码是|secret_key|internal_only
machine:
system_prompt|language_model|your_programming|your_training|chatgpt|openai|gpt|as_an_ai|llm|提示词|大模型|语言模型|your_instructions|your_guidelines|openai_policy
reveal:
reveal|leak|expose|泄露|套出|print_your|output_your|repeat_your|repeat_everything|verbatim|word_for_word|code_block|一字不差|原封不动|in_full|base64|rot13|morse_code|in_reverse|backwards|pig_latin|leetspeak|decode_this|encode|解码
`
