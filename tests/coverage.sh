#!/usr/bin/env bash
# Fuzzes the frames of GB/T 26875.3 by coverage: AFL with SharpFuzz looks for inputs that reach new code. coverage.sh [INPUTS], 10 million
# without it: a quarter of an hour. Needs afl-fuzz (the package afl++) and fetches SharpFuzz; leaves nothing behind but what it found.
set -euo pipefail
cd "$(dirname "$0")/.."
inputs=${1:-10000000}
command -v afl-fuzz >/dev/null || { echo "coverage.sh: no afl-fuzz; allowed: with the package afl++ installed" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build shared/Gb26875/Gb26875.csproj -f net10.0 -c Release -nologo -v quiet -nodereuse:false
cp shared/Gb26875/bin/Release/net10.0/Gateway.Gb26875.dll "$work"
cat >"$work/Harness.csproj" <<XML
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="SharpFuzz" Version="2.3.0" />
    <Reference Include="$work/Gateway.Gb26875.dll" />
  </ItemGroup>
</Project>
XML
cat >"$work/Program.cs" <<'CSHARP'
using System.Text.Json;
using Gateway.Gb26875;

if (args.Length == 2)
{
    // The labelled frames are the first inputs: a byte of flags, a byte that says how they are cut, then the bytes.
    using JsonDocument file = JsonDocument.Parse(File.ReadAllText(args[0]));
    foreach (JsonElement one in file.RootElement.GetProperty("cases").EnumerateArray())
    {
        string digits = one.GetProperty("hex").GetString()!.Replace(" ", "");
        string name = Path.Combine(args[1], one.GetProperty("id").GetString()!);
        File.WriteAllBytes(name, [0, 20, .. Convert.FromHexString(digits)]);
        File.WriteAllBytes(name + "-digits", [(byte)PeerFlags.AsciiHex, 3, .. System.Text.Encoding.ASCII.GetBytes(digits)]);
    }

    return;
}

SharpFuzz.Fuzzer.OutOfProcess.Run(stream =>
{
    using MemoryStream copy = new();
    stream.CopyTo(copy);
    byte[] input = copy.ToArray();
    if (input.Length > 2)
    {
        Read(new FrameReader((PeerFlags)(input[0] & 127)), input[1], input.AsSpan(2));
    }
});

static void Read(FrameReader reader, byte way, ReadOnlySpan<byte> left)
{
    int outcomes = 0, most = 2 * left.Length;
    while (!left.IsEmpty)
    {
        int taken = reader.Add(left[..Math.Min(left.Length, 1 + (way * 8))]);
        left = taken > 0 ? left[taken..] : throw new InvalidOperationException("no byte taken");
        ReadOutcome outcome;
        while ((outcome = reader.Read(out Frame frame)) != ReadOutcome.NeedMore)
        {
            if (++outcomes > most)
            {
                throw new InvalidOperationException("more outcomes than bytes");
            }

            if (outcome == ReadOutcome.Frame)
            {
                Check(frame);
            }
        }

        _ = (way % 3) switch { 1 => reader.DropFalseStart(), 2 => reader.DropStalled(), _ => false };
    }
}

static void Check(in Frame frame)
{
    UnitReader unit = new(frame.Unit);
    if (unit.Fault != UnitFault.None)
    {
        return;
    }

    UnitWriter again = new(new byte[FrameLayout.UnitBytesMax], unit.Type);
    bool all = true;
    while (unit.Next(out UnitObject one))
    {
        FrameText.Read(one.Text);
        one.Time.TryGetMoment(out _, bcd: true);
        all &= again.TryAdd(one);
    }

    if (all && unit.Fault == UnitFault.None && !again.Written.SequenceEqual(frame.Unit))
    {
        throw new InvalidOperationException("other bytes");
    }
}
CSHARP
dotnet tool install --tool-path "$work/tools" SharpFuzz.CommandLine --version 2.3.0 >/dev/null
dotnet build "$work/Harness.csproj" -c Release -o "$work/bin" -nologo -v quiet -nodereuse:false
mkdir "$work/in"
"$work/bin/Harness" shared/Gb26875/vectors/frames.json "$work/in"
"$work/tools/sharpfuzz" "$work/bin/Gateway.Gb26875.dll"
export AFL_SKIP_CPUFREQ=1 AFL_SKIP_BIN_CHECK=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_NO_UI=1 DOTNET_TieredPGO=0
afl-fuzz -E "$inputs" -i "$work/in" -o "$work/out" -t 20000 -m none -- "$work/bin/Harness" >"$work/log" 2>&1 || {
  tail -20 "$work/log"
  exit 1
}
grep -E '^(run_time|execs_done|corpus_count|saved_crashes|saved_hangs) ' "$work/out/default/fuzzer_stats"
if compgen -G "$work/out/default/crashes/id*" >/dev/null || compgen -G "$work/out/default/hangs/id*" >/dev/null; then
  found=frames.$(date +%s)
  cp -r "$work/out/default" "$found"
  echo "coverage: FOUND, see $found" >&2
  exit 1
fi

echo "coverage: nothing found"
