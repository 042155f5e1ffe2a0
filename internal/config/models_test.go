package config_test

import (
	"strings"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/config"
	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

func TestModelsAreRead(t *testing.T) {
	t.Setenv("SHOP_MODEL_KEY", "k-1")
	c, err := config.Load(write(t, `
models:
  - {name: quick, role: fast, base_url: "http://127.0.0.1:8000/v1", model: small, timeout: 4s}
  - name: good
    base_url: https://api.deepseek.com/v1
    model: deepseek-chat
    key_env: SHOP_MODEL_KEY
    price_in: 2
    price_out: 8.5
    data_export: true
model_limits:
  day_cost: 100
models_auto: false
`), []string{"XIAOER_MODEL_LIMITS__CONVERSATION_TOKENS=9000"})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Models) != 2 || c.Models[0].Timeout.Std() != 4*time.Second || c.Models[1].Secret() != "k-1" || c.Models[1].PriceOut != 8.5 || !c.Models[1].DataExport {
		t.Errorf("%+v", c.Models)
	}
	if c.ModelLimits.DayCost != 100 || c.ModelLimits.ConversationTokens != 9000 || c.ModelsAuto {
		t.Errorf("%+v", c.ModelLimits)
	}
}

func TestWrongModelsNameTheirKey(t *testing.T) {
	one := func(line string) string {
		return "models:\n  - {name: a, base_url: \"http://h/v1\", model: m, " + line + "}\n"
	}
	for name, tc := range map[string]struct{ file, key string }{
		"no name":      {"models:\n  - {base_url: \"http://h/v1\", model: m}\n", "models[0].name"},
		"no model":     {"models:\n  - {name: a, base_url: \"http://h/v1\"}\n", "models[0].model"},
		"no address":   {"models:\n  - {name: a, model: m, base_url: nowhere}\n", "models[0].base_url"},
		"twice":        {one("role: fast") + "  - {name: a, base_url: \"http://h/v1\", model: m}\n", "models[1].name"},
		"role":         {one("role: clever"), "models[0].role"},
		"two keys":     {one("key: x, key_env: PATH"), "models[0].key_env"},
		"empty key":    {one("key_env: XIAOER_NO_SUCH_VARIABLE"), "models[0].key_env"},
		"price":        {one("price_in: -1"), "models[0].price_in"},
		"timeout":      {one("timeout: 1h"), "models[0].timeout"},
		"unknown word": {one("colour: red"), "colour"},
		"limit":        {"model_limits:\n  day_tokens: -5\n", "model_limits"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := config.Load(write(t, tc.file), nil); !errs.Is(err, errs.Invalid) || !strings.Contains(err.Error(), tc.key) {
				t.Fatalf("%v", err)
			}
		})
	}
}
