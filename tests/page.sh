#!/usr/bin/env bash
# Plays the whole duty page in Debian's Chromium, with a real county and gateway, and prints how soon what happens is seen: minutes.
# page.sh load: how soon while a county of 500 stations talks, and what that leaves behind.
set -euo pipefail
cd "$(dirname "$0")/.."
command -v chromium >/dev/null || {
  echo "tests/page.sh: chromium is missing; allowed: Debian's chromium and fonts-noto-cjk installed, as test.sh does" >&2
  exit 2
}
dotnet build tests/Page/Page.csproj -c Release -nologo -v quiet -nodereuse:false
which=(-class- "*LoadTests" -class- "*PictureTests")
[ "${1:-}" != load ] || which=(-class "*LoadTests")
exec dotnet tests/Page/bin/Release/net10.0/Gateway.Tests.Page.dll -noLogo -noColor -explicit only -showLiveOutput "${which[@]}"
