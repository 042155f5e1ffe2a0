#!/usr/bin/env bash
# The demo server, started again when Go code changes, beside front-end builds that watch. Ctrl+C ends all of it.
set -euo pipefail
cd "$(dirname "$0")/.."
trap 'kill 0' EXIT
(cd web && npm run watch --workspaces --if-present) &
last=""
while true; do
  now=$(find cmd internal seed web/dist -type f -newer go.mod -printf '%p %T@\n' 2>/dev/null | sort | cksum)
  if [ "$now" != "$last" ]; then
    last="$now"
    if go build -o bin/xiaoer-dev ./cmd/xiaoer; then
      [ -n "${server:-}" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null || true
      ./bin/xiaoer-dev demo & server=$!
    fi
  fi
  sleep 1
done
