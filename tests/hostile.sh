#!/usr/bin/env bash
# A station with a good key does its worst for ten minutes at the county's own broker and at Mosquitto; the other's fires before, while and
# after it are held as ever. Half an hour.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/County/County.Tests.csproj -c Release -nologo -v quiet -nodereuse:false
exec dotnet tests/County/bin/Release/net10.0/Gateway.Tests.County.dll -noLogo -noColor -explicit only -class '*HostileBrokerTests' \
    -showLiveOutput "$@"
