// Package measure scores entity finding and personal data against annotated messages.
//
// Rows are JSON lines. Entities: {"text","now"?,"entities":[{"kind","text","value"}]}; a row {"products":[...],"stores":[...]}
// sets the catalogue for the rows that follow. Personal data: {"text","spans":[{"kind","start","end"}]} with character offsets, or
// {"text","kind","label":"valid|invalid"} where the text as a whole is or is not such a thing. Kinds of other annotators are
// mapped to ours. A malformed row is an error that names its line; nothing is scored then.
package measure
