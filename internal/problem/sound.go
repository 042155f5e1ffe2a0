package problem

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/xiaoer-cs/xiaoer/internal/errs"
)

// maxDepth bounds nesting; nothing of ours nests deeper than a handful.
const maxDepth = 32

// sound refuses what decoders read in different ways or databases cannot keep: a field given twice (readers differ in
// which one counts; RFC 8259 section 4), deep nesting, the character U+0000, and more than one value.
func sound(b []byte) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := walk(d, maxDepth); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return malformed("it has more than one JSON value")
	}
	return nil
}

func malformed(why string) error {
	return errs.New(errs.Invalid, "body_malformed", "The body does not fit: %s.", why)
}

func walk(d *json.Decoder, depth int) error {
	t, err := d.Token()
	if err != nil {
		return malformed(plain(err))
	}
	switch v := t.(type) {
	case string:
		return noNUL(v)
	case json.Delim:
		if depth == 0 {
			return malformed("it is nested too deeply")
		}
		return inside(d, v == '{', depth)
	}
	return nil
}

// inside reads the members of an object or array up to its end. Names are compared as the decoder does, without case.
func inside(d *json.Decoder, object bool, depth int) error {
	seen := map[string]bool{}
	for d.More() {
		if object {
			k, err := d.Token()
			if err != nil {
				return malformed(plain(err))
			}
			name, _ := k.(string)
			if err := noNUL(name); err != nil {
				return err
			}
			if fold := strings.ToLower(name); seen[fold] {
				return malformed("field \"" + name + "\" is given twice")
			} else {
				seen[fold] = true
			}
		}
		if err := walk(d, depth-1); err != nil {
			return err
		}
	}
	if _, err := d.Token(); err != nil {
		return malformed(plain(err))
	}
	return nil
}

func noNUL(s string) error {
	if strings.ContainsRune(s, 0) {
		return errs.New(errs.Invalid, "body_characters", "The body has the character U+0000, which no text needs; leave it out.")
	}
	return nil
}
