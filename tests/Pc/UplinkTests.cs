// Owns: what the uplink promises in time: its deadlines, its order, its pace, its lamp and its counters, on a simulated clock.
// Must never: need a broker; what a broker and a network do is in the end-to-end tests.

using Gateway.Contract;
using Gateway.Core;
using Gateway.Pc.Board;
using Gateway.Pc.Flash;
using Gateway.Pc.Run;
using Gateway.Tests.Support;
using Xunit;

namespace Gateway.Pc.Tests;

public sealed partial class UplinkTests : IDisposable
{
    private const long MinuteMs = 60_000;
    private readonly TempFolder _folder = new();
    private readonly ManualTimer _timer = new();
    private readonly WatchedLink _link;
    private readonly Station _station;

    public UplinkTests()
    {
        byte[] key = [.. Enumerable.Range(1, Mac.KeyBytes).Select(i => (byte)i)];
        var clock = new MonotonicClock(_timer);
        _link = new WatchedLink(new DotNetMac(key), () => clock.NowMs);
        _station = new Station(new StationParts
        {
            Settings = Rig.DemoSettings(),
            Flash = new PcFlash(_folder.Path),
            Link = _link,
            Key = new DotNetMac(key),
            Clock = clock,
            NewEpoch = 7,
        });
    }

    private MainLoop Loop => _station.Loop;

    private Log Sent => _link.Sent;

    [Fact]
    public void Lamp_flashes_while_a_fire_is_sent_and_is_steady_for_five_minutes_after_the_county_holds_it()
    {
        Online();
        _link.Answers = false;
        Press(1);
        Run(1_000);
        Assert.Equal(Pattern.Flash, Lamp());
        _link.Answers = true;
        Run(12_000);
        Assert.Equal(Pattern.On, Lamp());
        Run(5 * MinuteMs - 14_000);
        Assert.Equal(Pattern.On, Lamp());
        Run(30_000);
        Assert.Equal(Pattern.Off, Lamp());
    }

    [Fact]
    public void Fire_without_an_answer_is_a_fault_after_100_s_and_no_earlier_and_ends_with_the_answer()
    {
        Online();
        _link.Answers = false;
        Press(1);
        Run(99_000);
        Assert.Equal(BoxFault.None, Loop.Panel.PanelFaults & BoxFault.NoCountyAnswer);
        Run(2_000);
        Assert.NotEqual(BoxFault.None, Loop.Panel.PanelFaults & BoxFault.NoCountyAnswer);
        Assert.Equal(Pattern.On, _station.Loop.Outputs.PatternOf(OutputRole.LampFault));
        Assert.NotEqual(Pattern.Off, _station.Loop.Outputs.PatternOf(OutputRole.Buzzer));
        _link.Answers = true;
        Run(3 * MinuteMs);
        Assert.Equal(BoxFault.None, Loop.Panel.PanelFaults & BoxFault.NoCountyAnswer);
        Assert.Equal([EventKind.NoCountyAnswer, EventKind.CountyAnswers],
            Sent.Kinds(Lane.Condition).Where(kind => kind is EventKind.NoCountyAnswer or EventKind.CountyAnswers).Distinct());
    }

    [Fact]
    public void Fire_ends_a_pause_between_attempts_at_once()
    {
        _link.Reachable[0] = false;
        Run(5 * MinuteMs);
        int attempts = _link.Attempts;

        // By now the pauses are half a minute and more.
        Press(1);
        Run(2_000);
        Assert.True(_link.Attempts > attempts, "the fire waited for the pause");
    }

    [Fact]
    public void Pauses_grow_to_a_minute_and_no_further_and_differ_from_station_to_station()
    {
        _link.Reachable[0] = false;
        Run(60 * MinuteMs);
        long[] pauses = [.. _link.AttemptMs.Zip(_link.AttemptMs.Skip(1), (a, b) => b - a)];
        Assert.InRange(pauses[0], 500, 1_200);
        Assert.InRange(pauses.Max(), 30_000, Limits.BackOffMaxMs + 200);
        Assert.True(pauses.Skip(8).Distinct().Count() > 10, "the pauses do not vary");
        Assert.NotEqual(new BackOff(1).NextMs(), new BackOff(77_777).NextMs());
    }

