#!/usr/bin/env bash
# Owns: one whole demonstration: private broker, county, and the gateway on its virtual board.
# Must never: listen beyond loopback, end a process that it did not start, or leave one behind.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

DEMO=firmware/Pc/demo/settings.txt
GATEWAY=firmware/Pc/bin/Release/net10.0/gateway-pc
COUNTY=county/Server/bin/Release/net10.0/county
PLAYER=tools/StoryPlayer/bin/Release/net10.0/story-player
COUNTY_USER=county
ADDRESS=127.0.0.1
START_WAIT_S=15
END_WAIT_S=5
# Debian keeps daemons where only root's path leads.
PATH="$PATH:/usr/sbin:/sbin"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1

work=""
broker_pid=""
county_pid=""
gateway_pid=""

usage() {
  cat <<'TEXT'
./run.sh                 虚拟主板，用按键操作 the virtual board in this terminal, with a broker and a county behind it
./run.sh --once          按一次按钮 one press without a terminal: prints the timeline, exits 0 only when the county holds it
./run.sh --script FILE [SPEED]
                         播放故事 plays a story (see firmware/Pc/stories) and prints what the county's database then holds; exits 0
                         only when everything held. SPEED: seconds of the story in a second, 60 to watch it; else as fast as it goes
./run.sh --help          这页说明 this page

It installs mosquitto where it is missing (with sudo unless you are root), builds, and keeps what it needs in ./run.
TEXT
}

fail() {
  printf 'run.sh: %s\n' "$*" >&2
  exit 2
}

# Ends one of our processes: asks, waits, then insists.
end_process() {
  local pid=$1 i
  [ -n "$pid" ] || return 0
  kill -TERM "$pid" 2>/dev/null || return 0
  for ((i = 0; i < END_WAIT_S * 10; i++)); do
    kill -0 "$pid" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL "$pid" 2>/dev/null || true
}

clean_up() {
  local code=$?
  trap - EXIT INT TERM HUP
  end_process "$gateway_pid"
  end_process "$county_pid"
  end_process "$broker_pid"
  if [ -n "$work" ]; then
    # Keys and passwords go in every case; what explains a failure stays.
    rm -rf "$work/broker/passwords" "$work/county.password" "$work/station.settings.secrets"
    if [ "$code" = 0 ] || [ "$code" -gt 128 ]; then
      rm -rf "$work"
    else
      printf '日志 logs: %s\n' "$PWD/$work" >&2
    fi
  fi
  exit "$code"
}

have_packages() {
  command -v mosquitto >/dev/null && command -v mosquitto_passwd >/dev/null
}

install_packages() {
  have_packages && return 0
  local packages=(mosquitto) as_root=()
  command -v apt-get >/dev/null ||
    fail "mosquitto and mosquitto_passwd are missing and there is no apt-get; install them first"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || fail "missing: ${packages[*]}. As root: apt-get install ${packages[*]}"
    as_root=(sudo)
  fi
  echo "缺少软件包，现在安装 installing what is missing: ${as_root[*]:+sudo }apt-get install ${packages[*]}"
  echo "(the system's own mosquitto service, should Debian start it, is not used)"
  local install=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}")
  if ! apt-cache show "${packages[@]}" >/dev/null 2>&1 || ! "${install[@]}" >/dev/null; then
    "${as_root[@]}" apt-get update -qq
    "${install[@]}" >/dev/null
  fi
  have_packages || fail "mosquitto is still missing after its installation"
}

