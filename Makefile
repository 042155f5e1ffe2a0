# Everything a developer or operator runs. `make help` lists it.
SHELL := /bin/bash
GO ?= go
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)
WEB_SOURCES := $(shell find web -path web/node_modules -prune -o -path web/dist -prune -o -path '*/node_modules' -prune -o -type f \( -name '*.ts' -o -name '*.tsx' -o -name '*.css' -o -name '*.html' -o -name '*.mjs' -o -name '*.js' -o -name 'package*.json' -o -name 'tsconfig*.json' \) -print 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo dev build web test test-go test-web test-browser test-full lint deps clean

help: ## Show this list
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | awk -F':.*?## ' '{printf "  make %-14s %s\n", $$1, $$2}'

demo: build ## Build what is needed and start the demo shop on one port
	./bin/xiaoer demo

dev: web/node_modules/.stamp ## Server and front ends that rebuild as you type
	scripts/dev.sh

build: web/dist/.stamp ## Build bin/xiaoer with the front ends inside
	$(GO) build -trimpath -ldflags '$(LDFLAGS)' -o bin/xiaoer ./cmd/xiaoer

web: web/dist/.stamp ## Build the front ends only

web/node_modules/.stamp: web/package-lock.json
	cd web && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

web/dist/.stamp: web/node_modules/.stamp $(WEB_SOURCES)
	cd web && npm run build --silent
	@touch $@

deps: ## Install what the tests need from Debian, where it is missing and permitted
	scripts/test-deps.sh

test: deps build test-go test-web test-browser ## Everything a change must pass

test-go: ## Go tests, on SQLite and PostgreSQL
	$(GO) test ./...

test-web: web/node_modules/.stamp ## Type checks and unit tests of the front ends
	cd web && npm run check --silent && npm test --silent --workspace widget --workspace shop --workspace console --if-present

test-browser: build ## The story end to end in a real browser, in both languages
	cd web && npm test --silent --workspace e2e

test-full: test ## The long forms: 50 kills, 100,000 hostile calls
	XIAOER_FULL=1 $(GO) test -timeout 60m ./internal/app/... ./internal/tool/...

lint: web/node_modules/.stamp ## Format, vet, staticcheck, types
	@test -z "$$(gofmt -l cmd internal seed web/*.go)" || (echo "not formatted:"; gofmt -l cmd internal seed web/*.go; exit 1)
	$(GO) vet ./...
	$(GO) tool staticcheck ./...
	cd web && npm run check --silent && npm run lint --silent --workspaces --if-present

clean: ## Remove what was built
	rm -rf bin web/dist/widget web/dist/shop web/dist/console web/dist/.stamp
