// Package staff is the noun of the people who work here: accounts, roles, teams, presence, sign-in, and the audit trail.
//
// # States
//
// A member is active or not; an inactive one cannot sign in, and every session of theirs ends at the next request. A
// session begins at sign-in with a new secret and ends by sign-out, after [Limits.Idle] without use, after
// [Limits.Absolute] in all, or when the member's password, role or activity changes (the member's epoch moves on).
// A member is present as online, away or offline.
//
// # Promise
//
// Permissions are words noun.verb in one table, role to words; nothing else grants anything. Rows are narrowed by a
// [Scope] that the data layer applies: a member of role staff sees what nobody else's team owns. At most
// [Limits.Tries] passwords are judged per account and window from addresses the account never signed in from; places it
// knows have counters of their own, so that a stranger cannot lock the owner out. An unknown login costs the same time
// and gives the same text as a wrong password. Passwords are kept as argon2id, session secrets as SHA-256.
// Audit entries form a hash chain: nothing in the product changes one, and [Verify] finds what was altered, removed or
// reordered.
//
// # Failure
//
// Errors of the stores pass through. A failed sign-in is Unauthenticated, too many are RateLimited with the time to wait.
package staff