    [Fact]
    public void Backlog_drains_at_the_settings_pace_and_a_fire_in_its_middle_goes_at_once()
    {
        _link.Reachable[0] = false;
        Run(1_000);
        for (int i = 0; i < 200; i++)
        {
            EventRecord record = Loop.Log.Blank();
            record.Kind = EventKind.Fault;
            Loop.Log.Add(record, _station.NowMs);
            Run(100);
        }

        _link.Reachable[0] = true;
        Run(MinuteMs);
        Assert.True(_station.Online);
        Sent.Clear();
        for (int i = 0; i < 300; i++)
        {
            EventRecord record = Loop.Log.Blank();
            record.Kind = EventKind.Fault;
            Loop.Log.Add(record, _station.NowMs);
            Run(20);
        }

        Sent.Clear();
        Run(5_000);
        int lesser = Sent.Records(Lane.Condition) + Sent.Records(Lane.Routine);
        int pace = Rig.DemoSettings().DrainPerS;
        Assert.InRange(lesser, pace * 4, pace * 6);
        Press(1);
        long pressedMs = _station.NowMs;
        Run(300);
        Assert.InRange(Sent.FirstMs(Lane.Fire) - pressedMs, 0, 200);
        Assert.True(Loop.Log.At(Lane.Condition).Held < Loop.Log.At(Lane.Condition).Last, "no backlog was left");
    }

    [Fact]
    public void No_more_is_in_flight_than_may_be_and_one_place_is_kept_for_a_fire()
    {
        Online();
        _link.Answers = false;
        for (int i = 0; i < 100; i++)
        {
            EventRecord record = Loop.Log.Blank();
            record.Kind = EventKind.Fault;
            Loop.Log.Add(record, _station.NowMs);
            Run(20);
        }

        Sent.Clear();
        Run(9_000);
        int before = Sent.Batches;
        Assert.InRange(before, 0, Limits.InFlightLesserMax);
        Press(1);
        Run(200);
        Assert.Equal(1, Sent.BatchesOf(Lane.Fire));
    }

    [Fact]
    public void Heartbeat_tells_the_state_in_summary_and_the_link_s_counters()
    {
        Online();
        _link.Forge = 3;
        Run(1_000);
        Press(1);
        _station.Do(Hand.At(2, HandMove.Cut));
        _link.Answers = false;
        Run(15_000);
        _link.Answers = true;
        Run(2 * MinuteMs);
        Heartbeat beat = _link.LastBeat;
        Assert.Equal(ConditionBits.Fire | ConditionBits.Fault, beat.Conditions & (ConditionBits.Fire | ConditionBits.Fault));
        Assert.Equal(1u, beat.ZonesFire);
        Assert.Equal(2u, beat.ZonesFault);
        Assert.Equal(3u, beat.Refused);
        Assert.Equal(Loop.Uplink.Sessions, beat.Connections);
        Assert.True(beat.Connections > 0 && beat.Resends > 0);
        Assert.Equal(Loop.Log.At(Lane.Fire).Last, beat.Last[(int)Lane.Fire]);
        Assert.Equal(Loop.Log.At(Lane.Fire).Held, beat.Held[(int)Lane.Fire]);
        Assert.NotEqual(0u, beat.SettingsCrc);
    }

    [Fact]
    public void Hello_is_said_again_until_the_county_is_there()
    {
        _link.Answers = false;
        Run(1_000);
        int once = Sent.Hellos;
        Run(9_000);
        Assert.True(Sent.Hellos > once, "one hello, and then silence");
        _link.Answers = true;
        Run(16_000);
        Assert.True(_station.Online);
        Assert.Equal(1u, Loop.Uplink.Sessions);
    }

    [Fact]
    public void Hello_that_looks_replayed_is_followed_by_the_number_asked_for_at_once_and_the_first_fire_is_not_late()
    {
        _link.BootAtLeast = 9;
        Press(1);
        Run(2_000);
        Assert.Equal(2, _link.Attempts);
        Assert.InRange(_link.AttemptMs[1] - _link.AttemptMs[0], 0, 10 * Limits.TickMs);
        Assert.Equal(9u, Loop.Log.Boot);
        Assert.True(_station.Online && Loop.Log.At(Lane.Fire).Last > 0);
        Assert.Equal(Loop.Log.At(Lane.Fire).Last, Loop.Log.At(Lane.Fire).Held);
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(3_000_000_000u)]
    public void Box_whose_boot_somebody_raised_beyond_what_the_county_takes_begins_a_new_epoch_and_sends_nothing_twice(uint raised)
    {
        Online();
        uint epoch = Loop.Log.Epoch;
        Press(1);
        Run(5_000);
        _link.BootAtLeast = raised;
        _link.Cut();
        Run(Limits.TickMs);
        Press(2);
        _link.BootMost = 100_000_000;
        Run(10_000);

        // Raised and refused again and again, until the county's own word lets it in.
        _link.BootAtLeast = 0;
        Run(3 * MinuteMs);
        Assert.True(_station.Online && _station.CountyHoldsAll);
        Assert.NotEqual(epoch, Loop.Log.Epoch);
        Assert.InRange(Loop.Log.Boot, 1u, Limits.BootsTaken);
        EventRecord[] fires = [.. _link.Taken.Where(r => r.Kind == EventKind.FireAlarm)];
        Assert.Equal([1, 2], fires.Select(r => r.Zone));
        Assert.Equal([epoch, Loop.Log.Epoch], fires.Select(r => r.Epoch));
        Assert.Contains(_link.Taken, r => r.Kind == EventKind.Loss && r.Flags == EventFlags.HeldBefore && r.LaneNumber == Lane.Fire);
    }

