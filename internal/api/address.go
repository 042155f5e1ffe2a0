package api

import (
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Address reads whom a request comes from, believing only the proxies named; other parts of the product limit by the same.
func Address(proxies []netip.Prefix) func(*http.Request) string {
	return func(r *http.Request) string { return clientAddress(r, proxies) }
}

// clientAddress is whom we talk to. Proxies we know may name their client in X-Forwarded-For; it is read from the right,
// because everything left of the first stranger was written by a stranger.
func clientAddress(r *http.Request, proxies []netip.Prefix) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return "unknown"
	}
	addr := at.Addr().Unmap()
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0 && trusted(addr, proxies); i-- {
		next, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		addr = next.Unmap()
	}
	return place(addr).String()
}

func trusted(a netip.Addr, proxies []netip.Prefix) bool {
	return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(a) })
}

// place widens an IPv6 address to the /64 that one household or host commands.
func place(a netip.Addr) netip.Addr {
	if a.Is4() {
		return a
	}
	p, err := a.WithZone("").Prefix(64)
	if err != nil {
		return a
	}
	return p.Addr()
}
