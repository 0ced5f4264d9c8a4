// Owns: running many seeds and adding up what they did.
// Must never: stop at the first violation; each is printed with its seed and options.

using System.Diagnostics;

namespace Gateway.Simulation;

/// <summary>Seeds FROM .. FROM + COUNT - 1 on all cores.</summary>
public static class Campaign
{
    private const ulong SilentWorlds = 3;

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

    /// <summary>The first violation of busy worlds, silent counties, scripted days cut at each write, then of seeds; or null.</summary>
    /// <param name="busy">How many busy worlds to look at first.</param>
    /// <param name="from">The first of the seeds.</param>
    /// <param name="seeds">How many.</param>
    public static string? FirstViolation(int busy, ulong from, int seeds)
    {
        for (ulong seed = 1; seed <= (ulong)busy; seed++)
        {
            if (RunSeed(seed, Swarm.Busy(seed)).Violation is { } violation)
            {
                return $"busy world {seed}: {violation}";
            }
        }

        for (ulong seed = 1; seed <= SilentWorlds; seed++)
        {
            if (Silence(seed).Violation is { } violation)
            {
                return $"long silence {seed}: {violation}";
            }
        }

        CutDay full = Cuts.Board(segmentRecords: 4, Cuts.Boards[0]);
        string? day = Day.FirstViolation() ?? Cuts.Try(full, Cuts.Of(full, everyByte: false), out _).FirstOrDefault();
        if (day is not null)
        {
            return day;
        }

        for (ulong seed = from; seed < from + (ulong)seeds; seed++)
        {
            RunResult result = RunSeed(seed);
            if (result.Violation is not null)
            {
                return $"seed {seed}, the {seed - from + 1}th: {result.Violation}";
            }
        }

        return null;
    }

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
