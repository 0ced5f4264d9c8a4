#!/usr/bin/env bash
# Makes what is handed out: county, virtual gateway and the technician's command as single files for Linux and Windows, and the
# packages, all of one version.
# usage: publish.sh [FOLDER]        default: publish, beside this script
set -euo pipefail
from=$PWD
refuse() { echo "publish.sh: $1" >&2; exit 1; }
CDPATH='' cd -- "$(dirname -- "$0")"
case $#:${1-} in
  0:) out=publish ;;
  1:-h | 1:--help) sed -n '2,4s/^# //p' publish.sh; exit ;;
  1:-* | 1:) refuse "'$1' is no folder; allowed: a free name, --help, or nothing" ;;
  1:/*) out=$1 ;;
  # A folder is meant from where its name was typed.
  1:*) out=$from/$1 ;;
  *) refuse "'$2' after a folder; allowed: nothing more" ;;
esac
[ ! -e "$out" ] || refuse "'$out' is there already; allowed: a free name"
version=$(dotnet msbuild county/Server/Server.csproj -getProperty:Version)
for system in linux-x64 win-x64; do
  for project in county/Server/Server.csproj firmware/Pc/Pc.csproj firmware/Technician/Technician.csproj; do
    dotnet publish "$project" -c Release -r "$system" --self-contained -o "$out/$system" -v quiet -nologo \
      -p:PublishSingleFile=true -p:IncludeNativeLibrariesForSelfExtract=true -p:DebugType=none -p:GenerateDocumentationFile=false
  done
  find "$out/$system" -type f ! -name 'county*' ! -name 'gateway-pc*' ! -name gateway ! -name gateway.exe -delete
  cp LICENSE NOTICE "$out/$system/"
  find "$out/$system" -type f \( -name '*.pdb' -o -name '*.xml' -o -name '*.json' \) -delete
done
for project in shared/Contract/Contract.csproj shared/Gb26875/Gb26875.csproj county/Library/County.csproj; do
  dotnet pack "$project" -c Release -o "$out/packages" -v quiet -nologo
done
echo "version $version"
find "$out" -type f | sort
