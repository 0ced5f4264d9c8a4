// Owns: what a running script does and how it judges.
// Must never: run in real time.

using Gateway.Contract;
using Gateway.Pc.Run;
using Gateway.Pc.Script;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class ScriptRunnerTests
{
    [Fact]
    public void One_press_sounds_is_kept_and_reaches_the_county()
    {
        var lines = new OutcomeTail();
        using var rig = new Rig(settings: null, county: true, lines);
        ScriptRunner script = rig.Play("""
            wait until online
            wait until county holds
            press 1
            expect siren on within 100ms
            expect lamp-link flash within 100ms
            expect event fire-alarm zone 1 within 100ms
            wait until county holds within 1s
            expect lamp-link on
            timeline
            quit
            """);
        Assert.Equal(0, script.Failures);
        Assert.DoesNotContain(lines.All, line => line.StartsWith('✗'));
        Assert.Contains("用时 timeline 触发 press → 声警报器 siren: 60 ms", lines.All);
        Assert.Contains(lines.All, line => line.StartsWith("用时 timeline 触发 press → 县平台已存 county holds: ", StringComparison.Ordinal)
            && line.EndsWith("ms"));
        Assert.Single(rig.County.Taken, r => r.Kind == EventKind.FireAlarm && r.Zone == 1);
    }

    [Fact]
    public void Without_a_county_the_wait_ends_as_a_failure_and_the_script_goes_on()
    {
        var lines = new OutcomeTail();
        using var rig = new Rig(settings: null, county: false, lines);
        ScriptRunner script = rig.Play("press 2\nwait until county holds within 3s\nexpect event fire-alarm zone 2\nquit\npress 1");
        Assert.Equal(1, script.Failures);
        Assert.Equal(["✗ 第 2 行 line 2 wait until county holds within 3s: not within 3000 ms",
            "✓ 第 3 行 line 3 expect event fire-alarm zone 2"], lines.All);
    }

    [Theory]
    [InlineData("press 1\nexpect siren on within 40ms", "line 2 expect siren on within 40ms: is off after 40 ms")]
    [InlineData("press 1\nwait 1s\nexpect siren on within 40ms", "line 3 expect siren on within 40ms: 60 ms")]
    [InlineData("press 1\nexpect event fire-alarm zone 2 within 200ms",
        "line 2 expect event fire-alarm zone 2 within 200ms: none after 200 ms")]
    [InlineData("press 1\nwait 1s\nexpect no event fire-alarm", "line 3 expect no event fire-alarm: there is one, fire #1")]
    [InlineData("press 2\nwait 5min\nrelease 2\nexpect event fire-alarm zone 2 within 1s",
        "line 4 expect event fire-alarm zone 2 within 1s: none after 1000 ms")]
    [InlineData("press 2\nwait 1s\nsilence\nexpect no event fire-alarm", "line 4 expect no event fire-alarm: there is one, fire #1")]
    [InlineData("timeline", "line 1 timeline: no action before it")]
    public void What_does_not_hold_is_a_failure_with_what_was_found(string text, string outcome)
    {
        var lines = new OutcomeTail();
        using var rig = new Rig(settings: null, county: true, lines);
        Assert.Equal(1, rig.Play(text).Failures);
        Assert.Contains(outcome, Assert.Single(lines.All));
        Assert.StartsWith("✗", lines.All[0]);
    }

    [Fact]
    public void Without_a_time_an_event_may_have_come_before_the_last_action()
    {
        using var rig = new Rig(settings: null, county: true);
        Assert.Equal(0, rig.Play(
            "press 2\nwait 1s\nrelease 2\nexpect event fire-alarm zone 2\nexpect no event fire-alarm zone 2").Failures);
    }

    [Fact]
    public void Each_event_is_taken_by_one_expectation()
    {
        using var rig = new Rig(settings: null, county: true);
        Assert.Equal(0, rig.Play("press 1\npress 2\nexpect event fire-alarm\nexpect event fire-alarm\nexpect no event fire-alarm")
            .Failures);
    }

    [Theory]
    [InlineData("press 1", (int)EventKind.FireAlarm)]
    [InlineData("press 1\nwait 1s\nsilence", (int)EventKind.Silenced)]
    [InlineData("press 1\nwait 1s\npress 2\nwait 1s\nrelease 2", (int)EventKind.FireRestored)]
    public void Wait_right_behind_an_action_sees_its_event_at_the_county(string actions, int last)
    {
        using var rig = new Rig(settings: null, county: true);
        Assert.Equal(0, rig.Play($"wait until online\nwait until county holds\n{actions}\nwait until county holds\nquit").Failures);
        Assert.Contains(rig.County.Taken, r => r.Kind == (EventKind)last);
    }

    [Fact]
    public void Wait_behind_an_action_that_makes_no_event_ends_all_the_same()
    {
        using var rig = new Rig(settings: null, county: true);
        Assert.Equal(0, rig.Play("wait until online\npress 1\nwait 1s\npress 1\nwait until county holds within 2s").Failures);
    }

    [Fact]
    public void Fire_names_a_second_zone_only_when_both_made_it()
    {
        const string text = """
            station id=7 county=c township=t village=v name=n
            uplink host=h
            zone 1 kind=smoke     wiring=no unsupervised=yes input=d1 name=a
            zone 2 kind=smoke     wiring=no unsupervised=yes input=d2 name=b
            zone 3 kind=smoke     wiring=no unsupervised=yes input=d3 name=c
            zone 4 kind=callpoint wiring=no unsupervised=yes input=d4 name=d
            group 1 zones=1,2 need=2 withinS=60
            """;
        using var rig = new Rig(Rig.Parse(text), county: true);
        rig.Play("press 3\nwait 1s\npress 1\nwait 1s\npress 2\nwait 1s\npress 4\nwait 2s");
        int[] others = [.. rig.County.Taken.Where(r => r.Kind == EventKind.FireAlarm).OrderBy(r => r.Zone).Select(r => r.OtherZone)];
        Assert.Equal([2, 1, 0, 0], others);
    }

    [Fact]
    public void Line_with_a_time_waits_for_it()
    {
        using var rig = new Rig(settings: null, county: true);
        rig.Play("at 2s press 1\nexpect siren on within 100ms");
        Assert.InRange(rig.NowMs, 2_060, 2_100);
    }

    [Theory]
    [InlineData("cut 1", "fault", false)]
    [InlineData("short 2", "fault", false)]
    [InlineData("cut 3", "fault", false)]
    [InlineData("press 3", "fire-alarm", true)]
    [InlineData("press 4", "supervisory", false)]
    [InlineData("press 5", "fault", false)]
    [InlineData("press 6", "supervisory", false)]
    public void Demonstration_zones_do_what_their_kind_and_wiring_say(string move, string kind, bool fire)
    {
        using var rig = new Rig(settings: null, county: true);
        int zone = move[^1] - '0';
        string siren = fire ? "on" : "off";
        Assert.Equal(0, rig.Play($"{move}\nexpect event {kind} zone {zone} within 200ms\nexpect siren {siren}\nrelease {zone}\nwait 1s")
            .Failures);
    }

    [Fact]
    public void Events_before_a_restart_are_shown_again_with_what_the_county_holds()
    {
        using var rig = new Rig(settings: null, county: true);
        rig.Play("press 1\nexpect event fire-alarm zone 1\nwait until county holds");
        rig.Restart();
        rig.Run(2_000);
        Snapshot snapshot = Snapshot.Of(rig.Station, []);
        EventView alarm = Assert.Single(snapshot.Events, e => e.Record.Kind == EventKind.FireAlarm);
        Assert.Equal(EventStep.Held, alarm.Step);
        Assert.Equal(2u, rig.Station.Loop.Log.Boot);
        Assert.True(snapshot.Zones[0].In(Core.Conditions.Fire));
    }
}