    [Theory]
    [InlineData(4_294_967_294u)]
    [InlineData(2_147_483_649u)]
    public void Box_whose_numbers_somebody_used_up_begins_a_new_epoch_and_sends_nothing_twice(uint stored)
    {
        Online();
        uint epoch = Loop.Log.Epoch;
        Press(1);
        Run(5_000);
        _link.Store(stored);
        _link.Cut();
        Run(Limits.TickMs);
        Press(2);
        Run(3 * MinuteMs);
        Assert.True(_station.Online && _station.CountyHoldsAll);
        Assert.NotEqual(epoch, Loop.Log.Epoch);
        EventRecord[] fires = [.. _link.Taken.Where(r => r.Kind == EventKind.FireAlarm)];
        Assert.Equal([1, 2], fires.Select(r => r.Zone));
        Assert.Equal([epoch, Loop.Log.Epoch], fires.Select(r => r.Epoch));
        Assert.Contains(_link.Taken, r => r.Kind == EventKind.Loss && r.Flags == EventFlags.HeldBefore && r.LaneNumber == Lane.Fire);
        Assert.InRange(Loop.Log.At(Lane.Fire).Last, 1u, 100u);
    }

    [Fact]
    public void Box_of_an_honest_number_of_starts_keeps_its_epoch_whatever_it_is_told()
    {
        Online();
        uint epoch = Loop.Log.Epoch;
        _link.BootAtLeast = 1_000;
        _link.Cut();
        Run(MinuteMs);
        _link.BootAtLeast = 0;
        _link.BootMost = 1;
        _link.Cut();
        Run(5 * MinuteMs);
        Assert.False(_station.Online);
        _link.BootMost = 0;
        Run(3 * MinuteMs);
        Assert.True(_station.Online);
        Assert.Equal(epoch, Loop.Log.Epoch);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(2u)]
    public void Box_that_another_with_its_number_throws_out_comes_back_less_and_less_often_but_for_a_fire_at_once(uint raisedBy)
    {
        // With a copied store the other box has also raised the number of starts by the time this one is back.
        RunThrownOut(10 * MinuteMs, raisedBy);
        int before = _link.Attempts;
        RunThrownOut(20 * MinuteMs, raisedBy);
        Assert.InRange(_link.Attempts - before, 10, 20 * MinuteMs / (Limits.BackOffMaxMs / 2));
        long[] pauses = [.. _link.AttemptMs.Zip(_link.AttemptMs.Skip(1), (a, b) => b - a)];
        Assert.InRange(pauses[^10..].Min(), Limits.BackOffMaxMs / 2, Limits.BackOffMaxMs + 1_000);
        _link.BootAtLeast = 0;
        Press(1);
        Run(2_000);
        Assert.Equal(Loop.Log.At(Lane.Fire).Last, Loop.Log.At(Lane.Fire).Held);
    }

    public void Dispose() => _folder.Dispose();

    private Pattern Lamp() => Loop.Outputs.PatternOf(OutputRole.LampLink);

    private void Press(int zone) => _station.Do(Hand.At(zone, HandMove.Press));

    private void Online()
    {
        Run(20_000);
        Assert.True(_station.Online && _station.CountyHoldsAll);
    }

    /// <summary>Every session ends as soon as it has begun.</summary>
    private void RunThrownOut(long ms, uint raisedBy)
    {
        for (long end = _station.NowMs + ms; _station.NowMs < end;)
        {
            Run(Limits.TickMs);
            if (_station.Online)
            {
                _link.BootAtLeast = raisedBy == 0 ? 0 : Loop.Log.Boot + raisedBy;
                _link.Cut();
            }
        }
    }

    private void Run(long ms)
    {
        for (long end = _station.NowMs + ms; _station.NowMs < end;)
        {
            _station.Tick();
            _timer.Advance(Limits.TickMs);
        }
    }
}
