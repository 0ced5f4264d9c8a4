// Owns: the command line of the simulator.
// Must never: hide a violation: it ends with 1 and prints how to see it again.

using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Gateway.Simulation;

/// <summary>run SEED [trace] | campaign FROM COUNT | cuts | fuzz SEED COUNT</summary>
public static class Program
{
    public static int Main(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        switch (args.Length == 0 ? "" : args[0])
        {
            case "run" when args.Length >= 2:
                return RunOne(ulong.Parse(args[1], CultureInfo.InvariantCulture), args.Contains("trace"));
            case "campaign" when args.Length >= 3:
                return Campaign.Run(ulong.Parse(args[1], CultureInfo.InvariantCulture), long.Parse(args[2], CultureInfo.InvariantCulture));
            case "cuts":
                return Cuts.Run();
            case "fuzz" when args.Length >= 3:
                return Fuzz.Run(ulong.Parse(args[1], CultureInfo.InvariantCulture), long.Parse(args[2], CultureInfo.InvariantCulture));
            default:
                Console.Error.WriteLine("usage: simulation run SEED [trace] | campaign FROM COUNT | cuts | fuzz SEED COUNT");
                return 2;
        }
    }

    private static int RunOne(ulong seed, bool trace)
    {
        StringBuilder? text = trace ? new StringBuilder() : null;
        Console.WriteLine($"SEED={seed} {Swarm.From(seed)}");
        long from = Stopwatch.GetTimestamp();
        using World world = new(seed, null, text);
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
