#!/usr/bin/env bash
# Prints one line a figure, "name: value unit (limit N)", and fails when a figure is past its limit.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then
    echo "usage: tests/bench.sh tick | ingest" >&2
    exit 2
fi
if [ "$1" = ingest ]; then
    for program in mosquitto_sub sqlite3 psql; do
        command -v "$program" >/dev/null || {
            echo "tests/bench.sh: $program is missing; allowed: Debian's mosquitto-clients, sqlite3 and postgresql installed" >&2
            exit 2
        }
    done
fi
export MSBUILDDISABLENODEREUSE=1
exec dotnet run --project tests/Benchmarks -c Release -v quiet -- "$@"
