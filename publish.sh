#!/usr/bin/env bash
# Makes what is handed out: county, virtual gateway and the technician's command as single files for Linux and Windows, and the
# packages, all of one version.
# usage: ./publish.sh [FOLDER]      default: publish
set -euo pipefail
cd "$(dirname "$0")"
out=${1:-publish}
[ ! -e "$out" ] || { echo "publish.sh: '$out' is there already; allowed: a free name" >&2; exit 1; }
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
