package archtest_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/xiaoer-cs/xiaoer/"

var (
	base     = []string{"errs", "id", "clock", "config", "event", "job"}
	nouns    = []string{"channel", "conversation", "customer", "journey", "knowledge", "nlu", "flow", "tool", "campaign", "ticket", "commerce", "staff", "insight", "llm"}
	verbs    = []string{"routing", "agent", "outreach", "learning"}
	adapters = []string{"channels", "store", "realtime", "llms", "speech", "shops", "tools", "api", "shopfront", "helpcentre", "safefetch", "mcp"}
	edges    = []string{"problem"} // shared by adapters only
	wiring   = []string{"app", "archtest"}
	refused  = []string{"models", "utils", "util", "common", "helpers", "helper", "manager", "misc", "shared"}
)

// file is one Go source file of the house.
type file struct {
	path, pkg string // path from the root; first element below internal/
	ast       *ast.File
	fset      *token.FileSet
	test      bool
	lines     int
}

func house(t *testing.T) (files []file) {
	t.Helper()
	root := filepath.Join("..", "..")
	for _, top := range []string{"internal", "cmd", "seed", "web"} {
		err := filepath.WalkDir(filepath.Join(root, top), func(p string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			if d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || d.Name() == "dist") {
				return filepath.SkipDir
			}
			if !strings.HasSuffix(p, ".go") {
				return nil
			}
			fset := token.NewFileSet()
			f, err := parser.ParseFile(fset, p, nil, parser.ParseComments)
			if err != nil {
				return err
			}
			rel, _ := filepath.Rel(root, p)
			files = append(files, file{rel, packageOf(rel), f, fset, strings.HasSuffix(p, "_test.go"), fset.Position(f.End()).Line})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// packageOf is the first element below internal/, or the top folder elsewhere.
func packageOf(rel string) string {
	parts := strings.Split(filepath.ToSlash(filepath.Dir(rel)), "/")
	if parts[0] == "internal" && len(parts) > 1 {
		return parts[1]
	}
	return parts[0]
}

// child is the part of an adapter folder that counts as one adapter: channels/webchat, not channels.
func child(dir string) string {
	parts := strings.Split(dir, "/")
	if len(parts) > 1 && slices.Contains([]string{"channels", "llms", "speech", "shops"}, parts[0]) {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

func TestArrows(t *testing.T) {
	for _, f := range house(t) {
		if f.test || strings.Contains(f.path, "storetest") || strings.Contains(f.path, "pgtest") || strings.HasSuffix(filepath.Dir(f.path), "test") {
			continue // tests may stand on real parts
		}
		dir := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(f.path)), "internal/")
		for _, imp := range f.ast.Imports {
			p, _ := strconv.Unquote(imp.Path.Value)
			target, ours := strings.CutPrefix(p, module)
			if !ours {
				continue
			}
			if why := forbidden(f.pkg, dir, strings.TrimPrefix(target, "internal/"), strings.HasPrefix(target, "internal/")); why != "" {
				t.Errorf("%s imports %s: %s", f.path, target, why)
			}
		}
	}
}

func forbidden(pkg, dir, target string, internal bool) string {
	top := strings.Split(target, "/")[0]
	switch {
	case pkg == "cmd" || slices.Contains(wiring, pkg):
		return ""
	case !internal:
		return "only the wiring takes data and front ends in"
	case top == pkg && !slices.Contains(adapters, pkg):
		return ""
	case slices.Contains(base, top):
		return ""
	case slices.Contains(base, pkg):
		return "base knows nothing of the business"
	case slices.Contains(nouns, pkg):
		return "a noun imports base and itself only"
	case slices.Contains(nouns, top):
		return ""
	case slices.Contains(verbs, pkg):
		return "a verb imports nouns and base only"
	case slices.Contains(adapters, pkg) && (slices.Contains(verbs, top) || slices.Contains(edges, top) || child(dir) == child(target)):
		return ""
	case slices.Contains(edges, pkg) && slices.Contains(base, top):
		return ""
	}
	return "this arrow is not drawn in docs/architecture.md"
}

func TestEveryPackageIsKnownAndDocumented(t *testing.T) {
	docs := map[string]bool{}
	for _, f := range house(t) {
		dir := filepath.Dir(f.path)
		if f.test {
			continue
		}
		docs[dir] = docs[dir] || f.ast.Doc != nil && len(f.ast.Doc.Text()) > 60
		known := slices.Concat(base, nouns, verbs, adapters, edges, wiring, []string{"cmd", "seed", "web"})
		if !slices.Contains(known, f.pkg) {
			t.Errorf("%s: package %q has no place in the layout", f.path, f.pkg)
		}
		if slices.Contains(refused, f.ast.Name.Name) {
			t.Errorf("%s: a package named %q says nothing", f.path, f.ast.Name.Name)
		}
	}
	for dir, ok := range docs {
		if !ok {
			t.Errorf("%s has no package comment that tells states, promise and failure", dir)
		}
	}
}

func TestSizes(t *testing.T) {
	var lengths []int
	for _, f := range house(t) {
		if f.lines > 800 {
			t.Errorf("%s has %d lines; split it", f.path, f.lines)
		}
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil && !f.test {
				lengths = append(lengths, f.fset.Position(fn.End()).Line-f.fset.Position(fn.Pos()).Line+1)
			}
		}
	}
	slices.Sort(lengths)
	median, tenth := lengths[len(lengths)/2], lengths[len(lengths)*9/10]
	if median > 14 || tenth >= 45 {
		t.Errorf("functions: median %d lines (near ten), nine of ten up to %d (under 45)", median, tenth)
	}
}

func TestNothingHidden(t *testing.T) {
	for _, f := range house(t) {
		if f.test {
			continue
		}
		for _, d := range f.ast.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init that works", f.path)
			}
		}
		if slices.Contains(nouns, f.pkg) || slices.Contains(verbs, f.pkg) {
			ast.Inspect(f.ast, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok {
					if x, ok := s.X.(*ast.Ident); ok && x.Name == "time" && (s.Sel.Name == "Now" || s.Sel.Name == "Sleep") && !measures(f.path) {
						t.Errorf("%s uses time.%s; take the clock that is handed in", f.path, s.Sel.Name)
					}
				}
				return true
			})
		}
	}
}

