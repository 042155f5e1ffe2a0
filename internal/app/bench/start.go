package bench

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// StartResult is what Start measured: the time until a new server is ready, and its memory when nobody asks anything.
type StartResult struct {
	EmptyMS  float64 `json:"start_empty_ms"`
	SeededMS float64 `json:"start_seeded_ms"`
	IdleRSS  int64   `json:"idle_rss_bytes"`
	Runs     int     `json:"runs"`
}

// idle is how long a server is left alone before its memory is read.
const idle = 3 * time.Second

// Start runs the given binary as a child on empty directories, with the demo shop and without, the given number of
// times, and gives the medians. Memory is that of the seeded server, read from /proc (0 where that is not there).
func Start(ctx context.Context, binary string, runs int) (r StartResult, err error) {
	var empty, seeded []float64
	for range runs {
		for _, args := range [][]string{{"serve"}, {"serve", "--seed"}} {
			ms, memory, err := startOnce(ctx, binary, args, len(args) > 1)
			if err != nil {
				return r, err
			}
			if len(args) == 1 {
				empty = append(empty, ms)
			} else {
				seeded = append(seeded, ms)
				r.IdleRSS = max(r.IdleRSS, memory)
			}
		}
	}
	slices.Sort(empty)
	slices.Sort(seeded)
	r.EmptyMS, r.SeededMS, r.Runs = empty[len(empty)/2], seeded[len(seeded)/2], runs
	return r, nil
}

// startOnce times one server in a directory of its own.
func startOnce(ctx context.Context, binary string, args []string, wait bool) (ms float64, memory int64, err error) {
	dir, err := os.MkdirTemp("", "xiaoer-bench-")
	if err != nil {
		return 0, 0, err
	}
	defer os.RemoveAll(dir)
	addr, err := freeAddress()
	if err != nil {
		return 0, 0, err
	}
	cmd := exec.CommandContext(ctx, binary, args...)
	cmd.Env = slices.DeleteFunc(os.Environ(), func(kv string) bool { return strings.HasPrefix(kv, "XIAOER_") })
	cmd.Env = append(cmd.Env, "XIAOER_DATA_DIR="+filepath.Join(dir, "data"), "XIAOER_LISTEN="+addr, "XIAOER_LOG__LEVEL=error")
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	defer func() {
		_ = cmd.Process.Signal(os.Interrupt)
		_ = cmd.Wait()
	}()
	if err := untilReady(ctx, addr); err != nil {
		return 0, 0, err
	}
	ms = float64(time.Since(begin).Microseconds()) / 1000
	if wait {
		time.Sleep(idle) // idle is the condition that is measured
		memory = rssOf(cmd.Process.Pid)
	}
	return ms, memory, nil
}

func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

func untilReady(ctx context.Context, addr string) error {
	for begin := time.Now(); time.Since(begin) < patience; time.Sleep(2 * time.Millisecond) {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+addr+"/readyz", nil)
		if err != nil {
			return err
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			continue
		}
		resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			return nil
		}
	}
	return errors.New("bench: the server is not ready after " + fmt.Sprint(patience))
}
