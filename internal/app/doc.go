// Package app builds the whole product from its parts, and starts and stops it in order.
//
// # States
//
// New opens the database and wires every part; nothing runs yet. Start begins to follow events, to work on jobs and to
// listen; the server is ready when Start returns. Stop first refuses new connections and ends streams, then waits for
// requests and jobs in hand, then closes the database. A part that fails to start stops what was started before it.
//
// # Failure
//
// New and Start return the first error, said for an operator. After Stop nothing of the process touches the database.
package app
