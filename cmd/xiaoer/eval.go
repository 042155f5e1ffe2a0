package main

// evalCmd groups the evaluations; each prints one JSON object as its last line with --json.
type evalCmd struct {
	Answers   evalAnswersCmd   `cmd:"" help:"Retrieval and answerability of a knowledge set."`
	Intent    evalIntentCmd    `cmd:"" help:"Intents: accuracy, out of scope, speed."`
	Emotion   evalEmotionCmd   `cmd:"" help:"Emotions, and reviews for or against."`
	Abuse     evalAbuseCmd     `cmd:"" help:"Abuse: spotted or not."`
	Entities  evalEntitiesCmd  `cmd:"" help:"Entities: precision, recall and F1 on annotated messages."`
	PII       evalPIICmd       `cmd:"" name:"pii" help:"Personal data: precision and recall on annotated messages."`
	Dialogues evalDialoguesCmd `cmd:"" help:"Play dialogue suites, each on a fresh demo shop."`
	Tau       evalTauCmd       `cmd:"" help:"Replay the public retail benchmark on our own tools and compare the ends."`
	Learning  evalLearningCmd  `cmd:"" help:"Play the learning loop: customers, staff, drafts, proof, what it brings."`
}
