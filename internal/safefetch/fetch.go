package safefetch

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// Resolver looks names up; net.DefaultResolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// Dialer opens connections to addresses; net.Dialer is one.
type Dialer interface {
	DialContext(ctx context.Context, network, address string) (net.Conn, error)
}

// Options change a Fetcher; zero fields mean the default.
type Options struct {
	Resolver Resolver
	Dialer   Dialer
	Bytes    int64         // of an answer; 5 MiB
	Time     time.Duration // in all; 15 s
	Public   func(netip.Addr) bool
}

// Fetcher fetches. It is safe for concurrent use.
type Fetcher struct {
	o      Options
	client *http.Client
}

// Page is an answer.
type Page struct {
	URL  string // after redirects
	Type string // content type as told
	Body []byte
}

// New makes a Fetcher.
func New(o Options) *Fetcher {
	if o.Resolver == nil {
		o.Resolver = net.DefaultResolver
	}
	if o.Dialer == nil {
		o.Dialer = &net.Dialer{Timeout: 5 * time.Second}
	}
	if o.Bytes == 0 {
		o.Bytes = 5 << 20
	}
	if o.Time == 0 {
		o.Time = 15 * time.Second
	}
	if o.Public == nil {
		o.Public = Public
	}
	f := &Fetcher{o: o}
	t := &http.Transport{DialContext: f.dial, Proxy: nil, DisableKeepAlives: true, TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: 10 * time.Second, MaxResponseHeaderBytes: 64 << 10}
	f.client = &http.Client{Transport: t, CheckRedirect: redirect}
	return f
}

// errRefused is the one error; its text never changes.
func errRefused(cause error) error {
	return errs.Wrap(cause, errs.Invalid, "address_refused", "This address cannot be fetched.")
}

// hops bounds redirects.
const hops = 5

func redirect(r *http.Request, via []*http.Request) error {
	if len(via) >= hops || !check(r.URL) {
		return errors.New("redirect refused")
	}
	return nil
}

// Get fetches one page.
func (f *Fetcher) Get(ctx context.Context, address string) (Page, error) {
	u, err := url.Parse(address)
	if err != nil || !check(u) {
		return Page{}, errRefused(err)
	}
	ctx, cancel := context.WithTimeout(ctx, f.o.Time)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return Page{}, errRefused(err)
	}
	req.Header.Set("User-Agent", "Xiaoer/1 (knowledge import)")
	res, err := f.client.Do(req)
	if err != nil {
		return Page{}, errRefused(err)
	}
	defer res.Body.Close()
	return f.read(res)
}

func (f *Fetcher) read(res *http.Response) (Page, error) {
	if res.StatusCode != http.StatusOK {
		return Page{}, errRefused(errors.New(res.Status))
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, f.o.Bytes+1))
	if err != nil {
		return Page{}, errRefused(err)
	}
	if int64(len(body)) > f.o.Bytes {
		return Page{}, errs.New(errs.TooLarge, "page_too_large", "The page is larger than %d bytes.", f.o.Bytes)
	}
	return Page{URL: res.Request.URL.String(), Type: res.Header.Get("Content-Type"), Body: body}, nil
}

// dial looks the name up, wants every address public, and connects to one of those: no second look-up in between.
func (f *Fetcher) dial(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	addrs, err := f.lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	for _, a := range addrs {
		if !f.o.Public(a) {
			return nil, errors.New("not a public address")
		}
	}
	for _, a := range addrs {
		var c net.Conn
		if c, err = f.o.Dialer.DialContext(ctx, "tcp", net.JoinHostPort(a.Unmap().String(), port)); err == nil {
			return c, nil
		}
	}
	return nil, err
}

func (f *Fetcher) lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{a}, nil
	}
	addrs, err := f.o.Resolver.LookupNetIP(ctx, "ip", host)
	if err == nil && len(addrs) == 0 {
		err = errors.New("no address")
	}
	return addrs, err
}
