package seed

import "embed"

// Articles are the demo shop's help articles: articles/KEY.LANG.md with front matter.
//
//go:embed articles/*.md
var Articles embed.FS
