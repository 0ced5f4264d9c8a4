// Owns: the rules by which an unanswered fire goes from village to township to county.
// Must never: wait: the county's clock is moved.

using Gateway.Contract;

namespace Gateway.County.Tests;

public sealed class EscalationTests(PostgresFixture postgres)
{
    private readonly FakeGateway _gateway = new(330701);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Fire_that_nobody_answers_goes_to_the_township_and_then_to_the_county_also_over_a_restart(bool onServer)
    {
        using Rig rig = Fire(onServer);
        Assert.Equal(EscalationLevel.Village, Assert.Single(rig.Store.Escalations(openOnly: true)).Level);
        Pass(rig, 59_000);
        Assert.Equal(EscalationLevel.Village, Assert.Single(rig.Store.Escalations(openOnly: true)).Level);
        rig.Restart();
        Pass(rig, 2_000);
        Assert.Equal(EscalationLevel.Township, Assert.Single(rig.Store.Escalations(openOnly: true)).Level);
        rig.Restart();
        Pass(rig, 120_000);
        Escalation e = Assert.Single(rig.Store.Escalations(openOnly: true));
        Assert.Equal((EscalationLevel.County, EscalationEnd.None), (e.Level, e.End));
        Assert.Equal([(EscalationLevel.Village, false), (EscalationLevel.Township, false), (EscalationLevel.County, false)],
            rig.Told.Escalations);
        Pass(rig, 600_000);
        Assert.Equal(3, rig.Told.Escalations.Count);
    }

    [Theory]
    [InlineData(EventKind.Acknowledged, 1, EscalationEnd.Answered)]
    [InlineData(EventKind.Reset, 0, EscalationEnd.Reset)]
    public void Answer_of_a_person_in_the_village_ends_the_wait(EventKind kind, int a, EscalationEnd end)
    {
        using Rig rig = Fire(onServer: false);
        rig.NowMs += 30_000;
        Tell(rig, kind, a, 0);
        Pass(rig, 600_000);
        Assert.Empty(rig.Store.Escalations(openOnly: true));
        Escalation ended = Assert.Single(rig.Store.Escalations(openOnly: false));
        Assert.Equal((EscalationLevel.Village, end), (ended.Level, ended.End));
    }

    [Theory]
    [InlineData(EventKind.ClockMet, 2)]
    [InlineData(EventKind.Silenced, (int)Origin.County)]
    [InlineData(EventKind.Silenced, (int)Origin.Key)]
    public void What_is_no_answer_of_the_village_ends_nothing(EventKind kind, int a)
    {
        using Rig rig = Fire(onServer: false);
        Tell(rig, kind, a, 0);
        Pass(rig, 61_000);
        Assert.Equal(EscalationLevel.Township, Assert.Single(rig.Store.Escalations(openOnly: true)).Level);
    }

    [Fact]
    public void Clock_that_the_gateway_saw_missed_raises_the_level_at_once_also_after_an_answer()
    {
        using Rig rig = Fire(onServer: false);
        Tell(rig, EventKind.Acknowledged, 1, (int)Origin.Key);
        Tell(rig, EventKind.ClockMissed, 2, (int)EscalationLevel.Township);
        Escalation e = Assert.Single(rig.Store.Escalations(openOnly: false));
        Assert.Equal((EscalationLevel.Township, EscalationEnd.Answered), (e.Level, e.End));
    }

    [Fact]
    public void Second_fire_of_a_waiting_station_begins_no_second_wait_and_one_after_a_reset_does()
    {
        using Rig rig = Fire(onServer: false);
        Tell(rig, EventKind.FireAlarm, (int)Origin.Input, 0);
        Assert.Single(rig.Store.Escalations(openOnly: false));
        Tell(rig, EventKind.Reset, 0, 0);
        Tell(rig, EventKind.FireAlarm, (int)Origin.Input, 0);
        Assert.Equal(2, rig.Store.Escalations(openOnly: false).Count);
    }

    [Fact]
    public void Fire_that_goes_on_under_another_store_of_the_box_is_answered_under_that()
    {
        using Rig rig = Fire(onServer: false);
        _gateway.Epoch = 78;
        rig.Send(_gateway.NextSession());
        Tell(rig, EventKind.Acknowledged, 1, (int)Origin.Key);
        Assert.Empty(rig.Store.Escalations(openOnly: true));
    }

