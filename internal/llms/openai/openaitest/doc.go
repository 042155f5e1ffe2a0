// Package openaitest is a scripted model behind a real endpoint: it speaks the chat protocol over HTTP, whole and as events, and can
// be told to fail in every way models fail.
//
// A [Server] answers by its Brain while its mode is Ok; every other [Mode] is one way to go wrong. It keeps what it was sent, so that
// a test can look for what must not have left the house. The mode can be changed while requests run; Close ends all of them.
package openaitest
