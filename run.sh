#!/usr/bin/env bash
# Owns: building the demonstration and starting it; tools/Demo does the rest.
# Must never: need root, install anything, or write outside this folder's build output and ./run.
set -euo pipefail
from=$PWD script=${BASH_SOURCE[0]} log=run/build.$$.log
# The build is a group of its own ($!), so that who ends this script ends the build with all its children.
ended() {
  if [ -n "${!:-}" ] && kill -TERM -- "-$!" 2>/dev/null; then
    for _ in {1..50}; do kill -0 -- "-$!" 2>/dev/null && sleep 0.1; done
    kill -KILL -- "-$!" 2>/dev/null || true # The group may have ended by itself meanwhile.
  fi
  rm -f "$log"
  exit "$1"
}
trap 'ended 129' HUP; trap 'ended 130' INT; trap 'ended 143' TERM
refuse() { echo "run.sh: $1" >&2; exit 2; }
build() {
  { mkdir -p run && [ -w run ]; } 2>/dev/null || refuse "'$PWD/run' can't be written; allowed: a folder of yours, or none"
  case "${1:-}" in -h | --help) ;; *) echo "编译 building…" ;; esac
  # What a script that was killed outright has left.
  for old in run/build.*.log; do [ -d "/proc/${old//[!0-9]/}" ] || rm -f "$old"; done
  # Two demonstrations at a time must not write the same files. The lock is not for children: a compiler that stays would keep it.
  exec 9>run/build.lock >"$log" 2>&1
  flock 9
  dotnet build tools/Demo/Demo.csproj -c Release -v quiet -nologo -nodereuse:false -p:UseSharedCompilation=false 9>&-
  rm -f "$log"
}
[ ! -L "$script" ] || script=$(readlink -f "$script")
case $script in */*) CDPATH='' cd -- "${script%/*}/" ;; esac
here=$PWD; export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1
command -v dotnet >/dev/null ||
  refuse "the .NET SDK is missing; allowed: version $(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' global.json) or later"
# This shell starts no program in front and looks time and again at a pipe that stays empty: while bash waits it may miss a signal.
exec {empty}<> <(:)
set -m; build "$@" </dev/null & set +m
while kill -0 "$!" 2>/dev/null; do read -rt 0.2 -u "$empty" || true; done
wait "$!" || { [ -e "$log" ] || exit 2; cat "$log" >&2; rm -f "$log"; refuse "the build failed"; }
trap - HUP INT TERM; exec {empty}<&-
cd "$from" 2>/dev/null || true # A story is looked for from where its name was typed.
exec dotnet "$here/tools/Demo/bin/Release/net10.0/demo.dll" "$@"
