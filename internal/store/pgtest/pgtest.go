package pgtest

import (
	"context"
	"database/sql"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"sort"
	"strconv"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // registers the driver "pgx"
)

// Cluster is a running private PostgreSQL.
type Cluster struct {
	dir  string
	port int
	cmd  *exec.Cmd
	cred *syscall.Credential
	sync bool
}

var (
	once    sync.Once
	shared  *Cluster
	sharedE error
	serial  atomic.Int64
)

// URL gives a fresh, empty database on the test process's shared cluster (fsync off: contract tests lose no power).
func URL(t testing.TB) string {
	t.Helper()
	once.Do(func() { shared, sharedE = Start(false) })
	if sharedE != nil {
		t.Fatalf("PostgreSQL for tests: %v", sharedE)
	}
	url, err := shared.Fresh()
	if err != nil {
		t.Fatalf("PostgreSQL for tests: %v", err)
	}
	return url
}

// Main runs the tests of a package and stops the shared cluster after them; call it from TestMain.
func Main(m *testing.M) {
	code := m.Run()
	if shared != nil {
		shared.Stop()
	}
	os.Exit(code)
}

// Start makes a cluster and waits until it answers. durable keeps fsync on, for kill tests.
func Start(durable bool) (*Cluster, error) {
	bin, err := findBin()
	if err != nil {
		return nil, err
	}
	c := &Cluster{cred: lesserUser(), sync: durable}
	if c.dir, err = os.MkdirTemp("", "xiaoer-pg-"); err != nil {
		return nil, err
	}
	if c.cred != nil {
		if err := os.Chown(c.dir, int(c.cred.Uid), int(c.cred.Gid)); err != nil {
			return nil, err
		}
	}
	if out, err := c.command(filepath.Join(bin, "initdb"), "-D", c.data(), "-U", "xiaoer", "-A", "trust", "-E", "UTF8", "--no-locale", "-N").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %v\n%s", err, out)
	}
	if c.port, err = freePort(); err != nil {
		return nil, err
	}
	return c, c.Run()
}

func (c *Cluster) data() string { return filepath.Join(c.dir, "data") }

// Run starts the server on the cluster's data and waits until it answers; used again after Kill.
func (c *Cluster) Run() error {
	bin, err := findBin()
	if err != nil {
		return err
	}
	onOff := map[bool]string{true: "on", false: "off"}[c.sync]
	c.cmd = c.command(filepath.Join(bin, "postgres"), "-D", c.data(), "-p", strconv.Itoa(c.port), "-h", "127.0.0.1", "-k", "",
		"-c", "fsync="+onOff, "-c", "synchronous_commit="+onOff, "-c", "full_page_writes="+onOff, "-c", "max_connections=200", "-c", "shared_buffers=64MB")
	if err := c.cmd.Start(); err != nil {
		return err
	}
	return c.wait()
}

// Kill ends the server at once, as a crash would.
func (c *Cluster) Kill() {
	_ = c.cmd.Process.Kill()
	_ = c.cmd.Wait()
	_ = os.Remove(filepath.Join(c.data(), "postmaster.pid"))
}

// Halt ends the server as a fast restart would: sessions are cut, data is kept.
func (c *Cluster) Halt() {
	_ = c.cmd.Process.Signal(syscall.SIGINT)
	_ = c.cmd.Wait()
}

// Stop ends the server and removes its data.
func (c *Cluster) Stop() {
	c.Halt()
	_ = os.RemoveAll(c.dir)
}

// Admin is the URL of the maintenance database.
func (c *Cluster) Admin() string { return c.url("postgres") }

func (c *Cluster) url(name string) string {
	return fmt.Sprintf("postgres://xiaoer@127.0.0.1:%d/%s?sslmode=disable", c.port, name)
}

// Fresh makes an empty database and gives its URL.
func (c *Cluster) Fresh() (string, error) {
	db, err := sql.Open("pgx", c.Admin())
	if err != nil {
		return "", err
	}
	defer db.Close()
	name := fmt.Sprintf("t%d", serial.Add(1))
	_, err = db.Exec("CREATE DATABASE " + name)
	return c.url(name), err
}

func (c *Cluster) wait() error {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	for {
		db, err := sql.Open("pgx", c.Admin())
		if err == nil {
			err = db.PingContext(ctx)
			db.Close()
		}
		if err == nil {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("the server did not come up: %v", err)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func (c *Cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(name, args...)
	cmd.Dir = c.dir
	cmd.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C"}
	// The server must not outlive a killed test process.
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.cred, Pdeathsig: syscall.SIGINT}
	return cmd
}

// findBin looks for the newest server programs in Debian's place, then on the path.
func findBin() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	sort.Strings(found)
	if len(found) > 0 {
		return filepath.Dir(found[len(found)-1]), nil
	}
	if p, err := exec.LookPath("initdb"); err == nil {
		if r, err := filepath.EvalSymlinks(p); err == nil {
			return filepath.Dir(r), nil
		}
	}
	return "", fmt.Errorf("initdb was not found; install it with: apt-get install postgresql")
}

func lesserUser() *syscall.Credential {
	if os.Geteuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		if u, err := user.Lookup(name); err == nil {
			uid, _ := strconv.Atoi(u.Uid)
			gid, _ := strconv.Atoi(u.Gid)
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		}
	}
	return nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
