// Owns: running many seeds and adding up what they did.
// Must never: stop at the first violation; each is printed with its seed and options.

using System.Diagnostics;

namespace Gateway.Simulation;

/// <summary>Seeds FROM .. FROM + COUNT - 1 on all cores.</summary>
public static class Campaign
{
    private const int SilentWorlds = 3;

    public static int Run(ulong from, long count, bool busy = false)
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
                Swarm swarm = busy ? Swarm.Busy(seed) : Swarm.From(seed);
                RunResult result = RunSeed(seed, swarm);
                lock (gate)
                {
                    Add(sum, result);
                    if (result.Violation is not null)
                    {
                        failed.Add(seed);
                        Console.WriteLine($"SEED={seed} at {result.ViolationAtMs} ms: {result.Violation}\n  {swarm}");
                    }
                }
            }
        }
    }

    /// <summary>
    /// The first violation of busy worlds, silent counties, scripted days cut at each write, then of seeds; or null. A kind and a number
    /// before it name the world, see <see cref="Again"/>.
    /// </summary>
    /// <param name="busy">How many busy worlds to look at first.</param>
    /// <param name="from">The first of the seeds.</param>
    /// <param name="seeds">How many.</param>
    public static string? FirstViolation(int busy, ulong from, int seeds)
    {
        IEnumerable<(string Kind, ulong Seed)> first =
            [.. Worlds("busy", 1, busy), .. Worlds("silence", 1, SilentWorlds)];
        foreach ((string kind, ulong seed) in first)
        {
            if (Again(kind, seed) is { } violation)
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

        foreach ((string kind, ulong seed) in Worlds("seed", from, seeds))
        {
            if (Again(kind, seed) is { } violation)
            {
                return $"{kind} {seed}: {violation}";
            }
        }

        return null;
    }

    /// <summary>The violation of one world of a kind, or null.</summary>
    public static string? Again(string kind, ulong seed) => kind switch
    {
        "busy" => RunSeed(seed, Swarm.Busy(seed)).Violation,
        "silence" => Silence(seed).Violation,
        "seed" => RunSeed(seed).Violation,
        _ => null,
    };

    private static IEnumerable<(string Kind, ulong Seed)> Worlds(string kind, ulong from, int count) =>
        Enumerable.Range(0, count).Select(i => (kind, from + (ulong)i));

    /// <summary>One seed; an exception out of the code under test is a violation too.</summary>
    /// <param name="seed">Everything follows from it.</param>
    /// <param name="swarm">The options; null = those of the seed.</param>
    public static RunResult RunSeed(ulong seed, Swarm? swarm = null)
    {
        try
        {
            using World world = new(seed, swarm);
            return world.Run();
        }
        catch (Exception e)
        {
            return new RunResult { Violation = e.ToString() };
        }
    }

    /// <summary>A county that is silent from the first minute until the end of the faults.</summary>
    public static RunResult Silence(ulong seed)
    {
        try
        {
            using World world = new(seed, Swarm.LongSilence());
            world.Script.Add(60_000, w => w.Network.SetBroker(up: false, forgets: false));
            return world.Run();
        }
        catch (Exception e)
        {
            return new RunResult { Violation = e.ToString() };
        }
    }

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
