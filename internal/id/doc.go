// Package id holds the typed ids that nouns share, the language of a text, and texts in both languages.
//
// An id is a short prefix, an underscore and 26 characters of Crockford base 32: 48 bits of milliseconds and 80 bits of
// randomness, so that ids sort by age and cannot be guessed. Ids are compared as opaque strings; nothing parses them.
// Making one cannot fail: the source of randomness of a Maker never returns an error.
package id
