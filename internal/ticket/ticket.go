package ticket

import (
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/id"
)

// Type is what a ticket is about.
type Type string

// The types.
const (
	ComplaintQuality   Type = "complaint_quality"
	ComplaintAttitude  Type = "complaint_attitude"
	ComplaintLogistics Type = "complaint_logistics"
	ComplaintPrice     Type = "complaint_price"
	Suggestion         Type = "suggestion"
	Review             Type = "review"
	Repair             Type = "repair"
	Question           Type = "question"
	Other              Type = "other"
)

// Priority orders work; the SLA policy has times for each.
type Priority string

// The priorities.
const (
	Low    Priority = "low"
	Normal Priority = "normal"
	High   Priority = "high"
	Urgent Priority = "urgent"
)

// Ticket is one matter.
type Ticket struct {
	ID             id.Ticket
	Number         string // T100001, for people
	Key            string // business key of whoever opened it; unique when set
	Type           Type
	Priority       Priority
	Status         Status
	Title          string
	Description    string
	Department     string
	TeamID         id.Team
	AssigneeID     id.Staff
	CustomerID     id.Customer
	ConversationID id.Conversation
	OrderID        id.Order
	MergedInto     id.Ticket
	LastSeq        int64
	Clocks         Clocks
	CreatedAt      time.Time
	UpdatedAt      time.Time
	SolvedAt       time.Time
	ClosedAt       time.Time
}

// EntryKind is what a timeline entry tells.
type EntryKind string

// The kinds.
const (
	Opened   EntryKind = "opened"
	Comment  EntryKind = "comment"
	Changed  EntryKind = "changed" // type, priority, title, department
	Moved    EntryKind = "status"
	Assigned EntryKind = "assigned"
	Escalate EntryKind = "escalated"
	Merged   EntryKind = "merged"
)

// AuthorKind is the side an entry comes from.
type AuthorKind string

// The authors.
const (
	ByCustomer AuthorKind = "customer"
	ByAgent    AuthorKind = "agent"
	ByStaff    AuthorKind = "staff"
	BySystem   AuthorKind = "system"
)

// Actor is who does something to a ticket.
type Actor struct {
	Kind AuthorKind
	ID   string
	Name string
}

// Entry is one line of a ticket's timeline.
type Entry struct {
	Seq    int64
	Kind   EntryKind
	Actor  Actor
	Public bool // the customer may read it
	Text   string
	Data   map[string]string
	At     time.Time
}

// Departments are where tickets are routed by their type.
var Departments = map[string]id.Text{
	"quality":   {ZH: "品质与售后", EN: "Quality and after-sales"},
	"stores":    {ZH: "门店运营", EN: "Store operations"},
	"logistics": {ZH: "物流", EN: "Logistics"},
	"pricing":   {ZH: "价格与促销", EN: "Pricing and promotions"},
	"product":   {ZH: "商品", EN: "Product"},
	"repair":    {ZH: "维修中心", EN: "Repair centre"},
	"service":   {ZH: "客户服务", EN: "Customer service"},
}

// Types tells each type's name, department and ordinary priority.
var Types = map[Type]struct {
	Name       id.Text
	Department string
	Priority   Priority
}{
	ComplaintQuality:   {id.Text{ZH: "质量投诉", EN: "Complaint about quality"}, "quality", High},
	ComplaintAttitude:  {id.Text{ZH: "服务态度投诉", EN: "Complaint about attitude"}, "stores", High},
	ComplaintLogistics: {id.Text{ZH: "物流投诉", EN: "Complaint about delivery"}, "logistics", High},
	ComplaintPrice:     {id.Text{ZH: "价格投诉", EN: "Complaint about price"}, "pricing", Normal},
	Suggestion:         {id.Text{ZH: "建议", EN: "Suggestion"}, "product", Low},
	Review:             {id.Text{ZH: "评价跟进", EN: "Review follow-up"}, "service", Low},
	Repair:             {id.Text{ZH: "维修", EN: "Repair"}, "repair", Normal},
	Question:           {id.Text{ZH: "咨询", EN: "Question"}, "service", Normal},
	Other:              {id.Text{ZH: "其他", EN: "Other"}, "service", Normal},
}

// Known tells whether p is one of the priorities.
func (p Priority) Known() bool { return p == Low || p == Normal || p == High || p == Urgent }

// Rank orders priorities, urgent highest.
func (p Priority) Rank() int { return map[Priority]int{Low: 0, Normal: 1, High: 2, Urgent: 3}[p] }
