// Owns: what must hold whatever happens: random stations, random hands at wires and keys, restarts at any tick.
// Must never: find a failure that cannot be played again; each names its seed.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

public sealed class PropertyTests
{
    private const int Seeds = 60;
    private const int StepsPerSeed = 120;

    public static TheoryData<int> SomeSeeds => [.. Enumerable.Range(1, Seeds)];

    [Theory]
    [MemberData(nameof(SomeSeeds))]
    public void Every_property_holds_in_a_random_story(int seed)
    {
        Story story = new(seed);
        for (int step = 0; step < StepsPerSeed; step++)
        {
            story.Step();
            story.Check();
        }

        story.CheckEnd();
    }

    [Fact]
    public void A_quiet_tick_allocates_nothing()
    {
        Scene scene = new(Story.Station(new Random(7), zones: 12));
        scene.Pass(20_000, everyTick: true);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 500; i++)
        {
            scene.Pass(Limits.TickMs, everyTick: true);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData("on")]
    [InlineData("cut")]
    [InlineData("short")]
    public void What_stays_as_it_is_allocates_nothing_whatever_it_is(string word)
    {
        Scene scene = new(Story.Station(new Random(11), zones: 12));
        for (int zone = 0; zone < scene.Settings.ZoneCount; zone++)
        {
            scene.Board.Set(scene.Settings.ZoneInput[zone], SceneWires.Level(scene.Settings.ZoneWiring[zone], word));
        }

        scene.Pass(30_000, everyTick: true);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            scene.Pass(Limits.TickMs, everyTick: true);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [MemberData(nameof(SomeSeeds))]
    public void A_restart_at_any_tick_keeps_latch_silence_disablements_drill_and_clocks(int seed)
    {
        Story story = new(seed + 1000);
        for (int step = 0; step < 40; step++)
        {
            story.Step();
        }

        // What happened must be durable first; then the power goes.
        story.Scene.Pass(1_000, everyTick: true);
        PanelState before = story.Scene.Loop.Panel.State;
        ZoneSet latched = before.Latched;
        bool silenced = before.Silenced;
        ZoneSet disablements = LongDisablements(before, story.Scene.NowMs);
        bool drill = PartOf.Drill(before).On && PartOf.Drill(before).RemainingMin(story.Scene.NowMs) > 2;
        int unmet = PartOf.ResponseClocks(before).Unmet;
        int first = before.First;
        story.Scene.Start();
        PanelState after = story.Scene.Loop.Panel.State;
        Assert.Equal(latched, after.Latched);
        Assert.Equal(silenced, after.Silenced);
        Assert.Equal(disablements, PartOf.Disablements(after).Zones & disablements);
        Assert.True(!drill || PartOf.Drill(after).On);
        Assert.Equal(latched == ZoneSet.None ? 0 : unmet, PartOf.ResponseClocks(after).Unmet);
        Assert.Equal(first, after.First);
    }

    private static ZoneSet LongDisablements(PanelState state, long nowMs) =>
        Enumerable.Range(0, Limits.ZonesMax).Where(zone => PartOf.Disablements(state).RemainingMin(zone, nowMs) > 2)
            .Aggregate(ZoneSet.None, (zones, zone) => zones | Bits.Zone(zone));
}
