#!/usr/bin/env bash
# Sets up, builds, checks the device's side and runs every test. The last line counts them.
set -euo pipefail
cd "$(dirname "$0")"

# Debian keeps daemons where only root's path leads.
PATH="$PATH:/usr/sbin:/sbin"

# Programs that the tests drive, as Debian packages; asked for only when something is missing.
packages=()
command -v mosquitto >/dev/null || packages+=(mosquitto)
command -v mosquitto_passwd >/dev/null || packages+=(mosquitto)
command -v openssl >/dev/null || packages+=(openssl)
command -v ngspice >/dev/null || packages+=(ngspice)
command -v socat >/dev/null || packages+=(socat)
command -v chromium >/dev/null || packages+=(chromium)
command -v haproxy >/dev/null || packages+=(haproxy)
[ -x /usr/lib/rabbitmq/bin/rabbitmq-server ] || packages+=(rabbitmq-server)
compgen -G '/usr/share/fonts/opentype/noto/NotoSansCJK-*' >/dev/null || packages+=(fonts-noto-cjk)
compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null || packages+=(postgresql)
if [ "${#packages[@]}" -gt 0 ]; then
  sudo=()
  if [ "$(id -u)" -ne 0 ]; then
    sudo=(sudo)
    echo "test.sh: installing ${packages[*]} with sudo"
  fi
  "${sudo[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${sudo[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  # Debian starts servers of its own on installing; the tests use private ones.
  case " ${packages[*]} " in
    *" mosquitto "*) "${sudo[@]}" service mosquitto stop >/dev/null 2>&1 || echo "test.sh: no system broker to stop" ;;
  esac
  case " ${packages[*]} " in
    *" rabbitmq-server "*) "${sudo[@]}" service rabbitmq-server stop >/dev/null 2>&1 || echo "test.sh: no system engine to stop" ;;
  esac
  case " ${packages[*]} " in
    *" postgresql "*) "${sudo[@]}" service postgresql stop >/dev/null 2>&1 || echo "test.sh: no system database to stop" ;;
  esac
fi

logs=$(mktemp -d)
# Ids of the compilers that run, found without procps, which a small Debian does not have.
compilers() {
  local folder
  for folder in /proc/[0-9]*; do
    if grep -qs VBCSCompiler "$folder/cmdline"; then
      echo -n "${folder#/proc/} "
    fi
  done
}

compilers_before=$(compilers)
finish() {
  local id
  # Who asks a second time would leave the rest running.
  trap "" INT TERM
  # Each test program leads a group of processes: whoever stops this script stops also what the tests started. One that has just ended
  # is no error here, nor below.
  for id in $(jobs -rp); do
    kill -- "-$id" 2>/dev/null || true
  done
  # The compiler that this build left running is ended, not one that ran before.
  for id in $(compilers); do
    case " $compilers_before " in *" $id "*) ;; *) kill "$id" 2>/dev/null || true ;; esac
  done
  rm -rf "$logs"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# How a program ended stands in its report and its counts, so what a job returns to this shell is looked at nowhere but for the build.
set -m
configuration=Release

# Programs of seconds: counting what is worth optimising later never pays, what is called some dozens of times is compiled anew for
# nothing, and a collector beside the program takes the other processor from another test. Together these cost a fifth of all.
export DOTNET_TieredPGO=0 DOTNET_TC_CallCountThreshold=500 DOTNET_gcConcurrent=0

# Each project that is built leaves a file of its assembly's name, so that a program begins while others are still built.
built=$logs/built/
mkdir "$built"
echo "build"
dotnet build Gateway.sln -c "$configuration" -nologo -v quiet -nodereuse:false -p:BuiltMarks="$built" >"$logs/build" 2>&1 </dev/null &
build=$!

# Every project with xunit is a program that can be run as it is; the contract's are two, one for each target of the library.
programs() {
  local project name found
  while IFS= read -r project; do
    while IFS= read -r name; do
      found=$(dirname "$project")/bin/$configuration/net10.0/$name.dll
      [ -e "$found" ] || found=$(dirname "$project")/bin/$configuration/net10.0/netstandard2.0/$name.dll
      echo "$found"
    done < <(sed -n 's:.*<AssemblyName>\(.*\)</AssemblyName>.*:\1:p' "$project")
  done < <(grep -lE '<PackageReference Include="xunit.v3"' $(git ls-files 'tests/*.csproj') | sort)
}

