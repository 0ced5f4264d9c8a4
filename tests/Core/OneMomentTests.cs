// Owns: what comes together in one moment, also where work is spread over ticks: the order of its records, and the lamp.
// Must never: leave out the largest station; there everything is spread.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Tests.Device;

namespace Gateway.Tests.PanelProperties;

public sealed class OneMomentTests
{
    private const string Zones = "smoke 1 | smoke 2 | smoke 3 | smoke 4 | smoke 5 | smoke 6 | smoke 7 | smoke 8 | tamper 9";

    [Theory]
    [InlineData(1)]
    [InlineData(Limits.RulesMax)]
    public void A_rule_that_fires_is_told_before_the_event_that_brought_it_about(int rules)
    {
        Scene scene = Of(rules, "supervisory:z9");
        SceneSteps.Play(scene, "on9");
        List<EventRecord> told = Told(scene, Lane.Condition);
        Assert.Equal([EventKind.RuleFired, EventKind.Supervisory], told.Take(2).Select(record => record.Kind));
        Assert.Equal(told[0].UptimeMs, told[1].UptimeMs);
        Assert.Equal(9, told[0].Zone);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Limits.RulesMax)]
    public void What_burns_when_a_drill_is_broken_off_is_told_by_zones(int rules)
    {
        Scene scene = Of(rules, "fire:any:8");
        SceneSteps.Play(scene, "drill2,4,5,6=30 on2 on4 on5 on6");
        int before = Told(scene, Lane.Fire).Count;
        SceneSteps.Play(scene, "on3");
        EventRecord[] fires = [.. Told(scene, Lane.Fire).Skip(before).Where(record => record.Kind == EventKind.FireAlarm)];
        Assert.Equal([2, 3, 4, 5, 6], fires.Select(record => record.Zone));
        Assert.Equal([2], fires.Where(record => record.Flags.HasFlag(EventFlags.FirstAlarm)).Select(record => record.Zone));
        Assert.All(fires, record => Assert.Equal(EventFlags.None, record.Flags & EventFlags.Drill));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Limits.RulesMax)]
    public void The_lamp_flashes_in_the_tick_in_which_a_fire_is_in_flash_though_the_uplink_stands_back(int rules)
    {
        Scene scene = Of(rules, "fire:any");
        SceneSteps.Play(scene, "county=on +5s");
        for (int zone = 1; zone <= 8; zone++)
        {
            scene.Board.Set(scene.Settings.ZoneInput[zone - 1], SceneWires.Level(scene.Settings.ZoneWiring[zone - 1], "on"));
        }

        int flashed = 0;
        for (int tick = 0; tick < 100; tick++)
        {
            scene.Pass(Limits.TickMs, everyTick: true);
            LaneLog fire = scene.Loop.Log.At(Lane.Fire);
            Pattern lamp = scene.Loop.Outputs.PatternOf(OutputRole.LampLink);
            bool right = fire.Durable <= fire.Held || lamp == Pattern.Flash;
            Assert.True(right, $"tick {tick}: {fire.Durable} in flash, {fire.Held} held, lamp {(int)lamp}");
            flashed += lamp == Pattern.Flash ? 1 : 0;
        }

        Assert.True(flashed > 0);
        Assert.Equal(8, Told(scene, Lane.Fire).Count(record => record.Kind == EventKind.FireAlarm));
    }

    /// <summary>The first rule asks for a condition, all others for one that never is.</summary>
    private static Scene Of(int rules, string condition)
    {
        IEnumerable<string> never = Enumerable.Range(2, rules - 1)
            .Select(rule => $"rule {rule} if fault:z9 and time:00:{rule % 60:00}-1{rule / 60}:59 then relay3:on");
        IEnumerable<string> lines = never.Prepend($"rule 1 if {condition} then relay3:on");
        Scene scene = new($"{Zones} | {string.Join(" | ", lines)}");
        scene.Pass(5000, everyTick: true);
        return scene;
    }

    private static List<EventRecord> Told(Scene scene, Lane lane)
    {
        byte[] bytes = new byte[Limits.ReadRecordsMax * EventRecord.Size];
        List<EventRecord> told = [];
        uint after = scene.Loop.Log.At(lane).Oldest - 1;
        int count;
        while ((count = scene.Loop.Log.Read(lane, after, Limits.ReadRecordsMax, bytes, 0)) > 0)
        {
            for (int i = 0; i < count; i++)
            {
                EventRecord record = new();
                Assert.Equal(DecodeResult.Ok, record.Decode(bytes, i * EventRecord.Size, (i + 1) * EventRecord.Size));
                told.Add(record);
                after = record.Sequence;
            }
        }

        return told;
    }
}
