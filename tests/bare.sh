#!/usr/bin/env bash
# Owns: the proof that run.sh needs the .NET SDK and git and nothing else: a Debian made for it in a root folder of its own, an ordinary
# user there without sudo, a fresh clone in a folder with a space and Chinese, and an apt-get, apt and sudo that fail when called.
# Must never: leave the folder, a mount or a process behind. Needs root, to make a root folder; asks for debootstrap when it is missing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ "$(id -u)" = 0 ] || { echo "tests/bare.sh: not root; allowed: root, since a root folder is made" >&2; exit 2; }
command -v debootstrap >/dev/null || {
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends debootstrap >/dev/null
}
sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")
work=$(mktemp -d)
root=$work/root
# Mounts live in a name space of the program that is run there, so nothing has to be taken down.
trap 'rm -rf --one-file-system "$work"' EXIT

# What Microsoft's own packages of the SDK ask for, git, and the authorities whom this machine trusts.
debootstrap --variant=minbase --include=git,ca-certificates,libicu72,libssl3,libstdc++6,zlib1g bookworm "$root" \
  http://deb.debian.org/debian >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
cp -L /etc/resolv.conf /etc/hosts "$root/etc/"
for program in mosquitto psql sudo dotnet; do
  if chroot "$root" sh -c "command -v $program" >/dev/null; then
    echo "tests/bare.sh: $program is there; allowed: a bare Debian" >&2
    exit 1
  fi
done
for program in apt-get apt sudo; do
  printf '#!/bin/sh\necho "%s" >>/called\nexit 77\n' "$program" >"$root/usr/bin/$program"
  chmod 755 "$root/usr/bin/$program"
done
touch "$root/called"
chmod 666 "$root/called"

home="/home/村 box"
chroot "$root" useradd --create-home --home-dir "$home" --shell /bin/bash bare
git clone -q --depth 1 "file://$PWD" "$root$home/消防 gateway"
chroot "$root" chown -R bare: "$home"
mkdir -p "$root/usr/share/dotnet"
ln -s ../share/dotnet/dotnet "$root/usr/bin/dotnet"
keep=()
for name in HTTPS_PROXY HTTP_PROXY NO_PROXY https_proxy http_proxy no_proxy NUGET_CERT_REVOCATION_MODE; do
  [ -z "${!name:-}" ] || keep+=("$name=${!name}")
done
code=0
# shellcheck disable=SC2016
unshare --mount --pid --fork --kill-child bash -euc '
  root=$1 sdk=$2
  shift 2
  mount --bind -o ro "$sdk" "$root/usr/share/dotnet"
  mount -t proc proc "$root/proc"
  mount --rbind /dev "$root/dev"
  exec chroot --userspec=bare:bare "$root" "$@"
' bare "$root" "$sdk" \
  /usr/bin/env -i HOME="$home" USER=bare LANG=C.UTF-8 PATH=/usr/local/bin:/usr/bin:/bin "${keep[@]}" \
  bash -c 'cd "$HOME/消防 gateway" && [ "$(id -u)" != 0 ] && ./run.sh --once && [ -z "$(git status --porcelain)" ]' </dev/null || code=$?
[ ! -s "$root/called" ] || { echo "tests/bare.sh: called: $(sort -u "$root/called" | tr '\n' ' ')" >&2; exit 1; }
[ "$code" = 0 ] || { echo "tests/bare.sh: run.sh --once ended with $code" >&2; exit 1; }
echo "bare: run.sh --once ended well in a Debian with git and the .NET SDK"
