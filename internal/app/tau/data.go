package tau

import (
	"encoding/json"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// The benchmark's shapes, as its files have them.
type (
	address struct {
		Address1 string `json:"address1"`
		Address2 string `json:"address2"`
		City     string `json:"city"`
		Country  string `json:"country"`
		State    string `json:"state"`
		Zip      string `json:"zip"`
	}
	method struct {
		Source   string   `json:"source"`
		ID       string   `json:"id"`
		Brand    string   `json:"brand,omitempty"`
		LastFour string   `json:"last_four,omitempty"`
		Balance  *float64 `json:"balance,omitempty"`
	}
	user struct {
		Name struct {
			First string `json:"first_name"`
			Last  string `json:"last_name"`
		} `json:"name"`
		Address address           `json:"address"`
		Email   string            `json:"email"`
		Methods map[string]method `json:"payment_methods"`
		Orders  []string          `json:"orders"`
	}
	item struct {
		Name      string            `json:"name"`
		ProductID string            `json:"product_id"`
		ItemID    string            `json:"item_id"`
		Price     float64           `json:"price"`
		Options   map[string]string `json:"options"`
	}
	fulfillment struct {
		Tracking []string `json:"tracking_id"`
		Items    []string `json:"item_ids"`
	}
	payment struct {
		Type   string  `json:"transaction_type"`
		Amount float64 `json:"amount"`
		Method string  `json:"payment_method_id"`
	}
	order struct {
		ID           string        `json:"order_id"`
		User         string        `json:"user_id"`
		Address      address       `json:"address"`
		Items        []item        `json:"items"`
		Fulfillments []fulfillment `json:"fulfillments"`
		Status       string        `json:"status"`
		Payments     []payment     `json:"payment_history"`

		CancelReason   string   `json:"cancel_reason,omitempty"`
		ExchangeItems  []string `json:"exchange_items,omitempty"`
		ExchangeNew    []string `json:"exchange_new_items,omitempty"`
		ExchangeMethod string   `json:"exchange_payment_method_id,omitempty"`
		ExchangeDiff   *float64 `json:"exchange_price_difference,omitempty"`
		ReturnItems    []string `json:"return_items,omitempty"`
		ReturnMethod   string   `json:"return_payment_method_id,omitempty"`
	}
	variant struct {
		ItemID    string            `json:"item_id"`
		Options   map[string]string `json:"options"`
		Available bool              `json:"available"`
		Price     float64           `json:"price"`
	}
	product struct {
		Name     string             `json:"name"`
		ID       string             `json:"product_id"`
		Variants map[string]variant `json:"variants"`
	}
)

// Task is one task with its reference actions.
type Task struct {
	ID          string   `json:"id"`
	User        string   `json:"user_id"`
	Instruction string   `json:"instruction"`
	Actions     []Action `json:"actions"`
}

// Action is one reference call.
type Action struct {
	Name string         `json:"name"`
	Args map[string]any `json:"kwargs"`
}

type expected struct {
	ID      string `json:"id"`
	Changed struct {
		Orders map[string]json.RawMessage `json:"orders"`
		Users  map[string]json.RawMessage `json:"users"`
	} `json:"changed"`
}

// part is one file of tasks with what they should leave.
type part struct {
	name   string
	tasks  []Task
	expect map[string]expected
}

type database struct {
	users    map[string]user
	orders   map[string]order
	products map[string]product
	rawUsers map[string]json.RawMessage
	rawOrder map[string]json.RawMessage
}

func read(dir, name string, into any) error {
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return errs.Wrap(err, errs.Invalid, "tau_file", "The file %s cannot be read in %s; give the folder of the benchmark's data.", name, dir)
	}
	if err := json.Unmarshal(b, into); err != nil {
		return errs.Wrap(err, errs.Invalid, "tau_file", "The file %s is not what the benchmark has there.", name)
	}
	return nil
}

func load(dir string) (db database, err error) {
	for _, f := range []struct {
		name string
		into any
	}{{"users.json", &db.users}, {"orders.json", &db.orders}, {"products.json", &db.products}, {"users.json", &db.rawUsers}, {"orders.json", &db.rawOrder}} {
		if err := read(dir, f.name, f.into); err != nil {
			return db, err
		}
	}
	return db, nil
}

// parts finds every tasks_*.json that has its expected_final_*.json.
func parts(dir string) (out []part, err error) {
	files, _ := filepath.Glob(filepath.Join(dir, "tasks_*.json"))
	sort.Strings(files)
	for _, f := range files {
		name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(f), "tasks_"), ".json")
		p := part{name: name, expect: map[string]expected{}}
		if _, err := os.Stat(filepath.Join(dir, "expected_final_"+name+".json")); err != nil {
			continue
		}
		var list []expected
		if err := read(dir, filepath.Base(f), &p.tasks); err != nil {
			return nil, err
		}
		if err := read(dir, "expected_final_"+name+".json", &list); err != nil {
			return nil, err
		}
		for _, e := range list {
			p.expect[e.ID] = e
		}
		out = append(out, p)
	}
	if len(out) == 0 {
		return nil, errs.New(errs.Invalid, "tau_no_tasks", "There is no tasks_*.json with its expected_final_*.json in %s.", dir)
	}
	return out, nil
}
