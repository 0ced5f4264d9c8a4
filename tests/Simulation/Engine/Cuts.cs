// Owns: the matrix of power cuts: every write of a day, and every byte of it, for all segment sizes and boards.
// Must never: sample when it is asked for all.

using System.Diagnostics;
using Gateway.Core;

namespace Gateway.Simulation;

/// <summary>A day and the cuts that are tried on it.</summary>
/// <param name="Name">Segment size, and lanes or board.</param>
/// <param name="WriteSizes">Bytes of each write of the day without a cut; 0 for a deletion.</param>
/// <param name="Whole">What is wrong without a cut.</param>
/// <param name="Run">What is wrong with a cut.</param>
public sealed record CutDay(string Name, IReadOnlyList<int> WriteSizes, string? Whole, Func<PlannedCut, string?> Run);

/// <summary>Segments of 4, 8, 16, 32 and 64 records, with the smallest lanes and with those of boards.</summary>
public static class Cuts
{
    /// <summary>Sizes of segments, in records; 64 is what devices have.</summary>
    public static readonly int[] SegmentSizes = [4, 8, 16, 32, 64];

    /// <summary>Bytes of the log's partition on the boards that there are.</summary>
    public static readonly int[] Boards = [256 << 10, 2 << 20, 3 << 20];

    private const int Presses = 12;

    // Around the ends of a record and of its checksum, and in the record after it: where a prefix differs in kind.
    private static readonly int[] s_telling = [1, 4, 12, 59, 60, 63, 64, 65, 100, 127, 128];

    /// <summary>The whole gateway with its county, through an outage in which the smallest lanes run over.</summary>
    public static CutDay Gateway(int segmentRecords)
    {
        RunResult whole = Day.Run(segmentRecords, 3, Presses, out IReadOnlyList<int> sizes);
        return new CutDay(
            $"gateway, segments of {segmentRecords}, 3 a lane", sizes, whole.Violation,
            cut => Day.Run(segmentRecords, 3, Presses, cut).Violation);
    }

    /// <summary>The log on a full flash of a board's size.</summary>
    public static CutDay Board(int segmentRecords, int bytes)
    {
        LogPlan plan = LogPlan.For(bytes);
        plan.SegmentRecords = segmentRecords;
        LogDay day = new(plan);
        return new CutDay(
            $"log of {bytes >> 10} KiB, segments of {segmentRecords}, {string.Join('/', plan.Segments)} a lane", day.WriteSizes, day.Whole,
            day.Run);
    }

    /// <summary>A cut before and after every write, and torn or garbage from a byte on: every byte, or those that tell.</summary>
    public static IEnumerable<PlannedCut> Of(CutDay day, bool everyByte)
    {
        for (int write = 0; write < day.WriteSizes.Count; write++)
        {
            int size = day.WriteSizes[write];
            yield return new PlannedCut(write, CutMode.Nothing, 0);
            yield return new PlannedCut(write, CutMode.All, 0);
            foreach (int bytes in everyByte ? Enumerable.Range(1, Math.Max(0, size - 1)) : s_telling.Where(b => b < size))
            {
                yield return new PlannedCut(write, CutMode.Torn, bytes);
                if (!everyByte || bytes % 16 == 6)
                {
                    yield return new PlannedCut(write, CutMode.Garbage, bytes);
                }
            }
        }
    }

    /// <summary>Tries the cuts on all cores; the broken ones in words.</summary>
    public static IReadOnlyList<string> Try(CutDay day, IEnumerable<PlannedCut> cuts, out long tried)
    {
        List<string> broken = [];
        long count = 0;
        if (day.Whole is not null)
        {
            broken.Add("without a cut: " + day.Whole);
        }

        Parallel.ForEach(cuts, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, cut =>
        {
            Interlocked.Increment(ref count);
            string? wrong = day.Run(cut);
            if (wrong is not null)
            {
                lock (broken)
                {
                    broken.Add($"{cut}: {wrong}");
                }
            }
        });
        tried = count;
        return broken;
    }

    /// <summary>The whole matrix; 0 when nothing is broken.</summary>
    public static int Run()
    {
        long started = Stopwatch.GetTimestamp();
        long all = 0;
        long bad = 0;
        IEnumerable<Func<CutDay>> days = SegmentSizes.Select<int, Func<CutDay>>(size => () => Gateway(size))
            .Concat(Boards.SelectMany(bytes => SegmentSizes.Select<int, Func<CutDay>>(size => () => Board(size, bytes))));
        foreach (Func<CutDay> make in days)
        {
            CutDay day = make();
            IReadOnlyList<string> broken = Try(day, Of(day, everyByte: true), out long tried);
            all += tried;
            bad += broken.Count;
            Console.WriteLine($"cuts: {day.Name}: {day.WriteSizes.Count} writes, {tried} cuts, {broken.Count} broken");
            broken.Take(5).ToList().ForEach(Console.WriteLine);
        }

        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine($"power cuts: {all} in {seconds:0.0} s; violations: {bad}");
        return bad == 0 ? 0 : 1;
    }
}
