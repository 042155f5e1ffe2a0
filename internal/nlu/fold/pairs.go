package fold

// pairs holds traditional and simplified characters in turn: the characters common in messages, one simplified form each.
const pairs = `萬万與与`
