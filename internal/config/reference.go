package config

import (
	"fmt"
	"io"
	"reflect"
	"strings"
)

// Key is one line of the reference.
type Key struct {
	Name, Env, Type, Default, Doc string
	Secret                        bool
}

// Keys lists every key with its default and meaning.
func Keys() []Key { return keysOf(reflect.ValueOf(Default()), "") }

func keysOf(v reflect.Value, prefix string) (out []Key) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name := prefix + f.Tag.Get("koanf")
		if f.Type.Kind() == reflect.Struct {
			out = append(out, keysOf(v.Field(i), name+".")...)
			continue
		}
		out = append(out, Key{Name: name, Env: envPrefix + strings.ToUpper(strings.ReplaceAll(name, ".", "__")), Type: typeName(f.Type),
			Default: fmt.Sprint(v.Field(i).Interface()), Doc: f.Tag.Get("doc"), Secret: f.Tag.Get("secret") == "true"})
	}
	return out
}

func typeName(t reflect.Type) string {
	if t == reflect.TypeFor[Duration]() {
		return "duration"
	}
	if t.Kind() == reflect.Slice {
		return "list"
	}
	return t.Kind().String()
}

// WriteReference prints the reference as Markdown.
func WriteReference(w io.Writer) error {
	if _, err := fmt.Fprint(w, "| key | environment | type | default | meaning |\n|---|---|---|---|---|\n"); err != nil {
		return err
	}
	for _, k := range Keys() {
		if _, err := fmt.Fprintf(w, "| `%s` | `%s` | %s | `%s` | %s |\n", k.Name, k.Env, k.Type, k.Default, k.Doc); err != nil {
			return err
		}
	}
	return nil
}

// WriteDefault prints a configuration file with every key at its default, commented by its meaning.
func WriteDefault(w io.Writer) error {
	section := ""
	for _, k := range Keys() {
		top, rest, nested := strings.Cut(k.Name, ".")
		indent, name := "", top
		if nested {
			indent, name = "  ", rest
			if top != section {
				section = top
				if _, err := fmt.Fprintf(w, "%s:\n", top); err != nil {
					return err
				}
			}
		}
		if _, err := fmt.Fprintf(w, "%s# %s\n%s%s: %s\n", indent, k.Doc, indent, name, yamlValue(k)); err != nil {
			return err
		}
	}
	return nil
}

func yamlValue(k Key) string {
	if k.Type == "string" {
		return fmt.Sprintf("%q", k.Default)
	}
	return k.Default
}
