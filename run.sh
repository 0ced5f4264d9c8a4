#!/usr/bin/env bash
# Owns: building the demonstration and starting it; tools/Demo does the rest.
# Must never: need root, install anything, or write outside this folder's build output and ./run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

command -v dotnet >/dev/null || {
  echo "run.sh: the .NET SDK is missing; allowed: version $(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' global.json) or later" >&2
  exit 2
}
mkdir -p run
case "${1:-}" in
  -h | --help) ;;
  *) echo "编译 building…" ;;
esac
# In a group of its own, so that who ends this script ends the build with all its children.
log=run/build.$$.log
ended() {
  kill -TERM -- "-$build" 2>/dev/null || true
  for _ in {1..50}; do kill -0 -- "-$build" 2>/dev/null && sleep 0.1; done
  kill -KILL -- "-$build" 2>/dev/null || true
  rm -f "$log"
  exit "$1"
}
# Two demonstrations at a time must not write the same files. The lock is not for the build's children: a compiler that stays would keep it.
set -m
(flock 9 && dotnet build tools/Demo/Demo.csproj -c Release -v quiet -nologo -nodereuse:false -p:UseSharedCompilation=false 9>&-) \
  9>run/build.lock >"$log" 2>&1 </dev/null &
build=$!
set +m
trap 'ended 129' HUP; trap 'ended 130' INT; trap 'ended 143' TERM
if ! wait "$build"; then
  cat "$log" >&2
  rm -f "$log"
  echo "run.sh: the build failed" >&2
  exit 2
fi
rm -f "$log"; trap - HUP INT TERM
exec dotnet tools/Demo/bin/Release/net10.0/demo.dll "$@"
