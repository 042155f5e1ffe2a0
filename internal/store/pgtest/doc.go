// Package pgtest runs a private PostgreSQL for tests: a cluster of its own in a temporary directory, reached through a
// socket-free loopback port, one per test process, one database per test. PostgreSQL refuses to run as root, so as
// root it runs as the system user "postgres" or "nobody".
//
// Without PostgreSQL's server programs the test that asks for it fails and says how to install them; it does not skip.
package pgtest