build() {
  command -v dotnet >/dev/null ||
    fail "the .NET SDK is missing; allowed: version $(sed -n 's/.*"version": "\([^"]*\)".*/\1/p' global.json) or later"
  mkdir -p run
  echo "编译 building…"
  local project log=$work/build.log
  (
    # Two demonstrations at a time must not write the same files.
    flock 9
    for project in firmware/Pc/Pc.csproj county/Server/Server.csproj tools/StoryPlayer/StoryPlayer.csproj; do
      dotnet build "$project" -c Release -v quiet -nologo -nodereuse:false >>"$log" 2>&1 || {
        cat "$log" >&2
        exit 1
      }
    done
  ) 9>run/build.lock || fail "the build failed"
}

# The value of a key in the demonstration's station line.
demo_value() {
  sed -n "s/^station .*\b$1=\([^ ]*\).*/\1/p" "$DEMO"
}

random_hex() {
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

listens() {
  (exec 3<>"/dev/tcp/$ADDRESS/$1") 2>/dev/null
}

# Below the kernel's range for outgoing connections, so that no client takes the port.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    listens "$port" || { echo "$port"; return; }
  done
}

# Fills in the templates of county/mosquitto; the passwords are hashed before the broker sees them.
configure_broker() {
  local port=$1 dir=$PWD/$work/broker
  sed -e "s|@PORT@|$port|; s|@ADDRESS@|$ADDRESS|; s|@DIR@|$dir|; s|@USER@|$(id -un)|" \
    county/mosquitto/mosquitto.conf.template >"$dir/mosquitto.conf"
  sed -e "s|@COUNTY@|$COUNTY_USER|" county/mosquitto/acl.template >"$dir/acl"
  sed -e "s|@STATION@|$station|; s|@PLACE@|$(demo_value county)/$(demo_value township)/$(demo_value village)|" \
    county/mosquitto/acl.station.template >>"$dir/acl"
}

# $1: a function that is true when the process is ready; $2: its pid; $3: its log.
wait_ready() {
  local i
  for ((i = 0; i < START_WAIT_S * 10; i++)); do
    kill -0 "$2" 2>/dev/null || return 1
    "$1" && return 0
    sleep 0.1
  done
  return 1
}

broker_ready() { listens "$port"; }
county_ready() { grep -q '已连接' "$work/county.log"; }

start_broker() {
  local left
  for ((left = 5; left > 0; left--)); do
    port=$(free_port)
    configure_broker "$port"
    # setsid: Ctrl-C in this terminal is for the gateway and for us, who then end the others in order.
    setsid mosquitto -c "$work/broker/mosquitto.conf" >"$work/broker.log" 2>&1 &
    broker_pid=$!
    wait_ready broker_ready "$broker_pid" && return 0
    end_process "$broker_pid"
  done
  cat "$work/broker.log" >&2
  fail "mosquitto does not start"
}

register_station() {
  "$COUNTY" station add --db "$work/county.db" --id "$station" --county "$(demo_value county)" --township "$(demo_value township)" \
    --village "$(demo_value village)" --name "$(demo_value name)" --uplink-host "$ADDRESS" --uplink-port "$port" \
    --out "$work/station.settings" >"$work/register.log"
  # The county gives the station and uplink lines, the demonstration the rest.
  { cat "$work/station.settings"; grep -vE '^(station|uplink) ' "$DEMO"; } >"$work/settings.txt"
  {
    echo "$COUNTY_USER:$(cat "$work/county.password")"
    echo "st$station:$(sed -n 's/^password //p' "$work/station.settings.secrets")"
  } >"$work/broker/passwords.new"
  mosquitto_passwd -U "$work/broker/passwords.new"
  mv "$work/broker/passwords.new" "$work/broker/passwords"
  kill -HUP "$broker_pid"
}

start_county() {
  : >"$work/county.log"
  setsid "$COUNTY" run --db "$work/county.db" --broker "$ADDRESS:$port" --user "$COUNTY_USER" --password-file "$work/county.password" \
    >"$work/county.log" 2>&1 &
  county_pid=$!
  wait_ready county_ready "$county_pid" || {
    cat "$work/county.log" >&2
    fail "the county does not start"
  }
}

# Beside us and waited for, so that a signal to us is acted upon at once and not after the gateway's end. The keyboard is the gateway's.
gateway() {
  "$GATEWAY" --settings "$work/settings.txt" --key "$work/station.settings.secrets" --state "$work/state" "$@" <&0 &
  gateway_pid=$!
  wait "$gateway_pid"
  gateway_pid=""
}

# Prints the event of the county's database that has this identity and is a fire alarm of zone 1; false when there is none.
county_event() {
  "$COUNTY" events --db "$work/county.db" --station "$station" --lane fire --json | awk -v epoch="$1" -v sequence="$2" '
    /^ *\{/ { object = ""; right = 0 }
    { object = object $0 "\n" }
    $0 ~ "\"epoch\": " epoch "," || $0 ~ "\"sequence\": " sequence "," || /"kind": "fire-alarm",/ || /"zone": 1,/ { right++ }
    /^ *\}/ { if (right == 4) { sub(/,\n$/, "\n", object); printf "%s", object; found = 1 } }
    END { exit !found }'
}

once() {
  mkfifo "$work/lines"
  tee "$work/gateway.log" <"$work/lines" &
  local tee_pid=$! identity
  gateway --plain --script firmware/Pc/demo/once.txt >"$work/lines"
  wait "$tee_pid"
  identity=$(sed -n 's|.*事件 火警 fire-alarm zone 1 .*: 已存 in flash \([0-9/a-z]*\)$|\1|p' "$work/gateway.log")
  grep -q '事件 火警 fire-alarm zone 1 .*: 上级已收 county holds$' "$work/gateway.log" ||
    fail "the gateway was not told that the county holds the alarm"
  echo "县数据库里的这条记录 the event as the county's database has it:"
  county_event "$(cut -d/ -f2 <<<"$identity")" "$(cut -d/ -f4 <<<"$identity")" || fail "the county's database does not have event $identity"
  echo "通过 passed: $identity 已存、已发、上级已收 in flash, sent, held by the county"
}

# The player has the county in its own process, so that gateway and county can share a story's clock.
play() {
  local plain=() code=0
  [ -t 1 ] || plain=(--plain)
  "$PLAYER" --script "$script" --settings "$DEMO" --broker "$ADDRESS:$port" --user "$COUNTY_USER" \
    --password-file "$work/county.password" --db "$work/county.db" --station "$work/station.settings" \
    --key "$work/station.settings.secrets" --state "$work/story" --speed "$speed" "${plain[@]}" <&0 &
  gateway_pid=$!
  wait "$gateway_pid" || code=$?
  gateway_pid=""
  [ "$code" != 2 ] || exit 2
  echo "县数据库 the county's database:"
  "$COUNTY" events --db "$work/county.db" --station "$station"
  [ "$code" = 0 ] || fail "the story did not end as its file says; what is marked ✗ did not hold"
  echo "通过 passed: 县数据库与故事所说一致 everything that $script says did hold"
}

live() {
  cat <<TEXT
按键 keys: 1-9 选防区 choose a zone · p 按下 press · c 剪断 cut · s 短接 short · r 复原 release
           m 消音 silence · z 复位 reset · a 应答 answer · g 到场 on the scene · j 到齐 joined · t 自检 self-test · q 退出 quit
另开终端，县里查岗、演练、动火 from another terminal the county asks (county/README.md has all commands):
           $PWD/$COUNTY command --db $PWD/$work/county.db --station $station duty-check --minutes 5
上级收到的 what the county receives: tail -f $PWD/$work/county.log
TEXT
  sleep 2
  gateway
}

mode=${1:-live}
script=""
speed=0
case "$mode" in
  live)
    if [ ! -t 0 ] || [ ! -t 1 ]; then
      fail "no terminal; allowed without one: --once, --script FILE, --help"
    fi
    ;;
  --once) [ $# = 1 ] || fail "'$2' after --once; allowed: nothing more" ;;
  --script)
    [ $# = 2 ] || [ $# = 3 ] || fail "--script: allowed: FILE, or FILE SPEED"
    [ -r "$2" ] || fail "--script: '$2' can't be read; allowed: a story such as firmware/Pc/stories/press.txt"
    [[ "${3:-0}" =~ ^[0-9]{1,5}$ ]] || fail "--script: SPEED '$3'; allowed: 1..99999 seconds of the story in a second, 60 to watch it"
    script=$2
    speed=${3:-0}
    ;;
  -h | --help)
    usage
    exit 0
    ;;
  *) fail "'$mode'; allowed: --once, --script FILE, --help, or nothing" ;;
esac

trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP
mkdir -p run
umask 077
work=$(mktemp -d run/demo.XXXXXX)
mkdir "$work/broker"
install_packages
build
station=$(demo_value id)
random_hex >"$work/county.password"
: >"$work/broker/passwords"
start_broker
register_station
case "$mode" in
  --once)
    start_county
    once
    ;;
  --script) play ;;
  live)
    start_county
    live
    ;;
esac