# A number that stands in the head of the runner's report; nothing when there is no report.
counted() {
  local head=""
  # A report that is missing or cut ends the read; the caller sees that nothing was counted.
  read -r head < <(grep -o '<assembly [^>]*>' "$logs/$1.xml" 2>/dev/null) || true
  sed -n "s/.* $2=\"\([0-9]*\)\".*/\1/p" <<<"$head"
}

# Runs one program and keeps "passed failed" beside its log. Tests that only their own command runs count as neither: tests/faults.sh.
run() {
  local name start=$SECONDS code=0 passed failed errors note="" give=()
  name=$(basename "$1" .dll)
  # What only reckons gives way to what waits for servers and browsers, or the longest of these would end alone.
  [ "$name" != Gateway.Tests.Simulation ] || give=(nice -n 5)
  "${give[@]}" dotnet "$1" -noLogo -noColor -xml "$logs/$name.xml" >"$logs/$name.log" 2>&1 </dev/null || code=$?
  passed=$(counted "$name" passed) failed=$(counted "$name" failed) errors=$(counted "$name" errors)
  passed=${passed:-0} failed=$((${failed:-0} + ${errors:-0}))
  if [ "$failed" -eq 0 ] && { [ "$code" -ne 0 ] || [ "$passed" -eq 0 ]; }; then
    failed=1 note=", ended with code $code and no failed test in its report"
  fi
  echo "$passed $failed" >"$logs/$name.counts"
  echo "$name: $((passed + failed)) run, $failed failed, $((SECONDS - start)) s$note"
  # What a crashed program left running is ended with its group.
  trap "" TERM
  kill -- "-$BASHPID"
}

# So many jobs at a time: more than half of most programs' time is waiting, and with fewer a small machine stands still for a part of it.
room() {
  while [ "$(jobs -rp | wc -l)" -ge "$1" ]; do
    # Gives the code of the one that ended. Its failure is in its counts, and is no reason to leave the others unrun.
    wait -n || true
  done
}

# These take longest and use nothing but what their projects refer to, so they begin beside the build, as soon as they are there. Others
# look at all that is built, or pack it.
early=(EndToEnd Simulation/Tests County CountyGb26875 Page Link)
begun=" "
mkfifo "$logs/never"
exec {never}<>"$logs/never"
while kill -0 "$build" 2>/dev/null; do
  for folder in "${early[@]}"; do
    name=Gateway.Tests.${folder%%/*}
    case $begun in *" $name "*) continue ;; esac
    # The longest of all finds a place whoever else has begun.
    most=3
    [ "$folder" != County ] || most=5
    if [ -e "$built$name" ] && [ "$(jobs -rp | wc -l)" -lt "$most" ]; then
      begun+="$name "
      run "tests/$folder/bin/$configuration/net10.0/$name.dll" &
    fi
  done
  # A moment; the program sleep would take the terminal's signals from this shell. Nothing is ever written there, so that the read always
  # ends by its time with a code that is no error.
  read -r -t 0.2 -u "$never" || true
done
if ! wait "$build"; then
  cat "$logs/build"
  echo "0 passed, 1 failed"
  exit 1
fi

# The longest begin first, or the last of them would run alone at the end.
longest=(EndToEnd County Pc Simulation CountyGb26875 Page Link Tidy Contract Gb26875)
mapfile -t found < <(programs)
ordered=()
for name in "${longest[@]/#/Gateway.Tests.}"; do
  for program in "${found[@]}"; do
    [ "$(basename "$program" .dll)" != "$name" ] || ordered+=("$program")
  done
done
for program in "${found[@]}"; do
  case " ${longest[*]/#/Gateway.Tests.} " in *" $(basename "$program" .dll) "*) ;; *) ordered+=("$program") ;; esac
done

for program in "${ordered[@]}"; do
  case $begun in *" $(basename "$program" .dll) "*) continue ;; esac
  room 4
  run "$program" &
done
wait || true

passed=0
failed=0
for program in "${ordered[@]}"; do
  name=$(basename "$program" .dll)
  good=0 bad=1
  [ ! -e "$logs/$name.counts" ] || read -r good bad <"$logs/$name.counts"
  if [ "$bad" -gt 0 ]; then
    echo "== $name"
    [ ! -e "$logs/$name.log" ] || cat "$logs/$name.log"
  fi
  passed=$((passed + good)) failed=$((failed + bad))
done

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
