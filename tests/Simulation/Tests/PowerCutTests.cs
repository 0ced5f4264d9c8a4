// Owns: power cuts after and inside every single write of scripted days.
// Must never: leave out a write; inside one, campaign.sh tries every byte and this the bytes that tell.

using Gateway.Simulation;

namespace Gateway.Tests.Simulation;

/// <summary>
/// A day must end with every alarm at the county, once, wherever the power went, if siren and lamp showed it for a whole tick: outputs come
/// before storage, so a cut inside that very tick may take both.
/// </summary>
public sealed class PowerCutTests
{
    // The smallest, in which everything comes within a few writes, one between, and the one that devices have; tests/campaign.sh has all.
    public static TheoryData<int> Sizes => [.. Cuts.SegmentSizes.Where((_, i) => i % 2 == 0)];

    public static TheoryData<int> Boards => [.. Cuts.Boards];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Alarm_survives_power_cut_at_any_write(int segmentRecords)
    {
        CutDay day = Cuts.Gateway(segmentRecords);
        Assert.InRange(day.WriteSizes.Count, 40, 400);
        AssertNone(Cuts.Try(day, Cuts.Of(day, everyByte: false), out _));
    }

    [Theory]
    [MemberData(nameof(Boards))]
    public void Alarm_in_the_full_log_of_a_board_survives_power_cut_at_any_write(int bytes)
    {
        CutDay day = Cuts.Board(segmentRecords: 64, bytes);
        Assert.InRange(day.WriteSizes.Count, 20, 200);
        Assert.Contains(0, day.WriteSizes);
        AssertNone(Cuts.Try(day, Cuts.Of(day, everyByte: false), out _));
    }

    [Fact]
    public void Alarm_survives_two_power_cuts_at_any_two_writes()
    {
        // The smallest segments, so that a new file, a full lane and a fresh start all lie within a few writes of each other.
        const int presses = 4;
        Assert.Null(Day.Run(4, 3, presses, out IReadOnlyList<int> writes).Violation);
        List<PlannedCut[]> pairs = [];
        CutMode[] modes = [CutMode.Nothing, CutMode.Torn, CutMode.All];
        for (int first = 0; first <= writes.Count; first++)
        {
            for (int second = 0; second <= 8; second++)
            {
                pairs.Add([new PlannedCut(first, modes[(first + second) % 3], 64), new PlannedCut(second, modes[second % 3], 30)]);
                pairs.Add([new PlannedCut(first, CutMode.Torn, 70), new PlannedCut(second, CutMode.Torn, 70)]);
            }
        }

        List<string> broken = [];
        Parallel.ForEach(pairs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, cuts =>
        {
            string? violation = Day.Run(4, 3, presses, cuts).Violation;
            if (violation is not null)
            {
                lock (broken)
                {
                    broken.Add($"{string.Join(" then ", cuts)}: {violation}");
                }
            }
        });
        AssertNone(broken);
    }

    private static void AssertNone(IReadOnlyList<string> broken) =>
        Assert.True(broken.Count == 0, $"{broken.Count} broken: {string.Join('\n', broken.Take(8))}");
}
