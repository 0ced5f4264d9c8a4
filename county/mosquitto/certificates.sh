#!/usr/bin/env bash
# Makes an authority of one's own, and with it certificates for the broker, stations and readers. Overwrites nothing.
set -euo pipefail
usage() {
  cat >&2 <<'TEXT'
usage: certificates.sh DIR ca
       certificates.sh DIR server NAME...     host names and IP addresses of the broker
       certificates.sh DIR station NUMBER     user st NUMBER
       certificates.sh DIR reader NAME        for example a township's

DIR gets NAME.pem and NAME.key (mode 0600). Keep ca.key away from the broker.
TEXT
  exit 2
}
[ $# -ge 2 ] || usage
dir=$1 what=$2
shift 2

# Ten years for what is put into boxes on walls and for the authority that they trust; two for the broker, which is at hand.
authority_days=7300 box_days=3650 server_days=730
umask 077
mkdir -p "$dir"

# refuse FILE...: ends when one of them is there.
refuse() {
  local file
  for file in "$@"; do
    [ ! -e "$file" ] || { echo "certificates.sh: $file is there already; allowed: a name without files" >&2; exit 1; }
  done
}

# leaf FILE SUBJECT DAYS USAGE [ALTERNATIVE-NAMES]
leaf() {
  local file=$dir/$1 subject=$2 days=$3 usage=$4 names=${5:-} extensions
  [ -e "$dir/ca.key" ] || { echo "certificates.sh: $dir/ca.key is missing; allowed: after 'certificates.sh $dir ca'" >&2; exit 1; }
  refuse "$file.pem" "$file.key"
  extensions=$(printf 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=%s\n' "$usage")
  [ -z "$names" ] || extensions+=$(printf '\nsubjectAltName=%s\n' "$names")
  openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$file.key"
  openssl req -new -key "$file.key" -subj "/CN=$subject" |
    openssl x509 -req -CA "$dir/ca.pem" -CAkey "$dir/ca.key" -set_serial "0x$(openssl rand -hex 16)" -days "$days" -sha256 \
      -extfile <(printf '%s\n' "$extensions") -out "$file.pem" 2>/dev/null
  chmod 644 "$file.pem"
  echo "$file.pem $file.key: $subject, $days days"
}

case "$what" in
  ca)
    [ $# -eq 0 ] || usage
    refuse "$dir/ca.pem" "$dir/ca.key"
    openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$dir/ca.key"
    openssl req -x509 -new -key "$dir/ca.key" -subj "/CN=Fire gateway authority" -days "$authority_days" -sha256 -out "$dir/ca.pem" \
      -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign'
    chmod 644 "$dir/ca.pem"
    echo "$dir/ca.pem $dir/ca.key: the authority, $authority_days days"
    ;;
  server)
    [ $# -ge 1 ] || usage
    names=
    for name in "$@"; do
      case "$name" in
        *[!0-9.]*) names+=,DNS:$name ;;
        *) names+=,IP:$name ;;
      esac
    done
    leaf server "$1" "$server_days" serverAuth "${names#,}"
    ;;
  station)
    { [ $# -eq 1 ] && [[ $1 =~ ^[1-9][0-9]{0,9}$ ]]; } || usage
    leaf "st$1" "st$1" "$box_days" clientAuth
    ;;
  reader)
    { [ $# -eq 1 ] && [[ $1 =~ ^[A-Za-z][A-Za-z0-9_-]{0,31}$ ]] && [[ ! $1 =~ ^st[0-9] ]]; } || usage
    leaf "$1" "$1" "$box_days" clientAuth
    ;;
  *) usage ;;
esac
