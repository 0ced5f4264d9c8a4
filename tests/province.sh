#!/usr/bin/env bash
# A province on one machine, from deploy's files as they are: three engines with a worker each, PostgreSQL, haproxy with TLS, and thousands
# of played stations. Each engine is in a network of its own, so that it can be parted from the others. What fails is killed for real;
# in the end every event has to be in the database once and in order. Debian's packages are installed where they are missing; root is
# needed.
# A quarter of an hour with 200 stations, some 20 minutes with 2,000. The verdict is the last line.
set -euo pipefail
cd "$(dirname "$0")/.."
usage() {
    echo "tests/province.sh: $1" >&2
    echo "usage: tests/province.sh [--stations 80..20000] [--counties 3..40] [--step-seconds 10..600] [--keep]" >&2
    exit 2
}
whole() { [[ $2 =~ ^[1-9][0-9]{0,5}$ && $2 -ge $3 && $2 -le $4 ]] || usage "$1: '$2'; allowed: $3..$4"; }
stations=2000
counties=10
steps=40
keep=
while [ $# -gt 0 ]; do
    case $1 in
        --stations) whole "$1" "${2-}" 80 20000; stations=$2; shift 2 ;;
        --counties) whole "$1" "${2-}" 3 40; counties=$2; shift 2 ;;
        --step-seconds) whole "$1" "${2-}" 10 600; steps=$2; shift 2 ;;
        --keep) keep=yes; shift ;;
        *) usage "'$1'; allowed: --stations, --counties, --step-seconds, --keep" ;;
    esac
done
[ "$(id -u)" = 0 ] || usage "not root; allowed: root, for networks of its own and for missing packages"
missing=()
for program in rabbitmq-server:rabbitmq-server haproxy:haproxy psql:postgresql ip:iproute2 openssl:openssl jq:jq; do
    command -v "${program%%:*}" >/dev/null || missing+=("${program#*:}")
done
if [ "${#missing[@]}" -gt 0 ]; then
    # Installed, not started: what runs here is private.
    echo "installing ${missing[*]}"
    RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}" >/dev/null
fi
for project in county/Server tools/Load; do
    dotnet build $project -c Release -nologo -v quiet -nodereuse:false >/dev/null
done
folder=$(mktemp -d /tmp/province-XXXXXX)
chmod 711 "$folder"
# Copies: who builds while this runs changes nothing in it.
cp -r county/Server/bin/Release/net10.0 "$folder/county-program"
cp -r tools/Load/bin/Release/net10.0 "$folder/load-program"
model=$(sed -n '/^model name/ { s/.*: //p; q }' /proc/cpuinfo)
memory=$(awk '/MemTotal/ { printf "%.0f GB", $2 / 1e6 }' /proc/meminfo)
echo "machine: $(nproc) processors, $model, $memory, load $(cut -d' ' -f1-3 /proc/loadavg)"
status=0
# A world of its own: processes, mounts and networks end with it.
cp tests/province/inside.sh "$folder/inside.sh"
unshare --net --mount --pid --fork --mount-proc --kill-child \
    bash "$folder/inside.sh" "$PWD" "$folder" "$stations" "$counties" "$steps" || status=$?
if [ -n "$keep" ] || [ "$status" -ne 0 ]; then
    echo "kept: $folder"
else
    rm -rf "$folder"
fi
exit "$status"
