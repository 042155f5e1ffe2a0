package safefetch_test

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
	"github.com/xiaoer-cs/xiaoer/internal/safefetch"
)

// names resolves from a table; a second look-up of a name may give something else.
type names struct {
	table map[string][]string
	asked atomic.Int32
}

func (n *names) LookupNetIP(_ context.Context, _, host string) (out []netip.Addr, err error) {
	n.asked.Add(1)
	for _, s := range n.table[host] {
		out = append(out, netip.MustParseAddr(s))
	}
	return out, nil
}

// lead connects every address to one test server and remembers what was wanted.
type lead struct {
	to     string
	wanted []string
}

func (l *lead) DialContext(ctx context.Context, _, address string) (net.Conn, error) {
	l.wanted = append(l.wanted, address)
	return (&net.Dialer{}).DialContext(ctx, "tcp", l.to)
}

func fetcher(t *testing.T, h http.HandlerFunc, table map[string][]string) (*safefetch.Fetcher, *lead, *names) {
	t.Helper()
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	l, n := &lead{to: srv.Listener.Addr().String()}, &names{table: table}
	return safefetch.New(safefetch.Options{Resolver: n, Dialer: l, Bytes: 1000}), l, n
}

func hello(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("hello")) }

func TestGetConnectsToTheCheckedAddress(t *testing.T) {
	f, l, n := fetcher(t, hello, map[string][]string{"shop.example": {"93.184.216.34"}})
	p, err := f.Get(t.Context(), "http://shop.example/help")
	if err != nil || string(p.Body) != "hello" {
		t.Fatalf("%v %q", err, p.Body)
	}
	if len(l.wanted) != 1 || l.wanted[0] != "93.184.216.34:80" || n.asked.Load() != 1 {
		t.Fatalf("dialled %v after %d look-ups", l.wanted, n.asked.Load())
	}
}

func TestRefusedAddresses(t *testing.T) {
	table := map[string][]string{"inside.example": {"10.0.0.5"}, "mixed.example": {"93.184.216.34", "127.0.0.1"}, "meta.example": {"169.254.169.254"}, "none.example": nil}
	f, l, _ := fetcher(t, hello, table)
	var text string
	for _, a := range []string{
		"http://127.0.0.1/", "http://localhost/", "http://LOCALHOST./", "http://a.localhost/", "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/",
		"http://10.1.2.3/", "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://0.0.0.0/", "http://[fe80::1]/",
		"http://[fd00::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://0x7f.1/",
		"http://user:pw@93.184.216.34/", "http://93.184.216.34:8080/", "https://93.184.216.34:80/", "http://93.184.216.34:22/", "file:///etc/passwd", "gopher://93.184.216.34/", "ftp://93.184.216.34/",
		"http://inside.example/", "http://mixed.example/", "http://meta.example/", "http://none.example/", "http:///", "//shop.example/", "", "http://metadata.google.internal/", "http://224.0.0.1/", "http://255.255.255.255/",
	} {
		_, err := f.Get(t.Context(), a)
		if !errs.Is(err, errs.Invalid) || errs.CodeOf(err) != "address_refused" {
			t.Errorf("%q gives %v", a, err)
			continue
		}
		msg := err.(*errs.Error).Message
		if text == "" {
			text = msg
		}
		if msg != text {
			t.Errorf("%q tells more: %q", a, msg)
		}
	}
	if len(l.wanted) != 0 {
		t.Fatalf("connections were made: %v", l.wanted)
	}
}

func TestRedirectsAreCheckedAgain(t *testing.T) {
	for _, to := range []string{"http://127.0.0.1/", "http://inside.example/", "file:///etc/passwd", "http://shop.example:8080/", "http://shop.example/again"} {
		f, l, _ := fetcher(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) },
			map[string][]string{"shop.example": {"93.184.216.34"}, "inside.example": {"192.168.0.9"}})
		if _, err := f.Get(t.Context(), "http://shop.example/"); !errs.Is(err, errs.Invalid) {
			t.Errorf("%s: %v", to, err)
		}
		for _, a := range l.wanted {
			if !strings.HasPrefix(a, "93.184.216.34:80") {
				t.Errorf("%s led to %s", to, a)
			}
		}
		if len(l.wanted) > 5 {
			t.Errorf("%s: %d hops", to, len(l.wanted))
		}
	}
}

func TestAnswersAreBounded(t *testing.T) {
	f, _, _ := fetcher(t, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(make([]byte, 2000)) }, map[string][]string{"shop.example": {"93.184.216.34"}})
	if _, err := f.Get(t.Context(), "http://shop.example/"); !errs.Is(err, errs.TooLarge) {
		t.Fatal(err)
	}
	f, _, _ = fetcher(t, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) }, map[string][]string{"shop.example": {"93.184.216.34"}})
	if _, err := f.Get(t.Context(), "http://shop.example/"); !errs.Is(err, errs.Invalid) {
		t.Fatal(err)
	}
}
