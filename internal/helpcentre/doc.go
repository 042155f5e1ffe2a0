// Package helpcentre serves the public help pages from the same articles that answer in the chat.
//
// Promise: pages are complete without a script, small, and readable on a phone, in light and dark. They show only live
// articles that hold for everybody and now. Bodies are Markdown rendered without raw HTML and sanitised; the policy header
// allows no foreign script. Search engines get a site map, canonical addresses, the other language's address, and the
// question and answer as structured data. A reader can say whether an article helped, and open the chat.
//
// Failure: an unknown page is 404 with a search box; when the articles cannot be read, 503. Nothing of the cause is shown.
package helpcentre
