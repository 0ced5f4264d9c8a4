#!/usr/bin/env bash
# Prints haproxy's part for the counties' duty pages: each is found at the worker that has the county.
set -euo pipefail
domain=duty.example
if [ "${1-}" = --domain ] && [ $# -ge 2 ]; then
    domain=$2
    shift 2
fi
if [ $# -eq 0 ]; then
    echo "usage: deploy/pages.sh [--domain duty.example] CODE... >/etc/haproxy/pages.cfg" >&2
    exit 2
fi
if [[ ! $domain =~ ^[a-z0-9.-]+$ ]]; then
    echo "deploy/pages.sh: --domain '$domain'; allowed: a name of small letters, digits, dots and '-', such as duty.example" >&2
    exit 2
fi
# All are looked at before anything is printed: what reads this would take half of it.
for code in "$@"; do
    if [[ ! $code =~ ^[0-9]{6}$ ]]; then
        echo "deploy/pages.sh: '$code'; allowed: a county's code of 6 digits, such as 330726" >&2
        exit 2
    fi
done
cat <<CFG
# Written by deploy/pages.sh. People reach a county's page by https://CODE.$domain.
frontend duty
    mode http
    option httplog
    option forwardfor
    bind :443 ssl crt /etc/haproxy/duty.pem
    # A page's stream is quiet for some seconds at most.
    timeout client 1m
    use_backend duty-%[req.hdr(host),lower,field(1,.)]
CFG
for code in "$@"; do
    cat <<CFG

backend duty-$code
    mode http
    timeout server 1m
    # Whoever has not got the county answers 503. One that hangs answers nothing.
    option httpchk
    http-check send meth GET uri /sign-in ver HTTP/1.1 hdr Host $code.$domain
    http-check expect status 200
    default-server check inter 2s fall 2 rise 1 on-marked-down shutdown-sessions
    server engine1 engine1:8080
    server engine2 engine2:8080
    server engine3 engine3:8080
CFG
done
