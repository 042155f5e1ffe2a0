// Package killtest proves with the real binary that a crash loses nothing that was acknowledged and does nothing twice.
//
// Shoppers write at a steady rate and walk through flows with confirmations; the server is killed with SIGKILL at random
// moments and started again. Shoppers send what was not acknowledged again, under the same id, as real clients do. A
// ledger outside the server alone knows what was acknowledged; after the last kill a checker reads the database with
// plain SQL, through none of the product's code, and compares. The short form kills five times, the full one
// (XIAOER_FULL=1) fifty. The seed of the random moments is printed and can be given again as XIAOER_SEED.
package killtest
