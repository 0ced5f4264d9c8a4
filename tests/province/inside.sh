#!/usr/bin/env bash
# Owns: the private province: its machines, its failures and its figures. Started by tests/province.sh alone, in namespaces of its own.
# Must never: write to what the machine has outside of them, or call a run good that lost, doubled or turned round an event.
set -euo pipefail
repo=$1 folder=$2 stations=$3 counties=$4 step_s=$5
cd "$repo"
export DOTNET_TieredPGO=0 DOTNET_gcServer=0 LC_ALL=C.UTF-8
county=(dotnet "$folder/county-program/county.dll")
load=(dotnet "$folder/load-program/load.dll")
programs=/usr/lib/rabbitmq/bin
postgres=$(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V | tail -1)
began=$SECONDS
failed=0
declare -A at
phases=()

say() { printf '%4d s  %s\n' $((SECONDS - began)) "$*"; }
fail() {
    say "FAILED: $*"
    failed=1
}
give_up() {
    say "FAILED: $*"
    tail -5 "$folder"/*.out 2>/dev/null | cut -c1-300
    exit 1
}
# Waits until a command succeeds.
until_true() {
    local within=$1 what=$2 end=$((SECONDS + $1))
    shift 2
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $end ] || give_up "$what: not within $within s"
        sleep 1
    done
}
on() {
    local machine=$1
    shift
    ip netns exec "engine$machine" "$@"
}

# --- machines: the name service of this world is a file, and each engine's wires end in one bridge
ip link set lo up
ip link add cable type bridge
ip link set cable up
ip addr add 10.77.0.1/24 dev cable
mkdir -p /run/netns
mount -t tmpfs none /run/netns
{
    echo "127.0.0.1 localhost"
    echo "10.77.0.1 database broker"
    for i in 1 2 3; do echo "10.77.0.1$i engine$i"; done
} >"$folder/hosts"
mount --bind "$folder/hosts" /etc/hosts
for i in 1 2 3; do
    ip netns add "engine$i"
    ip link add "wire$i" type veth peer name eth0 netns "engine$i"
    ip link set "wire$i" master cable up
    ip -n "engine$i" addr add "10.77.0.1$i/24" dev eth0
    ip -n "engine$i" link set eth0 up
    ip -n "engine$i" link set lo up
done
mkdir -p /etc/rabbitmq /etc/haproxy /etc/county "$folder"/{rabbitmq,haproxy,county,tables,home}
mount --bind "$folder/rabbitmq" /etc/rabbitmq
mount --bind "$folder/haproxy" /etc/haproxy
mount --bind "$folder/county" /etc/county

# --- 1 database
codes=()
"${load[@]}" stations --counties "$counties" --stations "$stations" --out "$folder/tables" >"$folder/codes"
while read -r code _; do codes+=("$code"); done <"$folder/codes"
install -d -o postgres "$folder/database"
sql() { PGPASSWORD=owner psql -q -h 10.77.0.1 -U postgres -d province -v ON_ERROR_STOP=1 "$@"; }
echo owner >"$folder/owner"
chmod 644 "$folder/owner"
as_postgres() { (cd / && runuser -u postgres -- "$@"); }
as_postgres "$postgres/initdb" --no-sync -D "$folder/database/data" -U postgres --encoding=UTF8 --locale=C --auth=scram-sha-256 \
    --pwfile="$folder/owner" >"$folder/initdb.out" 2>&1
echo "host all all 10.77.0.0/24 scram-sha-256" >>"$folder/database/data/pg_hba.conf"
as_postgres "$postgres/pg_ctl" start -w -D "$folder/database/data" -l "$folder/database/log" \
    -o "-h 10.77.0.1 -k $folder/database -c max_connections=$((20 * counties + 40))" >"$folder/pg_ctl.out" 2>&1
PGPASSWORD=owner psql -q -h 10.77.0.1 -U postgres -c "CREATE DATABASE province"
deploy/schemas.sh "${codes[@]}" | sql
export HOME=$folder/home
for code in "${codes[@]}"; do
    sql -c "ALTER ROLE county_$code PASSWORD 'of-$code'"
    echo "database:5432:province:county_$code:of-$code" >>"$HOME/.pgpass"
done
chmod 600 "$HOME/.pgpass"
say "database: $counties schemas"

# --- 2 counties, 3 queues
for code in "${codes[@]}"; do
    "${county[@]}" station import "$folder/tables/$code.csv" --divisions "$folder/tables/$code-divisions.csv" \
        --db "postgres://county_$code@database/province" >"$folder/import.out" 2>&1 || give_up "station import of $code"
done
"${county[@]}" broker definitions $(printf -- '--county %s ' "${codes[@]}") --out "$folder/rabbitmq/definitions.json" >/dev/null
say "counties: $stations stations imported"

# --- 4 engines
cp deploy/rabbitmq.conf deploy/enabled_plugins "$folder/rabbitmq/"
chmod 755 "$folder/rabbitmq"
start_engine() {
    local i=$1 own="$folder/engine$1"
    mkdir -p "$own"
    echo COOKIEOFAPROVINCE >"$own/.erlang.cookie"
    chmod 400 "$own/.erlang.cookie"
    # Two machines' worth of schedulers at most, which sleep when there is nothing to do: three engines share this machine.
    HOME=$own RABBITMQ_NODENAME=rabbit@engine$i RABBITMQ_MNESIA_BASE=$own/data RABBITMQ_LOG_BASE=$own/log RABBITMQ_PID_FILE=$own/pid \
        RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none" \
        on "$i" setsid "$programs/rabbitmq-server" >>"$folder/engine$i.out" 2>&1 &
}
control() {
    local i=$1
    shift
    HOME=$folder/engine$i RABBITMQ_NODENAME=rabbit@engine$i on "$i" "$programs/rabbitmqctl" -q "$@"
}
beam() { ip netns pids "engine$1" | while read -r id; do
    [ "$(cat "/proc/$id/comm" 2>/dev/null)" = beam.smp ] && echo "$id"
done; }
await_engine() {
    local end=$((SECONDS + 240))
    until answers "$1" 1883 2>/dev/null; do
        if [ $SECONDS -ge $end ]; then
            # What it finds is kept for a reader; that it finds nothing changes no verdict.
            HOME=$folder/engine$1 RABBITMQ_NODENAME=rabbit@engine$1 on "$1" "$programs/rabbitmq-diagnostics" maybe_stuck \
                >"$folder/stuck.out" 2>&1 || true
            give_up "engine $1: not within 240 s; $folder/stuck.out"
        fi
        sleep 1
    done
}
answers() { on "$1" bash -c "exec 3<>/dev/tcp/10.77.0.1$1/$2"; }
for i in 1 2 3; do
    start_engine $i
    await_engine "$i"
done
members() { control "$1" cluster_status --formatter json | jq -e '.running_nodes | length == 3'; }
until_true 120 "three members" members 1
for i in 1 2 3; do
    HOME=$folder/engine1 RABBITMQ_NODENAME=rabbit@engine1 on 1 "$programs/rabbitmq-queues" -q grow "rabbit@engine$i" all \
        >>"$folder/grow.out" 2>&1 || give_up "rabbitmq-queues grow rabbit@engine$i all"
done
alike() { control 1 list_queues name members --formatter json |
    jq -e '[.[] | select(.name | startswith("county-")) | .members | length == 3] | all'; }
until_true 60 "each queue on three nodes" alike
echo of-worker >"$folder/county/broker-password"
chmod 600 "$folder/county/broker-password"
control 1 add_user worker of-worker
control 1 set_permissions worker '' 'amq\.topic' 'county-.*'
say "engines: three, $(control 1 list_queues name | grep -c ^county-) queues"

# --- 5 workers; the loop is the service manager's, with its RestartSec
listed=$(printf '%s\n' "${codes[@]}" | jq -R . | jq -s .)
jq --argjson codes "$listed" '.county = $codes | .passwordFile = "/etc/county/broker-password"' deploy/worker.json \
    >"$folder/county/worker.json"
jq --argjson codes "$listed" '.county = $codes' deploy/auth.json >"$folder/county/auth.json"
# keep MACHINE NAME PAUSE WORD...: a program of the county's, started again whenever it ends, until it is held back.
keep() {
    local i=$1 name=$2 pause=$3
    shift 3
    on "$i" bash -c "while :; do [ -e $folder/hold-$name$i ] || ${county[*]} $*; sleep $pause; done" >>"$folder/$name$i.out" 2>&1 &
}
# down MACHINE NAME WORD...: kills it, and it stays so; up MACHINE NAME ends that.
down() {
    local i=$1 name=$2 killed=
    shift 2
    touch "$folder/hold-$name$i"
    for id in $(ip netns pids "engine$i"); do
        [[ $(tr '\0' ' ' 2>/dev/null <"/proc/$id/cmdline") == "dotnet "*"county.dll $* "* ]] && kill -9 "$id" && killed=yes
    done
    # A failure that does not happen proves nothing.
    [ -n "$killed" ] || give_up "the $name of machine $i: none was there to be killed"
}
up() { rm -f "$folder/hold-$2$1"; }
kill_engine() {
    kill -9 $(beam "$1") || give_up "engine $1: none was there to be killed"
}
taken() { [ "$(sql -At -c "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted")" -ge "$counties" ]; }
for i in 1 2 3; do
    keep $i auth 1 broker auth --config /etc/county/auth.json
    keep $i worker 2 run --config /etc/county/worker.json
done
until_true 120 "all counties taken" taken
say "workers: three, $counties counties taken"

# --- 6 haproxy, last
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=broker -addext subjectAltName=DNS:broker -keyout "$folder/key.pem" \
    -out "$folder/ca.pem" 2>/dev/null
cat "$folder/ca.pem" "$folder/key.pem" >"$folder/haproxy/broker.pem"
# Stations a second that this machine's processors can have the three engines subscribe; the file's figure is for three machines.
rate=$((12 * $(nproc)))
sed -E "s/(rate-limit sessions) .*/\1 $rate/; s/(backlog) .*/\1 $((20 * rate))/" deploy/haproxy.cfg >"$folder/haproxy/haproxy.cfg"
# A machine that lets root have fewer files than the file asks for gets fewer connections.
files=$(ulimit -Hn)
fewer=()
[ "$files" = unlimited ] || [ "$files" -gt 121000 ] || fewer=(-n $(((files - 500) / 2)))
setsid haproxy -f "$folder/haproxy/haproxy.cfg" "${fewer[@]}" >"$folder/haproxy.out" 2>&1 &
until_true 30 "haproxy" bash -c "exec 3<>/dev/tcp/10.77.0.1/8883"
say "haproxy: it listens, for $rate stations a second"

# --- the load
memory() {
    local sum=0 kb
    for i in 1 2 3; do
        for id in $(beam $i); do
            kb=$(awk '/VmRSS/ { print $2 }' "/proc/$id/status")
            sum=$((sum + kb))
        done
    done
    echo "$sum"
}
# Hundredths of a second that everything but the load has worked. A process that ends while it is read is no error.
worked() {
    { cat $(ls -d /proc/[0-9]*/stat 2>/dev/null | grep -v "^/proc/$loading/") 2>/dev/null || true; } |
        awk '{ sub(/.*\) /, ""); split($0, f, " "); n += f[12] + f[13] } END { printf "%d\n", n }'
}
step=$((stations / 8))
steps="$step,$((step * 2)),$((step * 4)),$stations"
idle=$(memory)
"${load[@]}" run --broker broker:8883 --ca "$folder/ca.pem" --counties "$counties" --stations "$stations" --steps "$steps" \
    --step-seconds "$step_s" --seconds 7200 --spread 10 --routine 60 --fires 120 --storm 40 --storm-share 10 --drain 180 --out "$folder" \
    >"$folder/load.out" 2>&1 &
loading=$!
printf 'stations memory_kb up_per_s down_per_s median_ms p99_ms cpu_ms_per_up\n' >"$folder/slope"
for n in ${steps//,/ }; do
    until_true 120 "step $n" grep -q "^step $n: begins" "$folder/load.out"
    sleep $((step_s / 2))
    before=$(worked)
    until_true $((step_s + 60)) "step $n" grep -q "^step $n: [0-9]" "$folder/load.out"
    after=$(worked)
    line=$(grep "^step $n: [0-9]" "$folder/load.out")
    say "$line"
    figures='s/^step [0-9]+: ([0-9]+) up.s, ([0-9]+) down.s, .*median ([0-9]+) ms, p99 ([0-9]+) ms.*/\1 \2 \3 \4/'
    read -r up down median p99 < <(sed -E "$figures" <<<"$line")
    cost=$(awk -v t=$((after - before)) -v s=$((step_s / 2)) -v u="$up" 'BEGIN { printf "%.2f", t * 10 / s / (u ? u : 1) }')
    echo "$n $(($(memory) - idle)) $up $down $median $p99 $cost" >>"$folder/slope"
done

# --- failures; a phase is a stretch of time in which fires are made, and each is judged by itself
phase() {
    phases+=("$1")
    at[$1]=$(date +%s%3N)
    say "$2"
}
leader() {
    control "$1" list_queues name leader 2>/dev/null | awk '/^county-/ { n[$2]++ } END { for (x in n) print n[x], x }' | sort -rn |
        sed -E '1!d; s/.*engine([0-9]).*/\1/'
}
# Who was on an engine that is gone has to come to another, and not to wait for it. Two thousand handshakes on a small machine take a while.
all_but_few() {
    local there end=$((SECONDS + 60))
    while there=$(grep -E "^[0-9:]+ online" "$folder/load.out" | tail -1 | sed -E 's/.* online ([0-9]+) of .*/\1/') &&
        [ "$there" -lt $((stations * 95 / 100)) ] && [ $SECONDS -lt $end ]; do
        sleep 1
    done
    say "while $1: $there of $stations stations online"
    [ "$there" -ge $((stations * 95 / 100)) ] || fail "while $1: only $there of $stations stations are online; allowed: 95 of 100"
}
online() { [[ $(tail -2 "$folder/load.out") == *"online $stations of $stations"* ]]; }
# The next failure begins when all are back from the one before.
all_back() {
    local since=$SECONDS
    until online || [ $((SECONDS - since)) -ge 180 ]; do sleep 1; done
    if online; then
        say "all stations are online, after $((SECONDS - since)) s more"
    else
        fail "all stations online again: not within 180 s"
    fi
}
all_back
phase calm "nothing fails"
sleep 30
phase worker "the worker of machine 1 is killed, and comes back after 30 s"
down 1 worker run
sleep 15
# Two thirds of the fires are of other workers' counties: their median says nothing of whether anybody took over.
taken || fail "15 s after a worker was killed not all of its counties are at others"
sleep 15
up 1 worker
sleep 15
all_back
l=$(leader 1)
phase leader "engine $l, which leads most queues, is killed, and comes back after 30 s"
kill_engine "$l"
sleep 30
all_but_few "engine $l is dead"
start_engine "$l"
await_engine "$l"
sleep 15
all_back
phase both "machine 2 dies with all that is on it, and comes back after 30 s"
down 2 worker run
down 2 auth broker auth
kill_engine 2
sleep 30
all_but_few "machine 2 is dead"
up 2 auth
start_engine 2
up 2 worker
await_engine "2"
sleep 15
all_back
phase stopped "engine 3 is stopped in order for 2 minutes"
control 3 stop >"$folder/stop.out" 2>&1 || give_up "engine 3 could not be stopped in order: $(tail -1 "$folder/stop.out")"
gone() { [ -z "$(beam "$1")" ]; }
until_true 60 "engine 3 stopped" gone 3
sleep 100
all_but_few "engine 3 is stopped"
sleep 20
start_engine 3
await_engine "3"
sleep 15
phase parted "machine 1 is parted from the network for 90 s"
ip link set wire1 down
sleep 90
all_but_few "machine 1 is parted"
ip link set wire1 up
await_engine "1"
until_true 240 "three members" members 2
sleep 15
all_back
phase all "all three engines are killed at once and started again; there is no quorum, and then all stations come back"
for i in 1 2 3; do kill_engine $i; done
sleep 5
for i in 1 2 3; do start_engine $i; done
for i in 1 2 3; do await_engine "$i"; done
until_true 120 "all counties taken" taken
say "three engines stand again"
all_back
phase after "nothing fails any more"
sleep 30
kill -TERM "$loading"
code=0
wait "$loading" || code=$?
tail -4 "$folder/load.out"
[ $code -eq 0 ] || fail "the load: code $code"

# --- the verdict
exec 3>"$folder/judge.sql"
cat >&3 <<SQL
CREATE TEMP TABLE ledger (station bigint, county text, epoch bigint, lane int, last bigint, held bigint);
\copy ledger FROM '$folder/ledger.csv' CSV HEADER
CREATE TEMP TABLE all_events (station bigint, epoch bigint, lane int, sequence bigint, received_ms bigint);
CREATE TEMP TABLE all_else (what text, n bigint);
SQL
for code in "${codes[@]}"; do
    echo "INSERT INTO all_events SELECT station, epoch, lane, sequence, received_ms FROM county_$code.events;" >&3
    for table in conflicts gaps; do echo "INSERT INTO all_else SELECT '$table', count(*) FROM county_$code.$table;" >&3; done
done
cat >&3 <<'SQL'
SELECT 'events', count(*) FROM all_events;
SELECT 'made', sum(last) FROM ledger;
WITH found AS (
    SELECT station, epoch, lane, count(*) n, count(DISTINCT sequence) d, max(sequence) hi FROM all_events GROUP BY 1, 2, 3)
SELECT 'lanes that differ', count(*) FROM ledger FULL JOIN found USING (station, epoch, lane)
WHERE coalesce(last, -1) <> coalesce(n, 0) OR coalesce(d, 0) <> coalesce(n, 0) OR coalesce(hi, 0) <> coalesce(n, 0);
SELECT 'out of order', count(*) FROM (
    SELECT received_ms < lag(received_ms) OVER (PARTITION BY station, epoch, lane ORDER BY sequence) AS turned FROM all_events) o
WHERE turned;
SELECT what, sum(n) FROM all_else GROUP BY what;
SQL
exec 3>&-
sql -At -F ' ' -f "$folder/judge.sql" | tee "$folder/judged"
while read -r what; do
    grep -q "^$what 0$" "$folder/judged" || fail "$what: not 0"
done <<'E2'
lanes that differ
out of order
conflicts
gaps
E2
phases+=(end)
at[end]=$(date +%s%3N)
printf '%-9s %6s %10s %8s %8s\n' phase fires median_ms p99_ms late
for ((i = 0; i + 1 < ${#phases[@]}; i++)); do
    name=${phases[$i]}
    awk -F, -v a="${at[$name]}" -v b="${at[${phases[$((i + 1))]}]}" 'NR > 1 && $1 >= a && $1 < b { print $3 }' "$folder/fires.csv" |
        sort -n | awk -v name="$name" '{ t[NR] = $1; late += $1 > 10000 } END {
            printf "%-9s %6d %10d %8d %8d\n", name, NR, t[int((NR + 1) / 2)], t[int((NR * 99 + 99) / 100)], late }' | tee "$folder/phase"
    read -r _ fires median _ <"$folder/phase"
    [ "$name" = all ] || [ "$fires" -gt 0 ] || fail "$name: no fire was held; allowed: at least 1"
    [ "$name" = all ] || [ "$median" -le 2000 ] || fail "$name: fires held after $median ms in the median; allowed: 2000"
done
column -t "$folder/slope" 2>/dev/null || cat "$folder/slope"
# A line through the steps, by least squares; a machine like this one is meant, and the figures are said to be reckoned.
awk 'NR > 1 { n++; x += $1; y += $2; xx += $1 * $1; xy += $1 * $2; cpu = $7; rate = $3 / $1; worst = $5 > worst ? $5 : worst }
    END {
        k = (n * xy - x * y) / (n * xx - x * x)
        printf "memory a connection: %.0f kB (slope), all engines together\n", k
        for (m = 45000; m <= 100000; m += 55000)
            printf "reckoned for %d stations: %.1f GB on the engines, %.0f messages/s up at this load, %.1f processors like this one\n",
                m, k * m / 1e6, rate * m, rate * m * cpu / 1000
    }' "$folder/slope"
grep -E "^[0-9:]+ online" "$folder/load.out" | sed -E 's/.*, ([0-9]+) up.s.*/\1/' | sort -n | tail -1 |
    sed 's/^/most messages in ten seconds, up: /; s/$/ a second/'
say "$([ $failed -eq 0 ] && echo "PASSED: every event once and in order" || echo "FAILED: see above")"
exit $failed
