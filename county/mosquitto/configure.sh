#!/usr/bin/env bash
# Prints mosquitto.conf, made from the templates beside it: one listener, either in clear or by TLS.
set -euo pipefail
usage() {
  cat >&2 <<'TEXT'
usage: configure.sh clear DIR USER ADDRESS PORT
       configure.sh tls DIR USER ADDRESS PORT CERTIFICATES             each client shows a certificate
       configure.sh tls-passwords DIR USER ADDRESS PORT CERTIFICATES   each client has a password

DIR: folder of `county broker export`. USER: account that the broker runs as, mosquitto as a rule.
ADDRESS: an address of this machine. PORT: 1883 as a rule, with TLS 8883.
CERTIFICATES: folder with ca.pem, crl.pem, server.pem and server.key of certificates.sh, and without ca.key.
TEXT
  exit 2
}
wrong() { echo "configure.sh: $*" >&2; exit 1; }

[ $# -ge 1 ] || usage
kind=$1
case "$kind" in
  clear) [ $# -eq 5 ] || usage ;;
  tls | tls-passwords) [ $# -eq 6 ] || usage ;;
  *) usage ;;
esac
dir=$2 user=$3 address=$4 port=$5 certificates=${6:-}
for text in "$@"; do
  # A new line would be a setting of its own.
  [[ $text != *[[:cntrl:]]* && -n $text ]] || wrong "an argument is empty or has a control character; allowed: printed ones"
done
[[ $user =~ ^[A-Za-z_][A-Za-z0-9_.-]*$ ]] || wrong "USER '$user'; allowed: an account of this machine"
[[ $address =~ ^[0-9A-Fa-f.:]+$ ]] || wrong "ADDRESS '$address'; allowed: an IP address of this machine, 0.0.0.0 or :: for all"
{ [[ $port =~ ^[1-9][0-9]{0,4}$ ]] && [ "$port" -le 65535 ]; } || wrong "PORT '$port'; allowed: 1..65535"
[[ $dir == /* ]] || wrong "DIR '$dir'; allowed: a path from the root on"
if [ "$kind" = clear ]; then
  [[ $address =~ ^(127\.|::1$) ]] || echo "configure.sh: $address: without TLS passwords and alarms can be read on their way; tls helps" >&2
else
  [[ $certificates == /* ]] || wrong "CERTIFICATES '$certificates'; allowed: a path from the root on"
  files="ca.pem crl.pem server.pem server.key"
  for file in $files; do
    [ -e "$certificates/$file" ] || wrong "$certificates/$file is missing; allowed: $files of certificates.sh"
  done

  # Whoever takes the broker over would be able to make anybody's certificate.
  [ ! -e "$certificates/ca.key" ] || wrong "$certificates/ca.key is there; allowed: a folder without it, on no machine that is reachable"
fi

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
clients=false
[ "$kind" != tls ] || clients=true
fill() {
  local line
  while IFS= read -r line; do
    line=${line//@DIR@/"$dir"}
    line=${line//@USER@/"$user"}
    line=${line//@ADDRESS@/"$address"}
    line=${line//@PORT@/"$port"}
    line=${line//@CERTIFICATES@/"$certificates"}
    printf '%s\n' "${line//@CLIENTS@/$clients}"
  done <"$here/$1"
}
fill mosquitto.conf.template
[ "$kind" = clear ] || fill mosquitto.tls.conf.template
