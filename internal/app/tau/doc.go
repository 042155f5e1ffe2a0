// Package tau replays the public τ-bench retail tasks on our own shop: the benchmark's users, orders and products become
// members, orders and products of commerce, each reference action becomes a call of one of our tools, proposed and
// confirmed at the gate as the task's customer, and the state that is left is compared with the one the benchmark expects.
//
// # Promise
//
// There is no special path: what the agent may do is all that is done here, by the same tools, under the benchmark's rules
// as a data set of commerce.Policies (policies.yaml). Every task starts from the same fresh data, and every order and every
// user is compared, the unchanged ones too.
//
// # Failure
//
// Actions that policy refuses are part of the benchmark and change nothing. Errors of the store end the run.
package tau