// measures tells the packages whose business is to time things.
func measures(path string) bool {
	return strings.Contains(path, "/evaluate/") || strings.Contains(path, "/measure/")
}

func TestExportedNamesAreDocumented(t *testing.T) {
	missing := 0
	for _, f := range house(t) {
		if f.test || f.pkg == "cmd" {
			continue
		}
		for _, d := range f.ast.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if ok && fn.Name.IsExported() && fn.Doc == nil && exportedReceiver(fn) {
				t.Errorf("%s: %s is exported and says nothing", f.path, fn.Name.Name)
				missing++
			}
			if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.TYPE {
				for _, s := range g.Specs {
					ts := s.(*ast.TypeSpec)
					if ts.Name.IsExported() && g.Doc == nil && ts.Doc == nil && ts.Comment == nil {
						t.Errorf("%s: type %s is exported and says nothing", f.path, ts.Name.Name)
					}
				}
			}
		}
		if missing > 40 {
			return
		}
	}
}

func exportedReceiver(fn *ast.FuncDecl) bool {
	if fn.Recv == nil {
		return true
	}
	x := fn.Recv.List[0].Type
	if s, ok := x.(*ast.StarExpr); ok {
		x = s.X
	}
	i, ok := x.(*ast.Ident)
	return ok && i.IsExported()
}

func TestInterfacesAreSmall(t *testing.T) {
	var all, big int
	for _, f := range house(t) {
		if f.test {
			continue
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if it, ok := n.(*ast.InterfaceType); ok && it.Methods != nil {
				all++
				if n := len(it.Methods.List); n > 3 {
					big++
					if n > 12 {
						t.Errorf("%s: an interface of %d methods is a catalogue; split it by who calls it", f.path, n)
					}
				}
			}
			return true
		})
	}
	if big*5 > all {
		t.Errorf("%d of %d interfaces have more than three methods; four of five should not", big, all)
	}
}

func TestTestsOutweighTheCore(t *testing.T) {
	code, tests := map[string]int{}, map[string]int{}
	for _, f := range house(t) {
		pkg := f.pkg
		if pkg == "store" && strings.Contains(f.path, "storetest") {
			tests["store"] += f.lines
			continue
		}
		if !slices.Contains(nouns, pkg) && !slices.Contains(verbs, pkg) {
			continue
		}
		if f.test || strings.HasSuffix(filepath.Dir(f.path), "test") {
			tests[pkg] += f.lines
		} else {
			code[pkg] += f.lines
		}
	}
	sumCode, sumTests := 0, tests["store"]
	for pkg, n := range code {
		sumCode += n
		sumTests += tests[pkg]
		t.Logf("%-14s code %5d  tests %5d", pkg, n, tests[pkg])
	}
	t.Logf("nouns and verbs together: code %d, tests %d (contract suites included)", sumCode, sumTests)
}
