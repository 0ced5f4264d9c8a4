#!/usr/bin/env bash
# Owns: docs/terminal.svg, made from a real run in a terminal of a fixed size.
# Must never: draw a screen that the program did not show.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

COLUMNS_WANTED=126
LINES_WANTED=32
command -v tmux >/dev/null || { echo "picture.sh: tmux is missing; apt-get install tmux" >&2; exit 2; }

socket=gateway-picture-$$
terminal() { tmux -L "$socket" "$@"; }
trap 'terminal kill-server 2>/dev/null || true' EXIT

dotnet build tools/TerminalPicture/TerminalPicture.csproj -c Release -v quiet -nologo
terminal -f /dev/null new-session -d -x "$COLUMNS_WANTED" -y "$LINES_WANTED" -s picture "TERM=xterm-256color ./run.sh"

# Waits until the screen has the text.
await() {
  local i
  for ((i = 0; i < 3000; i++)); do
    grep -q -- "$1" <<<"$(terminal capture-pane -p -t picture 2>/dev/null)" && return 0
    sleep 0.1
  done
  echo "picture.sh: the screen never showed '$1'" >&2
  exit 1
}

press() {
  terminal send-keys -t picture "$@"
  sleep 1.5
}

await '在线 online'
await '●●● .*county holds'
press 1 p
press 2 c
press 4 p
press m
press 3 p
await '火警 fire-alarm *3 .*●●●'
await '● 火警灯.*● 上行灯'
terminal capture-pane -e -p -t picture | dotnet tools/TerminalPicture/bin/Release/net10.0/terminal-picture.dll >docs/terminal.svg
press q
for ((i = 0; i < 100; i++)); do
  terminal has-session -t picture 2>/dev/null || break
  sleep 0.1
done
echo "docs/terminal.svg"
