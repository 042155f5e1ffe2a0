package main

// evalCmd groups the evaluations; each prints one JSON object as its last line with --json.
type evalCmd struct {
	Answers evalAnswersCmd `cmd:"" help:"Retrieval and answerability of a knowledge set."`
	Intent  evalIntentCmd  `cmd:"" help:"Intents: accuracy, out of scope, speed."`
}
