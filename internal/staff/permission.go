package staff

import (
	"slices"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Role is what somebody is here for.
type Role string

// The roles.
const (
	Admin      Role = "admin"
	Supervisor Role = "supervisor"
	Agent      Role = "staff" // answers customers
	Marketer   Role = "marketer"
	Viewer     Role = "viewer"
)

// Roles lists the roles, mightiest first.
var Roles = []Role{Admin, Supervisor, Agent, Marketer, Viewer}

// Known tells whether r is one of the roles.
func (r Role) Known() bool { return slices.Contains(Roles, r) }

// Permission is a word noun.verb.
type Permission string

// The permissions. A new one gets a line here and a place in the table below.
const (
	ConversationRead   Permission = "conversation.read"
	ConversationReply  Permission = "conversation.reply"
	ConversationAssign Permission = "conversation.assign"
	ConversationAll    Permission = "conversation.all" // every row, not only one's own team's
	DecisionRead       Permission = "decision.read"
	CustomerRead       Permission = "customer.read"
	CustomerSecrets    Permission = "customer.secrets" // phone and mail unmasked
	OrderRead          Permission = "order.read"
	TicketRead         Permission = "ticket.read"
	TicketWrite        Permission = "ticket.write"
	TicketAll          Permission = "ticket.all"
	KnowledgeRead      Permission = "knowledge.read"
	KnowledgeWrite     Permission = "knowledge.write"
	KnowledgePublish   Permission = "knowledge.publish"
	SearchRead         Permission = "search.read"
	InsightRead        Permission = "insight.read"
	JourneyRead        Permission = "journey.read"
	JourneyWrite       Permission = "journey.write"
	FlowRead           Permission = "flow.read"
	StaffRead          Permission = "staff.read"
	StaffWrite         Permission = "staff.write"
	AuditRead          Permission = "audit.read"
	ApprovalRead       Permission = "approval.read"
	ApprovalDecide     Permission = "approval.decide"
	StreamRead         Permission = "stream.read"
)

var (
	reads = []Permission{ConversationRead, CustomerRead, OrderRead, TicketRead, KnowledgeRead, SearchRead, InsightRead, JourneyRead, FlowRead, StaffRead, StreamRead}
	works = []Permission{ConversationReply, ConversationAssign, DecisionRead, TicketWrite, KnowledgeWrite, ApprovalRead}
	leads = []Permission{ConversationAll, TicketAll, CustomerSecrets, KnowledgePublish, JourneyWrite, AuditRead, ApprovalDecide}
)

// table is the one place that says what a role may do.
var table = map[Role][]Permission{
	Admin:      slices.Concat(reads, works, leads, []Permission{StaffWrite}),
	Supervisor: slices.Concat(reads, works, leads),
	Agent:      slices.Concat(reads, works),
	Marketer:   {CustomerRead, OrderRead, KnowledgeRead, KnowledgeWrite, SearchRead, InsightRead, JourneyRead, JourneyWrite, FlowRead, StaffRead, StreamRead},
	Viewer:     {KnowledgeRead, InsightRead, JourneyRead, FlowRead, StaffRead, SearchRead, StreamRead},
}

// May tells whether the role has the permission.
func (r Role) May(p Permission) bool { return slices.Contains(table[r], p) }

// Permissions lists what a role may do, sorted.
func (r Role) Permissions() []Permission {
	out := slices.Clone(table[r])
	slices.Sort(out)
	return out
}

// Principal is a signed-in member, as every request sees one.
type Principal struct {
	ID       id.Staff
	Name     string
	Role     Role
	Language id.Lang
	Teams    []id.Team
	Customer id.Customer // the member's own customer account, if known
}

// Require is nil when the principal has the permission, else Forbidden.
func (p Principal) Require(w Permission) error {
	if p.Role.May(w) {
		return nil
	}
	return errs.New(errs.Forbidden, "not_allowed", "Your role %q does not have the permission %q; ask an administrator.", p.Role, w)
}

// Scope narrows rows to what somebody may see. The data layer turns it into a condition of every query.
type Scope struct {
	All   bool
	Staff id.Staff
	Teams []id.Team
}

// Scope is the principal's narrowing for a noun whose "all" permission is given.
func (p Principal) Scope(all Permission) Scope {
	return Scope{All: p.Role.May(all), Staff: p.ID, Teams: p.Teams}
}

// Sees tells whether a row of this owner is inside: one's own, one's team's, or nobody's.
func (s Scope) Sees(assignee id.Staff, team id.Team) bool {
	if s.All || (assignee != "" && assignee == s.Staff) {
		return true
	}
	if team != "" {
		return slices.Contains(s.Teams, team)
	}
	return assignee == ""
}
