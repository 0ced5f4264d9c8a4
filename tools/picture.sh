#!/usr/bin/env bash
# Owns: docs/screens and docs/terminal.svg, pictures of the screen in each state, from runs of the gateway in simulated time.
# Must never: draw a screen that the program did not show.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

states=$(mktemp -d)
trap 'rm -rf "$states"' EXIT
dotnet build tools/TerminalPicture/TerminalPicture.csproj -c Release -v quiet -nologo
dotnet build tests/Pc/Pc.Tests.csproj -c Release -v quiet -nologo
rm -f docs/screens/*.svg
GATEWAY_PICTURES=$states dotnet tests/Pc/bin/Release/net10.0/Gateway.Tests.Pc.dll -noLogo -noColor -class '*ScreenStateTests'
mkdir -p docs/screens
for state in "$states"/*.ansi; do
  picture=docs/screens/$(basename "$state" .ansi).svg
  dotnet tools/TerminalPicture/bin/Release/net10.0/terminal-picture.dll <"$state" >"$picture"
  echo "$picture"
done
cp docs/screens/second-fire-80x24.svg docs/terminal.svg
