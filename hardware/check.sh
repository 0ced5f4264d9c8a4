#!/usr/bin/env bash
# Owns: that the carrier's drawing is without error, and that what stands in carrier/exports was made from it.
# Must never: be needed by test.sh, which checks the same by the sums that this script writes.
set -euo pipefail
cd "$(dirname "$0")/carrier"

# KiCad 9, on Debian 12 from its backports: 1.3 GB without what it recommends.
if ! grep -qs '^9\.' <<<"$(kicad-cli version 2>/dev/null || true)"; then
  sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo=(sudo)
    echo "check.sh: installing KiCad with sudo"
  fi
  if grep -qs '^VERSION_CODENAME=bookworm' /etc/os-release && ! grep -q bookworm-backports <<<"$(apt-cache policy)"; then
    echo 'deb http://deb.debian.org/debian bookworm-backports main' | "${sudo[@]}" tee /etc/apt/sources.list.d/backports.list >/dev/null
  fi
  "${sudo[@]}" apt-get update -qq
  release=()
  if grep -qs '^VERSION_CODENAME=bookworm' /etc/os-release; then
    release=(-t bookworm-backports)
  fi
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${release[@]}" kicad >/dev/null
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Electrical rules: warnings count too.
if ! kicad-cli sch erc --severity-all --exit-code-violations --output "$work/erc" carrier.kicad_sch >"$work/log" 2>&1; then
  cat "$work/log" "$work/erc" >&2
  exit 1
fi

rm -rf exports
mkdir exports
kicad-cli sch export svg --output exports carrier.kicad_sch >/dev/null
kicad-cli sch export netlist --format kicadxml --output exports/carrier.net.xml carrier.kicad_sch >/dev/null
kicad-cli sch export bom --output exports/carrier.bom.csv --fields 'Reference,${QUANTITY},Value,Part,Rating' \
  --labels 'Reference,Quantity,Value,Part,Rating' --group-by 'Value,Part,Rating' --ref-range-delimiter '' carrier.kicad_sch >/dev/null

# Paths, days and versions would make each run differ.
sed -i -E -e 's:<(source|uri)>.*/([^/<]+</(source|uri)>):<\1>\2:' -e '/<(date|tool)>/d' exports/carrier.net.xml
# A drawing in hundredths of a millimetre, strokes that follow each other in one path, is a quarter as large.
sed -i -E -e 's: date [0-9/]+ [0-9:]+::' -e 's:[ \t]+$::' \
  -e '/<\/text>|<desc>/!s:([0-9]\.[0-9]{2})[0-9]+:\1:g' exports/*.svg
sed -i -z -E -e 's:\n(L|"):\1:g' -e 's:" />\n<path d="M:M:g' -e 's:([0-9.]+ [0-9.]+)M\1L:\1L:g' exports/*.svg

sha256sum ./*.kicad_sch ./*.kicad_sym exports/*.svg exports/*.xml exports/*.csv | sed 's: \./: :' >"$work/sums"
mv "$work/sums" exports/sums.sha256
chmod 644 exports/*
echo "the drawing is without error; $(wc -l <exports/sums.sha256) files are summed"
