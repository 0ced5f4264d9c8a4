// Owns: what the virtual board does when a script lets it do what a device does.
// Must never: run in real time.

using System.Text;
using Gateway.Core;
using Gateway.Contract;
using Gateway.Pc.Board;
using Gateway.Pc.Run;
using Gateway.Pc.Script;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class DeviceTroubleTests
{
    private const string Kc = """
        station id=1 county=c township=t village=v name=x
        uplink host=10.0.0.1
        board kc868-a6v3
        zone 1 kind=gas wiring=voltage input=a1 range=0..4980 high=3000 name=x
        zone 2 kind=smoke wiring=no unsupervised=yes input=d1 name=y
        """;

    private readonly OutcomeTail _lines = new();

    [Fact]
    public void A_press_in_a_freeze_sounds_right_after_it_and_the_freeze_is_told()
    {
        using var rig = new Rig(settings: null, county: true, _lines);
        Plays(rig, """
            wait until county holds
            device freeze 15s
            press 1
            expect siren on within 15100ms
            expect event fire-alarm zone 1 within 16s
            expect event box-state
            wait until county holds
            """);
        EventRecord told = Assert.Single(rig.County.Taken, r => r.Kind == EventKind.BoxState);
        Assert.Equal(15_000, told.Value);
    }

    [Fact]
    public void A_grain_makes_every_third_tick_late_and_a_press_is_heard_in_time()
    {
        using var rig = new Rig(settings: null, county: true, _lines);
        Plays(rig, "device grain on\nwait 1s\npress 1\nexpect siren on within 100ms\ndevice grain off");
        var troubles = new Troubles { Grain = true };
        Assert.Equal([0, 0, 10, 0, 0, 10], Enumerable.Range(0, 6).Select(_ => troubles.LateMs()));
    }

    [Fact]
    public void A_flash_that_stalls_keeps_no_siren_waiting()
    {
        using var rig = new Rig(settings: null, county: true, _lines);
        Plays(
            rig,
            "wait 1s\ndevice flash stalls 2s\npress 1\nexpect siren on within 100ms\nexpect event fire-alarm zone 1\ndevice flash swift");
        Assert.InRange(rig.NowMs, 3_000, 60_000);
    }

    [Theory]
    [InlineData("short")]
    [InlineData("empty")]
    public void A_listing_that_is_not_whole_is_a_flash_fault_and_alarms_go_on_in_memory(string listing)
    {
        using var rig = new Rig(settings: null, county: true, _lines);
        Plays(rig, $"""
            press 1
            expect siren on
            release 1
            wait 1s
            device listing {listing}
            device restart
            wait 2s
            expect condition fault
            press 2
            expect siren on within 200ms
            release 2
            wait 1s
            device listing whole
            device restart
            wait 1s
            expect siren on
            """);

        // The latch of before, out of a store that nobody took for a new one.
        Assert.True(Bits.Has(rig.Station.Loop.Panel.State.Latched, 0));
        Assert.False(rig.Station.Loop.Log.StoreIsNew);
    }

    /// <summary>A PC's clock goes on over a restart, and no key has been seen at rest in the first tick.</summary>
    [Fact]
    public void A_restart_takes_no_key_for_one_that_is_held()
    {
        using var rig = new Rig(settings: null, county: true, _lines);
        Plays(rig, "wait until online\nwait 2min\ndevice restart\nexpect no event fault for 5s\nexpect no condition fault");
    }

    [Fact]
    public void A_jammed_bus_loses_its_inputs_and_its_outputs_come_when_it_is_free()
    {
        using var rig = new Rig(Rig.Parse(Kc), county: true, _lines);
        Plays(rig, """
            wait 1s
            device bus jammed
            expect event fault zone 2 within 10s
            press 1
            expect siren on within 70s
            """);
        Assert.True(rig.Station.Board.PartLost);
        Assert.False(rig.Station.Board.OutputHigh(0));
        Plays(rig, "device bus free\nwait 1s");
        Assert.True(rig.Station.Board.OutputHigh(0));

        // As on a device it is over when all have answered for a minute.
        Assert.True(rig.Station.Board.PartLost);
        Plays(rig, "wait 61s");
        Assert.False(rig.Station.Board.PartLost);
    }

    /// <summary>As on a device: the fault stands while the display is off, and for a minute of answers, also over a restart.</summary>
    [Fact]
    public void A_display_that_is_unplugged_is_a_fault_until_it_is_plugged_in_again()
    {
        using var rig = new Rig(Rig.Parse(Display), county: true, _lines);
        Plays(rig, """
            wait until online
            device display unplugged
            expect event fault
            wait 3min
            expect condition fault
            device restart
            wait 3min
            expect condition fault
            device display plugged
            expect display 部件故障
            wait 50s
            expect no event fault-restored
            wait 11s
            expect event fault-restored
            expect display 监视正常
            expect no event fault
            """);
    }

    private const string Display = """
        station id=1 county=c township=t village=v name=x
        uplink host=10.0.0.1
        display kind=oled
        zone 1 kind=smoke wiring=line input=a1 name=x
        """;

    [Fact]
    public void A_jammed_bus_is_tried_ever_less_often()
    {
        var troubles = new Troubles();
        troubles.Jam(true, 0);
        long frozen = 0;
        for (long now = 0; now < 600_000; now += Limits.TickMs)
        {
            troubles.TryBus(now);
            frozen += troubles.TakeDelayMs();
        }

        Assert.InRange(frozen, 10_000, 20_000);
    }

    [Fact]
    public void A_board_without_parts_has_no_bus_to_jam()
    {
        using var rig = new Rig(settings: null, county: true, _lines);
        Assert.Equal(1, rig.Play("device bus jammed").Failures);
        Assert.Contains("no parts on a bus", Assert.Single(_lines.All), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("device")]
    [InlineData("device freeze")]
    [InlineData("device freeze fast")]
    [InlineData("device flash")]
    [InlineData("device listing half")]
    [InlineData("device bus")]
    [InlineData("device grain 10ms")]
    [InlineData("device restart now")]
    [InlineData("device settings other.conf")]
    public void What_a_device_does_not_do_is_refused(string line)
    {
        var errors = new List<string>();
        Assert.Null(ScriptParser.Parse("f", Encoding.UTF8.GetBytes(line), Rig.DemoSettings(), errors));
        Assert.StartsWith("f:1:", Assert.Single(errors), StringComparison.Ordinal);
    }

    private void Plays(Rig rig, string script)
    {
        int failures = rig.Play(script).Failures;
        Assert.True(failures == 0, string.Join('\n', _lines.All));
    }
}
