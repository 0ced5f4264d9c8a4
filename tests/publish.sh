#!/usr/bin/env bash
# Owns: the proof that publish.sh makes what works: packages with all that belongs into them, and a county and a gateway as single files
# that play a press into the county's table on a machine without .NET, a county that ends in order, and units that systemd takes.
# Must never: leave a process or a folder behind, or listen beyond loopback. Asks for unzip when it is missing; takes minutes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
command -v unzip >/dev/null || {
  sudo=()
  [ "$(id -u)" -eq 0 ] || sudo=(sudo)
  "${sudo[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends unzip >/dev/null
}
work=$(mktemp -d)
county=0
finish() {
  [ "$county" -eq 0 ] || kill -KILL "$county" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
fail() {
  echo "tests/publish.sh: $1" >&2
  [ ! -e "$work/county.log" ] || cat "$work/county.log" >&2
  echo "0 passed, 1 failed"
  exit 1
}

out=$work/out
./publish.sh "$out" >"$work/publish.log" 2>&1 || { cat "$work/publish.log" >&2; fail "publish.sh failed"; }
version=$(sed -n 's/^version //p' "$work/publish.log")

# The packages: both targets, the texts, the vectors, the licence.
holds() {
  local list package=$out/packages/$1.$version.nupkg name
  shift
  [ -e "$package" ] || fail "$package is missing"
  list=$(unzip -Z1 "$package")
  for name in README.md LICENSE "$@"; do
    grep -qxF "$name" <<<"$list" || fail "$package has no $name"
  done
  grep -qF '<license type="expression">MIT</license>' <<<"$(unzip -p "$package" '*.nuspec')" || fail "$package names no licence"
  unzip -p "$package" LICENSE | cmp -s - LICENSE || fail "$package has another LICENSE"
}
vectors() {
  local file
  for file in "$1"/vectors/*.json; do
    echo "vectors/$(basename "$file")"
  done
}
mapfile -t contract < <(vectors shared/Contract)
mapfile -t frames < <(vectors shared/Gb26875)
holds Gateway.Contract CONTRACT.md lib/net10.0/Gateway.Contract.dll lib/netstandard2.0/Gateway.Contract.dll "${contract[@]}"
holds Gateway.Gb26875 GB26875.md lib/net10.0/Gateway.Gb26875.dll lib/netstandard2.0/Gateway.Gb26875.dll "${frames[@]}"
holds Gateway.County lib/net10.0/Gateway.County.dll

# The folders of the systems: three programs, the licences, nothing else; the version is one.
for system in linux-x64: win-x64:.exe; do
  folder=$out/${system%%:*} end=${system#*:}
  found=$(cd "$folder" && ls | LC_ALL=C sort | tr '\n' ' ')
  wanted=$(printf '%s\n' LICENSE NOTICE "county$end" "gateway$end" "gateway-pc$end" | LC_ALL=C sort | tr '\n' ' ')
  [ "$found" = "$wanted" ] || fail "$folder has $found"
done
for program in county.exe gateway.exe gateway-pc.exe; do
  [ "$(head -c 2 "$out/win-x64/$program")" = MZ ] || fail "$program is no program of Windows"
done

# A machine without .NET: no dotnet in reach, a home of its own, a folder with a space and Chinese.
place="$work/村 box"
mkdir -p "$place/home"
cp "$out"/linux-x64/* "$place/"
cp firmware/Pc/demo/settings.txt "$place/zones.txt"
cp firmware/Pc/demo/once.txt "$place/"
mkdir -p "$place/path"
clean=(env -i HOME="$place/home" LANG=C.UTF-8 PATH="$place/path")
cd "$place"
for program in county gateway gateway-pc; do
  said=$("${clean[@]}" ./$program --version)
  case "$said" in "$version" | "$version"+*) ;; *) fail "$program says version '$said'; allowed: $version" ;; esac
done
"${clean[@]}" ./county run --listen 127.0.0.1:0 --db county.db >"$work/county.log" 2>&1 &
county=$!
port=
for _ in $(seq 1 1200); do
  port=$(sed -n '/127\.0\.0\.1:/{s/.*127\.0\.0\.1:\([0-9]*\).*/\1/p;q}' "$work/county.log")
  [ -z "$port" ] || break
  kill -0 "$county" 2>/dev/null || fail "county run ended"
  sleep 0.1
done
[ -n "$port" ] || fail "county run does not say where it listens"
"${clean[@]}" ./county station add --id 7 --county 330726 --township 330726101 --village 330726101003 --name 村 \
  --uplink-port "$port" --out st7.settings --db county.db >/dev/null
cat st7.settings >settings.txt
grep -vE '^(station|uplink) ' zones.txt >>settings.txt
"${clean[@]}" ./gateway-pc --settings settings.txt --key st7.settings.secrets --state state --plain --script once.txt \
  >"$work/gateway.log" 2>&1 </dev/null ||
  { cat "$work/gateway.log" >&2; fail "the gateway's script did not hold"; }
"${clean[@]}" ./county events --db county.db --station 7 --lane fire --json >"$work/events.json"
grep -q 'fire-alarm' "$work/events.json" || { cat "$work/events.json" >&2; fail "the county's table has no fire of station 7"; }

# Stopped as a service manager does: in order, within 5 s.
begin=$(date +%s%N)
kill -TERM "$county"
code=0
wait "$county" || code=$?
took=$((($(date +%s%N) - begin) / 1000000))
county=0
[ "$code" = 0 ] || fail "county run ended with $code on SIGTERM"
[ "$took" -lt 5000 ] || fail "county run took $took ms to end on SIGTERM; allowed: 5000"
cd - >/dev/null

# The units, where systemd's own judge is at hand: right words, and shut off well.
if command -v systemd-analyze >/dev/null; then
  units=$work/units
  mkdir -p "$units"
  for unit in county/service/county.service county/mosquitto/county-export.service county/mosquitto/county-reload.service \
    county/mosquitto/county-reload.path; do
    sed "s#/opt/county/county#$out/linux-x64/county#" "$unit" >"$units/$(basename "$unit")"
  done
  said=$(systemd-analyze verify --man=no "$units"/* 2>&1) || fail "systemd-analyze verify: $said"
  [ -z "$said" ] || fail "systemd-analyze verify: $said"
  for unit in county.service county-export.service; do
    systemd-analyze security --offline=yes --threshold=20 --no-pager "$units/$unit" >"$work/security" 2>&1 ||
      { tail -3 "$work/security" >&2; fail "systemd-analyze security: $unit is more exposed than 2.0"; }
    echo "$unit: $(tail -1 "$work/security" | sed 's/^[^A-Za-z]*//')"
  done
fi
echo "publish: version $version; a press came to the county's table; county ended $took ms after SIGTERM"
echo "1 passed, 0 failed"
