// Package config is what an operator can set: defaults, then one YAML file, then environment variables.
//
// Loading is strict: an unknown key, a wrong type or a value out of range is one clear error that names the key, and
// nothing starts. The reference (xiaoer config doc) is printed from the struct itself, so it cannot be out of date.
// Environment names are XIAOER_ and the key in capitals, with two underscores between levels: XIAOER_DATABASE__URL.
package config
