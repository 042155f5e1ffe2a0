package config

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"os"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/go-viper/mapstructure/v2"
	"github.com/knadh/koanf/parsers/yaml"
	"github.com/knadh/koanf/providers/confmap"
	"github.com/knadh/koanf/providers/file"
	"github.com/knadh/koanf/v2"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

const envPrefix = "XIAOER_"

// Load reads the file (none when path is empty) and the environment over the defaults, and checks the whole.
func Load(path string, environ []string) (Config, error) {
	k := koanf.New(".")
	if path != "" {
		if err := k.Load(file.Provider(path), yaml.Parser()); err != nil {
			return Config{}, fileError(path, err)
		}
	}
	if err := k.Load(confmap.Provider(fromEnv(environ), "."), nil); err != nil {
		return Config{}, errs.Wrap(err, errs.Invalid, "config_env", "The environment could not be read.")
	}
	c := Default()
	if err := unmarshal(k, &c); err != nil {
		return Config{}, err
	}
	return c, c.Check()
}

func fileError(path string, err error) error {
	if errors.Is(err, os.ErrNotExist) {
		return errs.New(errs.Invalid, "config_missing", "There is no configuration file %q.", path)
	}
	return errs.Wrap(err, errs.Invalid, "config_syntax", "The configuration file %q is not valid YAML: %v.", path, err)
}

func fromEnv(environ []string) map[string]any {
	out := map[string]any{}
	for _, kv := range environ {
		name, value, _ := strings.Cut(kv, "=")
		if key, ok := strings.CutPrefix(name, envPrefix); ok {
			out[strings.ToLower(strings.ReplaceAll(key, "__", "."))] = value
		}
	}
	return out
}

func unmarshal(k *koanf.Koanf, c *Config) error {
	err := k.UnmarshalWithConf("", c, koanf.UnmarshalConf{Tag: "koanf", DecoderConfig: &mapstructure.DecoderConfig{
		Result: c, TagName: "koanf", ErrorUnused: true, WeaklyTypedInput: true,
		DecodeHook: mapstructure.ComposeDecodeHookFunc(duration, mapstructure.StringToSliceHookFunc(",")),
	}})
	if err != nil {
		return errs.New(errs.Invalid, "config_invalid", "The configuration does not fit (xiaoer config doc lists every key): %s", strings.ReplaceAll(err.Error(), "\n", " "))
	}
	return nil
}

func duration(from, to reflect.Type, v any) (any, error) {
	if to != reflect.TypeFor[Duration]() || from.Kind() != reflect.String {
		return v, nil
	}
	d, err := time.ParseDuration(v.(string))
	return Duration(d), err
}

// Check tells the first values that cannot work, each with its key.
func (c Config) Check() error {
	e := errs.New(errs.Invalid, "config_invalid", "Some settings cannot work.")
	bad := func(when bool, key, why string) {
		if when {
			e.With(key, why)
		}
	}
	_, _, err := net.SplitHostPort(c.Listen)
	bad(err != nil, "listen", "must be host:port, e.g. 127.0.0.1:8080")
	bad(c.Data == "" && c.Database.URL == "", "data_dir", "must name a folder when database.url is empty")
	bad(!oneOf(c.Log.Level, "debug", "info", "warn", "error"), "log.level", "must be debug, info, warn or error")
	bad(!oneOf(c.Log.Format, "text", "json"), "log.format", "must be text or json")
	bad(c.Tracing.Ratio < 0 || c.Tracing.Ratio > 1, "tracing.ratio", "must be from 0 to 1")
	bad(c.Jobs.Workers < 1 || c.Jobs.Workers > 1024, "jobs.workers", "must be from 1 to 1024")
	bad(c.Agent.Settle < 0 || c.Agent.Settle.Std() > 10*time.Second, "agent.settle", "must be from 0s to 10s")
	bad(c.Shutdown < 0, "shutdown_timeout", "must not be negative")
	_, err = time.LoadLocation(c.Shop.Timezone)
	bad(err != nil || c.Shop.Timezone == "", "shop.timezone", "must be a name such as Asia/Shanghai")
	c.checkModels(bad)
	for _, p := range c.HTTP.Proxies {
		_, err := netip.ParsePrefix(p)
		bad(err != nil, "http.proxies", "must be networks such as 10.0.0.0/8 or 203.0.113.7/32; "+strconv.Quote(p)+" is none")
	}
	for _, o := range c.Webchat.AllowedOrigins {
		u, err := url.Parse(o)
		bad(err != nil || u.Host == "" || u.Path != "" || !oneOf(u.Scheme, "http", "https"), "webchat.allowed_origins", "each must be scheme://host[:port] and nothing after it")
	}
	if len(e.Details) > 0 {
		for _, d := range e.Details {
			e.Message += " " + d.Location + " " + d.Message + "."
		}
		return e
	}
	return nil
}

func oneOf(s string, of ...string) bool {
	for _, o := range of {
		if s == o {
			return true
		}
	}
	return false
}
