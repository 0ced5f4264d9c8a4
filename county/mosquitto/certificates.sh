#!/usr/bin/env bash
# Makes an authority of one's own, with it certificates for the broker, the county, stations and readers, and the list of revoked ones.
# Overwrites nothing but that list.
set -euo pipefail
usage() {
  cat >&2 <<'TEXT'
usage: certificates.sh DIR ca
       certificates.sh DIR server NAME...     host names and IP addresses of the broker
       certificates.sh DIR county             user county, for `county run`
       certificates.sh DIR station NUMBER     user st NUMBER
       certificates.sh DIR reader NAME        for example a township's
       certificates.sh DIR revoke NAME        a user's name, or the broker's first name: none of its certificates is good any more
       certificates.sh DIR crl                writes the list of revoked certificates anew

DIR gets NAME.pem and NAME.key (mode 0600), and crl.pem. Keep ca.key away from the broker.
TEXT
  exit 2
}
[ $# -ge 2 ] || usage
dir=$1 what=$2
shift 2

# Ten years for what is put into boxes on walls and for the authority that they trust; two for the broker and the county, which are at hand.
# The list of revoked certificates lasts as long as the authority: one that ends earlier would shut everybody out on that day.
authority_days=7300 box_days=3650 hand_days=730
umask 077
mkdir -p "$dir"
cd "$dir"

say() { echo "certificates.sh: $*" >&2; }

# refuse FILE...: ends when one of them is there.
refuse() {
  local file
  for file in "$@"; do
    [ ! -e "$file" ] || { say "$dir/$file is there already; allowed: a name without files"; exit 1; }
  done
}

# authority ARGUMENT...: openssl's own small authority. It keeps what it signed in index.txt and issued, so that what was handed out and
# deleted here can still be revoked.
authority() {
  [ -e ca.key ] || { say "$dir/ca.key is missing; allowed: after 'certificates.sh $dir ca'"; exit 1; }
  [ -e index.txt ] || : >index.txt
  mkdir -p issued
  openssl ca -batch -notext -config <(
    cat <<TEXT
[ca]
default_ca=own
[own]
database=index.txt
new_certs_dir=issued
certificate=ca.pem
private_key=ca.key
default_md=sha256
rand_serial=yes
unique_subject=no
policy=name
[name]
commonName=supplied
TEXT
  ) "$@" 2>openssl.log || { cat openssl.log >&2; exit 1; }
  rm -f openssl.log
}

# crl: the list, whole at every moment, since a broker may read it.
crl() {
  authority -gencrl -crldays "$authority_days" -out crl.pem.new
  chmod 644 crl.pem.new
  mv crl.pem.new crl.pem
}

# leaf FILE SUBJECT DAYS USAGE [ALTERNATIVE-NAMES]
leaf() {
  local file=$1 subject=$2 days=$3 usage=$4 names=${5:-} extensions
  refuse "$file.pem" "$file.key"
  extensions=$(printf 'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=%s\n' "$usage")
  [ -z "$names" ] || extensions+=$(printf '\nsubjectAltName=%s\n' "$names")
  openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$file.key.new"
  openssl req -new -key "$file.key.new" -subj "/CN=$subject" -out "$file.req"
  authority -in "$file.req" -days "$days" -extfile <(printf '%s\n' "$extensions") -out "$file.pem"
  rm "$file.req"
  mv "$file.key.new" "$file.key"
  chmod 644 "$file.pem"
  [ -e crl.pem ] || crl
  echo "$dir/$file.pem $dir/$file.key: $subject, $days days"
}

case "$what" in
  ca)
    [ $# -eq 0 ] || usage
    refuse ca.pem ca.key
    openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out ca.key
    openssl req -x509 -new -key ca.key -subj "/CN=Fire gateway authority" -days "$authority_days" -sha256 -out ca.pem \
      -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign'
    chmod 644 ca.pem
    crl
    echo "$dir/ca.pem $dir/ca.key: the authority, $authority_days days"
    ;;
  server)
    [ $# -ge 1 ] || usage
    names=
    for name in "$@"; do
      case "$name" in
        '' | *[!0-9A-Za-z.:-]*) usage ;;
        *:*) names+=,IP:$name ;;
        *[!0-9.]*) names+=,DNS:$name ;;
        *) names+=,IP:$name ;;
      esac
    done
    leaf server "$1" "$hand_days" serverAuth "${names#,}"
    ;;
  county)
    [ $# -eq 0 ] || usage
    leaf county county "$hand_days" clientAuth
    ;;
  station)
    { [ $# -eq 1 ] && [[ $1 =~ ^[1-9][0-9]{0,9}$ ]]; } || usage
    leaf "st$1" "st$1" "$box_days" clientAuth
    ;;
  reader)
    # Neither the county's name nor a station's, nor one of the files that are here for another purpose.
    { [ $# -eq 1 ] && [[ $1 =~ ^[A-Za-z][A-Za-z0-9_-]{0,31}$ && ! $1 =~ ^(st[0-9].*|county|server|ca|crl)$ ]]; } || usage
    leaf "$1" "$1" "$box_days" clientAuth
    ;;
  revoke)
    { [ $# -eq 1 ] && [[ $1 =~ ^[0-9A-Za-z.:_-]+$ ]]; } || usage
    serials=$([ ! -e index.txt ] || awk -F '\t' -v subject="/CN=$1" '$1 == "V" && $6 == subject { print $4 }' index.txt)
    [ -n "$serials" ] || [ -e "$1.pem" ] || { say "$1 has no certificate that is good; allowed: a name of $dir/index.txt"; exit 1; }
    for serial in $serials; do
      authority -revoke "issued/$serial.pem"
    done

    # One that was made before this list was kept.
    [ -n "$serials" ] || authority -revoke "$1.pem"
    crl
    file=$1
    if [ -e server.pem ] && [ "$(openssl x509 -in server.pem -noout -subject -nameopt RFC2253)" = "subject=CN=$1" ]; then
      file=server
    fi
    rm -f "$file.pem" "$file.key"
    echo "$dir/crl.pem: $1 is revoked; give the file to the broker and restart it, which ends the connection at once"
    ;;
  crl)
    [ $# -eq 0 ] || usage
    crl
    echo "$dir/crl.pem: written"
    ;;
  *) usage ;;
esac
