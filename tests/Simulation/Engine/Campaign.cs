// Owns: running many seeds and adding up what they did.
// Must never: stop at the first violation; each is printed with its seed and options.

using System.Diagnostics;
using System.Globalization;

namespace Gateway.Simulation;

/// <summary>Seeds FROM .. FROM + COUNT - 1 on all cores.</summary>
public static class Campaign
{
    /// <summary>Kinds of worlds: with every fault, with much that people do, with somebody hostile, with a silent county.</summary>
    public const string Seed = "seed";
    public const string Busy = "busy";
    public const string Attack = "attack";
    public const string Silent = "silence";

    private const int SilentWorlds = 3;

    public static int Run(ulong from, long count, string kind = Seed)
    {
        long started = Stopwatch.GetTimestamp();
        Lock gate = new();
        RunResult sum = new();
        List<ulong> failed = [];
        long next = 0;
        Thread[] workers = [.. Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work))];
        foreach (Thread worker in workers)
        {
            worker.Start();
        }

        foreach (Thread worker in workers)
        {
            worker.Join();
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine($"seeds: {count} ({from}..{from + (ulong)count - 1}) in {seconds:0.0} s, {count / seconds:0.0} a second");
        Console.WriteLine($"simulated hours: {sum.SimulatedMs / 3_600_000.0:0.0}; ticks: {sum.Ticks}; events: {sum.Events}; "
            + $"alarms: {sum.Alarms}; starts: {sum.Starts}; lives in memory: {sum.MemoryLives}");
        Console.WriteLine("faults: " + string.Join(", ", sum.Faults.Select(f => $"{f.Key} {f.Value}")));
        Console.WriteLine($"violations: {failed.Count}{(failed.Count == 0 ? "" : ": seeds " + string.Join(' ', failed.Order()))}");
        return failed.Count == 0 ? 0 : 1;

        void Work()
        {
            long i;
            while ((i = Interlocked.Increment(ref next) - 1) < count)
            {
                ulong seed = from + (ulong)i;
                RunResult result = Run(kind, seed);
                lock (gate)
                {
                    Add(sum, result);
                    if (result.Violation is not null)
                    {
                        failed.Add(seed);
                        Console.WriteLine($"SEED={seed} at {result.ViolationAtMs} ms: {result.Violation}\n  {Options(kind, seed)}");
                    }
                }
            }
        }
    }

    /// <summary>
    /// The first violation of busy worlds, attacks, silent counties, scripted days cut at each write, then of seeds; or null. A kind and
    /// a number before it name the world, see <see cref="Run(string, ulong)"/>.
    /// </summary>
    /// <param name="known">A world that is looked at before all others, such as "seed 23"; empty = none.</param>
    /// <param name="busy">How many busy worlds to look at first.</param>
    /// <param name="attacks">How many with a hostile broker or station after them.</param>
    /// <param name="from">The first of the seeds.</param>
    /// <param name="seeds">How many.</param>
    public static string? FirstViolation(string known, int busy, int attacks, ulong from, int seeds)
    {
        IEnumerable<(string Kind, ulong Seed)> first =
            [.. Named(known), .. Worlds(Busy, 1, busy), .. Worlds(Attack, 1, attacks), .. Worlds(Silent, 1, SilentWorlds)];
        foreach ((string kind, ulong seed) in first)
        {
            if (Run(kind, seed).Violation is { } violation)
            {
                return $"{kind} {seed}: {violation}";
            }
        }

        CutDay full = Cuts.Board(segmentRecords: 4, Cuts.Boards[0]);
        string? day = Day.FirstViolation() ?? Cuts.Try(full, Cuts.Of(full, everyByte: false), out _).FirstOrDefault();
        if (day is not null)
        {
            return day;
        }

        foreach ((string kind, ulong seed) in Worlds(Seed, from, seeds))
        {
            if (Run(kind, seed).Violation is { } violation)
            {
                return $"{kind} {seed}: {violation}";
            }
        }

        return null;
    }

    /// <summary>One world of a kind.</summary>
    public static RunResult Run(string kind, ulong seed)
    {
        try
        {
            using World world = new(seed, Options(kind, seed));
            if (kind == Silent)
            {
                world.Script.Add(60_000, w => w.Network.SetBroker(up: false, forgets: false));
            }

            return world.Run();
        }
        catch (Exception e)
        {
            // An exception out of the code under test is a violation too.
            return new RunResult { Violation = e.ToString() };
        }
    }

    public static Swarm Options(string kind, ulong seed) => kind switch
    {
        Busy => Swarm.Busy(seed),
        Attack => Swarm.Attack(seed),
        Silent => Swarm.LongSilence(),
        _ => Swarm.From(seed),
    };

    /// <summary>The kind and the number of a world, as they stand before a violation; none when it is no world.</summary>
    public static IEnumerable<(string Kind, ulong Seed)> Named(string world)
    {
        string[] parts = world.Split(':')[0].Split(' ');
        return parts.Length == 2 && ulong.TryParse(parts[1], CultureInfo.InvariantCulture, out ulong seed) ? [(parts[0], seed)] : [];
    }

    private static IEnumerable<(string Kind, ulong Seed)> Worlds(string kind, ulong from, int count) =>
        Enumerable.Range(0, count).Select(i => (kind, from + (ulong)i));

    private static void Add(RunResult sum, RunResult one)
    {
        sum.SimulatedMs += one.SimulatedMs;
        sum.Ticks += one.Ticks;
        sum.Events += one.Events;
        sum.Alarms += one.Alarms;
        sum.Starts += one.Starts;
        sum.MemoryLives += one.MemoryLives;
        foreach (KeyValuePair<string, long> fault in one.Faults)
        {
            sum.Faults[fault.Key] = sum.Faults.GetValueOrDefault(fault.Key) + fault.Value;
        }
    }
}