    [Fact]
    public void Of_two_boxes_with_one_number_neither_answers_the_others_fire()
    {
        using Rig rig = Fire(onServer: false);
        FakeGateway twin = new(_gateway.Station) { Epoch = 88 };
        rig.Send(twin.Hello());
        for (int turn = 0; turn < 3; turn++)
        {
            rig.Send(_gateway.Heartbeat());
            rig.Send(twin.Heartbeat());
        }

        rig.Send(twin.Batch(Lane.Fire, 0, twin.Record(Lane.Fire, 1, EventKind.Reset)));
        Assert.Equal([77u], Assert.Single(rig.Store.Escalations(openOnly: true)).Epochs);
        rig.Send(twin.Batch(Lane.Fire, 1, twin.Record(Lane.Fire, 2, EventKind.FireAlarm, r => r.Zone = 9)));
        Escalation both = Assert.Single(rig.Store.Escalations(openOnly: true));
        Assert.Equal([77u, 88u], both.Epochs);
        Assert.Equal(1u << 8 | 1u << 2, both.Zones);
        Tell(rig, EventKind.Acknowledged, 1, (int)Origin.Key);
        Assert.Equal([88u], Assert.Single(rig.Store.Escalations(openOnly: true)).Epochs);
        rig.Send(twin.Batch(Lane.Fire, 2, twin.Record(Lane.Fire, 3, EventKind.Acknowledged)));
        Assert.Empty(rig.Store.Escalations(openOnly: true));
    }

    [Fact]
    public void Further_fire_of_a_waiting_station_is_told_for_a_new_zone_and_once_a_minute()
    {
        using Rig rig = Fire(onServer: false);
        Tell(rig, EventKind.FireAlarm, (int)Origin.Input, 0, zone: 5);
        Assert.Equal(2, rig.Told.Escalations.Count);
        for (int i = 0; i < 10; i++)
        {
            Tell(rig, EventKind.FireAlarm, (int)Origin.Input, 0, zone: 5);
        }

        Assert.Equal(2, rig.Told.Escalations.Count);
        rig.NowMs += CountyLimits.EscalationAgainMs;
        Tell(rig, EventKind.FireAlarm, (int)Origin.Input, 0, zone: 5);
        Assert.Equal(3, rig.Told.Escalations.Count);
    }

    [Fact]
    public void Silence_is_shown_and_the_wait_goes_on()
    {
        using Rig rig = Fire(onServer: false);
        Tell(rig, EventKind.Silenced, (int)Origin.Key, 0);
        Escalation e = Assert.Single(rig.Store.Escalations(openOnly: true));
        Assert.Equal((EscalationEnd.Silenced, 0), (e.End, e.EndedMs));
        Tell(rig, EventKind.Acknowledged, 1, (int)Origin.Key);
        Assert.Equal(EscalationEnd.Answered, Assert.Single(rig.Store.Escalations(openOnly: false)).End);
    }

    [Theory]
    [InlineData(2, 1_000, 2)] // a further zone asks anew
    [InlineData(1, 1_000, 1)] // the same one flickers
    [InlineData(1, 601_000, 2)] // and signals again after some time
    public void After_an_answer_a_further_zone_asks_anew_and_the_same_one_after_some_time(int zone, int laterMs, int waits)
    {
        using Rig rig = Fire(onServer: false);
        Tell(rig, EventKind.Acknowledged, 1, (int)Origin.Key);
        _gateway.UptimeMs += laterMs;
        Tell(rig, EventKind.FireAlarm, (int)Origin.Input, 0, zone);
        Assert.Equal(waits, rig.Store.Escalations(openOnly: false).Count);
        Assert.Equal(waits - 1, rig.Store.Escalations(openOnly: true).Count);
    }

    [Fact]
    public void The_same_zone_asks_anew_after_a_reset()
    {
        using Rig rig = Fire(onServer: false);
        Tell(rig, EventKind.Acknowledged, 1, (int)Origin.Key);
        Tell(rig, EventKind.Reset, 1, 0);
        Tell(rig, EventKind.FireAlarm, (int)Origin.Input, 0);
        Assert.Single(rig.Store.Escalations(openOnly: true));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public void Time_for_a_look_that_runs_out_without_a_reset_asks_anew(int phase, int open)
    {
        using Rig rig = Fire(onServer: false);
        Tell(rig, EventKind.Acknowledged, 1, (int)Origin.Key);
        Tell(rig, EventKind.DelayExpired, phase, 1);
        Assert.Equal(open, rig.Store.Escalations(openOnly: true).Count);
    }

    [Fact]
    public void A_reset_that_came_before_late_news_of_a_look_stays_the_end()
    {
        using Rig rig = Fire(onServer: false);
        Tell(rig, EventKind.Acknowledged, 1, (int)Origin.Key);
        Tell(rig, EventKind.Reset, 1, 0);
        _gateway.UptimeMs -= 2_000;
        Tell(rig, EventKind.DelayExpired, 2, 1);
        Assert.Empty(rig.Store.Escalations(openOnly: true));
    }

    [Fact]
    public void Drill_alarms_nobody_above_the_village()
    {
        using Rig rig = new(_gateway);
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Batch(Lane.Fire, 0, _gateway.Record(Lane.Fire, 1, EventKind.FireAlarm, r => r.Flags = EventFlags.Drill)));
        Pass(rig, 600_000);
        Assert.Empty(rig.Store.Escalations(openOnly: false));
    }

