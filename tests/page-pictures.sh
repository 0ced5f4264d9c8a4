#!/usr/bin/env bash
# Makes docs/pictures anew: every page of the duty page from a running county, as it is, in shades of grey, and as seen without green.
set -euo pipefail
cd "$(dirname "$0")/.."
for program in chromium pngquant; do
  command -v "$program" >/dev/null || {
    echo "tests/page-pictures.sh: $program is missing; allowed: Debian's chromium, fonts-noto-cjk and pngquant installed" >&2
    exit 2
  }
done
dotnet build tests/Page/Page.csproj -c Release -nologo -v quiet -nodereuse:false
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
PICTURES=$work dotnet tests/Page/bin/Release/net10.0/Gateway.Tests.Page.dll -noLogo -noColor -explicit only -class "*PictureTests"
for picture in "$work"/*.png; do
  pngquant --speed 1 --strip --force --output "docs/pictures/${picture##*/}" 48 "$picture"
done
