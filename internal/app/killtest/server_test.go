package killtest_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

const webSecret = "kill-test-secret"

// server is the binary at work on one address, so that shoppers find it again.
type server struct {
	t    *testing.T
	env  []string
	base string
	cmd  *exec.Cmd
	log  lockedBuffer
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func newServer(t *testing.T, env []string) *server {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	addr := l.Addr().String()
	l.Close()
	s := &server{t: t, base: "http://" + addr}
	s.env = append(foreign(os.Environ()), append(env, "XIAOER_LISTEN="+addr, "XIAOER_WEBCHAT__SECRET="+webSecret, "XIAOER_AGENT__SETTLE=20ms", "XIAOER_LOG__LEVEL=error")...)
	t.Cleanup(func() {
		if s.cmd != nil && s.cmd.ProcessState == nil {
			s.kill()
		}
		if t.Failed() {
			t.Logf("server log:\n%.4000s", s.log.b.String())
		}
	})
	return s
}

// foreign leaves out our own variables: the server reads every XIAOER_ name as a setting.
func foreign(environ []string) []string {
	return slices.DeleteFunc(environ, func(kv string) bool { return strings.HasPrefix(kv, "XIAOER_") })
}

// start runs the binary and tells how long it took until it was ready.
func (s *server) start(limit time.Duration) time.Duration {
	s.t.Helper()
	begin := time.Now()
	s.cmd = exec.Command(binary, "serve", "--seed")
	s.cmd.Env, s.cmd.Stdout, s.cmd.Stderr = s.env, &s.log, &s.log
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := s.cmd.Start(); err != nil {
		s.t.Fatal(err)
	}
	for time.Since(begin) < limit {
		if _, ok := s.ready(); ok {
			return time.Since(begin)
		}
		time.Sleep(10 * time.Millisecond)
	}
	s.t.Fatalf("not ready within %s\n%s", limit, s.log.b.String())
	return 0
}

func (s *server) ready() (busy int, ok bool) {
	r, err := http.Get(s.base + "/readyz")
	if err != nil {
		return 0, false
	}
	defer r.Body.Close()
	var st struct {
		Ready bool `json:"ready"`
		Jobs  int  `json:"jobs_running"`
	}
	b, _ := io.ReadAll(r.Body)
	return st.Jobs, json.Unmarshal(b, &st) == nil && st.Ready
}

func (s *server) kill() {
	_ = s.cmd.Process.Kill()
	_ = s.cmd.Wait()
}

// settle waits until no work is in hand; turns settle for milliseconds, so a quiet second is quiet.
func (s *server) settle() {
	s.t.Helper()
	quiet := 0
	for begin := time.Now(); time.Since(begin) < time.Minute; time.Sleep(100 * time.Millisecond) {
		if busy, ok := s.ready(); ok && busy == 0 {
			if quiet++; quiet == 10 {
				return
			}
		} else {
			quiet = 0
		}
	}
	s.t.Fatal("the server never comes to rest")
}

func (s *server) stop() {
	_ = s.cmd.Process.Signal(syscall.SIGTERM)
	if err := s.cmd.Wait(); err != nil {
		s.t.Errorf("stopping: %v", err)
	}
}
