// Package nodestest runs two nodes of the product on one PostgreSQL, linked by Redis, and again with Redis killed, and
// shows what must hold between nodes: a message delivered several times to both is stored and answered once, numbers are
// gap-free and the same for every reader, a retried reply of staff stays one, and of a conversation one turn runs at a time.
package nodestest
