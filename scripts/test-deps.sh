#!/usr/bin/env bash
# Installs PostgreSQL's server programs and Chromium where they are missing and we may; otherwise says what to install.
set -euo pipefail
want=()
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || command -v initdb >/dev/null || want+=(postgresql)
command -v chromium >/dev/null || want+=(chromium)
[ -d /usr/share/fonts/opentype/noto ] || want+=(fonts-noto-cjk)
[ ${#want[@]} -eq 0 ] && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "installing for the tests: ${want[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${want[@]}" >/dev/null
else
  echo "The tests need: ${want[*]}. Install with: sudo apt-get install ${want[*]}" >&2
  exit 1
fi
