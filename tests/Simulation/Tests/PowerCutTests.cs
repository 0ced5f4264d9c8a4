// Owns: power cuts after and inside every single write of a scripted day.
// Must never: sample; each place is tried.

using Gateway.Simulation;

namespace Gateway.Tests.Simulation;

/// <summary>A day must end with every durable alarm at the county, once, wherever the power went.</summary>
public sealed class PowerCutTests
{
    // Inside the first record, at its end and around it, and in the second: the places at which a prefix differs in kind.
    private static readonly int[] s_tornAt = [1, 4, 12, 59, 60, 63, 64, 65, 100, 127, 128];

    [Theory]
    [InlineData(4, 3)]
    [InlineData(8, 3)]
    [InlineData(16, 3)]
    [InlineData(64, 3)]
    public void Alarm_survives_power_cut_at_any_write(int segmentRecords, int segments)
    {
        const int presses = 12;
        RunResult whole = Day.Run(segmentRecords, segments, presses, out long writes);
        Assert.Null(whole.Violation);
        Assert.InRange(writes, 40, 400);
        List<PlannedCut> cuts = [];
        for (int write = 0; write <= writes; write++)
        {
            cuts.Add(new PlannedCut(write, CutMode.Nothing, 0));
            cuts.Add(new PlannedCut(write, CutMode.All, 0));
            foreach (int bytes in s_tornAt)
            {
                cuts.Add(new PlannedCut(write, CutMode.Torn, bytes));
            }

            cuts.Add(new PlannedCut(write, CutMode.Garbage, 0));
            cuts.Add(new PlannedCut(write, CutMode.Garbage, 70));
        }

        AssertAllHold(cuts.Select(c => new[] { c }), c => Day.Run(segmentRecords, segments, presses, c));
    }

    [Fact]
    public void Alarm_survives_two_power_cuts_at_any_two_writes()
    {
        // The smallest segments, so that a new file, a full lane and a fresh start all lie within a few writes of each other.
        const int presses = 4;
        Assert.Null(Day.Run(4, 3, presses, out long writes).Violation);
        List<PlannedCut[]> pairs = [];
        CutMode[] modes = [CutMode.Nothing, CutMode.Torn, CutMode.All];
        for (int first = 0; first <= writes; first++)
        {
            for (int second = 0; second <= 8; second++)
            {
                pairs.Add([new PlannedCut(first, modes[(first + second) % 3], 64), new PlannedCut(second, modes[second % 3], 30)]);
                pairs.Add([new PlannedCut(first, CutMode.Torn, 70), new PlannedCut(second, CutMode.Torn, 70)]);
            }
        }

        AssertAllHold(pairs, c => Day.Run(4, 3, presses, c));
    }

    private static void AssertAllHold(IEnumerable<PlannedCut[]> all, Func<PlannedCut[], RunResult> run)
    {
        List<string> broken = [];
        Parallel.ForEach(all, new ParallelOptions { MaxDegreeOfParallelism = 2 }, cuts =>
        {
            string? violation = run(cuts).Violation;
            if (violation is not null)
            {
                lock (broken)
                {
                    broken.Add($"{string.Join(" then ", cuts)}: {violation}");
                }
            }
        });
        Assert.Empty(broken);
    }
}
