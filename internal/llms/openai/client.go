package openai

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	wire "github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/llm"
)

// Config names an endpoint.
type Config struct {
	BaseURL string // up to and with /v1
	Key     string
	Client  *http.Client // nil: one of our own
}

// Client talks to one endpoint.
type Client struct {
	chat  wire.ChatCompletionService
	form  atomic.Int32 // of structured output, see form
	noUse atomic.Bool  // the endpoint knows no stream_options
}

// HostOf is the host:port of a base URL, for the allow-list; Invalid when it is none.
func HostOf(base string) (string, error) {
	u, err := url.Parse(base)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.User != nil {
		return "", errs.New(errs.Invalid, "base_url", "%q is no address of a model; give it as https://host/v1.", base)
	}
	if u.Port() != "" {
		return strings.ToLower(u.Host), nil
	}
	return strings.ToLower(u.Host) + map[string]string{"https": ":443", "http": ":80"}[u.Scheme], nil
}

// New makes a Client.
func New(c Config) (*Client, error) {
	host, err := HostOf(c.BaseURL)
	if err != nil {
		return nil, err
	}
	h := c.Client
	if h == nil {
		h = &http.Client{Transport: transport()}
	}
	fenced := *h
	fenced.Transport = fence{host, rounds(h.Transport)}
	fenced.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	key := c.Key
	if key == "" {
		key = "none" // servers of one's own often ask for none, the library for some
	}
	s := wire.NewChatCompletionService(option.WithBaseURL(strings.TrimSuffix(c.BaseURL, "/")+"/"), option.WithAPIKey(key), option.WithHTTPClient(&fenced),
		option.WithMaxRetries(0), option.WithMiddleware(tolerant))
	return &Client{chat: s}, nil
}

// transport has no proxy from the environment: the way out is what was configured, nothing else.
func transport() *http.Transport {
	return &http.Transport{MaxIdleConnsPerHost: 64, IdleConnTimeout: 90 * time.Second, TLSHandshakeTimeout: 5 * time.Second, ForceAttemptHTTP2: true}
}

func rounds(t http.RoundTripper) http.RoundTripper {
	if t == nil {
		return http.DefaultTransport
	}
	return t
}

// fence lets only requests to its host through.
type fence struct {
	host string
	next http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (f fence) RoundTrip(r *http.Request) (*http.Response, error) {
	if got, err := HostOf(r.URL.Scheme + "://" + r.URL.Host); err != nil || got != f.host {
		return nil, errs.New(errs.Forbidden, "host_not_allowed", "The host %s may not be asked.", r.URL.Host)
	}
	return f.next.RoundTrip(r)
}

// tolerant mends the content type of gateways that send JSON or events under another name; the body decides, not the label.
func tolerant(r *http.Request, next option.MiddlewareNext) (*http.Response, error) {
	res, err := next(r)
	if err != nil || res.StatusCode >= 300 {
		return res, err
	}
	kind := "application/json"
	if strings.Contains(r.Header.Get("Accept"), "event-stream") {
		kind = "text/event-stream"
	}
	if !strings.Contains(res.Header.Get("Content-Type"), kind) {
		res.Header.Set("Content-Type", kind)
	}
	return res, nil
}

// Chat implements llm.Wire.
func (c *Client) Chat(ctx context.Context, r llm.Request) (llm.Response, error) {
	return c.shaped(r, func(p wire.ChatCompletionNewParams) (llm.Response, error) {
		res, err := c.chat.New(ctx, p)
		if err != nil {
			return llm.Response{}, mapped(ctx, err)
		}
		return whole(res)
	})
}

// Stream implements llm.Wire.
func (c *Client) Stream(ctx context.Context, r llm.Request, tell func(llm.Delta)) (llm.Response, error) {
	return c.shaped(r, func(p wire.ChatCompletionNewParams) (llm.Response, error) {
		if !c.noUse.Load() {
			p.StreamOptions.IncludeUsage = wire.Bool(true)
		}
		return c.follow(ctx, p, tell)
	})
}
