// Owns: which benchmark is run.
// Must never: count in the assemblies that the tests use; a woven copy is run by a process of its own.

using System.Diagnostics;
using Gateway.Tests.Benchmarks.Flood;
using Gateway.Tests.Benchmarks.Log;
using Gateway.Tests.Benchmarks.Storm;

namespace Gateway.Tests.Benchmarks;

internal static class Program
{
    // As the settings have it when nobody says otherwise.
    private const int DefaultDrainPerS = 10;
    private const int DefaultRounds = 3;
    private const int DefaultMillions = 10;

    private static int Main(string[] args) => args switch
    {
        ["tick"] => RunWoven("tick"),
        ["tick", "--woven"] => TickBench.Run(),
        ["log"] => LogBench.Run(),
        ["ingest"] => IngestBench.Run(DefaultRounds),
        ["ingest", "--rounds", var rounds] when int.TryParse(rounds, out int count) && count is >= 1 and <= 100 => IngestBench.Run(count),
        ["rows"] => RowsBench.Run(DefaultMillions),
        ["rows", "--millions", var text] when int.TryParse(text, out int count) && count is >= 1 and <= 100 => RowsBench.Run(count),
        ["gb26875"] => Gb26875Bench.Run(),
        ["flood"] => FloodBench.Run(),
        ["storm"] => StormBench.Run(DefaultDrainPerS),
        ["storm", "--drain", var drain] when int.TryParse(drain, out int perS) && perS is >= 1 and <= 100 => StormBench.Run(perS),
        _ => Usage(),
    };

    private static int Usage()
    {
        Console.Error.WriteLine(
            "benchmarks: tick, log, ingest [--rounds 1..100], rows [--millions 1..100], gb26875, flood, storm [--drain 1..100]");
        return 2;
    }

    /// <summary>Copies this program, weaves the counter into the copies of Contract and Core, and runs the copy.</summary>
    private static int RunWoven(string bench)
    {
        string folder = Directory.CreateTempSubdirectory("gateway-bench-").FullName;
        try
        {
            foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }

            Weaver.Weave(AppContext.BaseDirectory, folder);
            string copy = Path.Combine(folder, "Gateway.Tests.Benchmarks.dll");
            using Process child = Process.Start(new ProcessStartInfo("dotnet", [copy, bench, "--woven"]))!;
            child.WaitForExit();
            return child.ExitCode;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
