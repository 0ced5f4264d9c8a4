#!/usr/bin/env bash
# Runs the faults that take minutes: packets lost and delayed, a dead link, a silent broker. Needs no root: it makes itself a network of
# its own, in which a device of the test's process plays the bad line.
set -euo pipefail
cd "$(dirname "$0")/.."
PATH="$PATH:/usr/sbin:/sbin"
for program in unshare ip mosquitto; do
  command -v "$program" >/dev/null || {
    echo "tests/faults.sh: $program is missing; allowed: Debian's util-linux, iproute2 and mosquitto installed" >&2
    exit 2
  }
done
if ! unshare --map-root-user --net true 2>/dev/null; then
  echo "tests/faults.sh: this system gives no network namespace; allowed: one where 'unshare --map-root-user --net' works" >&2
  exit 2
fi
dotnet build tests/EndToEnd/EndToEnd.csproj -c Release -nologo -v quiet -nodereuse:false
exec unshare --map-root-user --net bash -c 'ip link set lo up && exec "$@"' faults \
  dotnet tests/EndToEnd/bin/Release/net10.0/Gateway.Tests.EndToEnd.dll -noLogo -noColor -explicit only -showLiveOutput "$@"
