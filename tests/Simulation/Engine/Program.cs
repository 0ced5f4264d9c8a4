// Owns: the command line of the simulator.
// Must never: hide a violation: it ends with 1 and prints how to see it again.

using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Gateway.Simulation;

/// <summary>KIND is busy, attack or silence. run SEED [trace] [KIND] | campaign FROM COUNT [KIND] | cuts | fuzz SEED COUNT</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        switch (args.Length == 0 ? "" : args[0])
        {
            case "run" when args.Length >= 2:
                return RunOne(ulong.Parse(args[1], CultureInfo.InvariantCulture), args.Contains("trace"), Kind(args));
            case "campaign" when args.Length >= 3:
                ulong from = ulong.Parse(args[1], CultureInfo.InvariantCulture);
                return Campaign.Run(from, long.Parse(args[2], CultureInfo.InvariantCulture), Kind(args));
            case "cuts":
                return Cuts.Run();
            case "fuzz" when args.Length >= 3:
                return Fuzz.Run(ulong.Parse(args[1], CultureInfo.InvariantCulture), long.Parse(args[2], CultureInfo.InvariantCulture));
            default:
                Console.Error.WriteLine("usage: simulation run SEED [trace] [KIND] | campaign FROM COUNT [KIND] | cuts | fuzz SEED COUNT");
                return 2;
        }
    }

    private static string Kind(string[] args) =>
        args.FirstOrDefault(a => a is Campaign.Busy or Campaign.Attack or Campaign.Silent) ?? Campaign.Seed;

    private static int RunOne(ulong seed, bool trace, string kind)
    {
        StringBuilder? text = trace ? new StringBuilder() : null;
        Swarm swarm = Campaign.Options(kind, seed);
        Console.WriteLine($"SEED={seed} {swarm}");
        long from = Stopwatch.GetTimestamp();
        using World world = new(seed, swarm, text);
        RunResult result = world.Run();
        Console.Write(text);
        Console.WriteLine(
            $"{result.SimulatedMs / 1000} s simulated in {Stopwatch.GetElapsedTime(from).TotalMilliseconds:0} ms, {result.Ticks} ticks, "
            + $"{result.Events} events, {result.Alarms} alarms, {result.Starts} starts, {result.MemoryLives} lives in memory");
        Console.WriteLine(string.Join(", ", result.Faults.Select(f => $"{f.Key} {f.Value}")));
        Console.WriteLine(result.Violation is null ? "no violation" : $"VIOLATION at {result.ViolationAtMs} ms: {result.Violation}");
        return result.Violation is null ? 0 : 1;
    }
}
