// Owns: running many seeds and adding up what they did.
// Must never: stop at the first violation; each is printed with its seed and options.

using System.Diagnostics;

namespace Gateway.Simulation;

/// <summary>Seeds FROM .. FROM + COUNT - 1 on all cores.</summary>
public static class Campaign
{
    public static int Run(ulong from, long count)
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
                RunResult result = RunSeed(seed);
                lock (gate)
                {
                    Add(sum, result);
                    if (result.Violation is not null)
                    {
                        failed.Add(seed);
                        Console.WriteLine($"SEED={seed} at {result.ViolationAtMs} ms: {result.Violation}\n  {Swarm.From(seed)}");
                    }
                }
            }
        }
    }

    /// <summary>The first violation of the scripted days cut at each write, then among so many seeds; or null.</summary>
    public static string? FirstViolation(ulong from, int seeds)
    {
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
    public static RunResult RunSeed(ulong seed)
    {
        try
        {
            using World world = new(seed);
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
