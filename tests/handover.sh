#!/usr/bin/env bash
# Two hundred cases, forty of them fires, while the platform is away for ten minutes and `county run` is killed twenty times: all arrive,
# each step once in the platform's table and in its order, fires first. A quarter of an hour, most of it waiting.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/County/County.Tests.csproj -c Release -nologo -v quiet -nodereuse:false
exec dotnet tests/County/bin/Release/net10.0/Gateway.Tests.County.dll -noLogo -noColor -explicit only -class '*HandOverKillTests' \
    -showLiveOutput "$@"
