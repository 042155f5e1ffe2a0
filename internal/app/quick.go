package app

import (
	"context"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/api"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// readyAnswers are the ready answers that staff picks by shortcut.
type readyAnswers []api.QuickReply

// QuickReplies implements api.QuickReplies: those whose shortcut, title or text has the words.
func (r readyAnswers) QuickReplies(_ context.Context, query string) ([]api.QuickReply, error) {
	query = strings.ToLower(strings.TrimSpace(query))
	out := []api.QuickReply{}
	for _, x := range r {
		if strings.Contains(strings.ToLower(x.Shortcut+" "+x.Title.ZH+" "+x.Title.EN+" "+x.Text.ZH+" "+x.Text.EN), query) {
			out = append(out, x)
		}
	}
	return out, nil
}

func ready(shortcut, titleZH, titleEN, zh, en string) api.QuickReply {
	return api.QuickReply{ID: "qr_" + shortcut, Shortcut: shortcut, Title: id.Text{ZH: titleZH, EN: titleEN}, Text: id.Text{ZH: zh, EN: en}}
}

var quickReplies = readyAnswers{
	ready("hi", "问候", "Greeting", "您好，我是人工客服，前面的情况我已经看过了，马上帮您处理。", "Hello, this is a person. I have read what was said so far and will take care of it."),
	ready("wait", "请稍等", "One moment", "请稍等，我去核实一下，几分钟内给您答复。", "One moment please, let me check this. I will be back within a few minutes."),
	ready("sorry", "致歉", "Apology", "非常抱歉给您带来不便，这件事由我负责跟到底。", "I am very sorry for the trouble. I will stay with this until it is settled."),
	ready("photo", "请发照片", "Ask for a photo", "方便拍一张照片发给我吗？能看清问题部位就可以。", "Could you send me a photo that shows the problem?"),
	ready("order", "请给订单号", "Ask for the order", "请告诉我订单号，或者下单时用的手机号后四位。", "Please tell me the order number, or the last four digits of the phone you ordered with."),
	ready("follow", "后续跟进", "Follow up", "我已登记工单，有进展会第一时间通知您，您也可以在聊天窗口里查看进度。", "I have opened a ticket. You will hear from us as soon as there is news, and you can follow it in this chat."),
	ready("bye", "结束语", "Closing", "还有其他可以帮您的吗？没有的话祝您生活愉快。", "Is there anything else I can do? If not, have a lovely day."),
}
