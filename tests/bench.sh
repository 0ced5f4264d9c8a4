#!/usr/bin/env bash
# Prints one line a figure, "name: value unit (limit N)", and fails when a figure is past its limit.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ $# -eq 0 ]; then
    echo "usage: tests/bench.sh tick" >&2
    exit 2
fi
export MSBUILDDISABLENODEREUSE=1
exec dotnet run --project tests/Benchmarks -c Release -v quiet -- "$@"
