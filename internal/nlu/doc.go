// Package nlu decides what a message means without any language model: language, category, topic, intent, emotion, urgency, wish
// for a person, entities, guard findings, the several wishes of one message, and what an elliptic answer refers to.
//
// One pass: fold the text, spot guards and entities, split it into segments, ask the rules and the trained model for each, and
// resolve what depends on the conversation. The model and the catalogue are swapped atomically while others read. Understand is
// pure given text, context, model and catalogue; it never fails, and every label it gives is from a closed set (labels.go),
// save the intents of a shop's own model.
package nlu
