// Package job is durable work: jobs and timers in the same database and transaction as what they belong to.
//
// # States
//
// A job is ready (its time may lie ahead), running (leased by one node), gone when done, or dead when its tries are used
// up; dead jobs stay for people to look at. A ready job with a key is unique: enqueuing the key again while it waits
// changes nothing, and enqueuing it while one runs makes one more.
//
// # Promise
//
// A job exists if and only if the transaction that enqueued it committed. Of one lane at most one job runs at a time, on
// whatever node: the database holds that as a unique index. A handler that writes its result calls Done inside its
// transaction; a node that lost its lease in the meantime gets a Conflict there, and nothing of its result is stored.
// So a job's effect on the database happens once, and its effect elsewhere at least once.
//
// # Failure
//
// A failing handler is tried again with growing, jittered pauses. A crashed node's jobs are taken over when their lease
// ends, at once when the same owner starts again.
package job
