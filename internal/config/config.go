package config

import (
	"net/netip"
	"time"
)

// Config is everything that can be set. The doc tags are the printed reference.
type Config struct {
	Listen   string   `koanf:"listen" doc:"Address the server listens on."`
	Public   string   `koanf:"public_url" doc:"Address people reach the server at, for links; empty means as the browser sees it."`
	Data     string   `koanf:"data_dir" doc:"Folder of the embedded database and of derived data."`
	Node     string   `koanf:"node" doc:"Name of this node; needed and unique when several share a database. Empty means one node."`
	Shutdown Duration `koanf:"shutdown_timeout" doc:"How long a stopping server waits for work in hand."`
	HTTP     HTTP     `koanf:"http"`
	Database Database `koanf:"database"`
	Redis    Redis    `koanf:"redis"`
	Log      Log      `koanf:"log"`
	Metrics  Metrics  `koanf:"metrics"`
	Tracing  Tracing  `koanf:"tracing"`
	Shop     Shop     `koanf:"shop"`
	Webchat  Webchat  `koanf:"webchat"`
	Agent    Agent    `koanf:"agent"`
	Jobs     Jobs     `koanf:"jobs"`

	ModelsAuto  bool        `koanf:"models_auto" doc:"With no model configured, use one that is found: a key in DEEPSEEK_API_KEY or DASHSCOPE_API_KEY, or Ollama on this machine. It is said at the start."`
	Models      []Model     `koanf:"models" doc:"Language models, in the order they are tried; each is {name, role, base_url, model, key or key_env, data_export, price_in, price_out, timeout}. See docs/models.md."`
	ModelLimits ModelLimits `koanf:"model_limits"`
}

// HTTP sets what stands between people and the server.
type HTTP struct {
	Proxies       []string `koanf:"proxies" doc:"Networks of reverse proxies whose X-Forwarded-For is believed, e.g. 10.0.0.0/8; empty means nobody's, and everybody behind a proxy shares one address in limits and audit."`
	SecureCookies bool     `koanf:"secure_cookies" doc:"Send the staff cookie over https only; set it wherever people reach the server by https."`
}

// Prefixes are the proxies' networks; a wrong one was refused when the configuration was loaded.
func (h HTTP) Prefixes() (out []netip.Prefix) {
	for _, p := range h.Proxies {
		if n, err := netip.ParsePrefix(p); err == nil {
			out = append(out, n)
		}
	}
	return out
}

// Database says where everything is kept.
type Database struct {
	URL         string `koanf:"url" secret:"true" doc:"postgres://user:password@host:5432/name for PostgreSQL; empty means SQLite inside the process, in data_dir."`
	Connections int    `koanf:"connections" doc:"Connections at most; 0 chooses (4 readers on SQLite, 16 on PostgreSQL)."`
}

// Redis links nodes.
type Redis struct {
	URL string `koanf:"url" secret:"true" doc:"redis://host:6379 makes pushes between nodes quicker; empty means they follow the database alone."`
}

// Log sets the structured log.
type Log struct {
	Level  string `koanf:"level" doc:"debug, info, warn or error."`
	Format string `koanf:"format" doc:"text or json."`
}

// Metrics sets the Prometheus endpoint.
type Metrics struct {
	Listen string `koanf:"listen" doc:"Address that serves /metrics, apart from the public one, e.g. 127.0.0.1:9464; empty means none."`
}

// Tracing sets OpenTelemetry.
type Tracing struct {
	Endpoint string  `koanf:"endpoint" doc:"OTLP over HTTP collector, e.g. http://127.0.0.1:4318; empty means no traces."`
	Ratio    float64 `koanf:"ratio" doc:"Share of traces kept, 0 to 1."`
}

// Shop sets the business.
type Shop struct {
	Name     string `koanf:"name" doc:"Name of the shop as shoppers see it."`
	Timezone string `koanf:"timezone" doc:"Time zone of days, hours and deadlines, e.g. Asia/Shanghai."`
	Demo     bool   `koanf:"demo" doc:"Serve the demo storefront with its open logins. Never for a real shop."`
}

// Webchat sets the chat on web pages.
type Webchat struct {
	Secret          string   `koanf:"secret" secret:"true" doc:"Shared with the shop's server, which signs customer ids with it; empty means one is made and kept in the database."`
	RequireIdentity bool     `koanf:"require_identity" doc:"Serve only customers whose identity is signed."`
	AllowedOrigins  []string `koanf:"allowed_origins" doc:"Pages that may embed the chat, e.g. https://shop.example.com; empty means any."`
}

// Agent sets the AI.
type Agent struct {
	Settle Duration `koanf:"settle" doc:"How long a turn waits for more messages in quick succession before it answers."`
}

// Jobs sets background work.
type Jobs struct {
	Workers int `koanf:"workers" doc:"Jobs worked on at a time."`
}

// Duration is written as 300ms, 5s, 2h.
type Duration time.Duration

// Std is the duration in Go's own type.
func (d Duration) Std() time.Duration { return time.Duration(d) }

// String writes it as it is read.
func (d Duration) String() string { return time.Duration(d).String() }

// Default is what holds where nothing is set.
func Default() Config {
	return Config{
		Listen: "127.0.0.1:8080", Data: "data", Shutdown: Duration(30 * time.Second),
		Log: Log{Level: "info", Format: "text"}, Tracing: Tracing{Ratio: 1},
		Shop:  Shop{Name: "青禾生活 Verdant Living", Timezone: "Asia/Shanghai"},
		Agent: Agent{Settle: Duration(300 * time.Millisecond)},
		Jobs:  Jobs{Workers: 16},

		ModelsAuto: true, ModelLimits: ModelLimits{ConversationTokens: 60_000, DayTokens: 20_000_000},
	}
}
