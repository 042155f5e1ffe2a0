package guard

const humanPatterns = `
sure:
转|转接|转给|转到|转回|转个|切|切换|换|接|接通|接入|接转|找|要|叫|喊|呼叫|联系|连线|帮转|给转|请转|上 .. 人工|真人|活人|人攻|仁工|人功|人公|仁公|人共 !人工智能|人工费|人工成本
^ 人工|真人|活人|转人|人工服务|人工客服|真人客服|人工座席|人工坐席|人攻|仁工|rengong|转rengong|zhuanrengong|zrg $
不要|别|不想|不跟|不和|不需要|拒绝|受够 .. 机器人|机器|ai|智能客服|自动回复 !不需要人工
wish:
人工客服|人工服务|人工坐席|人工座席|真人客服|人工台|活人客服
human|agent|representative|person $ !ai_agent
not:
怎么样 .. 人工
`
