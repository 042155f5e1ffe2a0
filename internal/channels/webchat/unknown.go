package webchat

import "net/http"

// Unknown answers everything below /widget/v1 that is no route: one problem, never a page.
func (s *Server) Unknown() http.HandlerFunc {
	return s.handle(func(http.ResponseWriter, *http.Request) error { return errAddress })
}
