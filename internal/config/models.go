package config

import (
	"fmt"
	"net/url"
	"os"
	"time"
)

// Model is a language model behind an OpenAI-compatible endpoint.
type Model struct {
	Name       string   `koanf:"name" doc:"How it is called in records and logs."`
	Role       string   `koanf:"role" doc:"fast, strong or embedding; empty means strong. Fast and strong stand in for each other."`
	BaseURL    string   `koanf:"base_url" doc:"Address up to and with /v1."`
	Model      string   `koanf:"model" doc:"How the endpoint calls it."`
	Key        string   `koanf:"key" secret:"true" doc:"Key of the endpoint; better in key_env."`
	KeyEnv     string   `koanf:"key_env" doc:"Environment variable that holds the key."`
	DataExport bool     `koanf:"data_export" doc:"Allow it although it lives abroad; personal data is replaced all the same."`
	PriceIn    float64  `koanf:"price_in" doc:"Price of a million tokens of the question."`
	PriceOut   float64  `koanf:"price_out" doc:"Price of a million tokens of the answer."`
	Timeout    Duration `koanf:"timeout" doc:"Longest wait for one try; empty means 10s."`
}

// Secret is the key, from the file or from the environment.
func (m Model) Secret() string {
	if m.KeyEnv != "" {
		return os.Getenv(m.KeyEnv)
	}
	return m.Key
}

// ModelLimits are hard caps for all models together; 0 means none.
type ModelLimits struct {
	ConversationTokens int64   `koanf:"conversation_tokens" doc:"Tokens a conversation may use; then the agent goes on without a model."`
	ConversationCost   float64 `koanf:"conversation_cost" doc:"What a conversation may cost, in the currency of the prices."`
	DayTokens          int64   `koanf:"day_tokens" doc:"Tokens all conversations of a day may use."`
	DayCost            float64 `koanf:"day_cost" doc:"What all conversations of a day may cost."`
}

// checkModels tells what cannot work about the models.
func (c Config) checkModels(bad func(bool, string, string)) {
	names := map[string]bool{}
	for i, m := range c.Models {
		at := func(key string) string { return fmt.Sprintf("models[%d].%s", i, key) }
		u, err := url.Parse(m.BaseURL)
		bad(m.Name == "" || names[m.Name], at("name"), "must be given and unique")
		bad(!oneOf(m.Role, "", "fast", "strong", "embedding"), at("role"), "must be fast, strong or embedding")
		bad(err != nil || u.Host == "" || !oneOf(u.Scheme, "http", "https"), at("base_url"), "must be an address such as https://api.deepseek.com/v1")
		bad(m.Model == "", at("model"), "must name the model as its endpoint does")
		bad(m.Key != "" && m.KeyEnv != "", at("key_env"), "must be empty when key is set")
		bad(m.KeyEnv != "" && m.Secret() == "", at("key_env"), "names a variable that is empty: "+m.KeyEnv)
		bad(m.PriceIn < 0 || m.PriceOut < 0, at("price_in"), "must not be negative, nor price_out")
		bad(m.Timeout < 0 || m.Timeout.Std() > time.Minute, at("timeout"), "must be from 0s to 1m")
		names[m.Name] = true
	}
	l := c.ModelLimits
	bad(l.ConversationTokens < 0 || l.DayTokens < 0 || l.ConversationCost < 0 || l.DayCost < 0, "model_limits", "must not be negative")
}
