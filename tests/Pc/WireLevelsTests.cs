// Owns: that the virtual board's readings mean to Core what was done to the wires.
// Must never: repeat Core's bands; only its own answer counts.

using Gateway.Core;
using Gateway.Pc.Board;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed class WireLevelsTests
{
    private const string Head = "station id=7 county=c township=t village=v name=n\nuplink host=h\n";

    [Theory]
    [InlineData("wiring=line input=a1", HandMove.Release, InputClass.Normal)]
    [InlineData("wiring=line input=a1", HandMove.Press, InputClass.Active)]
    [InlineData("wiring=line input=a1", HandMove.Cut, InputClass.Open)]
    [InlineData("wiring=line input=a1", HandMove.Short, InputClass.Short)]
    [InlineData("wiring=line input=a16 bands=1/2/3", HandMove.Release, InputClass.Normal)]
    [InlineData("wiring=line input=a16 bands=1/2/3", HandMove.Press, InputClass.Active)]
    [InlineData("wiring=line input=a16 bands=1/2/3", HandMove.Cut, InputClass.Open)]
    [InlineData("wiring=line input=a16 bands=1/2/3", HandMove.Short, InputClass.Short)]
    [InlineData("wiring=line input=a2 bands=9998/9999/10000", HandMove.Release, InputClass.Normal)]
    [InlineData("wiring=line input=a2 bands=9998/9999/10000", HandMove.Press, InputClass.Active)]
    [InlineData("wiring=line input=a2 bands=9998/9999/10000", HandMove.Cut, InputClass.Open)]
    [InlineData("wiring=line input=a2 bands=9998/9999/10000", HandMove.Short, InputClass.Short)]
    [InlineData("wiring=no input=d1", HandMove.Release, InputClass.Normal)]
    [InlineData("wiring=no input=d1", HandMove.Press, InputClass.Active)]
    [InlineData("wiring=no input=d1", HandMove.Cut, InputClass.Normal)]
    [InlineData("wiring=no input=d1", HandMove.Short, InputClass.Active)]
    [InlineData("wiring=nc input=d32", HandMove.Release, InputClass.Normal)]
    [InlineData("wiring=nc input=d32", HandMove.Press, InputClass.Active)]
    [InlineData("wiring=nc input=d32", HandMove.Cut, InputClass.Active)]
    [InlineData("wiring=nc input=d32", HandMove.Short, InputClass.Normal)]
    [InlineData("wiring=current input=a3 range=0..16000 low=2000", HandMove.Release, InputClass.Normal)]
    [InlineData("wiring=current input=a3 range=0..16000 low=2000", HandMove.Press, InputClass.Active)]
    [InlineData("wiring=current input=a3 range=0..16000 low=2000", HandMove.Cut, InputClass.Open)]
    [InlineData("wiring=current input=a3 range=0..16000 low=2000", HandMove.Short, InputClass.Short)]
    [InlineData("wiring=current input=a3 range=0..16000 low=100 high=15900 hysteresis=10", HandMove.Release, InputClass.Normal)]
    [InlineData("wiring=current input=a3 range=0..16000 low=100 high=15900 hysteresis=10", HandMove.Press, InputClass.Active)]
    [InlineData("wiring=voltage input=a3 range=0..1200 high=800 valid=50..1100", HandMove.Release, InputClass.Normal)]
    [InlineData("wiring=voltage input=a3 range=0..1200 high=800 valid=50..1100", HandMove.Press, InputClass.Active)]
    [InlineData("wiring=voltage input=a3 range=0..1200 high=800 valid=50..1100", HandMove.Cut, InputClass.Open)]
    [InlineData("wiring=voltage input=a3 range=0..1200 high=800 valid=50..1100", HandMove.Short, InputClass.Short)]
    [InlineData("wiring=voltage input=a3 range=0..1200 high=800", HandMove.Cut, InputClass.Open)]
    public void Core_understands_each_move_at_each_wiring(string wiring, HandMove move, InputClass expected)
    {
        Settings settings = Rig.Parse($"{Head}zone 1 kind={(wiring.Contains("range") ? "hydrant-pressure" : "tamper")} {wiring} name=z");
        var board = new VirtualBoard(new MonotonicClock(new ManualTimer()));
        board.Wire(settings);
        board.Set(0, move);
        var scan = new ZoneScan(settings);
        var raw = new int[Limits.InputsMax];
        for (int tick = 0; tick < Limits.DebounceSamplesMax; tick++)
        {
            board.ReadInputs(raw);
            scan.Scan(raw, tick * Limits.TickMs);
        }

        Assert.Equal(expected, scan.Settled(0));
    }

    [Fact]
    public void Outputs_are_remembered_with_their_time_and_every_tick_feeds_the_watchdog()
    {
        using var rig = new Rig(settings: null, county: false);
        rig.Run(1_000);
        Assert.Equal(50, rig.Station.Board.WatchdogFeeds);
        int siren = rig.Settings.OutputOf[(int)OutputRole.Siren];
        Assert.False(rig.Station.Board.OutputHigh(siren));
        rig.Station.Do(Hand.At(1, HandMove.Press));
        rig.Run(1_000);
        Assert.True(rig.Station.Board.OutputHigh(siren));
        Assert.Equal(1_040, rig.Station.Board.OutputChangedMs(siren));
        Assert.Equal(100, rig.Station.Board.WatchdogFeeds);
    }

    [Theory]
    [InlineData("no")]
    [InlineData("nc")]
    public void Key_of_the_box_is_pressed_once_and_comes_up_by_itself(string contact)
    {
        Settings settings = Rig.Parse(
            $"{Head}zone 1 kind=smoke wiring=no unsupervised=yes"
                + $" input=d1 name=z\nbutton silence input=d5 contact={contact}\nbutton reset input=d6");
        using var rig = new Rig(settings, county: false);
        rig.Play("press 1\nexpect siren on within 100ms\nsilence\nexpect event silenced\nexpect siren off within 100ms");
        rig.Play("release 1\nwait 500ms\nreset\nexpect event reset\nexpect no event reset\nexpect no event silenced");
    }

    [Fact]
    public void Key_that_the_settings_do_not_have_can_not_be_pressed()
    {
        Settings settings = Rig.Parse($"{Head}zone 1 kind=smoke wiring=no unsupervised=yes input=d1 name=z");
        using var rig = new Rig(settings, county: false);
        Assert.False(rig.Station.Do(Hand.OnKey(Button.Silence)));
        Assert.False(rig.Station.Do(Hand.At(2, HandMove.Press)));
        Assert.True(rig.Station.Do(Hand.At(1, HandMove.Press)));
    }
}
