// Package learneval plays the learning loop from end to end on a demo shop: scripted customers ask what the shop does not
// know, scripted staff answer some of it, the loop drafts, proves and publishes, and others then ask in other words.
//
// The script is data (evals/learning.yaml). The words of `again` are said for the first time after the loop has published;
// what is counted before is counted on a shop of its own, so that nothing can be learned from it. An answer counts as
// automated when the agent gave what staff said to that topic. A script that cannot be read is an error and plays nothing.
package learneval
