package safefetch

import (
	"net/netip"
	"net/url"
	"strings"
)

// refusedNets are the ranges that are not the public internet (IANA special-purpose registries), beyond what netip knows.
var refusedNets = prefixes("0.0.0.0/8 100.64.0.0/10 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4 " +
	"64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16 fec0::/10")

func prefixes(list string) (out []netip.Prefix) {
	for _, s := range strings.Fields(list) {
		out = append(out, netip.MustParsePrefix(s))
	}
	return out
}

// Public tells whether an address belongs to the public internet.
func Public(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if !a.IsValid() || !a.IsGlobalUnicast() || a.IsPrivate() || a.IsLoopback() || a.IsLinkLocalUnicast() {
		return false
	}
	for _, p := range refusedNets {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// check tells whether an address may be asked at all, before any look-up.
func check(u *url.URL) bool {
	port := u.Port()
	ok := u.Scheme == "http" && (port == "" || port == "80") || u.Scheme == "https" && (port == "" || port == "443")
	host := u.Hostname()
	return ok && u.User == nil && u.Opaque == "" && host != "" && !numeric(host) && !local(host)
}

// numeric finds the ways to write an address that resolvers read and parsers do not: 2130706433, 0x7f.1, 0177.0.0.1.
func numeric(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return false // a plain address is judged by Public
	}
	last := host[strings.LastIndexByte(strings.TrimSuffix(host, "."), '.')+1:]
	last = strings.ToLower(strings.TrimSuffix(last, "."))
	return last == "" || last[0] >= '0' && last[0] <= '9'
}

func local(host string) bool {
	h := strings.ToLower(strings.TrimSuffix(host, "."))
	return h == "localhost" || strings.HasSuffix(h, ".localhost") || strings.HasSuffix(h, ".local") || strings.HasSuffix(h, ".internal") || strings.ContainsAny(h, "%\\ ")
}
