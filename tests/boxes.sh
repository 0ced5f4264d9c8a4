#!/usr/bin/env bash
# Ten boxes of other makers and a city centre against a county that is killed twenty times: every event once. Minutes. SEED=N repeats a run.
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build tests/CountyGb26875/CountyGb26875.Tests.csproj -c Release -nologo -v quiet -nodereuse:false
exec dotnet tests/CountyGb26875/bin/Release/net10.0/Gateway.Tests.CountyGb26875.dll -noLogo -noColor -explicit only -showLiveOutput "$@"
