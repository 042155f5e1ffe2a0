package llm

import (
	"net"
	"net/netip"
	"strings"
)

// domestic are hosts inside mainland China, where the shops we are made for keep their customers' data; see the personal
// information protection law, articles 38 to 40, for what sending it abroad would take. Endpoints are listed one by one where the
// same provider also has foreign ones.
var domestic = []string{"api.deepseek.com", "dashscope.aliyuncs.com", "open.bigmodel.cn", "api.moonshot.cn", "api.siliconflow.cn", "qianfan.baidubce.com",
	"ark.cn-beijing.volces.com", "api.hunyuan.cloud.tencent.com", "api.lkeap.cloud.tencent.com", "spark-api-open.xf-yun.com"}

// Foreign tells whether asking a model at a host sends data abroad: it is neither our own machine or network nor on the list of
// domestic endpoints. What cannot be told is foreign.
func Foreign(hostport string) bool {
	host := strings.ToLower(hostport)
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	if ip, err := netip.ParseAddr(host); err == nil {
		return !ip.IsLoopback() && !ip.IsPrivate() && !ip.IsLinkLocalUnicast()
	}
	if host == "localhost" || !strings.Contains(host, ".") && host != "" {
		return false // a name of the own network, as compose files and clusters use
	}
	for _, end := range []string{".internal", ".local", ".lan", ".svc", ".cluster.local"} {
		if strings.HasSuffix(host, end) {
			return false
		}
	}
	for _, d := range domestic {
		if host == d {
			return false
		}
	}
	return true
}
