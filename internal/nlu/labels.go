package nlu

import "strings"

// The categories of messages.
const (
	Consultation = "consultation"
	Complaint    = "complaint"
	Suggestion   = "suggestion"
	Review       = "review"
	Human        = "human"
	SmallTalk    = "smalltalk"
	Other        = "other"
)

// The emotions.
const (
	Joy            = "joy"
	Neutral        = "neutral"
	Worry          = "worry"
	Sadness        = "sadness"
	Disappointment = "disappointment"
	Anger          = "anger"
)

// OutOfScope is the intent of what the shop cannot serve.
const OutOfScope = "oos"

// Categories lists the closed set of categories.
func Categories() []string {
	return []string{Consultation, Complaint, Suggestion, Review, Human, SmallTalk, Other}
}

// Emotions lists the closed set of emotions.
func Emotions() []string {
	return []string{Joy, Neutral, Worry, Sadness, Disappointment, Anger}
}

// Topics lists the closed set of topics.
func Topics() []string {
	return []string{"product", "service", "policy", "order", "logistics", "payment", "aftersales", "member", "store", "none"}
}

// byTopic lists the intents under their topic.
const byTopic = `
product: ask_product ask_price ask_stock ask_size ask_material ask_usage ask_compare ask_recommend ask_promotion ask_gift ask_pre_order ask_authenticity ask_safety ask_care ask_installation complaint_price
service: complaint_attitude suggestion review human ask_about_bot ask_company ask_job
policy: ask_return_policy ask_exchange_policy ask_warranty_policy ask_privacy ask_trade_in
order: order_status cancel_order ask_order_change ask_bulk
logistics: track_shipment change_address complaint_logistics ask_shipping_time ask_shipping_fee ask_shipping_area
payment: refund_status invoice price_protection ask_payment ask_payment_failed ask_installment ask_refund_time ask_invoice_policy
aftersales: return exchange repair complaint_quality
member: coupons points ask_membership ask_points_rule ask_coupon_rule ask_gift_card ask_account ask_password ask_delete_account
store: find_store store_stock ask_store_hours ask_store_service ask_store_parking ask_pickup
none: greet thanks bye praise affirm deny chitchat oos
`

// topics maps every intent to its topic.
var topics = func() map[string]string {
	m := map[string]string{}
	for line := range strings.SplitSeq(strings.TrimSpace(byTopic), "\n") {
		topic, list, _ := strings.Cut(line, ": ")
		for _, intent := range strings.Fields(list) {
			m[intent] = topic
		}
	}
	return m
}()

// TopicOf is the topic of an intent; "none" for small talk and what is unknown.
func TopicOf(intent string) string {
	if t, ok := topics[intent]; ok {
		return t
	}
	return "none"
}

// IntentLabels lists the shipped intents, oos among them.
func IntentLabels() []string {
	var out []string
	for line := range strings.SplitSeq(strings.TrimSpace(byTopic), "\n") {
		_, list, _ := strings.Cut(line, ": ")
		out = append(out, strings.Fields(list)...)
	}
	return out
}

// categoryOf is the category that an intent speaks for by itself.
func categoryOf(intent string) string {
	switch intent {
	case "complaint_quality", "complaint_attitude", "complaint_logistics", "complaint_price":
		return Complaint
	case "suggestion":
		return Suggestion
	case "review", "praise":
		return Review
	case "human":
		return Human
	case "greet", "thanks", "bye", "affirm", "deny", "chitchat":
		return SmallTalk
	case OutOfScope, "":
		return Other
	}
	return Consultation
}
