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
  # The compiler that this build left running is ended, not one that ran before.
  for id in $(compilers); do
    case " $compilers_before " in *" $id "*) ;; *) kill "$id" 2>/dev/null || true ;; esac
  done
  rm -rf "$logs"
}
trap finish EXIT

configuration=Release
echo "build"
if ! dotnet build Gateway.sln -c "$configuration" -nologo -v quiet -nodereuse:false >"$logs/build" 2>&1; then
  cat "$logs/build"
  echo "0 passed, 1 failed"
  exit 1
fi

passed=0
failed=0
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

while IFS= read -r program; do
  name=$(basename "$program" .dll)
  start=$SECONDS
  code=0
  dotnet "$program" -noLogo -noColor >"$logs/run" 2>&1 || code=$?
  summary=$(grep 'Total: [0-9]' "$logs/run" | tail -1 || true)
  total=$(sed -n 's/.*Total: \([0-9]*\).*/\1/p' <<<"$summary")
  # Tests that only their own command runs are not counted: tests/faults.sh.
  waiting=$(sed -n 's/.*Not Run: \([0-9]*\).*/\1/p' <<<"$summary")
  bad=$(sed -n 's/.*Failed: \([0-9]*\).*/\1/p' <<<"$summary")
  errors=$(sed -n 's/.*Errors: \([0-9]*\).*/\1/p' <<<"$summary")
  total=$((${total:-0} - ${waiting:-0})) bad=$((${bad:-0} + ${errors:-0}))
  if { [ "$code" -ne 0 ] && [ "$bad" -eq 0 ]; } || [ "$total" -eq 0 ]; then
    bad=$((bad + 1))
  fi
  if [ "$bad" -gt 0 ]; then
    cat "$logs/run"
  fi
  passed=$((passed + (total > bad ? total - bad : 0)))
  failed=$((failed + bad))
  echo "$name: $total run, $bad failed, $((SECONDS - start)) s"
done < <(programs)

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
