package api

import "github.com/xiaoer-cs/xiaoer/internal/staff"

// rule is what a route asks of its caller.
type rule struct {
	open bool             // no session needed
	need staff.Permission // "" with a session: any signed-in member
}

var (
	anyone   = rule{open: true}
	signedIn = rule{}
)

func needs(p staff.Permission) rule { return rule{need: p} }

// rules holds the rule of every operation. An operation that is not here cannot be registered.
var rules = map[string]rule{
	"meta":         anyone,
	"openapi":      anyone,
	"docs":         anyone,
	"login":        anyone,
	"logout":       signedIn,
	"me":           signedIn,
	"set-password": signedIn,
	"set-presence": signedIn,

	"list-conversations":    needs(staff.ConversationRead),
	"get-conversation":      needs(staff.ConversationRead),
	"list-messages":         needs(staff.ConversationRead),
	"get-attachment":        needs(staff.ConversationRead),
	"list-decisions":        needs(staff.DecisionRead),
	"say":                   needs(staff.ConversationReply),
	"take-conversation":     needs(staff.ConversationReply),
	"hand-back":             needs(staff.ConversationReply),
	"close-conversation":    needs(staff.ConversationReply),
	"assign-conversation":   needs(staff.ConversationAssign),
	"typing":                needs(staff.ConversationReply),
	"read-conversation":     needs(staff.ConversationRead),
	"conversation-presence": needs(staff.ConversationRead),
	"list-quick-replies":    needs(staff.ConversationReply),

	"get-customer":      needs(staff.CustomerRead),
	"customer-orders":   needs(staff.OrderRead),
	"customer-timeline": needs(staff.CustomerRead),

	"list-tickets":   needs(staff.TicketRead),
	"open-ticket":    needs(staff.TicketWrite),
	"get-ticket":     needs(staff.TicketRead),
	"change-ticket":  needs(staff.TicketWrite),
	"comment-ticket": needs(staff.TicketWrite),
	"merge-ticket":   needs(staff.TicketWrite),

	"list-approvals": needs(staff.ApprovalRead),
	"approve":        needs(staff.ApprovalDecide),
	"reject":         needs(staff.ApprovalDecide),

	"list-articles":    needs(staff.KnowledgeRead),
	"create-article":   needs(staff.KnowledgeWrite),
	"get-article":      needs(staff.KnowledgeRead),
	"save-article":     needs(staff.KnowledgeWrite),
	"publish-article":  needs(staff.KnowledgePublish),
	"withdraw-article": needs(staff.KnowledgePublish),
	"article-versions": needs(staff.KnowledgeRead),

	"list-gaps":       needs(staff.KnowledgeRead),
	"get-gap":         needs(staff.KnowledgeRead),
	"draft-gap":       needs(staff.KnowledgeWrite),
	"list-drafts":     needs(staff.KnowledgeRead),
	"get-draft":       needs(staff.KnowledgeRead),
	"save-draft":      needs(staff.KnowledgeWrite),
	"prove-draft":     needs(staff.KnowledgeWrite),
	"accept-draft":    needs(staff.KnowledgePublish),
	"reject-draft":    needs(staff.KnowledgePublish),
	"roll-back-draft": needs(staff.KnowledgePublish),

	"search":          needs(staff.SearchRead),
	"insight-summary": needs(staff.InsightRead),
	"stream":          needs(staff.StreamRead),

	"get-journey":      needs(staff.JourneyRead),
	"save-journey":     needs(staff.JourneyWrite),
	"journey-versions": needs(staff.JourneyRead),

	"list-flows":   needs(staff.FlowRead),
	"get-flow":     needs(staff.FlowRead),
	"flow-figures": needs(staff.FlowRead),
	"flow-source":  needs(staff.FlowRead),
	"check-flow":   needs(staff.FlowRead),

	"list-staff":   needs(staff.StaffRead),
	"create-staff": needs(staff.StaffWrite),
	"change-staff": needs(staff.StaffWrite),
	"list-teams":   needs(staff.StaffRead),
	"list-audit":   needs(staff.AuditRead),
}
