#!/usr/bin/env bash
# Runs many worlds, every power cut of the matrix, fuzzes every decoder, and many bad networks against both databases:
# campaign.sh [SEEDS [FIRST [INPUTS]]], or campaign.sh cuts.
# The defaults take well under an hour on two cores. A hostile station at real brokers is left to hostile.sh, which takes half an hour.
set -euo pipefail
cd "$(dirname "$0")/.."
seeds=${1:-100000}
first=${2:-1}
inputs=${3:-10000000}
dotnet build tests/Simulation/Engine/Simulation.csproj -c Release -nologo -v quiet -nodereuse:false
# Worlds are short-lived garbage: a young generation of 64 MiB halves the collector's work, and counting for later optimising never pays.
export DOTNET_GCgen0size=4000000 DOTNET_TieredPGO=0
program=tests/Simulation/Engine/bin/Release/net10.0/Gateway.Simulation.dll
if [ "$seeds" = cuts ]; then
  exec dotnet "$program" cuts
fi

frames=tests/Gb26875/Gb26875.Tests.csproj
dotnet build "$frames" -c Release -nologo -v quiet -nodereuse:false

start=$SECONDS
failed=0
dotnet "$program" campaign "$first" "$seeds" || failed=1
dotnet "$program" campaign "$first" "$((seeds / 20 + 1))" busy || failed=1
dotnet "$program" campaign "$first" "$((seeds / 40 + 1))" attack || failed=1
dotnet "$program" campaign "$first" "$((seeds / 500 + 1))" silence || failed=1
dotnet "$program" cuts || failed=1
dotnet "$program" fuzz "$first" "$inputs" || failed=1
dotnet build tests/County/County.Tests.csproj -c Release -nologo -v quiet -nodereuse:false
dotnet tests/County/bin/Release/net10.0/Gateway.Tests.County.dll -noLogo -noColor -explicit only \
  -class- '*HostileBrokerTests' || failed=1
FRAME_FUZZ=$inputs FRAME_SEED=$first dotnet "${frames%/*}/bin/Release/net10.0/Gateway.Tests.Gb26875.dll" \
  -noLogo -noColor -class '*FuzzTests' || failed=1
echo "campaign: $((SECONDS - start)) s, $([ "$failed" -eq 0 ] && echo 'zero violations' || echo 'VIOLATIONS, see above')"
exit "$failed"
