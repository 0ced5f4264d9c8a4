#!/usr/bin/env bash
# Owns: the proof that run.sh needs no root and no package: a new user, a fresh clone in a folder with a space and Chinese, and an
# apt-get, apt and sudo that fail when called.
# Must never: leave the user or its folder behind. Needs root, to make the user.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ "$(id -u)" = 0 ] || { echo "tests/bare.sh: not root; allowed: root, since a user is made" >&2; exit 2; }
user=bare$$
root=$(mktemp -d)
home="$root/村 box"
trap 'userdel "$user" 2>/dev/null || true; rm -rf "$root"' EXIT
chmod 755 "$root"
useradd --no-create-home --home-dir "$home" --shell /bin/bash "$user"
mkdir -p "$home/stub"
for program in apt-get apt sudo; do
  printf '#!/bin/sh\necho "%s" >>"$HOME/called"\nexit 77\n' "$program" >"$home/stub/$program"
  chmod 755 "$home/stub/$program"
done
git clone -q --depth 1 "file://$PWD" "$home/消防 gateway"
chown -R "$user": "$home"
keep=()
for name in SSL_CERT_FILE HTTPS_PROXY HTTP_PROXY NO_PROXY https_proxy http_proxy no_proxy NUGET_CERT_REVOCATION_MODE; do
  [ -z "${!name:-}" ] || keep+=("$name=${!name}")
done
code=0
env -i HOME="$home" USER="$user" LANG=C.UTF-8 PATH="$home/stub:/usr/bin:/bin" "${keep[@]}" \
  "$(command -v setpriv)" --reuid "$user" --regid "$user" --clear-groups \
  bash -c 'cd "$HOME/消防 gateway" && ./run.sh --once && [ -z "$(git status --porcelain)" ]' || code=$?
[ ! -e "$home/called" ] || { echo "tests/bare.sh: called: $(sort -u "$home/called" | tr '\n' ' ')" >&2; exit 1; }
[ "$code" = 0 ] && echo "bare: run.sh --once ended well for $user" || { echo "tests/bare.sh: run.sh --once ended with $code" >&2; exit 1; }
