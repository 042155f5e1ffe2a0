package killtest_test

import (
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/store/pgtest"
)

const (
	drainIn   = 30 * time.Second
	recoverIn = 10 * time.Second // after the database is back
)

// F34: asked to stop under load, the server finishes what it has in hand; nothing is lost, nothing comes twice.
func TestDrain(t *testing.T) {
	dir := t.TempDir()
	s := newServer(t, []string{"XIAOER_DATA_DIR=" + dir})
	s.start(startIn)
	l := newLedger()
	c := newCrowd(t, s.base, l)
	c.begin()
	for range 3 {
		time.Sleep(1300 * time.Millisecond) // load, not a synchronisation
		begin := time.Now()
		_ = s.cmd.Process.Signal(syscall.SIGTERM)
		if err := s.cmd.Wait(); err != nil {
			t.Errorf("stopping under load: %v", err)
		}
		if took := time.Since(begin); took > drainIn {
			t.Errorf("drained in %s", took)
		} else {
			t.Logf("drained in %s with %d acknowledged", took.Round(time.Millisecond), l.count())
		}
		s.start(startIn)
	}
	c.finish()
	s.settle()
	s.stop()
	inspect(t, "sqlite", "file:"+filepath.Join(dir, "xiaoer.db"), l)
}

// F25: the database restarts, fast and by a crash, under a server that goes on.
func TestDatabaseRestarts(t *testing.T) {
	p, err := pgtest.Start(true)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Stop()
	url, err := p.Fresh()
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(t, []string{"XIAOER_DATA_DIR=" + t.TempDir(), "XIAOER_DATABASE__URL=" + url})
	s.start(startIn)
	l := newLedger()
	c := newCrowd(t, s.base, l)
	c.begin()
	for _, end := range []func(){p.Halt, p.Kill} {
		time.Sleep(1500 * time.Millisecond) // load, not a synchronisation
		end()
		time.Sleep(300 * time.Millisecond)
		if _, ok := s.ready(); ok {
			t.Error("ready without its database")
		}
		if err := p.Run(); err != nil {
			t.Fatal(err)
		}
		began, before := time.Now(), l.count()
		for l.count() == before {
			if time.Since(began) > 6*recoverIn {
				t.Fatal("nothing is acknowledged since the database came back")
			}
			time.Sleep(10 * time.Millisecond)
		}
		if took := time.Since(began); took > recoverIn {
			t.Errorf("the first acknowledgement came %s after the database", took)
		} else {
			t.Logf("acknowledging again %s after the database", took.Round(time.Millisecond))
		}
	}
	c.finish()
	s.settle()
	s.stop()
	inspect(t, "pgx", url, l)
}
