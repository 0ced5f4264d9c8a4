// Owns: the rules of missing sequences and of loss records that report them.
// Must never: let a gap pass that nobody reported.

using Gateway.Contract;

namespace Gateway.County.Tests;

public class GapTests : StoreTests
{
    private readonly FakeGateway _gateway = new(330701);

    public GapTests()
        : base(null)
    {
    }

    private protected GapTests(PostgresFixture postgres)
        : base(postgres)
    {
    }

    [Fact]
    public void Hole_that_the_gateway_goes_past_is_a_gap()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Condition, 0, 1, 2, 6));
        Assert.Equal([(3u, 5u, 0u, true)], Gaps(rig));
        Assert.Equal([(3u, 5u)], rig.Told.Found.Select(g => (g.First, g.Last)));
    }

    [Fact]
    public void What_may_still_come_is_no_gap_yet()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Condition, 4, 5, 6));
        Assert.Equal([(1u, 4u, 0u, false)], Gaps(rig));
        Assert.Empty(rig.Told.Found);
        rig.Send(_gateway.Batch(Lane.Condition, 0, 1, 2, 3, 4));
        Assert.Empty(Gaps(rig));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Loss_record_reports_a_gap_whichever_comes_first(bool lossFirst)
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello());
        if (lossFirst)
        {
            rig.Send(_gateway.Batch(Lane.Condition, 0, _gateway.Record(Lane.Condition, 1), _gateway.Loss(Lane.Condition, 2, 3, 5)));
            rig.Send(_gateway.Batch(Lane.Condition, 2, 6));
            Assert.Empty(rig.Told.Found);
        }
        else
        {
            rig.Send(_gateway.Batch(Lane.Condition, 0, 1, 2, 6));
            rig.Send(_gateway.Batch(Lane.Condition, 6, _gateway.Loss(Lane.Condition, 7, 3, 5)));
            Assert.Equal([(3u, 5u)], rig.Told.Explained.Select(g => (g.First, g.Last)));
        }

        Assert.Equal([(3u, 5u, lossFirst ? 2u : 7u, true)], Gaps(rig));
    }

    [Fact]
    public void Loss_and_hole_in_one_batch_are_not_reported()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Fire, 0, _gateway.Record(Lane.Fire, 4), _gateway.Loss(Lane.Fire, 5, 1, 3)));
        Assert.Empty(rig.Told.Found);
        Assert.Equal([(1u, 3u, 5u, true)], Gaps(rig));
    }

    [Fact]
    public void Loss_that_reports_a_part_leaves_the_rest_a_gap()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello(), _gateway.Batch(Lane.Condition, 0, 1, 10));
        rig.Send(_gateway.Batch(Lane.Condition, 10, _gateway.Loss(Lane.Condition, 11, 4, 6)));
        Assert.Equal([(2u, 3u, 0u, true), (4u, 6u, 11u, true), (7u, 9u, 0u, true)], Gaps(rig));
    }

    [Fact]
    public void Loss_without_a_range_owns_nothing()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Batch(Lane.Condition, 0, _gateway.Record(Lane.Condition, 3), _gateway.Loss(Lane.Condition, 4, 0, 0)));
        Assert.Equal([(1u, 2u, 0u, true)], Gaps(rig));
    }

    [Fact]
    public void Jump_after_damage_is_one_row_up_to_the_largest_possible_sequence()
    {
        using Rig rig = NewRig(_gateway);
        uint max = (uint)((rig.NowMs - RisingNumber.FromMs) / 1000) + CountyLimits.SequencesAboveClock;
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Batch(Lane.Condition, 0, _gateway.Record(Lane.Condition, 1), _gateway.Loss(Lane.Condition, max, 2, max - 1)));
        Assert.Equal([(2u, max - 1, max, true)], Gaps(rig));
        Assert.Equal(max, rig.Held(_gateway, Lane.Condition));
    }

    [Fact]
    public void Gaps_of_a_lane_are_bounded_and_none_is_hidden()
    {
        using Rig rig = NewRig(_gateway);
        rig.Send(_gateway.Hello());
        uint last = 0;
        while (last < 6_000)
        {
            // Of every four holes one is reported lost at once.
            uint next = last;
            EventRecord[] records =
                [.. Enumerable.Range(0, 16).Select(i => i % 4 == 3
                    ? _gateway.Loss(Lane.Condition, next + 2 + 2 * (uint)i, next + 1 + 2 * (uint)i, next + 1 + 2 * (uint)i)
                    : _gateway.Record(Lane.Condition, next + 2 + 2 * (uint)i))];
            rig.Send(_gateway.Batch(Lane.Condition, last, records));
            last += 32;
            List<(uint First, uint Last, uint OwnedBy, bool Past)> gaps = Gaps(rig);
            Assert.True(gaps.Count <= CountyLimits.GapsOfLaneMax, $"{gaps.Count} gaps");
            Assert.Equal(gaps.OrderBy(g => g.First), gaps);
            Assert.All(gaps.Zip(gaps.Skip(1)), pair => Assert.True(pair.First.Last < pair.Second.First));
        }

        HashSet<uint> shown = [.. All(Gaps(rig).Where(g => g.OwnedBy == 0))];
        Assert.All(Enumerable.Range(0, (int)last / 2).Where(i => i % 4 != 3), i => Assert.Contains((uint)(2 * i + 1), shown));
        rig.Send(_gateway.Batch(Lane.Condition, last, _gateway.Loss(Lane.Condition, last + 1, 1, last)));
        Assert.All(Gaps(rig), g => Assert.NotEqual(0u, g.OwnedBy));
    }

    private static IEnumerable<uint> All(IEnumerable<(uint First, uint Last, uint OwnedBy, bool Past)> gaps) =>
        gaps.SelectMany(g => Enumerable.Range((int)g.First, (int)(g.Last - g.First + 1))).Select(s => (uint)s).Order();

    private static List<(uint First, uint Last, uint OwnedBy, bool Past)> Gaps(Rig rig) =>
        [.. rig.Store.Gaps(null).Select(g => (g.Gap.First, g.Gap.Last, g.Gap.OwnedBy, g.Past))];
}
