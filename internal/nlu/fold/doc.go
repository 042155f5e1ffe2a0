// Package fold makes one plain form of a message before anything looks at it.
//
// Writers and attackers reach the same words in many encodings: full-width letters, letters of other alphabets that look
// Latin, characters that are not seen at all, traditional characters. Fold undoes them in a fixed order: bytes that are
// not UTF-8 become U+FFFD; invisible characters (zero-width, bidi controls, variation selectors, tags) are removed, and
// what tags spelled is kept apart; NFKC; lookalike letters inside Latin words become Latin. Folded is that text; Plain is
// the same bytes in lower case and simplified characters, so that one offset serves both.
//
// Promise: Plain and Folded have equal length; Span maps any range of them to a range of whole characters of Original.
// It never fails, whatever the bytes.
package fold
