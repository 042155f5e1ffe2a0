package tools

import (
	"errors"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/commerce"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
	"github.com/xiaoer-cs/xiaoer/internal/tool"
)

// plain words errors of commerce that a customer can cause and mend.
var plain = map[string]id.Text{
	"order_unknown":         text("没有查到这个订单，请核对订单号。", "I cannot find this order; please check the number."),
	"item_unknown":          text("这个订单里没有这件商品。", "This item is not in the order."),
	"item_twice":            text("同一件商品重复了。", "The same item is named twice."),
	"items_missing":         text("请说明是订单里的哪几件商品。", "Please say which items of the order you mean."),
	"sku_unknown":           text("没有这个规格。", "There is no such variant."),
	"product_unknown":       text("没有找到这件商品。", "I cannot find this product."),
	"store_unknown":         text("没有找到这家门店。", "I cannot find this store."),
	"method_unknown":        text("没有找到这个支付方式。", "I cannot find this payment method."),
	"method_missing":        text("请先选择结算差价的支付方式。", "Please choose the payment method for the difference first."),
	"case_unknown":          text("没有查到这个申请单。", "I cannot find this request."),
	"address_incomplete":    text("地址不完整，请写上城市、街道和门牌号。", "The address is incomplete; please give city, street and number."),
	"address_too_long":      text("地址太长了，请精简一些。", "The address is too long; please shorten it."),
	"invoice_company":       text("企业发票需要公司名称和正确的税号（15、18 或 20 位）。", "A company invoice needs the company's name and its tax number of 15, 18 or 20 characters."),
	"invoice_title":         text("发票抬头请写成一行，不要太长。", "The invoice title must be one short line."),
	"quantity_out_of_range": text("一次可以预留 1 到 5 件。", "Between 1 and 5 pieces can be put aside."),
	"points_amount":         text("积分要按 100 的整数倍兑换。", "Points are exchanged in multiples of 100."),
	"time_malformed":        text("时间没有看懂，请写成 2026-03-05 14:30 这样。", "I could not read the time; please write it like 2026-03-05 14:30."),
}

// refuse turns what policy forbids and what a customer got wrong into a refusal; everything else passes.
func refuse(err error) error {
	var no *commerce.Refusal
	if errors.As(err, &no) {
		return &tool.Refusal{Code: no.Code, Why: no.Reason, Offer: offer(no.Code), Data: map[string]any{"until": until(no.Decision)}}
	}
	var house *errs.Error
	if errors.As(err, &house) {
		if why, ok := plain[house.Code]; ok {
			return &tool.Refusal{Code: house.Code, Why: why}
		}
	}
	return err
}

func until(d commerce.Decision) string {
	if d.Until.IsZero() {
		return ""
	}
	return d.Until.Format("2006-01-02")
}

// offers are the flows that may help instead, by the beginning of the code.
var offers = []struct {
	code  string
	flows []string
}{
	{"return_too_late", []string{"exchange", "repair", "human"}},
	{"return_opened", []string{"repair", "human"}},
	{"return_not_received", []string{"track_shipment", "cancel_order"}},
	{"return_settled", []string{"refund_status"}},
	{"return_", []string{"exchange", "human"}},
	{"exchange_not_received", []string{"track_shipment"}},
	{"exchange_too_late", []string{"repair", "human"}},
	{"exchange_", []string{"return", "repair", "human"}},
	{"cancel_too_late", []string{"return", "human"}},
	{"address_too_late", []string{"track_shipment", "human"}},
	{"out_of_stock", []string{"return", "store_stock"}},
	{"coupon_limit", []string{"human"}},
}

func offer(code string) []string {
	for _, o := range offers {
		if strings.HasPrefix(code, o.code) {
			return o.flows
		}
	}
	return []string{"human"}
}
