// Owns: a station of 32 zones that starts again with 8: what it kept of the others is harmless, and no fire of theirs is lost.
// Must never: look at tables; it asks what the panel and the log say.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

/// <summary>Tables are made for what the settings have, while journal, log and kept alarms speak of zones that are gone.</summary>
public sealed class FewerZonesTests
{
    private const string Rest = "delay t1S=60 t2S=60 | clocks | drill maxMin=60 linkage=yes | hotwork lookMin=20 | cases afterMin=0";

    private static readonly int[] s_latched = [2, 9, 17, 31, 32];

    public static TheoryData<string> Fewer => new(
        Station(Enumerable.Range(1, 8)),
        Station(Enumerable.Range(1, 8).Reverse()),
        Station(Enumerable.Range(25, 8)),
        Station([32, 2, 20, 11, 5, 1, 30, 14]),
        Station([4]));

    [Theory]
    [MemberData(nameof(Fewer))]
    public void What_is_kept_of_zones_that_are_gone_is_harmless(string fewer)
    {
        Scene scene = Before();
        int latched = s_latched.Aggregate(0, (bits, zone) => bits | Bits.Of(zone - 1));
        Assert.Equal(latched, Latched(scene));

        scene.Change(fewer, Plan(3));
        AssertSound(scene, latched);
        scene.Pass(3_000, everyTick: true);
        AssertSound(scene, latched);
        Assert.True(scene.Loop.Panel.Silenced);

        // All that is there signals, and what is gone stays latched with it; each output, event and record is made of both.
        for (int zone = 0; zone < scene.Settings.ZoneCount; zone++)
        {
            SceneSteps.Play(scene, $"on{scene.Settings.ZoneNumber[zone]}");
        }

        scene.Pass(10 * 60_000, everyTick: false);
        ZoneSet there = (ZoneSet)((1 << scene.Settings.ZoneCount) - 1);
        int all = scene.Settings.NumberBits(there & ~PartOf.Disablements(scene.Loop.Panel.State).Zones
            & ~PartOf.ZonesInTest(scene.Loop.Panel.State).Zones);
        AssertSound(scene, latched | all);
        scene.Start();
        scene.Pass(2_000, everyTick: true);
        AssertSound(scene, latched | all);

        // At rest a reset ends it for good, also over a start.
        for (int zone = 0; zone < scene.Settings.ZoneCount; zone++)
        {
            SceneSteps.Play(scene, $"off{scene.Settings.ZoneNumber[zone]}");
        }

        SceneSteps.Play(scene, "+2s silence reset +2s");
        AssertSound(scene, 0);
        scene.Pass(24 * 3_600_000L, everyTick: false);
        scene.Start();
        scene.Pass(2_000, everyTick: true);
        AssertSound(scene, 0);
    }

    /// <summary>And back: what the larger station kept of the others, and the smaller one did not know, does it no harm.</summary>
    [Fact]
    public void The_zones_come_back()
    {
        Scene scene = Before();
        scene.Change(Station([4]), Plan(3));
        scene.Pass(60_000, everyTick: true);
        scene.Change(Station(Enumerable.Range(1, 32)), Plan(12));
        scene.Pass(60_000, everyTick: true);
        AssertSound(scene, s_latched.Aggregate(0, (bits, zone) => bits | Bits.Of(zone - 1)));
    }

    /// <summary>
    /// 32 zones, many of whose alarms a full fire lane gave up and kept; disabled, tested, broken, drilled and latched ones of all places.
    /// The last alarm is in the log's tail only: the power goes before the journal is written.
    /// </summary>
    private static Scene Before()
    {
        Scene scene = new(Station(Enumerable.Range(1, 32)), Plan(12), null);
        SceneSteps.Play(scene, "county=off +12s");
        for (int round = 0; round < 3; round++)
        {
            for (int zone = 1; zone <= 32; zone++)
            {
                SceneSteps.Play(scene, $"on{zone} +1s off{zone} +1s");
            }

            SceneSteps.Play(scene, "silence reset +1s");
        }

        Assert.True(scene.Loop.Log.At(Lane.Fire).Kept > 8);
        SceneSteps.Play(scene, "shield3=60 shield25=600 try26=60 try5=60 lost28 lost7 drill20=30 +1s on20 +11s");
        SceneSteps.Play(scene, "off20 drill=0 reset +1s on2 on9 on17 on31 +1s silence off9 +20s");
        SceneSteps.Play(scene, "on32 +1s silence");
        scene.Pass(5 * Limits.TickMs, everyTick: true);
        return scene;
    }

    private static int Latched(Scene scene) => scene.Settings.NumberBits(scene.Loop.Panel.Latched);

    private static void AssertSound(Scene scene, int latched)
    {
        PanelState s = scene.Loop.Panel.State;
        Assert.Equal(latched, Latched(scene));
        ZoneSet none = ~(ZoneSet)((1 << scene.Settings.ZoneCount) - 1);
        none = scene.Settings.ZoneCount == Limits.ZonesMax ? ZoneSet.None : none;
        ZoneSet now = s.Disabled | s.Tested | s.PreAlarm | s.FaultsNow | s.NotPutBack | s.Stages.Active | PartOf.Cases(s).Open;
        Assert.Equal(ZoneSet.None, none & now);
        Reported r = s.Reported;
        Assert.Equal(ZoneSet.None, none & (r.Fault | r.Supervisory | r.Activated | r.Tested | r.Chattering | r.PreAlarm));
        Assert.All(Enumerable.Range(0, Conditions.Disabled), kind =>
            Assert.Equal(ZoneSet.None, kind == Conditions.Fire ? ZoneSet.None : none & s.Conditions.Zones[kind]));
        Assert.False(scene.Loop.Log.FlashFails);

        // Whoever shows a latched zone may ask about it, also one that has only its place.
        for (int zone = 0; zone < scene.Settings.Places; zone++)
        {
            bool there = zone < scene.Settings.ZoneCount;
            Assert.True(there || s.Stages.ClassOf(zone) == InputClass.Normal);
            Assert.True(there || s.Scan.Settled(zone) == InputClass.Normal);
            Assert.True(there || s.Stages.CauseOf(zone) == FaultCause.Reported);
            Assert.True(there || (s.Scan.Sample(zone), s.Stages.Troubles(zone)) == (0, 0));
            Assert.True(there || s.Stages.LastConfirmedMs(zone) == NewestZones.Never);
            Assert.True(there || (s.Rules.Verdicts.DecidedBy(zone), PartOf.Cases(s).Hours(zone)) == (0, 0));
        }
    }

    private static LogPlan Plan(int segments)
    {
        LogPlan plan = new() { SegmentRecords = 16 };
        Array.Fill(plan.Segments, segments);
        return plan;
    }

    private static string Station(IEnumerable<int> zones)
    {
        int[] numbers = [.. zones];
        List<string> lines = [.. numbers.Select(zone => $"smoke {zone}")];
        lines.AddRange(numbers.Select((zone, i) => $"rule {i + 1} if fire:z{zone} then relay{(i % 4) + 1}:hold message:{i + 1}"));
        return string.Join(" | ", lines) + " | " + Rest;
    }
}
