package killtest_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/xiaoer-cs/xiaoer/internal/store/pgtest"
)

var binary string

// TestMain builds the real binary once.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "xiaoer-kill-")
	if err != nil {
		panic(err)
	}
	binary = filepath.Join(dir, "xiaoer")
	if out, err := exec.Command("go", "build", "-o", binary, "github.com/xiaoer-cs/xiaoer/cmd/xiaoer").CombinedOutput(); err != nil {
		panic(fmt.Sprintf("%v\n%s", err, out))
	}
	code := m.Run()
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

func kills() int {
	if os.Getenv("XIAOER_FULL") != "" {
		return 50
	}
	return 5
}

func seedOf(t *testing.T) uint64 {
	seed := uint64(time.Now().UnixNano())
	if s, err := strconv.ParseUint(os.Getenv("XIAOER_SEED"), 10, 64); err == nil {
		seed = s
	}
	t.Logf("XIAOER_SEED=%d", seed)
	return seed
}

func TestKillSQLite(t *testing.T) {
	dir := t.TempDir()
	killed(t, []string{"XIAOER_DATA_DIR=" + dir}, "sqlite", "file:"+filepath.Join(dir, "xiaoer.db"))
}

func TestKillPostgres(t *testing.T) {
	c, err := pgtest.Start(true)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Stop()
	url, err := c.Fresh()
	if err != nil {
		t.Fatal(err)
	}
	killed(t, []string{"XIAOER_DATA_DIR=" + t.TempDir(), "XIAOER_DATABASE__URL=" + url}, "pgx", url)
}

const (
	shoppers  = 20
	perSecond = 20
	readyIn   = 5 * time.Second // the promise
	startIn   = 60 * time.Second
)

func killed(t *testing.T, env []string, driver, dsn string) {
	rnd := rand.New(rand.NewPCG(seedOf(t), 1))
	s := newServer(t, env)
	s.start(startIn)
	l := newLedger()
	crowd := newCrowd(t, s.base, l)
	crowd.begin()
	slowest := time.Duration(0)
	for range kills() {
		time.Sleep(time.Duration(500+rnd.IntN(2000)) * time.Millisecond) // the moment of the crash, not a synchronisation
		s.kill()
		slowest = max(slowest, s.start(startIn))
	}
	crowd.finish()
	s.settle()
	s.stop()
	t.Logf("acknowledged %d messages over %d kills; slowest return %s", l.count(), kills(), slowest.Round(time.Millisecond))
	if slowest > readyIn {
		t.Logf("the slowest return took longer than %s; on a loaded machine that is no failure of the product", readyIn)
	}
	inspect(t, driver, dsn, l)
}
