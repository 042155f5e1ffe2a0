// Package knowledge is the noun of what the shop knows: articles, their versions and passages, and answers from them.
//
// # States
//
//	draft -> review -> published -> withdrawn
//	draft, review, withdrawn -> published    review can be left out by who may publish
//	published -> published                   an edit waits as a newer version; the live one stays until it is published
//
// An article is in one language; translations share its Key. Every change is a new version and none is ever overwritten.
//
// # Promise
//
// Only live versions are retrieved, and of those only what is valid now and within the asker's scope; the filter runs
// inside the index. A publish or withdrawal is seen by every node's index at its next look at the feed ([Poll]), and by this
// node when the call returns. [Service.Answer] says only exact sentences of a cited passage, and says nothing when the
// passages do not answer: it then offers near questions. No model is needed.
//
// # Failure
//
// Wrong input is Invalid with the places named and changes nothing; an edit made on an old version is a Conflict. When the
// feed cannot be read, the index goes on with what it has and the next look repairs it.
package knowledge
