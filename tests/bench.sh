#!/usr/bin/env bash
# Prints one line a figure, "name: value unit (limit N)", and fails when a figure is past its limit.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then
    echo "usage: tests/bench.sh tick | log | ingest [--rounds 1..100] | rows [--millions 1..100] | gb26875 | flood |" \
        "storm [--drain 1..100] | page" >&2
    exit 2
fi
if [ "$1" = page ]; then
    exec tests/page.sh load
fi
programs=()
case "$1" in
    ingest) programs=(mosquitto_sub sqlite3 psql) ;;
    storm) programs=(mosquitto_sub) ;;
esac
if [ "${#programs[@]}" -gt 0 ]; then
    for program in "${programs[@]}"; do
        command -v "$program" >/dev/null || {
            echo "tests/bench.sh: $program is missing; allowed: Debian's mosquitto-clients, sqlite3 and postgresql installed" >&2
            exit 2
        }
    done
fi
export MSBUILDDISABLENODEREUSE=1
exec dotnet run --project tests/Benchmarks -c Release -v quiet -- "$@"
