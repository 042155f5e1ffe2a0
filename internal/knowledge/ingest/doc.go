// Package ingest turns files into articles: Markdown, plain text, HTML, DOCX, XLSX and CSV question lists, PDF.
//
// Promise: a file is read whole before anything of it is kept; the result is a list of items, each an article or one clear
// error that says where and what to mend. Memory and time are bounded by [Limits] whatever the file claims of itself:
// archives are unpacked once against a counter, nothing is written to disk, no entry's name is used as a path, no external
// entity or address is followed, pictures are never decoded. Text may be UTF-8, UTF-16 or GB18030.
//
// Failure: a file that cannot be read at all is one error of kind Invalid or TooLarge.
package ingest
