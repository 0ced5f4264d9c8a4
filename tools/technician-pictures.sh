#!/usr/bin/env bash
# Owns: docs/technician, pictures of the technician's command, from runs against a virtual board and a county on loopback.
# Must never: draw what the program did not say, or outlive its programs.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

root=$PWD
work=$(mktemp -d)
programs=()
finish() {
  for id in "${programs[@]}"; do
    kill "$id" 2>/dev/null || true
  done
  rm -rf "$work"
}
trap finish EXIT
for project in tools/TerminalPicture/TerminalPicture.csproj firmware/Technician/Technician.csproj firmware/Pc/Pc.csproj \
  county/Server/Server.csproj; do
  dotnet build "$project" -c Release -v quiet -nologo
done
out=$root/docs/technician
mkdir -p "$out"
cd "$work"

gateway() { dotnet "$root/firmware/Technician/bin/Release/net10.0/gateway.dll" "$@" --lang zh; }
county() { dotnet "$root/county/Server/bin/Release/net10.0/county.dll" "$@" --db county.db; }

# The line that was typed, and what came.
picture() {
  local name=$1 typed=$2
  shift 2
  { echo "\$ $typed"; "$@" 2>&1 || true; } | sed "s:$work/::g" >"$name.txt"
  dotnet "$root/tools/TerminalPicture/bin/Release/net10.0/terminal-picture.dll" <"$name.txt" >"$out/$name.svg"
  echo "docs/technician/$name.svg"
}

until_said() {
  for _ in $(seq 300); do
    if grep -qa "$2" "$1"; then return; fi
    sleep 0.1
  done
  echo "technician-pictures.sh: '$2' is not in $1; allowed: within 30 s" >&2
  exit 1
}

county run --listen 127.0.0.1:0 >county.log 2>&1 &
programs+=($!)
until_said county.log "own broker at"
port=$(sed -n 's/.*own broker at 127\.0\.0\.1:\([0-9]*\).*/\1/p' county.log)
gateway new --out st330702 --id 330702 --county 330726 --township 330726101 --village 330726101003 --name 金塘村微型消防站 \
  --host 127.0.0.1 --port "$port" >/dev/null
county station import st330702/county-import.csv >/dev/null
picture check "gateway check st330702/station.conf" gateway check st330702/station.conf
sed 's/kind=callpoint/kind=callpiont/; s/input=d5/input=d55/' st330702/station.conf >wrong.conf
picture check-wrong "gateway check wrong.conf" gateway check wrong.conf
picture explain "gateway explain st330702/station.conf" gateway explain st330702/station.conf

box() {
  dotnet "$root/firmware/Pc/bin/Release/net10.0/gateway-pc.dll" --key st330702/station.key --state flash --plain --console ttyACM0 \
    --box-open "$@" >box.log 2>&1 &
  programs+=($!)
}

box
until_said box.log .
gateway load st330702 --port ttyACM0 >/dev/null
until_said box.log settings-loaded
gateway console "pin new 1357" --port ttyACM0 >/dev/null
kill "${programs[-1]}"
wait "${programs[-1]}" || true
cat >hands <<'HANDS'
expect event test-began within 60min
wait 1s
press 1
expect event test-activation zone 1 within 60s
release 1
wait 1s
press 2
expect event test-activation zone 2 within 60s
release 2
wait 1s
press 3
expect event test-activation zone 3 within 60s
release 3
wait 1h
HANDS
echo 1357 >pin
box --script hands
until_said box.log "在线"
picture doctor "gateway doctor" gateway doctor --port ttyACM0
picture walktest "gateway walktest" gateway walktest --minutes 30 --pin-file pin --port ttyACM0
gateway label st330702 --phone 0579-88888119 >/dev/null
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=800,1130 --screenshot=label.png \
  "file://$work/st330702/label.html" >/dev/null 2>&1
pngquant --force --output "$out/label.png" 64 label.png
echo docs/technician/label.png
