package commerce

import "github.com/xiaoer-cs/xiaoer/internal/id"

func textOf(zh, en string) id.Text { return id.Text{ZH: zh, EN: en} }

var traitText = map[Trait]id.Text{
	Custom:      {ZH: "定制商品", EN: "made-to-order items"},
	Hygiene:     {ZH: "个人护理用品", EN: "personal care items"},
	FoodContact: {ZH: "接触食品的耗材", EN: "consumables that touch food"},
	Underwear:   {ZH: "贴身衣物", EN: "underwear"},
	GiftCard:    {ZH: "礼品卡", EN: "gift cards"},
	Digital:     {ZH: "数字商品", EN: "digital goods"},
	Appliance:   {ZH: "电器", EN: "appliances"},
	Consumable:  {ZH: "配件耗材", EN: "accessories and consumables"},
}

var orderText = map[OrderStatus]id.Text{
	Unpaid:         {ZH: "待付款", EN: "Awaiting payment"},
	Paid:           {ZH: "已付款，待发货", EN: "Paid, to be sent"},
	Processing:     {ZH: "备货中", EN: "Being packed"},
	Shipped:        {ZH: "运输中", EN: "On its way"},
	Delivered:      {ZH: "已签收", EN: "Delivered"},
	Completed:      {ZH: "已完成", EN: "Completed"},
	Cancelled:      {ZH: "已取消", EN: "Cancelled"},
	ReadyForPickup: {ZH: "待自提", EN: "Ready for pick-up"},
	PickedUp:       {ZH: "已自提", EN: "Picked up"},
}

// Text is the status in words.
func (s OrderStatus) Text() id.Text { return orderText[s] }

var caseText = map[CaseStatus]id.Text{
	Requested:  {ZH: "已申请", EN: "Requested"},
	InTransit:  {ZH: "寄回途中", EN: "On its way back"},
	Received:   {ZH: "已收到商品", EN: "Goods received"},
	Refunding:  {ZH: "退款处理中", EN: "Refund in progress"},
	Refunded:   {ZH: "已退款", EN: "Refunded"},
	Resent:     {ZH: "已寄回给你", EN: "On its way to you"},
	Repairing:  {ZH: "维修中", EN: "In repair"},
	Done:       {ZH: "已完成", EN: "Done"},
	Reserved:   {ZH: "已预留", EN: "Reserved"},
	Withdrawn:  {ZH: "已撤销", EN: "Withdrawn"},
	Rejected:   {ZH: "未通过", EN: "Rejected"},
	ExpiredOff: {ZH: "已过期", EN: "Expired"},
}

// Text is the status in words.
func (s CaseStatus) Text() id.Text { return caseText[s] }

var kindText = map[CaseKind]id.Text{
	ReturnCase:      {ZH: "退货", EN: "Return"},
	ExchangeCase:    {ZH: "换货", EN: "Exchange"},
	RepairCase:      {ZH: "维修", EN: "Repair"},
	InvoiceCase:     {ZH: "发票", EN: "Invoice"},
	ProtectionCase:  {ZH: "价格保护", EN: "Price protection"},
	PickupCase:      {ZH: "到店自提", EN: "Pick-up"},
	AppointmentCase: {ZH: "到店预约", EN: "Appointment"},
}

// Text is the kind in words.
func (k CaseKind) Text() id.Text { return kindText[k] }

// CancelReason in words, for reasons the shop offers; anything else is shown as written.
var cancelReasons = map[string]id.Text{
	"no longer needed":   {ZH: "不想要了", EN: "no longer needed"},
	"ordered by mistake": {ZH: "拍错了", EN: "ordered by mistake"},
	"too slow":           {ZH: "发货太慢", EN: "too slow"},
	"cheaper elsewhere":  {ZH: "别处更便宜", EN: "cheaper elsewhere"},
}

// ReasonText is a reason in words.
func ReasonText(reason string) id.Text {
	if t, ok := cancelReasons[reason]; ok {
		return t
	}
	return id.Text{ZH: reason, EN: reason}
}
