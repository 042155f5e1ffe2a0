// Package openai speaks the chat protocol of OpenAI, which most models and gateways speak too: DeepSeek, Qwen, vLLM, Ollama and others.
//
// A [Client] keeps one thing in mind: which form of structured output its endpoint understands (a schema, a JSON object, or plain
// words), found out by trying. It implements llm.Wire: one try, no retries, whole answers only. It talks to the one host it was made
// for and follows no redirect elsewhere. What fails is an error of the house with the kind the protocol gives it (429 RateLimited,
// 401 Unauthenticated, 400 Invalid, else Unavailable) and its Retry-After; an answer that breaks off is model_cut.
package openai
