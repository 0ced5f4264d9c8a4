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
# Two demonstrations at a time must not write the same files. The lock is not for the build's children: a compiler that stays would keep it.
if ! said=$( (flock 9 && dotnet build tools/Demo/Demo.csproj -c Release -v quiet -nologo -nodereuse:false 2>&1 9>&-) 9>run/build.lock); then
  echo "$said" >&2
  echo "run.sh: the build failed" >&2
  exit 2
fi
exec dotnet tools/Demo/bin/Release/net10.0/demo.dll "$@"
