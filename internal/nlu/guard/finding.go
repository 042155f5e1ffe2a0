package guard

// Finding is something spotted in a message; Start and End are byte offsets into the original text.
type Finding struct {
	Kind   string `json:"kind"`   // abuse, spam, injection, pii
	Detail string `json:"detail"` // what exactly: a kind of personal data, a kind of abuse, the reason
	Start  int    `json:"start"`
	End    int    `json:"end"`
}

// The kinds of findings.
const (
	Abuse     = "abuse"
	Spam      = "spam"
	Injection = "injection"
	PII       = "pii"
)
