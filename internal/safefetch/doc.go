// Package safefetch is the one way to fetch an address that somebody typed: web pages for knowledge, link previews.
//
// Promise: only http and https on their own ports, no user names in the address, and only public addresses. A name is
// looked up once, every address it has must be public, and the connection goes to the address that was checked, so that a
// second look-up cannot lead elsewhere. Every redirect is checked the same way. Answers are bounded in bytes and time.
//
// Failure: whatever is refused or cannot be reached gives the same error, which tells nothing about what listens where.
package safefetch
