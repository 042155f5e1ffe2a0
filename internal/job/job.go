package job

import (
	"context"
	"encoding/json"
	"time"
)

// Job is one piece of work.
type Job struct {
	ID          string
	Kind        string // chooses the handler
	Lane        string // at most one running at a time per lane; "" is free
	Key         string // unique among the waiting; "" is free
	Payload     json.RawMessage
	RunAt       time.Time // zero means now
	Attempt     int       // tries begun, this one included
	MaxAttempts int       // 0 means DefaultAttempts
	Owner       string    // who holds the lease
	LastError   string
	CreatedAt   time.Time
}

// DefaultAttempts is how often a job is tried when it does not say.
const DefaultAttempts = 10

// Enqueuer adds jobs in the caller's transaction.
type Enqueuer interface {
	Enqueue(ctx context.Context, jobs ...Job) error
}

// Store is what a Runner needs of the database.
type Store interface {
	// Claim leases up to n due jobs of the given kinds for owner, each of another lane.
	Claim(ctx context.Context, owner string, kinds []string, n int, lease time.Duration) ([]Job, error)
	// Finish removes a job its owner still holds; Conflict when it does not.
	Finish(ctx context.Context, j Job) error
	// Retry gives a job back for later, or makes it dead when its tries are used up; Conflict when it is not the owner's.
	Retry(ctx context.Context, j Job, cause string, at time.Time) error
	// Renew prolongs the leases of owner's running jobs.
	Renew(ctx context.Context, owner string, lease time.Duration) error
	// Release gives back at once what owner left running when it died.
	Release(ctx context.Context, owner string) error
	// NextDue is when the earliest waiting job becomes due; zero when none waits.
	NextDue(ctx context.Context) (time.Time, error)
}

// Handler does a job. It must either call done in the transaction that stores its result, or return nil without having
// called it, in which case the job is finished afterwards.
type Handler func(ctx context.Context, j Job, done Done) error

// Done finishes the job inside the caller's transaction.
type Done func(ctx context.Context) error

// Of makes a job with a JSON payload.
func Of(kind, lane, key string, payload any) Job {
	b, _ := json.Marshal(payload)
	return Job{Kind: kind, Lane: lane, Key: key, Payload: b}
}