    [Fact]
    public void Alarm_and_reset_of_an_outage_that_come_together_alarm_nobody()
    {
        using Rig rig = new(_gateway);
        rig.Send(_gateway.Hello());
        EventRecord alarm = _gateway.Record(Lane.Fire, 1, EventKind.FireAlarm);
        EventRecord reset = _gateway.Record(Lane.Fire, 2, EventKind.Reset, r => r.UptimeMs += 60_000);
        rig.Send(_gateway.Batch(Lane.Fire, 0, alarm, reset));
        Pass(rig, 600_000);
        Assert.Empty(rig.Store.Escalations(openOnly: true));
        Assert.Equal([(EscalationLevel.Village, true)], rig.Told.Escalations);
    }

    [Theory]
    [InlineData(-3_600_000)]
    [InlineData(600_000)]
    [InlineData(long.MinValue / 4)]
    public void Wall_clock_that_is_set_neither_hurries_nor_stops_the_wait(long stepMs)
    {
        using Rig rig = Fire(onServer: false);
        Pass(rig, 30_000);
        rig.StepClock(stepMs);
        Pass(rig, 29_000);
        Assert.Equal(EscalationLevel.Village, Assert.Single(rig.Store.Escalations(openOnly: true)).Level);
        Pass(rig, 2_000);
        Assert.Equal(EscalationLevel.Township, Assert.Single(rig.Store.Escalations(openOnly: true)).Level);
        rig.StepClock(-stepMs);
        Pass(rig, 118_000);
        Assert.Equal(EscalationLevel.Township, Assert.Single(rig.Store.Escalations(openOnly: true)).Level);
        Pass(rig, 2_000);
        Assert.Equal(EscalationLevel.County, Assert.Single(rig.Store.Escalations(openOnly: true)).Level);
    }

    [Fact]
    public void Start_with_a_clock_far_ahead_raises_by_one_level_and_one_far_behind_waits_once_more()
    {
        using Rig rig = Fire(onServer: false);
        rig.StepClock(-86_400_000);
        rig.Restart();
        Pass(rig, 0);
        Pass(rig, 59_000);
        Assert.Equal(EscalationLevel.Village, Assert.Single(rig.Store.Escalations(openOnly: true)).Level);
        Pass(rig, 2_000);
        Assert.Equal(EscalationLevel.Township, Assert.Single(rig.Store.Escalations(openOnly: true)).Level);

        FakeGateway other = new(330702);
        using Rig ahead = new(other);
        ahead.Send(other.Hello());
        ahead.Send(other.Batch(Lane.Fire, 0, 1));
        ahead.StepClock(86_400_000);
        ahead.Restart();
        Pass(ahead, 1_000);
        Assert.Equal(EscalationLevel.Township, Assert.Single(ahead.Store.Escalations(openOnly: true)).Level);
        Pass(ahead, 118_000);
        Assert.Equal(EscalationLevel.Township, Assert.Single(ahead.Store.Escalations(openOnly: true)).Level);
        Pass(ahead, 2_000);
        Assert.Equal(EscalationLevel.County, Assert.Single(ahead.Store.Escalations(openOnly: true)).Level);
    }

    private static void Pass(Rig rig, long ms)
    {
        rig.NowMs += ms;
        rig.Desk.Tick(rig.Now);
    }

    private Rig Fire(bool onServer)
    {
        Rig rig = new(onServer ? postgres : null, _gateway);
        rig.Send(_gateway.Hello());
        rig.Send(_gateway.Batch(Lane.Fire, 0, 1));
        return rig;
    }

    private void Tell(Rig rig, EventKind kind, int a, int b, int zone = 1)
    {
        Lane lane = kind >= EventKind.Fault ? Lane.Condition : Lane.Fire;
        uint after = rig.Held(_gateway, lane);
        _gateway.UptimeMs += 1_000;
        rig.Send(_gateway.Batch(lane, after, _gateway.Record(lane, after + 1, kind, r =>
        {
            r.Zone = zone;
            r.A = a;
            r.B = b;
            r.C = lane == Lane.Condition ? 1 : 0;
        })));
    }
}
