package llm

import "errors"

// Status is how a model stands.
type Status struct {
	Name, ID, Host string
	Role           Role
	Foreign, Open  bool
}

// Models tells how every model stands.
func (e *Egress) Models() (out []Status) {
	for _, l := range e.lines {
		out = append(out, Status{l.Name, l.ID, l.Host, l.Role, Foreign(l.Host), l.breaker.isOpen()})
	}
	return out
}

// as is errors.As, short.
func as[T error](err error, target *T) bool { return errors.As(err, target) }
