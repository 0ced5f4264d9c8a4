#!/usr/bin/env bash
# Prints SQL that makes a role and a schema of its own for each county; its tables are made by the county's program.
set -euo pipefail
if [ $# -eq 0 ]; then
    echo "usage: deploy/schemas.sh CODE... | psql -d province" >&2
    exit 2
fi
# All are looked at before anything is printed: what reads this would take half of it.
for code in "$@"; do
    if [[ ! $code =~ ^[0-9]{6}$ ]]; then
        echo "deploy/schemas.sh: '$code'; allowed: a county's code of 6 digits, such as 330726" >&2
        exit 2
    fi
done
for code in "$@"; do
    cat <<SQL
CREATE ROLE county_$code LOGIN;
CREATE SCHEMA county_$code AUTHORIZATION county_$code;
ALTER ROLE county_$code IN DATABASE province SET search_path = county_$code;
SQL
done
